"""An entry that was taken off its list stays off."""

from __future__ import annotations

from datetime import date

import pytest

from records.removals import stays_off, tells_of_removals
from records.values import Value
from tests.support import DATASETS

ENTERED = date(2026, 3, 2)
KEPT: dict[str, Value] = {"listed_on": ENTERED, "removed_on": date(2026, 6, 1)}


@pytest.mark.parametrize(
    "stated",
    [
        {"listed_on": ENTERED},
        {"listed_on": date(2026, 6, 1)},
        {"decision_date": ENTERED},
        {},
    ],
)
def test_a_row_that_tells_of_the_entry_alone_does_not_bring_it_back(
    stated: dict[str, Value],
) -> None:
    assert stays_off(KEPT, stated)


@pytest.mark.parametrize(
    "stated",
    [
        {"listed_on": ENTERED, "removed_on": date(2026, 7, 1)},
        {"listed_on": ENTERED, "removal_reason": "已履行"},
        {"listed_on": date(2026, 8, 1)},
    ],
)
def test_another_removal_or_a_later_entry_counts(stated: dict[str, Value]) -> None:
    assert not stays_off(KEPT, stated)


def test_a_removal_without_a_day_holds_against_any_entry() -> None:
    kept: dict[str, Value] = {"listed_on": ENTERED, "removal_reason": "已履行"}
    assert stays_off(kept, {"listed_on": date(2026, 8, 1)})


def test_who_was_never_taken_off_is_not_held_back() -> None:
    assert not stays_off({"listed_on": ENTERED}, {"listed_on": ENTERED})


def test_only_lists_tell_of_removals() -> None:
    assert [name for name, d in DATASETS.items() if tells_of_removals(d)] == ["list_entries"]
