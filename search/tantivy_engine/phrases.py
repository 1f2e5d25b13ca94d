"""`contains` as tantivy finds it: pairs of characters at consecutive positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import Query

from search import analysis
from search.engine import Document
from search.schema import ID_RANK, IndexField, IndexSchema
from search.tantivy_engine.shortcuts import ID_RANGE, ID_RANGES
from search.tantivy_engine.snapshot import Snapshot, all_of

_TRIED = 16
"""Documents that are looked at to see how many of those that hold all pairs hold them on end."""
_NEAR = 200
"""Documents of the shortest list that these are looked for among."""


@dataclass(frozen=True, slots=True)
class Check:
    """That a document holds a normalized text in a field, looked at instead of the index."""

    schema: IndexSchema
    name: str
    text: str

    def holds(self, document: Document) -> bool:
        """Whether it does."""
        return self.text in self.schema.text(document, self.name)


@dataclass(frozen=True)
class Phrase:
    """A text to be contained in a field: some of its pairs, with their places, that cover all of it."""

    snapshot: Snapshot
    field: IndexField
    placed: Sequence[tuple[int, str]]

    @classmethod
    def of(cls, snapshot: Snapshot, field: IndexField, text: str) -> Phrase:
        """Raises BadQuery for a text that is too short or too long."""
        pairs = analysis.pairs(field.normalize(text))
        places = _covering([snapshot.frequency(field, pair) for pair in pairs])
        return cls(snapshot, field, [(place, pairs[place]) for place in places])

    @property
    def lead(self) -> int:
        """Postings of the rarest pair."""
        return min(self.snapshot.frequency(self.field, pair) for _, pair in self.placed)

    def query(self) -> Query:
        """Documents that contain the text."""
        if len(self.placed) == 1:
            return self.snapshot.term(self.field, self.placed[0][1])
        return Query.phrase_query(self.snapshot.schema, self.field.name, list(self.placed))

    def terms(self) -> list[Query]:
        """Documents that hold each of the pairs anywhere."""
        return [self.snapshot.term(self.field, pair) for _, pair in self.placed]


@dataclass(frozen=True, slots=True)
class Trial:
    """The share of all documents that hold all pairs of some texts, and of those the share that fulfill them."""

    found: float
    held: float


def trial(
    snapshot: Snapshot, queries: Sequence[Query], checks: Sequence[Check], lead: int
) -> Trial:
    """A look at a few documents that all of the queries find, the shortest of which has `lead` postings."""
    ranges = min(ID_RANGES, 1 + _NEAR * ID_RANGES // max(1, lead))
    near = snapshot.between(ID_RANGE, 0, ranges - 1)
    found = snapshot.searcher.search(
        all_of((near, *queries)), _TRIED, count=True, order_by_field=ID_RANK.name
    )
    held = sum(fulfills(snapshot.document(address), checks) for _, address in found.hits)
    count: int = found.count  # type: ignore[attr-defined]  # missing in tantivy's stubs
    among = snapshot.searcher.num_docs * ranges / ID_RANGES
    return Trial(count / max(1, among), held / max(1, len(found.hits)))


def fulfills(document: Document, checks: Sequence[Check]) -> bool:
    """Whether a document holds all texts."""
    return all(check.holds(document) for check in checks)


def _covering(frequencies: Sequence[int]) -> list[int]:
    """Places of pairs that together cover every character, with the fewest postings; the rarest is among them."""
    best: list[tuple[int, list[int]]] = []
    for place, frequency in enumerate(frequencies):
        before = min(best[-2:], key=lambda found: found[0]) if place else (0, [])
        best.append((before[0] + frequency, [*before[1], place]))
    rarest = min(range(len(frequencies)), key=frequencies.__getitem__)
    return sorted({*best[-1][1], rarest})
