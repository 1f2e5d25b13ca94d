"""csv as spreadsheets in China export it: UTF-8 with a byte order mark, or GB 18030."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from xincha.synthetic.rows import Cell
from xincha.synthetic.writers.layout import Layout, RowWriter, as_text

_DATES = "%Y/%m/%d"


@contextmanager
def csv_writer(path: Path, layout: Layout, encoding: str) -> Iterator[RowWriter]:
    """A csv with the official headers in its first line."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open("w", encoding=codec, newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(layout.headers)
        line = 1

        def write(cells: Sequence[Cell]) -> int:
            nonlocal line
            line += 1
            table.writerow([c if isinstance(c, str) else as_text(c, _DATES) for c in cells])
            return line

        yield write
