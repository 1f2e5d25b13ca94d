"""Files as they must not be, built by hand: each function writes one into a folder and returns its path.

All rows are of one natural person, whose name and numbers no report may repeat.
"""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import xlwt
from openpyxl import Workbook
from xlwt.CompoundDoc import XlsDoc

from tests.loaders.rows import ID_NUMBER, PENALTY, PERSON, codes_of, headers_of
from tests.support import PENALTIES

PHONE = "13800000000"
NAME = "段小满"
SECRETS = (NAME, ID_NUMBER, PHONE)
"""What no report may repeat."""
HEADERS = headers_of(PENALTIES)
CODES = codes_of(PENALTIES)
CELLS: Mapping[str, str] = {
    **PENALTY,
    **PERSON,
    "行政处罚决定书文号": "伊市监罚〔2026〕99号",
    "违法事实": f"经查，当事人{NAME}（身份证号{ID_NUMBER}，电话{PHONE}）无照经营。",
}
ROW = tuple(CELLS.get(header, "") for header in HEADERS)
SECOND = tuple(cell.replace("99号", "98号") for cell in ROW)
PERSON_V1: Mapping[str, str] = {
    "行政处罚决定书文号": "伊市监罚〔2026〕97号",
    "处罚名称": "无照经营案",
    "行政处罚编码": "410329000001",
    "处罚类别1": "罚款",
    "处罚事由": CELLS["违法事实"],
    "处罚依据": CELLS["处罚依据"],
    "行政相对人名称": NAME,
    "行政相对人代码_5(居民身份证号)": ID_NUMBER,
    "处罚结果": "罚款人民币贰仟元整。",
    "处罚决定日期": "2026/09/01",
    "处罚机关": CELLS["处罚机关"],
    "当前状态": "0",
    "地方编码": "410329",
    "数据更新时间戳": "2026/09/02",
    "信息使用范围": "0",
}

Row = Sequence[object]
Build = Callable[[Path], Path]


def with_cell(header: str, value: str) -> tuple[str, ...]:
    """The row with another value in one column."""
    assert header in HEADERS
    return tuple(value if h == header else cell for h, cell in zip(HEADERS, ROW, strict=True))


def text(*rows: Row) -> str:
    """The rows as csv."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def written(name: str, content: bytes) -> Build:
    """A file of these bytes."""

    def build(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return build


def in_csv(*rows: Row, name: str = "报送.csv", encoding: str = "utf-8") -> Build:
    """A csv of these rows."""
    return written(name, text(*rows).encode(encoding))


def book(
    sheets: Mapping[str, Sequence[Row]], *, states: Mapping[str, str] | None = None
) -> Workbook:
    """A workbook of these sheets, of which some are hidden."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        table = workbook.create_sheet(name)
        for row in rows:
            table.append(list(row))
        if states and name in states:
            table.sheet_state = states[name]
    return workbook


def workbook_bytes(workbook: Workbook) -> bytes:
    """The workbook as it is saved."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def in_xlsx(*rows: Row, name: str = "报送.xlsx", merges: Iterable[str] = ()) -> Build:
    """A workbook of one sheet."""
    workbook = book({"处罚": rows})
    for merge in merges:
        workbook.worksheets[0].merge_cells(merge)
    return written(name, workbook_bytes(workbook))


def in_xls(*rows: Row) -> bytes:
    """A workbook of the old kind."""
    return _saved_xls(_xls(rows).get_biff_data())


def encrypted_xls() -> bytes:
    """The same with the record that says that what follows is encrypted (FILEPASS, 0x2F)."""
    data = _xls([HEADERS, ROW]).get_biff_data()
    behind_bof = 4 + struct.unpack_from("<H", data, 2)[0]
    password = struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678)
    return _saved_xls(data[:behind_bof] + password + data[behind_bof:])


def _xls(rows: Sequence[Row]) -> xlwt.Workbook:
    workbook = xlwt.Workbook()
    table = workbook.add_sheet("处罚")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.write(line, column, cell)
    return workbook


def _saved_xls(data: bytes) -> bytes:
    buffer = io.BytesIO()
    XlsDoc().save(buffer, data)
    return buffer.getvalue()


def encrypted_xlsx() -> bytes:
    """A compound file with the stream in which Excel keeps an encrypted workbook."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def zipped(members: Mapping[str, bytes], *, mark_encrypted: bool = False) -> bytes:
    """A zip archive; marked as encrypted, its content is taken for noise."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    data = bytearray(buffer.getvalue())
    if mark_encrypted:
        at = -1
        while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
            data[at + 8] |= 1
    return bytes(data)


def changed_part(content: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with something replaced in one of its parts."""
    assert old in zipfile.ZipFile(io.BytesIO(content)).read(part).decode()
    return remade_part(content, part, lambda data: data.decode().replace(old, new, 1).encode())


def remade_part(content: bytes, part: str, remake: Callable[[bytes], bytes]) -> bytes:
    """The workbook with another content of one of its parts."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for item in before.infolist():
            data = before.read(item)
            after.writestr(item.filename, remake(data) if item.filename == part else data)
    return buffer.getvalue()


def many_sheets(number: int) -> bytes:
    """A workbook of so many empty sheets."""
    empty = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    parts = {f"xl/worksheets/sheet{n}.xml": empty for n in range(1, number + 1)}
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", **parts})


def message(cells: Mapping[str, str], head: str = "") -> str:
    """One record as the exchange platform sends it."""
    by_code = dict(zip(HEADERS, CODES, strict=True))
    fields = "".join(f"<{by_code[h]}>{v}</{by_code[h]}>" for h, v in cells.items() if v)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<ExchangeMessage><Header><sn>1</sn></Header>'
        f"<Body><fields>{fields}</fields></Body></ExchangeMessage>"
    )


def objects() -> str:
    """The row as a list of one object."""
    return json.dumps([dict(zip(CODES, ROW, strict=True))], ensure_ascii=False)


LAUGHS = (
    "<!DOCTYPE x ["
    '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
