"""Registration numbers of a subject: which join it, and which are told as its own."""

from __future__ import annotations

from records.by_hand import Withdrawal, withdraw
from records.intake import Intake
from records.values import Value
from records.vocabulary import SubjectKind
from tests.records.subject_model import (
    credit_code,
    expected,
    kept,
    load,
    one,
    organization_code,
    registration_number,
)
from tests.support import DATASETS, penalty
from tests.support import license as a_license

ALL = tuple(DATASETS.values())
NAME = "伊川县恒通建材有限公司"
CODE = credit_code(1)
SHOWN, OLDER = registration_number(1), registration_number(2)


def by_number(number: str = SHOWN) -> dict[str, Value]:
    """A license of a firm that states a registration number only."""
    row = a_license(subject_name=NAME, registration_number=number)
    return row | {"credit_code": None, "document_number": f"伊食许〔2014〕{number}号"}


def profile() -> dict[str, Value]:
    """A profile with both codes."""
    return {"subject_name": NAME, "credit_code": CODE, "registration_number": SHOWN}


def test_all_numbers_of_a_firm_are_its_own_that_of_its_profile_first(intake: Intake) -> None:
    load(intake, by_number(SHOWN), by_number(OLDER), dataset="licenses")
    load(intake, penalty(credit_code=CODE, registration_number=OLDER))
    load(intake, profile(), dataset="enterprises")

    assert one(intake.store).registration_numbers == (SHOWN, OLDER)
    assert kept(intake.store) == expected(intake.store)


def test_names_are_counted_with_all_numbers(intake: Intake) -> None:
    load(intake, profile(), dataset="enterprises")
    load(intake, penalty(subject_name=NAME, credit_code=CODE, registration_number=OLDER))

    counted = list(intake.store.subject_names())

    assert counted == [((NAME,), (CODE, organization_code(1), SHOWN, OLDER))]


def test_a_number_that_no_visible_record_states_is_not_told(intake: Intake) -> None:
    load(intake, profile(), dataset="enterprises")
    load(intake, penalty(credit_code=CODE, registration_number=OLDER))
    (hidden,) = (r.id for r in intake.store.changes(0, 9).records if r.dataset == "penalties")

    withdraw(intake, ALL, [hidden], Withdrawal.OTHER)

    assert one(intake.store).registration_numbers == (SHOWN,)
    assert len(one(intake.store).anchors) == 3


def test_a_number_that_rows_of_two_firms_state_is_told_of_neither(intake: Intake) -> None:
    load(intake, profile(), dataset="enterprises")
    for n in (1, 2):
        load(intake, penalty(credit_code=credit_code(n), registration_number=OLDER,
                             document_number=f"伊市监罚〔2026〕{n}1号"), checksum=str(n))  # fmt: skip

    told = {s.credit_code: s.registration_numbers for s in intake.store.subjects()}

    assert told == {CODE: (SHOWN,), credit_code(2): ()}


def test_a_registration_number_of_two_codes_joins_neither(intake: Intake) -> None:
    load(intake, by_number(), dataset="licenses")
    for n in (1, 2):
        load(intake, penalty(credit_code=credit_code(n), registration_number=SHOWN,
                             document_number=f"伊市监罚〔2026〕{n}1号"), checksum=str(n))  # fmt: skip

    assert len(kept(intake.store)) == 3
    assert sorted(s.registration_numbers for s in intake.store.subjects()) == [(), (), (SHOWN,)]
    assert kept(intake.store) == expected(intake.store)


def test_a_corrected_registration_number_separates_again(intake: Intake) -> None:
    load(intake, by_number(), dataset="licenses")
    load(intake, penalty(credit_code=CODE, registration_number=SHOWN))
    assert len(kept(intake.store)) == 1

    load(intake, penalty(credit_code=CODE, registration_number=OLDER), checksum="b")

    assert len(kept(intake.store)) == 2
    assert kept(intake.store) == expected(intake.store)


def test_a_number_given_for_a_person_too_is_no_registration_number(intake: Intake) -> None:
    load(intake, profile(), dataset="enterprises")
    row = penalty(credit_code=CODE, registration_number=OLDER)
    load(intake, row | {"legal_representative_id_number": OLDER})

    assert one(intake.store).registration_numbers == (SHOWN,)


def test_a_number_of_a_natural_person_joins_nothing(intake: Intake) -> None:
    load(intake, profile(), dataset="enterprises")
    person = penalty(subject_name="张三", credit_code=CODE, registration_number=OLDER)
    load(intake, person, kind=SubjectKind.NATURAL_PERSON)

    assert one(intake.store).registration_numbers == (SHOWN,)
    assert len(one(intake.store).anchors) == 1 + 1
