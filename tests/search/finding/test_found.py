"""The subjects that a query finds."""

from __future__ import annotations

import pytest

from search.finding.found import MOST_SUBJECTS, Found, find_many
from tests.search.finding.town import TODAY, Town, code_of, find_subjects, firm, made_id

FOOD = firm(1, "伊川县青禾食品有限公司", former=("伊川县丰收粮油店",), anchors=(101,))
TRADE = firm(2, "伊川县青禾商贸有限公司")
WORKS = firm(3, "伊川县宏达机械厂", code="", registrations=("410329000000003",))
STALL = firm(4, "贺*", code=code_of(4, "92"), named=False)


async def found(town: Town, query: str) -> Found:
    engine = town.engine()
    try:
        return await find_subjects(engine, query, TODAY)
    finally:
        await engine.close()


def ids(found: Found) -> list[str]:
    return [ranked.card.id for ranked in found.subjects]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("青禾食品", [FOOD]),
        ("青禾", [FOOD, TRADE]),
        ("伊川县丰收粮油店", [FOOD]),
        ("宏", [WORKS]),
        ("hongda", [WORKS]),
        ("hdjx", [WORKS]),
        ("410329000000003", [WORKS]),
        (FOOD.credit_code, [FOOD]),
        (FOOD.credit_code.lower(), [FOOD]),
        (FOOD.organization_code, [FOOD]),
        (STALL.credit_code, [STALL]),
        ("不存在的字号", []),
    ],
)
async def test_names_readings_and_codes_find_subjects(
    town: Town, query: str, expected: list[object]
) -> None:
    town.put(FOOD, TRADE, WORKS, STALL)
    assert ids(await found(town, query))[: max(1, len(expected))] == [s.id for s in expected]  # type: ignore[attr-defined]


async def test_a_code_with_one_wrong_character_finds_its_subject(town: Town) -> None:
    town.put(FOOD, WORKS)
    wrong = FOOD.credit_code[:9] + "X" + FOOD.credit_code[10:]
    assert ids(await found(town, wrong)) == [FOOD.id]


@pytest.mark.parametrize("query", ["贺", "贺*", "贺某", "he"])
async def test_a_masked_name_finds_nobody(town: Town, query: str) -> None:
    town.put(STALL)
    assert ids(await found(town, query)) == []


async def test_all_ids_of_a_subject_are_known(town: Town) -> None:
    town.put(FOOD)
    by_anchor = (await found(town, "青禾食品")).by_anchor
    assert sorted(by_anchor) == [made_id(1), made_id(101)]


async def test_more_subjects_than_are_looked_for(town: Town) -> None:
    town.put(*(firm(n, f"伊川县青禾{n}号店") for n in range(1, MOST_SUBJECTS + 50)))
    many = await found(town, "青禾")
    assert len(many.subjects) == MOST_SUBJECTS
    assert many.limited


async def test_more_subjects_than_are_looked_for_beside_some_that_do_not_fit(town: Town) -> None:
    town.put(
        *(firm(n, f"伊川县青禾{n}号店") for n in range(1, MOST_SUBJECTS + 50)),
        firm(501, "通川（伊川）房地产开发集团有限公司"),
    )
    many = await found(town, "伊川县")
    assert many.unfit
    assert many.limited


async def test_few_subjects_are_all_that_there_are(town: Town) -> None:
    town.put(FOOD, TRADE, WORKS)
    assert not (await found(town, "青禾")).limited


async def test_several_queries_at_once_find_what_each_finds_alone(town: Town) -> None:
    town.put(FOOD, TRADE, WORKS)
    queries = ["青禾", "", "410329000000003", "\ud800", "宏达"]
    engine = town.engine()
    together = [ids(one) for one in await find_many(engine, queries, TODAY)]
    await engine.close()
    assert together == [ids(await found(town, query)) for query in queries]
