"""The door: what of a row may be seen. The same for every caller.

Masks of whole values stand in records/masks.py; personal values in text are found by records/numbers.py,
contacts.py and places.py and cut out by redaction.py; own_values.py knows what of a row is personal.
Here is decided which field gets which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from records import identifiers
from records.business_names import mask_beside
from records.dataset import Dataset, Field, ValueType
from records.masks import mask_address
from records.name_cells import mask_people
from records.numbers import find_numbers
from records.organization_forms import (
    begins_with_a_place,
    has_organization_form,
    looks_like_person_name,
)
from records.own_values import row_redactor, worst_case_redactor
from records.redaction import Redactor
from records.roles import is_document_number
from records.row_facts import RowFacts
from records.shadow import Shadow
from records.values import JsonValue, Value, Values, to_json
from records.vocabulary import PersonalData, SubjectKind

_CODE_CHECKS: Mapping[str, Callable[[str], identifiers.Verdict]] = {
    "organization_code": identifiers.check_organization_code,
    "registration_number": identifiers.check_registration_number,
}
_LONGEST_QUOTED = 40
_CODE_OF_A_BUSINESS = re.compile(
    r"9[1-3](?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{10,13}[0-9A-Z]"
)
_BEFORE_CHECK = 17
_MAY_BE_A_NAME = re.compile(r"\s*\S{1,4}\s*|.*[^\u3400-\u9fff（）()].*", re.DOTALL)
"""What names of authorities are not: of four signs or fewer, or written with others than Han."""


def mask(personal: PersonalData, value: str, redactor: Redactor | None = None) -> str | None:
    """The one mask of a class for a value in its own column; None: no value is shown at all.

    Free text needs the redactor of its row to find the row's own values; without one it is searched by
    shape and label only, as for a natural person.
    """
    match personal:
        case PersonalData.PERSON_NAME:
            return mask_people(value)
        case PersonalData.ADDRESS:
            return mask_address(value)
        case PersonalData.FREE_TEXT:
            return (redactor or Redactor(SubjectKind.NATURAL_PERSON)).text(value) or None
        case _:
            return None


def public_view(
    dataset: Dataset,
    values: Values,
    kind: SubjectKind,
    *,
    publish_legal_representatives: bool = False,
) -> dict[str, JsonValue]:
    """Every public and provenance field of a row as JSON, masked and redacted; None where nothing shows.

    `values` are the typed values of the row, `kind` as decided for it. With
    `publish_legal_representatives`, those of subjects with a readable name are not masked.
    """
    row = RowFacts(dataset, values, kind)
    view = _View(row, show_representative=publish_legal_representatives and row.name_is_public)
    shown: dict[str, JsonValue] = dict.fromkeys(row.roles.shown)
    for name, value in values.items():
        if value is not None and (field := row.roles.shown.get(name)):
            shown[name] = view.public(field, value)
    return shown


def masked_input(value: str, values: Mapping[str, str]) -> str:
    """A cell of a rejected row as a report may quote it: at most 40 characters.

    `values` are the cells of the row by field name. The worst is assumed: the subject is a natural person.
    """
    text = worst_case_redactor(values).text(value.strip())
    if looks_like_person_name(text):
        text = mask_people(text) or ""
    return text if len(text) <= _LONGEST_QUOTED else text[: _LONGEST_QUOTED - 1] + "…"


def has_personal_shape(text: str) -> bool:
    """Whether a query is an ID number, phone number or bank card in any spelling, or holds little else.

    Valid credit codes and registration numbers are none; nor are those of businesses with a slip, or typed in
    part, unless they hold a birth date.
    """
    if identifiers.is_valid_credit_code(text) or identifiers.check_registration_number(text).valid:
        return False
    if _is_nearly_the_code_of_a_business(text):
        return False
    spans = {found.span for found in find_numbers(Shadow(text))}
    personal = sum(span.end - span.start for span in spans)
    return personal * 2 > len(text.strip())


def _is_nearly_the_code_of_a_business(text: str) -> bool:
    """Whether 15 to 18 signs begin like the credit code of a business, and are no ID number of a foreigner.

    Those, the only ones of persons that begin with 9, have the birth date where all ID numbers have it.
    """
    number = identifiers.normalize_code(text)
    if not _CODE_OF_A_BUSINESS.fullmatch(number):
        return False
    return identifiers.birth_date(number[:_BEFORE_CHECK].ljust(_BEFORE_CHECK, "0") + "0") is None


def _code_of_a_body(text: str) -> str:
    """The valid credit code of an authority, "" where it could be somebody's ID number."""
    verdict = identifiers.check_credit_code(text)
    personal = identifiers.is_also_id_number(verdict.normalized)
    return verdict.normalized if verdict.valid and not personal else ""


