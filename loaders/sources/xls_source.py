"""xls (Excel 97 to 2003, and older): every visible sheet, each cell as the text that a person would type.

Formulas are never run: their last computed value counts. `line` of a row is its row number in the sheet.
The library reads a sheet whole; no more than one is kept in memory beside the texts of the workbook.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import xlrd
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError
from xlrd.formula import FormulaError
from xlrd.sheet import Sheet as Table

from loaders.sources.cell_texts import row_texts
from loaders.sources.compound_file import Silence
from loaders.sources.merged_cells import Merge, unmerged
from loaders.sources.rows import Sheet, Source, SourceRow
from loaders.sources.xls_records import damaged, workbook_stream

_WITHOUT_CODEPAGE = 80
"""Before BIFF 8 texts are bytes, in an encoding that a file may not tell."""
_DAMAGE = (
    XLRDError, CompDocError, FormulaError, struct.error, AssertionError, OSError, EOFError,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, MemoryError,
)  # fmt: skip


@contextmanager
def open_xls(path: Path) -> Iterator[Source]:
    """All visible sheets of a workbook. Raises SourceError, also while reading, when it is damaged.

    Also when it is encrypted, too large, or another document of the same container (doc, ppt).
    """
    with _damage_reported(path):
        book = _open(workbook_stream(path))
    try:
        names = [_printable(name) for name in book.sheet_names()]
        # Nowhere else told before a sheet is read.
        hidden = cast("_Visibility", book)._sheet_visibility
        yield Source(
            tuple(
                Sheet(name, partial(_read, path, book, index))
                for index, name in enumerate(names)
                if not hidden[index]
            ),
            tuple(name for index, name in enumerate(names) if hidden[index]),
        )
    finally:
        book.release_resources()


def _printable(name: str) -> str:
    """Not every store keeps control characters, and they could steer a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)


class _Visibility(Protocol):
    """Of each sheet: 0 visible, 1 hidden, 2 very hidden."""

    _sheet_visibility: list[int]


def _open(stream: bytes) -> xlrd.Book:
    book = _open_as(stream, None)
    if book.biff_version < _WITHOUT_CODEPAGE and book.codepage is None:
        book.release_resources()
        return _open_as(stream, "gb18030")
    return book


def _open_as(stream: bytes, encoding: str | None) -> xlrd.Book:
    return xlrd.open_workbook_xls(
        file_contents=stream,
        logfile=Silence(),
        encoding_override=encoding,
        # Without it the library passes over merged cells; it costs 3 % of memory.
        formatting_info=True,
        on_demand=True,
        # Else one cell in the last corner of a sheet makes millions of empty ones.
        ragged_rows=True,
    )


def _read(path: Path, book: xlrd.Book, index: int) -> Iterator[SourceRow]:
    with _damage_reported(path):
        table = _loaded(book, index)
        merges = list(_merges(table))
    rows = _rows(path, table, book.datemode)
    return unmerged(rows, merges) if merges else rows


def _loaded(book: xlrd.Book, index: int) -> Table:
    for other in range(book.nsheets):
        if other != index and book.on_demand and book.sheet_loaded(other):
            book.unload_sheet(other)
    return book.sheet_by_index(index)


def _merges(table: Table) -> Iterator[Merge]:
    for first, behind_last, left, behind_right in table.merged_cells:
        if behind_right - left == 1 and behind_last - first > 1:
            yield Merge(left, first + 1, behind_last)


def _rows(path: Path, table: Table, datemode: int) -> Iterator[SourceRow]:
    epoch = CALENDAR_MAC_1904 if datemode else CALENDAR_WINDOWS_1900
    for index in range(table.nrows):
        with _damage_reported(path, after=index):
            kinds, values = table.row_types(index), table.row_values(index)
            cells = tuple(
                row_texts([_value(*cell, epoch) for cell in zip(kinds, values, strict=True)])
            )
        yield SourceRow(index + 1, cells, trimmed=True)


def _value(kind: int, value: object, epoch: datetime) -> object:
    if kind in {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER}:
        return value
    if kind == xlrd.XL_CELL_DATE:
        try:
            return from_excel(cast("float", value), epoch)
        except (ArithmeticError, ValueError):
            return "#VALUE!"
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cast("int", value), "#VALUE!")
    return None


@contextmanager
def _damage_reported(path: Path, after: int = 0) -> Iterator[None]:
    """Neither errors nor warnings of the library get out: they may quote cells."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _DAMAGE:
        raise damaged(path, after) from None
