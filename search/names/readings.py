"""How names are read: one syllable a character, by the most usual reading and by the phrases that deviate.

A reading is kept as a text of one sign a syllable, so that it is as long as the name and is compared as
names are; signs lie in the private use area and say nothing outside this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from search.names.syllables import LONGEST_PHRASE, Points, syllables


class Read(NamedTuple):
    """A text as it is read, a sign a syllable; letters and digits stand for themselves.

    `other`: by the other reading of characters that have two. `blurred`, `other_blurred`: with what sounds
    alike made one: zh and z, ang and an, n and l, and so on. `initials`: the first letters.
    """

    signs: str
    other: str
    blurred: str
    other_blurred: str
    initials: str
    other_initials: str


def read(written: str, simplified: str) -> Read:
    """The reading of a text, which may be of many lines.

    `written` and `simplified`: what normalization gives of it, in both scripts, of one length.
    """
    tables = syllables()
    points = _points(written)
    signs = tables.usual[points]
    simple = points if written is simplified else _points(simplified)
    for at in np.flatnonzero(tables.deviating[simple]).tolist():
        beside = (simplified[at : at + 2], simplified[max(0, at - 1) : at + 1])
        if not tables.pairs.isdisjoint(beside):
            signs[at] = _spoken(simplified, at, tables.phrases) or signs[at]
    once = (signs, tables.alike[signs], tables.initials[signs])
    second = tables.second[simple]
    if (second == simple).all():
        return Read(*_twice(once, once))
    usual = np.where(second == signs, tables.usual[simple], second)
    other = np.where(second == simple, signs, usual)
    return Read(*_twice(once, (other, tables.alike[other], tables.initials[other])))


def _twice(once: Sequence[Points], otherwise: Sequence[Points]) -> Iterator[str]:
    """Texts of one reading and the other by turns, the same object where they are one."""
    for way, other in zip(once, otherwise, strict=True):
        text = _text(way)
        yield text
        yield text if other is way else _text(other)


def blurred(signs: str) -> str:
    """A reading with what sounds alike made one."""
    return _text(syllables().alike[_points(signs)])


def spelled(signs: str) -> list[str]:
    """The syllables of a reading in letters."""
    spelling = syllables().spelling
    return [spelling.get(sign, sign) for sign in signs]


def signs_of(spoken: Iterable[str]) -> str:
    """The reading that these syllables, digits and characters without a reading make."""
    sign_of = syllables().sign_of
    return "".join([sign_of.get(syllable, syllable) for syllable in spoken])


def _spoken(text: str, at: int, phrases: Mapping[str, str]) -> int | None:
    """The sign of a character by the longest phrase around it."""
    for length in range(LONGEST_PHRASE, 1, -1):
        for begin in range(max(0, at - length + 1), at + 1):
            if (signs := phrases.get(text[begin : begin + length])) is not None:
                return ord(signs[at - begin])
    return None


def _points(text: str) -> Points:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _text(points: Points) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")
