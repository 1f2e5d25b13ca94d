"""The stream of records inside an xls file, looked through before a library builds objects of it.

A record takes a dozen bytes in the file and up to two thousand in memory: what would take the machine's
memory is refused here. Records that say nothing of cells are passed over: the library computes names and
notes every cell of a link, so that a few bytes would hold it for hours, and it refuses workbooks for
links and notes that spreadsheet programs do not mind.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from loaders.sources.compound_file import named_stream
from loaders.sources.workbook_parts import MERGES_LIMIT, SHARED_TEXTS_LIMIT, SHEETS_LIMIT
from records.errors import SourceError

FILE_LIMIT = 256 << 20
"""Bytes of a file; 60,000 rows of 30 columns with three texts of 170 characters have 70 MB."""
RECORDS_LIMIT = 40_000_000
"""Records of a workbook, about one a cell."""
STYLES_LIMIT = 70_000
"""Formats of cells and numbers; spreadsheet programs allow 4,000."""
SAVE_AGAIN = (
    "请在电子表格软件中打开后另存为 xlsx / open it in a spreadsheet program and save it as xlsx"
)

_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_BARE = tuple(bytes.fromhex(start) for start in ("09000400", "09020600", "09040600", "0908"))
"""Old programs, and scripts to this day, write the stream without a container."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which an encrypted xlsx lies."""
_NAMES = ("Workbook", "Book")
_HEAD = struct.Struct("<HH")
_BEGIN = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_END = 0x0A
_DATEMODE = 0x22
_CODEPAGE = 0x42
_PASSWORD = 0x2F
_SHEET = 0x85
_TEXTS = 0xFC
_MERGES = 0xE5
_MERGE_SIZE = 8
_WORKSPACE = 0x8F
_TELLING = frozenset({_PASSWORD, _SHEET, _TEXTS, _MERGES, _WORKSPACE})
_CELLS = frozenset(
    {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x3C, 0x7E, 0xBD, 0xBE, 0xD6, 0xD7, 0xFD, 0x201,
        0x203, 0x204, 0x205, 0x206, 0x207, 0x27E, 0x406,
    }
)  # fmt: skip
"""Cells, and what goes on from one record to the next."""
_FORMATS = frozenset({0x1E, 0x41E, 0x43, 0x243, 0x443, 0xE0})
"""They tell dates from numbers."""
_FORMATS_TOLD = frozenset({0x44, 0x56})
"""The format of the next cell, and how many formats need no record: before BIFF 5."""
_FORMULAS = frozenset({0x21, 0x221, 0x36, 0x37, 0x236, 0x4BC})
"""What may stand between a formula and its text."""
_NEEDED = (
    _CELLS | _FORMATS | _FORMATS_TOLD | _FORMULAS | _TELLING | _BEGIN | {_END, _CODEPAGE, _DATEMODE}
)
_PASSED_OVER = b"\xff\xff"
"""The number of no record."""


def is_xls(head: bytes) -> bool:
    """Whether a file that begins so is a workbook of the old kind, or an encrypted one of any kind."""
    return head.startswith(_COMPOUND) or (head.startswith(_BARE) and b"\0" in head[:8])


def workbook_stream(path: Path) -> bytes:
    """The records of the workbook, within limits.

    Raises SourceError when they are not, are encrypted or are those of another document (doc, ppt), the
    errors of the library when its container is damaged.
    """
    if path.stat().st_size > FILE_LIMIT:
        raise refused(path, f"文件超过 {FILE_LIMIT} 字节", f"the file has over {FILE_LIMIT} bytes")
    content = path.read_bytes()
    stream = bytearray(_contained(path, content) if content.startswith(_COMPOUND) else content)
    _check(path, stream)
    return bytes(stream)


def _contained(path: Path, content: bytes) -> bytes:
    if _ENCRYPTED in content and _NAMES[0].encode("utf-16-le") not in content:
        raise _encrypted(path)
    if (stream := named_stream(content, _NAMES)) is not None:
        return stream
    raise refused(
        path,
        "这是旧版 Office 文件，但不是工作簿（如 Word doc）",
        "an old Office file that is no workbook, Word (doc) for example",
    )


