"""Facets and timelines of a list: its records counted by value or by time, whatever its order and page."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence

from api.graphql.choices import Countable
from api.graphql.listing import Listed, checked_size
from api.graphql.rows import code_name
from api.graphql.scalars import IsoDate
from api.graphql.types import Facet, FacetBucket, Interval, TimeBucket
from search import tallies
from search.tallies import Bucket

DEFAULT_BUCKETS = 10


async def count_facets(
    listing: Listed, asked: Sequence[Countable], size: int | None
) -> list[Facet]:
    """The `size` most frequent values of each field, in the order asked.

    Raises ApiError BAD_PAGE_SIZE, or SearchError.
    """
    limit = checked_size("size", size, DEFAULT_BUCKETS)
    unique = list(dict.fromkeys(asked))
    counted = await asyncio.gather(
        *(listing.reading.values(listing.request, choice.field) for choice in unique)
    )
    return [
        Facet(field=choice.member, buckets=_buckets(choice, counts, limit))
        for choice, counts in zip(unique, counted, strict=True)
    ]


async def count_over_time(listing: Listed, field: str, interval: Interval) -> list[TimeBucket]:
    """The non-empty months, quarters or years of a date in order of time. Raises SearchError."""
    months = await listing.reading.months(listing.request, field)
    return [
        TimeBucket(start=IsoDate(span.start.isoformat()), count=span.count)
        for span in tallies.timeline(months, tallies.Interval[interval.name])
    ]


def _buckets(choice: Countable, counts: Mapping[str, int], limit: int) -> list[FacetBucket]:
    table = choice.table
    if table is None:
        return [
            _bucket(found, choice.labels.get(found.value, found.value))
            for found in tallies.buckets(counts, limit)
        ]
    by_code: Counter[str] = Counter()
    for name, count in counts.items():
        by_code[code_name(table, name)] += count
    return [_bucket(found, table[found.value].label) for found in tallies.buckets(by_code, limit)]


def _bucket(found: Bucket, label: str) -> FacetBucket:
    return FacetBucket(value=found.value, label=label, count=found.count)
