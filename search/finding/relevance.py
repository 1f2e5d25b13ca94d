"""A list by relevance: codes, then subjects by their score, then texts; the newest first within each.

Subjects' records are asked for all at once, as they seldom fill an answer of the engine; where they do,
subject by subject. Texts, the most costly, are asked only for what the rest leaves of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from itertools import groupby
from typing import Protocol

from search.engine import Document, Page
from search.finding.found import Found, millionths
from search.finding.matching import NOTHING, Groups
from search.names.analysis import normalize_code
from search.names.ranking import Ranked
from search.query import (
    MAX_PAGE,
    SUBJECTS,
    After,
    And,
    AnyOf,
    Filter,
    Not,
    Or,
    Order,
    SearchRequest,
)

LONGEST_LIST = 200
"""Entries after which a list by relevance ends."""
_TOGETHER = 16
"""Scores whose records are asked for in one request of the engine."""
_OTHER_DIGITS = str.maketrans(
    "0123456789abcdefghijklmnopqrstuv", "vutsrqponmlkjihgfedcba9876543210"
)


class Searching(Protocol):
    """What a list is read from: see search.engine.Engine."""

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        """Several pages in one request of the engine."""


class Group(IntEnum):
    """Why an entry stands in the list."""

    CODE = 1
    SUBJECT = 2
    TEXT = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands, whatever else the list holds.

    `score`: of its subject, in millionths; 0 for records that match by themselves. `value`: the sort value
    of a record, the completeness of a subject.
    """

    group: Group
    score: int
    is_record: bool
    value: int | None
    id: str

    @property
    def key(self) -> tuple[int, int, bool, bool, int, str]:
        """Sorts places: a subject before its records, values and ids of records from the greatest down."""
        by_id = self.id.translate(_OTHER_DIGITS) if self.is_record else self.id
        missing = self.value is None
        return self.group, -self.score, self.is_record, missing, -(self.value or 0), by_id


@dataclass(frozen=True, slots=True)
class Entry:
    """A record or subject of the list."""

    place: Place
    document: Document


@dataclass(frozen=True, slots=True)
class Lane:
    """The records of one dataset that may be listed: those of `where` that match; `order`: the newest first."""

    dataset: str
    where: Filter
    groups: Groups
    order: Order


