"""Random records of both datasets, made to collide: few dates, few amounts, ids with equal beginnings."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from records.stored import RecordState, StoredRecord, StoredSubject
from records.values import JsonValue
from records.vocabulary import LicenseCategory, PenaltyCategory, RecordStatus, SubjectKind
from tests.support import NOON
from xincha.synthetic.numbers import credit_code

ALPHABET = "0123456789abcdefghijklmnopqrstuv"
DAYS = [date(2026, 11, 20) - timedelta(days=n) for n in (0, 0, 1, 1, 2, 30, 31, 400, 3000, 20600)]
ENDS = [None, None, *(date(2026, 11, 20) + timedelta(days=n) for n in (4, 5, 6, 7, 8, 40))]
AUTHORITIES = [
    "伊川县市场监督管理局",
    "伊川县城市管理局",
    "洛阳市生态环境局（伊川）",
    "洛阳市生态环境局(伊川)",
    "ABC 监管局",
    "abc监管局",
]
COUNTY, ORGAN, CITY = (
    credit_code("91", "410329", 1),
    credit_code("11", "410329", 2),
    credit_code("91", "410300", 3),
)
CODES = [COUNTY, ORGAN, CITY, "不是代码", None]
REGISTRATIONS = [(), ("410329000000001",), ("410329000000003", "410329000000001")]
NUMBERS = ["伊市监罚〔2026〕15号", "伊市监罚（2026）１５号", "伊市监罚[2026]16号", "a-1/2.*", "A-1"]
TEXTS = [
    "经查，当事人销售超过保质期的面包十二袋。",
    "当事人 未取得许可，从事 食品经营。",
    "罚款人民币贰万元整；没收违法所得ＡＢＣ元",
    "面包包包",
    "面包店包面",
    "袋",
]
AMOUNTS = ["0", "0.01", "20000", "20000.00", "19999.99", "123456789.5", "-1", None]


ANCHORS = ["1a" * 13, "1b" * 13, "v" * 26]
SPOKEN = {
    "伊": "yi", "川": "chuan", "县": "xian", "青": "qing", "禾": "he", "食": "shi", "品": "pin",
    "面": "mian", "厂": "chang", "店": "dian", "医": "yi", "A": "a", "2": "2",
}  # fmt: skip
"""Characters of names and how they are read; some alike."""
BEGINNINGS = ["", "", "伊川县", "伊川县青禾食品", "伊川县青禾食品面青禾食品面食品厂店"]
KINDS = ["PENALTY", "LICENSE", "ENTERPRISE"]


def record_id(rng: random.Random) -> str:
    """A record id; every third begins like many others."""
    text = "".join(rng.choices(ALPHABET, k=26))
    return "7" * 20 + text[:6] if rng.random() < 0.3 else text


def random_record(rng: random.Random, dataset: str = "") -> StoredRecord:
    """One visible record of either dataset."""
    dataset = dataset or rng.choice(["licenses", "penalties"])
    kind = rng.choice(list(SubjectKind))
    decided = rng.choice(DAYS)
    public: dict[str, JsonValue] = {
        "subject_name": "贺*" if kind is SubjectKind.NATURAL_PERSON else "伊川县青禾食品有限公司",
        "credit_code": None if kind is SubjectKind.NATURAL_PERSON else rng.choice(CODES),
        "document_number": rng.choice([*NUMBERS, None]),
        "authority": rng.choice([*AUTHORITIES, None]),
        "authority_code": rng.choice(CODES),
        "decision_date": rng.choice([decided.isoformat(), decided.isoformat(), None]),
        "status": rng.choice(list(RecordStatus)).name,
        "content": rng.choice([*TEXTS, None]),
    }
    own = _license(rng) if dataset == "licenses" else _penalty(rng)
    return StoredRecord(
        id=record_id(rng),
        dataset=dataset,
        subject_kind=kind,
        anchor="" if kind is SubjectKind.NATURAL_PERSON else rng.choice(ANCHORS),
        public=public | own,
        public_from=decided,
        public_until=rng.choice(ENDS),
        state=RecordState.PUBLISHED,
        revision=0,
        template="V2.1",
        loaded_at=NOON,
        updated_at=NOON,
    )


def _license(rng: random.Random) -> dict[str, JsonValue]:
    return {
        "category": rng.choice(list(LicenseCategory)).name,
        "license_number": rng.choice([*NUMBERS, None]),
        "valid_from": rng.choice([*DAYS]).isoformat(),
        "valid_until": rng.choice(["1969-12-31", "2031-03-01", None]),
    }


def _penalty(rng: random.Random) -> dict[str, JsonValue]:
    categories = rng.sample(list(PenaltyCategory), k=rng.randrange(3))
    amount = rng.choice(AMOUNTS)
    return {
        "violation": rng.choice([*TEXTS, None]),
        "facts": rng.choice([*TEXTS, None]),
        "categories": [category.name for category in categories],
        "fine_amount": None if amount is None else format(Decimal(amount), "f"),
    }


def records(number: int, seed: int = 1) -> list[StoredRecord]:
    """Random records that stay public."""
    rng = random.Random(seed)
    return [replace(random_record(rng), public_until=None) for _ in range(number)]


def random_name(rng: random.Random) -> str:
    """A name; many begin like others, and some are others'."""
    return rng.choice(BEGINNINGS) + "".join(rng.choices(list(SPOKEN), k=rng.randrange(1, 4)))


def random_subject(rng: random.Random) -> StoredSubject:
    """A subject that has something visible; a few end soon."""
    identity = record_id(rng)
    named = rng.random() < 0.9
    return StoredSubject(
        id=identity,
        anchors=(identity, rng.choice(ANCHORS)),
        kind=rng.choice([SubjectKind.LEGAL_ENTITY, SubjectKind.INDIVIDUAL_BUSINESS]),
        name=random_name(rng),
        named=named,
        former_names=tuple(random_name(rng) for _ in range(rng.randrange(3))) if named else (),
        credit_code=rng.choice([COUNTY, ORGAN, CITY, ""]),
        registration_numbers=rng.choice(REGISTRATIONS),
        organization_code="",
        region=rng.choice(["410329", "410300", ""]),
        profile="",
        completeness=rng.randrange(9),
        visible={kind: rng.choice(ENDS) for kind in rng.sample(KINDS, k=rng.randrange(1, 4))},
        revision=0,
    )
