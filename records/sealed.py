"""What the sealed part of a record holds: the rows that state its decision, one a template generation.

A decision may come as V1 and as V2.1. Both rows are kept, so that the record is the same in whatever
order they come: the newer generation's row counts, what only the older one can say is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import orjson

from records.dataset import Dataset
from records.values import Value, Values, record_from_json


@dataclass(frozen=True, slots=True)
class Copy:
    """One row that states the decision: number of its source, its line there, all its values as JSON.

    `warnings`: what is odd about it.
    """

    source: int
    line: int
    row: bytes
    warnings: tuple[str, ...] = ()


Copies = Mapping[str, Copy]
"""The rows of one record by template generation."""


def pack(copies: Copies) -> bytes:
    """Copies → the clear text of a sealed part."""
    return orjson.dumps(
        {
            template: {
                "source": copy.source,
                "line": copy.line,
                "row": orjson.Fragment(copy.row),
                "warnings": copy.warnings,
            }
            for template, copy in copies.items()
        },
        option=orjson.OPT_SORT_KEYS,
    )


def unpack(clear: bytes) -> dict[str, Copy]:
    """The inverse of :func:`pack`."""
    return {
        template: Copy(
            copy["source"], copy["line"], orjson.dumps(copy["row"]), tuple(copy.get("warnings", ()))
        )
        for template, copy in orjson.loads(clear).items()
    }


def newest(dataset: Dataset, templates: Iterable[str]) -> str:
    """The newest of these generations."""
    return min(templates, key=dataset.templates.index)


def values_of(dataset: Dataset, copies: Copies) -> dict[str, Value]:
    """What a record's rows say together.

    The newest generation's row counts, with its empty cells; an older one adds only what the newer ones
    have no column for. Of several stated 公示截止期 the earliest counts: a limit never lengthens.
    """
    values: dict[str, Value] = {}
    newer: set[str] = set()
    limits: list[date] = []
    for template in sorted(copies, key=dataset.templates.index):
        row = record_from_json(dataset, orjson.loads(copies[template].row))
        if isinstance(limit := row.get("public_limit"), date):
            limits.append(limit)
        said = _said(dataset, template, row)
        values |= {name: row[name] for name in said & row.keys() - newer}
        newer |= said
    if limits:
        values["public_limit"] = min(limits)
    for field in dataset.fields:
        if field.default is not None:
            values.setdefault(field.name, field.default)
    return values


def _said(dataset: Dataset, template: str, row: Values) -> set[str]:
    """The fields that a row of this generation speaks of: its columns, filled or not, and what it holds.

    A default in the place of a column that the generation does not have says nothing.
    """
    own = {field.name for field in dataset.fields if field.columns_in(template)}
    foreign = {
        field.name
        for field in dataset.fields
        if field.name in row and row[field.name] is not field.default
    }
    derived = {f.name for f in dataset.fields if f.derived_from in own | foreign}
    return own | foreign | derived
