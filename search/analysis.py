"""Text → tokens. The only place that makes tokens, for documents and queries alike, on every engine.

A change of any answer given here is a new `VERSION`: indexes built with another one are rebuilt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import add

from records import folding
from records.errors import BadQuery
from records.widths import nfkc

VERSION = 5

LONGEST_KEYWORD = 240
"""Characters of a folded value that count: engines find a beginning by an automaton of a thousand states, and
a character takes up to four. No official column of numbers, codes or names is longer."""
SHORTEST_CONTAINS = 2
LONGEST_CONTAINS = 256
"""Characters of a normalized `contains`; callers keep to 64, which case folding may lengthen."""

_BROKEN = re.compile(r"[\ud800-\udfff]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_APART = "\u200b"
"""Stands between numbers in one text; no folded value holds it."""
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\ud800-\udfff]+")
"""White space, zero-width characters, and halves of characters, which no engine takes."""


def fold(text: str) -> str:
    """The token of a value that is compared as a whole or by its beginning: numbers, codes, names.

    NFKC, upper case, all brackets round, no white space; at most LONGEST_KEYWORD characters.
    """
    if text.isascii() and text.isalnum():
        return text.upper()[:LONGEST_KEYWORD]
    return _IGNORED.sub("", folding.fold(text))[:LONGEST_KEYWORD]


def as_is(text: str) -> str:
    """The token of an id or a name of ours. Half a character, which no engine takes, equals nothing."""
    return (text if text.isascii() else _BROKEN.sub("\ufffd", text))[:LONGEST_KEYWORD]


def fold_code(text: str) -> str:
    """A number or code as an inner match compares it: folded, of any length, all dashes alike."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _DASHES.sub("-", _IGNORED.sub("", folding.fold(text)))


def folded_codes(codes: Iterable[str]) -> str:
    """Several numbers in one text, in which no part of two is a part."""
    return _APART.join(map(fold_code, codes))


def spelled(text: str) -> str:
    """A value as it is shown where values are counted; of a longer one the token, which finds it, too."""
    return fold(text) if len(text) > LONGEST_KEYWORD else _BROKEN.sub("", text)


def normalize_text(text: str) -> str:
    """Prose as `contains` compares it: NFKC, case folded, no white space or zero-width characters."""
    return _IGNORED.sub("", nfkc(text).casefold())


def bigrams(normalized: str) -> str:
    """All pairs of neighboring characters of a normalized text, joined by white space.

    Consecutive pairs at consecutive positions make a phrase of pairs an exact substring. A text of one
    character has no pair.
    """
    return " ".join(map(add, normalized, normalized[1:]))


def pairs(normalized: str) -> tuple[str, ...]:
    """The pairs of a `contains`, in order. Raises BadQuery when it is too short or too long."""
    if not SHORTEST_CONTAINS <= len(normalized) <= LONGEST_CONTAINS:
        raise BadQuery("包含条件过短或过长 / the text to contain is too short or too long")
    return tuple(map(add, normalized, normalized[1:]))
