"""Reading: implements search.engine.Engine on the live generation.

A generation's commits and a swap of generations are noticed by the files they replace, looked at before
every answer (a few microseconds): nothing runs in the background, and no answer is older than its request.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import orjson
import tantivy

from records.errors import BadQuery, IndexUnavailable
from search.documents import is_visible
from search.engine import Document, IndexState, Page
from search.generations import POINTER, read_fingerprint, read_pointer
from search.plan import Candidate, Plan
from search.query import MAX_PAGE, TOTAL_CAP, SearchRequest, Total, size_of
from search.schema import ID, IndexField, IndexSchema, Storage
from search.statistics import TermStatistics
from search.subjects import NAME_ORDER
from search.tantivy_engine import term_files
from search.tantivy_engine.candidates import Retrieval
from search.tantivy_engine.cards import Cards
from search.tantivy_engine.index import (
    fingerprint,
    guarded,
    open_index,
    read_committed,
    stored_bytes,
)
from search.tantivy_engine.name_paging import NamePager
from search.tantivy_engine.paging import Pager
from search.tantivy_engine.queries import Compiled, compile_request
from search.tantivy_engine.snapshot import Snapshot, ended
from search.tantivy_engine.tallies import tally, total

T = TypeVar("T")

INLINE = 50_000
"""Postings up to which an answer takes a few milliseconds and is given on the event loop."""
_FEW_VALUES = 20
"""Values of a filter up to which it is looked up on the event loop."""
_META = "meta.json"
_MOST_IDS = 1_000
_RECORD_ID = re.compile(r"[0-9a-v]{1,64}")

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class _Opened:
    """A generation as it was when the two files had these stamps."""

    pointer: Stamp
    meta: Stamp
    path: Path
    index: tantivy.Index
    snapshot: Snapshot


Kept = tuple[Path, str, TermStatistics]
"""Term statistics that are mapped: of which generation and version."""


class TantivyEngine:
    """One per process; for one event loop."""

    def __init__(self, home: Path, schema: IndexSchema) -> None:
        self._home, self._schema = home, schema
        self._opened: _Opened | None = None
        self._statistics: Kept | None = None

    async def search(self, request: SearchRequest) -> Page:
        """One page in the request's order. Raises BadQuery or IndexUnavailable."""
        return await self._page(self._snapshot(), request)

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        """Several pages of one commit. Raises BadQuery or IndexUnavailable."""
        snapshot = self._snapshot()
        return [await self._page(snapshot, request) for request in requests]

    async def _page(self, snapshot: Snapshot, request: SearchRequest) -> Page:
        field = self._schema.resolve(request.dataset, request.order.field, Storage.NUMBER)
        compiled = await self._compile(snapshot, request, field)
        made = NamePager if field == NAME_ORDER else Pager
        pager = made(
            snapshot, request.dataset, compiled, field, descending=request.order.descending
        )
        first = max(1, min(request.first, MAX_PAGE))
        hits = await _run(compiled, lambda: pager.page(request.after, first + 1))
        return Page(hits[:first], len(hits) > first)

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        """How many records match, capped. Raises BadQuery or IndexUnavailable."""
        snapshot = self._snapshot()
        compiled = await self._compile(snapshot, request)
        count = await _run(compiled, lambda: total(snapshot, compiled))
        return Total(min(count, cap), count <= cap)

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """Values of a counted field over the matching records. Raises BadQuery or IndexUnavailable."""
        return await self._values(self._snapshot(), request, field)

    async def values_many(
        self, requests: Sequence[SearchRequest], field: str
    ) -> list[Mapping[str, int]]:
        """The same of several requests, of one commit. Raises BadQuery or IndexUnavailable."""
        snapshot = self._snapshot()
        return [await self._values(snapshot, request, field) for request in requests]

    async def _values(
        self, snapshot: Snapshot, request: SearchRequest, field: str
    ) -> Mapping[str, int]:
        counted = self._schema.values(request.dataset, field)
        buckets = await self._tally(snapshot, request, counted)
        return {str(key): count for key, count in buckets}

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """Months of a date over the matching records. Raises BadQuery or IndexUnavailable."""
        counted = self._schema.months(request.dataset, field)
        buckets = await self._tally(self._snapshot(), request, counted)
        return {int(key): count for key, count in buckets}

    async def _tally(
        self, snapshot: Snapshot, request: SearchRequest, field: IndexField
    ) -> list[tuple[str | float, int]]:
        compiled = await self._compile(snapshot, request)
        return await _run(
            compiled, lambda: tally(snapshot, self._schema, request.dataset, compiled, field)
        )

    async def candidates(self, plans: Sequence[Plan], today: date) -> list[list[Candidate]]:
        """Of each plan the visible subjects that fit best, of one commit. Raises IndexUnavailable."""
        snapshot = self._snapshot()

        def found() -> list[list[Candidate]]:
            with guarded():
                return [retrieval.candidates() for retrieval in retrievals]

        with guarded():
            gone = ended(snapshot, today)
            retrievals = [Retrieval(snapshot, plan, gone) for plan in plans]
            effort = sum(retrieval.effort for retrieval in retrievals)
        return found() if effort <= INLINE else await asyncio.to_thread(found)

    async def statistics(self) -> TermStatistics:
        """What the plans of the live index are made with. Raises IndexUnavailable."""
        try:
            return self._mapped_statistics()
        except IndexUnavailable:
            # A commit may replace them between reading its state and opening them.
            return self._mapped_statistics()

    def _mapped_statistics(self) -> TermStatistics:
        version = self._snapshot().state.statistics
        path = self._opened.path if self._opened else self._home
        kept = self._statistics
        if kept is None or kept[:2] != (path, version):
            kept = self._statistics = (path, version, term_files.mapped(path, version))
        return kept[2]

    async def _compile(
        self, snapshot: Snapshot, request: SearchRequest, ordered_by: IndexField | None = None
    ) -> Compiled:
        def compiled() -> Compiled:
            with guarded():
                return compile_request(snapshot, self._schema, request, ordered_by)

        if size_of(request.where) <= _FEW_VALUES:
            return compiled()
        return await asyncio.to_thread(compiled)

    async def get(self, ids: Sequence[str], today: date) -> list[Document | None]:
        """The visible documents of these ids, in the order asked. Raises BadQuery or IndexUnavailable."""
        if len(ids) > _MOST_IDS:
            raise BadQuery("一次取得的记录过多 / too many ids at once")
        snapshot = self._snapshot()
        asked = sorted({record_id for record_id in ids if _RECORD_ID.fullmatch(record_id)})
        with guarded():
            query = tantivy.Query.term_set_query(snapshot.schema, ID.name, asked)
            hits = snapshot.searcher.search(query, max(1, len(asked)), count=False).hits
            documents = [orjson.loads(stored_bytes(snapshot.searcher, at)) for _, at in hits]
        visible = {d["id"]: d for d in documents if is_visible(d, today)}
        return [visible.get(record_id) for record_id in ids]

    async def state(self) -> IndexState:
        """The state of the live index. Raises IndexUnavailable when there is none."""
        return self._snapshot().state

    async def close(self) -> None:
        """Release the index files."""
        self._opened = self._statistics = None

    def _snapshot(self) -> Snapshot:
        """The newest committed state. Raises IndexUnavailable."""
        try:
            self._opened = self._current()
        except (OSError, IndexUnavailable):
            # A swap may remove the generation between reading the pointer and opening it.
            self._opened = None
            try:
                self._opened = self._current()
            except OSError:
                raise _no_index() from None
        return self._opened.snapshot

    def _current(self) -> _Opened:
        opened = self._opened
        pointer = _stamp(self._home / POINTER)
        if opened is None or opened.pointer != pointer:
            return self._open(pointer)
        meta = _stamp(opened.path / _META)
        if opened.meta == meta:
            return opened
        with guarded():
            opened.index.reload()
            snapshot = _take_snapshot(opened.index, opened.path, meta, opened.snapshot.cards)
            return _Opened(pointer, meta, opened.path, opened.index, snapshot)

    def _open(self, pointer: Stamp) -> _Opened:
        path = self._home / read_pointer(self._home).live
        if read_fingerprint(path) != fingerprint(self._schema):
            raise _no_index()
        meta = _stamp(path / _META)
        with guarded():
            index = open_index(path)
            return _Opened(pointer, meta, path, index, _take_snapshot(index, path, meta))


async def _run(compiled: Compiled, work: Callable[[], T]) -> T:
    def guarded_work() -> T:
        with guarded():
            return work()

    if compiled.effort.lead <= INLINE:
        return guarded_work()
    return await asyncio.to_thread(guarded_work)


def _take_snapshot(
    index: tantivy.Index, path: Path, meta: Stamp, known: Cards | None = None
) -> Snapshot:
    """`known`: the cards of an earlier commit of this generation."""
    searcher = index.searcher()
    commit = "/".join((path.name, *map(str, meta)))
    committed = read_committed(searcher, index.schema)
    cards = known
    if cards is None or cards.length != committed.cards:
        cards = Cards.mapped(path, committed.cards)
    return Snapshot(searcher, index.schema, replace(committed.state, commit=commit), cards)


def _stamp(path: Path) -> Stamp:
    """Changes whenever the file is replaced. Raises OSError."""
    status = path.stat()
    return status.st_mtime_ns, status.st_ino, status.st_size


def _no_index() -> IndexUnavailable:
    return IndexUnavailable(
        "there is no index that this version can use / 没有可用的索引", "run: xincha reindex"
    )
