"""A planted person is found nowhere in the public view: every class, spelling, field and kind."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from records import privacy, redaction, row_facts
from records.dataset import Dataset, Field, ValueType
from records.finds import Find
from records.privacy import masked_input, public_view
from records.values import Value
from records.vocabulary import PersonalData, Scope, SubjectKind
from tests import support
from tests.records.planted import (
    CARD,
    EMAIL,
    HOME,
    ID_NUMBER,
    ID_WITH_X,
    NAME,
    OLD_ID,
    PHONE,
    PLATE,
    SPELLINGS,
    traces_of,
)
from tests.support import LICENSES, PENALTIES, penalty

Kind = SubjectKind
ROWS: list[tuple[Dataset, Callable[..., dict[str, Value]]]] = [
    (PENALTIES, penalty),
    (LICENSES, support.license),
]
SENTENCES = ("经查，当事人{}，予以处罚。", "{}", "（{}）", "当事人（{}）违法", "X{}Y")


def row_of(kind: Kind, base: Callable[..., dict[str, Value]], **more: Value) -> dict[str, Value]:
    """A row of that kind whose person is the planted one."""
    own: dict[str, Value] = {
        "legal_representative": NAME,
        "legal_representative_id_number": ID_NUMBER,
    }
    if kind is Kind.NATURAL_PERSON:
        own = {
            "subject_name": NAME, "person_id_number": ID_NUMBER, "credit_code": None,
            "legal_representative": None,
        }  # fmt: skip
    return base(**own) | more


def shown(dataset: Dataset, values: dict[str, Value], kind: Kind) -> str:
    """Everything that leaves by the door."""
    return json.dumps(public_view(dataset, values, kind), ensure_ascii=False)


def texts_of(dataset: Dataset) -> list[Field]:
    return [f for f in dataset.fields if f.type is ValueType.TEXT and f.scope is not Scope.SEALED]


def leaks(personal: PersonalData, kind: Kind) -> list[tuple[str, str, str]]:
    """(field, spelling, trace) of everything of that class that can be read."""
    found = []
    for dataset, base in ROWS:
        for field in texts_of(dataset):
            if field.name in ("subject_name", "legal_representative"):
                continue
            for spelling in SPELLINGS[personal]:
                sentence = SENTENCES[(len(spelling) + len(field.name)) % 4]
                values = row_of(kind, base, **{field.name: sentence.format(spelling)})
                found += [
                    (field.name, spelling, trace)
                    for trace in traces_of(personal, shown(dataset, values, kind))
                ]
    return found


NOT_OWN = [c for c in SPELLINGS if c is not PersonalData.PERSON_NAME]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("personal", SPELLINGS)
def test_nothing_is_left_of_the_planted_person(personal: PersonalData, kind: Kind) -> None:
    assert leaks(personal, kind) == []


@pytest.mark.parametrize("spelling", SPELLINGS[PersonalData.ID_NUMBER])
@pytest.mark.parametrize("glue", ["证号{}", "ID{}", "{}号", "a{}b", "：{}。"])
def test_id_numbers_are_found_whatever_they_are_glued_to(glue: str, spelling: str) -> None:
    values = penalty(facts=glue.format(spelling))
    assert (
        list(traces_of(PersonalData.ID_NUMBER, shown(PENALTIES, values, Kind.LEGAL_ENTITY))) == []
    )


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "value", [ID_NUMBER, ID_WITH_X, OLD_ID, f"T{ID_NUMBER}", f"{ID_NUMBER}01", PHONE, CARD]
)
@pytest.mark.parametrize("field", ["document_number", "license_number"])
def test_a_number_of_a_person_is_no_document_number(field: str, value: str, kind: Kind) -> None:
    values = row_of(kind, support.license, **{field: value})
    assert public_view(LICENSES, values, kind)[field] is None


def test_every_sealed_column_stays_sealed() -> None:
    for dataset, base in ROWS:
        sealed = [f for f in dataset.fields if f.scope is Scope.SEALED and f.type is ValueType.TEXT]
        values = base(**{f.name: f"{f.name}-秘密" for f in sealed})
        for kind in Kind:
            assert "秘密" not in shown(dataset, values, kind)
            assert not {f.name for f in sealed} & set(public_view(dataset, values, kind))


@pytest.mark.parametrize("kind", Kind)
def test_the_rows_own_sealed_values_are_found_wherever_they_recur(kind: Kind) -> None:
    """Numbers that have no shape of their own: a passport, an old residence permit."""
    for column in ("person_id_number", "legal_representative_id_number", "tax_number"):
        values = row_of(
            kind,
            penalty,
            facts="持有 ea-123 4567 的当事人",
            content="ＥＡ1234567",
            remark="EA1234567",
        )
        values[column] = "EA1234567"
        assert "1234567" not in shown(PENALTIES, values, kind).replace(" ", "")


def test_the_representatives_name_is_masked_in_the_texts_of_an_organization() -> None:
    view = public_view(
        PENALTIES,
        row_of(Kind.LEGAL_ENTITY, penalty, facts=f"法定代表人{NAME}在场"),
        Kind.LEGAL_ENTITY,
    )
    assert view["legal_representative"] == "郭*"
    assert view["facts"] == "法定代表人郭*在场"


def test_former_names_and_several_persons_are_own_names_too() -> None:
    values = row_of(
        Kind.NATURAL_PERSON,
        penalty,
        subject_name="郭小满（曾用名郭满仓）、郝立冬",
        facts="郭满仓与郝立冬、郭小满同行",
    )
    view = public_view(PENALTIES, values, Kind.NATURAL_PERSON)
    assert view["subject_name"] == "郭*、郝*"
    assert view["facts"] == "郭*与郝*、郭*同行"


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("郭小满", False),
        ("郭小满（个体工商户）", False),
        ("郭小满小吃", True),
        ("小满", False),
        ("郭小满烩面馆", True),
    ],
)
def test_a_business_is_named_unless_its_name_is_only_a_persons(name: str, readable: bool) -> None:
    values = penalty(subject_name=name, legal_representative=NAME, facts=f"{name}未亮证经营")
    view = public_view(PENALTIES, values, Kind.INDIVIDUAL_BUSINESS)
    assert (view["subject_name"] == name) is readable
    assert (name in str(view["facts"])) is readable
    assert view["credit_code"] == values["credit_code"]


def test_a_natural_person_has_neither_name_nor_code() -> None:
    values = row_of(Kind.NATURAL_PERSON, penalty, credit_code=support.COMPANY_CODE)
    view = public_view(PENALTIES, values, Kind.NATURAL_PERSON)
    assert (view["subject_name"], view["credit_code"], view["legal_representative"]) == (
        "郭*",
        None,
        None,
    )


def test_an_id_number_in_a_code_column_is_null() -> None:
    for column in ("credit_code", "authority_code", "provider_code"):
        view = public_view(PENALTIES, penalty(**{column: ID_NUMBER}), Kind.LEGAL_ENTITY)
        assert view[column] is None


@pytest.mark.parametrize("own", ["510104197001014002", ID_NUMBER])
@pytest.mark.parametrize("column", ["authority_code", "provider_code"])
def test_an_id_number_that_passes_as_a_code_is_no_code_of_an_authority(
    column: str, own: str
) -> None:
    values = penalty(person_id_number=own, **{column: "510104197001014002"})
    assert public_view(PENALTIES, values, Kind.NATURAL_PERSON)[column] is None


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "personal", [PersonalData.ID_NUMBER, PersonalData.PHONE, PersonalData.EMAIL]
)
def test_numbers_beside_a_name_are_taken_out(personal: PersonalData, kind: Kind) -> None:
    for spelling in SPELLINGS[personal]:
        values = penalty(
            subject_name=f"伊川县青禾食品有限公司{spelling}",
            legal_representative=f"{NAME}，{spelling}",
        )
        assert list(traces_of(personal, shown(PENALTIES, values, kind))) == [], spelling


@pytest.mark.parametrize("personal", SPELLINGS)
def test_rejection_reports_quote_nobody(personal: PersonalData) -> None:
    cells = {"subject_name": NAME, "person_id_number": ID_NUMBER, "remark": ""}
    for spelling in SPELLINGS[personal]:
        for cell in (spelling, f"当事人{spelling}", f"{spelling}。"):
            quoted = masked_input(cell, cells | {"remark": cell})
            assert list(traces_of(personal, quoted)) == [], cell
            assert len(quoted) <= 40


def test_rejection_reports_quote_no_name_from_a_shifted_column() -> None:
    assert masked_input(NAME, {"registration_number": NAME}) == "郭*"
    assert masked_input(f"第1行{NAME}", {"registration_number": NAME}) == "第1行郭*"


# --- The net itself: with one mask switched off, the same search must find something. ---


def _nothing(*_: object) -> list[Find]:
    return []


SWITCHES: list[tuple[PersonalData, str]] = [
    (PersonalData.ID_NUMBER, "find_numbers"),
    (PersonalData.PHONE, "find_numbers"),
    (PersonalData.BANK_ACCOUNT, "find_numbers"),
    (PersonalData.PLATE, "find_plates"),
    (PersonalData.EMAIL, "find_emails"),
    (PersonalData.ADDRESS, "find_places"),
    (PersonalData.PERSON_NAME, "_recurring"),
]


@pytest.mark.parametrize(("personal", "finder"), SWITCHES)
def test_the_search_goes_red_when_a_finder_is_switched_off(
    monkeypatch: pytest.MonkeyPatch, personal: PersonalData, finder: str
) -> None:
    monkeypatch.setattr(redaction, finder, _nothing)
    assert leaks(personal, Kind.LEGAL_ENTITY)


def test_the_search_goes_red_when_names_are_not_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "mask_people", lambda name, **_: name)
    values = row_of(Kind.NATURAL_PERSON, penalty)
    assert list(traces_of(PersonalData.PERSON_NAME, shown(PENALTIES, values, Kind.NATURAL_PERSON)))


def test_the_search_goes_red_when_document_numbers_are_trusted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(row_facts.RowFacts, "may_show_number", lambda *_: True)
    monkeypatch.setattr(redaction, "find_numbers", _nothing)
    values = row_of(Kind.LEGAL_ENTITY, support.license, license_number=OLD_ID)
    assert OLD_ID in shown(LICENSES, values, Kind.LEGAL_ENTITY)


def test_what_is_planted_is_what_the_search_looks_for() -> None:
    everything = f"{ID_NUMBER} {PHONE} {CARD} {PLATE} {EMAIL} {HOME} {NAME}"
    assert all(list(traces_of(personal, everything)) for personal in SPELLINGS)
