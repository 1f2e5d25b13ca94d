"""Descriptions for what is derived from declarations: Chinese label, then English words."""

from __future__ import annotations

import re

from records.dataset import Dataset, Field, ValueType
from records.vocabulary import Search


def english(name: str) -> str:
    """`fine_amount`, `FineAmount` and `FINE_AMOUNT` → `fine amount`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return spaced.replace("_", " ").strip().lower()


def camel(name: str) -> str:
    """`decision_date` → `decisionDate`."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def snake(name: str) -> str:
    """`ListEntry` → `list_entry`."""
    return english(name).replace(" ", "_")


def first_line(doc: str | None) -> str:
    """The first line of a docstring, empty when there is none."""
    return doc.strip().splitlines()[0] if doc and doc.strip() else ""


def of_dataset(dataset: Dataset) -> str:
    """The object type of a dataset."""
    return f"{dataset.label} / {english(dataset.type_name)}\n\n{dataset.description}"


def of_field(field: Field) -> str:
    """An output field: label, unit, mask, and what the declaration adds."""
    lines = [f"{field.label} / {english(field.shown_as or field.name)}"]
    if field.type is ValueType.MONEY:
        lines.append(_unit(field))
    if field.personal is not None:
        kind = field.personal.value
        lines.append(f"脱敏方式 {kind} / masked as {kind}")
    if field.description:
        lines.append(field.description)
    return "\n\n".join(lines)


def of_filter(field: Field) -> str:
    """A field of a `where` input."""
    line = f"按{field.label}筛选 / filter by {english(field.name)}"
    if field.search is Search.TEXT:
        line += "\n\n不及自然人记录的文字 / never reaches the texts of natural persons' records"
    if field.type is ValueType.MONEY:
        line += f"\n\n{_unit(field)}"
    return line


def _unit(field: Field) -> str:
    """What an amount is counted in."""
    if not field.currency_in:
        return "以元计 / in yuan"
    currency = camel(field.currency_in)
    return f"以 {currency} 的单位计，没有币种时以元计 / in units of {currency}; in yuan without one"
