"""Connections: one SQLAlchemy engine for SQLite (WAL) or PostgreSQL, and the migrations."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from records.errors import StoreError

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_BUSY_SECONDS = 120
_CHECKPOINT_PAGES = 16_000
"""64 MB: a page of an index that a load touches again and again is then copied once."""
_CACHE_KIBIBYTES = 65_536
"""Keys are digests: every insert goes to another place of the indexes."""
_WRITES = "xincha_writes"
_MIGRATION_LOCK = 410329

logging.getLogger("alembic").setLevel(logging.WARNING)


def connect(url: str) -> Engine:
    """An engine for a database URL. Statement parameters never reach logs or error texts."""
    try:
        parsed = make_url(url)
        engine = create_engine(
            parsed,
            hide_parameters=True,
            json_serializer=_as_json,
            json_deserializer=orjson.loads,
            **_options(parsed.get_backend_name()),
        )
    except (ArgumentError, ImportError) as error:
        raise StoreError(
            f"the database address cannot be used: {type(error).__name__} / 数据库地址不可用",
            "write it like sqlite:///var/xincha.db or postgresql+psycopg://user@host/name",
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


class Json(str):
    """Text that is JSON already: stored as it is."""

    __slots__ = ()


def _as_json(value: object) -> str:
    return str(value) if isinstance(value, Json) else orjson.dumps(value).decode()


def _options(backend: str) -> dict[str, dict[str, int]]:
    return {"connect_args": {"timeout": _BUSY_SECONDS}} if backend == "sqlite" else {}


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Autocommit hands the transactions to _begin_sqlite: the driver's own BEGIN is always deferred,
    # and a deferred transaction that turns to writing fails at once instead of waiting its turn.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"cache_size=-{_CACHE_KIBIBYTES}",
        f"wal_autocheckpoint={_CHECKPOINT_PAGES}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: begun exclusively on SQLite, so that it waits instead of failing."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest migration; does nothing when they are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current != head:
            with writing(engine) as connection:
                if engine.dialect.name == "postgresql":
                    connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise StoreError(
            f"the store cannot be opened: {type(error).__name__} / 数据库无法打开",
            "check XINCHA_DATABASE_URL, free space and permissions",
        ) from None
