"""One page in exact order, by keyset.

tantivy sorts by one field and breaks ties by where a document happens to lie. Here a page is put together
from searches whose result does not depend on that: the rest of the value at which the last page ended, by
id; then whole values beyond it; then the value at which this page ends, by id; then what has no value.
Ids are compared by their leading bits, and whole where those are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import orjson
import tantivy
from tantivy import Query

from search.engine import Document, Hit
from search.query import After
from search.schema import ID_RANK, PRESENT, IndexField, id_rank
from search.tantivy_engine.index import stored_bytes
from search.tantivy_engine.queries import Snapshot, all_of

_SLACK = 4
_WINDOWS = (2, 8, 32, 128, 512, 2048)
"""Days. Newest records come from a window that grows until it fills a page (tantivy never stops early)."""


@dataclass(frozen=True)
class Pager:
    """Pages of one query ordered by one numeric field.

    `window_start`: where to look first when the page has no start of its own; None: look at everything.
    """

    snapshot: Snapshot
    query: Query
    field: IndexField
    descending: bool
    windowed: bool
    window_start: int | None

    def page(self, after: After | None, count: int) -> list[Hit]:
        """The next `count` hits, fewer at the end."""
        hits: list[Hit] = []
        for part in self._parts(after):
            hits.extend(part(count - len(hits)))
            if len(hits) >= count:
                break
        return hits

    def _parts(self, after: After | None) -> Iterator[Callable[[int], list[Hit]]]:
        if after is None:
            yield lambda count: self._by_value(None, count)
        elif after.value is not None:
            value = after.value
            yield lambda count: self._at(value, after.id, count)
            yield lambda count: self._by_value(value, count)
        missing = all_of((self.query,), (self.snapshot.term(PRESENT, self.field.name),))
        last = after.id if after is not None and after.value is None else None
        yield lambda count: self._by_id(missing, None, last, count)

    def _at(self, value: int, last: str | None, count: int) -> list[Hit]:
        """Hits of one value beyond an id."""
        exact = all_of((self.query, self.snapshot.term(self.field, value)))
        return self._by_id(exact, value, last, count)

    def _by_value(self, beyond: int | None, count: int) -> list[Hit]:
        """Hits that have a value, beyond that value."""
        found = self._top_values(beyond, count)
        if len(found) < count:
            return self._ordered(found)
        boundary = found[-1][0]
        whole = [hit for hit in found if hit[0] != boundary]
        rest = self._at(boundary, None, count - len(whole))
        return self._ordered(whole) + rest

    def _top_values(self, beyond: int | None, count: int) -> list[tuple[int, tantivy.DocAddress]]:
        for low, high in self._ranges(beyond):
            query = self.query
            if low is not None or high is not None:
                query = all_of((query, self.snapshot.between(self.field, low, high)))
            found = self._search(query, self.field, count)
            valued = [(value, address) for value, address in found if value is not None]
            if len(valued) >= count:
                break
        return valued

    def _ranges(self, beyond: int | None) -> Iterator[tuple[int | None, int | None]]:
        """Ranges to look in, each holding the one before; the last is everything beyond."""
        step = -1 if self.descending else 1
        edge = None if beyond is None else beyond + step
        start = self.window_start if edge is None else edge
        if self.windowed and start is not None:
            for width in _WINDOWS:
                yield self._range(edge, start + step * width)
        yield self._range(edge, None)

    def _range(self, edge: int | None, far: int | None) -> tuple[int | None, int | None]:
        return (far, edge) if self.descending else (edge, far)

    def _by_id(self, query: Query, value: int | None, last: str | None, count: int) -> list[Hit]:
        """Hits that share a value, ordered by id, beyond an id."""
        if last is not None:
            rank = id_rank(last)
            low, high = (None, rank) if self.descending else (rank, None)
            query = all_of((query, self.snapshot.between(ID_RANK, low, high, scan=True)))
        limit = count + _SLACK
        while True:
            found = self._search(query, ID_RANK, limit)
            complete = len(found) < limit
            # Of the last rank there may be more; the ranks before it are whole.
            whole = [f for f in found if complete or f[0] != found[-1][0]]
            hits = [h for h in self._hits(whole, value) if last is None or self._beyond(h, last)]
            if complete or len(hits) >= count:
                return sorted(hits, key=_id, reverse=self.descending)[:count]
            limit *= 4

    def _beyond(self, hit: Hit, last: str) -> bool:
        return _id(hit) < last if self.descending else _id(hit) > last

    def _search(
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
        return [Hit(self._document(address), value) for _, address in found]

    def _ordered(self, found: list[tuple[int, tantivy.DocAddress]]) -> list[Hit]:
        hits = [(value, Hit(self._document(address), value)) for value, address in found]
        hits.sort(key=lambda pair: (pair[0], _id(pair[1])), reverse=self.descending)
        return [hit for _, hit in hits]

    def _document(self, address: tantivy.DocAddress) -> Document:
        document: Document = orjson.loads(stored_bytes(self.snapshot.searcher, address))
        return document


def _id(hit: Hit) -> str:
    return str(hit.document["id"])
