"""Whether texts that say when rows were changed sort as the moments do: only then one of them is a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WITH_OFFSET = re.compile(r"(.*:[0-9]{2}(?:[.,][0-9]+)?) ?([+-][0-9]{2}:?[0-9]{2}|Z)", re.DOTALL)
_DIGIT = re.compile(r"[0-9]")
_DATE = re.compile(r"0000[-/.年]00")
_NUMBER = re.compile(r"0+")


def sort_in_time(stamps: Iterable[object]) -> bool:
    """Whether all stamps are of one kind, and texts of one shape.

    Texts: numbers of one length, or dates that begin with the year and the month in two digits, some of which
    may leave out the time. Stops at the first one that differs.
    """
    longest = None
    for shape in map(_shape, stamps):
        if longest is None:
            longest = shape
            if isinstance(shape, str) and not (_DATE.match(shape) or _NUMBER.fullmatch(shape)):
                return False
        elif shape != longest:
            if not (isinstance(shape, str) and isinstance(longest, str)):
                return False
            short, longest = sorted((shape, longest), key=len)
            if not (_DATE.match(short) and _continues(longest, short)):
                return False
    return True


def _continues(longer: str, shorter: str) -> bool:
    return longer.startswith(shorter) and longer[len(shorter) :][:1] not in {"0", ""}


def _shape(stamp: object) -> str | type:
    """A text with its digits alike, its offset as it is; of another value its type."""
    if not isinstance(stamp, str):
        return type(stamp)
    text = stamp.rstrip()
    found = _WITH_OFFSET.fullmatch(text)
    moment, offset = found.groups() if found else (text, "")
    return _DIGIT.sub("0", moment) + offset
