"""What is offered while somebody types."""

from __future__ import annotations

import pytest

from search.finding.suggestions import suggestions
from tests.search.finding.town import TODAY, Town, code_of, find_subjects, firm, record

FOOD = firm(1, "伊川县青禾食品有限公司")
GREEN = firm(2, "青禾农业合作社")
WORKS = firm(3, "伊川县宏达机械厂", code="", registrations=("410329000000003",))
STALL = firm(4, "贺*", code=code_of(4, "92"), named=False)
BANK = firm(5, "重庆长江餐饮店")


async def offered(town: Town, typed: str) -> list[str]:
    engine = town.engine()
    found = suggestions(typed, await find_subjects(engine, typed, TODAY))
    await engine.close()
    return [ranked.name for ranked in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("青", GREEN),
        ("青禾", GREEN),
        ("禾", GREEN),
        ("伊川县青", FOOD),
        ("伊川縣青", FOOD),
        ("yichuanxianqingh", FOOD),
        ("qinghen", GREEN),
        ("yichua", WORKS),
        ("cho", BANK),
        ("chongq", BANK),
        ("chong qing ch", BANK),
        ("yi chuan x", WORKS),
        ("cqcj", BANK),
        ("q", GREEN),
        ("ｑｈｎｙ", GREEN),
        ("41032900", WORKS),
        (FOOD.credit_code[:15], FOOD),
    ],
)
async def test_what_begins_so_comes_first(town: Town, typed: str, first: object) -> None:
    town.put(FOOD, GREEN, WORKS, STALL, BANK)
    assert (await offered(town, typed))[0] == first.name  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["贺", "贺*", "he", "h", code_of(4, "92"), code_of(4, "92")[:12]])
async def test_nobody_is_offered(town: Town, typed: str) -> None:
    town.put(STALL, GREEN, record(11, None))
    assert all("贺" not in name for name in await offered(town, typed))


async def test_what_begins_so_comes_before_what_fits_better(town: Town) -> None:
    long = firm(6, "禾青国际生态农业科技发展股份有限公司伊川县第一分公司")
    town.put(long, firm(7, "小禾店"))
    assert await offered(town, "禾") == [long.name, "小禾店"]


async def test_a_renamed_firm_is_offered_by_the_name_it_has_now(town: Town) -> None:
    renamed = firm(8, "伊川县青禾国际食品科技有限公司", former=("伊川县青禾店", "丰收粮油店"))
    town.put(renamed)
    assert await offered(town, "伊川县青禾") == [renamed.name]
    assert await offered(town, "丰收") == ["丰收粮油店"]
