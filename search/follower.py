"""The one follower: bring this index to the store's revision. The same for every engine.

Any step may be the last one before a kill: documents and the state that describes them are committed
together, and applying a change twice is applying it once. So whoever follows next goes on where the last
commit ended.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from records.clock import Clock
from records.clock import today as present_day
from records.dataset import Dataset
from records.errors import IndexUnavailable, LockTimeout, SearchError, XinchaError
from records.stored import ChangeBatch, StoredRecord
from search.applying import SubjectSource, apply_batch, recount
from search.engine import Generations, IndexState, IndexWriter

BATCH = 5_000
LIVE_COMMIT, BUILD_COMMIT = 1.0, 10.0
"""Seconds of work that a kill may cost, on the live index and on one that is being built: a commit is dear."""
_PAUSE = 0.2
_UNSEEN = 5.0
"""Seconds without any state of the index after which nobody waits for it."""
_SAID_AGAIN = 60.0
"""Seconds after which a failure that lasts is logged again."""

logger = logging.getLogger("xincha.search")

Progress = Callable[[int, int], None]
"""Told the revision reached and the revision to reach."""


class JournalSource(SubjectSource, Protocol):
    """What the follower reads; records.store.Store is one."""

    def revision(self) -> int:
        """The newest visible revision."""

    def sweep(self, today: date) -> None:
        """End what has run out and publish what begins, under a new revision; once a day."""

    def swept(self) -> date | None:
        """The day of the last sweep."""

    def changes(self, after: int, limit: int) -> ChangeBatch:
        """What changed after a revision, in whole revisions; an empty batch has the current one."""


class _Stopped(Exception):
    """The follower was told to stop between two batches."""


def _silent(_reached: int, _target: int) -> None:
    """Nobody looks at the progress."""


def _nothing() -> None:
    """Nothing to do between two batches."""


@dataclass(frozen=True)
class Follower:
    """Keeps an index equal to the store. Holds no state of its own: several processes may have one."""

    source: JournalSource
    generations: Generations
    datasets: tuple[Dataset, ...]
    clock: Clock
    batch: int = BATCH
    live_commit: float = LIVE_COMMIT
    build_commit: float = BUILD_COMMIT

    def bring_up(self, timeout: float = 0, progress: Progress = _silent) -> IndexState:
        """Bring the live generation to the store's revision and day; build one if none is usable.

        Raises LockTimeout when another process writes for longer than `timeout` seconds.
        """
        with self.generations.exclusive(timeout):
            self.generations.collect()
            name = self.generations.live()
            if name is not None:
                with closing(self.generations.writer(name)) as writer:
                    if writer.state.revision <= self.source.revision():
                        return self.follow(writer, progress)
            return self._build(progress)

    def bring_up_or_wait(
        self, revision: int, timeout: float, progress: Progress = _silent
    ) -> IndexState:
        """Return when the live index has reached a revision, whoever brings it there.

        Raises LockTimeout when nobody has within `timeout` seconds, and IndexUnavailable as soon as the
        index has not even said its state for a while: whoever holds the lock waits for the engine, too.
        """
        deadline = time.monotonic() + timeout
        seen_at = time.monotonic()
        while True:
            try:
                return self.bring_up(0, progress)
            except LockTimeout:
                left = deadline - time.monotonic()
                waiting = _Wait(revision, self.generations, progress)
                if (state := waiting.during(min(1.0, left))) is not None:
                    return state
                if waiting.failure is None:
                    seen_at = time.monotonic()
                elif time.monotonic() - seen_at >= _UNSEEN:
                    raise waiting.failure from None
                if left <= 0:
                    raise

    def reindex(self, timeout: float = 0, progress: Progress = _silent) -> IndexState:
        """Build a new generation beside the live one, then swap; goes on with an interrupted one.

        The live generation is kept up to date meanwhile. Raises LockTimeout.
        """
        with self.generations.exclusive(timeout):
            return self._build(progress)

    def rollback(self, timeout: float = 0, progress: Progress = _silent) -> IndexState:
        """Bring the previous generation to now, then make it the live one.

        Raises LockTimeout, and IndexUnavailable when there is no previous one that can be used.
        """
        with self.generations.exclusive(timeout):
            name = self.generations.previous()
            if name is None:
                raise _no_way_back()
            with closing(self.generations.writer(name)) as writer:
                if writer.state.revision > self.source.revision():
                    raise _no_way_back()
                state = self.follow(writer, progress)
            self.generations.promote(name)
            return state

    def keep_up(
        self, stop: threading.Event, interval: float = 0.5, looked: Callable[[], None] = _nothing
    ) -> None:
        """Follow until `stop` is set: what changes is searchable within about `interval` seconds.

        `looked` is called after each try, the first of which comes at once.

        A failure is tried again, and logged when it is a new one or has lasted for another minute; while
        another process writes, that one follows. When told to stop it finishes the batch at hand; what is not
        committed by then is done again by whoever follows next.
        """

        def check(_reached: int, _target: int) -> None:
            if stop.is_set():
                raise _Stopped

        state, complaint = IndexState(-1), _Complaint()
        while not stop.is_set():
            try:
                if self._is_behind(state) or self.generations.live() is None:
                    state = self.bring_up(progress=check)
                complaint.over()
            except (LockTimeout, _Stopped):
                # Whoever holds the lock follows.
                pass
            except XinchaError as error:
                complaint.about(f"{error.message} → {error.suggestion}")
            except Exception as error:  # noqa: BLE001  # a server outlives whatever its disk or store does
                complaint.about(type(error).__name__)
            looked()
            stop.wait(interval)

    def _is_behind(self, state: IndexState) -> bool:
        if state.revision != self.source.revision() or state.swept is None:
            return True
        return state.swept < present_day(self.clock)

    def _build(self, progress: Progress) -> IndexState:
        name = self._unfinished() or self.generations.create()
        live = _LiveMeanwhile(self, self.generations.live())
        with closing(self.generations.writer(name)) as writer:
            state = self.follow(writer, progress, live.refresh, self.build_commit)
        self.generations.promote(name)
        self.generations.collect()
        return state

    def _unfinished(self) -> str | None:
        """The generation to go on with; one that is ahead was built from another store."""
        name = self.generations.unfinished()
        if name is None:
            return None
        with closing(self.generations.writer(name)) as writer:
            return name if writer.state.revision <= self.source.revision() else None

    def follow(
        self,
        writer: IndexWriter,
        progress: Progress = _silent,
        between: Callable[[], None] = _nothing,
        commit_after: float | None = None,
    ) -> IndexState:
        """Bring one generation to the store's revision and day; the caller holds the writer lock.

        Applies batch after batch until nothing is left; `between` runs after each. Commits after so many
        seconds, by default those of the live index, and at the end.
        """
        commit_after = self.live_commit if commit_after is None else commit_after
        self._follow(writer, progress, between, commit_after)

        def meanwhile() -> None:
            progress(writer.state.revision, self.source.revision())
            if self._is_behind(writer.state):
                self._follow(writer, progress, between, commit_after)

        # Behind what is to be seen at once.
        recount(writer, self.source, meanwhile)
        return writer.state

    def _follow(
        self,
        writer: IndexWriter,
        progress: Progress,
        between: Callable[[], None],
        commit_after: float,
    ) -> None:
        """Apply and commit what has changed; statistics stay as they are."""
        self.source.sweep(present_day(self.clock))
        # Read before the changes: whatever this sweep ended is among them. Stated only with the last
        # batch, since an earlier one may lie before the sweep.
        swept = self.source.swept()
        state, committed_at = writer.state, time.monotonic()
        while (batch := self.source.changes(state.revision, self.batch)).records or batch.subjects:
            apply_batch(writer, batch, self.datasets)
            updated = _newest(state.updated_at, batch.records)
            state = replace(state, revision=batch.revision, updated_at=updated)
            if time.monotonic() - committed_at >= commit_after:
                writer.commit(state)
                committed_at = time.monotonic()
            progress(batch.revision, max(batch.revision, self.source.revision()))
            between()
        final = replace(state, revision=batch.revision, swept=swept)
        if final != writer.state:
            writer.commit(final)


@dataclass
class _LiveMeanwhile:
    """Keeps the live generation up to date while another is being built under the same lock."""

    follower: Follower
    name: str | None
    reached: int = -1

    def refresh(self) -> None:
        """Follow if there is something to follow to."""
        source = self.follower.source
        if self.name is None or self.reached == source.revision():
            return
        try:
            with closing(self.follower.generations.writer(self.name)) as writer:
                if writer.state.revision <= source.revision():
                    self.reached = self.follower.follow(writer).revision
                    return
        except SearchError as error:
            logger.warning("the live index cannot be kept up to date: %s", error.message)
        self.name = None


def wait_until(
    revision: int, generations: Generations, timeout: float, progress: Progress = _silent
) -> IndexState | None:
    """The state of the live index once it has reached a revision; None when it has not in time."""
    return _Wait(revision, generations, progress).during(timeout)


@dataclass
class _Wait:
    """Waits for the live index to reach a revision; `failure` tells why its state was never seen."""

    revision: int
    generations: Generations
    progress: Progress
    failure: IndexUnavailable | None = None

    def during(self, timeout: float) -> IndexState | None:
        deadline = time.monotonic() + timeout
        seen = False
        while True:
            try:
                state, self.failure, seen = self.generations.state(), None, True
            except IndexUnavailable as error:
                # A generation may be swapped and removed between looking up its name and opening it.
                state, self.failure = None, None if seen else error
            if state is not None:
                self.progress(min(state.revision, self.revision), self.revision)
                if state.revision >= self.revision:
                    return state
            if time.monotonic() >= deadline:
                return None
            time.sleep(_PAUSE)


@dataclass
class _Complaint:
    """Says what keeps the follower from following when that changes, else once a while."""

    said: str = ""
    at: float = 0

    def about(self, reason: str) -> None:
        now = time.monotonic()
        if reason != self.said or now - self.at >= _SAID_AGAIN:
            logger.warning("the index does not follow: %s", reason)
            self.said, self.at = reason, now

    def over(self) -> None:
        if self.said:
            logger.warning("the index follows again")
            self.said = ""


def _newest(
    known: Mapping[str, datetime], records: Iterable[StoredRecord]
) -> Mapping[str, datetime]:
    """When each dataset last changed, the given records included."""
    newest = dict(known)
    for record in records:
        newest[record.dataset] = max(
            newest.get(record.dataset, record.updated_at), record.updated_at
        )
    return newest


def _no_way_back() -> IndexUnavailable:
    return IndexUnavailable(
        "there is no previous index that this version can use / 没有可用的上一代索引",
        "build a new one: xincha reindex",
    )
