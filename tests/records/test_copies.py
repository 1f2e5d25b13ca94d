"""One decision that comes in several generations of its template is one record, in whatever order."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import select

from records import tables
from records.dataset import Dataset
from records.intake import Intake, Stated
from records.sources import Origin, SourceRun
from records.stored import RecordState, StoredRecord
from records.subject_kind import decide_kind
from records.values import Value
from records.vocabulary import (
    PenaltyCategory,
    RecordStatus,
    SubjectCategory,
    SubjectKind,
    UsageScope,
)
from tests.support import LICENSES, PENALTIES, incoming, penalty, take
from tests.support import license as a_license

ID_NUMBER = "410329198601010012"
_NEW = ("provider", "authority_code", "violation", "fine_amount", "valid_until", "permanent")

Row = dict[str, Value]


def old(row: Row, **values: Value) -> Row:
    """The row as V1 can say it."""
    return {name: value for name, value in row.items() if name not in _NEW} | values


def load(
    intake: Intake, template: str, *rows: Row, dataset: Dataset = PENALTIES, checksum: str = ""
) -> dict[str, int]:
    origin = Origin("f", "", checksum or template, dataset.name, template)
    run = SourceRun.begin(intake.store, origin)
    records = [
        incoming(intake, row, dataset=dataset, kind=decide_kind(row).kind, line=line)
        for line, row in enumerate(rows, 2)
    ]
    take(intake, run, records, stated=Stated(dataset, template))
    run.finish()
    return {name: number for name, number in run.counts.items() if number}


def only(intake: Intake) -> StoredRecord:
    (record,) = intake.store.changes(0, 10).records
    return record


def state(intake: Intake) -> tuple[str, str]:
    with intake.store.engine.connect() as connection:
        row = connection.execute(select(tables.records.c.state, tables.records.c.reason)).one()
    return row.state, row.reason


def test_the_newer_generation_counts_and_the_older_adds_nothing_it_can_say_itself(
    intake: Intake,
) -> None:
    load(intake, "V2.1", penalty(content="罚款贰万元。"))

    counts = load(intake, "V1", old(penalty(), content="罚款二万元"))

    record = only(intake)
    assert counts == {"read": 1, "updated": 1}
    assert (record.public["content"], record.template) == ("罚款贰万元。", "V2.1")
    assert record.public["fine_amount"] == "20000"


@pytest.mark.parametrize("order", list(permutations(["V1", "V2", "V2.1"])))
def test_the_order_of_the_files_does_not_matter(intake: Intake, order: tuple[str, ...]) -> None:
    rows = {
        "V1": old(penalty(), content="一", public_limit=None, resident_id_number=ID_NUMBER),
        "V2": penalty(content="二", subject_category=None),
        "V2.1": penalty(content="三", subject_category=SubjectCategory.LEGAL_ENTITY),
    }
    for template in order:
        load(intake, template, rows[template])
    again = [load(intake, template, rows[template]) for template in order]

    record = only(intake)
    assert again == [{"read": 1, "unchanged": 1}] * 3
    assert (record.public["content"], record.template, record.subject_kind) == (
        "三",
        "V2.1",
        SubjectKind.LEGAL_ENTITY,
    )


@pytest.mark.parametrize("order", [("V1", "V2.1"), ("V2.1", "V1")])
def test_what_only_v1_can_say_about_publication_holds(
    intake: Intake, order: tuple[str, ...]
) -> None:
    rows = {"V1": old(penalty(), usage_scope=UsageScope.GOVERNMENT), "V2.1": penalty()}
    for template in order:
        load(intake, template, rows[template])

    assert state(intake) == (RecordState.HIDDEN, "USAGE_SCOPE")


@pytest.mark.parametrize("order", [("V1", "V2.1"), ("V2.1", "V1")])
def test_a_penalty_that_v1_calls_revoked_is_not_revived_by_a_template_without_states(
    intake: Intake, order: tuple[str, ...]
) -> None:
    rows = {"V1": old(penalty(), status=RecordStatus.REVOKED), "V2.1": penalty()}
    for template in order:
        load(intake, template, rows[template])

    assert state(intake) == (RecordState.HIDDEN, "REVOKED")


def test_the_state_that_the_newer_template_states_counts(intake: Intake) -> None:
    load(intake, "V1", a_license(status=RecordStatus.REVOKED), dataset=LICENSES)
    load(intake, "V2.1", a_license(status=RecordStatus.VALID), dataset=LICENSES)

    assert only(intake).public["status"] == "VALID"


def test_an_open_end_of_the_newer_template_overrules_a_date(intake: Intake) -> None:
    load(intake, "V1", a_license(), dataset=LICENSES)
    load(intake, "V2.1", a_license(valid_until=None, permanent=True), dataset=LICENSES)

    assert (only(intake).public["valid_until"], only(intake).public["permanent"]) == (None, True)


def test_a_corrected_row_of_the_older_template_is_taken_over(intake: Intake) -> None:
    load(intake, "V1", old(penalty(), usage_scope=UsageScope.GOVERNMENT))
    load(intake, "V2.1", penalty())

    load(intake, "V1", old(penalty(), usage_scope=UsageScope.PUBLIC), checksum="corrected")

    assert state(intake)[0] == RecordState.PUBLISHED


def test_a_file_that_states_a_decision_twice_settles_also_beside_another_generation(
    intake: Intake,
) -> None:
    load(intake, "V2.1", penalty())
    twice = (old(penalty(), local_code="410329"), old(penalty(), local_code="410300"))
    load(intake, "V1", *twice)
    revision = intake.store.revision()

    assert load(intake, "V1", *twice) == {"read": 2, "unchanged": 2}
    assert intake.store.revision() == revision


def test_a_person_is_found_by_the_id_number_of_either_template(intake: Intake) -> None:
    person = penalty(subject_name="段小满", credit_code=None, legal_representative=None)
    load(intake, "V1", old(person, resident_id_number=ID_NUMBER))

    load(intake, "V2.1", person | {"person_id_number": ID_NUMBER.lower()})

    assert only(intake).public["subject_name"] == "段*"


def test_the_old_form_of_an_id_number_is_the_same_person(intake: Intake) -> None:
    person = penalty(subject_name="段小满", credit_code=None, legal_representative=None)
    load(intake, "V1", old(person, resident_id_number=ID_NUMBER[:6] + ID_NUMBER[8:17]))

    load(intake, "V2.1", person | {"person_id_number": ID_NUMBER})

    assert only(intake).template == "V2.1"


def test_a_representatives_number_in_v1_does_not_split_a_record_from_its_later_copy(
    intake: Intake,
) -> None:
    named_as_a_person = penalty(subject_name="金龙", legal_representative="金龙")
    load(intake, "V1", old(named_as_a_person, resident_id_number=ID_NUMBER))

    load(intake, "V2.1", named_as_a_person | {"legal_representative_id_number": ID_NUMBER})

    assert only(intake).subject_kind is SubjectKind.NATURAL_PERSON


def test_two_generations_that_say_the_same_end_alike_in_either_order(intake: Intake) -> None:
    load(intake, "V2", penalty())

    assert load(intake, "V2.1", penalty()) == {"read": 1, "updated": 1}
    assert load(intake, "V2", penalty()) == {"read": 1, "unchanged": 1}
    assert only(intake).template == "V2.1"


def test_an_empty_cell_of_the_newer_template_is_not_filled_from_the_older(intake: Intake) -> None:
    warning = {"categories": (PenaltyCategory.FINE,), "fine_amount": None}
    load(intake, "V2", penalty())

    load(intake, "V2.1", penalty(**warning))

    assert only(intake).public["fine_amount"] is None


@pytest.mark.parametrize("order", [("V1", "V2.1"), ("V2.1", "V1")])
def test_the_earliest_limit_counts(intake: Intake, order: tuple[str, ...]) -> None:
    limits = {"V1": date(2026, 12, 1), "V2.1": date(2027, 1, 1)}
    for template in order:
        load(intake, template, penalty(public_limit=limits[template]))

    assert only(intake).public_until == date(2026, 12, 2)


@pytest.mark.parametrize("number", ["1", "0", "2024", "〔2024〕"])
def test_a_number_that_is_none_does_not_make_one_of_two_decisions(
    intake: Intake, number: str
) -> None:
    first = penalty(document_number=number)
    second = penalty(document_number=number, decision_date=date(2026, 9, 2))

    assert load(intake, "V2.1", first, second) == {"read": 2, "inserted": 2}


@pytest.mark.parametrize("number", ["伊市监罚〔2026〕第15号", "伊市监罚(2026)15"])
def test_what_stands_around_a_number_does_not_make_two(intake: Intake, number: str) -> None:
    load(intake, "V2.1", penalty())

    assert load(intake, "V1", penalty(document_number=number)) == {"read": 1, "updated": 1}
