"""A list by relevance as a connection shows it, and how well its rows fit the query."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from api.graphql import cursors
from api.graphql.listing import Listing, Match, Reading, Row, Rows
from api.graphql.types import Highlight, ScorePart
from search.engine import Document
from search.finding.relevance import LONGEST_LIST, Place, RelevantList
from search.names.ranking import Ranked
from search.query import SearchRequest, Total


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page of a list by relevance begins: behind a place, so many entries of the list."""

    number: int = 0
    place: Place | None = None


@dataclass(slots=True)
class RelevantRows:
    """The page of a list by relevance, asked once. `listed`: the fingerprint of its cursors."""

    relevant: RelevantList
    first: int
    start: Start
    cursor_key: bytes
    listed: str
    to_node: Callable[[Document], object]
    to_match: Callable[[Document], Match | None]
    _rows: asyncio.Task[Rows] | None = field(default=None)

    async def rows(self) -> Rows:
        """The page. Raises SearchError."""
        if self._rows is None:
            self._rows = asyncio.ensure_future(self._search())
        return await self._rows

    async def _search(self) -> Rows:
        left = LONGEST_LIST - self.start.number
        first = min(self.first, left)
        if first <= 0:
            return Rows((), has_more=False, has_previous=True)
        entries, more = await self.relevant.page(first, self.start.place)
        rows = []
        for number, entry in enumerate(entries, self.start.number + 1):
            cursor = cursors.encode_place(self.cursor_key, self.listed, number, entry.place)
            rows.append(Row(self.to_node(entry.document), cursor, self.to_match(entry.document)))
        return Rows(
            tuple(rows),
            has_more=more and len(entries) < left,
            has_previous=self.start.place is not None,
        )


@dataclass(frozen=True, slots=True)
class RelevantListing:
    """The source object of a connection by relevance: `counted` has its total, facets and timeline."""

    counted: Listing
    page: RelevantRows

    @property
    def reading(self) -> Reading:
        """What counts are asked of."""
        return self.counted.reading

    @property
    def request(self) -> SearchRequest:
        """What is counted."""
        return self.counted.request

    async def rows(self) -> Rows:
        """The page. Raises SearchError."""
        return await self.page.rows()

    async def total(self) -> Total:
        """How many match, also beyond the end of the list. Raises SearchError."""
        return await self.counted.total()


def match_of(ranked: Ranked) -> Match:
    """How well a subject fits a query, as edges say it."""
    return Match(
        score=ranked.score,
        name=ranked.name or None,
        highlights=tuple(Highlight(start=start, end=end) for start, end in ranked.highlights),
        explanation=tuple(
            ScorePart(feature=part.feature, value=part.value, weight=part.weight)
            for part in ranked.parts
        ),
    )


def start_after(key: bytes, cursor: str | None, listed: str) -> Start:
    """Where the page after a cursor begins. Raises ApiError BAD_CURSOR."""
    return Start(*cursors.decode_place(key, cursor, listed)) if cursor is not None else Start()
