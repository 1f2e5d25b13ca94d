"""What a file of rows looks like, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from xincha.synthetic.rows import Cell

RowWriter = Callable[[Sequence[Cell]], int]
"""Takes the cells of one row; returns the line by which a load reports it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Title, official Chinese headers and column codes of a table; `amounts` are codes of numbers.

    `table` is its name in a database.
    """

    title: str
    headers: Sequence[str]
    codes: Sequence[str]
    amounts: frozenset[str]
    table: str


def as_text(cell: Cell, dates: str) -> str:
    """A cell as text; `dates`: how date cells are spelled (strftime)."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return f"{cell:.5E}"  # how a spreadsheet exports a long code that it took for a number
    return format(cell, dates) if isinstance(cell, date) else format(cell, "f")
