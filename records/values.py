"""Values of a record and their JSON form, by declared type.

In memory a record is `Mapping[field name, Value]`. In JSON (public view and sealed part): text and
credit codes as strings, money as a decimal string in yuan, dates as ISO 8601, codes by member name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from records.dataset import Dataset, Field, ValueType
from records.vocabulary import CodeTable

Value = str | Decimal | date | bool | CodeTable | tuple[CodeTable, ...] | None
Values = Mapping[str, Value]
JsonValue = str | bool | list[str] | None


def to_json(value: Value) -> JsonValue:
    """One value as JSON; None stays None, an empty code list becomes []."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [code.name for code in value]
    if isinstance(value, CodeTable):
        return value.name
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def from_json(field: Field, value: JsonValue) -> Value:
    """The inverse of :func:`to_json`. Raises ValueError for what `to_json` never writes."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return tuple(_member(field, name) for name in value)
    match field.type:
        case ValueType.MONEY:
            return Decimal(value)
        case ValueType.DATE:
            return date.fromisoformat(value)
        case ValueType.CODE:
            return _member(field, value)
        case _:
            return value


def _member(field: Field, name: str) -> CodeTable:
    if field.table is None:
        raise ValueError(f"field {field.name} has no code table")
    return field.table[name]


def record_to_json(dataset: Dataset, values: Values) -> dict[str, JsonValue]:
    """All declared fields that have a value."""
    declared = dataset.names
    return {
        name: to_json(value)
        for name, value in values.items()
        if value is not None and name in declared
    }


def record_from_json(dataset: Dataset, raw: Mapping[str, JsonValue]) -> dict[str, Value]:
    """The inverse of :func:`record_to_json`; names the dataset no longer declares are left out."""
    return {f.name: from_json(f, raw[f.name]) for f in dataset.fields if f.name in raw}
