"""Workbooks made to exhaust a reader, and formulas that nobody computed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from loaders.sources import excel_source, open_source, workbook_parts, zip_directory
from tests.loaders.test_excel_source import SHEET, refusal, rewritten, rows_of, saved


def test_too_many_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "SHEETS_LIMIT", 2)
    book = Workbook()
    for _ in range(2):
        book.create_sheet()
    book.save(tmp_path / "x.xlsx")
    assert "> 2 个工作表" in refusal(tmp_path / "x.xlsx").message


def test_too_many_sheets_of_one_part(tmp_path: Path) -> None:
    path = saved(tmp_path, ["x"])
    one = '<sheet name="{0}" sheetId="{0}" state="visible" r:id="rId1"/>'
    many = "".join(one.format(n) for n in range(1, 100_000))
    rewritten(path, "xl/workbook.xml", lambda text: re.sub(r"<sheet [^>]*/>", many, text))
    assert "> 500 个工作表" in refusal(path).message


@pytest.mark.parametrize(
    ("limit", "tag", "told"),
    [
        ("SHARED_TEXTS_LIMIT", "<si><t/></si>", "shared texts"),
        ("STYLES_LIMIT", "<xf/>", "styles"),
    ],
)
def test_too_many_things_of_which_memory_is_made(
    tmp_path: Path, limit: str, tag: str, told: str
) -> None:
    path = saved(tmp_path, ["x"])
    most = getattr(workbook_parts, limit)
    rewritten(path, "xl/styles.xml", lambda text: text + tag * (most + 1))
    assert told in refusal(path).message


def test_a_row_without_end(tmp_path: Path) -> None:
    path = saved(tmp_path, ["x"])
    cells = '<c r="A2"/>' * (workbook_parts.ROW_LIMIT // 11 + 200_000)
    rewritten(
        path,
        SHEET,
        lambda text: text.replace("</sheetData>", f'<row r="2">{cells}</row></sheetData>'),
    )
    assert "字节的一行" in refusal(path).message


def test_many_rows_of_some_size_are_no_row_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "ROW_LIMIT", 4 << 20)
    path = saved(tmp_path, *(["x" * 30_000] for _ in range(200)))
    assert len(rows_of(path)) == 200


def test_too_many_merges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "MERGES_LIMIT", 1)
    book = Workbook()
    for place in ("A1:A2", "B1:B2"):
        book.worksheets[0].merge_cells(place)
    book.save(tmp_path / "x.xlsx")
    assert "合并单元格" in refusal(tmp_path / "x.xlsx").message


def test_a_row_number_beyond_all_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_source, "LINES_LIMIT", 1000)
    path = saved(tmp_path, ["x"], ["y"])
    rewritten(path, SHEET, lambda text: text.replace('r="2"', 'r="999999999"'))
    assert "行号超过" in refusal(path).message


def test_rows_of_all_columns_are_read(tmp_path: Path) -> None:
    path = saved(tmp_path, ["x"] * 16_384, ["y"])
    assert [len(row.cells) for row in rows_of(path)] == [16_384, 1]


def test_sizes_are_checked_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "SHEET_LIMIT", 100)
    assert "解压后过大" in refusal(saved(tmp_path, ["x"])).message


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ('<c r="A1"><f>1+1</f><v /></c>', 1),
        ('<c r="A1"><f>1+1</f></c>', 1),
        ('<c r="A1"><f t="shared" si="0"/><v></v></c>', 1),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 0),
        ('<c r="A1" t="str"><f>IF(1,"","")</f><v></v></c>', 0),
        ("<c r=\"A1\"><f>cmd|'/C calc'!A0</f></c>", 1),
    ],
)
def test_formulas_that_were_never_computed_are_told(tmp_path: Path, cell: str, number: int) -> None:
    path = saved(tmp_path, ["x", "y"])
    rewritten(path, SHEET, lambda text: re.sub(r'<c r="A1".*?</c>', lambda _: cell, text, count=1))
    with open_source(path) as source:
        assert next(source.sheets[0].rows()).cells[0] == (
            "" if number else rows_of(path)[0].cells[0]
        )
        assert [note.rpartition(" ")[2] for note in source.notes] == ["1"] * number


def test_formulas_are_counted_once_across_blocks(tmp_path: Path) -> None:
    book = Workbook()
    for _ in range(30_000):
        book.worksheets[0].append(["=1+1", "一二三四五六七八九十"])
    book.save(tmp_path / "x.xlsx")
    with open_source(tmp_path / "x.xlsx") as source:
        assert source.notes[0].endswith(" 30000")


def test_a_workbook_of_too_many_parts_is_not_even_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_directory, "DIRECTORY_LIMIT", 100)
    assert "文件过多" in refusal(saved(tmp_path, ["x"])).message


@pytest.mark.parametrize("number", ["1", "2"])
def test_rows_that_a_reader_would_leave_out_are_refused(tmp_path: Path, number: str) -> None:
    path = saved(tmp_path, ["x"], ["y"], ["z"])
    rewritten(path, SHEET, lambda text: text.replace('row r="3"', f'row r="{number}"'))
    assert f"{number} behind 2" in refusal(path).message


def test_rows_across_blocks_are_in_order(tmp_path: Path) -> None:
    assert len(rows_of(saved(tmp_path, *(["x" * 300] for _ in range(20_000))))) == 20_000
