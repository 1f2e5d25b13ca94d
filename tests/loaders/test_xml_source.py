"""xml as exchange platforms write it: messages and lists of records."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.sources import open_source
from loaders.sources.record_paths import CELL_LIMIT
from records.errors import NoTemplate, SourceError
from tests.loaders.mutations import mutated, outcome

HEADER = "<Header><sender>县</sender><receiver/><sn>1</sn></Header>"


def is_header(cell: str) -> bool:
    return cell.upper().startswith("XK_")


def written(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "x.xml"
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


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path)
    return caught.value


def message(number: str) -> str:
    fields = f"<fields><XK_WSH>{number}</XK_WSH><XK_JDRQ>2026-03-01</XK_JDRQ></fields>"
    return f"<ExchangeMessage>{HEADER}<Body>{fields}</Body></ExchangeMessage>"


def rows(*records: str) -> str:
    return "<rows>" + "".join(f"<row>{record}</row>" for record in records) + "</rows>"


ROWS = [("XK_WSH", "XK_JDRQ"), ("甲1", "2026-03-01"), ("甲2", "2026-03-01")]


def test_a_message_is_one_record(tmp_path: Path) -> None:
    assert read(written(tmp_path, message("甲1"))) == ROWS[:2]


def test_many_messages_below_one_root(tmp_path: Path) -> None:
    assert read(written(tmp_path, f"<a>{message('甲1')}\n{message('甲2')}</a>")) == ROWS


def test_several_records_in_one_body(tmp_path: Path) -> None:
    record = "<fields><XK_WSH>1</XK_WSH></fields>"
    text = f"<ExchangeMessage>{HEADER}<Body>{record * 3}</Body></ExchangeMessage>"
    assert len(read(written(tmp_path, text))) == 4


@pytest.mark.parametrize("encoding", ["GB18030", "GBK", "GB2312", "UTF-8", "UTF-16"])
def test_the_declared_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{message("甲1")}'
    assert read(written(tmp_path, text, encoding)) == ROWS[:2]


def test_characters_that_are_cut_between_blocks_are_read(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="GBK"?>' + rows("<XK_NR>x" + "许可" * 50_000 + "</XK_NR>")
    assert read(written(tmp_path, text, "gbk"))[1] == ("x" + "许可" * 50_000,)


def test_what_was_declared_wrongly_is_read_as_what_it_is(tmp_path: Path) -> None:
    words = "许可决定文书号当前状态地方编码数据更新时间许可机关"
    text = f'<?xml version="1.0" encoding="GB2312"?>{rows(f"<XK_NR>{words}</XK_NR>")}'
    assert read(written(tmp_path, text, "utf-8"))[1] == (words,)


def test_an_encoding_that_is_not_read_is_named(tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="Big5"?>{message("1")}'
    assert "big5" in refusal(written(tmp_path, text)).message.lower()


def test_namespaces_attributes_comments_and_cdata(tmp_path: Path) -> None:
    text = (
        '<r xmlns="urn:a" xmlns:b="urn:b"><!-- 说明 --><b:row id="1">'
        '<b:XK_WSH type="text"><![CDATA[<甲>&]]></b:XK_WSH></b:row></r>'
    )
    assert read(written(tmp_path, text)) == [("XK_WSH",), ("<甲>&",)]


def test_columns_are_all_that_occur_in_any_case(tmp_path: Path) -> None:
    text = rows("<XK_A>1</XK_A>", "<xk_a>2</xk_a><XK_B>3</XK_B>")
    assert read(written(tmp_path, text)) == [("XK_A", "XK_B"), ("1", ""), ("2", "3")]


def test_an_element_that_stands_twice_loses_nothing(tmp_path: Path) -> None:
    text = rows("<XK_A>1</XK_A><XK_A/><xk_a>2</xk_a>")
    assert read(written(tmp_path, text))[1] == ("1;2",)


def test_empty_records_are_passed_over(tmp_path: Path) -> None:
    assert read(written(tmp_path, rows("", "<XK_A>1</XK_A>", ""))) == [("XK_A",), ("1",)]


def test_an_odd_record_among_others_is_not_lost(tmp_path: Path) -> None:
    text = rows("<XK_A>1</XK_A><XK_B>1</XK_B>", "<a>1</a><b>2</b><c>3</c>")
    assert read(written(tmp_path, text))[2] == ("", "", "1", "2", "3")


def test_records_with_other_headers_are_tables_of_their_own(tmp_path: Path) -> None:
    records = (
        "<XK_A>1</XK_A><XK_B>2</XK_B><XK_BZ/>", "<XK_Y>3</XK_Y><XK_Z/><XK_BZ>x</XK_BZ><n>4</n>",
        "<XK_B>5</XK_B>", "<n>6</n>", "<XK_Y>7</XK_Y>",
    )  # fmt: skip
    with open_source(written(tmp_path, rows(*records)), is_header) as source:
        found = {s.name: [(row.line, *row.cells) for row in s.rows()] for s in source.sheets}
    assert found == {
        "XK_A": [
            (1, "XK_A", "XK_B", "XK_BZ", "n"),
            (2, "1", "2", "", ""),
            (4, "", "5", "", ""),
            (5, "", "", "", "6"),
        ],
        "XK_BZ": [
            (1, "XK_BZ", "XK_Y", "XK_Z", "n"),
            (3, "x", "3", "", "4"),
            (6, "", "7", "", ""),
        ],
    }


def test_a_record_that_may_be_of_two_tables_is_not_guessed(tmp_path: Path) -> None:
    licenses = "<XK_A>1</XK_A><XK_B>2</XK_B><XK_C/><XK_BZ/>"
    others = "<XK_X>1</XK_X><XK_Y>2</XK_Y><XK_Z/><XK_BZ/>"
    error = refusal(written(tmp_path, rows(licenses, others, "<XK_BZ>x</XK_BZ>")))
    assert "第 3 条记录属于哪一种" in error.message
    assert "拆分" in error.suggestion


def test_records_that_share_a_header_later_are_one_table(tmp_path: Path) -> None:
    records = "<XK_A>1</XK_A>", "<XK_B>2</XK_B>", "<XK_A>3</XK_A><XK_B>4</XK_B>"
    assert read(written(tmp_path, rows(*records)))[1:] == [("1", ""), ("", "2"), ("3", "4")]


def test_the_head_of_a_message_is_no_record(tmp_path: Path) -> None:
    text = "<m><Header><XK_SN>1</XK_SN></Header><f><XK_A>1</XK_A><XK_B/><XK_C>3</XK_C></f></m>"
    assert read(written(tmp_path, text)) == [("XK_A", "XK_B", "XK_C"), ("1", "", "3")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<r>\n<row><XK_A>1</XK_A></row>\n<row><XK_A>", "第 3 行中断"),
        ("<r>\n<row><XK_A>1</XK_A></row>", "第 2 行中断"),
        ("<r>\n<row><XK_A>1 & 2</XK_A></row></r>", "第 2 行不是格式完好"),
        ("<r>\n<row><XK_A>1</XK_B></row></r>", "第 2 行不是格式完好"),
        ("<r><row><XK_A>1</XK_A></row></r>\n<r/>", "第 2 行不是格式完好"),
        ("<r>\n<row>文字<XK_A>1</XK_A></row></r>", "第 2 行元素之间有文字"),
        ("<r>\n<row><XK_A>1</XK_A>文字</row></r>", "第 2 行元素之间有文字"),
        ('<!DOCTYPE r [<!ENTITY a "b">]>\n<r><row><XK_A>&a;</XK_A></row></r>', "DTD"),
        ('<!DOCTYPE r SYSTEM "file:///etc/hostname"><r/>', "DTD"),
        ("<a>" * 100, "嵌套超过"),
        ("<r>\n<!--" + "x" * 10_000_000, "第 2 行的标签或注释过长"),
        ('<r>\n<row a="' + "x" * 10_000_000, "第 2 行的标签或注释过长"),
        (rows(*(f"<XK_{n}>1</XK_{n}>" for n in range(21))), "20 个不相干的表"),
        (rows("<XK_A>" + "x" * (CELL_LIMIT + 1) + "</XK_A>"), "超过"),
        (rows(*(f"<XK_A>1</XK_A><XK_{n}/>" for n in range(2001))), "2000 个不同的列"),
        (
            rows("<XK_A>1</XK_A>", "<XK_A>1</XK_A><XK_B/><XK_C/>\n<附件><f>1</f></附件>"),
            "第 2 条记录，第 2 行的“附件”",
        ),
    ],
)
def test_what_is_broken_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    error = refusal(written(tmp_path, text))
    assert said in error.message
    assert error.suggestion


def test_a_broken_end_is_found_before_the_first_row(tmp_path: Path) -> None:
    path = written(tmp_path, rows(*["<XK_A>1</XK_A>"] * 50_000)[:-3])
    with pytest.raises(SourceError), open_source(path, is_header):
        pytest.fail("a row could have been read")


def test_bytes_that_cannot_be_decoded_are_refused_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"<r>\n<row>\n<XK_A>\xff\xff</XK_A></row></r>")
    assert "第 3 行" in refusal(path).message


def test_a_file_without_records_says_what_is_in_it_and_what_was_expected(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, "<a><b>1</b><c>1</c><d/><e/><f/><g/><张三>1</张三></a>"))
    assert isinstance(error, NoTemplate)
    assert "b、c、d、e、f /" in error.message
    assert "ExchangeMessage" in error.suggestion


def test_names_that_may_be_personal_are_not_quoted(tmp_path: Path) -> None:
    assert "张三" not in refusal(written(tmp_path, "<a><张三>1</张三></a>")).message


@pytest.mark.parametrize("text", ["<html><table/></html>", "<?xml version='1.0'?>\n<html/>"])
def test_html_is_still_html(tmp_path: Path, text: str) -> None:
    assert "HTML" in refusal(written(tmp_path, text)).message


SMALL = [
    f'<?xml version="1.0" encoding="UTF-8"?><a>{message("甲1")}{message("2")}</a>'.encode(),
    f'<?xml version="1.0" encoding="GBK"?>{message("甲&amp;乙")}'.encode("gbk"),
    message("甲1").encode("utf-16"),
    b'<r xmlns:x="u"><x:row a="1"><XK_A><![CDATA[x]]></XK_A></x:row><!-- c --><row/></r>',
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SMALL).flatmap(mutated))
def test_whatever_happened_to_a_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "mutated.xml"
    path.write_bytes(content)
    error = outcome(path, is_header)
    assert error is None or (path.name in error.message and error.suggestion)
