"""Official files, written row by row, as tables for people and as messages between systems.

The same rows give the same bytes: nothing written carries the time of its making.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from xincha.synthetic.writers.databases import sqlite_writer
from xincha.synthetic.writers.layout import Layout, RowWriter
from xincha.synthetic.writers.messages import json_writer, lines_writer, xml_writer
from xincha.synthetic.writers.tables import csv_writer
from xincha.synthetic.writers.workbooks import xls_writer, xlsx_writer

__all__ = [
    "ENDINGS", "FORMATS", "ROWS_PER_FILE", "SPELLS_ISO_DATES", "Encoding", "Format", "Layout",
    "RowWriter", "table_writer",
]  # fmt: skip

Format = Literal["xlsx", "xls", "csv", "xml", "json", "jsonl", "sql"]
Encoding = Literal["utf-8", "gb18030"]

FORMATS: tuple[Format, ...] = ("xlsx", "xls", "csv", "xml", "json", "jsonl", "sql")
ENDINGS: Mapping[Format, str] = {**{format: format for format in FORMATS}, "sql": "sqlite"}
SPELLS_ISO_DATES: frozenset[Format] = frozenset({"xml", "sql"})
"""Formats whose dates are all YYYY-MM-DD: messages by agreement, databases by nature."""

_MOST_ROWS = 500_000
ROWS_PER_FILE: Mapping[Format, int] = {**dict.fromkeys(FORMATS, _MOST_ROWS), "xls": 65_000}
"""A worksheet ends at 1,048,576 rows, one of xls at 65,536; more rows go on in the next file."""

_WRITERS: Mapping[Format, Callable[[Path, Layout], AbstractContextManager[RowWriter]]] = {
    "xlsx": xlsx_writer,
    "xls": xls_writer,
    "xml": xml_writer,
    "json": json_writer,
    "jsonl": lines_writer,
    "sql": sqlite_writer,
}


def table_writer(
    path: Path, format: Format, encoding: Encoding, layout: Layout
) -> AbstractContextManager[RowWriter]:
    """Open a file of that format with its head written; the end is written when the block ends well.

    `encoding` is that of csv; the other formats have their own.
    """
    if format == "csv":
        return csv_writer(path, layout, encoding)
    return _WRITERS[format](path, layout)
