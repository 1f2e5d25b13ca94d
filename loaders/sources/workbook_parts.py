"""The parts of an xlsx file, looked through as bytes before a library builds trees of them.

The library does not know merged cells while it streams, reads shared texts and styles whole, and builds
one tree a row: what would take its memory is refused here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl.utils import column_index_from_string

from loaders.sources.merged_cells import Merge
from records.errors import SourceError

SHEETS_LIMIT = 500
"""Sheets of one workbook, hidden ones included."""
SHEET_LIMIT = 8 << 30
"""Bytes of one sheet unpacked: more than a full sheet of 1,048,576 rows of long texts."""
ROW_LIMIT = 32 << 20
"""Bytes of one row, or of what stands before and behind the rows."""
WHOLE_PARTS_LIMIT = 1 << 30
"""Bytes of the parts that are read into memory at once (shared texts, styles)."""
SHARED_TEXTS_LIMIT = 5_000_000
"""Different texts of a workbook."""
STYLES_LIMIT = 200_000
"""Cell formats of a workbook; spreadsheet programs allow 64,000."""
MERGES_LIMIT = 200_000
"""Merged ranges of one sheet."""

_BLOCK = 1 << 20
_KEPT = 16 << 10
_ROW_END = b"row>"
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*?\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br=[\"'](\d{1,9})[\"']")
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*(?:<(?:\w+:)?f\b[^<>]*>[^<]*</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_TO_BE_COMPUTED = re.compile(rb"\bfullCalcOnLoad=[\"'](?:1|true)[\"']")
_TAGS = (
    (re.compile(rb"<(?:\w+:)?sheet[\s/>]"), "个工作表 / sheets", SHEETS_LIMIT),
    (re.compile(rb"<(?:\w+:)?si[\s/>]"), "个共享文本 / shared texts", SHARED_TEXTS_LIMIT),
    (
        re.compile(rb"<(?:\w+:)?(?:xf|font|fill|border|numFmt)[\s/>]"),
        "个样式 / styles",
        STYLES_LIMIT,
    ),
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What is known of a sheet before it is read.

    `without_value`: formulas that were never computed; `untrue`: all of them, where the program that wrote
    the workbook asks that they be computed when it is opened: it may have put 0 in their place.
    """

    merges: tuple[Merge, ...] = ()
    without_value: int = 0
    untrue: int = 0


def look_through(path: Path) -> Mapping[str, SheetPart]:
    """Sheet parts by their name in the workbook.

    Raises SourceError when the workbook is beyond the limits, the errors of zipfile when it is damaged.
    """
    sheets: dict[str, SheetPart] = {}
    computed = True
    with zipfile.ZipFile(path) as workbook:
        _check_sizes(path, workbook.infolist())
        for member in workbook.infolist():
            if not member.filename.endswith(".xml"):
                continue
            with closing(_blocks(workbook, member)) as blocks:
                if _is_sheet(member):
                    sheets[member.filename] = _sheet(path, blocks)
                else:
                    computed = _check_tags(path, blocks) and computed
    return {name: replace(part, untrue=0) for name, part in sheets.items()} if computed else sheets


def _is_sheet(member: zipfile.ZipInfo) -> bool:
    return member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")


def _check_sizes(path: Path, members: list[zipfile.ZipInfo]) -> None:
    # zipfile reads no more of a member than its directory states.
    parts = [m for m in members if m.filename.endswith((".xml", ".rels"))]
    sheets = [m.file_size for m in parts if _is_sheet(m)]
    if len(sheets) > SHEETS_LIMIT:
        raise _too_large(path, "个工作表 / sheets", SHEETS_LIMIT)
    if sum(m.file_size for m in parts if not _is_sheet(m)) > WHOLE_PARTS_LIMIT:
        raise _too_large(path, limit=WHOLE_PARTS_LIMIT)
    if max(sheets, default=0) > SHEET_LIMIT:
        raise _too_large(path)


def _blocks(workbook: zipfile.ZipFile, member: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    with workbook.open(member) as part:
        while block := part.read(_BLOCK):
            yield block


def _check_tags(path: Path, blocks: Iterator[bytes]) -> bool:
    """Whether formulas have been computed, as far as this part tells."""
    computed = True
    counts = [0] * len(_TAGS)
    kept = b""
    for block in blocks:
        text = kept + block
        # A tag that the end of the block cuts is counted with the next one.
        cut = max(text.rfind(b"<"), len(text) - _KEPT)
        computed = computed and not _TO_BE_COMPUTED.search(text)
        for at, (tag, what, limit) in enumerate(_TAGS):
            counts[at] += sum(1 for _ in tag.finditer(text, 0, cut))
            if counts[at] > limit:
                raise _too_large(path, what, limit)
        kept = text[cut:]
    return computed


def _sheet(path: Path, blocks: Iterator[bytes]) -> SheetPart:
    kept, behind, since, without_value, untrue, line = b"", bytearray(), 0, 0, 0, 0
    in_rows = True
    for block in blocks:
        if in_rows:
            text = kept + block
            end = _ROWS_END.search(text)
            rows = text[: end.start()] if end else text
            if b"<f" in rows or b":f" in rows:
                untrue += sum(found.end() > len(kept) for found in _FORMULA.finditer(rows))
                without_value += _without_value(rows, len(kept))
            line = _last_line(path, rows, len(kept), line)
            last = rows.rfind(_ROW_END)
            since = since + len(block) if last < 0 else len(rows) - last
            kept = text[-_KEPT:]
            if end:
                in_rows, since = False, 0
                behind += text[end.end() :]
        else:
            behind += block
        if max(since, len(behind)) > ROW_LIMIT:
            raise _too_large(path, "字节的一行 / bytes in one row", ROW_LIMIT)
    return SheetPart(_merges(path, bytes(behind)), without_value, untrue)


def _last_line(path: Path, rows: bytes, seen: int, line: int) -> int:
    """The number of the last row. The library leaves out rows whose numbers do not rise."""
    for found in _ROW.finditer(rows):
        if found.end() <= seen:
            continue
        if (number := int(found[1])) <= line:
            raise SourceError(
                f"{path.name}：工作表的行号没有递增（{line} 之后是 {number}）"
                f" / rows of a sheet are out of order ({number} behind {line})",
                "请在电子表格软件中打开后重新另存为 xlsx"
                " / open it in a spreadsheet program and save it again as xlsx",
            )
        line = number
    return line


def _without_value(rows: bytes, seen: int) -> int:
    """Formulas without a computed value that end behind the first `seen` bytes; an empty text is a value."""
    found = (match for match in _NO_VALUE.finditer(rows) if match.end() > seen)
    return sum(b't="str"' not in match[1] for match in found)


def _merges(path: Path, behind: bytes) -> tuple[Merge, ...]:
    merges: list[Merge] = []
    for number, found in enumerate(_MERGE.finditer(behind), 1):
        if number > MERGES_LIMIT:
            raise _too_large(path, "个合并单元格 / merged cells", MERGES_LIMIT)
        left, first, right, last = found.groups()
        if left == right and len(left) <= len("XFD") and int(first) < int(last):
            column = column_index_from_string(left.decode()) - 1
            merges.append(Merge(column, int(first), int(last)))
    return tuple(merges)


def _too_large(path: Path, what: str = "字节 / bytes", limit: int = SHEET_LIMIT) -> SourceError:
    return SourceError(
        f"{path.name}：工作簿超出限制，解压后过大 / the workbook is too large when unpacked:"
        f" > {limit} {what}",
        "请拆分为多个文件，或另存为 csv / split it, or save it as csv",
    )
