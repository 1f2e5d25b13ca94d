"""Merged cells: a value that a person sees beside several rows counts for each of them.

Only merges of one column are filled. Titles and group headers are merged across and stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.sources.rows import SourceRow


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells of one column that are one: 0-based column, 1-based first and last line."""

    column: int
    first: int
    last: int


def unmerged(rows: Iterable[SourceRow], merges: Iterable[Merge]) -> Iterator[SourceRow]:
    """The rows with the value of a merge in every row that it covers and that has cells of its own.

    Rows that are blank beside the merge stay blank: several lines of the sheet are one row then.
    """
    begins: defaultdict[int, list[Merge]] = defaultdict(list)
    for merge in merges:
        begins[merge.first].append(merge)
    running: dict[int, tuple[int, str]] = {}
    for row in rows:
        if running and any(row.cells):
            yield _filled(row, running)
        else:
            yield row
        for merge in begins.get(row.line, ()):
            value = row.cells[merge.column] if merge.column < len(row.cells) else ""
            if value:
                running[merge.column] = (merge.last, value)
        running = {c: kept for c, kept in running.items() if kept[0] > row.line}


def _filled(row: SourceRow, running: dict[int, tuple[int, str]]) -> SourceRow:
    cells = list(row.cells)
    cells.extend([""] * (max(running) + 1 - len(cells)))
    for column, (_, value) in running.items():
        cells[column] = cells[column] or value
    return SourceRow(row.line, tuple(cells), row.trimmed)
