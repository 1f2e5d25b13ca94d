"""The vocabulary of declarations: a dataset is one class, each field is declared once.

Everything else (loader columns, validation, storage, index, GraphQL type, data dictionary) is derived
from what stands here. A declaration is read, never instantiated: it compiles to a
:class:`records.dataset.Dataset`, and values travel as mappings from field name to value.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, TypeVar

from records.dataset import EVERY_KIND, NOBODY, Column, Dataset, Field, Table, ValueType
from records.errors import DeclarationError
from records.vocabulary import CodeTable, CreditCode, PersonalData, Scope, Search, SubjectKind

if TYPE_CHECKING:
    from records.dataset import Follows
    from records.publicity import PublicityRule

T = TypeVar("T")

YUAN = Decimal(1)
TEN_THOUSAND_YUAN = Decimal(10_000)
"""万元: the unit of the national templates; stored values are always in yuan (元)."""


def at(
    *templates: str,
    code: str,
    header: str = "",
    required: frozenset[SubjectKind] | bool | None = None,
    unit: Decimal | None = None,
    meanings: Mapping[str, CodeTable] | None = None,
    none: bool = False,
    tells: bool = False,
) -> Column:
    """A field's column in the named template generations, where it differs from the rest.

    `none`: the standard has a word for "there is none" (空) that fills a required cell. `tells`: only a
    sheet with this column is recognized as one of these generations.
    """
    needed = (EVERY_KIND if required else NOBODY) if isinstance(required, bool) else required
    return Column(frozenset(templates), code, header, needed, unit, meanings or {}, none, tells)


def column(
    label: str,
    *columns: str | Column,
    also: Iterable[str] = (),
    required: frozenset[SubjectKind] | bool = False,
    personal: PersonalData | None = None,
    scope: Scope = Scope.PUBLIC,
    filter: bool = False,
    filter_as: str = "",
    sort: bool = False,
    facet: bool = False,
    search: Search | None = None,
    default: CodeTable | None = None,
    unit: Decimal = YUAN,
    max_length: int = 0,
    replaces: str = "",
    permanent_as: str = "",
    raw_as: str = "",
    raw_scope: Scope | None = None,
    identifies: bool = False,
    expected_with: Iterable[CodeTable] = (),
    description: str = "",
    shown_as: str = "",
    currency_in: str = "",
    also_holds: str = "",
    facet_as: str = "",
    labels: Mapping[str, str] | None = None,
    always: bool = False,
    stands_for: Iterable[str] = (),
    distinguishes: bool = False,
) -> T:  # type: ignore[type-var]  # T is the annotation that the result is assigned to
    """Declare one field.

    `label`: the official Chinese column name. `columns`: national codes; a plain string is the code in
    every generation, :func:`at` one that differs. `also`: other header texts met in files. `required`:
    for everyone (True) or for the given subject kinds. `replaces`: the field becomes required when the
    named one holds the placeholder for "no code". `unit`: what one unit of a money column is worth in
    yuan. `max_length`: longer texts are accepted with a warning. `permanent_as`: name of a derived flag
    that is true when a date column says 长期. `raw_as`: name of a derived text field with what the row
    wrote in a code-table column; `raw_scope`: its scope, where it is not that of the field. `filter_as`: the field's name in the `where` input, where it differs. `facet`: lists count its values.
    `default`: the code where a generation has no such column or leaves the cell empty. `identifies`: identifies the decision when it has no document number.
    `shown_as`: the field's name in GraphQL, where it is not its own. `currency_in`: name of the text field
    with the currency of this money column, whose cells may state it (100万美元). `also_holds`: name of the
    field whose valid number may stand in this column in its place, as 注册号 in that of the credit code.
    `facet_as`: the field's name among what lists count by, where it is not that of the filter. `labels`:
    Chinese labels of values that no code table has. `always`: every record has a value, so that its type in
    GraphQL is not nullable.
    `stands_for`: names of the
    fields whose valid codes stand in this column, too (身份证号码/组织机构代码); each goes to its own field.
    `distinguishes`: a text that tells records apart beside their number (the list of an entry), or the
    date that does so in place of a number and of the rest of the row.
    `expected_with`: codes of the row with which an empty cell is accepted only with a warning.
    """
    needed = (EVERY_KIND if required else NOBODY) if isinstance(required, bool) else required
    cells = tuple(
        Column(frozenset(), spec, "") if isinstance(spec, str) else spec for spec in columns
    )
    return typing.cast(
        "T",
        Field(
            name="",
            label=label,
            columns=cells,
            also=tuple(also),
            required=needed,
            personal=personal,
            scope=scope,
            filter=filter,
            filter_name=filter_as,
            sort=sort,
            facet=facet,
            search=search,
            default=default,
            unit=unit,
            max_length=max_length,
            replaces=replaces,
            permanent_as=permanent_as,
            raw_as=raw_as,
            raw_scope=raw_scope or scope,
            identifies=identifies,
            expected_with=tuple(expected_with),
            description=description,
            shown_as=shown_as,
            currency_in=currency_in,
            also_holds=also_holds,
            facet_as=facet_as,
            labels=labels or {},
            always=always,
            stands_for=tuple(stands_for),
            distinguishes=distinguishes,
        ),
    )


class Record:
    """Base of every declaration. Subclass it with at least `name`, `label` and `publicity`.

    Fields are class attributes made by :func:`column`; the annotation gives the type: `Text`,
    `CreditCode`, `Decimal` (money, in yuan), `date`, `bool`, a :class:`CodeTable`, or
    `tuple[CodeTable, …]`. These field names have a meaning for every dataset:

    | field | meaning |
    |---|---|
    | subject_name (must exist), subject_category, credit_code, registration_number, organization_code, tax_number | who the record is about |
    | legal_representative, legal_representative_id_number, person_id_number | people of the row |
    | document_number, authority, authority_code, decision_date, status | the decision |
    | usage_scope, public_limit, remark | what limits its publication |
    | former_names, enterprise_type, established_on, approved_on, currency, industry | the subject, in a profile |
    | provider, provider_code | who provided the row |

    Class keywords: `type_name` and `kind` (default: from the class name), `templates` (generations,
    current one first), `prefix`, and `orders`: column codes in
    the official order, for generations whose order is not that of declaration. `stated`: by generation
    what its rows say without a column. `kinds_of`: the field of a code table by which records of one
    dataset are of several kinds: color RED is the kind RED_<kind>. `follows`: what else a row says. `profile`: records describe a subject.

    A class without `name` is an abstract block of fields shared by others; `{p}` in its column codes is
    replaced by the `prefix` of the dataset.
    """

    dataset: ClassVar[Dataset]

    def __init_subclass__(
        cls,
        *,
        name: str = "",
        label: str = "",
        publicity: PublicityRule | None = None,
        type_name: str = "",
        kind: str = "",
        templates: Iterable[str] = ("1",),
        prefix: str = "",
        orders: Mapping[str, str] | None = None,
        stated: Mapping[str, Mapping[str, CodeTable | str]] | None = None,
        kinds_of: str = "",
        profile: bool = False,
        follows: Follows | None = None,
    ) -> None:
        super().__init_subclass__()
        if not name:
            return
        if not label or publicity is None:
            raise DeclarationError(
                f"{cls.__name__}: a dataset needs `label` and `publicity`",
                "add label=…, publicity=… to the class line; see CONTRIBUTING.md",
            )
        generations = tuple(templates)
        singular = type_name or cls.__name__
        fields = tuple(_collect(cls, generations, prefix))
        cls.dataset = Dataset(
            name=name,
            type_name=singular,
            label=label,
            kinds={}
            if profile
            else _kinds(kind or _upper_snake(singular), label, fields, kinds_of),
            description=(cls.__doc__ or label).strip(),
            templates=generations,
            fields=fields,
            publicity=publicity,
            orders={name: tuple(codes.split()) for name, codes in (orders or {}).items()},
            kind_field=kinds_of,
            stated=stated or {},
            profile=profile,
            follows=follows,
        )
        if cls.dataset.get("subject_name") is None:
            raise DeclarationError(
                f"{name}: no field `subject_name`", "declare who the record is about"
            )


def _kinds(kind: str, label: str, fields: Iterable[Field], kinds_of: str) -> dict[str, str]:
    """The kinds of a dataset's records with their labels."""
    if not kinds_of:
        return {kind: label}
    table = next((f.table for f in fields if f.name == kinds_of), None)
    if table is None:
        raise DeclarationError(
            f"kinds_of: no field {kinds_of} with a code table", "name a field of the declaration"
        )
    return {f"{code.name}_{kind}": f"{label}：{code.label}" for code in table}


