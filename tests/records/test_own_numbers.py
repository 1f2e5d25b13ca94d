"""Numbers of the row's own people, and numbers that somebody hid halfway, are taken out of its texts."""

from __future__ import annotations

import json

import pytest

from records.privacy import public_view
from records.values import Value
from records.vocabulary import SubjectKind
from tests import support
from tests.records.planted import ID_NUMBER, ID_WITH_X
from tests.support import LICENSES, PENALTIES, penalty

A, B, C = ID_WITH_X[:6], ID_WITH_X[6:14], ID_WITH_X[14:]


def person(**more: Value) -> dict[str, Value]:
    own: dict[str, Value] = {"subject_name": "郭小满", "credit_code": None}
    return penalty(**(own | more))


def facts_of(values: dict[str, Value]) -> str:
    return str(public_view(PENALTIES, values, SubjectKind.NATURAL_PERSON)["facts"])


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("12345678", "持台胞证12345678入境"),
        ("2005123", "证号2005123"),
        ("12345A78", "持12345A78入境"),
        ("0312345", "军官证0312345号"),
        ("12345678", "持１２３４５６７８入境"),
        ("12345678", "持1234-5678入境"),
    ],
)
@pytest.mark.parametrize("column", ["person_id_number", "tax_number"])
def test_short_numbers_of_the_row_are_found_in_its_texts(
    column: str, number: str, text: str
) -> None:
    shown = facts_of(person(facts=text, **{column: number}))

    assert "【身份证号】" in shown
    assert number not in shown
    assert facts_of(person(facts=text)) == text


@pytest.mark.parametrize(
    "spelling",
    [
        f"{A},{B},{C}",
        f"{A}、{B}、{C}",
        f"{A}|{B}|{C}",
        f"{A}：{B}：{C}",
        f"{A}+{B}+{C}",
        f"({A}){B}({C})",
        f"[{A}][{B}][{C}]",
        f"{A}_{B}_{C}",
        "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(c)] if c.isdigit() else c for c in ID_WITH_X),
    ],
)
def test_the_rows_own_id_number_is_found_whatever_stands_inside_it(spelling: str) -> None:
    for text in (f"当事人{spelling}，违法", spelling):
        shown = facts_of(person(facts=text, person_id_number=ID_WITH_X))
        assert B not in shown
        assert "⁹" not in shown
    numbered = support.license(license_number=spelling, person_id_number=ID_WITH_X)
    assert public_view(LICENSES, numbered, SubjectKind.NATURAL_PERSON)["license_number"] is None


def test_digits_of_dates_and_amounts_are_not_joined_to_an_own_number() -> None:
    text = "2026年3月15日罚款5000元，3月16日缴清。"

    assert facts_of(person(facts=text, person_id_number="20263155")) == text


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize(
    "written",
    [
        ID_NUMBER[:10] + "****" + ID_NUMBER[14:],
        ID_NUMBER[:12] + "****" + ID_NUMBER[16:],
        ID_NUMBER[:6] + "********" + ID_NUMBER[14:],
        ID_NUMBER[:6] + "xxxxxxxx" + ID_NUMBER[14:],
        "139****6512",
    ],
)
def test_numbers_hidden_halfway_are_taken_out_whole(written: str, kind: SubjectKind) -> None:
    values = penalty(facts=f"当事人{written}，违法", document_number=f"伊罚{written}号")
    view = json.dumps(public_view(PENALTIES, values, kind), ensure_ascii=False)

    assert written not in view
    assert written[-4:] not in view


@pytest.mark.parametrize("text", ["型号100***", "等级3***酒店", "2026XXX", "JY141XXXX03290"])
def test_other_stars_stay(text: str) -> None:
    assert facts_of(person(facts=text)) == text


@pytest.mark.parametrize("number", ["梯11豫C01234(18)", "容15豫C00123(22)"])
def test_registrations_of_special_equipment_are_no_plates(number: str) -> None:
    values = support.license(license_number=number, content=f"准予使用{number}")
    view = public_view(LICENSES, values, SubjectKind.LEGAL_ENTITY)

    assert view["license_number"] == number
    assert view["content"] == f"准予使用{number}"


def test_a_sealed_number_of_the_row_is_no_code_of_its_authority() -> None:
    values = person(tax_number=support.COMPANY_CODE, authority_code=support.COMPANY_CODE)

    assert public_view(PENALTIES, values, SubjectKind.NATURAL_PERSON)["authority_code"] is None
