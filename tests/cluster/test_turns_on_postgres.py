"""One at a time among machines that share a database; a folder of locks stands for a machine."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from records.clock import system_clock
from records.errors import LockTimeout
from records.store import Store
from records.turns import in_turn, sole_writer
from tests.cluster.postgres import PostgresServer
from tests.records.holding import held_elsewhere

_TERMINATED = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'"
)


@pytest.fixture(scope="module")
def address(postgres: PostgresServer) -> str:
    return postgres.create("turns")


@pytest.fixture
def shared(address: str) -> Iterator[Store]:
    opened = Store.connect(address, system_clock)
    yield opened
    opened.close()


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "here"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    return tmp_path / "there"


def terminate_holder(store: Store) -> None:
    """The server ends the connection that holds the lock."""
    with store.engine.begin() as connection:
        assert connection.scalar(_TERMINATED) == 1


def test_a_writer_on_another_machine_is_told(shared: Store, here: Path, there: Path) -> None:
    with (
        sole_writer(shared, here, "index", 0),
        pytest.raises(LockTimeout, match="another process is writing the index"),
        sole_writer(shared, there, "index", 0.2),
    ):
        pass
    with sole_writer(shared, there, "index", 0) as hold:
        hold.confirm()


def test_a_machine_that_did_not_get_the_lock_keeps_none(
    shared: Store, here: Path, there: Path
) -> None:
    with sole_writer(shared, here, "index", 0):
        with pytest.raises(LockTimeout), sole_writer(shared, there, "index", 0):
            pass
        assert shared.engine.pool.status().endswith("Current Checked out connections: 0")

    with sole_writer(shared, there, "index", 0):
        pass


def test_a_holder_that_was_killed_holds_nothing(
    shared: Store, address: str, here: Path, there: Path
) -> None:
    with held_elsewhere(address, here, "index") as holder:
        with pytest.raises(LockTimeout), sole_writer(shared, there, "index", 0):
            pass
        holder.kill()
        holder.wait()

        with sole_writer(shared, there, "index", 10):
            pass


def test_a_lost_lock_is_noticed_and_stays_lost(shared: Store, here: Path, there: Path) -> None:
    with sole_writer(shared, here, "index", 0) as hold:
        hold.confirm()
        terminate_holder(shared)
        with sole_writer(shared, there, "index", 10):
            for _ in range(2):
                with pytest.raises(LockTimeout, match="lost"):
                    hold.confirm()


def test_a_lock_that_was_lost_unnoticed_is_left_quietly(
    shared: Store, here: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        with sole_writer(shared, here, "index", 0):
            terminate_holder(shared)
        with sole_writer(shared, here, "index", 10) as hold:
            hold.confirm()

    assert not caplog.records


def test_nobody_else_gets_the_connection_of_the_lock(shared: Store, here: Path) -> None:
    pid = select(func.pg_backend_pid())
    with sole_writer(shared, here, "index", 0):
        with shared.engine.connect() as one, shared.engine.connect() as another:
            used = {one.scalar(pid), another.scalar(pid)}
            holder = one.scalar(text("SELECT pid FROM pg_locks WHERE locktype = 'advisory'"))
            assert holder not in used
        shared.engine.dispose()
        with shared.engine.connect() as connection:
            state = text("SELECT state FROM pg_stat_activity WHERE pid = :pid")
            assert connection.scalar(state, {"pid": holder}) == "idle"


def test_loads_of_one_source_take_turns_among_machines(
    shared: Store, here: Path, there: Path
) -> None:
    entered, order = threading.Event(), []

    def second() -> None:
        entered.set()
        with in_turn(shared, there, "0f"):
            order.append("second")

    waiting = threading.Thread(target=second)
    with in_turn(shared, here, "0f"):
        waiting.start()
        entered.wait()
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]
