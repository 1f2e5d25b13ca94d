"""Somebody who reads through the API all the time and counts what goes wrong."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

QUESTIONS = (
    "{ penalties(first: 5) { totalCount nodes { id subjectName } } }",
    """{ penalties(first: 20, where: {content: {contains: "罚款"}}, orderBy: {field: FINE_AMOUNT}) {
      totalCount facets(fields: [AUTHORITY, STATUS]) { buckets { value count } } nodes { id } } }""",
    """{ licenses(first: 20, where: {not: {status: {eq: REVOKED}}}) {
      totalCount timeline { start count } pageInfo { endCursor } nodes { id documentNumber } } }""",
    "{ service { revision datasets { count } } licenses(first: 1) { nodes { id } } }",
)
_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Read:
    """One answer: when it was asked for (time.monotonic), seconds, and why it is none ("": it is one)."""

    at: float
    seconds: float
    problem: str


@dataclass
class SteadyReader:
    """What was read so far."""

    address: str
    reads: list[Read] = field(default_factory=list)

    @property
    def failed(self) -> list[Read]:
        """Reads that were not answered."""
        return [read for read in self.reads if read.problem]

    @property
    def slowest(self) -> float:
        """Seconds of the slowest read."""
        return max(read.seconds for read in self.reads)

    def summary(self) -> str:
        """For the report of a test."""
        return f"{len(self.reads)} reads, {len(self.failed)} failed, slowest {self.slowest:.2f} s"

    def _read_until(self, stop: threading.Event) -> None:
        with httpx.Client(base_url=self.address, timeout=30, trust_env=False) as client:
            for question in itertools.cycle(QUESTIONS):
                if stop.wait(_PAUSE):
                    return
                self.reads.append(ask(client, question))


def ask(client: httpx.Client, question: str) -> Read:
    """One question."""
    began = time.monotonic()
    try:
        answer = client.post("/graphql", json={"query": question})
        body = answer.json()
        problem = "" if answer.is_success else f"HTTP {answer.status_code}"
        if errors := body.get("errors"):
            problem = str(errors[0]["extensions"]["code"])
    except httpx.HTTPError as error:
        problem = type(error).__name__
    return Read(began, time.monotonic() - began, problem)


@contextmanager
def steady_reader(address: str, readers: int = 2) -> Iterator[SteadyReader]:
    """Reads from so many threads as long as the block lasts."""
    reader, stop = SteadyReader(address), threading.Event()
    threads = [threading.Thread(target=reader._read_until, args=(stop,)) for _ in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield reader
    finally:
        stop.set()
        for thread in threads:
            thread.join()
