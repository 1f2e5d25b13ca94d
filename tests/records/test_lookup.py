"""Finding the id of a record by the number of its decision, or by its place in a file."""

from __future__ import annotations

from datetime import date

import pytest

from records import tables
from records.by_hand import Withdrawal, withdraw
from records.errors import RecordError
from records.intake import Intake, Stated
from records.kept import find_kept
from records.lookup import Match, find_by_line, find_by_number
from records.sources import Origin, SourceRun
from records.values import Value
from records.vocabulary import SubjectKind, UsageScope
from tests.support import LICENSES, PENALTIES, incoming, penalty, take
from tests.support import license as a_license

DATASETS = (PENALTIES, LICENSES)
NUMBER = "伊市监罚〔2026〕15号"
ID_NUMBER = "410329198601010012"


def load(
    intake: Intake,
    *rows: dict[str, Value],
    name: str = "a.csv",
    sheet: str = "",
    kind: SubjectKind = SubjectKind.LEGAL_ENTITY,
) -> None:
    run = SourceRun.begin(intake.store, Origin(name, sheet, name + sheet, "penalties", "V2.1"))
    records = [incoming(intake, row, line=line, kind=kind) for line, row in enumerate(rows, 2)]
    take(intake, run, records, stated=Stated(PENALTIES, "V2.1"))
    run.finish()


def by_number(intake: Intake, number: str = NUMBER) -> list[Match]:
    return find_by_number(intake, DATASETS, number)


@pytest.mark.parametrize(
    "asked", [NUMBER, " 伊市监罚（2026） 15号 ", "伊市监罚[2026]１５号", "伊市监罚〔2026〕15"]
)
def test_a_number_is_found_however_it_is_written(intake: Intake, asked: str) -> None:
    load(intake, penalty(), penalty(document_number="伊市监罚〔2026〕151号"))

    (found,) = by_number(intake, asked)

    assert (found.document_number, found.file, found.line, found.why) == (NUMBER, "a.csv", 2, "")


@pytest.mark.parametrize(
    ("values", "state", "why"),
    [
        ({"usage_scope": UsageScope.GOVERNMENT}, "hidden", "USAGE_SCOPE"),
        ({"public_limit": date(2026, 11, 24)}, "ended", "publicity ended"),
        ({"decision_date": date(2026, 12, 1)}, "pending", "pending"),
    ],
)
def test_what_is_not_shown_is_found(
    intake: Intake, values: dict[str, Value], state: str, why: str
) -> None:
    load(intake, penalty(**values))

    (found,) = by_number(intake)

    assert (found.state, found.why) == (state, why)


def test_what_was_withdrawn_is_found_and_its_id_is_good(intake: Intake) -> None:
    load(intake, penalty())
    withdraw(intake, DATASETS, [by_number(intake)[0].record_id], Withdrawal.REPAIRED)

    (found,) = by_number(intake)

    assert found.state == "withdrawn"


def test_all_records_with_the_number_are_found(intake: Intake) -> None:
    load(intake, penalty(), penalty(subject_name="洛阳某新公司", credit_code=None))

    assert [found.line for found in sorted(by_number(intake), key=lambda m: m.line)] == [2, 3]


def test_a_license_is_found_too(intake: Intake) -> None:
    run = SourceRun.begin(intake.store, Origin("l.csv", "", "l", "licenses", "V2.1"))
    row = a_license()
    take(intake, run, [incoming(intake, row, dataset=LICENSES)], stated=Stated(LICENSES, "V2.1"))

    (found,) = by_number(intake, str(row["document_number"]))

    assert found.dataset == "licenses"


@pytest.mark.parametrize("asked", [ID_NUMBER, "13837912345", f"证号 {ID_NUMBER}"])
def test_nobody_is_looked_up_by_a_personal_number(intake: Intake, asked: str) -> None:
    person = penalty(
        subject_name="贺青禾", credit_code=None, person_id_number=ID_NUMBER, document_number=ID_NUMBER
    )  # fmt: skip
    load(intake, person, kind=SubjectKind.NATURAL_PERSON)

    with pytest.raises(RecordError, match="nobody is looked up") as caught:
        by_number(intake, asked)

    assert asked not in caught.value.message + caught.value.suggestion


def test_of_a_person_only_the_mask_is_told(intake: Intake) -> None:
    person = penalty(subject_name="贺青禾", credit_code=None, person_id_number=ID_NUMBER)
    load(intake, person, kind=SubjectKind.NATURAL_PERSON)

    (found,) = by_number(intake)

    assert found.subject_name == "贺*"


@pytest.mark.parametrize("asked", ["贺青禾罚〔2026〕9号", "号", " "])
def test_a_number_that_nothing_has_is_not_echoed(intake: Intake, asked: str) -> None:
    load(intake, penalty())

    with pytest.raises(RecordError, match="no record has this number") as caught:
        by_number(intake, asked)

    assert "贺青禾" not in caught.value.message


@pytest.mark.parametrize("file", ["month.zip/部门/a.csv", "/srv/in/month.zip/部门/a.csv"])
def test_a_line_is_found_under_the_name_or_the_path(intake: Intake, file: str) -> None:
    load(
        intake,
        penalty(),
        penalty(document_number="伊市监罚〔2026〕16号"),
        name="month.zip/部门/a.csv",
    )
    load(intake, penalty(document_number="伊市监罚〔2026〕17号"), name="a.csv")

    (found,) = find_by_line(intake, DATASETS, file, 3)

    assert found.document_number == "伊市监罚〔2026〕16号"


def test_a_line_stands_in_a_sheet(intake: Intake) -> None:
    load(intake, penalty(), sheet="一月")
    load(intake, penalty(document_number="伊市监罚〔2026〕16号"), sheet="二月")

    assert len(find_by_line(intake, DATASETS, "a.csv", 2)) == 2
    (found,) = find_by_line(intake, DATASETS, "a.csv", 2, "二月")
    assert found.document_number == "伊市监罚〔2026〕16号"


def test_a_file_or_line_that_holds_nothing_is_told_apart(intake: Intake) -> None:
    load(intake, penalty())
    rejected = {
        "source_id": 1, "line": 7, "field": "f", "column": "c", "code": "BAD_DATE", "message": "m",
        "value": "", "fix": "",
    }  # fmt: skip
    with intake.store.writing() as connection:
        connection.execute(tables.rejections.insert(), [rejected])

    for file, line, told in [
        ("b.csv", 2, "no file of this name"),
        ("a.csv", 9, "no record is kept from line 9"),
        ("a.csv", 7, "line 7 was not accepted"),
    ]:
        with pytest.raises(RecordError, match=told):
            find_by_line(intake, DATASETS, file, line)


def test_an_id_is_known_with_blanks_and_in_capitals(intake: Intake) -> None:
    load(intake, penalty())
    record_id = by_number(intake)[0].record_id

    with intake.store.engine.connect() as connection:
        (kept,) = find_kept(connection, [f" {record_id.upper()}\n", record_id])

    assert kept.id == record_id


def test_many_wrong_ids_are_named_in_part(intake: Intake) -> None:
    wrong = [f"{number:026}".replace("0", "v") for number in range(40_000)]

    with intake.store.engine.connect() as connection, pytest.raises(RecordError) as caught:
        find_kept(connection, wrong)

    assert "and 39995 more" in caught.value.message
    assert len(caught.value.message) < 400
