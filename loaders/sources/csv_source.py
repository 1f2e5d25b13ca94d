"""csv: UTF-8 (with or without BOM) or GB18030; comma, tab or semicolon.

The whole file is decoded and split once before its first row is given out, in flat memory, so that a
broken file is refused whole. `line` of a row is the number of its record.
"""

from __future__ import annotations

import codecs
import csv
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from loaders.sources.rows import IsHeader, Sheet, Source, SourceRow
from records.errors import SourceError

FIELD_LIMIT = 1_000_000
"""Characters of one cell; a quote that is never closed runs into it."""
LINE_LIMIT = 32 * FIELD_LIMIT
_BLOCK = 1 << 20
_HEAD_RECORDS = 20
_MOST_HEADERS = 200
_DELIMITERS = ",\t;"
_SURELY_UTF8 = 20
"""So many characters beyond ASCII that are good UTF-8 are no accident of another encoding."""
_WIDE = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_END = "\x1eend of file\x1e"


@contextmanager
def open_csv(path: Path, is_header: IsHeader) -> Iterator[Source]:
    """One unnamed sheet; `is_header` knows the headers of the templates, by which the cells are cut.

    Raises SourceError when the file cannot be decoded or split into records.
    """
    csv.field_size_limit(max(csv.field_size_limit(), FIELD_LIMIT))
    encoding = _encoding(path)
    delimiter = _delimiter(path, encoding, is_header)
    records = _check_records(path, encoding, delimiter)
    cut = records if _ends_with(path, delimiter) else 0

    def read() -> Iterator[SourceRow]:
        with path.open(encoding=encoding, newline="") as file:
            for line, cells in enumerate(csv.reader(file, delimiter=delimiter), 1):
                yield SourceRow(line, tuple(cells[:-1] if line == cut else cells))

    yield Source((Sheet("", read),))


def _encoding(path: Path) -> str:
    """The encoding in which all bytes of the file are good."""
    with path.open("rb") as file:
        head = file.read(4)
    if wide := _WIDE.get(head[:2]):
        raise SourceError(
            f"{path.name}：文件编码为 {wide} / the file is encoded in {wide}",
            "请另存为 UTF-8 的 csv / save it as csv in UTF-8",
        )
    utf8 = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    good = _decodes(path, utf8)
    if good is None:
        return utf8
    if utf8 == "utf-8" and good < _SURELY_UTF8:
        if _decodes(path, "gb18030") is None:
            return "gb18030"
        if not good:
            utf8 = "gb18030"
    raise _bad_characters(path, utf8, _UNDECODABLE)


def _decodes(path: Path, encoding: str) -> int | None:
    """None when the whole file can be decoded, else the number of good characters beyond ASCII."""
    decoder = codecs.getincrementaldecoder(encoding)()
    good, since_break = 0, 0
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            if b"\0" in block:
                raise _bad_characters(path, "latin-1", "\0")
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                return good + _beyond_ascii(error.object[: error.start].decode(encoding, "ignore"))
            if not block:
                return None
            if good < _SURELY_UTF8:
                good += _beyond_ascii(text)
            last = max(text.rfind("\n"), text.rfind("\r"))
            since_break = len(text) - last - 1 if last >= 0 else since_break + len(text)
            if since_break > LINE_LIMIT:
                raise SourceError(
                    f"{path.name}：有一行超过 {LINE_LIMIT} 个字符 / a line is longer than {LINE_LIMIT} characters",
                    "这不像表格文件，请重新导出 / this is hardly a table: export it again",
                )


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


_UNDECODABLE = "".join(map(chr, range(0xDC80, 0xDD00)))
"""What `surrogateescape` puts in the place of bytes that cannot be decoded."""


def _bad_characters(path: Path, encoding: str, bad: str) -> SourceError:
    """The error for characters that may not be there, with the line in which the first one stands."""
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        lines = (n for n, text in enumerate(file, 1) if not set(bad).isdisjoint(text))
        number = next(lines, 0)
    if bad == "\0":
        found = f"第 {number} 行含有空字符（NUL） / line {number} holds a NUL character"
    else:
        found = (
            f"第 {number} 行有无法识别的字节，不是完好的 UTF-8 或 GB18030"
            f" / line {number} holds bytes that are neither good UTF-8 nor GB18030"
        )
    return SourceError(
        f"{path.name}：{found}",
        "请用原软件重新导出为 UTF-8 的 csv，或另存为 xlsx"
        " / export it again as csv in UTF-8 from the original program, or save it as xlsx",
    )


def _delimiter(path: Path, encoding: str, is_header: IsHeader) -> str:
    """The delimiter that makes the most headers of one record known.

    Where none is known: the one that cuts the head of the file into the most records of equal width.
    Data have no say before headers do: a text may hold more semicolons than the table has columns.
    """

    def score(delimiter: str) -> tuple[int, int]:
        known, widths = 0, Counter[int]()
        with path.open(encoding=encoding, newline="") as file:
            try:
                for cells in islice(csv.reader(file, delimiter=delimiter), _HEAD_RECORDS):
                    known = max(known, sum(map(is_header, cells[:_MOST_HEADERS])))
                    widths[len(cells)] += 1
            except csv.Error:
                widths.clear()
        return known, max(((width - 1) * times for width, times in widths.items()), default=0)

    return max(_DELIMITERS, key=score)


def _ends_with(path: Path, delimiter: str) -> bool:
    """Whether the file breaks off behind a delimiter: its last cell may be empty, or may have been cut off."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == delimiter.encode()


def _check_records(path: Path, encoding: str, delimiter: str) -> int:
    """Split the whole file once and count its records. A quote never closed swallows the end mark."""
    number = 0
    last: list[str] = []
    with path.open(encoding=encoding, newline="") as file:
        try:
            for cells in csv.reader(chain(file, (_END,)), delimiter=delimiter):
                number += 1
                last = cells
        except csv.Error as error:
            raise SourceError(
                f"{path.name}：第 {number + 1} 条记录无法拆分为单元格，常因引号没有闭合或单元格超过"
                f" {FIELD_LIMIT} 个字符 / record {number + 1} cannot be split into cells: most often a quote"
                f" is not closed, or a cell is longer than {FIELD_LIMIT} characters",
                _QUOTES,
            ) from error
    if last != [_END]:
        raise SourceError(
            f"{path.name}：第 {number} 条记录的引号没有闭合"
            f" / the quote opened in record {number} is never closed",
            _QUOTES,
        )
    return number - 1


_QUOTES = (
    '检查该记录中的英文双引号，单元格内的双引号须写成 ""'
    ' / check the double quotes of that record; inside a cell they are written ""'
)
