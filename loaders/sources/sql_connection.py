"""Connections that only read: one transaction, in which the database stays as it was at its beginning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine

from loaders.sources.sql_address import TableAddress
from loaders.sources.sql_endless import tolerate_endless_dates
from loaders.sources.sql_errors import database_errors
from records.errors import SourceError

_LIBPQ = {"psycopg", "psycopg2"}
_USUAL: Mapping[str, int | str] = {"connect_timeout": 15, "client_encoding": "utf8"}
"""A database without an encoding (SQL_ASCII) would give bytes for text."""
_SNAPSHOTS = {"postgresql", "mysql", "mariadb"}
"""Databases whose transactions see one moment when asked for REPEATABLE READ."""


@contextmanager
def reading(address: TableAddress) -> Iterator[Connection]:
    """A connection to the table's database, closed at the end. Raises SourceError when there is none."""
    with database_errors(address):
        engine = _engine(address)
    try:
        with database_errors(address):
            connection = _begun(engine)
        with closing(connection):
            yield connection
    finally:
        engine.dispose()


def _engine(address: TableAddress) -> Engine:
    url, backend = address.url, address.url.get_backend_name()
    options: dict[str, str] = (
        {"isolation_level": "REPEATABLE READ"} if backend in _SNAPSHOTS else {}
    )
    arguments: dict[str, int | str] = {}
    if backend == "sqlite":
        url = _read_only_file(address)
    elif url.get_driver_name() in _LIBPQ:
        arguments = {name: value for name, value in _USUAL.items() if name not in url.query}
    engine = create_engine(
        url, poolclass=NullPool, hide_parameters=True, connect_args=arguments, **options
    )
    if engine.dialect.is_async:
        raise SourceError(
            f"{address.shown}：异步驱动不能用于装载 / an asynchronous driver cannot be used here",
            "例如改用 / use for example: postgresql+psycopg://, mysql+pymysql://, sqlite:///",
        )
    return engine


def _read_only_file(address: TableAddress) -> URL:
    """A missing file must be missed, not made."""
    database = address.url.database or ""
    path = Path(database.removeprefix("file:").partition("?")[0])
    if not path.is_file():
        raise SourceError(
            f"{address.shown}：没有这个 SQLite 文件 / there is no such SQLite file",
            "检查路径；绝对路径写成四条斜线 / check the path; an absolute one has four slashes: "
            "sqlite:////srv/data.db#table",
        )
    return address.url.set(
        database=f"file:{quote(str(path.resolve()))}", query={"mode": "ro", "uri": "true"}
    )


def _begun(engine: Engine) -> Connection:
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        tolerate_endless_dates(connection.connection.dbapi_connection)
        return connection.execution_options(postgresql_readonly=True)
    if engine.dialect.name == "sqlite":
        # The driver itself begins transactions only for what writes.
        connection.exec_driver_sql("BEGIN")
    return connection
