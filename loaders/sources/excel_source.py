"""xlsx: every visible sheet, streaming, each cell as the text that a person would type for it.

Formulas are never run: their last computed value counts. `line` of a row is its row number in the sheet.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol, cast

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from loaders.headers import quotable
from loaders.sources.cell_texts import row_texts
from loaders.sources.merged_cells import unmerged
from loaders.sources.rows import Sheet, Source, SourceRow
from loaders.sources.workbook_parts import SheetPart, look_through
from records.errors import SourceError

_CHUNK = 256
LINES_LIMIT = 1 << 20
"""Rows of a sheet (ISO/IEC 29500 implementations)."""
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, InvalidFileException, OSError, EOFError, LookupError,
    ValueError, TypeError, AttributeError, ArithmeticError, SyntaxError, RuntimeError,
)  # fmt: skip


@contextmanager
def open_excel(path: Path) -> Iterator[Source]:
    """All visible sheets of a workbook. Raises SourceError, also while reading, when it is damaged."""
    with path.open("rb") as file:
        with _damage_reported(path):
            parts = look_through(path)
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets, hidden, notes = [], [], []
        for table in _tables(workbook):
            if table.sheet_state != "visible":
                hidden.append(table.title)
                continue
            table.reset_dimensions()
            part = parts.get(table._worksheet_path, SheetPart())  # nowhere else told
            read = partial(_read, path, table, part)
            sheets.append(Sheet(table.title, read, uncomputed=max(part.without_value, part.untrue)))
            if part.without_value:
                notes.append(f"{_NO_VALUES}: {quotable(table.title)} {part.without_value}")
        try:
            yield Source(tuple(sheets), tuple(hidden), tuple(notes))
        finally:
            workbook.close()


_NO_VALUES = (
    "公式没有计算结果，按空单元格读取；请在电子表格软件中打开后保存"
    " / formulas without a computed value, read as empty cells; open and save it in a spreadsheet program"
)


class _Table(Protocol):
    """A sheet as the library reads it, streaming."""

    title: str
    sheet_state: str
    _worksheet_path: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> Iterator[Sequence[object]]: ...


def _tables(workbook: Workbook) -> Sequence[_Table]:
    """Sheets with cells; the library's types do not know that they are read-only ones."""
    return cast("Sequence[_Table]", workbook.worksheets)


def _read(path: Path, table: _Table, part: SheetPart) -> Iterator[SourceRow]:
    rows = _rows(path, table)
    return unmerged(rows, part.merges) if part.merges else rows


def _rows(path: Path, table: _Table) -> Iterator[SourceRow]:
    rows = table.iter_rows(values_only=True)
    line = 0
    while True:
        with _damage_reported(path, after=line):
            chunk = [_texts(row) for row in islice(rows, _CHUNK)]
        if not chunk:
            return
        if line > LINES_LIMIT:
            raise SourceError(
                f"{path.name}：行号超过 {LINES_LIMIT} / a row number beyond {LINES_LIMIT}",
                "请在电子表格软件中打开后重新另存为 xlsx"
                " / open it in a spreadsheet program and save it again as xlsx",
            )
        for cells in chunk:
            line += 1
            yield SourceRow(line, cells, trimmed=True)


@contextmanager
def _damage_reported(path: Path, after: int = 0) -> Iterator[None]:
    """Neither errors nor warnings of the library get out: they may quote cells."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _DAMAGE:
        where = f"第 {after} 行之后 / after row {after}" if after else "工作簿 / the workbook"
        raise SourceError(
            f"{path.name}：xlsx 文件已损坏（{where}） / the xlsx file is damaged",
            "请在电子表格软件中打开后重新另存为 xlsx"
            " / open it in a spreadsheet program and save it again as xlsx",
        ) from None


def _texts(row: Sequence[object]) -> tuple[str, ...]:
    cells = row_texts(row)
    if any("_x00" in cell for cell in cells):
        cells = [_ESCAPED_BREAK.sub("\n", cell) for cell in cells]
    return tuple(cells)


_ESCAPED_BREAK = re.compile(r"_x000[dD]_\n?|_x000[aA]_")
"""How workbooks write line breaks that XML would lose."""
