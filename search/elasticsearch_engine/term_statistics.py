"""The statistics of names, kept in the index whose names they count: in parts, as documents that no list shows.

A version stands in the index before the state that names it, and stays until the one after it is kept: a
reader may not have heard of the new one yet.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from typing import NamedTuple, cast

from records.errors import IndexUnavailable
from search.elasticsearch_engine.failures import IndexGone
from search.elasticsearch_engine.live import Live, LiveIndex
from search.elasticsearch_engine.mapping import STORED
from search.elasticsearch_engine.pages import hits_in
from search.elasticsearch_engine.patience import PatientClient
from search.elasticsearch_engine.queries import STATISTICS, Query
from search.schema import DATASET
from search.statistics import TermStatistics

PART_BYTES = 750_000
"""A million characters in a document."""

_NONE = TermStatistics.counted(())


class Part(NamedTuple):
    """One document of a version, under an id that no record has."""

    id: str
    source: Query


def parts_of(version: str, statistics: TermStatistics) -> Iterator[Part]:
    """The documents of a version."""
    content = statistics.as_bytes()
    starts = range(0, len(content), PART_BYTES)
    for number, start in enumerate(starts):
        text = base64.b64encode(content[start : start + PART_BYTES]).decode()
        stored = {"parts": len(starts), "content": text}
        yield Part(_id(version, number), {DATASET.name: [STATISTICS], STORED: stored})


def every_part() -> Query:
    """The documents of all versions."""
    return {"term": {DATASET.name: STATISTICS}}


def is_part_of(document_id: str, version: str) -> bool:
    """Whether a document of statistics belongs to this version."""
    return document_id.rpartition("/")[0] == _id(version, 0).rpartition("/")[0]


class KeptStatistics:
    """The statistics of the live index, read once a version; for one event loop."""

    def __init__(self, client: PatientClient, live: LiveIndex) -> None:
        self._client, self._live = client, live
        self._version = ("", "")
        self._reading: asyncio.Task[TermStatistics] | None = None

    async def now(self) -> TermStatistics:
        """Those that the state of the live index names. Raises SearchError."""
        return await self._live.asked(self._of)

    async def close(self) -> None:
        """Stop reading."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _of(self, live: Live) -> TermStatistics:
        if not live.state.statistics:
            return _NONE
        version = (live.index, live.state.statistics)
        if self._reading is None or self._version != version or _failed(self._reading):
            self._version, self._reading = version, asyncio.create_task(self._read(*version))
            # Nobody may be waiting for it any more.
            self._reading.add_done_callback(_failed)
        return await asyncio.shield(self._reading)

    async def _read(self, index: str, version: str) -> TermStatistics:
        count, content = await self._part(index, version, 0)
        others = [await self._part(index, version, number) for number in range(1, count)]
        try:
            return TermStatistics.from_bytes(b"".join([content, *(c for _, c in others)]))
        except ValueError:
            raise IndexUnavailable(
                "the statistics of names are damaged / 名称统计已损坏", "run: xincha reindex"
            ) from None

    async def _part(self, index: str, version: str, number: int) -> tuple[int, bytes]:
        """Of how many parts a version consists, and one of them."""
        found = await self._client.ask(
            lambda client: client.search(
                index=index,
                query={"ids": {"values": [_id(version, number)]}},
                size=1,
                track_total_hits=False,
                allow_partial_search_results=False,
            )
        )
        for hit in hits_in(found.body):
            stored = hit["_source"][STORED]
            return cast("int", stored["parts"]), base64.b64decode(str(stored["content"]))
        raise IndexGone(
            "the statistics of names are not in the index / 索引缺少名称统计", "run: xincha reindex"
        )


def _id(version: str, number: int) -> str:
    return f"{STATISTICS}/{version}/{number}"


def _failed(reading: asyncio.Task[TermStatistics]) -> bool:
    return reading.done() and (reading.cancelled() or reading.exception() is not None)