def _upper_snake(name: str) -> str:
    return "".join("_" + c if c.isupper() else c.upper() for c in name).lstrip("_")


def _collect(cls: type, templates: tuple[str, ...], prefix: str) -> Iterator[Field]:
    """All fields of a declaration, inherited blocks first, completed with type and columns.

    A field declared again replaces the inherited one in its place.
    """
    try:
        hints = typing.get_type_hints(cls)
    except NameError as error:
        raise DeclarationError(
            f"{cls.__name__}: the type {error.name!r} of a field cannot be found",
            "define code tables at module level",
        ) from None
    declared: dict[str, Field] = {}
    for base in reversed(cls.__mro__):
        declared |= {name: f for name, f in vars(base).items() if isinstance(f, Field)}
    for name, field in declared.items():
        yield from _complete(field, name, hints.get(name, str), templates, prefix)


def _complete(
    declared: Field, name: str, hint: object, templates: tuple[str, ...], prefix: str
) -> Iterator[Field]:
    """The field itself, then the fields derived from it (raw text of a code, 长期 flag)."""
    value_type, table = _value_type(name, hint)
    own = tuple(
        replace(
            c,
            templates=c.templates or frozenset(templates),
            code=c.code.replace("{p}", prefix),
            header=c.header or declared.label,
            required=declared.required if c.required is None else c.required,
            unit=c.unit or declared.unit,
        )
        for c in declared.columns
    )
    if value_type is ValueType.FLAG and declared.filter:
        raise DeclarationError(
            f"field {name}: a flag cannot be filtered", "declare a CodeTable of two members instead"
        )
    also = tuple(text.replace("{p}", prefix) for text in declared.also)
    yield replace(
        declared,
        name=name,
        columns=own,
        also=also,
        type=value_type,
        table=table,
        filter_name=declared.filter_name or name,
    )
    derived = replace(
        declared, columns=(), also=(), required=NOBODY, filter=False, filter_name="", sort=False,
        facet=False, search=None, default=None, permanent_as="", raw_as="", identifies=False, expected_with=(), shown_as="", currency_in="",
        also_holds="", derived_from=name,
        facet_as="", labels={}, always=False, stands_for=(), distinguishes=False,
    )  # fmt: skip
    if declared.raw_as:
        yield replace(
            derived,
            name=declared.raw_as,
            label=f"{declared.label}（原文）",
            scope=declared.raw_scope,
            personal=PersonalData.FREE_TEXT,
        )
    if declared.permanent_as:
        yield replace(
            derived,
            name=declared.permanent_as,
            label=f"{declared.label}：长期",
            type=ValueType.FLAG,
        )


def _value_type(name: str, hint: object) -> tuple[ValueType, Table | None]:
    simple: dict[object, ValueType] = {
        str: ValueType.TEXT,
        CreditCode: ValueType.CREDIT_CODE,
        Decimal: ValueType.MONEY,
        date: ValueType.DATE,
        bool: ValueType.FLAG,
    }
    if hint in simple:
        return simple[hint], None
    if isinstance(hint, type) and issubclass(hint, CodeTable):
        return ValueType.CODE, hint
    element = next(iter(typing.get_args(hint)), None)
    if isinstance(element, type) and issubclass(element, CodeTable):
        return ValueType.CODES, element
    raise DeclarationError(
        f"field {name}: type {hint!r} is not known",
        "use Text, CreditCode, Decimal, date, bool, a CodeTable or tuple[CodeTable, ...]",
    )
