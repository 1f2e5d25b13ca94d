"""Who a record is about: rows decided by hand, one by one, in subject_kind_rows.csv.

A line of that table names codes by what they are: 91, 92, N2 … a valid credit code of that registrar,
51ID and 11ID ones that are ID numbers as well, 0X the placeholder, 00 zeros, bad a wrong check digit, ID
an ID number, ID15 an old one (R: that also passes as a registration number), ID17 and T17, T18, T20
taxpayer numbers of individuals, R0 and R6 registration numbers of a company and of an individual
business, O an organization code, P a passport, own the row's own credit code.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from records.identifiers import (
    birth_date,
    check_registration_number,
    credit_check_character,
    id_check_character,
    organization_check_character,
    registration_check_digit,
)
from records.subject_kind import (
    decide_kind,
    has_organization_form,
    looks_like_person_name,
    names_its_operator,
)
from records.values import Value
from records.vocabulary import SubjectCategory, SubjectKind

ROWS = list(
    csv.DictReader(
        Path(__file__).with_name("subject_kind_rows.csv").read_text(encoding="utf-8").splitlines()
    )
)
KINDS = {
    "L": SubjectKind.LEGAL_ENTITY,
    "I": SubjectKind.INDIVIDUAL_BUSINESS,
    "N": SubjectKind.NATURAL_PERSON,
}
WARNINGS = {"A": ("SUBJECT_KIND_ASSUMED",), "C": ("SUBJECT_KIND_CONTRADICTORY",), "": ()}
CATEGORIES = {
    "法人": SubjectCategory.LEGAL_ENTITY,
    "个体": SubjectCategory.INDIVIDUAL_BUSINESS,
    "自然人": SubjectCategory.NATURAL_PERSON,
    "其他": SubjectCategory.OTHER,
}


def credit_code(registrar: str) -> str:
    body = "MA3X1234"
    first17 = f"{registrar}410329{body}{organization_check_character(body)}"
    return first17 + credit_check_character(first17)


def _old_id_that_passes_as_registration_number() -> str:
    for order in range(1000):
        number = f"410329620312{order:03}"
        if check_registration_number(number).valid and birth_date(number):
            return number
    raise AssertionError("no such number")


ID = "41032919900101123" + id_check_character("41032919900101123")
SPELLED = {
    "51ID": "510104197001014002",
    "11ID": "110101197001014359",
    "": "",
    "0X": "0" * 17 + "X",
    "00": "0" * 18,
    "bad": credit_code("91")[:-1] + ("1" if credit_code("91")[-1] != "1" else "2"),
    "ID": ID,
    "ID15": "410329620312002",
    "ID15R": _old_id_that_passes_as_registration_number(),
    "ID17": "410329620312002A1",
    "T17": "410329620312002A1",
    "T18": ID,
    "T20": ID + "01",
    "R0": "41032900001234" + registration_check_digit("41032900001234"),
    "R6": "41032960001234" + registration_check_digit("41032960001234"),
    "O": "MA3X1234" + organization_check_character("MA3X1234"),
    "P": "E12345678",
    "own": credit_code("91"),
    "same": credit_code("91"),
}


def values_of(row: dict[str, str]) -> dict[str, Value]:
    """The typed values of one line of the table."""
    columns = {
        "credit": "credit_code", "registration": "registration_number",
        "organization": "organization_code", "tax": "tax_number", "person_id": "person_id_number",
        "resident_id": "resident_id_number",
    }  # fmt: skip
    values: dict[str, Value] = {
        field: SPELLED[row[column]] if row[column] in SPELLED else credit_code(row[column])
        for column, field in columns.items()
    }
    if row["person_id"] == "own":
        values["person_id_number"] = values["credit_code"]
    return {
        "subject_name": row["name"],
        "subject_category": CATEGORIES.get(row["category"]),
        "legal_representative": row["representative"],
        **values,
    }


@pytest.mark.parametrize("row", ROWS, ids=[f"line {i + 2}" for i in range(len(ROWS))])
def test_a_row_decided_by_hand(row: dict[str, str]) -> None:
    decision = decide_kind(values_of(row))
    assert decision.kind is KINDS[row["kind"]], row
    assert decision.warnings == WARNINGS[row["warning"]], row


def test_the_table_is_long_and_has_every_kind_with_and_without_category() -> None:
    assert len(ROWS) >= 200
    seen = {(row["category"], row["kind"]) for row in ROWS}
    assert {
        ("", "L"),
        ("", "I"),
        ("", "N"),
        ("法人", "L"),
        ("法人", "N"),
        ("个体", "I"),
        ("个体", "N"),
    } <= seen


def test_nothing_is_known_of_an_empty_row() -> None:
    decision = decide_kind({})
    assert decision.kind is SubjectKind.NATURAL_PERSON
    assert decision.warnings == ("SUBJECT_KIND_ASSUMED",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("老街饭店", True),
        ("老街的饭店", False),
        ("伊川县老街饭店", True),
        ("张店", False),
        ("张三丰店", False),
        ("老街羊肉店", True),
        ("老街饭店（张三）", False),
        ("老街饭店 ", True),
        ("Ｎ１公司", True),
        ("", False),
    ],
)
def test_organization_forms(name: str, expected: bool) -> None:
    assert has_organization_form(name) is expected


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "張三豐",
        "欧阳小店",
        "张三、李四",
        "张三（男）",
        "张三等3人",
        "阿依古丽·买买提",
        "J. R. Smith",
        "张 三",
    ],
)
def test_names_of_persons(name: str) -> None:
    assert looks_like_person_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "老街饭店",
        "伊川县公安局",
        "Acme Ltd",
        "张三丰修理部",
        "12345",
        "税务局",
        "应急局",
        "金融办",
    ],
)
def test_names_that_are_not_of_persons(name: str) -> None:
    assert not looks_like_person_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "张 三",
        "张三（个体工商户）",
        "个体户张三",
        "张三(张三)",
        "经营者：张三",
        "张\u200b三",
    ],
)
def test_a_business_that_has_only_its_operators_name(name: str) -> None:
    assert names_its_operator(name, "张三")


@pytest.mark.parametrize("name", ["张三饭店", "张三丰", "李四", ""])
def test_a_business_with_a_name_of_its_own(name: str) -> None:
    assert not names_its_operator(name, "张三")


def test_without_a_representative_nothing_names_its_operator() -> None:
    assert not names_its_operator("", "")
