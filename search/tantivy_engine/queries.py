"""Filters → tantivy queries, and how many records they will find and postings they will read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tantivy import Occur, Query

from records.errors import BadQuery
from search.entries import bounded
from search.query import And, AnyOf, Between, Contains, Filter, Not, Or, Prefix, SearchRequest
from search.schema import PRESENT, IndexField, IndexSchema, Storage
from search.tantivy_engine.conditions import cheapest_lists, common_conditions
from search.tantivy_engine.phrases import Check, Phrase, trial
from search.tantivy_engine.shortcuts import Condition
from search.tantivy_engine.snapshot import Snapshot, all_of, ended
from search.tantivy_engine.windows import Effort

LOOKING = 4
"""How much longer it takes to look at a number of a candidate than to read a posting (measured)."""
BESIDE = 0
"""Candidates that something else leaves: hardly any."""
SELECTIVE = 4_000
"""Postings up to which looking at every hit is cheaper than avoiding it (measured)."""
_WORTH = 0.2
"""Of the documents that hold all pairs of a text, the share that must hold the text."""
_LONGEST_PATTERN = 24
"""Characters. To make an automaton takes longer the longer it is, and few values begin with more."""


@dataclass(frozen=True)
class Bounds:
    """Numbers between which the field that a page is ordered by must lie, both included.

    `missing`: or it may have none.
    """

    low: int | None = None
    high: int | None = None
    missing: bool = False

    def include(self, value: int) -> bool:
        """Whether a number lies between them."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Reading:
    """What documents must and must not be, and what of them must be looked at besides.

    Kept apart, since the engine looks through all that an inner conjunction excludes. About `held` of the
    documents stand the checks.
    """

    musts: tuple[Query, ...]
    nots: tuple[Query, ...]
    checks: tuple[Check, ...] = ()
    held: float = 1.0

    @property
    def query(self) -> Query:
        """As one query, without the checks."""
        return all_of(self.musts, self.nots)

    def within(self, *queries: Query) -> Reading:
        """What fulfills these, too."""
        return replace(self, musts=(*self.musts, *queries))

    def without(self, query: Query) -> Reading:
        """What does not fulfill that one."""
        return replace(self, nots=(*self.nots, query))


@dataclass(frozen=True)
class Compiled:
    """The records of one request, without order and page.

    `alone` finds them by itself. `filter` is cheaper where something else already leaves few candidates,
    and leaves out `bounds` (None: there are none). `effort`: the candidates that `alone` looks at, about
    how many hits it has, `bounds` left out, and the size of the dataset. `conditions`: all that there is
    besides the dataset, where COMBINED answers it; else None.
    """

    alone: Reading
    filter: Reading
    bounds: Bounds | None
    effort: Effort
    conditions: frozenset[Condition] | None

    def beside(self, candidates: float | None) -> Reading:
        """What to join with another condition that so many records fulfill; None: more than this one."""
        if candidates is not None and candidates < self.effort.lead:
            return self.filter
        return self.alone

    @property
    def query(self) -> Query:
        """What finds them by itself."""
        return self.alone.query

    @property
    def leads(self) -> bool:
        """Whether it leaves so few candidates that their numbers had better be looked at."""
        return self.effort.lead * LOOKING < self.effort.whole


def compile_request(
    snapshot: Snapshot,
    schema: IndexSchema,
    request: SearchRequest,
    ordered_by: IndexField | None = None,
) -> Compiled:
    """What a request lists. Raises BadQuery."""
    if not schema.knows(request.dataset):
        raise BadQuery("没有这个数据集 / no such dataset")
    return _Compiler(snapshot, schema, request, ordered_by).compiled()


