"""One committed state of the index, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import orjson
import tantivy
from tantivy import Occur, Query

from search.engine import Document, IndexState
from search.entries import bounded, day_number
from search.index_fields import DATASET, PRESENT, REVISION, UNTIL_DAY, IndexField, Storage
from search.query import ANY
from search.tantivy_engine.cards import Cards
from search.tantivy_engine.distributions import Distribution
from search.tantivy_engine.index import stored_bytes
from search.tantivy_engine.shortcuts import ID_RANGE, ID_RANGES

_SAMPLED = 3_000
"""Records of a sample, about."""


@dataclass(frozen=True)
class Snapshot:
    """Everything of one request is answered from one."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    state: IndexState
    cards: Cards
    _sampled: dict[tuple[str, IndexField], Distribution] = field(default_factory=dict)

    def term(self, field: IndexField, value: int | str) -> Query:
        """Documents with this number or token."""
        value = bounded(value) if isinstance(value, int) else value
        option = "position" if field.storage is Storage.TEXT else "basic"
        return Query.term_query(self.schema, field.name, value, index_option=option)

    def frequency(self, field: IndexField, value: int | str) -> int:
        """How many postings a term has, deleted documents included."""
        value = bounded(value) if isinstance(value, int) else value
        return self.searcher.doc_freq(field.name, value)

    def listed(self, dataset: str) -> Query:
        """The documents of a dataset, or of ANY."""
        if dataset == ANY:
            return self.term(PRESENT, REVISION.name)
        return self.term(DATASET, dataset)

    def size(self, dataset: str) -> int:
        """How many documents of a dataset, or of ANY, there are, deleted ones included."""
        if dataset == ANY:
            return self.frequency(PRESENT, REVISION.name)
        return self.frequency(DATASET, dataset)

    @property
    def is_whole(self) -> bool:
        """Whether nothing that is deleted is still in the lists, so that frequencies are counts."""
        listed = sum(count for _, count in self.searcher.terms_with_prefix(DATASET.name, ""))
        # Every commit adds the document of the state.
        return self.searcher.num_docs == listed + 1

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

    def document(self, address: tantivy.DocAddress) -> Document:
        """What is stored of a hit."""
        document: Document = orjson.loads(stored_bytes(self.searcher, address))
        return document

    def distribution(self, dataset: str, field: IndexField) -> Distribution:
        """How the numbers of a field lie in a dataset, by a sample that is taken once."""
        known = self._sampled.get((dataset, field))
        if known is None:
            known = self._sampled[dataset, field] = self._sample(dataset, field)
        return known

    def _sample(self, dataset: str, field: IndexField) -> Distribution:
        """Ids are digests: a range of them is a fair sample."""
        ranges = min(ID_RANGES, 1 + _SAMPLED * ID_RANGES // (1 + self.size(dataset)))
        query = all_of(
            (self.between(ID_RANGE, 0, ranges - 1), self.listed(dataset)),
        )
        limit = max(1, min(4 * _SAMPLED, self.searcher.num_docs))
        hits = self.searcher.search(query, limit, count=False, order_by_field=field.name).hits
        return Distribution(sorted(v for v, _ in hits if v is not None), len(hits))


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
