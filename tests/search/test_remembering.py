"""Counts are asked once for one commit and one day, and never told when they are older."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from records.errors import IndexUnavailable
from search.query import TOTAL_CAP, After, AnyOf, Order, SearchRequest, Total
from search.remembering import RememberingEngine
from tests.api.documents import penalty_document, record_id
from tests.api.memory_engine import MemoryEngine
from tests.support import DATASETS, NOON

REQUEST = SearchRequest("penalties", NOON.date())
DECLARED = tuple(DATASETS.values())


@dataclass
class GatedEngine(MemoryEngine):
    """Answers a count when its gate is open."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        found = await super().count(request, cap)
        await self.gate.wait()
        return found


@dataclass
class FlakyEngine(MemoryEngine):
    """Fails the first time that it counts values."""

    failures: int = 1

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        self.failures -= 1
        if self.failures >= 0:
            raise IndexUnavailable("for now")
        return await super().values(request, field)


@dataclass
class WideEngine(MemoryEngine):
    """Counts many values."""

    values_of_a_field: int = 0

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        await super().values(request, field)
        return {str(number): 1 for number in range(self.values_of_a_field)}


@pytest.fixture
def behind() -> MemoryEngine:
    engine = MemoryEngine(DECLARED)
    engine.add(penalty_document(1), penalty_document(2, public_until="2026-11-26"))
    return engine


@pytest.fixture
def gated() -> GatedEngine:
    engine = GatedEngine(DECLARED)
    engine.add(penalty_document(1))
    return engine


def asked(engine: MemoryEngine) -> list[str]:
    """What was asked, besides the state."""
    return [call for call in engine.calls if call != "state"]


async def settle() -> None:
    """Lets every task go on until it waits."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_everything_counted_is_asked_once(behind: MemoryEngine) -> None:
    engine = RememberingEngine(behind)
    for _ in range(2):
        assert await engine.count(REQUEST) == Total(2, exact=True)
        assert await engine.count(REQUEST, cap=1) == Total(1, exact=False)
        assert await engine.values(REQUEST, "status") == {"VALID": 2}
        assert await engine.values(REQUEST, "region") == {"410329": 2}
        assert await engine.months(REQUEST, "decision_date") == {2026 * 12 + 8: 2}
    assert asked(behind) == ["count", "count", "values", "values", "months"]


async def test_pages_and_records_are_asked_anew(behind: MemoryEngine) -> None:
    engine = RememberingEngine(behind)
    for _ in range(2):
        assert len((await engine.search(REQUEST)).hits) == 2
        assert await engine.get([record_id(9)], REQUEST.today) == [None]
    assert asked(behind) == ["search", "get"] * 2


async def test_order_and_page_make_no_other_count(behind: MemoryEngine) -> None:
    engine = RememberingEngine(behind)
    page = replace(REQUEST, order=Order("fine_amount", descending=False), first=1)
    await engine.count(REQUEST)
    await engine.count(replace(page, after=After(1, record_id(1))))
    assert asked(behind) == ["count"]


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, dataset="licenses"),
        replace(REQUEST, where=AnyOf("status", ("REVOKED",))),
        replace(REQUEST, today=REQUEST.today + timedelta(days=1)),
    ],
    ids=["dataset", "filter", "day"],
)
async def test_what_changes_the_set_is_another_count(
    behind: MemoryEngine, other: SearchRequest
) -> None:
    engine = RememberingEngine(behind)
    assert (await engine.count(REQUEST)).count == 2
    assert (await engine.count(other)).count < 2


async def test_a_new_commit_is_counted_anew(behind: MemoryEngine) -> None:
    engine = RememberingEngine(behind)
    await engine.count(REQUEST)
    behind.add(penalty_document(3))
    assert (await engine.count(REQUEST)).count == 3


async def test_a_failure_is_told_and_not_remembered(behind: MemoryEngine) -> None:
    flaky = FlakyEngine(DECLARED, behind.documents)
    engine = RememberingEngine(flaky)
    answers = await asyncio.gather(
        *(engine.values(REQUEST, "status") for _ in range(2)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [IndexUnavailable] * 2
    assert await engine.values(REQUEST, "status") == {"VALID": 2}


async def test_without_an_index_nothing_is_told(behind: MemoryEngine) -> None:
    engine = RememberingEngine(behind)
    await engine.count(REQUEST)
    behind.failure = IndexUnavailable("none")
    with pytest.raises(IndexUnavailable):
        await engine.count(REQUEST)


async def test_two_at_once_ask_once(gated: GatedEngine) -> None:
    engine = RememberingEngine(gated)
    waiting = [asyncio.create_task(engine.count(REQUEST)) for _ in range(2)]
    await settle()
    gated.gate.set()
    assert await asyncio.gather(*waiting) == [Total(1, exact=True)] * 2
    assert asked(gated) == ["count"]


@pytest.mark.parametrize("leaving", [0, 1])
async def test_who_goes_away_takes_no_answer_from_the_other(
    gated: GatedEngine, leaving: int
) -> None:
    engine = RememberingEngine(gated)
    waiting = [asyncio.create_task(engine.count(REQUEST)) for _ in range(2)]
    await settle()
    waiting[leaving].cancel()
    await settle()
    assert waiting[leaving].cancelled()
    gated.gate.set()
    assert await waiting[1 - leaving] == Total(1, exact=True)
    assert await engine.count(REQUEST) == Total(1, exact=True)
    assert asked(gated) == ["count"]


async def test_who_asks_after_a_commit_does_not_wait_for_the_count_before_it(
    gated: GatedEngine,
) -> None:
    engine = RememberingEngine(gated)
    before = asyncio.create_task(engine.count(REQUEST))
    await settle()
    gated.add(penalty_document(2))
    after = asyncio.create_task(engine.count(REQUEST))
    await settle()
    gated.gate.set()
    assert [(await before).count, (await after).count] == [1, 2]
    assert (await engine.count(REQUEST)).count == 2


async def test_what_is_remembered_is_bounded() -> None:
    wide = WideEngine(DECLARED, values_of_a_field=60_000)
    engine = RememberingEngine(wide)
    days = [replace(REQUEST, today=REQUEST.today + timedelta(days=n)) for n in range(5)]
    for request in days:
        await engine.values(request, "authority")
    await engine.values(days[-1], "authority")
    assert asked(wide) == ["values"] * 5
    await engine.values(days[0], "authority")
    assert asked(wide) == ["values"] * 6


async def test_what_is_too_large_to_be_remembered_is_still_told() -> None:
    wide = WideEngine(DECLARED, values_of_a_field=200_001)
    engine = RememberingEngine(wide)
    for _ in range(2):
        assert len(await engine.values(REQUEST, "authority")) == 200_001
    assert asked(wide) == ["values"] * 2


async def test_it_closes_what_is_behind(behind: MemoryEngine) -> None:
    engine = RememberingEngine(behind)
    await engine.close()
    assert behind.calls == ["close"]


async def test_what_was_asked_for_is_not_kept(behind: MemoryEngine) -> None:
    remembering = RememberingEngine(behind)
    asked = AnyOf("document_number", tuple(f"问{number}" * 80 for number in range(50)))
    await remembering.count(replace(REQUEST, where=asked))

    kept = repr((remembering._known, remembering._asked))
    assert "问" not in kept
    assert len(kept) < 500