@dataclass(frozen=True, slots=True)
class RelevantList:
    """A list by relevance over several datasets; `subjects`: what holds of listed subjects, None for none.

    A subject with exactly the code that is the query stands before the records with it.
    """

    reading: Searching
    today: date
    found: Found
    query: str
    lanes: Sequence[Lane]
    subjects: Filter | None = None

    async def page(self, first: int, after: Place | None) -> tuple[list[Entry], bool]:
        """At most `first` (1..MAX_PAGE) entries behind a place, and whether others follow."""
        entries, more = await self._by_code_or_subject(first, after)
        if len(entries) <= first and not more:
            texts, more = await self._by_text(first + 1 - len(entries), after)
            entries += texts
        return entries[:first], more or len(entries) > first

    async def _by_code_or_subject(
        self, first: int, after: Place | None
    ) -> tuple[list[Entry], bool]:
        if after is not None and after.group is Group.TEXT:
            return [], False
        asked = [self._codes(lane, first, after) for lane in self.lanes]
        asked += [self._of_subjects(lane) for lane in self.lanes]
        asked += [self._subjects(first, after)]
        pages = iter(await self._ask(asked))
        by_code = [next(pages) for _ in self.lanes]
        of_subjects = [next(pages) for _ in self.lanes]
        entries = [e for page in by_code for e in _records(page, Group.CODE)]
        entries += self._listed_subjects(next(pages))
        more = any(page.has_more for page in by_code)
        for lane, page in zip(self.lanes, of_subjects, strict=True):
            if page.has_more:
                records, rest = await self._by_score(lane, first, after)
                more = more or rest
            else:
                records = list(self._scored(page))
            entries += records
        entries.sort(key=lambda entry: entry.place.key)
        return [e for e in entries if after is None or e.place.key > after.key], more

    async def _by_score(
        self, lane: Lane, first: int, after: Place | None
    ) -> tuple[list[Entry], bool]:
        """The records of subjects, the best subjects first, as many as a page may need."""
        tiers = [
            (score, tuple(anchor for ranked in tied for anchor in ranked.card.anchors))
            for score, tied in groupby(self.found.subjects, key=millionths)
            if after is None or after.group is not Group.SUBJECT or score <= after.score
        ]
        entries: list[Entry] = []
        more = False
        for at in range(0, len(tiers), _TOGETHER):
            asked = [
                self._tier(lane, anchors, first, _within(after, score))
                for score, anchors in tiers[at : at + _TOGETHER]
            ]
            pages = await self._ask(asked)
            entries += [entry for page in pages for entry in self._scored(page)]
            more = more or any(page.has_more for page in pages)
            if len(entries) > first or more:
                return entries, True
        return entries, more

    async def _by_text(self, first: int, after: Place | None) -> tuple[list[Entry], bool]:
        pages = await self._ask([self._texts(lane, first, after) for lane in self.lanes])
        entries = [entry for page in pages for entry in _records(page, Group.TEXT)]
        entries.sort(key=lambda entry: entry.place.key)
        return entries[:first], any(page.has_more for page in pages)

    def _codes(self, lane: Lane, first: int, after: Place | None) -> SearchRequest | None:
        if lane.groups.codes == NOTHING or (after is not None and after.group > Group.CODE):
            return None
        where = And((lane.where, lane.groups.codes))
        return self._request(lane, where, first, _record(after, Group.CODE))

    def _of_subjects(self, lane: Lane) -> SearchRequest | None:
        if lane.groups.subjects == NOTHING:
            return None
        where = And((lane.where, lane.groups.subjects, Not(lane.groups.codes)))
        return self._request(lane, where, MAX_PAGE, None)

    def _tier(
        self, lane: Lane, anchors: tuple[str, ...], first: int, after: Place | None
    ) -> SearchRequest:
        where = And((lane.where, AnyOf("anchor", anchors), Not(lane.groups.codes)))
        return self._request(lane, where, first, _record(after, Group.SUBJECT))

    def _texts(self, lane: Lane, first: int, after: Place | None) -> SearchRequest | None:
        if lane.groups.texts == NOTHING:
            return None
        before = Or((lane.groups.codes, lane.groups.subjects))
        where = And((lane.where, lane.groups.texts, Not(before)))
        return self._request(lane, where, first, _record(after, Group.TEXT))

    def _subjects(self, first: int, after: Place | None) -> SearchRequest | None:
        """Those behind a place; where nothing else is asked of them, only as many as the page has."""
        if self.subjects is None:
            return None
        places = sorted(map(self._place, self.found.subjects), key=lambda place: place.key)
        ids = [place.id for place in places if after is None or place.key > after.key]
        if self.subjects == And():
            ids = ids[: first + 1]
        if not ids:
            return None
        where = And((self.subjects, AnyOf("id", tuple(ids))))
        return SearchRequest(SUBJECTS, self.today, where, Order("name_order"), MAX_PAGE)

    def _request(self, lane: Lane, where: Filter, first: int, after: Place | None) -> SearchRequest:
        behind = None if after is None else After(after.value, after.id)
        wanted = min(first, MAX_PAGE)
        return SearchRequest(lane.dataset, self.today, where, lane.order, wanted, behind)

    async def _ask(self, requests: Sequence[SearchRequest | None]) -> list[Page]:
        """A page for each request; an empty one where there is nothing to ask."""
        asked = [request for request in requests if request is not None]
        pages = iter(await self.reading.search_many(asked) if asked else ())
        return [_NO_PAGE if request is None else next(pages) for request in requests]

    def _scored(self, page: Page) -> Iterator[Entry]:
        """Records of subjects, with the scores of these."""
        for entry in _records(page, Group.SUBJECT):
            subject = self.found.by_anchor[str(entry.document["anchor"])]
            yield replace(entry, place=replace(entry.place, score=millionths(subject)))

    def _listed_subjects(self, page: Page) -> Iterator[Entry]:
        for hit in page.hits:
            yield Entry(self._place(self.found.by_id[str(hit.document["id"])]), hit.document)

    def _place(self, ranked: Ranked) -> Place:
        group = Group.CODE if normalize_code(self.query) in ranked.card.codes else Group.SUBJECT
        card = ranked.card
        return Place(group, millionths(ranked), False, card.completeness, card.id)


_NO_PAGE = Page((), False)


def _records(page: Page, group: Group) -> Iterator[Entry]:
    for hit in page.hits:
        place = Place(group, 0, True, hit.sort_value, str(hit.document["id"]))
        yield Entry(place, hit.document)


def _record(after: Place | None, group: Group) -> Place | None:
    """A place that the records of a group can be asked behind of."""
    return after if after is not None and after.group is group and after.is_record else None


def _within(after: Place | None, score: int) -> Place | None:
    """A place among the records of the subjects of that score."""
    return after if after is not None and after.score == score else None
