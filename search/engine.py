"""The protocol of a search engine: what the API reads through and the follower writes through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from search.plan import Candidate, Plan
from search.query import TOTAL_CAP, SearchRequest, Total
from search.statistics import TermStatistics

Document = Mapping[str, object]
"""A public document: see search/documents.py for its keys."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index says of itself; read from the same snapshot as the answer it belongs to.

    `revision`: the store's revision it has followed to. `swept`: everything that ended up to and
    including the day before this day has been deleted (None: never swept). `updated_at`: when each
    dataset last changed. `statistics`: the version of the term statistics that its names are searched by,
    and `names`: how many they counted. `commit`: another text whenever an answer of the index may be
    another one.
    """

    revision: int = 0
    swept: date | None = None
    updated_at: Mapping[str, datetime] = field(default_factory=dict)
    statistics: str = ""
    names: int = 0
    commit: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record of a page: its document, and what a page after it goes on from (see search.query.After)."""

    document: Document
    sort_value: int | None
    sort_text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Records in order; `has_more` says whether others follow."""

    hits: Sequence[Hit]
    has_more: bool


VALUES_CAP = 60_000
"""Values of one field that are told apart in counting; both engines refuse more than 65,000."""


class Engine(Protocol):
    """Reading. All methods raise SearchError; none blocks the event loop for long."""

    async def search(self, request: SearchRequest) -> Page:
        """One page in the request's order."""

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        """Several pages in one request of the engine, each in its order."""

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        """How many records the request's filter matches, exact up to `cap` (order and page are ignored)."""

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """How many of the matching records have each value of a counted field, as they spell it.

        At most VALUES_CAP values, those that most records have. A record with several counts once for each.
        """

    async def values_many(
        self, requests: Sequence[SearchRequest], field: str
    ) -> list[Mapping[str, int]]:
        """The same of several requests in one of the engine."""

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """How many of the matching records have a day in each month (see search.schema.month_number)."""

    async def candidates(self, plans: Sequence[Plan], today: date) -> list[list[Candidate]]:
        """Of each plan the visible subjects that fit best, in one request of the engine: at most its limit.

        In order of the sum of their weights, ties by `place` (search/subjects.py), on every engine alike.
        """

    async def statistics(self) -> TermStatistics:
        """What the plans of the live index are made with."""

    async def get(self, ids: Sequence[str], today: date) -> list[Document | None]:
        """The visible documents of these ids of records and subjects, in the order asked; None for none."""

    async def state(self) -> IndexState:
        """The state of the live index. Raises IndexUnavailable when there is none."""

    async def close(self) -> None:
        """Release what the engine holds."""


class IndexWriter(Protocol):
    """Writing to one generation; only the process that holds the writer lock has one."""

    @property
    def state(self) -> IndexState:
        """The state as of the last commit."""

    def apply(self, upserts: Iterable[Document], deletes: Mapping[str, int]) -> None:
        """Add or replace documents, delete by record id; visible after commit.

        `deletes` maps ids to the revision that took the record away; an engine that several machines
        write compares revisions, so that a writer that was overtaken unawares does no harm.
        """

    def keep_statistics(self, version: str, statistics: TermStatistics) -> None:
        """Keep term statistics beside the index, before the commit whose state names their version."""

    def commit(self, state: IndexState) -> None:
        """Make everything applied since the last commit and this state visible at once."""

    def close(self) -> None:
        """Release the writer; what was not committed is gone."""


class Generations(Protocol):
    """The generations of one index: the live one, the one before it, and at most one being built.

    A generation is named; names say nothing. It is usable when it was built with the schema and the
    version of the engine that are asked for now. Everything but `state` needs the lock.
    """

    def exclusive(self, timeout: float) -> AbstractContextManager[object]:
        """Hold the writer lock of this index. Raises LockTimeout after so many seconds."""

    def live(self) -> str | None:
        """The live generation if it is usable."""

    def previous(self) -> str | None:
        """The generation that was live before, if it is usable."""

    def unfinished(self) -> str | None:
        """The generation being built, if it is usable."""

    def create(self) -> str:
        """A new, empty generation to be built; takes the place of an unfinished one."""

    def writer(self, name: str) -> IndexWriter:
        """Open a generation for writing. Raises IndexUnavailable."""

    def promote(self, name: str) -> None:
        """Make a generation the live one in one step; the live one becomes the previous."""

    def collect(self) -> None:
        """Remove what is neither live nor previous nor being built."""

    def state(self) -> IndexState | None:
        """The state of the live generation; None when there is no usable one. Needs no lock."""
