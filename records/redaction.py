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
from records.characters import DASHES, INVISIBLE, MIDDLE_DOTS
from records.contacts import PLATE_PROVINCES, find_emails, find_plates
from records.finds import TOKENS, Find
from records.name_cells import mask_people
from records.numbers import find_numbers
from records.places import find_places, may_hold_places
from records.shadow import CHINESE_DIGITS, Shadow, Span, bare, squeeze
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
    """Takes personal values out of the texts of one row."""

    kind: SubjectKind
    own: tuple[OwnValue, ...] = ()
    readable: Readable = NOTHING_READABLE

    def text(self, text: str) -> str:
        """The text with every personal value replaced: numbers, contacts, addresses, own names."""
        numbers = is_suspicious(text) or self._may_hold_own_number(text)
        if not (numbers or self._may_hold_name(text) or may_hold_places(text, self.kind)):
            return text
        shadow = Shadow(text)
        finds = list(self._numbers(shadow)) if numbers else []
        finds += self._names(shadow)
        if may_hold_places(shadow.folded, self.kind):
            finds += find_places(shadow, self.kind)
        return self._replace(shadow, finds)

    def numbers(self, text: str) -> str:
        """The text without personal numbers and contacts; names and places stay: for authorities."""
        if not (is_suspicious(text) or self._may_hold_own_number(text)):
            return text
        shadow = Shadow(text)
        return self._replace(shadow, list(self._numbers(shadow)))

    def _may_hold_name(self, text: str) -> bool:
        """A cheap look: False where no own name stands in the text, in whatever spelling."""
        return any(
            all(c in text for c in wanted)
            if _HAN.fullmatch(wanted)
            else any(c in text for c in _spellings(wanted[0]))
            for _, wanted in self._own_names
            if not wanted[0].isdigit()
        )

    def _may_hold_own_number(self, text: str) -> bool:
        """A cheap look: False where no own number stands in the text, in whatever spelling."""
        if not self._own_numbers:
            return False
        if _ODD_DIGIT.search(text) or any(c in text for c in self._letters):
            return True
        if sum(map(text.count, _DIGITS)) < self._fewest_digits:
            return False
        reduced = _NO_SIGN.sub("", text).upper()
        return any(wanted in reduced for _, wanted in self._own_numbers)

    @cached_property
    def _own_names(self) -> tuple[tuple[OwnValue, str], ...]:
        names = (v for v in self.own if v.personal is PersonalData.PERSON_NAME)
        return tuple((value, wanted) for value in names if (wanted := squeeze(value.value)))

    @cached_property
    def _own_numbers(self) -> tuple[tuple[OwnValue, str], ...]:
        numbers = (v for v in self.own if v.personal is not PersonalData.PERSON_NAME)
        return tuple((value, wanted) for value in numbers if (wanted := bare(value.value)))

    @cached_property
    def _fewest_digits(self) -> int:
        return min(sum(map(wanted.count, _DIGITS)) for _, wanted in self._own_numbers)

    @cached_property
    def _letters(self) -> str:
        """First characters of lettered own numbers as they may stand in a text."""
        first = {squeeze(value.value)[0] for value, _ in self._own_numbers}
        return "".join(_spellings(c) for c in first if not c.isdigit())

    def _numbers(self, shadow: Shadow) -> Iterator[Find]:
        yield from find_numbers(shadow)
        yield from find_plates(shadow)
        yield from find_emails(shadow)
        for value, wanted in self._own_numbers:
            for span in shadow.find_bare(wanted):
                yield Find(span, value.personal, value.replacement)

    def _names(self, shadow: Shadow) -> Iterator[Find]:
        for found in _recurring(shadow, self._own_names):
            if not _inside_a_word(shadow.text, found.span):
                yield found

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


def _recurring(shadow: Shadow, own: Iterable[tuple[OwnValue, str]]) -> Iterator[Find]:
    for value, wanted in own:
        for span in shadow.find_squeezed(wanted):
            yield Find(span, value.personal, value.replacement)


def _spans(shadow: Shadow, values: Iterable[str]) -> Iterator[Span]:
    for value in values:
        if wanted := squeeze(value):
            yield from shadow.find_squeezed(wanted)


_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RTUW-Y]{18}(?![0-9A-Z])")


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


_TO_FULL_WIDTH = 0xFEE0
_HAN = re.compile(r"[\u3400-\u9fff]+")


def _spellings(c: str) -> str:
    """How the first character of a folded value may stand in a text."""
    if not c.isascii():
        return c
    return c + c.lower() + chr(ord(c) + _TO_FULL_WIDTH) + chr(ord(c.lower()) + _TO_FULL_WIDTH)


_DIGITS = "0123456789"
_NO_SIGN = re.compile(r"[\W_]+")
_ODD_DIGIT = re.compile(
    "[\u00b2\u00b3\u00b9\u0660-\u0669\u06f0-\u06f9\u2070-\u2089\u2460-\u24ff\u2776-\u2793\uff10-\uff19]"
)
_SEPARATOR = rf"[\s{DASHES}{MIDDLE_DOTS}{INVISIBLE}./-]"
_ANY_DIGIT = r"\d①-⑨⓪"
_SPOKEN = "".join(CHINESE_DIGITS)
_RUN_OF_DIGITS = re.compile(
    rf"[{_ANY_DIGIT}](?:{_SEPARATOR}{{0,20}}[{_ANY_DIGIT}OoIlＯ*＊，,、]){{5}}"
)
_LONG_RUN_OF_DIGITS = re.compile(
    rf"[{_ANY_DIGIT}](?:{_SEPARATOR}{{0,20}}[{_ANY_DIGIT}OoIlＯ]){{8}}"
    rf"|[)）]{_SEPARATOR}{{0,2}}[{_ANY_DIGIT}](?:{_SEPARATOR}?[{_ANY_DIGIT}]){{6}}"
)
_SPOKEN_NUMBER = re.compile(rf"[{_SPOKEN}](?:{_SEPARATOR}{{0,3}}[{_ANY_DIGIT}{_SPOKEN}]){{9}}")
_PLATE = re.compile(rf"[{PLATE_PROVINCES}]{_SEPARATOR}{{0,2}}[A-Za-zＡ-Ｚａ-ｚ]")
_RARE = re.compile("[*＊×xXtT@＠\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_OTHERS = (
    re.compile(rf"[*＊×xX]{{3}}(?<=[{_ANY_DIGIT}]{{3}}...)"),
    re.compile("[@＠\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]"),
    re.compile(r"\([aA][tT]\)"),
)
"""Starred numbers, mail addresses, and odd forms of Han characters."""
_ANY_LABEL = re.compile(
    r"身\s?份|证件|护照|通行证|电\s?话|手\s?机|联系|座机|传真|[账帐賬卡]|开户|存折|[a-zA-Zａ-ｚＡ-Ｚ]{2}"
)


def is_suspicious(text: str) -> bool:
    """A cheap look: False where no number or contact can be found by shape or label."""
    if _RUN_OF_DIGITS.search(text) and (
        _LONG_RUN_OF_DIGITS.search(text) or _ANY_LABEL.search(text)
    ):
        return True
    if _SPOKEN_NUMBER.search(text) or _PLATE.search(text):
        return True
    return _RARE.search(text) is not None and any(other.search(text) for other in _OTHERS)
