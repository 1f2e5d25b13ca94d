"""Bad files and what a load has to say of each: the table behind `test_bad_files`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.loaders import bad_files as bad
from tests.loaders.bad_files import CODES, HEADERS, ROW, SECOND, in_csv, in_xlsx, written
from tests.loaders.rows import LICENSE, headers_of
from tests.support import LICENSES, PENALTIES

V1 = headers_of(PENALTIES, "V1")
LICENSE_V1, LICENSE_V2_1 = headers_of(LICENSES, "V1"), headers_of(LICENSES)
ROW_V1 = tuple(bad.PERSON_V1.get(header, "") for header in V1)
XLSX = bad.workbook_bytes(bad.book({"处罚": [HEADERS, ROW]}))
SHEET = "xl/worksheets/sheet1.xml"
GB = bad.text(HEADERS, ROW).encode("gb18030")


@dataclass(frozen=True)
class Refused:
    """The report refuses the file; `told` is in its message."""

    told: str
    others: int = 0
    """Files beside the refused one, as other members of an archive."""


@dataclass(frozen=True)
class Read:
    """The file is read: what its report counts, and parts of its notes, reasons and warnings."""

    inserted: int = 1
    rejected: int = 0
    told: tuple[str, ...] = ()
    templates: tuple[str, ...] = ("V2.1",)


def hidden(state: str) -> bytes:
    sheets = {"处罚": [HEADERS, ROW], "旧表": [HEADERS, SECOND]}
    return bad.workbook_bytes(bad.book(sheets, states={"旧表": state}))


def two_generations() -> bytes:
    return bad.workbook_bytes(bad.book({"旧": [V1, ROW_V1], "新": [HEADERS, ROW]}))


def beside_a_sheet(other: list[bad.Row], *, good: bool) -> bytes:
    """An explanation, a sheet in which something is wrong, and perhaps one in which nothing is."""
    sheets: dict[str, list[bad.Row]] = {"填表说明": [["请按模板填写"]], "坏": other}
    if good:
        sheets["好"] = [HEADERS, ROW]
    return bad.workbook_bytes(bad.book(sheets))


def grouped_header() -> bad.Build:
    """Groups above the names of the columns; a column without a group is merged over both rows."""
    upper = (HEADERS[0], "主体信息", *[""] * 12, "处罚信息", *[""] * (len(HEADERS) - 15))
    return in_xlsx(upper, ("", *HEADERS[1:]), ROW, merges=("A1:A2", "B1:N1", "O1:AD1"))


def wide(width: int) -> bad.Build:
    unknown = [f"自建字段{n}" for n in range(width - len(HEADERS))]
    return in_xlsx((*HEADERS, *unknown), (*ROW, *["x"] * len(unknown)))


def formulas() -> bytes:
    """A text by a formula with its value, an amount by one without, a command by DDE."""
    cells = bad.with_cell("备注", "=cmd|'/C calc'!A0")
    cells = tuple(
        "=1+1" if h == "罚款金额（万元）" else c for h, c in zip(HEADERS, cells, strict=True)
    )
    return bad.workbook_bytes(bad.book({"处罚": [HEADERS, cells]}))


def required_formula() -> bytes:
    cells = bad.with_cell("行政处罚决定书文号", "=A1")
    return bad.workbook_bytes(bad.book({"处罚": [HEADERS, cells]}))


def serial_dates() -> bad.Build:
    cells = tuple(46266 if h == "处罚决定日期" else c for h, c in zip(HEADERS, ROW, strict=True))
    return in_xlsx(HEADERS, cells)


def row_bomb() -> bytes:
    return bad.changed_part(
        XLSX, SHEET, "</sheetData>", '<row r="3">' + "<c/>" * (9 << 20) + "</row></sheetData>"
    )


CASES: Mapping[str, tuple[bad.Build, Refused | Read]] = {
    # generations
    "V1 columns beside V2.1": (in_csv((*HEADERS, *V1), (*ROW, *ROW_V1)), Refused("同一字段")),
    "two sheets of two generations": (
        written("x.xlsx", two_generations()),
        Read(inserted=2, templates=("V1", "V2.1")),
    ),
    "licenses with half the names of V1": (
        in_csv((*LICENSE_V1[:9], *LICENSE_V2_1[9:]), (bad.NAME, *["x"] * 27)),
        Refused("同一字段"),
    ),
    "V2.1 licenses with columns of V1": (
        in_csv(
            (*LICENSE_V2_1, "信息使用范围", "地方编码"),
            (*[LICENSE.get(h, "") for h in LICENSE_V2_1], "2", "410329"),
        ),
        Read(told=("其他版本的列", "信息使用范围")),
    ),
    "V1 numbering of codes under V2.1": (
        in_csv(
            [
                h.replace("代码_2", "代码_9")
                .replace("代码_3", "代码_2")
                .replace("代码_9", "代码_3")
                for h in HEADERS
            ],
            ROW,
        ),
        Read(),
    ),
    # heads
    "names, then codes": (in_xlsx(HEADERS, CODES, ROW), Read()),
    "codes, then names": (in_csv(CODES, HEADERS, ROW), Read()),
    "header merged over two rows": (grouped_header(), Read()),
    "every header merged over two rows": (
        in_xlsx(HEADERS, (), ROW, merges=[f"{c}1:{c}2" for c in "ABCDEFG"]),
        Read(),
    ),
    "no header": (in_csv(ROW, SECOND), Refused("没有表头")),
    "header in row 15": (in_xlsx(["附件1"], *[[]] * 13, HEADERS, ROW), Read()),
    "header in row 40": (in_xlsx(*[["说明"]] * 39, HEADERS, ROW), Refused("没有任何一列")),
    "200 columns": (wide(200), Read(told=("未识别的列",))),
    "columns doubled": (in_csv((*HEADERS, *HEADERS), (*ROW, *ROW)), Refused("同一字段")),
    "columns in another order": (in_csv(HEADERS[::-1], ROW[::-1]), Read()),
    # sheets and cells
    "merged cells in data": (
        in_xlsx(HEADERS, ROW, ("", *SECOND[1:]), merges=("A2:A3", "B2:B3")),
        Read(inserted=2),
    ),
    "hidden sheet": (written("x.xlsx", hidden("hidden")), Read(told=("隐藏", "旧表"))),
    "a good sheet beside one with a column too few": (
        written("x.xlsx", beside_a_sheet([HEADERS[1:], SECOND[1:]], good=True)),
        Read(told=("填表说明、坏", "坏: ", "缺少的列")),
    ),
    "a column too few behind an explanation": (
        written("x.xlsx", beside_a_sheet([HEADERS[1:], SECOND[1:]], good=False)),
        Refused("缺少的列"),
    ),
    "half a row at the end of a workbook": (
        in_xlsx(HEADERS, ROW, SECOND[:9]),
        Read(rejected=1, told=("REQUIRED_MISSING",)),
    ),
    "a title over the header": (
        in_xlsx(["行政处罚信息公示表"], HEADERS, ROW, merges=("A1:AD1",)),
        Read(),
    ),
    "all sheets hidden": (
        written(
            "x.xlsx", bad.changed_part(XLSX, "xl/workbook.xml", 'state="visible"', 'state="hidden"')
        ),
        Refused("没有可见的工作表"),
    ),
    "very hidden sheet": (written("x.xlsx", hidden("veryHidden")), Read(told=("隐藏", "旧表"))),
    "formulas": (written("x.xlsx", formulas()), Read(told=("公式", "处罚 2"))),
    "a required cell is a formula": (
        written("x.xlsx", required_formula()),
        Read(inserted=0, rejected=1, told=("REQUIRED_MISSING", "公式")),
    ),
    "all cells are numbers": (
        in_xlsx(HEADERS, [20260901] * len(HEADERS)),
        Read(inserted=0, rejected=1),
    ),
    "dates are serial numbers": (serial_dates(), Read(inserted=0, rejected=1, told=("BAD_DATE",))),
    "other cells beyond the table": (
        in_csv(HEADERS, (*ROW, "", bad.PHONE)),
        Read(told=("EXTRA_CELLS",)),
    ),
    # cut
    "csv cut inside a quoted cell": (
        written("x.csv", bad.text(HEADERS, ROW, SECOND).encode() + b'"half a row'),
        Refused("引号没有闭合"),
    ),
    "csv cut inside a row": (
        written("x.csv", bad.text(HEADERS, ROW, SECOND[:9]).encode()),
        Read(rejected=1, told=("REQUIRED_MISSING",)),
    ),
    "csv cut inside a character": (
        written("x.csv", bad.text(HEADERS, ROW).encode()[:-80]),
        Refused("第 2 行"),
    ),
    "xlsx cut": (written("x.xlsx", XLSX[:-300]), Refused("损坏")),
    "xlsx cut in half": (written("x.xlsx", XLSX[: len(XLSX) // 2]), Refused("损坏")),
    "xlsx with a sheet cut inside a row": (
        written("x.xlsx", bad.changed_part(XLSX, SHEET, "</row></sheetData></worksheet>"[:6], "<")),
        Refused("损坏"),
    ),
    "xls cut": (written("x.xls", bad.in_xls(HEADERS, ROW)[:3000]), Refused("xls")),
    "xml cut": (written("x.xml", bad.message(bad.CELLS).encode()[:-60]), Refused("x.xml")),
    "xml cut to its head": (
        written("x.xml", bad.message(bad.CELLS).encode()[:60]),
        Refused("x.xml"),
    ),
    "json cut": (written("x.json", bad.objects().encode()[:-60]), Refused("")),
    "zip cut": (written("x.zip", bad.zipped({"a.csv": GB})[:-30]), Refused("损坏")),
    # empty
    "no bytes": (written("x.csv", b""), Refused("空")),
    "only a BOM": (written("x.csv", b"\xef\xbb\xbf"), Refused("空")),
    "only blanks": (written("x.csv", b" \r\n,,,\r\n" * 500), Refused("没有内容")),
    "only a header": (in_csv(HEADERS), Read(inserted=0, told=("没有数据行",))),
    "xlsx of nothing": (in_xlsx(), Refused("没有内容")),
    "xlsx of a header": (in_xlsx(HEADERS), Read(inserted=0, told=("没有数据行",))),
    "zip of nothing": (written("x.zip", bad.zipped({})), Refused("没有可装载")),
    # encrypted
    "encrypted xlsx": (written("x.xlsx", bad.encrypted_xlsx()), Refused("加密")),
    "encrypted xls": (written("x.xls", bad.encrypted_xls()), Refused("")),
    "encrypted zip": (
        written("x.zip", bad.zipped({"a.csv": GB}, mark_encrypted=True)),
        Refused("加密"),
    ),
    # not what the ending says
    "csv named xlsx": (in_csv(HEADERS, ROW, name="x.xlsx"), Read()),
    "xlsx named csv": (written("x.csv", XLSX), Read()),
    "zip named xlsx": (written("x.xlsx", bad.zipped({"a.csv": GB})), Read()),
    "pdf named xlsx": (written("x.xlsx", b"%PDF-1.7\n" + GB), Refused("PDF")),
    "html named xls": (
        written("x.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        Refused("HTML"),
    ),
    "png named csv": (written("x.csv", b"\x89PNG\r\n\x1a\n" + bytes(600)), Refused("PNG")),
    "docx": (
        written("x.docx", bad.zipped({"[Content_Types].xml": b"", "word/document.xml": b""})),
        Refused("docx"),
    ),
    "docx in a zip": (
        written(
            "x.zip",
            bad.zipped(
                {
                    "a.csv": GB,
                    "b.xlsx": bad.zipped({"word/document.xml": b"", "[Content_Types].xml": b""}),
                }
            ),
        ),
        Refused("docx", others=1),
    ),
    # bytes
    "UTF-16": (in_csv(HEADERS, ROW, encoding="utf-16"), Refused("UTF-16")),
    "GB18030": (in_csv(HEADERS, ROW, encoding="gb18030"), Read()),
    "GB18030 with a bad byte": (
        written("x.csv", GB[:-200] + b"\xff" + GB[-200:]),
        Refused("第 2 行"),
    ),
    "NUL": (written("x.csv", GB[:-30] + b"\0" + GB[-30:]), Refused("NUL")),
    "one line of 50 MB": (written("x.csv", b"x" * (50 << 20)), Refused("超过")),
    # messages
    "xml of another kind": (written("x.xml", b"<?xml version='1.0'?><a><b>1</b></a>"), Refused("")),
    "json of another kind": (written("x.json", b'{"a": [1, {"b": null}]}'), Refused("")),
    "json as deep as a well": (written("x.json", b"[" * 100_000), Refused("")),
    "json of one long text": (written("x.json", b'[{"CF_WSH": "' + b"x" * (40 << 20)), Refused("")),
    # bombs
    "a row that fills the memory": (written("x.xlsx", row_bomb()), Refused("解压后过大")),
    "5,000 sheets": (written("x.xlsx", bad.many_sheets(5000)), Refused("> 500 个工作表")),
    "entities in a sheet": (
        written("x.xlsx", bad.changed_part(XLSX, SHEET, "<worksheet", bad.LAUGHS + "<worksheet")),
        Refused("损坏"),
    ),
    "billion laughs": (
        written("x.xml", bad.message(bad.CELLS, bad.LAUGHS).replace("无照经营", "&a9;").encode()),
        Refused(""),
    ),
    "zip bomb": (
        written("x.zip", bad.zipped({"a.csv": bytes(80 << 20)})),
        Refused("压缩率异常"),
    ),
    # archives
    "path traversal": (
        written("x.zip", bad.zipped({"../../x.csv": GB, "good.csv": GB})),
        Refused("文件名不安全", others=1),
    ),
    "zip in a zip": (
        written("x.zip", bad.zipped({"a.zip": bad.zipped({"a.csv": GB})})),
        Refused("压缩包中的压缩包"),
    ),
}
