"""One box for everything: subjects and their records, document numbers, texts, in one list by relevance."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.graphql import cursors
from api.graphql.choices import default_order
from api.graphql.context import RequestContext
from api.graphql.listing import Match, Rows
from api.graphql.queries import read_text
from api.graphql.relevant import RelevantRows, start_after
from api.graphql.searching import match_of_record, match_of_subject
from records.dataset import Dataset
from search.engine import Document
from search.finding.found import Found
from search.finding.matching import NOTHING, Groups, matching
from search.finding.relevance import Lane, RelevantList
from search.query import ANY, SUBJECTS, TOTAL_CAP, And, AnyOf, Filter, SearchRequest, Total

SUBJECT = "SUBJECT"
"""The kind of result that is no record."""


@dataclass(frozen=True, slots=True)
class BoxQuery:
    """What is searched for: `kinds`: by name of a kind its dataset, None for subjects; `first` is checked."""

    query: str
    kinds: Mapping[str, Dataset | None]
    first: int
    after: str | None


@dataclass(frozen=True, slots=True)
class BoxListing:
    """The source object of a SearchConnection: a page, and how many there are of each kind."""

    context: RequestContext
    page: RelevantRows
    matched: Mapping[str, tuple[str, Filter]]
    limited: bool

    async def rows(self) -> Rows:
        """The page. Raises SearchError."""
        return await self.page.rows()

    async def counts(self) -> dict[str, Total]:
        """How many match, by kind. Raises SearchError."""
        today = self.context.today
        requests = [SearchRequest(name, today, where) for name, where in self.matched.values()]
        totals = await gather(*map(self.context.batches.count, requests))
        return {
            kind: Total(total.count, total.exact and not self.limited)
            for kind, total in zip(self.matched, totals, strict=True)
        }

    async def total(self) -> Total:
        """How many match, also beyond the end of the list. Raises SearchError."""
        totals = (await self.counts()).values()
        count = sum(total.count for total in totals)
        exact = count <= TOTAL_CAP and all(total.exact for total in totals)
        return Total(min(count, TOTAL_CAP), exact)


async def search_everything(
    context: RequestContext, to_node: Callable[[Document], object], asked: BoxQuery
) -> BoxListing:
    """A page of everything that a query matches; nothing for a blank one.

    Raises ApiError BAD_CURSOR, QueryTooLong or SearchError.
    """
    query = read_text(context, asked.query)
    found = await context.batches.find(query.text) if query.text else Found()
    datasets = [dataset for dataset in asked.kinds.values() if dataset is not None]
    groups = {d.name: matching(d, query.text, found) if query.text else Groups() for d in datasets}
    ids = AnyOf("id", tuple(found.by_id)) if found.subjects else NOTHING
    lanes = [Lane(d.name, And(), groups[d.name], default_order(d)) for d in datasets]
    relevant = RelevantList(
        context.batches, context.today, found, query.text, lanes,
        And() if SUBJECT in asked.kinds else None,
    )  # fmt: skip
    by_name = {dataset.name: dataset for dataset in datasets}

    def to_match(document: Document) -> Match | None:
        dataset = by_name.get(str(document["dataset"]))
        if dataset is None:
            return match_of_subject(found, document)
        return match_of_record(dataset, query.text, found, document)

    scope = f"search {sorted(asked.kinds)} {query.text}"
    listed = cursors.fingerprint(SearchRequest(ANY, context.today), scope)
    key = context.config.cursor_key
    start = start_after(key, asked.after, listed)
    page = RelevantRows(relevant, asked.first, start, key, listed, to_node, to_match)
    matched = {
        kind: (SUBJECTS, ids) if dataset is None else (dataset.name, groups[dataset.name].any)
        for kind, dataset in asked.kinds.items()
    }
    return BoxListing(context, page, matched, found.limited)


def kinds_of(datasets: Sequence[Dataset]) -> dict[str, Dataset | None]:
    """The kinds of results by the names of their enum, subjects first. Profiles are shown with their subjects."""
    facts = {_member(d.type_name): d for d in datasets if not d.profile}
    return {SUBJECT: None, **facts}


def _member(type_name: str) -> str:
    """`ListEntry` → `LIST_ENTRY`."""
    return "".join(f"_{c}" if c.isupper() else c for c in type_name).lstrip("_").upper()
