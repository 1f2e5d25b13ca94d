"""A planted person stands in every column of every list; no view and no rejection shows anything of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from loaders.sources import SourceRow
from loaders.templates import Template, recognize
from loaders.validation import Draft, Rejected, validate
from records.dataset import ValueType
from records.privacy import public_view
from records.subject_kind import decide_kind
from records.vocabulary import PersonalData, SubjectKind
from tests.leaks.planted_files import EVERYTHING
from tests.loaders.rows import headers_of
from tests.records.planted import CARD, ID_NUMBER, NAME, PHONE, PLATE, SPELLINGS, traces_of
from tests.support import COMPANY_CODE, DATASETS

ENTRIES = DATASETS["list_entries"]
TODAY = date(2026, 11, 25)
FIRM = "伊川县青禾食品有限公司"
_OF_PEOPLE = {
    PersonalData.PERSON_NAME: NAME,
    PersonalData.ID_NUMBER: ID_NUMBER,
    PersonalData.PLATE: PLATE,
    PersonalData.ADDRESS: "河南省洛阳市伊川县水寨镇杨楼村三组17号",
}


def template_of(name: str) -> Template:
    return recognize([SourceRow(1, tuple(headers_of(ENTRIES, name)))], [ENTRIES])


def rows(template: Template, subject: str, text: str, code: str) -> tuple[str, ...]:
    """A row with the person in every column that a person may stand in, and the text in every other text."""
    cells = dict.fromkeys(range(template.width), "")
    for bound in template.columns:
        field = bound.field
        if field.name == "subject_name":
            cells[bound.index] = subject
        elif field.name == "credit_code":
            cells[bound.index] = code
        elif field.name == "listed_on":
            cells[bound.index] = "2026/03/02"
        elif field.personal in _OF_PEOPLE:
            cells[bound.index] = _OF_PEOPLE[field.personal]
        elif field.type is ValueType.TEXT and field.name not in ("list_code", "list_year"):
            cells[bound.index] = f"经查，{text}，违法。"
    return tuple(cells.values())


def views(template: Template, cells: tuple[str, ...]) -> Iterator[str]:
    outcome = validate(template, SourceRow(2, cells), TODAY)
    assert isinstance(outcome, Draft), outcome
    for kind in {decide_kind(outcome.values).kind, SubjectKind.NATURAL_PERSON}:
        yield json.dumps(public_view(ENTRIES, outcome.values, kind), ensure_ascii=False)


@pytest.mark.parametrize("personal", SPELLINGS, ids=str)
@pytest.mark.parametrize("name", ENTRIES.templates)
def test_no_view_shows_the_person(name: str, personal: PersonalData) -> None:
    template = template_of(name)
    named = any(
        b.field.personal is PersonalData.PERSON_NAME and b.field.name != "subject_name"
        for b in template.columns
    )
    for spelling in SPELLINGS[personal]:
        for subject, code in ((FIRM, COMPANY_CODE), (NAME, "")):
            if personal is PersonalData.PERSON_NAME and subject != NAME and not named:
                continue  # a name that stands nowhere but in a text is known to nobody
            for text in views(template, rows(template, subject, spelling, code)):
                assert list(traces_of(personal, text)) == []


@pytest.mark.parametrize("name", ENTRIES.templates)
def test_no_rejection_quotes_the_person(name: str) -> None:
    template = template_of(name)
    refused = 0
    for bound in template.columns:
        for value in (EVERYTHING, ID_NUMBER, PHONE, CARD):
            cells = list(rows(template, "", EVERYTHING, COMPANY_CODE))
            if bound.field.name != "subject_name":
                cells[bound.index] = value
            outcome = validate(template, SourceRow(2, tuple(cells)), TODAY)
            assert isinstance(outcome, Rejected)
            for issue in outcome.issues:
                refused += 1
                text = issue.value + issue.message
                assert not [p for p in SPELLINGS if list(traces_of(p, text))]
    assert refused