def _check(path: Path, stream: bytearray) -> None:
    """Follow the records as the library does: the workbook's up to their end, then those of each sheet.

    Those that are not needed are made ones that it passes over.
    """
    counts: Counter[int] = Counter()
    positions, ends, merges = [0], list[int](), 0
    for part, position in enumerate(positions):
        for code, content in _told(path, stream, position, counts, ends):
            _check_record(path, code, content)
            if code == _SHEET and not part and content[5:6] == b"\0":
                positions.append(int.from_bytes(content[:4], "little"))
            if code == _MERGES:
                merges += len(content) // _MERGE_SIZE
        _check_counts(path, counts)
        if len(positions) > SHEETS_LIMIT + 1:
            raise _too_many(path, SHEETS_LIMIT, "个工作表 / sheets")
        if merges > MERGES_LIMIT:
            raise _too_many(path, MERGES_LIMIT, "个合并单元格 / merged cells")
    # Where parts overlap, what is passed over in one may be the middle of a record of another.
    parts = sorted(zip(positions, ends, strict=True))
    if any(end > begin for (_, end), (begin, _) in pairwise(parts)):
        raise damaged(path)


def _told(
    path: Path, stream: bytearray, position: int, counts: Counter[int], ends: list[int]
) -> Iterator[tuple[int, bytes]]:
    """Count the records up to the end of their part; those that say more come out."""
    depth, last, read = 0, len(stream) - _HEAD.size, _HEAD.unpack_from
    while position <= last:
        begin = position
        code, length = read(stream, position)
        position += _HEAD.size + length
        counts[code] += 1
        if code in _BEGIN:
            # The library looks for parts in a sheet (charts), but for none in those.
            depth = min(depth + 1, 2)
        elif not depth:
            break
        elif code not in _NEEDED:
            stream[begin : begin + len(_PASSED_OVER)] = _PASSED_OVER
        elif code in _TELLING:
            yield code, bytes(stream[position - length : position])
        elif code == _END:
            depth -= 1
            if not depth:
                ends.append(position)
                return
    raise damaged(path)


def _check_record(path: Path, code: int, content: bytes) -> None:
    if code == _PASSWORD:
        raise _encrypted(path)
    if code == _WORKSPACE:
        raise refused(path, "这是 Excel 4 工作簿", "an Excel 4 workbook")
    if code == _TEXTS and int.from_bytes(content[4:8], "little") > SHARED_TEXTS_LIMIT:
        raise _too_many(path, SHARED_TEXTS_LIMIT, "个共享文本 / shared texts")


def _check_counts(path: Path, counts: Counter[int]) -> None:
    for number, limit, what in (
        (counts.total(), RECORDS_LIMIT, "条记录 / records"),
        (sum(counts[code] for code in _FORMATS), STYLES_LIMIT, "个样式 / styles"),
    ):
        if number > limit:
            raise _too_many(path, limit, what)


def _too_many(path: Path, limit: int, what: str) -> SourceError:
    return refused(
        path, f"工作簿超出限制：超过 {limit}", f"the workbook is too large: > {limit} {what}"
    )


def _encrypted(path: Path) -> SourceError:
    return SourceError(
        f"{path.name}：这是加密的 Excel 文件 / this is an encrypted Excel file",
        "去掉密码后另存 / save it without a password",
    )


def damaged(path: Path, after: int = 0) -> SourceError:
    """The refusal of a file that is not what it should be, behind so many rows."""
    where = f"第 {after} 行之后 / after row {after}" if after else "工作簿 / the workbook"
    return refused(path, f"xls 文件已损坏（{where}）", "the xls file is damaged")


def refused(path: Path, chinese: str, english: str) -> SourceError:
    """The refusal of a file that a spreadsheet program may still open."""
    return SourceError(f"{path.name}：{chinese} / {english}", SAVE_AGAIN)
