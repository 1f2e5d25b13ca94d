"""Windows lie one beside the other, cover everything, and stop where they are not worth it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.tantivy_engine.distributions import Distribution
from search.tantivy_engine.shortcuts import ID_RANGES
from search.tantivy_engine.windows import Effort, by_id, by_value

numbers = st.lists(st.integers(-1_000, 1_000), max_size=200)
ends = st.one_of(st.none(), st.integers(-1_100, 1_100))


@given(
    numbers=numbers,
    missing=st.integers(0, 50),
    start=ends,
    end=ends,
    hits=st.integers(0, 1_000_000),
)
def test_windows_cover_everything_once(
    numbers: list[int], missing: int, start: int | None, end: int | None, hits: int
) -> None:
    lies = Distribution(sorted(numbers), len(numbers) + missing)
    windows = list(by_value(lies, Effort(800_000, hits, 1_000_000), start, end, 21))
    if start is not None and end is not None and start > end:
        assert all(w.start is not None and w.end is not None and w.start > w.end for w in windows)
        return
    assert windows[0].start == start
    assert windows[-1].end == end or windows[-1].end is None
    for one, next_one in pairwise(windows):
        assert one.end is not None
        assert next_one.start == one.end + 1
        assert one.start is None or one.start <= one.end


def test_a_heavy_number_is_a_window_by_itself() -> None:
    lies = Distribution(sorted([*range(0, 1_000, 10), *[505] * 50]), 150)
    windows = list(by_value(lies, Effort(10**6, 10**6, 10**6), 504, None, 5_000))
    assert [(w.start, w.end) for w in windows[:2]] == [(504, 504), (505, 505)]


def test_a_short_list_is_read_at_once() -> None:
    lies = Distribution(range(1_000), 1_000)
    assert len(list(by_value(lies, Effort(50, 50, 1_000_000), None, None, 21))) == 1


def test_what_has_no_hits_is_read_at_once() -> None:
    lies = Distribution(range(1_000), 1_000)
    assert len(list(by_value(lies, Effort(10**6, 0, 10**6), None, None, 21))) == 1


def test_first_windows_hold_about_what_is_wanted() -> None:
    lies = Distribution(range(1_000), 1_000)
    first = next(by_value(lies, Effort(900_000, 100_000, 1_000_000), None, None, 20))
    assert first.end is not None
    assert 0 <= first.end < 4


@given(start=st.integers(0, ID_RANGES - 1), hits=st.integers(0, 1_000_000))
def test_ranges_of_ids_cover_everything_once(start: int, hits: int) -> None:
    windows = list(by_id(Effort(800_000, hits, 1_000_000), start, ID_RANGES - 1, 21))
    assert windows[0].start == start
    assert windows[-1].end == ID_RANGES - 1
    for one, next_one in pairwise(windows):
        assert one.end is not None
        assert next_one.start == one.end + 1
