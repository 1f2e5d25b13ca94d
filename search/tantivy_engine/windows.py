"""Where to look for a page, and how far: the engine reads whole lists, so they had better be short.

A page comes from windows of the order, one after the other, each four times as long as the one before. A
window is worth it only while it holds fewer records than the shortest list of the query itself; what is left
then is looked through at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from search.tantivy_engine.distributions import Distribution
from search.tantivy_engine.shortcuts import ID_RANGES

_GROWTH = 4
_LEAST = 4
"""Records looked at for each that is wanted, at least."""
_SPARE = 2


@dataclass(frozen=True, slots=True)
class Effort:
    """Postings of the shortest list of a query, its hits, and the records they are among; all about."""

    lead: int
    hits: float
    whole: int

    def first(self, count: int) -> float:
        """How many records the first window for so many hits should hold."""
        if self.hits <= 0:
            return math.inf
        return count * max(_LEAST, _SPARE * self.whole / self.hits)

    def among(self, records: int) -> Effort:
        """The same for what else is one of so many records."""
        hits = self.hits * records / max(1, self.whole)
        return Effort(min(self.lead, records), hits, self.whole)


@dataclass(frozen=True, slots=True)
class Window:
    """Keys from `start` to `end`, both included, None: open.

    `records` about how many it holds, with hits or without; None where that is no fewer than the query reads
    anyway.
    """

    start: int | None
    end: int | None
    records: float | None = None


def by_value(
    numbers: Distribution, effort: Effort, start: int | None, end: int | None, count: int
) -> Iterator[Window]:
    """Windows of keys, where keys lie as in `numbers`; a key of many records is one by itself."""
    records = effort.first(count)
    while records < effort.lead:
        if start is not None and end is not None and start > end:
            return
        far = _nearer(numbers.reach(start, records / effort.whole), end)
        heavy = numbers.next_heavy(start, far)
        if heavy is not None and heavy != start:
            yield Window(start, heavy - 1, records)
        if heavy is not None:
            yield Window(heavy, heavy, records)
            far = heavy
        else:
            yield Window(start, far, records)
        if far is None or far == end:
            return
        start, records = far + 1, records * _GROWTH
    yield Window(start, end)


def by_id(effort: Effort, start: int, end: int, count: int) -> Iterator[Window]:
    """Windows of ranges of ids, `whole` being all records of the index."""
    width = effort.first(count) * ID_RANGES / max(1, effort.whole)
    while width * effort.whole < effort.lead * ID_RANGES and start <= end:
        far = min(end, start + math.ceil(width) - 1)
        yield Window(start, far, width)
        start, width = far + 1, width * _GROWTH
    if start <= end:
        yield Window(start, end)


def _nearer(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)
