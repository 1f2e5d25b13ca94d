"""Walking all pages while records come and go."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from search.engine import Engine
from search.follower import Follower
from search.query import Order, SearchRequest
from tests.search.corpus import random_record
from tests.search.journal import MemoryJournal
from tests.search.reading import pages

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("field", ["decision_date", "fine_amount"])
@pytest.mark.parametrize("descending", [True, False])
async def test_what_was_there_throughout_comes_exactly_once(
    journal: MemoryJournal,
    follower: Follower,
    engine: Engine,
    *,
    field: str,
    descending: bool,
) -> None:
    rng = random.Random(f"{field}{descending}")

    def new() -> list[str]:
        records = [replace(random_record(rng, "penalties"), public_until=None) for _ in range(10)]
        journal.put(*records)
        return [record.id for record in records]

    fixed = {record_id for _ in range(15) for record_id in new()}
    passing = new()
    follower.bring_up()
    seen: Counter[str] = Counter()

    request = SearchRequest("penalties", TODAY, order=Order(field, descending), first=7)
    async for page in pages(engine, request):
        seen.update(str(hit.document["id"]) for hit in page.hits)
        journal.withdraw(*(passing.pop() for _ in range(min(3, len(passing)))))
        passing += new()
        # Of a record that stays where it is in the order, the rest may change.
        kept = rng.choice(sorted(fixed))
        journal.put(journal.records[kept])
        follower.bring_up()

    assert {record_id for record_id, times in seen.items() if times > 1} == set()
    assert fixed <= set(seen)
    assert follower.bring_up().revision > 30