_code_kept = lru_cache(maxsize=1024)(_code_of_a_body)


class _View:
    """One row on its way through the door."""

    def __init__(self, row: RowFacts, *, show_representative: bool) -> None:
        self._row = row
        self._show_representative = show_representative
        self._redactor = row_redactor(row, show_representative=show_representative)
        self._as_they_are = {} if self._redactor.is_needed else row.roles.searched

    def public(self, field: Field, value: Value) -> JsonValue:
        if not isinstance(value, str):
            return to_json(value)
        if field.name in self._as_they_are and not (
            field.personal is None and _MAY_BE_A_NAME.fullmatch(value)
        ):
            return value or None
        if value in field.labels:
            return value  # a word of a table, whatever it looks like
        if field.type is ValueType.CREDIT_CODE:
            return self._credit_code(field, value)
        return self._text(field, value) or None

    def _text(self, field: Field, value: str) -> str | None:
        row, redactor = self._row, self._redactor
        match field.personal:
            case PersonalData.FREE_TEXT:
                shown: str | None = redactor.text(value)
            case None if field.name in _CODE_CHECKS:
                shown = self._code_of_the_subject(field, value)
            case None:
                shown = self._of_an_organ(value)
            case PersonalData.PERSON_NAME if field.name == "subject_name":
                shown = self._subject_name()
            case PersonalData.PERSON_NAME:
                shown = self._name(value)
            case PersonalData.ADDRESS if not field.masked_for(row.kind):
                shown = redactor.numbers(value)
            case PersonalData.ID_NUMBER if is_document_number(field):
                shown = redactor.text(value) if row.may_show_number(value) else None
            case personal:
                shown = mask(personal, value, redactor)
        return shown

    def _credit_code(self, field: Field, value: str) -> str | None:
        if field.name == "credit_code":
            return self._row.credit_code or None
        # What stands in the column may be a person's number: only what cannot be one is remembered.
        code = (_code_kept if identifiers.is_like_a_credit_code(value) else _code_of_a_body)(value)
        sealed = map(identifiers.normalize_code, self._row.sealed_numbers)
        return code if code and code not in sealed else None

    def _code_of_the_subject(self, field: Field, value: str) -> str | None:
        """A code that holds and is no number of a person; another one is a text like any."""
        if self._row.kind is SubjectKind.NATURAL_PERSON:
            return None
        verdict = _CODE_CHECKS[field.name](value)
        if not verdict.valid:
            return self._of_an_organ(value)
        sealed = map(identifiers.normalize_code, self._row.sealed_numbers)
        return None if verdict.normalized in sealed else verdict.normalized

    def _subject_name(self) -> str | None:
        row = self._row
        if not row.name_is_public:
            return mask_people(row.name)
        return self._redactor.numbers(mask_beside(row.name, row.people_of_name))

    def _name(self, value: str) -> str | None:
        if self._show_representative:
            return self._redactor.numbers(value)
        if self._row.kind is SubjectKind.NATURAL_PERSON:
            return mask_people(value)
        masked = mask_people(value, readable=has_organization_form)
        return self._redactor.numbers(masked) if masked else None

    def _of_an_organ(self, value: str) -> str:
        """Authorities keep their names whatever people are called; anything else is redacted whole."""
        shown = self._redactor.text(value)
        if has_organization_form(value):
            return shown if shown == value else self._redactor.numbers(value)
        if looks_like_person_name(value) and not begins_with_a_place(value):
            return mask_people(value) or ""
        return shown
