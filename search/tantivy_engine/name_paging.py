"""Pages in the order of names: by their first number, by their second one, then by the names themselves."""

from __future__ import annotations

from dataclasses import dataclass

from search.engine import Document, Hit
from search.name_order import name_key, name_numbers
from search.query import After
from search.subjects import NAME_REST
from search.tantivy_engine.paging import Pager, Tie


@dataclass(frozen=True)
class NamePager(Pager):
    """Pages of subjects by name; `field` is the first number."""

    def _at(self, value: int, last: Tie | None, count: int) -> list[Hit]:
        bounds, frequency = self.compiled.bounds, self.snapshot.frequency(self.field, value)
        if bounds is not None and not bounds.include(value):
            return []
        reading = self.compiled.beside(frequency).within(self.snapshot.term(self.field, value))
        if last is not None:
            low, high = self._ends(self._key(name_numbers(last[0])[1]), None)
            reading = reading.within(self.snapshot.between(NAME_REST, low, high, scan=True))
        return self._ranked(reading, NAME_REST, value, last, count)

    def _tie(self, hit: Hit) -> Tie:
        return name_key(hit.sort_text), str(hit.document["id"])

    def _tie_after(self, after: After) -> Tie:
        return name_key(after.text), after.id

    def _hit(self, document: Document, value: int | None) -> Hit:
        return Hit(document, value, str(document["name"]))
