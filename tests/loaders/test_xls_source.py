"""Workbooks of the old kind: what a person sees in a cell is what is read, as in xlsx."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlrd
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from xlwt.CompoundDoc import XlsDoc

from loaders.sources import SourceRow, open_source, xls_records
from records.errors import SourceError
from tests.loaders.mutations import mutated, outcome

DAY = xlwt.easyxf(num_format_str="yyyy/m/d")
MOMENT = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
CLOCK = xlwt.easyxf(num_format_str="h:mm")
STYLES = {date: DAY, datetime: MOMENT, time: CLOCK}


def sheet_of(book: xlwt.Workbook, name: str, *rows: Sequence[object]) -> xlwt.Worksheet:
    table = book.add_sheet(name)
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                table.write(line, column, cell, STYLES.get(type(cell), xlwt.Style.default_style))
    return table


def content_of(book: xlwt.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written(tmp_path: Path, content: bytes | xlwt.Workbook, name: str = "报送.xls") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content_of(content))
    return path


def saved(tmp_path: Path, *rows: Sequence[object]) -> Path:
    book = xlwt.Workbook()
    sheet_of(book, "处罚", *rows)
    return written(tmp_path, book)


def rows_of(path: Path) -> list[SourceRow]:
    with open_source(path) as source:
        rows = list(source.sheets[0].rows())
        assert rows == list(source.sheets[0].rows())
    return rows


def cell(tmp_path: Path, value: object) -> str:
    return rows_of(saved(tmp_path, [value, "x"]))[0].cells[0]


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        rows_of(path)
    return caught.value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("伊川县青禾食品有限公司", "伊川县青禾食品有限公司"),
        (" 甲\n乙 ", " 甲\n乙 "),
        ("𠀀甲", "𠀀甲"),
        ("许可" * 16_000, "许可" * 16_000),
        ("000123", "000123"),
        (date(2026, 3, 1), "2026/03/01"),
        (datetime(2026, 3, 1, 9, 30), "2026/03/01 09:30:00"),  # noqa: DTZ001  # cells carry no zone
        (time(9, 30), "09:30:00"),
        (date(2099, 12, 31), "2099/12/31"),
        (20260301, "20260301"),
        (0.2, "0.2"),
        (0.1 + 0.2, "0.3"),
        (2000.0, "2000"),
        (0.00001, "0.00001"),
        (-5, "-5"),
        (123456789012345, "123456789012345"),
        (410329198601010012, "4.1032919860101E+17"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("#N/A", "#N/A"),
        (None, ""),
    ],
)
def test_cells_are_read_as_a_person_types_them(tmp_path: Path, value: object, text: str) -> None:
    assert cell(tmp_path, value) == text


@pytest.mark.parametrize(
    "format", ['yyyy"年"m"月"d"日"', "[$-804]yyyy-m-d;@", "yyyymmdd", "d-mmm-yy"]
)
def test_dates_in_any_format(tmp_path: Path, format: str) -> None:
    book = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str=format)
    book.add_sheet("x").write(0, 0, date(2026, 3, 1), style)
    assert rows_of(written(tmp_path, book))[0].cells == ("2026/03/01",)


@pytest.mark.parametrize(
    "format", ["G/通用格式", '0.00"万元"', "#,##0.00_);[Red](#,##0.00)", "000000"]
)
def test_numbers_in_any_format(tmp_path: Path, format: str) -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").write(0, 0, 1234.5, xlwt.easyxf(num_format_str=format))
    assert rows_of(written(tmp_path, book))[0].cells == ("1234.5",)


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = 1
    book.add_sheet("x").write(0, 0, 44_620, DAY)
    assert rows_of(written(tmp_path, book))[0].cells == ("2026/03/01",)


def test_a_number_that_is_no_day_is_an_error_cell(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").write(0, 0, 1e12, DAY)
    assert rows_of(written(tmp_path, book))[0].cells == ("#VALUE!",)


@pytest.mark.parametrize(
    ("code", "error"),
    [(0x17, "#REF!"), (0x2A, "#N/A"), (0x07, "#DIV/0!"), (0x1D, "#NAME?"), (0x0F, "#VALUE!")],
)
def test_errors_of_formulas_are_text(tmp_path: Path, code: int, error: str) -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").row(0).set_cell_error(0, code)
    assert rows_of(written(tmp_path, book))[0].cells == (error,)


def test_a_formula_gives_its_last_value(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").write(0, 0, xlwt.Formula("1+1"))
    empty_text, three = b"\3\0\0\0\0\0\xff\xff", struct.pack("<d", 3)
    content = content_of(book).replace(empty_text, three)
    assert rows_of(written(tmp_path, content))[0].cells == ("3",)


def test_blank_rows_keep_the_row_numbers(tmp_path: Path) -> None:
    rows = rows_of(saved(tmp_path, ["名称"], [], [], [None, "甲", None, ""]))
    assert [row.line for row in rows] == [1, 2, 3, 4]
    assert [row.cells for row in rows[1:]] == [(), (), ("", "甲")]


def test_a_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").write(65_535, 255, "甲")
    rows = rows_of(written(tmp_path, book))
    assert len(rows) == 65_536
    assert rows[-1].cells == ("",) * 255 + ("甲",)
    assert not any(row.cells for row in rows[:-1])


def test_merges_of_one_column_count_for_every_row(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    table = sheet_of(book, "x", ["名称", "内容", "x"], [None, "1"], [None, "2"], [None, "3"])
    table.write_merge(1, 2, 0, 0, "甲")
    table.write_merge(4, 5, 0, 1, "跨列")
    rows = [row.cells for row in rows_of(written(tmp_path, book))]
    assert rows[1:] == [("甲", "1"), ("甲", "2"), ("", "3"), ("跨列",), ()]


def test_all_visible_sheets_by_name(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for visibility, name in enumerate(["许可", "旧表", "字典"]):
        sheet_of(book, name, [name]).visibility = visibility
    sheet_of(book, "处罚", ["x"])
    with open_source(written(tmp_path, book)) as source:
        assert [sheet.name for sheet in source.sheets] == ["许可", "处罚"]
        assert source.hidden == ("旧表", "字典")
        first, second = ([row.cells for row in sheet.rows()] for sheet in source.sheets)
    assert (first, second) == ([("许可",)], [("x",)])


def test_sheets_may_be_read_at_the_same_time(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet_of(book, "a", ["1"], ["2"])
    sheet_of(book, "b", ["3"], ["4"])
    with open_source(written(tmp_path, book)) as source:
        pairs = zip(*(sheet.rows() for sheet in source.sheets), strict=True)
        assert [(a.cells[0], b.cells[0]) for a, b in pairs] == [("1", "3"), ("2", "4")]


def test_only_one_sheet_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = xlwt.Workbook()
    for name in "abc":
        sheet_of(book, name, [name])
    unloaded: list[int | str] = []
    unload = xlrd.Book.unload_sheet

    def watched(self: xlrd.Book, index: int | str) -> None:
        unloaded.append(index)
        unload(self, index)

    monkeypatch.setattr(xlrd.Book, "unload_sheet", watched)
    with open_source(written(tmp_path, book)) as source:
        for sheet in source.sheets:
            list(sheet.rows())
    assert unloaded == [0, 1]


def test_content_decides_what_a_file_is(tmp_path: Path) -> None:
    assert rows_of(saved(tmp_path, ["名称"]).rename(tmp_path / "x.csv"))[0].cells == ("名称",)
    path = written(tmp_path, "名称,x\n甲,1\n".encode("gb18030"))
    assert rows_of(path)[1].cells == ("甲", "1")


def bare(*cells: str) -> bytes:
    """What scripts write: the beginning, labels in GBK, the end."""
    data = struct.pack("<6H", 0x809, 8, 0, 0x10, 0, 0)
    for column, text in enumerate(cells):
        raw = text.encode("gbk")
        data += struct.pack("<6H", 0x204, 8 + len(raw), 0, column, 0, len(raw)) + raw
    return data + struct.pack("<2H", 0x0A, 0)


def test_a_stream_without_container_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, bare("名称", "甲"))
    assert rows_of(path)[0].cells == ("名称", "甲")


SECRET = "410329198601010012"


def without_stream(name: str) -> bytes:
    content = saved_small()
    return content.replace("Workbook".encode("utf-16-le"), name.encode("utf-16-le"))


def saved_small() -> bytes:
    book = xlwt.Workbook()
    table = sheet_of(book, "处罚", ["名称", "日期", "金额"], [SECRET, date(2026, 3, 1), 0.2])
    table.write_merge(2, 3, 0, 0, "段小满")
    sheet_of(book, "旧表", [True, "乙"]).visibility = 1
    return content_of(book)


def encrypted() -> bytes:
    """The record that says that what follows is encrypted (FILEPASS, 0x2F)."""
    book = xlwt.Workbook()
    sheet_of(book, "处罚", [SECRET])
    data = book.get_biff_data()
    start = 4 + struct.unpack_from("<H", data, 2)[0]
    password = struct.pack("<5H", 0x2F, 6, 0, 0x1234, 0x5678)
    buffer = io.BytesIO()
    XlsDoc().save(buffer, data[:start] + password + data[start:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (encrypted, "加密"),
        (lambda: without_stream("Encrypte") + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (lambda: without_stream("WordDocs"), "不是工作簿"),
        (lambda: saved_small()[:3000], "损坏"),
        (lambda: saved_small()[:600], "损坏"),
        (lambda: saved_small()[:8], "损坏"),
        (lambda: bare("甲")[:10], "损坏"),
        (lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="u">',
         "Excel XML 2003"),
        (lambda: b"<html xmlns:x='u'><head></head>", "HTML"),
        (lambda: b"<table border=1>\n<tr><td>1</td></tr></table>", "HTML"),
        (lambda: b'MIME-Version: 1.0\nContent-Type: multipart/related', "MHTML"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_a_way_out(
    tmp_path: Path, content: Callable[[], bytes], said: str
) -> None:
    error = refusal(written(tmp_path, content()))
    assert said in error.message
    assert "xlsx" in error.suggestion or "密码" in error.suggestion


def test_every_truncation_is_refused(tmp_path: Path) -> None:
    content = saved_small()
    for length in range(8, len(content) - 512, 100):
        assert "损坏" in refusal(written(tmp_path, content[:length])).message


@pytest.mark.parametrize(
    "limit",
    ["FILE_LIMIT", "SHEETS_LIMIT", "RECORDS_LIMIT", "STYLES_LIMIT", "SHARED_TEXTS_LIMIT",
     "MERGES_LIMIT"],
)  # fmt: skip
def test_what_would_take_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    path = written(tmp_path, saved_small())
    monkeypatch.setattr(xls_records, limit, 0)
    error = refusal(path)
    assert "超过 0" in error.message
    assert "xlsx" in error.suggestion


@pytest.mark.parametrize("place", [0, 3, 1 << 31, 0xFFFF_FFFF])
def test_a_sheet_that_is_not_where_the_workbook_says_is_refused(tmp_path: Path, place: int) -> None:
    content = bytearray(saved_small())
    struct.pack_into("<L", content, content.index(b"\x85\0") + 4, place)
    assert "损坏" in refusal(written(tmp_path, bytes(content))).message


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_happened_to_a_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "mutated.xls"
    path.write_bytes(data.draw(mutated(saved_small())))
    error = outcome(path, lambda _cell: False)
    assert error is None or (path.name in error.message and error.suggestion)
    assert error is None or SECRET not in error.message


def test_nothing_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = saved_small()
    for at in range(0, len(content), 97):
        outcome(
            written(tmp_path, content[:at] + b"\xff\xff" + content[at + 2 :]), lambda _cell: False
        )
    assert capsys.readouterr() == ("", "")
