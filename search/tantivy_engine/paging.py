"""One page in exact order, by keyset.

tantivy sorts by one field and breaks ties by where a document happens to lie. Here a page is put together
from searches whose result does not depend on that: the rest of the value at which the last page ended, by
id; then whole values beyond it; then the value at which this page ends, by id; then what has no value.
Ids are compared by their leading bits, and whole where those are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import tantivy
from tantivy import Query

from search.engine import Document, Hit
from search.query import After
from search.schema import ID_RANK, PRESENT, IndexField, id_rank
from search.tantivy_engine.distributions import Distribution
from search.tantivy_engine.phrases import fulfills
from search.tantivy_engine.queries import SELECTIVE, Compiled, Reading
from search.tantivy_engine.shortcuts import (
    ID_RANGE,
    ID_RANGES,
    first_rank,
    id_range,
    last_rank,
)
from search.tantivy_engine.snapshot import Snapshot
from search.tantivy_engine.windows import Effort, Window, by_id, by_value

_SLACK = 4
_LEAST_HELD = 0.2

Tie = tuple[str, ...]
"""What hits of one value are sorted by; the last part is the id."""


@dataclass(frozen=True)
class Pager:
    """Pages of one request, ordered by one numeric field.

    A key is a value, or its negative where the order descends: keys always ascend. So do ranges of ids.
    """

    snapshot: Snapshot
    dataset: str
    compiled: Compiled
    field: IndexField
    descending: bool

    def page(self, after: After | None, count: int) -> list[Hit]:
        """The next `count` hits, fewer at the end."""
        hits: list[Hit] = []
        for part in self._parts(after, count):
            hits.extend(part(count - len(hits)))
            if len(hits) >= count:
                break
        return hits

    def _parts(self, after: After | None, count: int) -> Iterator[Callable[[int], list[Hit]]]:
        bounds = self.compiled.bounds
        start, end = (None, None) if bounds is None else self._ends(bounds.low, bounds.high)
        last = None if after is None else self._tie_after(after)
        if after is None or after.value is not None:
            if after is not None and after.value is not None:
                yield partial(self._at, after.value, last)
                beyond = self._key(after.value) + 1
                start = beyond if start is None else max(start, beyond)
                last = None
            for window in self._windows(start, end, count):
                yield partial(self._within, window)
        if bounds is None or bounds.missing:
            yield partial(self._missing, last)

    def _windows(self, start: int | None, end: int | None, count: int) -> Iterator[Window]:
        if self.compiled.effort.lead <= SELECTIVE:
            return iter((Window(start, end),))
        return by_value(self._numbers(), self.compiled.effort, start, end, count)

    def _numbers(self) -> Distribution:
        """How keys lie."""
        numbers = self.snapshot.distribution(self.dataset, self.field)
        return numbers.mirrored if self.descending else numbers

    def _within(self, window: Window, count: int) -> list[Hit]:
        """Hits whose key lies in a window."""
        if window.start is not None and window.start == window.end:
            return self._at(self._key(window.start), None, count)
        low, high = self._ends(window.start, window.end)
        reading = self.compiled.beside(window.records)
        if low is not None or high is not None:
            scan = window.records is None and self.compiled.leads
            reading = reading.within(self.snapshot.between(self.field, low, high, scan=scan))
        limit = count + _SLACK
        found = [
            (value, address)
            for value, address in self._search(reading, self.field, limit)
            if value is not None
        ]
        if len(found) < limit or found[-1][0] != (boundary := found[count - 1][0]):
            return self._ordered(found)[:count]
        whole = [hit for hit in found if hit[0] != boundary]
        return self._ordered(whole) + self._at(boundary, None, count - len(whole))

    def _at(self, value: int, last: Tie | None, count: int) -> list[Hit]:
        """Hits of one value beyond an id."""
        bounds, frequency = self.compiled.bounds, self.snapshot.frequency(self.field, value)
        if bounds is not None and not bounds.include(value):
            return []
        reading = self.compiled.beside(frequency).within(self.snapshot.term(self.field, value))
        effort = self.compiled.effort.among(frequency)
        return self._by_id((reading, reading), effort, value, last, count)

    def _missing(self, last: Tie | None, count: int) -> list[Hit]:
        """Hits without a value beyond an id."""
        present = self.snapshot.term(PRESENT, self.field.name)
        narrow, wide = self.compiled.filter.without(present), self.compiled.alone.without(present)
        effort = self.compiled.effort
        if effort.lead > SELECTIVE:
            effort = replace(effort, hits=effort.hits * self._numbers().missing)
        return self._by_id((narrow, wide), effort, None, last, count)

    def _by_id(
        self,
        readings: tuple[Reading, Reading],
        effort: Effort,
        value: int | None,
        last: Tie | None,
        count: int,
    ) -> list[Hit]:
        """Hits that share a value, by id, beyond an id; the readings: in windows, and without."""
        hits: list[Hit] = []
        first = -(ID_RANGES - 1) if self.descending else 0
        start = first if last is None else self._key(id_range(id_rank(last[-1])))
        effort = replace(effort, whole=self.snapshot.searcher.num_docs)
        for window in by_id(effort, start, first + ID_RANGES - 1, count):
            parts = []
            if window.records is not None or window.start != start:
                parts.append(self._ids(window))
            if last is not None:
                low, high = self._ends(self._key(id_rank(last[-1])), None)
                parts.append(self.snapshot.between(ID_RANK, low, high, scan=True))
            reading = readings[window.records is None].within(*parts)
            hits += self._ranked(reading, ID_RANK, value, last, count - len(hits))
            if len(hits) >= count:
                break
        return hits

    def _ids(self, window: Window) -> Query:
        """Documents whose range of ids lies in a window."""
        low, high = self._ends(window.start, window.end)
        if window.records is not None:
            return self.snapshot.between(ID_RANGE, low, high)
        ranks = (
            None if low is None else first_rank(low),
            None if high is None else last_rank(high),
        )
        return self.snapshot.between(ID_RANK, *ranks, scan=True)

    def _ranked(
        self,
        reading: Reading,
        field: IndexField,
        value: int | None,
        last: Tie | None,
        count: int,
    ) -> list[Hit]:
        """Hits of a reading in the order of ties, which a field never contradicts, beyond one of them."""
        limit = count + _SLACK
        while True:
            found = self._search(reading, field, limit)
            complete = len(found) < limit
            # Of the last rank there may be more; the ranks before it are whole.
            whole = [f for f in found if complete or f[0] != found[-1][0]]
            hits = [h for h in self._hits(whole, value) if last is None or self._beyond(h, last)]
            if complete or len(hits) >= count:
                return sorted(hits, key=self._tie, reverse=self.descending)[:count]
            limit *= 4

    def _beyond(self, hit: Hit, last: Tie) -> bool:
        return self._tie(hit) < last if self.descending else self._tie(hit) > last

    def _tie(self, hit: Hit) -> Tie:
        """What hits of one value are sorted by."""
        return (_id(hit),)

    def _tie_after(self, after: After) -> Tie:
        """The same of the last hit of the page before."""
        return (after.id,)

    def _hit(self, document: Document, value: int | None) -> Hit:
        return Hit(document, value)

    def _key(self, value: int) -> int:
        """The key of a value, and the value of a key."""
        return -value if self.descending else value

    def _ends(self, low: int | None, high: int | None) -> tuple[int | None, int | None]:
        """The ends of a range of values as keys, and the other way round."""
        if not self.descending:
            return low, high
        return (None if high is None else -high), (None if low is None else -low)

    def _search(
        self, reading: Reading, field: IndexField, limit: int
    ) -> list[tuple[int | None, tantivy.DocAddress]]:
        """The first hits by a field; ties as they come."""
        if not reading.checks:
            return self._engine_search(reading.query, field, limit)
        asked = limit
        while True:
            asked = int(asked / max(_LEAST_HELD, reading.held)) + _SLACK
            found = self._engine_search(reading.query, field, asked)
            held = [hit for hit in found if self._stands(reading, hit[1])]
            if len(found) < asked or len(held) >= limit:
                return held[:limit]

    def _stands(self, reading: Reading, address: tantivy.DocAddress) -> bool:
        return fulfills(self.snapshot.document(address), reading.checks)

    def _engine_search(
        self, query: Query, field: IndexField, limit: int
    ) -> list[tuple[int | None, tantivy.DocAddress]]:
        # The engine takes memory for as many hits as it is asked for.
        limit = max(1, min(limit, self.snapshot.searcher.num_docs + 1))
        order = tantivy.Order.Desc if self.descending else tantivy.Order.Asc
        found = self.snapshot.searcher.search(
            query, limit, count=False, order_by_field=field.name, order=order
        )
        return found.hits

    def _hits(
        self, found: list[tuple[int | None, tantivy.DocAddress]], value: int | None
    ) -> list[Hit]:
        return [self._hit(self.snapshot.document(address), value) for _, address in found]

    def _ordered(self, found: list[tuple[int, tantivy.DocAddress]]) -> list[Hit]:
        hits = [(v, self._hit(self.snapshot.document(address), v)) for v, address in found]
        hits.sort(key=lambda pair: (pair[0], self._tie(pair[1])), reverse=self.descending)
        return [hit for _, hit in hits]


def _id(hit: Hit) -> str:
    return str(hit.document["id"])
