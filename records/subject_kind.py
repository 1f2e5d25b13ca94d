"""What the subject of a row is: organization, individual business or natural person. Decided once.

Fails closed: an organization must be proven by a stated category that nothing contradicts, or by a valid
code, or by its name's form; everything else is a natural person, and so is every contradiction. Taxpayer
numbers prove nothing: those of individuals are ID numbers in disguise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from records import identifiers
from records.numbers import find_numbers
from records.organization_forms import (
    KIND_OF_FORM,
    form_of,
    has_organization_form,
    holds_a_note,
    looks_like_person_name,
    names_its_operator,
    plain_name,
    stands_for_a_person,
)
from records.shadow import Shadow
from records.values import Values
from records.vocabulary import SubjectCategory, SubjectKind

__all__ = [
    "KindDecision",
    "decide_kind",
    "has_organization_form",
    "looks_like_person_name",
    "names_its_operator",
]

ASSUMED = "SUBJECT_KIND_ASSUMED"
CONTRADICTORY = "SUBJECT_KIND_CONTRADICTORY"

_LONGEST_BARE_NAME = 4
_INDIVIDUAL_TYPE = re.compile(r"个体(?!.*分支)|95\d\d(?!\d)")
_INDIVIDUAL_REGISTRATION = "6789"
"""First digit of the sequence in the registration numbers of individual businesses."""


@dataclass(frozen=True, slots=True)
class KindDecision:
    """The kind, with the warnings SUBJECT_KIND_ASSUMED or SUBJECT_KIND_CONTRADICTORY where they apply."""

    kind: SubjectKind
    warnings: tuple[str, ...] = ()


_LEGAL_ENTITY = KindDecision(SubjectKind.LEGAL_ENTITY)
_INDIVIDUAL_BUSINESS = KindDecision(SubjectKind.INDIVIDUAL_BUSINESS)
_PERSON = KindDecision(SubjectKind.NATURAL_PERSON)
_PERSON_ASSUMED = KindDecision(SubjectKind.NATURAL_PERSON, (ASSUMED,))
_PERSON_CONTRADICTORY = KindDecision(SubjectKind.NATURAL_PERSON, (CONTRADICTORY,))


def decide_kind(values: Values) -> KindDecision:
    """The kind of a row's subject, from its category, codes and name, in this order of trust."""
    category = values.get("subject_category")
    if category is SubjectCategory.NATURAL_PERSON:
        return _PERSON_CONTRADICTORY if _has_a_code(values) else _PERSON
    row = _Evidence(values)
    if category is SubjectCategory.LEGAL_ENTITY:
        return _stated_legal_entity(row)
    if category is SubjectCategory.INDIVIDUAL_BUSINESS:
        return _stated_individual_business(row)
    if row.is_typed_as_individual and not row.credit_code:
        return _stated_individual_business(row)
    decision = _from_codes(row)
    # What a register calls 个体工商户 is masked like one, whatever its code says.
    if decision == _LEGAL_ENTITY and row.is_typed_as_individual:
        return _INDIVIDUAL_BUSINESS
    return decision


def _has_a_code(values: Values) -> bool:
    return bool(
        _valid(identifiers.check_credit_code, values, "credit_code")
        or _valid(identifiers.check_organization_code, values, "organization_code")
    )


def _stated_legal_entity(row: _Evidence) -> KindDecision:
    if row.of_a_person or row.is_individual or row.is_named_as_a_person:
        return _PERSON_CONTRADICTORY
    if row.credit_code or row.form:
        return _LEGAL_ENTITY
    if row.person_like:
        return _PERSON_CONTRADICTORY
    coded = row.organization_code or row.registration_number
    if not coded and (row.name_is_a_note or len(row.name) <= _LONGEST_BARE_NAME):
        return _PERSON_ASSUMED
    return _LEGAL_ENTITY


def _stated_individual_business(row: _Evidence) -> KindDecision:
    if row.of_a_person or (row.credit_code and not row.is_individual):
        return _PERSON_CONTRADICTORY
    # 0…0X, the placeholder for "no code", leaves no value: the old number has to speak for itself.
    coded = row.credit_code or row.has_individual_number
    if coded:
        return _INDIVIDUAL_BUSINESS
    if row.person_like:
        return _PERSON_CONTRADICTORY
    return _PERSON_ASSUMED if row.name_is_a_note else _INDIVIDUAL_BUSINESS


def _from_codes(row: _Evidence) -> KindDecision:
    proven = row.credit_code or row.organization_code or row.registration_number or row.form
    if row.of_a_person:
        return _PERSON_CONTRADICTORY if proven else _PERSON_ASSUMED
    if row.is_individual:
        return _INDIVIDUAL_BUSINESS
    if row.credit_code:
        if row.is_named_as_a_person:
            return _PERSON_CONTRADICTORY
        return _LEGAL_ENTITY
    if row.organization_code or row.registration_number:
        return _from_old_codes(row)
    return KindDecision(KIND_OF_FORM[row.form]) if row.form else _PERSON_ASSUMED


