"""Records that say nothing of cells: no reason to refuse a workbook, nor to compute for hours."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
import xlwt

from tests.loaders.test_xls_source import bare, refusal, rows_of, sheet_of, written


def with_record(code: int, content: bytes) -> bytes:
    """The stream of a sheet whose one cell comes before the record."""
    stream = bare("甲")
    return stream[:-4] + struct.pack("<2H", code, len(content)) + content + stream[-4:]


EVERY_CELL = struct.pack("<4H", 0, 65_535, 0, 65_535)
LINK = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<II", 2, 0)


@pytest.mark.parametrize(
    ("code", "content"),
    [(0x1B8, EVERY_CELL + LINK), (0x1B8, b"x"), (0x1C, b"x")],
    ids=["link of every cell", "odd link", "odd note"],
)
def test_what_is_no_cell_is_passed_over(tmp_path: Path, code: int, content: bytes) -> None:
    assert rows_of(written(tmp_path, with_record(code, content)))[0].cells == ("甲",)


def test_names_are_not_computed(tmp_path: Path) -> None:
    """Each of forty names is twice the one before it."""
    first = b"\x17\xc8\0" + b"a" * 200
    doubled = [(b"C" + struct.pack("<H", at) + b"\0\0") * 2 + b"\x08" for at in range(1, 40)]
    names = b"".join(
        struct.pack("<2H", 0x18, 16 + len(formula))
        + struct.pack("<HBBHHHI", 0, 0, 1, len(formula), 0, 0, 0)
        + b"\0n"
        + formula
        for formula in (first, *doubled)
    )
    book = xlwt.Workbook()
    sheet_of(book, "x", ["甲"])
    data = book.get_biff_data()
    place, end = data.index(b"\x85\0") + 4, 4 + struct.unpack_from("<H", data, 2)[0]
    start = struct.pack("<I", struct.unpack_from("<I", data, place)[0] + len(names))
    data = data[:end] + names + data[end:place] + start + data[place + 4 :]
    assert rows_of(written(tmp_path, data))[0].cells == ("甲",)


def test_sheets_in_one_place_are_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name in "ab":
        sheet_of(book, name, [name])
    data = book.get_biff_data()
    first = data.index(b"\x85\0") + 4
    second = data.index(b"\x85\0", first) + 4
    data = data[:second] + data[first : first + 4] + data[second + 4 :]
    assert "损坏" in refusal(written(tmp_path, data)).message
