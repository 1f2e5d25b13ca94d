"""Bringing the index to the store, from a command and beside a server."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from records.errors import LockTimeout, SearchError
from search.engine import IndexState
from search.follower import Progress as OnProgress
from xincha.wiring import House

PATIENCE = 600.0
"""Seconds that a command waits for another process to bring the index to its rows."""


def bring_index_up(house: House, revision: int, *, quiet: bool = False) -> IndexState | None:
    """Return when the index has reached the revision, whoever brings it there; None if nobody did.

    A load that cannot be searched yet has not failed: its rows are in the store, and the note says so.
    """
    with following("index / 索引", quiet=quiet) as on_progress:
        try:
            return house.follower.bring_up_or_wait(revision, PATIENCE, on_progress)
        except (LockTimeout, SearchError) as error:
            note = "已入库，尚不可检索 / stored, not searchable yet"
            typer.echo(f"{note}: {error.message} → {error.suggestion}", err=True)
            return None


@contextmanager
def following(title: str, *, quiet: bool = False) -> Iterator[OnProgress]:
    """A progress bar over revisions on a terminal, nothing elsewhere."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        transient=True,
        disable=quiet or not sys.stdout.isatty(),
    )
    with bar:
        task = bar.add_task(title, total=None)
        yield lambda reached, target: bar.update(task, completed=reached, total=target)


class FollowerThread:
    """Keeps the index up to date beside a server's workers, until stopped."""

    def __init__(self, house: House) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=house.follower.keep_up, args=(self._stop,), name="follower", daemon=True
        )

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the present batch; what is committed stays."""
        self._stop.set()
        self._thread.join(timeout=30)
