"""csv files as they come: encodings, delimiters, lines, and what is refused whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.sources import SourceRow, open_source
from loaders.templates import header_test
from records.errors import SourceError
from tests.loaders.rows import headers_of
from tests.support import PENALTIES

TABLE = "企业名称,备注\r\n伊川县青禾食品有限公司,无\r\n"


def rows_of(path: Path) -> list[SourceRow]:
    with open_source(path) as source:
        (sheet,) = source.sheets
        return list(sheet.rows())


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "报送.csv"
    path.write_bytes(content)
    return path


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        rows_of(path)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_every_encoding_gives_the_same_cells(tmp_path: Path, encoding: str) -> None:
    rows = rows_of(written(tmp_path, TABLE.encode(encoding)))
    assert [row.cells for row in rows] == [
        ("企业名称", "备注"),
        ("伊川县青禾食品有限公司", "无"),
    ]


def test_four_byte_characters_of_gb18030(tmp_path: Path) -> None:
    assert rows_of(written(tmp_path, "姓名,x\n𠮷某,1\n".encode("gb18030")))[1].cells[0] == "𠮷某"


def test_a_character_split_over_two_blocks(tmp_path: Path) -> None:
    lines = "甲,乙\n" * 150_000
    assert len(lines.encode()) > 1 << 20
    assert {row.cells for row in rows_of(written(tmp_path, lines.encode()))} == {("甲", "乙")}


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [("名称", "内容", "日期"), ("甲", "一,二;三", "2026/1/1")]
    quoted = [delimiter.join(f'"{c}"' if delimiter in c else c for c in line) for line in lines]
    rows = rows_of(written(tmp_path, "\n".join(quoted).encode()))
    assert [row.cells for row in rows] == lines


def test_commas_in_texts_do_not_outvote_the_tabs(tmp_path: Path) -> None:
    lines = ["名称\t事实\t日期", *(f"甲\t{'一,' * n}止\t2026/1/1" for n in range(3, 12))]
    assert all(len(row.cells) == 3 for row in rows_of(written(tmp_path, "\n".join(lines).encode())))


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_headers_tell_the_delimiter_whatever_the_data_hold(tmp_path: Path, delimiter: str) -> None:
    others = "".join(set(",\t;") - {delimiter})
    headers = headers_of(PENALTIES)
    basis = "".join(f"第{n}条{others}" for n in range(80))
    row = tuple(basis if header == "处罚依据" else "x" for header in headers)
    content = "\n".join(map(delimiter.join, (headers, row)))
    path = written(tmp_path, content.encode())
    with open_source(path, header_test((PENALTIES,))) as source:
        assert [r.cells for r in source.sheets[0].rows()] == [headers, row]


def test_a_title_row_does_not_hide_the_delimiter(tmp_path: Path) -> None:
    content = "行政处罚信息表\n名称,事实\n甲,乙\n"
    assert rows_of(written(tmp_path, content.encode()))[1].cells == ("名称", "事实")


def test_lines_count_records_not_line_breaks(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, '名称,事实\n甲,"第一行\n第二行"\n乙,x\n'.encode()))
    assert [(row.line, row.cells[0]) for row in rows] == [(1, "名称"), (2, "甲"), (3, "乙")]
    assert rows[1].cells[1] == "第一行\n第二行"


def test_blank_lines_keep_their_number(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, "名称,x\n\n甲,1\n".encode()))
    assert rows[2] == SourceRow(3, ("甲", "1"))


def test_rows_can_be_read_again(tmp_path: Path) -> None:
    with open_source(written(tmp_path, TABLE.encode())) as source:
        (sheet,) = source.sheets
        assert next(sheet.rows()).line == 1
        assert len(list(sheet.rows())) == 2


def test_undecodable_bytes_are_reported_with_their_line(tmp_path: Path) -> None:
    good = "企业名称,统一社会信用代码,行政处罚决定书文号,处罚决定日期\n甲有限公司,x,y,z\n".encode()
    error = refusal(written(tmp_path, good + b"\xff\xfe\x80,1\n"))
    assert "第 3 行" in error.message
    assert "UTF-8" in error.suggestion


def test_damaged_utf8_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    headers = "企业名称,备注说明,处罚日期,许可日期,处罚机关,许可机关\n".encode()
    damaged = headers + b"\x81\x40,1\n"
    assert damaged.decode("gb18030")
    assert "第 2 行" in refusal(written(tmp_path, damaged)).message


def test_undecodable_gb18030_is_reported_with_its_line(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, TABLE.encode("gb18030") + b"\xff\xff,1\n"))
    assert "第 3 行" in error.message


def test_utf16_is_named(tmp_path: Path) -> None:
    assert "UTF-16" in refusal(written(tmp_path, TABLE.encode("utf-16"))).message


def test_nul_characters_are_refused_with_their_line(tmp_path: Path) -> None:
    assert "第 2 行" in refusal(written(tmp_path, "名称,x\n甲\0,1\n".encode())).message


def test_an_unclosed_quote_is_refused_with_its_record(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, '名称,x\n甲,1\n"乙,2\n丙,3\n'.encode()))
    assert "第 3 条记录" in error.message


def test_a_quote_closed_at_the_very_end_is_good(tmp_path: Path) -> None:
    assert rows_of(written(tmp_path, '名称,x\n甲,"1"'.encode()))[1].cells == ("甲", "1")


def test_a_cell_of_more_than_a_million_characters_is_refused(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, f"名称,x\n{'甲' * 1_000_001},1\n".encode()))
    assert "第 2 条记录" in error.message


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    assert (
        len(rows_of(written(tmp_path, f"名称,x\n{'甲' * 900_000},1\n".encode()))[1].cells[0])
        == 900_000
    )


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b",,,\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "空" in refusal(written(tmp_path, content)).message


def test_errors_do_not_quote_cells(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, '姓名,号码\n"段小满,410329198601010012\n'.encode()))
    assert "段小满" not in f"{error.message}{error.suggestion}"
    assert "4103" not in f"{error.message}{error.suggestion}"
