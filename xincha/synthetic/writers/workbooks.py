"""Workbooks, xlsx and xls, with a title above and a note below the table.

An xlsx carries no time of its making.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import xlwt
from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from xincha.synthetic.rows import Cell
from xincha.synthetic.writers.layout import Layout, RowWriter

_FOOT = "表格说明：1.本表由数据来源单位填报；2.日期格式为YYYY/MM/DD，长期有效的填写2099/12/31；3.金额单位为万元。"


@contextmanager
def xlsx_writer(path: Path, layout: Layout) -> Iterator[RowWriter]:
    """An xlsx of one sheet, streamed."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(layout.title)
    sheet.append([layout.title])
    sheet.append(layout.headers)
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


_FLUSHED_EVERY = 1000


@contextmanager
def xls_writer(path: Path, layout: Layout) -> Iterator[RowWriter]:
    """An xls (BIFF8) of one sheet; it has room for 65,536 rows."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet(layout.title)
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    sheet.write(0, 0, layout.title)
    for column, header in enumerate(layout.headers):
        sheet.write(1, column, header)
    line = 2

    def write(cells: Sequence[Cell]) -> int:
        nonlocal line
        row = sheet.row(line)
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                row.write(column, cell, day)
            elif cell != "":
                row.write(column, cell)
        line += 1
        if line % _FLUSHED_EVERY == 0:
            sheet.flush_row_data()
        return line

    yield write
    sheet.write(line, 0, _FOOT)
    workbook.save(str(path))
    if sheet.row_tempfile:  # flushed rows wait there; the library leaves it open
        sheet.row_tempfile.close()


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
