"""Answers without natural persons, for a county that does not show them.

Their records are not published under that setting; this drops at once those published before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from records.vocabulary import SubjectKind
from search.engine import Document, Engine, IndexState, Page
from search.plan import Candidate, Plan
from search.query import TOTAL_CAP, And, AnyOf, Not, SearchRequest, Total
from search.statistics import TermStatistics

_NO_PERSONS = Not(AnyOf("subject_kind", (SubjectKind.NATURAL_PERSON,)))


@dataclass(frozen=True, slots=True)
class WithoutNaturalPersons:
    """An engine in front of another one."""

    engine: Engine

    async def search(self, request: SearchRequest) -> Page:
        """One page, persons left out."""
        return await self.engine.search(_without(request))

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        """Several pages, persons left out."""
        return await self.engine.search_many([_without(request) for request in requests])

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        """How many match, persons left out."""
        return await self.engine.count(_without(request), cap)

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """Values of a field, persons left out."""
        return await self.engine.values(_without(request), field)

    async def values_many(
        self, requests: Sequence[SearchRequest], field: str
    ) -> list[Mapping[str, int]]:
        """Values of a field of several requests, persons left out."""
        return await self.engine.values_many([_without(r) for r in requests], field)

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """Months of a date, persons left out."""
        return await self.engine.months(_without(request), field)

    async def candidates(self, plans: Sequence[Plan], today: date) -> list[list[Candidate]]:
        """Subjects are never natural persons."""
        return await self.engine.candidates(plans, today)

    async def statistics(self) -> TermStatistics:
        """The statistics of the engine behind: of subjects alone."""
        return await self.engine.statistics()

    async def get(self, ids: Sequence[str], today: date) -> list[Document | None]:
        """Documents by id; a person's is None."""
        found = await self.engine.get(ids, today)
        return [d if d and d["subject_kind"] != SubjectKind.NATURAL_PERSON else None for d in found]

    async def state(self) -> IndexState:
        """The state of the index behind."""
        return await self.engine.state()

    async def close(self) -> None:
        """Release the engine behind."""
        await self.engine.close()


def _without(request: SearchRequest) -> SearchRequest:
    return replace(request, where=And((request.where, _NO_PERSONS)))
