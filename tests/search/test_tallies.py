"""Facets and timelines from what an engine counts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.entries import month_number
from search.tallies import Bucket, Interval, Span, buckets, timeline

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def test_most_records_first_and_equal_counts_by_value() -> None:
    counts = {"乙局": 2, "甲局": 1, "丙局": 2, "丁局": 5}
    assert [found.value for found in buckets(counts, 10)] == ["丁局", "丙局", "乙局", "甲局"]


def test_no_more_than_asked_for() -> None:
    assert buckets({"A": 1, "B": 2, "C": 3}, 2) == [Bucket("C", 3), Bucket("B", 2)]
    assert buckets({}, 2) == []


def test_spellings_of_one_value_are_one_bucket_before_the_first_ones_are_taken() -> None:
    counts = {"甲局（东）": 2, "甲局(东)": 2, "甲 局〔东〕": 1, "乙局": 4}
    assert buckets(counts, 1) == [Bucket("甲局(东)", 5)]


def test_a_bucket_is_spelled_as_most_of_its_records_are() -> None:
    assert buckets({"ＡＢ": 3, "AB": 1, "ab": 1}, 10) == [Bucket("ＡＢ", 5)]


def test_what_folds_to_nothing_is_no_value() -> None:
    assert buckets({" ": 3, "\u3000\u200b": 1, "甲局": 1}, 10) == [Bucket("甲局", 1)]


@given(st.dictionaries(st.text("aAａＡ(（〔甲 ", max_size=4), st.integers(1, 9)))
def test_no_record_is_lost_or_doubled(counts: dict[str, int]) -> None:
    filled = sum(count for value, count in counts.items() if value.strip())
    assert sum(found.count for found in buckets(counts, 10_000)) == filled


@pytest.mark.parametrize(
    ("interval", "starts"),
    [
        (Interval.MONTH, ["1969-12-01", "1970-01-01", "2026-03-01", "2026-04-01", "2026-12-01"]),
        (Interval.QUARTER, ["1969-10-01", "1970-01-01", "2026-01-01", "2026-04-01", "2026-10-01"]),
        (Interval.YEAR, ["1969-01-01", "1970-01-01", "2026-01-01"]),
    ],
)
def test_spans_begin_with_their_first_day(interval: Interval, starts: list[str]) -> None:
    days = (
        date(2026, 12, 31), date(2026, 4, 30), date(1970, 1, 31), date(2026, 3, 31), date(1969, 12, 31)
    )  # fmt: skip
    spans = timeline({month_number(day): 1 for day in days}, interval)
    assert [str(span.start) for span in spans] == starts


def test_spans_add_up_their_months() -> None:
    months = {month_number(date(2026, month, 1)): month for month in (1, 2, 3, 12)}
    assert timeline(months, Interval.QUARTER) == [
        Span(date(2026, 1, 1), 6), Span(date(2026, 10, 1), 12)
    ]  # fmt: skip
    assert timeline({}, Interval.YEAR) == []


@given(day=DAYS, interval=st.sampled_from(Interval))
def test_every_day_lies_in_its_span(day: date, interval: Interval) -> None:
    [span] = timeline({month_number(day): 1}, interval)
    assert span.start <= day
    assert month_number(day) - month_number(span.start) < interval
    assert (span.start.month - 1) % interval == 0
