"""What a query may mean: a name in characters, in pinyin, by its initials, or a code. All that apply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.names.analysis import Name, make_name, normalize_code, normalize_name
from search.names.characters import is_latin
from search.names.pinyin import Spelling, parted_by_letters, spellings
from search.names.syllables import without_tones

LONGEST_QUERY = 64
LONGEST_SHORT = 2
_CODE = re.compile(r"(?=[A-Z]*[0-9])[0-9A-Z]{3,64}")
_INITIALS = re.compile(r"[a-z][0-9a-z]{0,23}")
_LONGEST_DOUBTFUL = 8
"""Letters up to which what can be parted into syllables may be initials all the same."""


@dataclass(frozen=True, slots=True)
class Short:
    """One or two characters: names that begin with them, or have them inside."""

    text: str


@dataclass(frozen=True, slots=True)
class Characters:
    """A name or a part of one, as it is written."""

    name: Name


@dataclass(frozen=True, slots=True)
class Pinyin:
    """A name or a part of one as it is read, in one or several ways to part the letters."""

    spellings: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class Initials:
    """The first letters of the syllables of a name or a part of one."""

    letters: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code or number, or a part of one, as codes are compared."""

    code: str


Reading = Short | Characters | Pinyin | Initials | Code


def readings_of(query: str) -> tuple[Reading, ...]:
    """All readings of a query as it was typed; none of one without a letter, digit or Chinese character.

    Of a normalized query the first LONGEST_QUERY characters count.
    """
    text = normalize_name(query)[:LONGEST_QUERY]
    return tuple(_readings(query[: 4 * LONGEST_QUERY], text)) if text else ()


def _readings(shown: str, text: str) -> Iterator[Reading]:
    yield Short(text) if len(text) <= LONGEST_SHORT else Characters(make_name(text))
    ways = spellings(shown) if len(text) > 1 and not parted_by_letters(shown) else ()
    if ways:
        yield Pinyin(ways)
    if not is_latin(text):
        return
    letters = normalize_name(without_tones(shown))[:LONGEST_QUERY]
    whole = any(not way.tail for way in ways)
    if _INITIALS.fullmatch(letters) and not (whole and len(letters) > _LONGEST_DOUBTFUL):
        yield Initials(letters)
    code = normalize_code(text)
    if _CODE.fullmatch(code):
        yield Code(code)
