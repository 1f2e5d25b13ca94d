"""What a sheet's rows are read by, worked out once from its template: parsers and rules by position."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.furniture import HeaderRow
from loaders.generations import KEYS_OF_A_PROFILE, BoundColumn
from loaders.parsing import Parser, missing_spellings, parser_for
from loaders.publication_limits import LIMITING_FIELDS
from loaders.templates import Template
from records.dataset import EVERY_KIND, Column, Field, ValueType
from records.values import Value, Values
from records.vocabulary import CodeTable, PersonalData, SubjectCategory, SubjectKind

CATEGORY = "subject_category"

IDENTIFIERS = frozenset(
    [
        "credit_code", "registration_number", "organization_code", "tax_number", "institution_number",
        "social_organization_number", "person_id_number", "resident_id_number",
    ]
)  # fmt: skip
"""行政相对人代码 and the numbers of a person's documents."""

STATED_KIND: Mapping[SubjectCategory | None, SubjectKind | None] = {
    None: None,
    SubjectCategory.LEGAL_ENTITY: SubjectKind.LEGAL_ENTITY,
    SubjectCategory.INDIVIDUAL_BUSINESS: SubjectKind.INDIVIDUAL_BUSINESS,
    SubjectCategory.NATURAL_PERSON: SubjectKind.NATURAL_PERSON,
}
"""行政相对人类别 → the kind whose rules the row must follow. It is not yet believed."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How the cell at `index` is read into the field `name`.

    `missing`: spellings of "no value"; `none`: whether one of them answers a required column. `second`:
    another column of the sheet is the field before this one, which counts where that is empty; `adds`: what
    several columns of the field say adds up.
    """

    index: int
    name: str
    header: str
    parse: Parser
    missing: frozenset[str]
    none: bool
    second: bool = False
    adds: bool = False


