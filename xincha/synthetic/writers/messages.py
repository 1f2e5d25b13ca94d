"""Rows as systems exchange them: ExchangeMessage (xml), and json whose keys are column codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

import orjson

from xincha.synthetic.rows import Cell
from xincha.synthetic.writers.layout import Layout, RowWriter, as_text

_DATES = "%Y-%m-%d"
_FIRST_LINE = 2
"""Readers count the names of the columns as line 1, as in a table."""
_HEADER = (
    "<Header><sender>county</sender><receiver>city</receiver><cc/><flow>report</flow>"
    "<item>{item}</item><sn>{sn}</sn><securityType>0</securityType><operator/><contacts/></Header>"
)


@contextmanager
def xml_writer(path: Path, layout: Layout) -> Iterator[RowWriter]:
    """One message a row, all in one file; every column is there, also an empty one."""
    tags = [(f"<{code}>", f"</{code}>\n") for code in layout.codes]
    number = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<ExchangeMessages>\n')

        def write(cells: Sequence[Cell]) -> int:
            nonlocal number
            number += 1
            fields = "".join(
                f"{begin}{escape(as_text(cell, _DATES))}{end}"
                for (begin, end), cell in zip(tags, cells, strict=True)
            )
            header = _HEADER.format(item=layout.table, sn=number)
            file.write(
                f"<ExchangeMessage>{header}<Body><fields>\n{fields}</fields></Body></ExchangeMessage>\n"
            )
            return number + _FIRST_LINE - 1

        yield write
        file.write("</ExchangeMessages>\n")


@contextmanager
def json_writer(path: Path, layout: Layout) -> Iterator[RowWriter]:
    """An array of objects, one a line."""
    with path.open("wb") as file:
        file.write(b"[")
        yield _objects(file, layout, before=b"\n", between=b",\n")
        file.write(b"\n]\n")


@contextmanager
def lines_writer(path: Path, layout: Layout) -> Iterator[RowWriter]:
    """One object a line."""
    with path.open("wb") as file:
        yield _objects(file, layout, before=b"", between=b"\n")
        file.write(b"\n")


def _objects(file: BinaryIO, layout: Layout, *, before: bytes, between: bytes) -> RowWriter:
    number = 0

    def write(cells: Sequence[Cell]) -> int:
        nonlocal number
        number += 1
        file.write(before if number == 1 else between)
        row = dict(zip(layout.codes, cells, strict=True))
        file.write(orjson.dumps(row, default=_number))
        return number + _FIRST_LINE - 1

    return write


def _number(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))
