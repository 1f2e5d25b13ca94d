"""Names and codes of a subject → the tokens of its entry in the index. The only place that makes them.

A change of any token is a new `VERSION`: indexes built with another one are rebuilt. Tokens hold no white
space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from search.names import readings
from search.names.characters import normalize_name, simplify, written, written_lines
from search.plan import Grams

__all__ = [
    "VERSION",
    "Name",
    "make_name",
    "name_columns",
    "normalize_code",
    "normalize_name",
    "subject_terms",
]

VERSION = 1

LONGEST_BEGINNING = 3
LONGEST_SPELLED_BEGINNING = 7
RUNS_OF_INITIALS = (2, 3, 4)
CODE_RUN = 3
_LEGAL_FORMS = (
    *("集团股份有限公司", "集团有限责任公司", "农民专业合作社"),
    *("股份有限公司", "有限责任公司", "集团有限公司", "专业合作社", "有限合伙"),
    *("有限公司", "集团公司", "股份公司", "总公司", "分公司", "合作社", "公司"),
)
"""What a name may end in and users leave out."""
_FORMS = frozenset(_LEGAL_FORMS)
_LENGTHS = sorted({len(form) for form in _LEGAL_FORMS}, reverse=True)
_LAST_OF_FORMS = frozenset(form[-1] for form in _LEGAL_FORMS)
_NO_CODE = re.compile(r"[^0-9A-Z]+")


class Name(NamedTuple):
    """A name as it is compared: normalized, as it is read (see readings.Read), and its part that matters.

    All texts are of one length. `stem`: how many characters stand before the legal form.
    """

    text: str
    signs: str
    other: str
    blurred: str
    other_blurred: str
    initials: str
    other_initials: str
    stem: int


class NameColumns(NamedTuple):
    """Many names, one list for each field of Name."""

    text: list[str]
    signs: list[str]
    other: list[str]
    blurred: list[str]
    other_blurred: list[str]
    initials: list[str]
    other_initials: list[str]
    stem: list[int]


def name_columns(shown: Sequence[str]) -> NameColumns:
    """Names as they are shown, one at least → as they are compared; far faster than one by one."""
    as_written = written_lines(shown)
    text = simplify(as_written)
    read = readings.read(as_written, text)
    lines = text.split("\n")
    signs, other, blurred, other_blurred, initials, other_initials = (t.split("\n") for t in read)
    stems = list(map(stem_of, lines))
    return NameColumns(lines, signs, other, blurred, other_blurred, initials, other_initials, stems)


def make_name(shown: str) -> Name:
    """Any text → as names are compared."""
    (name,) = map(Name._make, zip(*name_columns((shown,)), strict=True))
    return name


def stem_of(text: str) -> int:
    """How many characters of a normalized name stand before its legal form: all where nothing else is left."""
    if text[-1:] in _LAST_OF_FORMS:
        for length in _LENGTHS:
            if text[-length:] in _FORMS and len(text) > length + 1:
                return len(text) - length
    return len(text)


def syllables(name: str) -> tuple[str, ...]:
    """How a name is read, in letters: 重庆 → chong, qing."""
    return tuple(readings.spelled(make_name(name).signs))


def normalize_code(text: str) -> str:
    """A code or a part of it as it is compared: capital letters and digits, nothing else."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _NO_CODE.sub("", written(text).upper())


def subject_terms(names: Sequence[str], codes: Sequence[str]) -> list[tuple[Grams, str]]:
    """All tokens of a subject with these present and former names and these codes, each once."""
    made = [part for name in map(make_name, names) for part in _tokens(name)]
    made += [(Grams.CODES, runs(normalize_code(code), CODE_RUN)) for code in codes]
    return [
        (grams, token)
        for grams in Grams
        # Texts are told apart faster than pairs of them.
        for token in dict.fromkeys(chain.from_iterable(some for g, some in made if g is grams))
    ]


def _tokens(name: Name) -> Iterator[tuple[Grams, Iterable[str]]]:
    yield Grams.PAIRS, runs(name.text, 2)
    yield Grams.SYLLABLES, syllable_pairs(name.blurred)
    yield from ((Grams.INITIALS, runs(name.initials, length)) for length in RUNS_OF_INITIALS)
    yield Grams.EDGES, _beginnings(name.text, name.signs, name.initials)
    yield Grams.EDGES, name.text
    if name.other != name.signs:
        yield Grams.SYLLABLES, _mixed_pairs(name)
        for length in RUNS_OF_INITIALS:
            yield Grams.INITIALS, runs(name.other_initials, length)
        yield Grams.EDGES, _beginnings("", name.other, name.other_initials)


def runs(text: str, length: int) -> list[str]:
    """All runs of so many neighboring characters, in order."""
    return [text[at : at + length] for at in range(len(text) - length + 1)]


def syllable_pairs(blurred: str) -> list[str]:
    """All pairs of neighboring syllables, in order."""
    return [syllable_pair(one, other) for one, other in pairwise(readings.spelled(blurred))]


def syllable_pair(one: str, other: str) -> str:
    """The token of two neighboring syllables."""
    return f"{one}'{other}"


def beginning(text: str) -> str:
    """The token of names that begin so."""
    return f"^{text}"


def spelled_beginning(letters: str) -> str:
    """The token of names whose reading, in letters, begins so."""
    return f"~{letters}"


def initials_beginning(letters: str) -> str:
    """The token of names whose initials begin so."""
    return f"-{letters}"


def _mixed_pairs(name: Name) -> Iterator[str]:
    """Pairs of syllables with the other reading of one or both."""
    one, other = readings.spelled(name.blurred), readings.spelled(name.other_blurred)
    for at in range(1, len(one)):
        if one[at - 1] != other[at - 1] or one[at] != other[at]:
            yield from (
                f"{a}'{b}" for a in (one[at - 1], other[at - 1]) for b in (one[at], other[at])
            )


def _beginnings(text: str, signs: str, initials: str) -> Iterator[str]:
    lengths = range(1, LONGEST_BEGINNING + 1)
    yield from (beginning(text[:length]) for length in lengths if text)
    yield from (initials_beginning(initials[:length]) for length in lengths if initials)
    letters = "".join(readings.spelled(signs[:LONGEST_SPELLED_BEGINNING]))
    spelled = range(2, min(LONGEST_SPELLED_BEGINNING, len(letters)) + 1)
    yield from (spelled_beginning(letters[:length]) for length in spelled)
