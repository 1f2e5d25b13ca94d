"""How the numbers of a field lie, by a sample.

What is estimated here decides how long an answer takes, never what it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_HEAVY = 50
"""A value that one in so many records has is looked at by itself."""


@dataclass(frozen=True)
class Distribution:
    """Sampled numbers in order, and how many records were sampled, with a number or without."""

    numbers: Sequence[int]
    sampled: int

    @cached_property
    def heavy(self) -> list[int]:
        """The numbers that many records have, in order."""
        least = max(2, self.sampled // _HEAVY)
        return [number for number, count in Counter(self.numbers).items() if count >= least]

    @cached_property
    def mirrored(self) -> Distribution:
        """Of the negated numbers."""
        return Distribution([-number for number in reversed(self.numbers)], self.sampled)

    @property
    def missing(self) -> float:
        """The share of the records that have no number."""
        return 1 - len(self.numbers) / self.sampled if self.sampled else 0.0

    def share(self, low: int | None, high: int | None) -> float:
        """The share of the records whose number lies between two, both included."""
        first = 0 if low is None else bisect_left(self.numbers, low)
        last = len(self.numbers) if high is None else bisect_right(self.numbers, high)
        return max(0.0, (last - first) / self.sampled) if self.sampled else 0.0

    def reach(self, start: int | None, share: float) -> int | None:
        """The number up to which about that share of all records lies, from `start` on; None: no end."""
        numbers = self.numbers
        after = 0 if start is None else bisect_left(numbers, start)
        if after == len(numbers):
            return None
        place = float(after)
        if start is not None and after:
            before = numbers[after - 1]
            place += (start - before) / (numbers[after] - before) - 1
        place += share * self.sampled
        whole = int(place)
        if whole + 1 >= len(numbers):
            return None
        end = numbers[whole] + int((place - whole) * (numbers[whole + 1] - numbers[whole]))
        return end if start is None else max(start, end)

    def next_heavy(self, start: int | None, end: int | None) -> int | None:
        """The first number in a range that many records have."""
        at = 0 if start is None else bisect_left(self.heavy, start)
        if at == len(self.heavy) or (end is not None and self.heavy[at] > end):
            return None
        return self.heavy[at]
