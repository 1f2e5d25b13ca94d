"""What one row knows of itself, each fact worked out once: whose it is, and what of it is personal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from records import identifiers
from records.business_names import has_a_note, people_beside
from records.dataset import Dataset
from records.identifiers import normalize_code
from records.masks import NAME_SEPARATORS
from records.name_cells import names_in
from records.numbers import find_numbers
from records.organization_forms import (
    has_organization_form,
    looks_like_person_name,
    names_its_operator,
    plain_name,
)
from records.quick_look import as_seen, digits_in, may_hold_numbers, may_hold_own_number
from records.roles import Roles, roles_of
from records.shadow import Shadow, Span, bare, squeeze
from records.values import Values
from records.vocabulary import PersonalData, SubjectKind

SHORTEST_NUMBER = 6
_SHORTEST_NAME = 2
_SHORTEST_LATIN_NAME = 4
_LONGEST_BARE_TRADE_NAME = 4


def is_a_name(text: str) -> bool:
    """Whether it is long enough to be told from any other word. Single characters are no names."""
    return len(squeeze(text)) >= (_SHORTEST_LATIN_NAME if text.isascii() else _SHORTEST_NAME)


class RowFacts:
    """The facts of one row of a dataset, its subject being of that kind.

    `beside`: a text about the row that its redactor will be asked for, besides those of the row.
    """

    def __init__(
        self, dataset: Dataset, values: Values, kind: SubjectKind, beside: str = ""
    ) -> None:
        self.roles: Roles = roles_of(dataset)
        self.values = values
        self.kind = kind
        self._beside = beside
        self._may_show: dict[str, bool] = {}
        self.name = self.text("subject_name")

    def text(self, name: str) -> str:
        """A text value of the row, "" where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    @cached_property
    def seen(self) -> str:
        """Every text that is searched for people, one after another, as the finders see it."""
        texts = filter(None, map(self.values.get, self.roles.searched))
        return as_seen("。".join([self._beside, *(t for t in texts if isinstance(t, str))]))

    @cached_property
    def _all_seen(self) -> str:
        """With the names of the subject and its people, which may hold numbers."""
        names = (self.text(field.name) for field in self.roles.people)
        return "。".join([self.seen, as_seen("。".join([self.name, *names]))])

    @cached_property
    def may_hold_numbers(self) -> bool:
        """Whether any text or name of the row may hold a number or contact, by shape or label."""
        return may_hold_numbers(self._all_seen)

    @cached_property
    def _digits(self) -> str:
        return digits_in(self._all_seen)

    def recurs(self, number: str) -> bool:
        """Whether a number of the row may stand in one of its texts or names."""
        return may_hold_own_number(bare(number), self._digits)

    @cached_property
    def _credit_code(self) -> identifiers.Verdict:
        return identifiers.check_credit_code(self.text("credit_code"))

    @cached_property
    def credit_code(self) -> str:
        """The subject's valid credit code in normal form; never one of a natural person."""
        return "" if self.kind is SubjectKind.NATURAL_PERSON else self._valid_code

    @property
    def _valid_code(self) -> str:
        return self._credit_code.normalized if self._credit_code.valid else ""

    @cached_property
    def registration_number(self) -> str:
        """The subject's valid registration number; never one of a natural person."""
        verdict = identifiers.check_registration_number(self.text("registration_number"))
        person = self.kind is SubjectKind.NATURAL_PERSON
        return verdict.normalized if verdict.valid and not person else ""

    @cached_property
    def name_is_public(self) -> bool:
        """Whether the subject's name is an organization's, and not just a person's."""
        if self.kind is not SubjectKind.INDIVIDUAL_BUSINESS:
            return self.kind is SubjectKind.LEGAL_ENTITY
        if names_its_operator(self.name, self.text("legal_representative")):
            return False
        if has_organization_form(self.name):
            return True
        parts = NAME_SEPARATORS.split(self.name)
        return len(plain_name(self.name)) > _LONGEST_BARE_TRADE_NAME and not any(
            looks_like_person_name(part) for part in parts
        )

    @cached_property
    def people_of_name(self) -> list[Span]:
        """Where in the subject's public name people stand who are masked there and in every text."""
        if self.kind is not SubjectKind.INDIVIDUAL_BUSINESS and not has_a_note(self.name):
            return []
        representative = self.text("legal_representative")
        operators = {representative, *self.people_in(representative)}
        named = sorted(filter(is_a_name, operators), key=lambda n: (-len(n), n))
        return people_beside(self.name, self.kind, named)

    def people_in(self, value: str) -> list[str]:
        """The people that a cell of a name column names."""
        names = names_in(value)
        if self.kind is SubjectKind.NATURAL_PERSON:
            return names
        return [name for name in names if not has_organization_form(name)]

    @cached_property
    def sealed_numbers(self) -> tuple[str, ...]:
        """Numbers of the people of the row, from the columns declared for them."""
        own = self._valid_code
        return tuple(
            value
            for field in self.roles.sealed
            if (value := self.text(field.name))
            and len(squeeze(value)) >= SHORTEST_NUMBER
            and normalize_code(value) != own
        )

    @cached_property
    def _recurring_numbers(self) -> list[str]:
        return [bare(number) for number in self.sealed_numbers if self.recurs(number)]

    def may_show_number(self, number: str) -> bool:
        """Whether a document number is one, and not the ID number, phone or bank card of somebody."""
        if number not in self._may_show:
            self._may_show[number] = self._is_of_nobody(number)
        return self._may_show[number]

    def _is_of_nobody(self, number: str) -> bool:
        if len(number) >= len(self.credit_code) > 0 and normalize_code(number) == self.credit_code:
            return True
        if self._recurring_numbers:
            written = bare(number)
            if any(own in written for own in self._recurring_numbers):
                return False
        if not (self.may_hold_numbers and may_hold_numbers(as_seen(number))):
            return True
        return not any(self._is_personal(number, *found) for found in _numbers_in(number))

    def _is_personal(self, number: str, part: str, personal: PersonalData) -> bool:
        whole = personal is PersonalData.ID_NUMBER or squeeze(part) == squeeze(number)
        return whole and not self._is_safe_part(part)

    def _is_safe_part(self, part: str) -> bool:
        """Part of the subject's own code, as in 排污许可证 numbers: credit code and three signs."""
        codes = filter(None, (self.credit_code, self.registration_number))
        return any(normalize_code(part) in code for code in codes)


def _numbers_in(text: str) -> Iterator[tuple[str, PersonalData]]:
    for found in find_numbers(Shadow(text)):
        yield text[found.span.start : found.span.end], found.personal