def _from_old_codes(row: _Evidence) -> KindDecision:
    if row.person_like:
        return _PERSON_CONTRADICTORY
    if row.organization_code:
        return _LEGAL_ENTITY
    individual = row.registration_number[6] in _INDIVIDUAL_REGISTRATION
    by_number = SubjectKind.INDIVIDUAL_BUSINESS if individual else SubjectKind.LEGAL_ENTITY
    return KindDecision(KIND_OF_FORM.get(row.form, by_number))


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _valid(check: Callable[[str], identifiers.Verdict], values: Values, name: str) -> str:
    """The number of that field in normal form if it holds, else ""."""
    text = _text(values, name)
    verdict = check(text) if text else None
    return verdict.normalized if verdict and verdict.valid else ""


class _Evidence:
    """What one row says about its subject; facts that few rows need are worked out on demand."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.name = plain_name(_text(self._values, "subject_name"))
        self.form = form_of(self.name)
        self._credit = identifiers.check_credit_code(_text(self._values, "credit_code"))
        self.credit_code = self._credit.normalized if self._credit.valid else ""
        self.is_individual = self.credit_code.startswith("92")

    @property
    def person_like(self) -> bool:
        return looks_like_person_name(self.name) or stands_for_a_person(self.name)

    @property
    def name_is_a_note(self) -> bool:
        return holds_a_note(self.name)

    @property
    def is_typed_as_individual(self) -> bool:
        """Whether 类型 of a register says 个体工商户, in words or by its code (95…)."""
        return _INDIVIDUAL_TYPE.match(_text(self._values, "enterprise_type")) is not None

    @property
    def is_named_as_a_person(self) -> bool:
        """Whether no form speaks for an organization, and the name or another column for a person.

        Every organization that has a code of its own also has a form; a stranger's code may have slipped in.
        """
        if self.form:
            return False
        return (
            stands_for_a_person(self.name)
            or names_its_operator(self.name, _text(self._values, "legal_representative"))
            or bool(self.credit_code and self._is_taxed_as_a_person)
        )

    @property
    def _is_taxed_as_a_person(self) -> bool:
        number = identifiers.normalize_code(_text(self._values, "tax_number"))
        return number != self.credit_code and _is_id_number(number)

    @property
    def organization_code(self) -> str:
        return _valid(identifiers.check_organization_code, self._values, "organization_code")

    @property
    def registration_number(self) -> str:
        return _valid(identifiers.check_registration_number, self._values, "registration_number")

    @property
    def has_individual_number(self) -> bool:
        return self.registration_number[6:7] in tuple(_INDIVIDUAL_REGISTRATION)

    @property
    def of_a_person(self) -> bool:
        """Whether a number of a natural person stands where it identifies the subject.

        The representative's own numbers do not: neither their column nor V1's 代码_5.
        """
        own = _text(self._values, "person_id_number")
        if (
            own and identifiers.normalize_code(own) not in ("", self.credit_code)
        ) or self._name_holds_a_number:
            return True
        if self.credit_code:
            return not self.form and identifiers.is_also_id_number(self.credit_code)
        return self._holds_id_number()

    @property
    def _name_holds_a_number(self) -> bool:
        """An ID number, phone or account in the name; the code of the row itself is none."""
        name = _text(self._values, "subject_name")
        if sum(map(str.isnumeric, name)) < _FEWEST_DIGITS:
            return False
        return any(
            identifiers.normalize_code(name[found.span.start : found.span.end]) != self.credit_code
            for found in find_numbers(Shadow(name))
        )

    def _holds_id_number(self) -> bool:
        credit = self._credit.normalized
        if not identifiers.check_registration_number(credit).valid and _is_id_number(credit):
            return True
        others = (
            _text(self._values, "registration_number"),
            _text(self._values, "organization_code"),
        )
        return any(
            _is_id_number(number) and not identifiers.is_valid_credit_code(number)
            for number in map(identifiers.normalize_code, others)
            if len(number) != _OLD_ID_LENGTH or not self.form
        )


_OLD_ID_LENGTH = 15
_FEWEST_DIGITS = 7
_TAXPAYER_LENGTHS = (17, 20)


def _is_id_number(number: str) -> bool:
    """An ID number by shape and birth date, also with the two characters of a taxpayer number."""
    bare = number[:-2] if len(number) in _TAXPAYER_LENGTHS else number
    return identifiers.birth_date(bare) is not None
