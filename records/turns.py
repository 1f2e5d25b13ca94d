"""Taking turns: two loads of one source must not count and reject its rows twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from sqlalchemy import func, select

from records.store import Store

_KEY_DIGITS = 15
"""Hexadecimal digits of a digest that fit a lock of PostgreSQL (64 bits, signed)."""


@contextmanager
def in_turn(store: Store, folder: Path | None, identity: str) -> Iterator[None]:
    """Wait until no other process works on the source of that digest (hexadecimal).

    `folder` keeps the locks of this machine; PostgreSQL, which several machines may share, has its own.
    """
    if folder is None:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f"{identity}.lock"), _among_machines(store, identity):
        yield


@contextmanager
def _among_machines(store: Store, identity: str) -> Iterator[None]:
    if store.engine.dialect.name != "postgresql":
        yield
        return
    key = int(identity[:_KEY_DIGITS], 16)
    # Without a transaction: one that stays open would keep the server from cleaning up behind the load.
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(select(func.pg_advisory_lock(key)))
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(key)))
