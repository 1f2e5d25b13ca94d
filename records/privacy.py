"""The door: what of a row may be seen. The same for every caller.

Masks of whole values stand in records/masks.py; personal values in text are found by records/numbers.py,
contacts.py and places.py and cut out by redaction.py; own_values.py knows what of a row is personal.
Here is decided which field gets which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from records import identifiers
from records.business_names import mask_beside
from records.dataset import Dataset, Field, ValueType
from records.masks import mask_address
from records.name_cells import mask_people
from records.numbers import find_numbers
from records.organization_forms import (
    has_organization_form,
    looks_like_person_name,
)
from records.own_values import (
    is_document_number,
    may_show_number,
    name_is_public,
    own_credit_code,
    people_of_name,
    row_redactor,
    sealed_numbers,
    text_of,
    worst_case_redactor,
)
from records.redaction import Redactor
from records.shadow import Shadow
from records.values import JsonValue, Values, to_json
from records.vocabulary import PersonalData, Scope, SubjectKind

_LONGEST_QUOTED = 40


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
    show = publish_legal_representatives and name_is_public(values, kind)
    redactor = row_redactor(dataset, values, kind, show_representative=show)
    row = _Row(dataset, values, kind, redactor, show_representative=show)
    return {f.name: row.public(f) for f in dataset.fields if f.scope is not Scope.SEALED}


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

    Valid credit codes and registration numbers are none.
    """
    if identifiers.is_valid_credit_code(text) or identifiers.check_registration_number(text).valid:
        return False
    personal = sum(found.span.end - found.span.start for found in find_numbers(Shadow(text)))
    return personal * 2 > len(text.strip())


@dataclass(frozen=True, slots=True)
class _Row:
    """One row on its way through the door."""

    dataset: Dataset
    values: Values
    kind: SubjectKind
    redactor: Redactor
    show_representative: bool

    def public(self, field: Field) -> JsonValue:
        value = self.values.get(field.name)
        if not isinstance(value, str):
            return to_json(value)
        if field.type is ValueType.CREDIT_CODE:
            return self._credit_code(field)
        return self._text(field, value) or None

    def _text(self, field: Field, value: str) -> str | None:
        match field.personal:
            case PersonalData.PERSON_NAME if field.name == "subject_name":
                shown = self._subject_name()
            case PersonalData.PERSON_NAME:
                shown = self._name(value)
            case PersonalData.ADDRESS if not field.masked_for(self.kind):
                shown = self.redactor.numbers(value)
            case PersonalData.ID_NUMBER if is_document_number(field):
                readable = may_show_number(value, self.dataset, self.values, self.kind)
                shown = self.redactor.text(value) if readable else None
            case None:
                shown = self._of_an_organ(value)
            case personal:
                shown = mask(personal, value, self.redactor)
        return shown

    def _credit_code(self, field: Field) -> str | None:
        if field.name == "credit_code":
            return own_credit_code(self.values, self.kind) or None
        verdict = identifiers.check_credit_code(text_of(self.values, field.name))
        sealed = map(identifiers.normalize_code, sealed_numbers(self.dataset, self.values))
        personal = identifiers.is_also_id_number(verdict.normalized)
        readable = verdict.valid and not personal and verdict.normalized not in sealed
        return verdict.normalized if readable else None

    def _subject_name(self) -> str | None:
        name = text_of(self.values, "subject_name")
        if not name_is_public(self.values, self.kind):
            return mask_people(name)
        return self.redactor.numbers(mask_beside(name, people_of_name(self.values, self.kind)))

    def _name(self, value: str) -> str | None:
        if self.show_representative:
            return self.redactor.numbers(value)
        if self.kind is SubjectKind.NATURAL_PERSON:
            return mask_people(value)
        masked = mask_people(value, readable=has_organization_form)
        return self.redactor.numbers(masked) if masked else None

    def _of_an_organ(self, value: str) -> str:
        """Authorities keep their names whatever people are called; anything else is redacted whole."""
        redact = self.redactor.numbers if has_organization_form(value) else self.redactor.text
        return redact(value)
