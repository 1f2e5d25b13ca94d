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
from loaders.sources.merged_cells import Merge, unmerged
from loaders.sources.rows import Sheet, Source, SourceRow
from loaders.sources.workbook_parts import MERGES_LIMIT, SHEETS_LIMIT
from records.errors import SourceError

FILE_LIMIT = 512 << 20
"""Bytes of a file; 65,536 rows of long texts have a third of it."""
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_BARE = tuple(bytes.fromhex(start) for start in ("09000400", "09020600", "09040600", "0908"))
"""Old programs, and scripts to this day, write the stream of the workbook without a container."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which an encrypted xlsx lies."""
_WITHOUT_CODEPAGE = 80
"""Before BIFF 8 texts are bytes, in an encoding that a file may not tell."""
_DAMAGE = (
    XLRDError, CompDocError, FormulaError, struct.error, AssertionError, OSError, EOFError,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, MemoryError,
)  # fmt: skip
_SAVE_AGAIN = (
    "请在电子表格软件中打开后另存为 xlsx / open it in a spreadsheet program and save it as xlsx"
)


def is_xls(head: bytes) -> bool:
    """Whether a file that begins so is a workbook of the old kind, or an encrypted one of any kind."""
    return head.startswith(_COMPOUND) or (head.startswith(_BARE) and b"\0" in head[:8])


@contextmanager
def open_xls(path: Path) -> Iterator[Source]:
    """All visible sheets of a workbook. Raises SourceError, also while reading, when it is damaged.

    Also when it is encrypted, too large, or another document of the same container (doc, ppt).
    """
    if path.stat().st_size > FILE_LIMIT:
        raise _refused(
            path, f"文件超过 {FILE_LIMIT} 字节", f"a file of more than {FILE_LIMIT} bytes"
        )
    with _damage_reported(path):
        book = _open(path)
    try:
        names = book.sheet_names()
        if len(names) > SHEETS_LIMIT:
            raise _refused(
                path, f"超过 {SHEETS_LIMIT} 个工作表", f"more than {SHEETS_LIMIT} sheets"
            )
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


class _Visibility(Protocol):
    """Of each sheet: 0 visible, 1 hidden, 2 very hidden."""

    _sheet_visibility: list[int]


class _Silence:
    """Takes the library's diagnostics, which quote cells."""

    def write(self, text: str) -> None:
        """Nothing is kept."""


def _open(path: Path) -> xlrd.Book:
    book = _open_as(path, None)
    if book.biff_version < _WITHOUT_CODEPAGE and book.codepage is None:
        book.release_resources()
        return _open_as(path, "gb18030")
    return book


def _open_as(path: Path, encoding: str | None) -> xlrd.Book:
    return xlrd.open_workbook(
        str(path),
        logfile=_Silence(),
        # A mapped file that another program cuts short ends the process.
        use_mmap=False,
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
        merges = list(_merges(path, table))
    rows = _rows(path, table, book.datemode)
    return unmerged(rows, merges) if merges else rows


def _loaded(book: xlrd.Book, index: int) -> Table:
    for other in range(book.nsheets):
        if other != index and book.on_demand and book.sheet_loaded(other):
            book.unload_sheet(other)
    return book.sheet_by_index(index)


def _merges(path: Path, table: Table) -> Iterator[Merge]:
    if len(table.merged_cells) > MERGES_LIMIT:
        raise _refused(
            path, f"超过 {MERGES_LIMIT} 个合并单元格", f"more than {MERGES_LIMIT} merged cells"
        )
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
        yield SourceRow(index + 1, cells)


def _value(kind: int, value: object, epoch: datetime) -> object:
    if kind in {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER}:
        return value
    if kind == xlrd.XL_CELL_DATE:
        try:
            return from_excel(cast("float", value), epoch)
        except ArithmeticError:
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
    except _DAMAGE as error:
        raise _reason(path, str(error), after) from None


def _reason(path: Path, told: str, after: int) -> SourceError:
    if "encrypted" in told or _contains(path, _ENCRYPTED):
        return SourceError(
            f"{path.name}：这是加密的 Excel 文件 / this is an encrypted Excel file",
            "去掉密码后另存 / save it without a password",
        )
    if "find workbook" in told:
        return _refused(
            path,
            "这是旧版 Office 文件，但不是工作簿（如 Word doc）",
            "an old Office file that is no workbook, Word (doc) for example",
        )
    where = f"第 {after} 行之后 / after row {after}" if after else "工作簿 / the workbook"
    return _refused(path, f"xls 文件已损坏（{where}）", "the xls file is damaged")


def _contains(path: Path, needle: bytes) -> bool:
    kept = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if needle in kept + block:
                return True
            kept = block[-len(needle) :]
    return False


def _refused(path: Path, chinese: str, english: str) -> SourceError:
    return SourceError(f"{path.name}：{chinese} / {english}", _SAVE_AGAIN)