@dataclass(frozen=True, slots=True)
class KindRules:
    """What rows of a stated kind (None: unknown) must fill, in order, and fields that only other kinds fill."""

    kind: SubjectKind | None
    needs: tuple[str, ...]
    needed: frozenset[str]
    unexpected: frozenset[str]


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Everything that validation asks of a template.

    `by_index`: the reader of each cell, None where it is not read; `rules` by 行政相对人类别, None for a
    missing or unknown one; `amounts`: the fields of money; `replacements`: the field that must be filled when the key holds the placeholder for "no code";
    `expectations`: field of codes, field expected with them, those codes; `identifiers`: the codes and
    numbers of which a template without a category wants one; `unusable`: fields that limit publication,
    and the value they have where their cell is filled, but cannot be used; `limiting`: the columns of those
    fields; `least_width`: the number of cells that a row must have to have all of those; `currencies`:
    fields of money, their columns, and the fields that hold their currencies; `keys`: the codes of a subject
    of which a profile needs a valid one, none for records; `standing`: columns with codes of several kinds
    and the fields these belong to; `given`: what every row says; `follows`: what else by what it says; `entry_days`:
    what says when an entry was made, "" for datasets without entries.
    """

    readers: tuple[Reader, ...]
    by_index: tuple[Reader | None, ...]
    headers: Mapping[str, str]
    rules: Mapping[object, KindRules]
    amounts: tuple[str, ...]
    replacements: Mapping[str, str]
    expectations: tuple[tuple[str, str, frozenset[CodeTable]], ...]
    unusable: tuple[tuple[str, CodeTable], ...]
    raw_texts: tuple[tuple[str, tuple[Reader, ...]], ...]
    open_ends: tuple[tuple[str, str], ...]
    defaults: tuple[tuple[str, CodeTable], ...]
    has_category: bool
    identifiers: frozenset[str]
    header_row: HeaderRow
    width: int
    headless: tuple[int, ...]
    limiting: tuple[Reader, ...]
    least_width: int
    currencies: tuple[tuple[str, tuple[Reader, ...], str], ...]
    keys: tuple[str, ...]
    standing: tuple[tuple[str, tuple[str, ...]], ...]
    given: Mapping[str, Value]
    follows: Callable[[Values], Mapping[str, Value]] | None
    entry_days: tuple[str, ...]


@lru_cache(maxsize=64)
def plan_for(template: Template) -> RowPlan:
    """The plan of a template."""
    readers = tuple(_reader(b, template.columns) for b in template.columns)
    fields = template.dataset.fields
    own = template.dataset.columns_of(template.generation)
    headers = {field.name: column.header for field, column in reversed(own)}
    headers |= {reader.name: reader.header for reader in reversed(readers)}
    by_index = {reader.index: reader for reader in readers}
    unusable = tuple(
        (f.name, f.table["OTHER"])
        for f in fields
        if f.table is not None
        and "OTHER" in f.table.__members__
        and f.name in LIMITING_FIELDS
        and f.name in headers
    )
    limiting = tuple(reader for reader in readers if reader.name in dict(unusable))
    return RowPlan(
        readers=readers,
        by_index=tuple(map(by_index.get, range(template.width))),
        headers=headers,
        rules={stated: _rules(own, kind) for stated, kind in STATED_KIND.items()},
        amounts=tuple(f.name for f in fields if f.type is ValueType.MONEY),
        replacements={field.replaces: field.name for field, _ in own if field.replaces},
        expectations=tuple(_expectations([f for f in fields if f.name in headers])),
        unusable=unusable,
        raw_texts=tuple(
            (f.raw_as, tuple(r for r in readers if r.name == f.name)) for f in fields if f.raw_as
        ),
        open_ends=tuple((f.name, f.permanent_as) for f in fields if f.permanent_as),
        defaults=tuple((f.name, f.default) for f in fields if f.default is not None),
        has_category=any(field.name == CATEGORY for field, _ in own),
        identifiers=IDENTIFIERS & headers.keys() if _older(template) else frozenset(),
        header_row=HeaderRow(tuple((r.index, r.header) for r in readers)),
        width=template.width,
        headless=template.headless,
        limiting=limiting,
        least_width=max((reader.index + 1 for reader in limiting), default=0),
        currencies=tuple(
            (f.name, tuple(r for r in readers if r.name == f.name), f.currency_in)
            for f in fields
            if f.currency_in
        ),
        keys=KEYS_OF_A_PROFILE if template.dataset.profile else (),
        standing=tuple((f.name, f.stands_for) for f in fields if f.stands_for),
        given=template.given,
        follows=template.dataset.follows,
        entry_days=_entry_days(fields),
    )


def _entry_days(fields: Sequence[Field]) -> tuple[str, ...]:
    """The day that tells an entry from others, and the year that will do; nothing where no day does."""
    distinct = tuple(f.name for f in fields if f.distinguishes and not f.always)
    dated = any(f.distinguishes and f.type is ValueType.DATE for f in fields)
    return distinct if dated else ()


def _adds_up(field: Field) -> bool:
    """Whether several columns of a field say one thing each: codes, and parts of a text."""
    return field.type is ValueType.CODES or field.personal is PersonalData.FREE_TEXT


def _reader(bound: BoundColumn, columns: Sequence[BoundColumn]) -> Reader:
    field = bound.field
    declared = field.columns.index
    before = (
        other.field is field and declared(other.column) < declared(bound.column)
        for other in columns
    )
    return Reader(
        bound.index,
        bound.field.name,
        bound.header,
        parser_for(bound),
        missing_spellings(bound.field),
        bound.column.none,
        second=not _adds_up(field) and any(before),
        adds=_adds_up(field),
    )


def _older(template: Template) -> bool:
    """Whether this generation has no category, and therefore no rule which codes a row must have."""
    categories = template.dataset.get(CATEGORY)
    return categories is not None and not categories.columns_in(template.generation)


_Columns = tuple[tuple[Field, Column], ...]


def _rules(own: _Columns, kind: SubjectKind | None) -> KindRules:
    needs = _needs(own, kind)
    return KindRules(kind, needs, frozenset(needs), _unexpected(own, kind))


def _needs(own: _Columns, kind: SubjectKind | None) -> tuple[str, ...]:
    """Fields that rows of that kind must fill; of an unknown kind only what every kind must."""
    needed: dict[str, None] = {}
    for field, column in own:
        required = column.required or frozenset()
        if required == EVERY_KIND or kind in required:
            needed[field.name] = None
    return tuple(needed)


def _unexpected(own: _Columns, kind: SubjectKind | None) -> frozenset[str]:
    if kind is None:
        return frozenset()
    elsewhere = {
        field.name for field, column in own if column.required and kind not in column.required
    }
    return frozenset(
        field.name for field, _ in own if field.name in elsewhere or field.replaces in elsewhere
    )


def _expectations(
    fields: Sequence[Field],
) -> list[tuple[str, str, frozenset[CodeTable]]]:
    return [
        (codes.name, field.name, frozenset(field.expected_with))
        for field in fields
        for codes in fields
        if field.expected_with
        and codes.table is type(field.expected_with[0])
        and not codes.derived_from
    ]
