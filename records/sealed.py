"""What the sealed part of a record holds: the rows that state its decision, one a template generation.

A decision may come as V1 and as V2.1. Both rows are kept, so that the record is the same in whatever
order they come: the newer generation's values count, what only the older one can say is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson

from records.dataset import Dataset
from records.values import Value, Values, record_from_json


@dataclass(frozen=True, slots=True)
class Copy:
    """One row that states the decision: number of its source, its line there, all its values as JSON."""

    source: int
    line: int
    row: bytes


Copies = Mapping[str, Copy]
"""The rows of one record by template generation."""


def pack(copies: Copies) -> bytes:
    """Copies → the clear text of a sealed part."""
    return orjson.dumps(
        {
            template: {"source": copy.source, "line": copy.line, "row": orjson.Fragment(copy.row)}
            for template, copy in copies.items()
        },
        option=orjson.OPT_SORT_KEYS,
    )


def unpack(clear: bytes) -> dict[str, Copy]:
    """The inverse of :func:`pack`."""
    return {
        template: Copy(copy["source"], copy["line"], orjson.dumps(copy["row"]))
        for template, copy in orjson.loads(clear).items()
    }


def newest(dataset: Dataset, templates: Iterable[str]) -> str:
    """The newest of these generations."""
    return min(templates, key=dataset.templates.index)


def values_of(dataset: Dataset, copies: Copies) -> dict[str, Value]:
    """What a record's rows say together: older generations first, newer values over them."""
    values: dict[str, Value] = {}
    for template in sorted(copies, key=dataset.templates.index, reverse=True):
        row = record_from_json(dataset, orjson.loads(copies[template].row))
        unsaid = _unsaid(dataset, template, row) & values.keys()
        values |= {name: value for name, value in row.items() if name not in unsaid}
    for field in dataset.fields:
        if field.permanent_as and values.get(field.permanent_as):
            values.pop(field.name, None)
    return values


def _unsaid(dataset: Dataset, template: str, row: Values) -> set[str]:
    """Fields whose value in the row is only the default of a generation that has no such column."""
    return {
        field.name
        for field in dataset.fields
        if field.default is not None
        and row.get(field.name) is field.default
        and not field.columns_in(template)
    }
