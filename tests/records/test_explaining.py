"""What is told about a record: why it is shown or not, until when, under which rule, from where."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest
from sqlalchemy import update

from records import tables
from records.by_hand import Withdrawal, dispute, withdraw
from records.errors import RecordError
from records.explaining import Explanation, Origin, explain
from records.intake import Intake, Stated
from records.keys import KeyRing
from records.sources import Origin as SourceOrigin
from records.sources import SourceRun
from records.values import Value
from records.vocabulary import PenaltyCategory, SubjectKind, UsageScope
from tests.support import LICENSES, PENALTIES, StillClock, incoming, penalty, take

DATASETS = (PENALTIES, LICENSES)
PERSON = SubjectKind.NATURAL_PERSON


def load(
    intake: Intake,
    row: dict[str, Value],
    template: str = "V2.1",
    kind: SubjectKind = SubjectKind.LEGAL_ENTITY,
    line: int = 2,
) -> str:
    origin = SourceOrigin(f"{template}.xlsx", "处罚", template, "penalties", template, "市监局")
    run = SourceRun.begin(intake.store, origin)
    take(intake, run, [incoming(intake, row, kind=kind, line=line)], stated=Stated(PENALTIES, template))  # fmt: skip
    run.finish()
    return intake.store.changes(0, 10).records[0].id


def told(intake: Intake, row: dict[str, Value]) -> Explanation:
    return explain(intake, DATASETS, load(intake, row))


def test_a_shown_record_is_explained_whole(intake: Intake) -> None:
    found = told(intake, penalty(categories=(PenaltyCategory.CLOSURE,)))

    assert (found.shown, found.why) == (True, "")
    assert (found.public_from, found.last_day) == (date(2026, 9, 1), date(2029, 8, 31))
    assert found.min_until == date(2027, 9, 1)
    assert (found.publicity_class, found.rule) == ("GRAVE", "36-grave")
    assert found.because == "处罚类别 / category: 责令关闭"
    assert found.term is not None
    assert "第36号" in found.term.source
    assert found.origins == [Origin("V2.1.xlsx", "处罚", 2, "V2.1", "市监局")]
    assert found.view["document_number"] == "伊市监罚〔2026〕15号"
    assert [(e.change, e.reason, e.file) for e in found.journal] == [
        ("published", "file", "V2.1.xlsx")
    ]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"usage_scope": UsageScope.AUTHORIZED}, "USAGE_SCOPE"),
        ({"remark": "简易程序"}, "LIGHT"),
        ({"public_limit": date(2026, 11, 24)}, "publicity ended"),
    ],
)
def test_a_record_that_is_not_shown_says_why(
    intake: Intake, values: dict[str, Value], why: str
) -> None:
    found = told(intake, penalty(**values))

    assert (found.shown, found.why) == (False, why)
    assert (found.public_from is None) == (why != "publicity ended")


def test_a_stated_limit_is_told_and_no_end_after_the_last_day(intake: Intake) -> None:
    found = told(intake, penalty(decision_date=date(2026, 10, 1), public_limit=date(2026, 11, 30)))

    assert (found.last_day, found.min_until) == (date(2026, 11, 30), None)
    assert found.full_term is not None
    assert found.full_term > date(2026, 11, 30)


def test_a_limit_that_shortens_nothing_is_not_told(intake: Intake) -> None:
    assert told(intake, penalty(public_limit=date(2099, 1, 1))).full_term is None


@pytest.mark.parametrize(
    ("values", "held_back"),
    [
        ({}, ""),
        ({"usage_scope": UsageScope.AUTHORIZED}, "USAGE_SCOPE"),
        ({"public_limit": date(2026, 11, 24)}, "publicity ended"),
    ],
)
def test_of_a_withdrawn_record_is_told_what_else_keeps_it_back(
    intake: Intake, values: dict[str, Value], held_back: str
) -> None:
    record_id = load(intake, penalty(**values))
    withdraw(intake, DATASETS, [record_id], Withdrawal.REPAIRED)

    found = explain(intake, DATASETS, record_id)

    assert found.why.startswith("repaired")
    assert found.held_back == held_back


def test_the_end_is_told_at_midnight_before_any_sweep(intake: Intake, clock: StillClock) -> None:
    record_id = load(intake, penalty(public_limit=date(2026, 11, 25)))
    assert explain(intake, DATASETS, record_id).shown

    clock.advance(days=1)

    assert explain(intake, DATASETS, record_id).why == "publicity ended"


def test_the_subject_is_told_by_its_id_also_of_what_is_withdrawn(intake: Intake) -> None:
    record_id = load(intake, penalty())
    (subject,) = intake.store.subjects()
    withdraw(intake, DATASETS, [record_id], Withdrawal.OTHER)

    assert explain(intake, DATASETS, record_id).subject == subject.id


def test_a_natural_person_is_no_subject(intake: Intake) -> None:
    row = penalty(subject_name="张三", credit_code=None)
    record_id = load(intake, row, kind=PERSON)

    assert explain(intake, DATASETS, record_id).subject == ""


def test_a_county_that_shows_no_natural_persons_is_told_so_at_once(intake: Intake) -> None:
    record_id = load(intake, penalty(subject_name="贺青禾", credit_code=None), kind=PERSON)
    strict = Intake(intake.store, intake.keys, hide_natural_persons=True)

    assert explain(intake, DATASETS, record_id).shown
    assert explain(strict, DATASETS, record_id).why == "NATURAL_PERSON"


def test_what_was_done_by_hand_is_told_with_its_reason(intake: Intake) -> None:
    record_id = load(intake, penalty())
    dispute(intake, DATASETS, record_id)
    withdraw(intake, DATASETS, [record_id], Withdrawal.OBJECTION_UPHELD, "决定书有误")

    found = explain(intake, DATASETS, record_id)

    assert (found.shown, found.why, found.disputed) == (
        False, "objection-upheld: 决定书有误", True,
    )  # fmt: skip
    assert found.view["status"] == "DISPUTED"
    assert [event.change for event in found.journal] == ["published", "changed", "withdrawn"]
    assert [event.file for event in found.journal] == ["V2.1.xlsx", "", ""]


def test_every_row_that_states_the_record_is_named_the_leading_one_first(intake: Intake) -> None:
    row = penalty(authority_code=None, provider=None, violation=None)
    load(intake, row, "V1", line=7)
    record_id = load(intake, penalty(), "V2.1", line=9)

    found = explain(intake, DATASETS, record_id)

    assert [(o.file, o.line, o.template) for o in found.origins] == [
        ("V2.1.xlsx", 9, "V2.1"),
        ("V1.xlsx", 7, "V1"),
    ]


def test_nothing_personal_is_told(intake: Intake) -> None:
    number, name = "410329198601010012", "贺青禾"
    person = penalty(
        subject_name=name, credit_code=None, legal_representative=None, person_id_number=number,
        document_number=number, remark=f"{name}，电话13837912345",
    )  # fmt: skip
    record_id = load(intake, person, kind=PERSON)

    everything = str(asdict(explain(intake, DATASETS, record_id)))

    assert "贺*" in everything
    for personal in (name, number, "13837912345"):
        assert personal not in everything


def test_without_the_vault_key_the_stored_part_is_still_told(intake: Intake) -> None:
    record_id = load(intake, penalty())

    found = explain(Intake(intake.store, KeyRing(intake.keys.secret)), DATASETS, record_id)

    assert (found.shown, found.rule, found.because) == (True, "36-ordinary", "")
    assert len(found.origins) == 1


def test_a_record_judged_by_an_earlier_table_is_told_as_it_was_judged(intake: Intake) -> None:
    record_id = load(intake, penalty())
    with intake.store.writing() as connection:
        connection.execute(
            update(tables.records).values(rule="earlier", publicity_class="HEAVY")
        )  # fmt: skip

    found = explain(intake, DATASETS, record_id)

    assert (found.rule, found.term, found.min_until, found.because) == ("earlier", None, None, "")


def test_an_unknown_id_is_an_error_that_names_it(intake: Intake) -> None:
    with pytest.raises(RecordError, match="0123456789abcdefghijklmnop"):
        explain(intake, DATASETS, "0123456789abcdefghijklmnop")
