"""The protocol of a search engine: what the API reads through and the follower writes through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from search.query import SearchRequest, Total

Document = Mapping[str, object]
"""A public document: see search/documents.py for its keys."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index says of itself; read from the same snapshot as the answer it belongs to.

    `revision`: the store's revision it has followed to. `swept`: everything that ended up to and
    including the day before this day has been deleted (None: never swept). `updated_at`: when each
    dataset last changed.
    """

    revision: int = 0
    swept: date | None = None
    updated_at: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record of a page: its document and its sort value (None: missing)."""

    document: Document
    sort_value: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Records in order; `has_more` says whether others follow."""

    hits: Sequence[Hit]
    has_more: bool


class Engine(Protocol):
    """Reading. All methods raise SearchError; none blocks the event loop for long."""

    async def search(self, request: SearchRequest) -> Page:
        """One page in the request's order."""

    async def count(self, request: SearchRequest) -> Total:
        """How many records the request's filter matches (order and page are ignored)."""

    async def get(self, ids: Sequence[str], today: date) -> list[Document | None]:
        """The visible documents of these record ids, in the order asked; None where there is none."""

    async def state(self) -> IndexState:
        """The state of the live index. Raises IndexUnavailable when there is none."""

    async def close(self) -> None:
        """Release what the engine holds."""


class IndexWriter(Protocol):
    """Writing to one generation; only the process that holds the writer lock has one."""

    @property
    def state(self) -> IndexState:
        """The state as of the last commit."""

    def apply(self, upserts: Iterable[Document], deletes: Iterable[str]) -> None:
        """Add or replace documents, delete by record id; visible after commit."""

    def commit(self, state: IndexState) -> None:
        """Make everything applied since the last commit and this state visible at once."""

    def close(self) -> None:
        """Release the writer; what was not committed is gone."""
