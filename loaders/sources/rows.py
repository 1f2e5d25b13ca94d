"""What every kind of file becomes: sheets of rows of text, each row with the line a person sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

IsHeader = Callable[[str], bool]
"""Whether a cell is the header of a column of some template."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it was written. `line` is 1-based: the row number of a sheet, the record of a csv.

    `trimmed`: empty cells at its end are left out, as workbooks do; else a missing cell was never written.
    """

    line: int
    cells: tuple[str, ...]
    trimmed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; `name` is empty where a file has only one (csv).

    `resumable`: whether a load that was killed can go on at its line, because rows stay in their order.
    `unread`: headers of columns that stand blank because their values are no text; `uncomputed`: number of
    cells whose formulas were never computed, blank ones or with a value that only holds their place.
    """

    name: str
    read: Callable[[], Iterator[SourceRow]]
    resumable: bool = True
    unread: tuple[str, ...] = ()
    uncomputed: int = 0

    def rows(self) -> Iterator[SourceRow]:
        """All rows from the first one, streaming; may be called again. SourceError where unreadable."""
        return self.read()


@dataclass(frozen=True, slots=True)
class Source:
    """One open file: its visible sheets, in order, and the names of those that are hidden.

    `notes`: what the operator should know of how it was read.
    """

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
