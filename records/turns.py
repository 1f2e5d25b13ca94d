"""Taking turns: one load at a time of one source, one writer at a time of one index.

Two loads would count and reject its rows twice, two writers undo what the other did. Each lock is held
twice: as a file, which the kernel frees when the process dies, and on PostgreSQL, which several machines
may share, as an advisory lock, which the server frees when the process or its connection dies. The
connection of that lock is none of the pool's: nobody else gets it, and no pool replaces it by a fresh one,
without the lock, when it breaks.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from records.errors import LockTimeout
from records.store import Store

_PAUSE = 0.1
"""Seconds between two tries. A statement that waits in the server would keep it from cleaning up."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A lock that is held; only the thread that took it may ask for it."""

    _connection: Connection | None
    """The connection that holds the lock of PostgreSQL."""
    _backend: int = 0
    """The server process that served that connection when the lock was taken."""

    def confirm(self) -> None:
        """One short round trip to PostgreSQL, nothing on SQLite: the kernel takes no file lock back.

        Raises LockTimeout when the lock is lost: another process may hold it by now.
        """
        if self._connection is None:
            return
        try:
            backend = self._connection.scalar(select(func.pg_backend_pid()))
        except SQLAlchemyError:
            backend = None
        if backend != self._backend:
            raise LockTimeout(
                "the connection that held the writer's lock is lost / 写锁所在的数据库连接已断开",
                "check that the database is running, then run the command again",
            )


@contextmanager
def in_turn(store: Store, folder: Path | None, identity: str) -> Iterator[None]:
    """Wait until no other process works on the source of that digest (hexadecimal).

    `folder` keeps the locks of this machine; None takes no lock.
    """
    if folder is None:
        yield
        return
    with _held(store, folder, identity, math.inf):
        yield


@contextmanager
def sole_writer(store: Store, folder: Path, name: str, timeout: float) -> Iterator[Hold]:
    """Be the one writer of the index of that name, among all machines that share the store.

    `folder` keeps the locks of this machine; `name` is also the name of a file in it. Raises LockTimeout
    when another process still writes after `timeout` seconds; 0 tries once.
    """
    with _held(store, folder, name, timeout) as hold:
        yield hold


@contextmanager
def _held(store: Store, folder: Path, name: str, timeout: float) -> Iterator[Hold]:
    deadline = time.monotonic() + timeout
    folder.mkdir(parents=True, exist_ok=True)
    try:
        of_this_machine = FileLock(folder / f"{name}.lock").acquire(timeout=timeout)
    except Timeout:
        raise _taken() from None
    with of_this_machine, _among_machines(store, name, deadline) as hold:
        yield hold


@contextmanager
def _among_machines(store: Store, name: str, deadline: float) -> Iterator[Hold]:
    if store.engine.dialect.name != "postgresql":
        yield Hold(None)
        return
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    # Without a transaction: one that stays open would keep the server from cleaning up meanwhile.
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()
        backend = _obtain(connection, key, deadline)
        try:
            yield Hold(connection, backend)
        finally:
            # A server that is gone, or has closed the connection, has freed the lock itself.
            with suppress(SQLAlchemyError):
                connection.execute(select(func.pg_advisory_unlock(key)))


def _obtain(connection: Connection, key: int, deadline: float) -> int:
    """Take the lock; the server process that holds it. Raises LockTimeout."""
    attempt = select(func.pg_try_advisory_lock(key), func.pg_backend_pid())
    while True:
        obtained, backend = connection.execute(attempt).one()
        if obtained:
            return int(backend)
        if time.monotonic() >= deadline:
            raise _taken()
        time.sleep(_PAUSE)


def _taken() -> LockTimeout:
    return LockTimeout(
        "another process is writing the index / 另一进程正在写索引", "wait until it has finished"
    )
