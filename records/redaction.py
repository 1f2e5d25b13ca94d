"""Redaction of text: what one row knows of its people is taken out of every text of that row.

A redactor is made once a row. It knows the row's own personal values, which it finds in any spelling, and
what must stay readable: the subject's registered name, its codes, its decision number, its authority.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from records import identifiers
from records.contacts import find_emails, find_plates
from records.finds import TOKENS, Find
from records.name_cells import mask_people
from records.numbers import find_numbers
from records.places import find_places, may_hold_places
from records.quick_look import (
    as_seen,
    digits_in,
    may_hold_name,
    may_hold_numbers,
    may_hold_own_number,
)
from records.shadow import Shadow, Span, bare, squeeze
from records.vocabulary import PersonalData, SubjectKind


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A personal value of the row itself."""

    value: str
    personal: PersonalData

    @property
    def replacement(self) -> str:
        """What stands in its place wherever it recurs."""
        if self.personal is PersonalData.PERSON_NAME:
            return mask_people(self.value) or "*"
        return TOKENS[self.personal]


class Readable(Protocol):
    """What stays readable. Asked only when something is found."""

    @property
    def codes(self) -> Sequence[str]:
        """Codes of the subject, whatever they look like."""

    @property
    def names(self) -> Sequence[str]:
        """Names of organizations, protected from the masks of names and places only."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays readable, known beforehand."""

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


NOTHING_READABLE = Kept()


@dataclass(frozen=True)
class Redactor:
    """Takes personal values out of the texts of one row.

    `shapes` and `places`: whether any of its texts can hold a number or contact, or a place, at all.
    """

    kind: SubjectKind
    own: tuple[OwnValue, ...] = ()
    readable: Readable = NOTHING_READABLE
    shapes: bool = True
    places: bool = True

    @property
    def is_needed(self) -> bool:
        """Whether it can find anything in any text of its row."""
        return self.shapes or self.places or bool(self.own)

    def text(self, text: str) -> str:
        """The text with every personal value replaced: numbers, contacts, addresses, own names."""
        seen = as_seen(text)
        numbers = self._may_hold_numbers(seen)
        places = self.places and may_hold_places(seen, self.kind)
        if not (numbers or places or self._may_hold_names(seen)):
            return text
        shadow = Shadow(text)
        finds = list(self._numbers(shadow)) if numbers else []
        finds += _names(shadow, self._own_names)
        if places:
            finds += find_places(shadow, self.kind)
        return self._replace(shadow, finds)

    def numbers(self, text: str) -> str:
        """The text without personal numbers and contacts; names and places stay: for authorities."""
        if not (self.shapes or self._own_numbers) or not self._may_hold_numbers(as_seen(text)):
            return text
        shadow = Shadow(text)
        return self._replace(shadow, list(self._numbers(shadow)))

    def _may_hold_names(self, seen: str) -> bool:
        return any(may_hold_name(wanted, seen) for _, wanted in self._own_names)

    def _may_hold_numbers(self, seen: str) -> bool:
        if self.shapes and may_hold_numbers(seen):
            return True
        if not self._own_numbers:
            return False
        digits = digits_in(seen)
        return any(may_hold_own_number(wanted, digits) for _, wanted in self._own_numbers)

    @cached_property
    def _own_names(self) -> tuple[tuple[OwnValue, str], ...]:
        names = (v for v in self.own if v.personal is PersonalData.PERSON_NAME)
        return tuple((value, wanted) for value in names if (wanted := squeeze(value.value)))

    @cached_property
    def _own_numbers(self) -> tuple[tuple[OwnValue, str], ...]:
        numbers = (v for v in self.own if v.personal is not PersonalData.PERSON_NAME)
        return tuple((value, wanted) for value in numbers if (wanted := bare(value.value)))

    def _numbers(self, shadow: Shadow) -> Iterator[Find]:
        yield from find_numbers(shadow)
        yield from find_plates(shadow)
        yield from find_emails(shadow)
        for value, wanted in self._own_numbers:
            for span in shadow.find_bare(wanted):
                yield Find(span, value.personal, value.replacement)

    def _replace(self, shadow: Shadow, finds: list[Find]) -> str:
        if not finds:
            return shadow.text
        weak = (PersonalData.PERSON_NAME, PersonalData.ADDRESS)
        codes = [*_credit_codes(shadow), *_spans(shadow, self.readable.codes)]
        names = codes
        if any(found.personal in weak for found in finds):
            names = [*codes, *_spans(shadow, self.readable.names)]
        kept = [
            found
            for found in finds
            if not any(
                safe.start <= found.span.start and found.span.end <= safe.end
                for safe in (names if found.personal in weak else codes)
            )
        ]
        return _cut_out(shadow.text, kept)


def _names(shadow: Shadow, names: Iterable[tuple[OwnValue, str]]) -> Iterator[Find]:
    for found in _recurring(shadow, names):
        if not _inside_a_word(shadow.text, found.span):
            yield found


def _recurring(shadow: Shadow, own: Iterable[tuple[OwnValue, str]]) -> Iterator[Find]:
    for value, wanted in own:
        for span in shadow.find_squeezed(wanted):
            yield Find(span, value.personal, value.replacement)


def _spans(shadow: Shadow, values: Iterable[str]) -> Iterator[Span]:
    for value in values:
        if wanted := squeeze(value):
            yield from shadow.find_squeezed(wanted)


_CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y](?<![0-9A-Z]{2})[0-9A-HJ-NP-RTUW-Y]{17}(?![0-9A-Z])")
"""What must not stand before the first sign is looked at after it: so only such signs are tried."""


def _credit_codes(shadow: Shadow) -> Iterator[Span]:
    """Valid credit codes of anybody; one in the shape of an ID number only if it cannot be one."""
    for code in _CREDIT_CODE.finditer(shadow.folded):
        verdict = identifiers.check_credit_code(code.group())
        in_doubt = identifiers.has_id_shape(verdict.normalized) and (
            verdict.warnings or identifiers.birth_date(verdict.normalized)
        )
        if verdict.valid and not in_doubt:
            yield shadow.span(*code.span())


def _inside_a_word(text: str, span: Span) -> bool:
    """Whether a name in Latin letters is only a part of a longer word: LI in LIMITED."""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return (_is_latin(before) and _is_latin(text[span.start])) or (
        _is_latin(after) and _is_latin(text[span.end - 1])
    )


def _is_latin(c: str) -> bool:
    return c.isascii() and c.isalnum()


def _cut_out(text: str, finds: list[Find]) -> str:
    """Each group of overlapping finds becomes one replacement: that of its longest."""
    parts, at = [], 0
    for start, end, replacement in _merged(finds):
        parts.append(text[at:start] + replacement)
        at = end
    return "".join(parts) + text[at:]


def _merged(finds: list[Find]) -> Iterator[tuple[int, int, str]]:
    group: list[Find] = []
    end = 0
    for found in sorted(finds, key=lambda f: (f.span.start, -f.span.end)):
        if group and found.span.start >= end:
            yield _one(group, end)
            group = []
        end = max(end, found.span.end) if group else found.span.end
        group.append(found)
    if group:
        yield _one(group, end)


def _one(group: list[Find], end: int) -> tuple[int, int, str]:
    longest = max(group, key=lambda f: f.span.end - f.span.start)
    return group[0].span.start, end, longest.replacement
