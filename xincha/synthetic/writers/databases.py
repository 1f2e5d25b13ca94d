"""A table as the front-end databases of departments have it: columns named by the column codes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from xincha.synthetic.rows import Cell
from xincha.synthetic.writers.layout import Layout, RowWriter

_AT_ONCE = 1000
_Stored = str | float | None


@contextmanager
def sqlite_writer(path: Path, layout: Layout) -> Iterator[RowWriter]:
    """A SQLite file with one table; amounts are numbers, everything else is text, an empty cell NULL."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        columns = ", ".join(
            f'"{code}" {"DECIMAL(18,6)" if code in layout.amounts else "TEXT"}'
            for code in layout.codes
        )
        connection.execute(f'CREATE TABLE "{layout.table}" ({columns})')
        places = ", ".join("?" * len(layout.codes))
        insert = f'INSERT INTO "{layout.table}" VALUES ({places})'  # noqa: S608  # names of our own
        waiting: list[tuple[_Stored, ...]] = []
        number = 0

        def write(cells: Sequence[Cell]) -> int:
            nonlocal number
            number += 1
            waiting.append(tuple(map(_stored, cells)))
            if len(waiting) == _AT_ONCE:
                connection.executemany(insert, waiting)
                waiting.clear()
            return number

        yield write
        connection.executemany(insert, waiting)
        connection.commit()


def _stored(cell: Cell) -> _Stored:
    if isinstance(cell, date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell or None
