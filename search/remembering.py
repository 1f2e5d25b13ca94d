"""An engine that counts once: totals, values and months are remembered for one commit and one day.

Pages are not remembered here: they cost less than what a caller makes of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import TypeVar, cast

from cachetools import LRUCache

from search.engine import Document, Engine, IndexState, Page
from search.plan import Candidate, Plan
from search.query import TOTAL_CAP, SearchRequest, Total
from search.statistics import TermStatistics

T = TypeVar("T")

_MOST_NUMBERS = 200_000
"""Counts kept by one process, up to some 500 bytes each."""


def _size(answer: object) -> int:
    return 1 + len(answer) if isinstance(answer, Mapping) else 1


@dataclass
class RememberingEngine:
    """An engine in front of another one; for one event loop."""

    engine: Engine
    _known: LRUCache[Hashable, object] = field(
        default_factory=lambda: LRUCache(_MOST_NUMBERS, getsizeof=_size)
    )
    _asked: dict[Hashable, asyncio.Task[object]] = field(default_factory=dict)

    async def search(self, request: SearchRequest) -> Page:
        """One page, asked anew."""
        return await self.engine.search(request)

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        """Several pages, asked anew."""
        return await self.engine.search_many(requests)

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        """How many records match, capped."""
        return await self._once(("count", cap), request, lambda: self.engine.count(request, cap))

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """Values of a counted field."""
        return await self._once(
            ("values", field), request, lambda: self.engine.values(request, field)
        )

    async def values_many(
        self, requests: Sequence[SearchRequest], field: str
    ) -> list[Mapping[str, int]]:
        """Values of a counted field, asked anew: nearly every request is of another subject."""
        return await self.engine.values_many(requests, field)

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """Months of a date."""
        return await self._once(
            ("months", field), request, lambda: self.engine.months(request, field)
        )

    async def candidates(self, plans: Sequence[Plan], today: date) -> list[list[Candidate]]:
        """Candidates, asked anew."""
        return await self.engine.candidates(plans, today)

    async def statistics(self) -> TermStatistics:
        """The statistics of the engine behind, which keeps them."""
        return await self.engine.statistics()

    async def get(self, ids: Sequence[str], today: date) -> list[Document | None]:
        """Documents by id, asked anew."""
        return await self.engine.get(ids, today)

    async def state(self) -> IndexState:
        """The state of the index behind."""
        return await self.engine.state()

    async def close(self) -> None:
        """Release the engine behind."""
        self._known.clear()
        await self.engine.close()

    async def _once(
        self, what: Hashable, request: SearchRequest, ask: Callable[[], Coroutine[None, None, T]]
    ) -> T:
        """The answer of this commit; several who ask at once wait for the same one."""
        commit = (await self.engine.state()).commit
        listed = repr((request.dataset, request.today, request.where))
        # A filter may be long and hold what nobody should find in memory later.
        key = (
            commit,
            what,
            blake2b(listed.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
        )
        if key in self._known:
            return cast("T", self._known[key])
        task = self._asked.get(key)
        if task is None:
            task = asyncio.create_task(self._remember(key, ask))
            self._asked[key] = task
        # Whoever asked first may go away; the others still wait.
        return cast("T", await asyncio.shield(task))

    async def _remember(
        self, key: Hashable, ask: Callable[[], Coroutine[None, None, object]]
    ) -> object:
        try:
            answer = await ask()
            if _size(answer) <= _MOST_NUMBERS:
                self._known[key] = answer
            return answer
        finally:
            del self._asked[key]
