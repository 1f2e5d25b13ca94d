"""Names and codes of a subject → the tokens of its entry in the index. The only place that makes them.

A change of any token is a new `VERSION`: indexes built with another one are rebuilt. Tokens hold no white
space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search.names import readings
from search.names.characters import normalize_name, simplify, written
from search.plan import Grams

__all__ = ["VERSION", "Name", "name_of", "normalize_code", "normalize_name", "subject_terms"]

VERSION = 1

LONGEST_BEGINNING = 3
LONGEST_SPELLED_BEGINNING = 7
RUNS_OF_INITIALS = (2, 3, 4)
CODE_RUN = 3
_LEGAL_FORM = re.compile(
    r"(?:股份有限|有限责任|集团有限|有限|集团|总|分|股份)?公司$|(?:农民)?专业合作社$|[(]?有限合伙[)]?$"
)
_NO_CODE = re.compile(r"[^0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared; all texts but `stem` are of one length.

    `text`: normalized. `signs`: its reading, a sign a syllable; `blurred`: with what sounds alike made one.
    `stem`: how many characters stand before the legal form.
    """

    text: str
    signs: str
    blurred: str
    initials: str
    stem: int


@lru_cache(maxsize=10_000)
def name_of(shown: str) -> Name:
    """A public name as it is shown → as it is compared; remembered."""
    return make_name(shown)


def make_name(shown: str) -> Name:
    """Any text → as names are compared."""
    as_written = written(shown)
    text = simplify(as_written)
    signs = readings.read(as_written, text)
    return Name(text, signs, readings.blurred(signs), readings.initials(signs), stem_of(text))


def stem_of(text: str) -> int:
    """How many characters of a normalized name stand before its legal form: all where nothing else is left."""
    found = _LEGAL_FORM.search(text)
    return found.start() if found and found.start() > 1 else len(text)


def syllables(name: str) -> tuple[str, ...]:
    """How a name is read, in letters: 重庆 → chong, qing."""
    return tuple(readings.spelled(name_of(name).signs))


def normalize_code(text: str) -> str:
    """A code or a part of it as it is compared: capital letters and digits, nothing else."""
    return _NO_CODE.sub("", written(text).upper())


def subject_terms(names: Sequence[str], codes: Sequence[str]) -> list[tuple[Grams, str]]:
    """All tokens of a subject with these present and former names and these codes, each once."""
    found: dict[tuple[Grams, str], None] = {}
    for shown in names:
        name = name_of(shown)
        for grams, tokens in (
            (Grams.PAIRS, runs(name.text, 2)),
            (Grams.SYLLABLES, syllable_pairs(name.blurred)),
            (Grams.EDGES, _edges(name)),
        ):
            found.update(((grams, token), None) for token in tokens)
        for length in RUNS_OF_INITIALS:
            found.update(((Grams.INITIALS, run), None) for run in runs(name.initials, length))
    for code in codes:
        found.update(((Grams.CODES, run), None) for run in runs(normalize_code(code), CODE_RUN))
    return list(found)


def runs(text: str, length: int) -> list[str]:
    """All runs of so many neighboring characters, in order."""
    return [text[at : at + length] for at in range(len(text) - length + 1)]


def syllable_pairs(blurred: str) -> list[str]:
    """All pairs of neighboring syllables, in order."""
    return [f"{one}'{other}" for one, other in pairwise(readings.spelled(blurred))]


def beginning(text: str) -> str:
    """The token of names that begin so."""
    return f"^{text}"


def spelled_beginning(letters: str) -> str:
    """The token of names whose reading, in letters, begins so."""
    return f"~{letters}"


def initials_beginning(letters: str) -> str:
    """The token of names whose initials begin so."""
    return f"-{letters}"


def _edges(name: Name) -> Iterator[str]:
    yield from name.text
    lengths = range(1, LONGEST_BEGINNING + 1)
    yield from (beginning(name.text[:length]) for length in lengths)
    yield from (initials_beginning(name.initials[:length]) for length in lengths)
    letters = "".join(readings.spelled(name.signs[:LONGEST_SPELLED_BEGINNING]))
    spelled = range(2, min(LONGEST_SPELLED_BEGINNING, len(letters)) + 1)
    yield from (spelled_beginning(letters[:length]) for length in spelled)
