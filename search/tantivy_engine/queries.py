"""Filters → tantivy queries, and how many postings they will read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import tantivy
from tantivy import Occur, Query

from records.errors import BadQuery
from search import analysis
from search.engine import IndexState
from search.query import And, AnyOf, Between, Contains, Filter, Not, Or, Prefix, SearchRequest
from search.schema import (
    DATASET,
    PRESENT,
    UNTIL_DAY,
    IndexField,
    IndexSchema,
    Storage,
    bounded,
    day_number,
)

SELECTIVE = 20_000
"""Postings up to which looking at every hit is cheaper than avoiding it (measured)."""
_LONGEST_PATTERN = 200
"""Characters; tantivy's automata hold a thousand states, a character takes up to four."""


@dataclass(frozen=True)
class Snapshot:
    """One committed state of the index: everything of one request is answered from one."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    state: IndexState

    def term(self, field: IndexField, value: int | str) -> Query:
        """Documents with this number or token."""
        value = bounded(value) if isinstance(value, int) else value
        option = "position" if field.storage is Storage.TEXT else "basic"
        return Query.term_query(self.schema, field.name, value, index_option=option)

    def frequency(self, field: IndexField, value: int | str) -> int:
        """How many postings a term has, deleted documents included."""
        return self.searcher.doc_freq(field.name, value)

    def between(
        self, field: IndexField, low: int | None, high: int | None, *, scan: bool = False
    ) -> Query:
        """Documents with a number in a range, both ends included.

        `scan`: look at the number of every candidate, instead of reading the postings of every number
        in the range; right where other conditions leave few candidates.
        """
        if low is None and high is None:
            return self.term(PRESENT, field.name)
        low, high = (None if bound is None else bounded(bound) for bound in (low, high))
        return Query.range_query(
            self.schema,
            field.name,
            tantivy.FieldType.Integer,
            low,
            high,
            use_inverted_index=not scan,
        )


def all_of(musts: Iterable[Query], must_nots: Iterable[Query] = ()) -> Query:
    """The conjunction; without any positive part the complement within everything."""
    parts = [(Occur.Must, query) for query in musts] or [(Occur.Must, Query.all_query())]
    return Query.boolean_query(parts + [(Occur.MustNot, query) for query in must_nots])


def ended(snapshot: Snapshot, today: date) -> Query | None:
    """What has ended since the last sweep; None when nothing can have."""
    swept = snapshot.state.swept
    low = None if swept is None else day_number(swept) + 1
    high = day_number(today)
    if low is not None and low > high:
        return None
    return snapshot.between(UNTIL_DAY, low, high)


@dataclass(frozen=True)
class Compiled:
    """A query of one request, and an upper bound of the postings that finding its hits reads."""

    query: Query
    cost: int


def compile_request(snapshot: Snapshot, schema: IndexSchema, request: SearchRequest) -> Compiled:
    """The records that a request lists, without order and page. Raises BadQuery."""
    if not schema.knows(request.dataset):
        raise BadQuery("没有这个数据集 / no such dataset")
    compiler = _Compiler(snapshot, schema, request.dataset)
    cost = compiler.cost(request.where)
    query = compiler.query(request.where, scan=cost <= SELECTIVE)
    gone = ended(snapshot, request.today)
    within = all_of(
        (snapshot.term(DATASET, request.dataset), query), () if gone is None else (gone,)
    )
    return Compiled(within, cost)


@dataclass(frozen=True)
class _Compiler:
    snapshot: Snapshot
    schema: IndexSchema
    dataset: str

    def query(self, part: Filter, *, scan: bool) -> Query:
        match part:
            case And(parts):
                positive = [p for p in parts if not isinstance(p, Not)]
                negative = [p.part for p in parts if isinstance(p, Not)]
                return all_of(
                    [self.query(p, scan=scan) for p in positive],
                    [self.query(p, scan=scan) for p in negative],
                )
            case Or(parts):
                if not parts:
                    return Query.empty_query()
                return Query.boolean_query(
                    [(Occur.Should, self.query(p, scan=scan)) for p in parts]
                )
            case Not(negated):
                return all_of((), (self.query(negated, scan=scan),))
            case Between(_, low, high):
                return self.snapshot.between(self._field(part), low, high, scan=scan)
            case AnyOf() | Prefix() | Contains():
                return self._text_query(part)

    def _text_query(self, part: AnyOf | Prefix | Contains) -> Query:
        field, snapshot = self._field(part), self.snapshot
        match part:
            case AnyOf(_, values):
                tokens = sorted({analysis.fold(value) for value in values})
                if len(tokens) == 1:
                    return snapshot.term(field, tokens[0])
                return Query.term_set_query(snapshot.schema, field.name, tokens)
            case Prefix(_, value):
                return self._prefix(field, analysis.fold(value))
            case Contains(_, value):
                pairs = analysis.pairs(value)
                if len(pairs) == 1:
                    return snapshot.term(field, pairs[0])
                return Query.phrase_query(snapshot.schema, field.name, list(pairs))

    def _prefix(self, field: IndexField, prefix: str) -> Query:
        if not prefix:
            return self.snapshot.term(PRESENT, field.name)
        if len(prefix) <= _LONGEST_PATTERN:
            pattern = re.escape(prefix) + ".*"
            return Query.regex_query(self.snapshot.schema, field.name, pattern)
        terms = self.snapshot.searcher.terms_with_prefix(field.name, prefix)
        return Query.term_set_query(self.snapshot.schema, field.name, [term for term, _ in terms])

    def cost(self, part: Filter) -> int:
        """An upper bound, except that a range counts nothing beside a more selective condition."""
        whole = self.snapshot.frequency(DATASET, self.dataset)
        match part:
            case And(parts):
                return min([whole, *(self.cost(p) for p in parts)])
            case Or(parts):
                return min(whole, sum(self.cost(p) for p in parts))
            case AnyOf(_, values):
                field = self._field(part)
                tokens = {analysis.fold(value) for value in values}
                return min(whole, sum(self.snapshot.frequency(field, t) for t in tokens))
            case Contains(_, value):
                field = self._field(part)
                return min(
                    whole, *(self.snapshot.frequency(field, p) for p in analysis.pairs(value))
                )
            case _:
                return whole

    def _field(self, part: AnyOf | Prefix | Contains | Between) -> IndexField:
        wanted = {Between: Storage.NUMBER, Contains: Storage.TEXT}.get(type(part), Storage.KEYWORD)
        return self.schema.resolve(self.dataset, part.field, wanted)
