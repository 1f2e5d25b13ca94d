"""json as interfaces write it: lists of objects, wrapped or not, and objects a line."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.sources import open_source
from loaders.sources.record_paths import CELL_LIMIT
from records.errors import NoTemplate, SourceError
from tests.loaders.mutations import mutated, outcome


def is_header(cell: str) -> bool:
    return cell.upper().startswith("CF_")


def written(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "x.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def read(path: Path) -> list[tuple[str, ...]]:
    """The cells of all rows, whose lines are checked."""
    with open_source(path, is_header) as source:
        [sheet] = source.sheets
        rows = list(sheet.rows())
        assert rows == list(sheet.rows())
    assert [row.line for row in rows] == list(range(1, len(rows) + 1))
    return [row.cells for row in rows]


def cell(tmp_path: Path, value: str) -> str:
    """What a value becomes."""
    return read(written(tmp_path, f'[{{"CF_A": {value}}}]'))[1][0]


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path)
    return caught.value


RECORDS = '{"CF_WSH": "甲1", "CF_NR": "罚款"}', '{"CF_WSH": "甲2", "CF_NR": ""}'
LIST = f"[{RECORDS[0]},\n {RECORDS[1]}]"
ROWS = [("CF_WSH", "CF_NR"), ("甲1", "罚款"), ("甲2", "")]


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        "\n".join(RECORDS),
        "\r\n\r\n".join(RECORDS) + "\r\n",
        f'{{"data": {LIST}}}',
        f'{{"code": 0, "msg": "ok", "rows": {LIST}, "total": 2}}',
        f'{{"result": {{"page": {{"no": 1, "records": {LIST}}}}}}}',
        f'{{"data": [{RECORDS[0]}]}}\n{{"data": [{RECORDS[1]}]}}',
    ],
)
def test_lists_wrappers_and_lines_are_read_alike(tmp_path: Path, text: str) -> None:
    assert read(written(tmp_path, text)) == ROWS


def test_a_single_object_is_one_record(tmp_path: Path) -> None:
    assert read(written(tmp_path, RECORDS[0])) == ROWS[:2]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"), (b"", "utf-8-sig"), (b"", "utf-16"), (b"", "utf-16-le"), (b"", "gb18030"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)  # fmt: skip
def test_encodings(tmp_path: Path, mark: bytes, encoding: str) -> None:
    assert read(written(tmp_path, mark + LIST.encode(encoding))) == ROWS


def test_characters_that_are_cut_between_blocks_are_read(tmp_path: Path) -> None:
    assert cell(tmp_path, f'"x{"罚款" * 50_000}"') == "x" + "罚款" * 50_000


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('" 甲 "', " 甲 "),
        ('"\\u7532\\ud840\\udc00\\n"', "甲𠀀\n"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("1772294400000", "1772294400000"),
        ("-5", "-5"),
        ("0.10", "0.10"),
        ("2000.00", "2000.00"),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("1.5E3", "1500"),
        ("1e-7", "0.0000001"),
        ("true", "TRUE"),
        ("false", "FALSE"),
        ("null", ""),
        ("[]", ""),
        ('["罚款", 2, null, true]', "罚款;2;TRUE"),
        ('"' + "9" * 900 + '"', "9" * 900),
    ],
)
def test_values_stay_as_they_were_written(tmp_path: Path, value: str, text: str) -> None:
    assert cell(tmp_path, value) == text


def test_columns_are_all_keys_in_any_case(tmp_path: Path) -> None:
    text = '[{"CF_A": 1}, {}, {"cf_a": 2, "CF_B": 3}]'
    assert read(written(tmp_path, text)) == [("CF_A", "CF_B"), ("1", ""), ("2", "3")]


def test_an_odd_record_among_others_is_not_lost(tmp_path: Path) -> None:
    assert read(written(tmp_path, '[{"CF_A": 1}, {"x": 2, "y": 3}]'))[2] == ("", "2", "3")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[{"CF_A": 1}, {"CF_A": 2, "CF_B": {"x": 1}, "CF_C": 1, "CF_D": 1}]',
            "第 2 条记录的“CF_B”",
        ),
        ('[{"CF_A": 1}, {"CF_A": 2, "CF_B": [[1]], "CF_C": 1, "CF_D": 1}]', "第 2 条记录的“CF_B”"),
        ('[{"CF_A": 1}, {"CF_A": 2, "cf_a": 3}]', "第 2 条记录：键“cf_a”"),
        ('[{"CF_A": 1}, {"CF_A": NaN}]', "第 2 条记录：不是格式完好"),
        ('[{"CF_A": 1}, {"CF_A": -Infinity}]', "第 2 条记录：不是格式完好"),
        ('[{"CF_A": 1}, {"CF_A": "1\n"}]', "第 2 条记录：不是格式完好"),
        ('[{"CF_A": 1},]', "第 2 条记录：不是格式完好"),
        ('[{"CF_A": 1}, 5]', "第 2 条记录：列表混有"),
        ('{"data": [5, {"CF_A": 1}]}', "第 1 条记录：列表混有"),
        ('[{"CF_A": 1}] {"CF_A": 1}', "多余"),
        ('[{"CF_A": 1}]]', "不是格式完好"),
        ('{"CF_A": 1}\n"x"', "第 2 条记录"),
        ('[{"CF_A": 1}, {"CF_A": "2', "第 2 条记录：文件在此中断"),
        ('[{"CF_A": 1}', "文件在此中断"),
        ('{"CF_A": 1}\n{"CF_A"', "第 2 条记录：文件在此中断"),
        ("[" * 100_000, "嵌套超过"),
        ('{"a":' * 40 + "1" + "}" * 40, "嵌套超过"),
        (f'[{{"CF_A": "{"x" * (CELL_LIMIT + 1)}"}}]', "第 1 条记录：有超过"),
        ('[{"CF_A": "' + "x" * (10 * CELL_LIMIT), "第 1 条记录：有超过"),
        (f'[{{"CF_A": {"9" * 5000}}}]', "1000 位的数字"),
        ('[{"CF_A": 1e99999999}]', "1000 位的数字"),
        (f'[{{"CF_A": [{"1," * CELL_LIMIT}1]}}]', "第 1 条记录：有超过"),
        (json.dumps([{"CF_A": 1, f"CF_{n}": 1} for n in range(2001)]), "2000 个不同的列"),
    ],
)
def test_what_a_table_cannot_hold_is_refused_with_its_record(
    tmp_path: Path, text: str, said: str
) -> None:
    error = refusal(written(tmp_path, text))
    assert said in error.message
    assert error.suggestion


def test_digits_are_counted_over_the_ends_of_blocks(tmp_path: Path) -> None:
    text = '[{"CF_A": "' + "x" * (65_536 - 600) + '", "CF_B": ' + "9" * 1100 + "}]"
    assert "1000 位的数字" in refusal(written(tmp_path, text)).message


def test_a_broken_end_is_found_before_the_first_row(tmp_path: Path) -> None:
    path = written(tmp_path, "[" + '{"CF_A": "1"},' * 50_000)
    with pytest.raises(SourceError), open_source(path, is_header):
        pytest.fail("a row could have been read")


def test_bytes_that_cannot_be_decoded_are_refused_with_their_line(tmp_path: Path) -> None:
    assert "第 2 行" in refusal(written(tmp_path, b'[\n{"CF_A": "\xff\xff"}]')).message


@pytest.mark.parametrize("text", ["[]", "{}", '[{"a": 1, "张三": 2}]', '{"a": [1, {"b": null}]}'])
def test_a_file_without_records_is_refused(tmp_path: Path, text: str) -> None:
    error = refusal(written(tmp_path, text))
    assert "张三" not in error.message
    assert "CF_" in error.suggestion or "XK_" in error.suggestion


def test_names_in_a_file_without_records_are_told(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, '[{"no": 1, "remark": 2}]'))
    assert isinstance(error, NoTemplate)
    assert "no、remark" in error.message


def test_errors_of_the_parser_quote_nothing_of_the_file(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, '[{"CF_A": "410329197001011234" x}]'))
    assert "4103" not in error.message + error.suggestion


def test_a_csv_that_begins_with_a_bracket_is_still_a_csv(tmp_path: Path) -> None:
    assert read(written(tmp_path, "[内部] 公示表\nCF_A,CF_B\n1,2\n"))[1] == ("CF_A", "CF_B")


SMALL = [
    LIST.encode(),
    f'{{"code": 0, "data": {{"list": {LIST}}}}}'.encode("gb18030"),
    RECORDS[0].encode("utf-16"),
    b'{"CF_A": -1.5e3, "CF_B": [1, "\\u7532"]}\n{"CF_A": null, "CF_C": true}\n',
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SMALL).flatmap(mutated))
def test_whatever_happened_to_a_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "mutated.json"
    path.write_bytes(content)
    error = outcome(path, is_header)
    assert error is None or (path.name in error.message and error.suggestion)
