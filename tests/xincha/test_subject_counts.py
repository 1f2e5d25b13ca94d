"""The counts of a subject are the totals of its lists, whatever has been loaded, taken down, or has ended."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta

from records.by_hand import Withdrawal, publish, withdraw
from records.dataset import Dataset
from records.errors import RecordError
from records.intake import Stated
from records.sources import Origin, SourceRun
from records.stored import RecordState
from records.values import Value
from records.vocabulary import ListColor, SubjectKind
from tests import support
from tests.support import DATASETS, NOON, StillClock, incoming, penalty, take
from tests.xincha.asking import asked
from xincha.synthetic.numbers import credit_code, registration_number
from xincha.wiring import House

SUBJECTS = 1_000
BATCHES, ROWS = 12, 500
LISTS = {
    "TAX": ListColor.BLACK,
    "TAX_GRADE_A": ListColor.RED,
    "ABNORMAL_OPERATION": ListColor.OTHER,
}
TODAY = date(2026, 11, 25)

PAGE = """query ($after: Cursor) { subjects(first: 100, after: $after) {
  nodes {
    id creditCode
    counts { licenses penalties redList blackList otherLists }
    licenses(first: 1) { totalCount nodes { creditCode } }
    penalties(first: 1) { totalCount nodes { creditCode } }
    red: listEntries(first: 1, where: {color: {eq: RED}}) { totalCount }
    black: listEntries(first: 1, where: {color: {eq: BLACK}}) { totalCount }
    other: listEntries(first: 1, where: {color: {eq: OTHER}}) { totalCount }
  }
  pageInfo { hasNextPage endCursor }
} }"""


def identity(rng: random.Random) -> dict[str, Value]:
    """Some subject, named by either of its codes or by both."""
    serial = rng.randrange(SUBJECTS)
    code = credit_code("91", "410329", serial)
    number = registration_number("410329", serial)
    named: dict[str, Value] = {"subject_name": f"伊川县试{serial}商贸有限公司"}
    return named | rng.choice(
        (
            {"credit_code": code, "registration_number": None},
            {"credit_code": None, "registration_number": number},
            {"credit_code": code, "registration_number": number},
        )
    )


def row(rng: random.Random, dataset: str, at: int) -> dict[str, Value]:
    number = f"伊〔2026〕{at}号"
    # Some end tomorrow or the day after.
    decided = rng.choice((date(2026, 3, 2), date(2023, 11, 26), date(2023, 11, 27)))
    match dataset:
        case "licenses":
            return support.license(document_number=number, **identity(rng))
        case "penalties":
            return penalty(document_number=number, decision_date=decided, **identity(rng))
        case "enterprises":
            return {**identity(rng), "established_on": decided}
        case _:
            code = rng.choice(list(LISTS))
            stated: dict[str, Value] = {
                "color": LISTS[code], "list_code": code, "list_name": "名单", "reason": "欠税",
                "listed_on": decided, "document_number": number, "authority": "伊川县税务局",
            }  # fmt: skip
            return {**identity(rng), **stated}


def load(house: House, rng: random.Random, batch: int) -> None:
    dataset: Dataset = DATASETS[
        rng.choice(("licenses", "penalties", "list_entries", "enterprises"))
    ]
    template = dataset.templates[0]
    run = SourceRun.begin(
        house.store, Origin(f"{batch}.csv", "", str(batch), dataset.name, template)
    )
    rows = [
        incoming(house.intake, row(rng, dataset.name, rng.randrange(4_000)), dataset=dataset,
                 kind=SubjectKind.LEGAL_ENTITY, line=n + 2)
        for n in range(ROWS)
    ]  # fmt: skip
    take(house.intake, run, rows, stated=Stated(dataset, template))


def change_by_hand(house: House, rng: random.Random) -> None:
    records = house.store.changes(0, 100_000).records
    shown = [r.id for r in records if r.visible]
    down = [r.id for r in records if r.state is RecordState.WITHDRAWN]
    for record_id in rng.sample(shown, min(20, len(shown))):
        reason = rng.choice(list(Withdrawal))
        withdraw(house.intake, house.datasets, [record_id], reason)
    for record_id in rng.sample(down, min(5, len(down))):
        try:
            publish(house.intake, house.datasets, record_id, "复核")
        except RecordError:
            continue  # its publicity has ended meanwhile


def check(house: House) -> int:
    seen, after = 0, None
    while True:
        page = asked(house, PAGE, after=after)["subjects"]
        assert isinstance(page, Mapping)
        for subject in page["nodes"]:
            counted = subject["counts"]
            listed = {
                "licenses": subject["licenses"], "penalties": subject["penalties"],
                "redList": subject["red"], "blackList": subject["black"], "otherLists": subject["other"],
            }  # fmt: skip
            assert counted == {kind: found["totalCount"] for kind, found in listed.items()}
            seen += 1
        if not page["pageInfo"]["hasNextPage"]:
            return seen
        after = page["pageInfo"]["endCursor"]


def expected(house: House) -> int:
    """Subjects with anything visible, told from the records alone: by serial, since codes share one here."""
    shown = [r for r in house.store.changes(0, 100_000).records if r.visible]
    return len({r.public["subject_name"] for r in shown})


def test_counts_are_totals_for_a_thousand_subjects(house: House, clock: StillClock) -> None:
    rng = random.Random(6)
    for batch in range(BATCHES):
        load(house, rng, batch)
        if batch % 3 == 2:
            change_by_hand(house, rng)
    joined = [
        incoming(house.intake, {
            "subject_name": f"伊川县试{serial}商贸有限公司",
            "credit_code": credit_code("91", "410329", serial),
            "registration_number": registration_number("410329", serial),
        }, dataset=DATASETS["enterprises"], line=serial + 2)
        for serial in range(SUBJECTS)
    ]  # fmt: skip
    enterprises = Stated(DATASETS["enterprises"], DATASETS["enterprises"].templates[0])
    origin = Origin("all.csv", "", "all", "enterprises", enterprises.template)
    take(house.intake, SourceRun.begin(house.store, origin), joined, stated=enterprises)

    # Of a few nothing but what was taken down before is there.
    assert SUBJECTS - 50 < check(house) == expected(house)
    for days in (1, 2):
        clock.now = NOON + timedelta(days=days)
        assert check(house) == expected(house)
    withdraw(
        house.intake, house.datasets,
        [r.id for r in house.store.changes(0, 100_000).records if r.visible and r.dataset == "enterprises"][:700],
        Withdrawal.OTHER,
    )  # fmt: skip
    assert check(house) == expected(house) < SUBJECTS
