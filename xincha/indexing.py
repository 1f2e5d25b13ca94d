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

FOLLOW_SECONDS = 0.5
"""Between two looks at the store."""
START_SECONDS = 2.0
"""Within which a server listens, whatever its search engine does."""
STOP_SECONDS = 8.0
"""Less than a container is given to stop."""
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
            note = (
                "已入库，尚不可检索，撤下的仍可见 / "
                "stored, not searchable yet, and what was taken down is still shown"
            )
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
        self._stop, self._looked = threading.Event(), threading.Event()
        self._thread = threading.Thread(
            target=house.follower.keep_up,
            args=(self._stop, FOLLOW_SECONDS, self._looked.set),
            name="follower",
            daemon=True,
        )

    def start(self) -> None:
        """Begin to follow; returns when the index is there, or when that takes too long."""
        self._thread.start()
        self._looked.wait(START_SECONDS)

    def stop(self) -> bool:
        """Stop after the batch at hand; what is committed stays. False when it hangs in the engine."""
        self._stop.set()
        self._thread.join(STOP_SECONDS)
        return not self._thread.is_alive()
