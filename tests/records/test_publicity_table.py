"""Publicity case by case: what a decision is, and what follows from which source.

One line a case. `until` is the first day on which the record is no longer shown, `minimum` the earliest day
of an end on application; `early` says whether a repair on the day `repaired` comes before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest

from records.identifiers import id_check_character
from records.policy import PublicityClass, term_of
from records.values import Value
from records.vocabulary import PenaltyCategory, RecordStatus, SubjectKind, UsageScope
from tests import support
from tests.support import LICENSES, PENALTIES

Cat = PenaltyCategory
FIRM, SHOP, PERSON = (
    SubjectKind.LEGAL_ENTITY,
    SubjectKind.INDIVIDUAL_BUSINESS,
    SubjectKind.NATURAL_PERSON,
)
LIGHT, ORDINARY, SAFETY, GRAVE = (
    PublicityClass.LIGHT,
    PublicityClass.ORDINARY,
    PublicityClass.SAFETY,
    PublicityClass.GRAVE,
)

O58 = "国家发展改革委令第58号"
O36 = "国家发展改革委令第36号"
HENAN = "河南省社会信用条例 第十三条"
V1 = "template standard of 2016: 信息使用范围, 当前状态"
HIDE = "rule on penalties published online: minors' cases are not"
AGE = "法释〔2006〕1号 第二条: 周岁 count from the day after the birthday"
COUNTY = "settled by the county's policy"


@dataclass(frozen=True)
class Case:
    source: str
    decided: str
    categories: tuple[PenaltyCategory, ...]
    expected_class: PublicityClass
    rule: str
    until: str
    minimum: str = ""
    reason: str = ""
    kind: SubjectKind = FIRM
    values: Mapping[str, Value] = field(default_factory=dict)
    repaired: str = ""
    early: bool = False


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def born(birthday: str) -> str:
    first17 = f"410329{birthday.replace('-', '')}123"
    return first17 + id_check_character(first17)


FINE, WARNING = (Cat.FINE,), (Cat.WARNING,)
EITHER = (Cat.SUSPENSION_OF_LICENSE, Cat.REVOCATION_OF_LICENSE)
FOOD: dict[str, Value] = {"legal_basis": "《中华人民共和国食品安全法》第一百二十四条"}
SIMPLE: dict[str, Value] = {"remark": "简易程序"}
NO_FINE: dict[str, Value] = {"fine_amount": None}
# A law is one with and without brackets of any kind; a firm that deals in food is none.
LAWS = (
    "食品安全法第一百二十四条", "<中华人民共和国食品安全法>第124条", "〈药品管理法〉", "依照消防法的规定",
    "违反《河南省市容条例》，依照《特种设备安全监察条例》", "安全生产法",
)  # fmt: skip
OTHER_LAWS = (
    "兽药管理条例第一条", "《城市市容条例》，食品公司占道", "食品摊贩违法，依法处罚", "食品公司违反公司法第一条",
    "占用消防通道，违反城市管理法规定",
)  # fmt: skip
REVOKED = (
    "吊销许可证", "决定吊销其许可证", "1.罚款；2.吊销食品经营许可证。", "暂扣或者吊销许可证：吊销驾驶证",
)  # fmt: skip
NOT_REVOKED = (
    "暂扣许可证三个月", "暂扣或者吊销许可证：暂扣驾驶证6个月", "吊销或者暂扣许可证：暂扣三个月", "吊销通知已撤销",
    "不予吊销", "吊销许可证的决定已撤销", "暂扣三个月；逾期不改正的，吊销许可证",
)  # fmt: skip

CASES = [
    # Order 58, ordinary: at least 3 months, at most 3 years, from the day of the decision.
    Case(O58, "2023-05-01", FINE, ORDINARY, "58-ordinary", "2026-05-01", "2023-08-01"),
    Case(O58, "2024-02-29", FINE, ORDINARY, "58-ordinary", "2027-02-28", "2024-05-29"),
    Case(O58, "2023-11-30", FINE, ORDINARY, "58-ordinary", "2026-11-30", "2024-02-29"),
    Case(O58, "2024-11-30", FINE, ORDINARY, "58-ordinary", "2027-11-30", "2025-02-28"),
    Case(O58, "2025-10-31", FINE, ORDINARY, "58-ordinary", "2028-10-31", "2026-01-31"),
    Case(O58, "2026-03-31", FINE, ORDINARY, "58-ordinary", "2029-03-31", "2026-06-30"),
    Case(O58, "2025-06-15", (Cat.CONFISCATION_OF_GAINS,), ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15"),
    Case(O58, "2025-06-15", (Cat.DETENTION,), ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15", kind=PERSON),
    Case(O58, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15", kind=SHOP),
    # Order 58, fields with a longer minimum; of several kinds the longest.
    Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values=FOOD),
    Case(O58, "2024-02-29", FINE, SAFETY, "58-safety", "2027-02-28", "2025-02-28", values=FOOD),
    Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values={"violation": "销售假药品"}),
    Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values={"violation": "特种设备未经检验"}),
    Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values={"legal_basis": "《中华人民共和国安全生产法》"}),
    Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values={"authority": "伊川县消防救援大队"}),
    Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values={"authority": "伊川县应急管理局"}),
    Case(O58, "2026-03-31", FINE, SAFETY, "58-safety", "2029-03-31", "2027-03-31", values=FOOD),
    Case(O58, "2025-06-15", (Cat.REVOCATION_OF_LICENSE, Cat.FINE), SAFETY, "58-safety", "2028-06-15", "2026-06-15", values=FOOD),
    Case(COUNTY, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15", values={"violation": "违规经营农药品种"}),
    Case(COUNTY, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15", values={"facts": "当事人为食品公司，占道经营。"}),
    *(Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values={"legal_basis": law}) for law in LAWS),
    *(Case(COUNTY, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15", values={"legal_basis": law}) for law in OTHER_LAWS),
    # Order 58, grave kinds: the same maximum; the minimum is for the county to confirm.
    Case(COUNTY, "2025-06-15", (Cat.REVOCATION_OF_LICENSE,), GRAVE, "58-grave", "2028-06-15", "2025-09-15"),
    Case(COUNTY, "2026-03-31", (Cat.CLOSURE,), GRAVE, "58-grave", "2029-03-31", "2026-06-30"),
    # Order 58, light kinds: the county shows none.
    Case(COUNTY, "2025-06-15", WARNING, LIGHT, "58-light", "2025-06-15", reason="LIGHT", values=NO_FINE),
    Case(COUNTY, "2026-03-31", (Cat.PUBLIC_CRITICISM,), LIGHT, "58-light", "2026-03-31", reason="LIGHT", values=NO_FINE),
    Case(COUNTY, "2025-06-15", (Cat.WARNING, Cat.PUBLIC_CRITICISM), LIGHT, "58-light", "2025-06-15", reason="LIGHT", values=NO_FINE),
    Case(COUNTY, "2025-06-15", FINE, LIGHT, "58-light", "2025-06-15", reason="LIGHT", values=SIMPLE),
    Case(HENAN, "2025-06-15", FINE, LIGHT, "58-light", "2025-06-15", reason="SIMPLE_PROCEDURE", kind=PERSON, values=SIMPLE),
    Case(COUNTY, "2025-06-15", WARNING, LIGHT, "58-light", "2025-06-15", reason="LIGHT", values=NO_FINE | FOOD),
    # Decided before Order 58: its terms, until the county has confirmed them.
    Case(COUNTY, "2023-04-30", FINE, ORDINARY, "pre-58-ordinary", "2026-04-30", "2023-07-30"),
    Case(COUNTY, "2020-02-29", FINE, ORDINARY, "pre-58-ordinary", "2023-02-28", "2020-05-29"),
    Case(COUNTY, "2023-04-30", FINE, SAFETY, "pre-58-safety", "2026-04-30", "2024-04-30", values=FOOD),
    Case(COUNTY, "2023-04-30", (Cat.BAN_FROM_INDUSTRY,), GRAVE, "pre-58-grave", "2026-04-30", "2023-07-30"),
    Case(COUNTY, "2023-04-30", WARNING, LIGHT, "pre-58-light", "2023-04-30", reason="LIGHT", values=NO_FINE),
    # Order 36, ordinary: 3 months to 1 year.
    Case(O36, "2026-04-01", FINE, ORDINARY, "36-ordinary", "2027-04-01", "2026-07-01"),
    Case(O36, "2026-11-30", FINE, ORDINARY, "36-ordinary", "2027-11-30", "2027-02-28"),
    Case(O36, "2028-02-29", FINE, ORDINARY, "36-ordinary", "2029-02-28", "2028-05-29"),
    Case(O36, "2026-12-31", FINE, ORDINARY, "36-ordinary", "2027-12-31", "2027-03-31"),
    Case(O36, "2026-05-15", (Cat.CONFISCATION_OF_PROPERTY,), ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", values=NO_FINE),
    Case(O36, "2026-05-15", (Cat.WARNING, Cat.FINE), ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15"),
    Case(COUNTY, "2026-05-15", WARNING, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15"),
    Case(O36, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", values=FOOD),
    Case(O36, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", kind=PERSON),
    Case(COUNTY, "2026-05-15", (Cat.OTHER,), ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15"),
    Case(COUNTY, "2026-05-15", (), ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15"),
    *(Case(COUNTY, "2026-05-15", EITHER, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", values={"content": text}) for text in NOT_REVOKED),
    # Order 36, grave: 1 to 3 years.
    Case(O36, "2026-04-01", (Cat.REVOCATION_OF_LICENSE,), GRAVE, "36-grave", "2029-04-01", "2027-04-01"),
    Case(O36, "2028-02-29", (Cat.BAN_FROM_INDUSTRY,), GRAVE, "36-grave", "2031-02-28", "2029-02-28"),
    Case(O36, "2026-05-15", (Cat.CLOSURE, Cat.FINE), GRAVE, "36-grave", "2029-05-15", "2027-05-15"),
    Case(O36, "2026-05-15", (Cat.WARNING, Cat.BAN_FROM_INDUSTRY), GRAVE, "36-grave", "2029-05-15", "2027-05-15"),
    *(Case(O36, "2026-05-15", EITHER, GRAVE, "36-grave", "2029-05-15", "2027-05-15", values={"content": text}) for text in REVOKED),
    # Order 36, light: in principle not published.
    Case(O36, "2026-04-01", WARNING, LIGHT, "36-light", "2026-04-01", reason="LIGHT", values=NO_FINE),
    Case(O36, "2026-05-15", (Cat.PUBLIC_CRITICISM,), LIGHT, "36-light", "2026-05-15", reason="LIGHT", values=NO_FINE),
    Case(O36, "2026-05-15", FINE, LIGHT, "36-light", "2026-05-15", reason="LIGHT", values=SIMPLE),
    Case(HENAN, "2026-05-15", FINE, LIGHT, "36-light", "2026-05-15", reason="SIMPLE_PROCEDURE", kind=PERSON, values=SIMPLE),
    # A stated 公示截止期 is the last day shown; it shortens and never lengthens.
    Case(COUNTY, "2026-03-31", FINE, ORDINARY, "58-ordinary", "2029-03-31", "2026-06-30", values={"public_limit": date(2029, 3, 30)}),
    Case(COUNTY, "2026-03-31", FINE, ORDINARY, "58-ordinary", "2029-03-31", "2026-06-30", values={"public_limit": date(2029, 3, 31)}),
    Case(COUNTY, "2026-03-31", FINE, ORDINARY, "58-ordinary", "2027-01-01", "2026-06-30", values={"public_limit": date(2026, 12, 31)}),
    Case(COUNTY, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15", values={"public_limit": date(2099, 12, 31)}),
    Case(COUNTY, "2026-04-01", FINE, ORDINARY, "36-ordinary", "2026-07-01", "2026-07-01", values={"public_limit": date(2026, 6, 30)}),
    Case(COUNTY, "2026-04-01", FINE, ORDINARY, "36-ordinary", "2027-04-01", "2026-07-01", values={"public_limit": date(2029, 3, 31)}),
    Case(COUNTY, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2026-05-16", "2026-08-15", values={"public_limit": date(2026, 5, 15)}),
    # What may never be public, whatever its class.
    Case(V1, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", reason="USAGE_SCOPE", values={"usage_scope": UsageScope.GOVERNMENT}),
    Case(V1, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", reason="USAGE_SCOPE", values={"usage_scope": UsageScope.AUTHORIZED}),
    Case(COUNTY, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", reason="USAGE_SCOPE", values={"usage_scope": UsageScope.OTHER}),
    Case(V1, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", values={"usage_scope": UsageScope.PUBLIC}),
    Case(COUNTY, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", reason="REVOKED", values={"status": RecordStatus.REVOKED}),
    Case(COUNTY, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", reason="INVALID", values={"status": RecordStatus.INVALID}),
    Case(V1, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", values={"status": RecordStatus.DISPUTED}),
    Case(V1, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", values={"status": RecordStatus.OTHER}),
    *(Case(V1, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", values={"status": RecordStatus.OTHER, "status_text": text}) for text in ("3", "3.0", "３", "其他", "其它")),
    *(Case(COUNTY, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", reason="STATUS_UNKNOWN", values={"status": RecordStatus.OTHER, "status_text": text}) for text in ("已修复", "9", "其他-已修复", "X")),
    Case(HIDE, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", reason="MINOR", kind=PERSON, values={"person_id_number": born("2008-05-16")}),
    Case(AGE, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", reason="MINOR", kind=PERSON, values={"person_id_number": born("2008-05-15")}),
    Case(AGE, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", "2026-08-15", kind=PERSON, values={"person_id_number": born("2008-05-14")}),
    Case(AGE, "2026-02-28", FINE, ORDINARY, "58-ordinary", "2029-02-28", reason="MINOR", kind=PERSON, values={"person_id_number": born("2008-02-29")}),
    Case(HIDE, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", reason="MINOR", kind=PERSON, values={"resident_id_number": born("2010-01-01")}),
    Case(HIDE, "2026-05-15", FINE, ORDINARY, "36-ordinary", "2027-05-15", reason="MINOR", kind=PERSON, values={"facts": "当事人系未成年人。"}),
    # Repair: before the earliest day it is early, on that day it is not.
    Case(O58, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15", repaired="2025-09-14", early=True),
    Case(O58, "2025-06-15", FINE, ORDINARY, "58-ordinary", "2028-06-15", "2025-09-15", repaired="2025-09-15"),
    Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values=FOOD, repaired="2025-09-15", early=True),
    Case(O58, "2025-06-15", FINE, SAFETY, "58-safety", "2028-06-15", "2026-06-15", values=FOOD, repaired="2026-06-15"),
    Case(O36, "2026-11-30", FINE, ORDINARY, "36-ordinary", "2027-11-30", "2027-02-28", repaired="2027-02-27", early=True),
    Case(O36, "2026-11-30", FINE, ORDINARY, "36-ordinary", "2027-11-30", "2027-02-28", repaired="2027-02-28"),
    Case(O36, "2026-04-01", (Cat.CLOSURE,), GRAVE, "36-grave", "2029-04-01", "2027-04-01", repaired="2026-07-01", early=True),
    Case(O36, "2026-04-01", (Cat.CLOSURE,), GRAVE, "36-grave", "2029-04-01", "2027-04-01", repaired="2027-04-01"),
]  # fmt: skip


def row(case: Case) -> dict[str, Value]:
    """A penalty in none of the fields with a longer minimum, unless the case says so."""
    ordinary: dict[str, Value] = {
        "violation": "占道经营",
        "facts": "经查，当事人在人行道上摆放货架。",
        "legal_basis": "《城市市容和环境卫生管理条例》",
        "content": "依法作出处罚。",
        "authority": "伊川县城市管理局",
        "decision_date": day(case.decided),
        "categories": case.categories,
    }
    return support.penalty(**(ordinary | dict(case.values)))


def test_the_table_is_long_enough_and_covers_every_rule() -> None:
    assert len(CASES) >= 60
    assert all(case.source for case in CASES)
    by_rule = Counter(case.rule for case in CASES)
    assert all(term_of(rule) for rule in by_rule)
    assert {c.rule for c in CASES} == {
        f"{regime}-{name}"
        for regime, names in (
            ("pre-58", ("light", "ordinary", "safety", "grave")),
            ("58", ("light", "ordinary", "safety", "grave")),
            ("36", ("light", "ordinary", "grave")),
        )
        for name in names
    }


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.rule} {c.decided} {c.reason}".strip())
def test_what_follows_for_a_penalty(case: Case) -> None:
    found = PENALTIES.publicity(row(case), case.kind)

    assert (found.published, found.reason) == (not case.reason, case.reason)
    assert (found.publicity_class, found.rule) == (case.expected_class, case.rule)
    assert (found.public_from, found.public_until) == (day(case.decided), day(case.until))
    assert found.min_until == day(case.minimum)
    assert found.because


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.repaired], ids=lambda c: f"{c.rule} {c.repaired}"
)
def test_whether_a_repair_comes_early(case: Case) -> None:
    found = PENALTIES.publicity(row(case), case.kind)
    term, repaired = term_of(found.rule), day(case.repaired)

    assert term is not None
    assert repaired is not None
    assert term.is_early(found.public_from, repaired) is case.early


@pytest.mark.parametrize(
    ("values", "kind", "reason"),
    [
        ({}, FIRM, ""),
        ({"valid_until": date(2000, 1, 1)}, FIRM, ""),
        ({"status": RecordStatus.REVOKED}, FIRM, ""),
        ({"status": RecordStatus.INVALID}, SHOP, ""),
        ({"decision_date": date(1999, 2, 28)}, FIRM, ""),
        ({"usage_scope": UsageScope.GOVERNMENT}, FIRM, "USAGE_SCOPE"),
        ({"usage_scope": UsageScope.AUTHORIZED}, FIRM, "USAGE_SCOPE"),
        ({"person_id_number": born("2010-01-01")}, PERSON, "MINOR"),
    ],
)
def test_licenses_have_no_end_and_no_early_one(
    values: dict[str, Value], kind: SubjectKind, reason: str
) -> None:
    found = LICENSES.publicity(support.license(**values), kind)

    assert (found.published, found.reason) == (not reason, reason)
    assert (found.public_until, found.min_until, found.rule) == (None, None, "licenses")


def test_what_gave_the_class_is_told_in_fixed_words_only() -> None:
    values = support.penalty(
        legal_basis="《河南省食品小作坊条例》，贺青禾", decision_date=date(2025, 1, 1)
    )
    assert PENALTIES.publicity(values, FIRM).because == "处罚依据 / legal basis: 食品"
    revoked = support.penalty(categories=(Cat.REVOCATION_OF_LICENSE,))
    assert PENALTIES.publicity(revoked, FIRM).because == "处罚类别 / category: 吊销许可证件"
