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
from search.query import MAX_PAGE, TOTAL_CAP, SearchRequest, Total, size_of
from search.schema import ID, IndexField, IndexSchema, Storage
from search.tantivy_engine.index import (
    TantivyBackend,
    guarded,
    open_index,
    read_state,
    stored_bytes,
)
from search.tantivy_engine.paging import Pager
from search.tantivy_engine.queries import Compiled, compile_request
from search.tantivy_engine.snapshot import Snapshot
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


class TantivyEngine:
    """One per process; for one event loop."""

    def __init__(self, home: Path, schema: IndexSchema) -> None:
        self._home, self._schema = home, schema
        self._opened: _Opened | None = None

    async def search(self, request: SearchRequest) -> Page:
        """One page in the request's order. Raises BadQuery or IndexUnavailable."""
        snapshot = self._snapshot()
        field = self._schema.resolve(request.dataset, request.order.field, Storage.NUMBER)
        compiled = await self._compile(snapshot, request, field)
        pager = Pager(
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
        buckets = await self._tally(request, self._schema.values(request.dataset, field))
        return {str(key): count for key, count in buckets}

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """Months of a date over the matching records. Raises BadQuery or IndexUnavailable."""
        buckets = await self._tally(request, self._schema.months(request.dataset, field))
        return {int(key): count for key, count in buckets}

    async def _tally(
        self, request: SearchRequest, field: IndexField
    ) -> list[tuple[str | float, int]]:
        snapshot = self._snapshot()
        compiled = await self._compile(snapshot, request)
        return await _run(
            compiled, lambda: tally(snapshot, self._schema, request.dataset, compiled, field)
        )

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
        self._opened = None

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
            snapshot = _take_snapshot(opened.index, opened.path.name, meta)
            return _Opened(pointer, meta, opened.path, opened.index, snapshot)

    def _open(self, pointer: Stamp) -> _Opened:
        path = self._home / read_pointer(self._home).live
        if read_fingerprint(path) != TantivyBackend(self._schema).fingerprint:
            raise _no_index()
        meta = _stamp(path / _META)
        with guarded():
            index = open_index(path)
            return _Opened(pointer, meta, path, index, _take_snapshot(index, path.name, meta))


async def _run(compiled: Compiled, work: Callable[[], T]) -> T:
    def guarded_work() -> T:
        with guarded():
            return work()

    if compiled.effort.lead <= INLINE:
        return guarded_work()
    return await asyncio.to_thread(guarded_work)


def _take_snapshot(index: tantivy.Index, generation: str, meta: Stamp) -> Snapshot:
    searcher = index.searcher()
    commit = "/".join((generation, *map(str, meta)))
    state = replace(read_state(searcher, index.schema), commit=commit)
    return Snapshot(searcher, index.schema, state)


def _stamp(path: Path) -> Stamp:
    """Changes whenever the file is replaced. Raises OSError."""
    status = path.stat()
    return status.st_mtime_ns, status.st_ino, status.st_size


def _no_index() -> IndexUnavailable:
    return IndexUnavailable(
        "there is no index that this version can use / 没有可用的索引", "run: xincha reindex"
    )
