"""`contains` as tantivy finds it: pairs of characters at consecutive positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import Query

from search import analysis
from search.schema import IndexField
from search.tantivy_engine.shortcuts import ID_RANGE, ID_RANGES
from search.tantivy_engine.snapshot import Snapshot, all_of

_TRIED = 16
"""Texts that are looked at to see how many of those that hold all pairs hold them on end."""


@dataclass(frozen=True)
class Phrase:
    """A text to be contained in a field: some of its pairs, with their places, that cover all of it."""

    snapshot: Snapshot
    field: IndexField
    placed: Sequence[tuple[int, str]]

    @classmethod
    def of(cls, snapshot: Snapshot, field: IndexField, text: str) -> Phrase:
        """Raises BadQuery for a text that is too short or too long."""
        pairs = analysis.pairs(text)
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

    def complement(self) -> list[Query]:
        """What to exclude beside `terms`.

        The engine takes a phrase to be rare and begins with it, even where a window of few documents
        stands beside it. What is excluded it looks at last.
        """
        return [all_of((), (self.query(),))] if len(self.placed) > 1 else []

    def share(self, name: str, text: str, whole: int) -> float:
        """About how many of `whole` documents contain the text: by a look at a few that hold its pairs.

        `name`: of the field in a document. Zero where none of those few contains it.
        """
        if len(self.placed) == 1 or self.lead == 0:
            return self.lead / max(1, whole)
        # So many that a few dozen of the documents in them hold the rarest pair.
        ranges = min(ID_RANGES, 1 + _TRIED * ID_RANGES * 2 // self.lead)
        near = self.snapshot.between(ID_RANGE, 0, ranges - 1)
        found = self.snapshot.searcher.search(all_of((near, *self.terms())), _TRIED, count=True)
        wanted = analysis.normalize_text(text)
        texts = (self.snapshot.document(address).get(name) for _, address in found.hits)
        held = sum(wanted in analysis.normalize_text(str(content)) for content in texts)
        count: int = found.count  # type: ignore[attr-defined]  # missing in tantivy's stubs
        of_these = held / max(1, len(found.hits))
        return min(1.0, count * of_these * ID_RANGES / (ranges * max(1, whole)))


def _covering(frequencies: Sequence[int]) -> list[int]:
    """Places of pairs that together cover every character, with the fewest postings; the rarest is among them."""
    best: list[tuple[int, list[int]]] = []
    for place, frequency in enumerate(frequencies):
        before = min(best[-2:], key=lambda found: found[0]) if place else (0, [])
        best.append((before[0] + frequency, [*before[1], place]))
    rarest = min(range(len(frequencies)), key=frequencies.__getitem__)
    return sorted({*best[-1][1], rarest})
