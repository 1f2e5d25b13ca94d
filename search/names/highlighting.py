"""Which characters of a name, as it is shown, a query has found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import LCSseq

from search.names.analysis import Name, make_name, normalize_name
from search.names.interpreting import Characters, Code, Initials, Pinyin, Reading, Short

Span = tuple[int, int]
"""Half-open, in code points."""


def spans(shown: str, reading: Reading) -> tuple[Span, ...]:
    """Where the query stands in a name as it is shown, in order; nothing for codes."""
    at = _positions(shown)
    name = make_name(shown)
    if len(at) != len(name.text):
        return ()
    return tuple(_joined(at[place] for place in _places(name, reading)))


def _places(name: Name, reading: Reading) -> list[int]:
    match reading:
        case Short(text):
            return _found(text, name.text)
        case Characters(asked):
            return _found(asked.text, name.text)
        case Initials(letters):
            ways = (name.initials, name.other_initials)
            return max((_found(letters, read) for read in ways), key=len)
        case Pinyin(spellings):
            ways = (name.blurred, name.other_blurred)
            return max((_found(one.blurred, read) for one in spellings for read in ways), key=len)
        case Code(_):
            return []


def _found(asked: str, text: str) -> list[int]:
    """Places in the text: of the whole if it stands there, else of what is common, in order."""
    if (begin := text.find(asked)) >= 0:
        return list(range(begin, begin + len(asked)))
    blocks = LCSseq.editops(asked, text).as_matching_blocks()
    return [place for block in blocks for place in range(block.b, block.b + block.size)]


def _positions(shown: str) -> list[int]:
    """Of each character of the normalized name, where it stands in the one that is shown."""
    return [at for at, character in enumerate(shown) for _ in normalize_name(character)]


def _joined(places: Iterable[int]) -> Iterator[Span]:
    begin = end = -1
    for place in places:
        if place > end:
            if begin >= 0:
                yield begin, end
            begin = place
        end = place + 1
    if begin >= 0:
        yield begin, end
