"""Official files, written row by row: csv, and xlsx with a title above and a note below the table.

The same rows give the same bytes: an xlsx carries no time of its making.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from xincha.synthetic.rows import Cell

Format = Literal["xlsx", "csv"]


RowWriter = Callable[[Sequence[Cell]], int]
"""Takes the cells of one row; returns its line as a person sees it, 1-based."""


@contextmanager
def table_writer(
    path: Path, format: Format, title: str, headers: Sequence[str]
) -> Iterator[RowWriter]:
    """Open a file of that format with its head written; the end is written when the block ends well."""
    opened = _csv_writer(path, headers) if format == "csv" else _xlsx_writer(path, title, headers)
    with opened as write:
        yield write


@contextmanager
def _csv_writer(path: Path, headers: Sequence[str]) -> Iterator[RowWriter]:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(headers)
        line = 1

        def write(cells: Sequence[Cell]) -> int:
            nonlocal line
            line += 1
            table.writerow([_as_text(cell) for cell in cells])
            return line

        yield write


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return f"{cell:.5E}"  # how a spreadsheet exports a long code that it took for a number
    return f"{cell:%Y/%m/%d}" if isinstance(cell, date) else format(cell, "f")


_FOOT = "表格说明：1.本表由数据来源单位填报；2.日期格式为YYYY/MM/DD，长期有效的填写2099/12/31；3.金额单位为万元。"


@contextmanager
def _xlsx_writer(path: Path, title: str, headers: Sequence[str]) -> Iterator[RowWriter]:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.append([title])
    sheet.append(headers)
    line = 2

    def write(cells: Sequence[Cell]) -> int:
        nonlocal line
        line += 1
        sheet.append([None if cell == "" else cell for cell in cells])
        return line

    yield write
    sheet.append([_FOOT])
    with _TimelessZip(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        ExcelWriter(workbook, archive).save()


_EPOCH = datetime(2020, 1, 1)  # noqa: DTZ001  # Office properties carry no zone
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


class _TimelessZip(zipfile.ZipFile):
    """A zip archive whose members all carry the same date, and whose document properties do too."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: str | bytes,  # type: ignore[override]  # the writer gives no other buffers
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = getattr(zinfo_or_arcname, "filename", zinfo_or_arcname)
        if name == ARC_CORE:
            properties = DocumentProperties(creator="xincha", created=_EPOCH, modified=_EPOCH)
            data = tostring(properties.to_tree())
        super().writestr(self._member(str(name)), data, compress_type, compresslevel)

    def write(
        self,
        filename: str | Path,  # type: ignore[override]
        arcname: str | Path | None = None,  # type: ignore[override]
        compress_type: int | None = None,  # noqa: ARG002  # one compression for all members
        compresslevel: int | None = None,  # noqa: ARG002
    ) -> None:
        member = self._member(str(arcname or filename))
        member.file_size = (
            Path(filename).stat().st_size
        )  # lets zipfile choose ZIP64 for large sheets
        with Path(filename).open("rb") as source, self.open(member, "w") as target:
            while block := source.read(1 << 20):
                target.write(block)

    def _member(self, name: str) -> zipfile.ZipInfo:
        member = zipfile.ZipInfo(name, _ZIP_EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        return member
