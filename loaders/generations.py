"""Template generations, and how well a row of headers fits one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from loaders.headers import Header, read_header
from loaders.sources import SourceRow
from records.dataset import EVERY_KIND, Column, Dataset, Field, ValueType
from records.vocabulary import CodeTable


@dataclass(frozen=True, slots=True)
class BoundColumn:
    """A column of the sheet (0-based `index`) and the field it holds.

    `unit`: what one unit of a money column is worth in yuan. `header`: as written in the sheet. `foreign`:
    a column of another generation, whose codes may mean something else here.
    """

    index: int
    field: Field
    column: Column
    unit: Decimal
    header: str
    foreign: bool = False


KEYS_OF_A_PROFILE = ("credit_code", "organization_code", "registration_number")
"""Fields of which a profile needs one: without a code nobody knows whose it is."""

_WHO = frozenset(
    [
        "subject_name", "credit_code", "registration_number", "organization_code", "tax_number",
        "institution_number", "social_organization_number", "person_id_number", "resident_id_number",
    ]
)  # fmt: skip
_Spelling = Callable[[Field, Column], Iterator[str]]


@dataclass(frozen=True)
class Generation:
    """One generation of one template, made ready for comparison."""

    dataset: Dataset
    name: str

    @cached_property
    def columns(self) -> tuple[tuple[Field, Column], ...]:
        """Its columns in official order."""
        return self.dataset.columns_of(self.name)

    @property
    def stated(self) -> Mapping[str, CodeTable | str]:
        """What all its rows say without a column."""
        return self.dataset.stated.get(self.name, {})

    @cached_property
    def by_key(self) -> dict[str, tuple[Field, Column]]:
        """Header key → column: official headers and codes first, then labels and variants."""
        return self._keys(_official, _variants)

    @cached_property
    def by_older_key(self) -> dict[str, tuple[Field, Column]]:
        """The same for what other generations call its columns: systems keep old names in new tables."""
        return self._keys(_elsewhere)

    def _keys(self, *spellings: _Spelling) -> dict[str, tuple[Field, Column]]:
        keys: dict[str, tuple[Field, Column]] = {}
        for spell in spellings:
            for field, column in self.columns:
                for text in spell(field, column):
                    header = read_header(text)
                    money = field.type is ValueType.MONEY
                    keys.setdefault(header.amount_key if money else header.key, (field, column))
        keys.pop("", None)
        return keys

    @cached_property
    def texts(self) -> frozenset[str]:
        """Whole header texts and codes of the official table."""
        official = (text for field, column in self.columns for text in _official(field, column))
        return frozenset(read_header(text).full for text in official)

    @cached_property
    def official(self) -> frozenset[str]:
        """Those texts, and all variants of the fields that no other generation has."""
        own = (f for f, _ in self.columns if all(c.templates == {self.name} for c in f.columns))
        variants = (text for field in own for text in (field.label, *field.also))
        return self.texts | {read_header(text).full for text in variants}

    def alone(self, rival: Generation) -> frozenset[str]:
        """What of its official table the rival's does not have."""
        return self.official - rival.official

    def contradicts(self, rival: Generation, field: Field) -> bool:
        """Whether the codes of a column mean something else in the rival: 当前状态."""
        own, other = field.columns_in(self.name), field.columns_in(rival.name)
        return bool(own and other) and own[0].meanings != other[0].meanings

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


def _elsewhere(field: Field, _column: Column) -> Iterator[str]:
    for column in field.columns:
        yield from _official(field, column)


@dataclass(frozen=True)
class Fit:
    """How well a row of headers fits a generation."""

    generation: Generation
    row: SourceRow
    headers: tuple[Header, ...]

    @cached_property
    def bound(self) -> tuple[BoundColumn, ...]:
        """The columns found; one that only another generation calls so where nothing else is it."""
        named = [(i, h, self.generation.find(h)) for i, h in enumerate(self.headers) if h.key]
        fields = {pair[0].name for _, _, pair in named if pair}
        older = self.generation.by_older_key
        found = [
            (
                i,
                header,
                pair or ((old := older.get(header.key)) and old[0].name not in fields and old),
            )
            for i, header, pair in named
        ]
        return tuple(bind(i, header, *pair) for i, header, pair in found if pair)

    @cached_property
    def matched(self) -> int:
        """Number of different official columns found."""
        return len({(b.field.name, b.column.key) for b in self.bound})

    @cached_property
    def rank(self) -> tuple[int, int, float]:
        """The more columns found the better; then the more by their own names; then the fuller table."""
        texts = self.generation.texts
        by_name = sum(header.full in texts for header in self.headers if header.full)
        return self.matched, by_name, self.matched / max(1, len(self.generation.columns))

    @cached_property
    def missing(self) -> tuple[Column, ...]:
        """Columns that every row must fill and the sheet does not have."""
        have = {(b.field.name, b.column.code) for b in self.bound}
        # Codes of several columns add up; of other columns of one field each will do.
        have_one = {b.field.name for b in self.bound if b.field.type is not ValueType.CODES}
        needed = (
            column
            for field, column in self.generation.columns
            if column.required == EVERY_KIND
            and (field.name, column.code) not in have
            and field.name not in have_one
        )
        return (*needed, *self._missing_keys)

    @cached_property
    def _missing_keys(self) -> tuple[Column, ...]:
        """The codes of which a profile needs one, if the sheet has none of them."""
        dataset = self.generation.dataset
        if not dataset.profile or any(b.field.name in KEYS_OF_A_PROFILE for b in self.bound):
            return ()
        columns = self.generation.columns
        return tuple(column for field, column in columns if field.name in KEYS_OF_A_PROFILE)

    @property
    def says_only_who(self) -> bool:
        """Whether the sheet has nothing but names and codes, as a list of anything may have.

        Under their official headers they are those of the template, however few.
        """
        matched, by_name, _ = self.rank
        return by_name < matched and all(bound.field.name in _WHO for bound in self.bound)

    @cached_property
    def untold(self) -> tuple[Column, ...]:
        """Columns without which a sheet is not recognized as this generation; of one field each will do."""
        keys = {header.key for header in self.headers if header.key}
        told: dict[str, bool] = {}
        first: dict[str, Column] = {}
        for field, column in self.generation.columns:
            if column.tells:
                own = {read_header(text).key for text in _official(field, column)}
                told[field.name] = told.get(field.name, False) or not own.isdisjoint(keys)
                first.setdefault(field.name, column)
        return tuple(column for name, column in first.items() if not told[name])

    @cached_property
    def telling(self) -> frozenset[str]:
        """The headers that tell this generation."""
        tells = {
            read_header(text).full
            for field, column in self.generation.columns
            if column.tells
            for text in _official(field, column)
        }
        return frozenset(header.full for header in self.headers) & tells

    def evidence(self, rival: Generation) -> int:
        """Number of headers that this generation has and the rival does not."""
        alone = self.generation.alone(rival)
        return sum(header.full in alone for header in self.headers if header.full)


def bind(index: int, header: Header, field: Field, column: Column) -> BoundColumn:
    """The column at that index; a unit in its header counts more than the template's."""
    unit = header.unit if header.unit is not None else column.unit
    return BoundColumn(index, field, column, unit or field.unit, header.seen)
