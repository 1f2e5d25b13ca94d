"""What a declaration compiles to: a dataset with its fields and their columns, read by everything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from records.vocabulary import CodeTable, PersonalData, Scope, Search, SubjectKind

if TYPE_CHECKING:
    from records.publicity import PublicityRule
    from records.values import Value, Values

    Follows = Callable[[Values], Mapping[str, Value]]

Table = type[CodeTable]

EVERY_KIND = frozenset(SubjectKind)
NOBODY: frozenset[SubjectKind] = frozenset()


class ValueType(StrEnum):
    """The type of a field's value, read from the annotation of its declaration."""

    TEXT = "TEXT"
    CREDIT_CODE = "CREDIT_CODE"
    MONEY = "MONEY"
    DATE = "DATE"
    CODE = "CODE"
    CODES = "CODES"
    FLAG = "FLAG"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one generation of an official template.

    `header` and `code` are what the official table prints. `meanings` maps the codes of this generation
    where they differ from the code table's own spellings. `none`: a word for "none" (空) is an answer.
    `tells`: a sheet without this column, by its own name, is not recognized as one of these generations.
    """

    templates: frozenset[str]
    code: str
    header: str
    required: frozenset[SubjectKind] | None = None
    unit: Decimal | None = None
    meanings: Mapping[str, CodeTable] = field(default_factory=dict)
    none: bool = False
    tells: bool = False

    @property
    def key(self) -> str:
        """What tells it from the other columns of its field in one generation: its code, else its header."""
        return self.code or self.header


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field. Made by :func:`column`; completed by :class:`Record`."""

    name: str
    label: str
    columns: tuple[Column, ...]
    also: tuple[str, ...]
    required: frozenset[SubjectKind]
    personal: PersonalData | None
    scope: Scope
    filter: bool
    filter_name: str
    sort: bool
    facet: bool
    search: Search | None
    default: CodeTable | None
    unit: Decimal
    max_length: int
    replaces: str
    permanent_as: str
    raw_as: str
    raw_scope: Scope
    identifies: bool
    expected_with: tuple[CodeTable, ...]
    description: str
    shown_as: str = ""
    currency_in: str = ""
    also_holds: str = ""
    facet_as: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    always: bool = False
    stands_for: tuple[str, ...] = ()
    distinguishes: bool = False
    type: ValueType = ValueType.TEXT
    table: Table | None = None
    derived_from: str = ""

    @property
    def api_name(self) -> str:
        """The name in GraphQL: `fine_amount` → `fineAmount`."""
        head, *rest = (self.shown_as or self.name).split("_")
        return head + "".join(part.capitalize() for part in rest)

    @property
    def codes(self) -> tuple[str, ...]:
        """National column codes over all generations, newest first, without repetition."""
        return tuple(dict.fromkeys(column.code for column in self.columns if column.code))

    def columns_in(self, template: str) -> tuple[Column, ...]:
        """This field's columns in one template generation; V1 splits 处罚类别 over two."""
        return tuple(column for column in self.columns if template in column.templates)

    def masked_for(self, kind: SubjectKind) -> bool:
        """Whether this field is masked or sealed personal data for subjects of that kind.

        A company's own names and registered address are public; everything else that is declared
        personal is not. Follows from declaration and kind only, never from a value.
        """
        if self.personal is None:
            return False
        is_own_name = self.name == "subject_name" or self.scope is Scope.SUBJECT
        public_for_companies = is_own_name or self.personal is PersonalData.ADDRESS
        return not (public_for_companies and kind is SubjectKind.LEGAL_ENTITY)


@dataclass(frozen=True, eq=False)
class Dataset:
    """A compiled declaration: what the rest of the system reads.

    `name` is the plural snake_case name (`licenses`), `type_name` the GraphQL type (`License`), `kinds`
    its values of the GraphQL enum RecordKind with their labels, `templates` the generations with the
    current one first. `kind_field`: the field whose code tells which of several kinds a record is.
    `stated`: by generation what all its rows say without a column; `follows`: what else a row says by
    what it says. `profile`: a record describes a subject, of which there is one, and is no fact about it.
    """

    name: str
    type_name: str
    label: str
    kinds: Mapping[str, str]
    description: str
    templates: tuple[str, ...]
    fields: tuple[Field, ...]
    publicity: PublicityRule
    orders: Mapping[str, tuple[str, ...]]
    kind_field: str = ""
    stated: Mapping[str, Mapping[str, CodeTable | str]] = field(default_factory=dict)
    profile: bool = False
    follows: Follows | None = None

    def __getitem__(self, name: str) -> Field:
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    def get(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((candidate for candidate in self.fields if candidate.name == name), None)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all fields."""
        return frozenset(field.name for field in self.fields)

    def kind_of(self, public: Mapping[str, object]) -> str:
        """The kind of one record, by its public view; "" for a profile."""
        if not self.kind_field:
            return next(iter(self.kinds), "")
        return next(
            (kind for kind in self.kinds if kind.startswith(f"{public.get(self.kind_field)}_")),
            list(self.kinds)[-1],
        )

    @property
    def api_name(self) -> str:
        """The GraphQL root field: `list_entries` → `listEntries`."""
        head, *rest = self.name.split("_")
        return head + "".join(part.capitalize() for part in rest)

    @property
    def public_fields(self) -> tuple[Field, ...]:
        """Fields that are output fields of the GraphQL type, in order of declaration."""
        return tuple(f for f in self.fields if f.scope is Scope.PUBLIC)

    def masked_fields(self, kind: SubjectKind) -> tuple[str, ...]:
        """GraphQL names of the fields masked or sealed for subjects of that kind."""
        return tuple(f.api_name for f in self.fields if f.masked_for(kind))

    def fixed(self, template: str) -> Mapping[str, CodeTable | str]:
        """What a generation states that neither its rows nor the operator can say otherwise.

        Where it has a column for the same field, what it states is only assumed.
        """
        stated = self.stated.get(template, {})
        return {
            name: value
            for name, value in stated.items()
            if not (declared := self.get(name)) or not declared.columns_in(template)
        }

    def columns_of(self, template: str) -> tuple[tuple[Field, Column], ...]:
        """Columns of one template generation in the order of the official table."""
        found = [(f, c) for f in self.fields for c in f.columns_in(template)]
        order = self.orders.get(template)
        if order:
            found.sort(key=lambda pair: order.index(pair[1].code))
        return tuple(found)
