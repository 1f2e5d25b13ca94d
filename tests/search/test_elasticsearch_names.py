"""Names of indexes and aliases."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from search.elasticsearch_engine.names import Names, writing

NAMES = Names("xincha-410329")


@pytest.mark.parametrize("number", [1, 999_999, 1_000_000])
def test_a_generation_is_known_by_its_name(number: int) -> None:
    name = NAMES.generation(number)
    assert NAMES.number(name) == number
    assert fnmatch(name, NAMES.every)


@pytest.mark.parametrize(
    "index",
    [
        NAMES.live,
        NAMES.previous,
        writing(NAMES.generation(1)),
        "xincha-410329-records-1",
        "xincha-410329-records-old-000001",
        "xincha-4103290-records-000001",
        "my-xincha-410329-records-000001",
        Names("xincha-410329-records").generation(1),
    ],
)
def test_what_is_no_generation_of_this_installation_has_no_number(index: str) -> None:
    assert NAMES.number(index) is None


def test_a_prefix_is_no_pattern() -> None:
    assert Names("a.c").number("abc-records-000001") is None


def test_every_name_is_another() -> None:
    names = [NAMES.live, NAMES.previous, NAMES.generation(1), writing(NAMES.generation(1))]
    assert len(set(names)) == len(names)
