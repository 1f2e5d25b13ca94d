"""Workbooks as they come: what a person sees in a cell is what is read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from loaders.sources import SourceRow, open_source
from records.errors import SourceError


def saved(tmp_path: Path, *rows: Sequence[object], name: str = "报送.xlsx") -> Path:
    workbook = Workbook()
    table = workbook.worksheets[0]
    for row in rows:
        table.append(list(row))
    path = tmp_path / name
    workbook.save(path)
    return path


def rows_of(path: Path) -> list[SourceRow]:
    with open_source(path) as source:
        return list(source.sheets[0].rows())


def rewritten(path: Path, member: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part of it changed, as other programs write it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            new.writestr(item, change(data.decode()).encode() if item.filename == member else data)
    path.write_bytes(buffer.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"


def with_cell(tmp_path: Path, xml: str) -> str:
    """What is read from a cell that the given XML describes."""
    path = saved(tmp_path, ["x", "y"])
    rewritten(path, SHEET, lambda text: re.sub(r'<c r="A1".*?</c>', xml, text, count=1))
    return rows_of(path)[0].cells[0]


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        rows_of(path)
    return caught.value


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("伊川县青禾食品有限公司", "伊川县青禾食品有限公司"),
        ("000123", "000123"),
        (date(2026, 3, 1), "2026/03/01"),
        (datetime(2026, 3, 1), "2026/03/01"),  # noqa: DTZ001  # cells carry no zone
        (datetime(2026, 3, 1, 9, 30), "2026/03/01 09:30:00"),  # noqa: DTZ001
        (time(9, 30), "09:30:00"),
        (20260301, "20260301"),
        (0.2, "0.2"),
        (0.1 + 0.2, "0.3"),
        (2000.0, "2000"),
        (0.00001, "0.00001"),
        (-5, "-5"),
        (123456789012345, "123456789012345"),
        (True, "TRUE"),
        ("#N/A", "#N/A"),
    ],
)
def test_cells_are_read_as_a_person_types_them(tmp_path: Path, cell: object, text: str) -> None:
    assert rows_of(saved(tmp_path, [cell, "x"]))[0].cells[0] == text


def test_a_number_that_lost_its_last_digits_stays_a_number(tmp_path: Path) -> None:
    assert (
        rows_of(saved(tmp_path, [4.10329198601010012e17, "x"]))[0].cells[0] == "4.1032919860101E+17"
    )


def test_long_digits_written_whole_are_kept_unless_rounded(tmp_path: Path) -> None:
    assert with_cell(tmp_path, '<c r="A1"><v>410329198601010012</v></c>') == "410329198601010012"
    assert with_cell(tmp_path, '<c r="A1"><v>410329198601010000</v></c>') == "4.1032919860101E+17"


def test_a_formula_gives_its_last_value(tmp_path: Path) -> None:
    cell = '<c r="A1" t="str"><f>CONCATENATE("a","b")</f><v>ab</v></c>'
    assert with_cell(tmp_path, cell) == "ab"


def test_an_impossible_date_cell_neither_warns_nor_stops(tmp_path: Path) -> None:
    path = saved(tmp_path, [date(2026, 1, 1), "x"])
    rewritten(
        path, SHEET, lambda text: re.sub(r"<v>\d+(\.\d+)?</v>", "<v>99999999999</v>", text, count=1)
    )
    assert rows_of(path)[0].cells[0] == "#VALUE!"


def test_escaped_line_breaks_are_line_breaks(tmp_path: Path) -> None:
    cell = '<c r="A1" t="inlineStr"><is><t>一_x000D_\n二</t></is></c>'
    assert with_cell(tmp_path, cell) == "一\n二"


def test_blank_rows_keep_the_row_numbers(tmp_path: Path) -> None:
    workbook = Workbook()
    table = workbook.worksheets[0]
    table["A1"], table["B4"] = "名称", "甲"
    workbook.save(tmp_path / "x.xlsx")
    rows = rows_of(tmp_path / "x.xlsx")
    assert [row.line for row in rows] == [1, 2, 3, 4]
    assert rows[3].cells == ("", "甲")
    assert rows[1].cells == ()


def test_empty_columns_at_the_end_are_left_out(tmp_path: Path) -> None:
    assert rows_of(saved(tmp_path, ["名称", "x", None, "", None]))[0].cells == ("名称", "x")


def test_rows_in_chunks_are_numbered_on(tmp_path: Path) -> None:
    rows = rows_of(saved(tmp_path, *([n, "x"] for n in range(1, 701))))
    assert [(row.line, row.cells[0]) for row in rows] == [(n, str(n)) for n in range(1, 701)]


def test_a_wrong_dimension_hides_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path, ["名称", "x"], ["甲", "1"], ["乙", "2"])
    rewritten(
        path, SHEET, lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', text)
    )
    assert rows_of(path)[2].cells == ("乙", "2")


def test_all_visible_sheets_by_name(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].title = "许可"
    workbook.create_sheet("处罚").append(["x"])
    workbook.create_sheet("旧表").sheet_state = "hidden"
    workbook.create_sheet("字典").sheet_state = "veryHidden"
    workbook.save(tmp_path / "x.xlsx")
    with open_source(tmp_path / "x.xlsx") as source:
        assert [sheet.name for sheet in source.sheets] == ["许可", "处罚"]
        assert source.hidden == ("旧表", "字典")


def test_content_decides_what_a_file_is(tmp_path: Path) -> None:
    assert rows_of(saved(tmp_path, ["名称"]).rename(tmp_path / "x.csv"))[0].cells == ("名称",)
    (tmp_path / "y.xlsx").write_text("名称,x\n甲,1\n", encoding="utf-8")
    assert rows_of(tmp_path / "y.xlsx")[1].cells == ("甲", "1")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "xls"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "加密",
        ),
        (b"%PDF-1.7\n...", "PDF"),
        (b"<html><table></table></html>", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><html/>", "HTML"),
        (b"PK\x03\x04 and no more", "损坏"),
    ],
)
def test_other_files_are_named_and_told_what_to_do(
    tmp_path: Path, content: bytes, named: str
) -> None:
    path = tmp_path / "报送.xlsx"
    path.write_bytes(content)
    error = refusal(path)
    assert named in error.message
    assert error.suggestion


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "docx" in refusal(path).message


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, ["名称"])
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "加密" in refusal(path).message


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, ["名称"])
    path.write_bytes(path.read_bytes()[:-200])
    assert "损坏" in refusal(path).message


def test_broken_xml_is_refused_without_quoting_it(tmp_path: Path) -> None:
    path = saved(tmp_path, ["名称", "x"])
    rewritten(path, SHEET, lambda text: text.replace("</row>", "<段小满 410329198601010012"))
    error = refusal(path)
    assert "损坏" in error.message
    assert error.__cause__ is None
    assert "段小满" not in error.message


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = saved(tmp_path, ["名称", "x"])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    rewritten(
        path, SHEET, lambda text: bomb + text.partition("?>")[2] if "?>" in text else bomb + text
    )
    assert "损坏" in refusal(path).message


def test_a_missing_file_is_a_source_error(tmp_path: Path) -> None:
    assert "无法读取" in refusal(tmp_path / "none.csv").message
