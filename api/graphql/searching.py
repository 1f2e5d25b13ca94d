"""Lists of records and subjects that a query matches, in any order.

Every order, and totals, facets and timelines list one set: see search/finding/matching.py. Without a query,
by relevance is the order that a list has when none is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from api.graphql import cursors
from api.graphql.choices import default_order
from api.graphql.context import RequestContext
from api.graphql.filters import PERSONAL_NOTICE, Compiled
from api.graphql.listing import DEFAULT_PAGE, Listed, Listing, Match, checked_size
from api.graphql.queries import read_text
from api.graphql.relevant import RelevantListing, RelevantRows, match_of, start_after
from api.graphql.resolvers import Asked, list_documents
from records.dataset import Dataset
from search.engine import Document
from search.finding.found import Found
from search.finding.matching import NOTHING, has_exactly, matching
from search.finding.relevance import Lane, RelevantList
from search.query import SUBJECTS, And, AnyOf, Filter, SearchRequest

ToNode = Callable[[Document], object]


@dataclass(frozen=True, slots=True)
class Query:
    """What a list is searched for; `by_relevance`: in the order of what fits best."""

    text: str | None
    by_relevance: bool


async def search_records(
    context: RequestContext, dataset: Dataset, to_node: ToNode, asked: Asked, query: Query
) -> Listed:
    """A page of the records of a dataset. Raises ApiError BAD_PAGE_SIZE or BAD_CURSOR, or SearchError."""
    read = read_text(context, query.text)
    if not read.text:
        asked = _nothing(asked) if read.personal else asked
        return list_documents(context, dataset.name, to_node, asked)
    found = await context.batches.find(read.text)
    groups = matching(dataset, read.text, found)
    lane = Lane(dataset.name, asked.where.filter, groups, default_order(dataset))
    relevant = RelevantList(context.batches, context.today, found, read.text, [lane])
    to_match = partial(match_of_record, dataset, read.text, found)
    searched = _Searched(dataset.name, query.by_relevance, groups.any, relevant, to_node, to_match)
    return _list_searched(context, asked, searched)


async def search_subjects(
    context: RequestContext, to_node: ToNode, asked: Asked, query: Query
) -> Listed:
    """A page of subjects. Raises as above."""
    read = read_text(context, query.text)
    if not read.text:
        asked = _nothing(asked) if read.personal else asked
        return list_documents(context, SUBJECTS, to_node, asked)
    found = await context.batches.find(read.text)
    relevant = RelevantList(
        context.batches, context.today, found, read.text, [], asked.where.filter
    )
    matched = AnyOf("id", tuple(found.by_id)) if found.subjects else NOTHING
    to_match = partial(match_of_subject, found)
    searched = _Searched(SUBJECTS, query.by_relevance, matched, relevant, to_node, to_match)
    return _list_searched(context, asked, searched)


def match_of_record(dataset: Dataset, query: str, found: Found, document: Document) -> Match | None:
    """How well a record fits: 1 by a number of its own, else as its subject does; None by a text alone."""
    if has_exactly(dataset, query, document):
        return Match(1.0)
    subject = found.by_anchor.get(str(document["anchor"]))
    return Match(subject.score) if subject else None


def match_of_subject(found: Found, document: Document) -> Match | None:
    """How well a subject fits that the query found."""
    ranked = found.by_id.get(str(document["id"]))
    return match_of(ranked) if ranked else None


@dataclass(frozen=True, slots=True)
class _Searched:
    """A list with a query: all that this matches, and the same by relevance."""

    dataset: str
    by_relevance: bool
    matched: Filter
    relevant: RelevantList
    to_node: ToNode
    to_match: Callable[[Document], Match | None]


def _list_searched(context: RequestContext, asked: Asked, searched: _Searched) -> Listed:
    """Its cursors are bound to the query, not to what this finds today."""
    if asked.where.personal:
        context.notices.add(PERSONAL_NOTICE)
    key, relevant = context.config.cursor_key, searched.relevant
    where, first = asked.where.filter, checked_size("first", asked.first, DEFAULT_PAGE)
    request = SearchRequest(searched.dataset, context.today, where, asked.order, first)
    scope = "relevance" if searched.by_relevance else "query"
    listed = cursors.fingerprint(request, f"{scope} {relevant.query}")
    request = replace(request, where=And((where, searched.matched)))
    if asked.after is not None and not searched.by_relevance:
        request = replace(request, after=cursors.decode(key, asked.after, listed))
    by_field = Listing(
        context.engine,
        request,
        key,
        listed,
        searched.to_node,
        searched.to_match,
        relevant.found.limited,
    )
    if not searched.by_relevance:
        return by_field
    start = start_after(key, asked.after, listed)
    page = RelevantRows(relevant, first, start, key, listed, searched.to_node, searched.to_match)
    return RelevantListing(by_field, page)


def _nothing(asked: Asked) -> Asked:
    return replace(asked, where=Compiled(NOTHING, personal=asked.where.personal))
