"""Template generations, and how well a row of headers fits one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from loaders.headers import Header, read_header
from loaders.sources import SourceRow
from records.dataset import EVERY_KIND, Column, Dataset, Field, ValueType


@dataclass(frozen=True, slots=True)
class BoundColumn:
    """A column of the sheet (0-based `index`) and the field it holds.

    `unit`: what one unit of a money column is worth in yuan. `header`: as written in the sheet.
    """

    index: int
    field: Field
    column: Column
    unit: Decimal
    header: str


@dataclass(frozen=True)
class Generation:
    """One generation of one template, made ready for comparison."""

    dataset: Dataset
    name: str

    @property
    def loadable(self) -> bool:
        """Whether this version loads it."""
        return self.name in self.dataset.loadable

    @cached_property
    def columns(self) -> tuple[tuple[Field, Column], ...]:
        """Its columns in official order."""
        return self.dataset.columns_of(self.name)

    @cached_property
    def by_key(self) -> dict[str, tuple[Field, Column]]:
        """Header key → column: official headers and codes first, then labels and variants."""
        keys: dict[str, tuple[Field, Column]] = {}
        for spell in (_official, _variants):
            for field, column in self.columns:
                for text in spell(field, column):
                    header = read_header(text)
                    money = field.type is ValueType.MONEY
                    keys.setdefault(header.amount_key if money else header.key, (field, column))
        keys.pop("", None)
        return keys

    @cached_property
    def official(self) -> frozenset[str]:
        """Whole header texts and codes of the official table, and all variants of its own fields."""
        texts = [text for field, column in self.columns for text in _official(field, column)]
        for field, column in self.columns:
            if all(c.templates == {self.name} for c in field.columns):
                texts.extend(_variants(field, column))
        return frozenset(read_header(text).full for text in texts)

    def find(self, header: Header) -> tuple[Field, Column] | None:
        """The column that a header names, or None."""
        if found := self.by_key.get(header.key):
            return found
        found = self.by_key.get(header.amount_key)
        if found and found[0].type is ValueType.MONEY:
            return found
        return self.by_key.get(header.bare_key)


def _official(_field: Field, column: Column) -> Iterator[str]:
    yield column.header
    if column.code:
        yield column.code


def _variants(field: Field, _column: Column) -> Iterator[str]:
    yield field.label
    yield from field.also


@dataclass(frozen=True)
class Fit:
    """How well a row of headers fits a generation."""

    generation: Generation
    row: SourceRow
    headers: tuple[Header, ...]

    @cached_property
    def bound(self) -> tuple[BoundColumn, ...]:
        """The columns found."""
        found = ((i, h, self.generation.find(h)) for i, h in enumerate(self.headers) if h.key)
        return tuple(bind(i, header, *pair) for i, header, pair in found if pair)

    @cached_property
    def matched(self) -> int:
        """Number of different official columns found."""
        return len({(b.field.name, b.column.code) for b in self.bound})

    @cached_property
    def share(self) -> float:
        """The part of the official columns that was found."""
        return self.matched / max(1, len(self.generation.columns))

    @cached_property
    def missing(self) -> tuple[Column, ...]:
        """Columns that every row must fill and the sheet does not have."""
        have = {(b.field.name, b.column.code) for b in self.bound}
        return tuple(
            column
            for field, column in self.generation.columns
            if column.required == EVERY_KIND and (field.name, column.code) not in have
        )

    def evidence(self, rivals: Sequence[Generation]) -> int:
        """Number of headers that only this generation has."""
        elsewhere: set[str] = set().union(*(g.official for g in rivals if g is not self.generation))
        own = self.generation.official - elsewhere
        return sum(header.full in own for header in self.headers if header.full)


def bind(index: int, header: Header, field: Field, column: Column) -> BoundColumn:
    """The column at that index; a unit in its header counts more than the template's."""
    unit = header.unit if header.unit is not None else column.unit
    return BoundColumn(index, field, column, unit or field.unit, header.seen)
