"""Filters → the query language of Elasticsearch. No text is analysed there: terms are sent as they are."""

from __future__ import annotations

from datetime import date

from records.errors import BadQuery
from search import analysis
from search.engine import IndexState
from search.entries import bounded, day_number
from search.query import (
    ANY,
    After,
    And,
    AnyOf,
    Between,
    Contains,
    Filter,
    Not,
    Or,
    Prefix,
    SearchRequest,
)
from search.schema import (
    DATASET,
    ID,
    ID_RANK,
    PRESENT,
    UNTIL_DAY,
    IndexField,
    IndexSchema,
    Storage,
    id_rank,
)

Query = dict[str, object]

STATISTICS = "statistics"
"""The dataset of documents that nobody can ask for: see term_statistics.py."""

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
"""What the engine takes in place of a missing number that comes last."""
_EVERYTHING: Query = {"match_all": {}}
_NOTHING: Query = {"match_none": {}}


def compile_request(schema: IndexSchema, state: IndexState, request: SearchRequest) -> Query:
    """The records that a request lists, without order and page. Raises BadQuery."""
    if not schema.knows(request.dataset):
        raise BadQuery("没有这个数据集 / no such dataset")
    parts = [_Compiler(schema, request.dataset).query(request.where)]
    left_out = ended(state, request.today)
    if request.dataset == ANY:
        left_out.append(_term(DATASET, STATISTICS))
    else:
        parts.append(_term(DATASET, request.dataset))
    return {"bool": {"filter": parts, "must_not": left_out}}


def without_value(query: Query, field: IndexField) -> Query:
    """Those of the records that have no value: what is left behind the last one that has, six times as fast."""
    return {"bool": {"filter": [query], "must_not": [_term(PRESENT, field.name)]}}


def sort_of(field: IndexField, text: IndexField | None = None, *, descending: bool) -> list[Query]:
    """An exact order: value, missing ones last, then the text, then id; its leading bits are cheaper to compare."""
    fields = [field, *([text] if text else []), ID_RANK, ID]
    direction = "desc" if descending else "asc"
    return [{f.name: {"order": direction, "missing": "_last"}} for f in fields]


def place_of(after: After, text: str | None = None, *, descending: bool) -> list[int | str]:
    """Where a page goes on, for `search_after`. Raises BadQuery for what is no record id."""
    missing = _LOWEST if descending else _HIGHEST
    value = missing if after.value is None else bounded(after.value)
    return [value, *([] if text is None else [text]), id_rank(after.id), after.id]


def value_in(sorted_by: object) -> int | None:
    """The sort value of a hit; None when it is missing."""
    return sorted_by if isinstance(sorted_by, int) and _LOWEST < sorted_by < _HIGHEST else None


def ended(state: IndexState, today: date) -> list[Query]:
    """What has ended since the last sweep; empty when nothing can have."""
    low = None if state.swept is None else day_number(state.swept) + 1
    high = day_number(today)
    if low is not None and low > high:
        return []
    return [_between(UNTIL_DAY, low, high)]


def _term(field: IndexField, value: str) -> Query:
    return {"term": {field.name: value}}


def _between(field: IndexField, low: int | None, high: int | None) -> Query:
    bounds = {name: bounded(b) for name, b in (("gte", low), ("lte", high)) if b is not None}
    return {"range": {field.name: bounds}} if bounds else _term(PRESENT, field.name)


class _Compiler:
    def __init__(self, schema: IndexSchema, dataset: str) -> None:
        self._schema, self._dataset = schema, dataset

    def query(self, part: Filter) -> Query:
        match part:
            case And(parts):
                return _all_of(
                    [self.query(p) for p in parts if not isinstance(p, Not)],
                    [self.query(p.part) for p in parts if isinstance(p, Not)],
                )
            case Or(parts):
                # Without a part that could match, Elasticsearch would match everything.
                return {"bool": {"should": [self.query(p) for p in parts]}} if parts else _NOTHING
            case Not(negated):
                return _all_of([], [self.query(negated)])
            case Between() | AnyOf() | Prefix() | Contains():
                return self._leaf(part)

    def _leaf(self, part: Between | AnyOf | Prefix | Contains) -> Query:
        match part:
            case Between(_, low, high):
                return _between(self._field(part, Storage.NUMBER), low, high)
            case AnyOf(_, values):
                field = self._field(part, Storage.KEYWORD)
                return {"terms": {field.name: sorted({field.normalize(value) for value in values})}}
            case Prefix(_, value):
                field = self._field(part, Storage.KEYWORD)
                return _prefix(field, field.normalize(value))
            case Contains(_, value):
                field = self._field(part, Storage.TEXT)
                return _phrase(field, analysis.pairs(field.normalize(value)))

    def _field(self, part: AnyOf | Prefix | Contains | Between, wanted: Storage) -> IndexField:
        return self._schema.resolve(self._dataset, part.field, wanted)


def _all_of(parts: list[Query], complements: list[Query]) -> Query:
    if not parts and not complements:
        return _EVERYTHING
    return {"bool": {"filter": parts, "must_not": complements}}


def _prefix(field: IndexField, prefix: str) -> Query:
    return {"prefix": {field.name: prefix}} if prefix else _term(PRESENT, field.name)


def _phrase(field: IndexField, pairs: tuple[str, ...]) -> Query:
    if len(pairs) == 1:
        return _term(field, pairs[0])
    # Pairs hold no white space, so the field's analyzer takes them apart as they are.
    return {"match_phrase": {field.name: {"query": " ".join(pairs), "analyzer": "whitespace"}}}
