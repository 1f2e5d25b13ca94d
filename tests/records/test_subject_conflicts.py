"""What about subjects is told to the operator, and what is not."""

from __future__ import annotations

from records.intake import Intake
from records.subject_conflicts import Conflict, subject_conflicts
from records.values import Value
from records.vocabulary import SubjectKind
from tests.records.subject_model import credit_code, load, registration_number
from tests.support import penalty

NAME = "伊川县恒通建材有限公司"
NONE = Conflict(0, ())


def about(serial: int, *, code: int = 0, number: int = 0, **values: Value) -> dict[str, Value]:
    row = penalty(
        subject_name=NAME,
        credit_code=credit_code(code) if code else None,
        registration_number=registration_number(number) if number else None,
        document_number=f"伊市监罚〔2026〕{serial}1号",
    )
    return row | values


def test_a_name_with_and_without_code_may_be_one_subject(intake: Intake) -> None:
    load(intake, about(1, code=1), about(2, number=1))

    (without,) = (s.id for s in intake.store.subjects() if not s.organization_code)
    assert subject_conflicts(intake.store, 5).pairs == Conflict(1, (without,))


def test_one_name_with_two_registration_numbers_may_be_one_subject(intake: Intake) -> None:
    load(intake, about(1, number=1), about(2, number=2))

    assert subject_conflicts(intake.store, 5).pairs.count == 2


def test_one_name_with_two_codes_is_two_subjects(intake: Intake) -> None:
    load(intake, about(1, code=1), about(2, code=2))

    found = subject_conflicts(intake.store, 5)

    assert not found.any


def test_a_number_with_two_codes_is_told_by_the_number(intake: Intake) -> None:
    load(intake, about(1, code=1, number=1), about(2, code=2, number=1), about(3, code=3, number=2))

    found = subject_conflicts(intake.store, 5)

    assert found.numbers == Conflict(1, (registration_number(1),))
    assert found.any


def test_only_the_first_are_named(intake: Intake) -> None:
    load(intake, *(about(n, number=n) for n in range(1, 5)))

    pairs = subject_conflicts(intake.store, 2).pairs

    assert (pairs.count, len(pairs.first)) == (4, 2)


def test_masked_names_are_compared_with_nothing(intake: Intake) -> None:
    rows = [
        about(n, code=0, number=n, subject_name="贺青禾", legal_representative="贺青禾")
        for n in (1, 2)
    ]
    load(intake, *rows, kind=SubjectKind.INDIVIDUAL_BUSINESS)

    assert intake.store.subject_count() == 2
    assert not subject_conflicts(intake.store, 5).any
