"""One at a time on one machine."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from records.errors import LockTimeout
from records.store import Store
from records.turns import in_turn, sole_writer
from tests.records.holding import held_elsewhere


def test_a_second_writer_is_told_at_once(store: Store, tmp_path: Path) -> None:
    with (
        sole_writer(store, tmp_path, "index", 0),
        pytest.raises(LockTimeout, match="another process is writing the index"),
        sole_writer(store, tmp_path, "index", 0),
    ):
        pass


def test_a_second_writer_gives_up_in_time(store: Store, tmp_path: Path) -> None:
    with sole_writer(store, tmp_path, "index", 0):
        began = time.monotonic()
        with pytest.raises(LockTimeout), sole_writer(store, tmp_path, "index", 0.3):
            pass

    assert 0.3 <= time.monotonic() - began < 5


def test_a_writer_waits_for_another_one(store: Store, tmp_path: Path) -> None:
    entered, order = threading.Event(), []

    def second() -> None:
        entered.set()
        with sole_writer(store, tmp_path, "index", 30):
            order.append("second")

    waiting = threading.Thread(target=second)
    with sole_writer(store, tmp_path, "index", 0):
        waiting.start()
        entered.wait()
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]


def test_the_lock_is_free_after_a_failure(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), sole_writer(store, tmp_path, "index", 0):
        raise ZeroDivisionError

    with sole_writer(store, tmp_path, "index", 0) as hold:
        hold.confirm()


def test_indexes_of_other_names_and_loads_go_on_meanwhile(store: Store, tmp_path: Path) -> None:
    with (
        sole_writer(store, tmp_path, "one", 0),
        sole_writer(store, tmp_path, "two", 0),
        in_turn(store, tmp_path, "0f"),
    ):
        pass


def test_a_holder_that_was_killed_holds_nothing(store: Store, tmp_path: Path) -> None:
    url = store.engine.url.render_as_string(hide_password=False)
    with held_elsewhere(url, tmp_path, "index") as holder:
        with pytest.raises(LockTimeout), sole_writer(store, tmp_path, "index", 0):
            pass
        holder.kill()
        holder.wait()

        with sole_writer(store, tmp_path, "index", 5):
            pass
