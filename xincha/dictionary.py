"""数据字典 / the data dictionary: every dataset and field as declared, printed as Markdown.

`python -m xincha.dictionary FILE` writes the tree's copy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from records.dataset import Dataset, Field, ValueType
from records.datasets import declared_datasets
from records.vocabulary import CodeTable, Scope, Search, SubjectKind

_HEAD = """\
# 数据字典 / Data dictionary

<!-- Printed from the declarations in records/datasets by `make docs`. Do not edit. -->

Columns of the tables below:

- **field** is the name in GraphQL; sealed fields have no GraphQL field, the name is the one in
  `service.datasets.fields` and `maskedFields`.
- **codes** are the national column codes of all template generations, newest first.
- **required** is what the current generation asks for: 法 legal entities, 个 individual businesses,
  自 natural persons.
- **personal** is the class of personal data the field may hold, and so its one mask; see
  [security.md](security.md).
- **use** says what the field can do: `filter`, `order`, `facet`, `search` (text), `code` (numbers); a date
  with `order` has a timeline, except in a profile of a subject; `sealed` fields are never shown, filtered or
  searched, `source` fields stand under `source { … }`, `subject` fields are part of the subject.
"""

_TYPES = {
    ValueType.TEXT: "String",
    ValueType.CREDIT_CODE: "CreditCode",
    ValueType.MONEY: "Decimal, 元",
    ValueType.DATE: "Date",
    ValueType.FLAG: "Boolean",
}
_KINDS = {
    SubjectKind.LEGAL_ENTITY: "法",
    SubjectKind.INDIVIDUAL_BUSINESS: "个",
    SubjectKind.NATURAL_PERSON: "自",
}
_TABLE_HEAD = (
    "| field | 中文 | codes | type | required | personal | use |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def render_dictionary(datasets: Sequence[Dataset]) -> str:
    """The dictionary of these datasets as one Markdown page, in order of declaration."""
    parts = [_HEAD, *(_section(dataset) for dataset in datasets), _code_tables(datasets)]
    return "\n".join(parts)


def _section(dataset: Dataset) -> str:
    generations = ", ".join(dataset.templates)
    lines = [
        f"## {dataset.label} / `{dataset.api_name}`\n",
        f"{dataset.description}\n",
        f"GraphQL type `{dataset.type_name}`. Template generations: {generations}.\n",
        _TABLE_HEAD,
        *(_row(field, dataset.templates[0]) for field in dataset.fields),
        "",
    ]
    return "\n".join(lines)


def _row(field: Field, template: str) -> str:
    cells = (
        f"`{field.api_name}`",
        field.label,
        " ".join(f"`{code}`" for code in field.codes),
        _type_of(field),
        _required(field, template),
        field.personal.value if field.personal else "",
        ", ".join(_uses(field)),
    )
    return f"| {' | '.join(cells)} |"


def _type_of(field: Field) -> str:
    if field.currency_in:
        return f"Decimal, in `{field.currency_in}`"
    if field.table is None:
        return _TYPES[field.type]
    name = field.table.__name__
    return f"[{name}](#{name.lower()})" + (", list" if field.type is ValueType.CODES else "")


def _required(field: Field, template: str) -> str:
    needed = {kind for column in field.columns_in(template) for kind in column.required or ()}
    return "".join(sign for kind, sign in _KINDS.items() if kind in needed)


def _uses(field: Field) -> Iterator[str]:
    if field.scope is Scope.SEALED:
        yield "sealed"
    if field.scope is Scope.PROVENANCE:
        yield "source"
    if field.scope is Scope.SUBJECT:
        yield "subject"
    if field.filter:
        yield "filter" if field.filter_name == field.name else f"filter as `{field.filter_name}`"
    if field.sort:
        yield "order"
    if field.facet:
        yield "facet"
    if field.search:
        yield "code" if field.search is Search.CODE else "search"


def _code_tables(datasets: Sequence[Dataset]) -> str:
    tables = {f.table.__name__: f.table for d in datasets for f in d.fields if f.table is not None}
    parts = ["## 代码表 / Code tables\n", "`OTHER` receives every spelling that is not listed.\n"]
    return "\n".join([*parts, *(_code_table(table) for _, table in sorted(tables.items()))])


def _code_table(table: type[CodeTable]) -> str:
    rows = (f"| `{code.name}` | {code.label} | {'、'.join(code.spellings[1:])} |" for code in table)
    head = "| value | 中文 | also written |\n| --- | --- | --- |"
    return "\n".join((f"### {table.__name__}\n", head, *rows, ""))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render_dictionary(declared_datasets()), encoding="utf-8")
