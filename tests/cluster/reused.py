"""One database for many tests: emptying it takes a fraction of the time of making another one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, Table, select, text

from records import tables
from records.database import connect, migrate

_TABLES = tables.metadata.sorted_tables
_PATIENCE = "SET LOCAL lock_timeout = '10s'"
"""A transaction that a test left open is an error of that test, not a reason to wait for ever."""


@dataclass(frozen=True, slots=True)
class ReusedDatabase:
    """A database on a PostgreSQL, and the rows with which a new store begins."""

    engine: Engine
    first_rows: dict[Table, list[dict[str, object]]]

    def emptied(self) -> str:
        """Make it a new store again; its address."""
        # A test may have left the tables of another migration.
        migrate(self.engine)
        with self.engine.begin() as connection:
            names = ", ".join(table.name for table in _TABLES)
            connection.execute(text(_PATIENCE))
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
            for table, rows in self.first_rows.items():
                connection.execute(table.insert(), rows)
        return self.engine.url.render_as_string(hide_password=False)


@contextmanager
def reused(address: str) -> Iterator[ReusedDatabase]:
    """Make an empty database a store that many tests may use one after the other."""
    engine = connect(address)
    try:
        migrate(engine)
        with engine.connect() as connection:
            contents = {t: connection.execute(select(t)).mappings().all() for t in _TABLES}
        yield ReusedDatabase(
            engine, {t: list(map(dict, rows)) for t, rows in contents.items() if rows}
        )
    finally:
        engine.dispose()
