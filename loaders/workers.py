"""Worker processes that prepare batches. Their results come back in the order of the rows.

A worker gets rows of text and gives back what may be stored; it never sees the store. When the loading
process dies, its workers find their pipe closed and end too.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from multiprocessing.connection import Connection

from loaders.preparing import Preparation, Prepared, prepare
from loaders.sources import SourceRow
from loaders.templates import recognize
from loaders.told import NOTHING_TOLD, Told
from records.datasets import declared_datasets
from records.errors import XinchaError
from records.incoming import Door

Rows = Sequence[SourceRow]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker needs to recognize the sheet as its parent did: its head and what was found."""

    head: Rows
    dataset: str
    generation: str
    door: Door
    provider: str
    told: Told = NOTHING_TOLD

    def preparation(self) -> Preparation:
        """The same preparation, made anew."""
        template = recognize(
            self.head,
            declared_datasets(),
            dataset=self.dataset,
            template=self.generation,
            told=self.told,
        )
        return Preparation(template, self.door, self.provider)


@dataclass(frozen=True, slots=True)
class _Task:
    assignment: Assignment
    rows: Rows
    day: date
    masked: bool


def _work(connection: Connection) -> None:
    """The life of a worker: tasks in, batches out, until the pipe closes."""
    preparation = lru_cache(maxsize=1)(Assignment.preparation)
    while True:
        try:
            task: _Task = connection.recv()
        except EOFError:
            return
        try:
            result: Prepared | str = prepare(
                preparation(task.assignment), task.rows, task.day, masked=task.masked
            )
        except Exception as error:  # noqa: BLE001  # its text may hold personal data and stays here
            result = type(error).__name__
        connection.send(result)


class Workers:
    """A team of worker processes; made by :func:`workers`."""

    def __init__(self, connections: Sequence[Connection]) -> None:
        self._idle = deque(connections)
        self._busy: deque[Connection] = deque()

    def prepare(
        self,
        assignment: Assignment,
        batches: Iterator[Rows],
        day: Callable[[], date],
        masked: Callable[[], bool],
    ) -> Iterator[Prepared]:
        """Prepare the batches of one sheet, a worker one at a time, and give them back in their order.

        Raises XinchaError when a worker fails.
        """
        try:
            for rows in batches:
                done = self._receive() if not self._idle else None
                self._send(_Task(assignment, rows, day(), masked()))
                if done:
                    yield done
            while self._busy:
                yield self._receive()
        finally:
            # Of a sheet that is given up nothing may be left for the next one.
            while self._busy:
                self._receive()

    def _send(self, task: _Task) -> None:
        worker = self._idle.popleft()
        try:
            worker.send(task)
        except OSError:
            raise _failed("killed") from None
        self._busy.append(worker)

    def _receive(self) -> Prepared:
        worker = self._busy.popleft()
        try:
            result: Prepared | str = worker.recv()
        except (EOFError, OSError):
            raise _failed("killed") from None
        if isinstance(result, str):
            raise _failed(result)
        self._idle.append(worker)
        return result


def _failed(how: str) -> XinchaError:
    return XinchaError(
        f"工作进程失败 / a worker process failed: {how}",
        "再次装载该文件即可续装；--jobs 1 不使用工作进程"
        " / load the file again: it goes on where it stopped; --jobs 1 needs no workers",
    )


@contextmanager
def workers(count: int) -> Iterator[Workers | None]:
    """Start `count` workers; they end with the block. None for 1: that work is better done at home."""
    if count == 1:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    processes, connections = [], []
    try:
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            connections.append(ours)
        yield Workers(connections)
    finally:
        for connection in connections:
            connection.close()
        for process in processes:
            process.join()
