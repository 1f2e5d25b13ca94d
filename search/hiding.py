"""Answers without natural persons, for a county that does not show them.

Their records are not published under that setting; this drops at once those published before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from records.vocabulary import SubjectKind
from search.engine import Document, Engine, IndexState, Page
from search.query import TOTAL_CAP, And, AnyOf, Not, SearchRequest, Total

_NO_PERSONS = Not(AnyOf("subject_kind", (SubjectKind.NATURAL_PERSON,)))


@dataclass(frozen=True, slots=True)
class WithoutNaturalPersons:
    """An engine in front of another one."""

    engine: Engine

    async def search(self, request: SearchRequest) -> Page:
        """One page, persons left out."""
        return await self.engine.search(_without(request))

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        """How many match, persons left out."""
        return await self.engine.count(_without(request), cap)

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """Values of a field, persons left out."""
        return await self.engine.values(_without(request), field)

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """Months of a date, persons left out."""
        return await self.engine.months(_without(request), field)

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
