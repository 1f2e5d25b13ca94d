"""The change feed, from the beginning on and across loads, withdrawals and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.api.client import Client
from tests.search.finding.town import TODAY, Town, firm, made_id, record

FOOD = firm(1, "伊川县青禾食品有限公司")
CHANGES = """query ($after: Revision, $first: Int) {
  changes(after: $after, first: $first) {
    endRevision hasNextPage nodes { revision change id kind node { id __typename } }
  }
}"""


async def follow(
    client: Client, after: str | None, first: int = 100
) -> tuple[list[dict[str, object]], str]:
    """All changes since a revision, and where the feed ends."""
    rows: list[dict[str, object]] = []
    while True:
        answer = await client.ask(CHANGES, {"after": after, "first": first})
        rows += [row for row in answer.list_at("changes", "nodes") if isinstance(row, dict)]
        after = str(answer.at("changes", "endRevision"))
        if not answer.at("changes", "hasNextPage"):
            return rows, after


def told(rows: list[dict[str, object]]) -> list[tuple[int, object]]:
    return [(int(str(row["id"])), row["change"]) for row in rows]


async def test_the_whole_content_from_the_beginning(town: Town, town_client: Client) -> None:
    town.put(FOOD, record(12, FOOD), record(11, None))
    town.put(record(13, FOOD, dataset="licenses"))
    rows, end = await follow(town_client, None)
    assert told(rows) == [(11, "PUBLISHED"), (12, "PUBLISHED"), (13, "PUBLISHED")]
    assert [row["kind"] for row in rows] == ["PENALTY", "PENALTY", "LICENSE"]
    assert [row["node"] for row in rows][2] == {"id": made_id(13), "__typename": "License"}
    assert end == "2"
    assert (await follow(town_client, "0"))[0] == rows


@pytest.mark.parametrize("first", [1, 2, 3, 100])
async def test_a_page_may_end_within_a_revision(
    town: Town, town_client: Client, first: int
) -> None:
    town.put(FOOD, *(record(n, FOOD) for n in range(11, 16)))
    town.put(record(16, FOOD), record(12, FOOD, status="REVOKED"))
    rows, end = await follow(town_client, None, first)
    assert told(rows) == [(n, "PUBLISHED") for n in (11, 13, 14, 15, 12, 16)]
    assert end == "2"


async def test_what_changed_since_is_told_apart(town: Town, town_client: Client) -> None:
    town.put(FOOD, record(11, FOOD), record(12, FOOD), record(13, FOOD))
    _, end = await follow(town_client, None)
    town.put(record(12, FOOD, status="REVOKED"), record(14, FOOD))
    town.journal.withdraw(made_id(13))
    town.follow()
    rows, _ = await follow(town_client, end)
    assert told(rows) == [(12, "CHANGED"), (14, "PUBLISHED"), (13, "WITHDRAWN")]
    assert rows[2] == {
        "revision": "3", "change": "WITHDRAWN", "id": made_id(13), "kind": "PENALTY", "node": None,
    }  # fmt: skip
    town.put(record(13, FOOD))
    assert told((await follow(town_client, "3"))[0]) == [(13, "PUBLISHED")]


async def test_a_change_behind_the_end_of_a_page_is_still_new(
    town: Town, town_client: Client
) -> None:
    town.put(FOOD, *(record(n, FOOD) for n in range(11, 15)))
    answer = await town_client.ask(CHANGES, {"first": 2})
    end = str(answer.at("changes", "endRevision"))
    assert end == f"1.{made_id(12)}.0"
    town.put(record(11, FOOD, status="REVOKED"), record(14, FOOD, status="REVOKED"))
    rows, _ = await follow(town_client, end)
    assert told(rows) == [(13, "PUBLISHED"), (11, "PUBLISHED"), (14, "PUBLISHED")]


async def test_an_ending_is_a_change_once_it_is_swept(town: Town, town_client: Client) -> None:
    town.put(FOOD, record(11, FOOD, until=TODAY + timedelta(days=1)), record(12, FOOD))
    _, end = await follow(town_client, None)
    town.clock.advance(days=1)
    assert told((await follow(town_client, None))[0]) == [(12, "PUBLISHED")]
    assert (await follow(town_client, end))[0] == []
    town.follow()
    assert told((await follow(town_client, end))[0]) == [(11, "WITHDRAWN")]


async def test_subjects_are_not_told(town: Town, town_client: Client) -> None:
    town.put(FOOD)
    town.put(replace(FOOD, name="伊川县青禾面业有限公司"))
    assert await follow(town_client, None) == ([], "2")


async def test_a_revision_that_was_not_reached_is_refused(town: Town, town_client: Client) -> None:
    town.put(FOOD, record(11, FOOD))
    assert (await town_client.ask(CHANGES, {"after": "1"})).at("changes", "nodes") == []
    for after in ("2", "9" * 19, f"2.{made_id(1)}.0"):
        answer = await town_client.ask(CHANGES, {"after": after})
        assert answer.code() == "BAD_CURSOR"


@pytest.mark.parametrize(
    "after", ["", "-1", "1.", "x", "1.5", f"1.{made_id(1)}", "1e3", "9" * 20, 1, True, "１"]
)
async def test_what_is_no_revision_is_refused(
    town: Town, town_client: Client, after: object
) -> None:
    town.put(FOOD)
    answer = await town_client.ask(CHANGES, {"after": after})
    assert answer.code() == "BAD_VARIABLES"


@pytest.mark.parametrize("first", [0, 101])
async def test_page_sizes_are_bounded(town: Town, town_client: Client, first: int) -> None:
    town.put(FOOD)
    assert (await town_client.ask(CHANGES, {"first": first})).code() == "BAD_PAGE_SIZE"
