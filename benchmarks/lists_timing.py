"""Asking again and again: the median, and what all but one in a hundred stay under."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from benchmarks.measurement import Measurement

ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Times:
    """Microseconds."""

    what: str
    p50: float
    p99: float

    def measurement(self, remark: str = "") -> Measurement:
        """A line of the table."""
        tail = f"p99 {self.p99:,.0f}"
        return Measurement(self.what, self.p50, "µs", f"{tail}; {remark}" if remark else tail)


async def timed(what: str, ask: Callable[[], Awaitable[object]], rounds: int = ROUNDS) -> Times:
    """Ask once to warm up, then so many times."""
    await ask()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        await ask()
        times.append((time.perf_counter() - begun) * 1e6)
    times.sort()
    return Times(what, statistics.median(times), times[min(len(times) - 1, len(times) * 99 // 100)])


def summary(what: str, found: Iterable[Times], limit: float) -> Measurement:
    """One line for many questions: the slowest ones, and how many have a median over the limit (µs)."""
    by_time = sorted(found, key=lambda times: times.p50)
    over = sum(times.p50 > limit for times in by_time)
    middle = by_time[len(by_time) // 2]
    slowest = ", ".join(f"{times.what} {times.p50:,.0f}" for times in by_time[:-4:-1])
    remark = (
        f"of {len(by_time)}: median {middle.p50:,.0f}, {over} over {limit:,.0f}; slowest: {slowest}"
    )
    return Measurement(what, by_time[-1].p50, "µs", remark)
