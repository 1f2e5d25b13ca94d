"""Timelines: what the list shows, counted by months, quarters and years."""

from __future__ import annotations

import pytest

from tests.api.client import Client
from tests.api.documents import license_document, penalty_document
from tests.api.memory_engine import MemoryEngine

TIMELINE = """
query ($field: LicenseDateField! = DECISION_DATE, $interval: Interval! = MONTH, $where: LicenseWhere) {
  licenses(where: $where) { timeline(field: $field, interval: $interval) { start count } }
}"""
DAYS = (
    "1949-10-01", "1969-12-31", "1970-01-01", "2024-02-29", "2024-03-31", "2024-04-01", "2026-11-24",
    "2026-11-25", None,
)  # fmt: skip


@pytest.fixture
def listed(engine: MemoryEngine) -> MemoryEngine:
    engine.add(*(license_document(n, decision_date=day) for n, day in enumerate(DAYS)))
    return engine


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (
            "MONTH",
            {"1949-10-01": 1, "1969-12-01": 1, "1970-01-01": 1, "2024-02-01": 1, "2024-03-01": 1,
             "2024-04-01": 1, "2026-11-01": 2},
        ),
        (
            "QUARTER",
            {"1949-10-01": 1, "1969-10-01": 1, "1970-01-01": 1, "2024-01-01": 2, "2024-04-01": 1,
             "2026-10-01": 2},
        ),
        (
            "YEAR",
            {"1949-01-01": 1, "1969-01-01": 1, "1970-01-01": 1, "2024-01-01": 3, "2026-01-01": 2},
        ),
    ],
)  # fmt: skip
async def test_spans_with_records_in_order_of_time(
    client: Client, listed: MemoryEngine, interval: str, expected: dict[str, int]
) -> None:
    answer = await client.ask(TIMELINE, {"interval": interval})
    spans = [{"start": start, "count": count} for start, count in expected.items()]
    assert answer.at("licenses", "timeline") == spans


async def test_months_of_the_day_of_the_decision_unless_asked_otherwise(
    client: Client, listed: MemoryEngine
) -> None:
    unsaid = await client.ask("{ licenses { timeline { start count } } }")
    assert unsaid.text == (await client.ask(TIMELINE)).text
    assert listed.calls == ["months", "months"]


async def test_another_date(client: Client, engine: MemoryEngine) -> None:
    engine.add(license_document(1, valid_until="2031-03-01"), license_document(2, valid_until=None))
    answer = await client.ask(TIMELINE, {"field": "VALID_UNTIL", "interval": "QUARTER"})
    assert answer.at("licenses", "timeline") == [{"start": "2031-01-01", "count": 1}]


async def test_counted_is_what_the_list_shows(client: Client, listed: MemoryEngine) -> None:
    listed.add(license_document(20, decision_date="2024-02-01", public_until="2026-11-25"))
    where = {"decisionDate": {"gte": "1970-01-01", "lt": "2024-03-31"}}
    answer = await client.ask(TIMELINE, {"where": where, "interval": "YEAR"})
    assert answer.at("licenses", "timeline") == [
        {"start": "1970-01-01", "count": 1}, {"start": "2024-01-01", "count": 1}
    ]  # fmt: skip


async def test_nothing_found_has_no_spans(client: Client, listed: MemoryEngine) -> None:
    nothing: list[dict[str, object]] = [{"or": []}, {"documentNumber": {"eq": "13800138000"}}]
    for where in nothing:
        answer = await client.ask(TIMELINE, {"where": where})
        assert answer.at("licenses", "timeline") == []


@pytest.mark.parametrize("argument", ["field: FINE_AMOUNT", "field: null", "interval: WEEK"])
async def test_only_declared_dates_and_intervals(client: Client, argument: str) -> None:
    answer = await client.ask(f"{{ penalties {{ timeline({argument}) {{ start }} }} }}")
    assert answer.code() == "GRAPHQL_VALIDATION_FAILED"


async def test_two_timelines_in_one_request(client: Client, engine: MemoryEngine) -> None:
    engine.add(penalty_document(1, decision_date="2026-05-31"))
    answer = await client.ask(
        "{ penalties { timeline { start } years: timeline(interval: YEAR) { start } } }"
    )
    assert answer.at("penalties") == {
        "timeline": [{"start": "2026-05-01"}], "years": [{"start": "2026-01-01"}]
    }  # fmt: skip
