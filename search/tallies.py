"""Facets and timelines from what an engine counts; the same on every engine.

Values that `where` holds equal are one bucket: 〔〕 and （）, full and half width, upper and lower case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from search import analysis
from search.entries import MONTHS


@dataclass(frozen=True, slots=True)
class Bucket:
    """A value, spelled as most of its records spell it, and how many records have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """The first day of a month, quarter or year, and how many records fall into it."""

    start: date
    count: int


class Interval(IntEnum):
    """The length of a span in months."""

    MONTH = 1
    QUARTER = 3
    YEAR = 12


def buckets(counts: Mapping[str, int], size: int) -> list[Bucket]:
    """The `size` values that most records have, most first; equal counts in the order of the values."""
    spellings: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for spelling, count in counts.items():
        spellings[analysis.fold(spelling)].append((-count, spelling))
    merged = [
        (sum(negative for negative, _ in found), min(found)[1])
        for token, found in spellings.items()
        if token
    ]
    return [Bucket(value, -negative) for negative, value in sorted(merged)[:size]]


def timeline(months: Mapping[int, int], interval: Interval) -> Sequence[Span]:
    """The non-empty spans in order of time; months are numbered as in search.schema.month_number."""
    spans: defaultdict[int, int] = defaultdict(int)
    for month, count in months.items():
        spans[month - month % interval] += count
    return [
        Span(date(month // MONTHS, month % MONTHS + 1, 1), count)
        for month, count in sorted(spans.items())
    ]