@dataclass(frozen=True)
class _Compiler:
    snapshot: Snapshot
    schema: IndexSchema
    request: SearchRequest
    ordered_by: IndexField | None
    _tokens: dict[AnyOf, list[str]] = field(default_factory=dict)
    _queries: dict[Filter, Query] = field(default_factory=dict)
    _phrases: dict[Contains, Phrase] = field(default_factory=dict)
    """What conditions come to: each is looked at several times, and a request may have many long ones."""

    def compiled(self) -> Compiled:
        parts = list(_flat(self.request.where))
        conditions = common_conditions(self.schema, self.request.dataset, parts)
        lists = cheapest_lists(self.snapshot, self.request.dataset, conditions.values())
        rest = [part for part in parts if part not in conditions]
        bounding = [part for part in rest if self._bounds_order(part)]
        others = [part for part in rest if part not in bounding]
        listed = min(count for _, count in lists)
        found = [query for query, _ in lists]
        lead = min([listed, *(self.cost(part) for part in rest)])
        texts = [part for part in others if isinstance(part, Contains)]
        share = listed / max(1, self.whole) * math.prod(map(self.share, others))
        narrow = self._all(found, others, BESIDE)
        if texts and self.ordered_by is not None and lead > SELECTIVE:
            narrow, share = self._tried(found, others, texts, lead)
        return Compiled(
            alone=self._all(found, rest, lead),
            filter=narrow,
            bounds=_intersection(bounding, self._excluded(rest)),
            effort=Effort(lead, share * self.whole, self.whole),
            conditions=None if rest or self.gone is not None else frozenset(conditions.values()),
        )

    def _tried(
        self, lists: Sequence[Query], parts: Sequence[Filter], texts: Sequence[Contains], lead: int
    ) -> tuple[Reading, float]:
        """The filter without positions, and the share of the dataset that fulfills it.

        The engine takes a phrase to be rare and begins with it, even beside a window of few documents. So
        windows are searched for the pairs of a text, and what is found is looked at. Where few of those hold
        the text, windows are not worth it: that share is zero.
        """
        pairs = [term for part in texts for term in self._phrase(part).terms()]
        checks = tuple(
            Check(self.schema, part.field, self._field(part).normalize(part.value))
            for part in texts
        )
        tried = trial(self.snapshot, [*lists, *pairs], checks, lead)
        others = [part for part in parts if not isinstance(part, Contains)]
        reading = self._all([*lists, *pairs], others, BESIDE)
        worth = tried.found * tried.held if tried.held > _WORTH else 0.0
        share = worth * self.snapshot.searcher.num_docs / max(1, self.whole)
        narrow = replace(reading, checks=checks, held=tried.held)
        return narrow, share * math.prod(map(self.share, others))

    @cached_property
    def whole(self) -> int:
        return self.snapshot.size(self.request.dataset)

    @cached_property
    def gone(self) -> Query | None:
        return ended(self.snapshot, self.request.today)

    def _all(self, terms: Sequence[Query], parts: Sequence[Filter], lead: int) -> Reading:
        positive, negative = [*terms], [] if self.gone is None else [self.gone]
        for part in parts:
            if isinstance(part, Not):
                negative.append(self.query(part.part, lead))
            else:
                positive.append(self.query(part, lead))
        return Reading(tuple(positive), tuple(negative))

    def query(self, part: Filter, lead: int) -> Query:
        """One condition, where another one leaves `lead` candidates."""
        match part:
            case And(parts):
                return all_of([self.query(p, lead) for p in parts])
            case Or(()):
                return Query.empty_query()
            case Or(parts):
                return Query.boolean_query([(Occur.Should, self.query(p, lead)) for p in parts])
            case Not(negated):
                return all_of((), (self.query(negated, lead),))
            case Between(_, low, high):
                scan = lead * LOOKING < self.cost(part)
                return self.snapshot.between(self._field(part), low, high, scan=scan)
            case AnyOf() | Prefix() | Contains():
                if part not in self._queries:
                    self._queries[part] = self._text_query(part)
                return self._queries[part]

    def _text_query(self, part: AnyOf | Prefix | Contains) -> Query:
        field, snapshot = self._field(part), self.snapshot
        match part:
            case AnyOf():
                tokens = self.tokens(part)
                if len(tokens) == 1:
                    return snapshot.term(field, tokens[0])
                return Query.term_set_query(snapshot.schema, field.name, tokens)
            case Prefix(_, value):
                return self._prefix(field, field.normalize(value))
            case Contains():
                return self._phrase(part).query()

    def _prefix(self, field: IndexField, prefix: str) -> Query:
        if not prefix:
            return self.snapshot.term(PRESENT, field.name)
        if len(prefix) <= _LONGEST_PATTERN:
            pattern = re.escape(prefix) + ".*"
            return Query.regex_query(self.snapshot.schema, field.name, pattern)
        terms = self.snapshot.searcher.terms_with_prefix(field.name, prefix)
        return Query.term_set_query(self.snapshot.schema, field.name, [term for term, _ in terms])

    def cost(self, part: Filter) -> int:
        """An upper bound of the postings of what fulfills a condition; of a range an estimate."""
        match part:
            case And(parts):
                return min([self.whole, *(self.cost(p) for p in parts)])
            case Or(parts):
                return min(self.whole, sum(self.cost(p) for p in parts))
            case AnyOf():
                field = self._field(part)
                counts = (self.snapshot.frequency(field, t) for t in self.tokens(part))
                return min(self.whole, sum(counts))
            case Contains():
                return min(self.whole, self._phrase(part).lead)
            case Between():
                return 1 + int(self.share(part) * self.whole)
            case Prefix() | Not():
                return self.whole

    def share(self, part: Filter) -> float:
        """About how many of the dataset's records fulfill a condition."""
        match part:
            case And(parts):
                return math.prod(self.share(p) for p in parts)
            case Or(parts):
                return min(1.0, sum(self.share(p) for p in parts))
            case Not(negated):
                return 1 - self.share(negated)
            case Between(_, low, high):
                numbers = self.snapshot.distribution(self.request.dataset, self._field(part))
                return numbers.share(low, high)
            case AnyOf() | Contains():
                return self.cost(part) / max(1, self.whole)
            case Prefix():
                # Looked up anew by every search: one that finds all is better than several.
                return 0.0

    def _excluded(self, parts: Sequence[Filter]) -> list[Between]:
        """What must not hold, of the field of the order, and leaves one side of it."""
        negated = (part.part for part in parts if isinstance(part, Not))
        return [
            part
            for part in negated
            if isinstance(part, Between)
            and (part.low is None) != (part.high is None)
            and self._bounds_order(part)
        ]

    def _bounds_order(self, part: Filter) -> bool:
        return isinstance(part, Between) and self._field(part) == self.ordered_by

    def _phrase(self, part: Contains) -> Phrase:
        if part not in self._phrases:
            self._phrases[part] = Phrase.of(self.snapshot, self._field(part), part.value)
        return self._phrases[part]

    def tokens(self, part: AnyOf) -> list[str]:
        """The tokens of a condition's values, each once."""
        if part not in self._tokens:
            normalize = self._field(part).normalize
            self._tokens[part] = sorted({normalize(value) for value in part.values})
        return self._tokens[part]

    def _field(self, part: AnyOf | Prefix | Contains | Between) -> IndexField:
        wanted = {Between: Storage.NUMBER, Contains: Storage.TEXT}.get(type(part), Storage.KEYWORD)
        return self.schema.resolve(self.request.dataset, part.field, wanted)


def _flat(part: Filter) -> Iterator[Filter]:
    """The conditions that must all hold."""
    if isinstance(part, And):
        for inner in part.parts:
            yield from _flat(inner)
    else:
        yield part


def _intersection(ranges: Sequence[Filter], excluded: Sequence[Between]) -> Bounds | None:
    between = [part for part in ranges if isinstance(part, Between)]
    if not between and not excluded:
        return None
    lows = [bounded(part.low) for part in between if part.low is not None]
    lows += [bounded(part.high) + 1 for part in excluded if part.high is not None]
    highs = [bounded(part.high) for part in between if part.high is not None]
    highs += [bounded(part.low) - 1 for part in excluded if part.low is not None]
    return Bounds(max(lows, default=None), min(highs, default=None), missing=not between)
