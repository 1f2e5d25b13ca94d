"""Which index is live, and its state, as a reader knows them: not asked anew for every answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from records.errors import IndexUnavailable, SearchError
from search.elasticsearch_engine.cluster import Cluster
from search.elasticsearch_engine.failures import IndexGone
from search.elasticsearch_engine.mapping import check_owner, fingerprint_in, state_in
from search.elasticsearch_engine.names import Names
from search.elasticsearch_engine.patience import PatientClient
from search.engine import IndexState

T = TypeVar("T")

_STALE = 2
"""So many times its freshness, a page is answered while it is asked again beside it."""
_WAIT = 0.3
"""Seconds; a cluster that takes longer is having trouble, of which the search itself will tell."""
_LAST_RESORT = 60.0
"""Seconds for which a page is answered when the cluster does not say; its own search will tell."""


@dataclass(frozen=True, slots=True)
class Live:
    """An index by its own name and its state, at a moment of time.monotonic."""

    index: str
    state: IndexState
    at: float


class LiveIndex:
    """Follows the alias of a cluster to an index of ours that was built with that fingerprint; for one event loop.

    `freshness`: seconds for which nobody asks again.
    """

    def __init__(
        self, client: PatientClient, cluster: Cluster, made_with: str, freshness: float
    ) -> None:
        self._client, self._made_with = client, made_with
        self._alias, self._owner = Names(cluster.index).live, cluster.owner
        self._freshness = freshness
        self._known: Live | None = None
        self._asking: asyncio.Task[Live] | None = None

    async def now(self) -> Live:
        """As of so many seconds ago or later. Raises SearchError."""
        known = self._known
        if known is not None and _age(known) < self._freshness:
            return known
        return await asyncio.shield(self._refresh())

    async def usable(self) -> Live:
        """Good enough to search by; an older state only makes a search look at more. Raises SearchError.

        An older index is another matter: it may hold what has been taken away since.
        """
        known = self._known
        if known is None or _age(known) >= _LAST_RESORT:
            return await self.now()
        if _age(known) < self._freshness:
            return known
        task = self._refresh()
        if _age(known) < _STALE * self._freshness:
            return known
        await asyncio.wait({task}, timeout=_WAIT)
        try:
            return task.result() if task.done() else known
        except SearchError:
            return known

    async def asked(self, question: Callable[[Live], Awaitable[T]]) -> T:
        """The answer of the live index; asked again when it was replaced meanwhile. Raises SearchError."""
        try:
            return await question(await self.usable())
        except IndexGone:
            self._known = None
            return await question(await self.now())

    async def close(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def _refresh(self) -> asyncio.Task[Live]:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._read())
            # Nobody may be waiting for it.
            self._asking.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._asking

    async def _read(self) -> Live:
        asked_at = time.monotonic()
        found = await self._client.ask(
            lambda client: client.indices.get_mapping(
                index=self._alias,
                # The state that the asked node has: without a master, too.
                local=True,
                ignore_unavailable=True,
                filter_path="*.mappings._meta",
            )
        )
        live = self._live(cast("Mapping[str, Mapping[str, Mapping[str, object]]]", found), asked_at)
        known = self._known
        if known and known.index == live.index and known.state.revision > live.state.revision:
            # Another node was asked, which has not heard of it yet.
            live = replace(live, state=known.state)
        self._known = live
        return live

    def _live(
        self, found: Mapping[str, Mapping[str, Mapping[str, object]]], asked_at: float
    ) -> Live:
        for index, content in found.items():
            meta = cast("Mapping[str, object]", content["mappings"]["_meta"])
            if fingerprint_in(meta) == self._made_with:
                check_owner(meta, self._owner)
                return Live(index, state_in(meta, index), asked_at)
        raise IndexUnavailable(
            "there is no index that this version can use / 没有可用的索引", "run: xincha reindex"
        )


def _age(known: Live) -> float:
    return time.monotonic() - known.at
