"""One verdict a row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.finding.verdicts import MOST_CANDIDATES, Stated, Status, Verdict, judge
from tests.search.finding.town import TODAY, Town, code_of, firm, made_id

FOOD = firm(1, "伊川县青禾食品有限公司", former=("伊川县丰收粮油店",))
WORKS = firm(2, "伊川县宏达机械厂", code="", registrations=("410329000000003",))
TWIN = firm(3, "伊川县双胞胎商店")
OTHER_TWIN = firm(4, "伊川县双胞胎商店", registrations=("410329000000003",))
STALL = firm(5, "贺*", code=code_of(5, "92"), named=False)
OLD = replace(firm(6, "伊川县老字号酱菜厂", code=""), organization_code=code_of(6)[8:17])
UNKNOWN = code_of(99)
ID_NUMBER = "41032919900307" + "1234"


async def verdicts(town: Town, *rows: Stated) -> list[Verdict]:
    town.put(FOOD, WORKS, TWIN, OTHER_TWIN, STALL, OLD)
    engine = town.engine()
    found = await judge(engine, rows, TODAY)
    await engine.close()
    return found


def ids(verdict: Verdict) -> list[str]:
    return [ranked.card.id for ranked in verdict.candidates]


@pytest.mark.parametrize(
    ("row", "status", "candidates"),
    [
        (Stated(credit_code=FOOD.credit_code), Status.FOUND, [FOOD]),
        (Stated(FOOD.name, FOOD.credit_code.lower()), Status.FOUND, [FOOD]),
        (Stated("青禾食品", FOOD.credit_code), Status.FOUND, [FOOD]),
        (Stated("伊川县丰收粮油店", FOOD.credit_code), Status.FOUND, [FOOD]),
        (Stated("洛阳明珠广告传媒工作室", FOOD.credit_code), Status.POSSIBLE, [FOOD]),
        (Stated(credit_code=code_of(6)), Status.FOUND, [OLD]),
        (Stated(FOOD.name, UNKNOWN), Status.POSSIBLE, [FOOD]),
        (Stated(credit_code=UNKNOWN), Status.NOT_FOUND, []),
        (Stated(registration_number="410329 000000 003"), Status.AMBIGUOUS, [OTHER_TWIN, WORKS]),
        (Stated(FOOD.name), Status.FOUND, [FOOD]),
        (Stated("伊川縣青禾食品（有限公司）"), Status.FOUND, [FOOD]),
        (Stated("伊川县丰收粮油店"), Status.FOUND, [FOOD]),
        (Stated("伊川县双胞胎商店"), Status.AMBIGUOUS, [OTHER_TWIN, TWIN]),
        (Stated("伊川县青禾食品公司"), Status.POSSIBLE, [FOOD]),
        (Stated("广州南海进出口贸易中心"), Status.NOT_FOUND, []),
        (Stated(credit_code=STALL.credit_code), Status.FOUND, [STALL]),
        (Stated("贺某", STALL.credit_code), Status.FOUND, [STALL]),
        (Stated("贺*"), Status.NOT_FOUND, []),
        (Stated("贺某"), Status.NOT_FOUND, []),
        (Stated(), Status.INVALID, []),
        (Stated(" ", "\u200b", "　"), Status.INVALID, []),
        (Stated("……"), Status.INVALID, []),
        (Stated("青" * 65), Status.INVALID, []),
        (Stated(ID_NUMBER), Status.INVALID, []),
        (Stated(FOOD.name, ID_NUMBER), Status.INVALID, []),
        (Stated(registration_number="410329000000004"), Status.INVALID, []),
    ],
)
async def test_one_row(town: Town, row: Stated, status: Status, candidates: list[object]) -> None:
    (verdict,) = await verdicts(town, row)
    assert verdict.status is status
    assert sorted(ids(verdict)) == sorted(s.id for s in candidates)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (FOOD.credit_code[:-1] + "0", "校验位"),
        (FOOD.credit_code[:-1], "位数"),
        ("9141032900000000IO", "I、O"),
        ("41032919900307" + "001X", "身份证"),
    ],
)
async def test_an_invalid_code_says_why_and_quotes_nothing(
    town: Town, code: str, reason: str
) -> None:
    (verdict,) = await verdicts(town, Stated(FOOD.name, code))
    assert verdict.status is Status.INVALID
    assert reason in verdict.message
    assert code not in verdict.message


async def test_every_verdict_but_the_certain_one_says_why(town: Town) -> None:
    rows = [
        Stated(credit_code=UNKNOWN),
        Stated("广州南海进出口贸易中心"),
        Stated(),
        Stated("青禾食品"),
    ]
    assert all(verdict.message for verdict in await verdicts(town, *rows))


async def test_rows_do_not_disturb_each_other(town: Town) -> None:
    rows = [Stated(FOOD.name), Stated(), Stated(FOOD.name), Stated(ID_NUMBER), Stated(WORKS.name)]
    found = await verdicts(town, *rows)
    assert [v.status.name for v in found] == ["FOUND", "INVALID", "FOUND", "INVALID", "FOUND"]
    assert [v.personal for v in found] == [False, False, False, True, False]


async def test_few_candidates_of_many(town: Town) -> None:
    town.put(*(firm(n, "伊川县春天小吃店") for n in range(10, 30)))
    (verdict,) = await verdicts(town, Stated("伊川县春天小吃店"))
    assert verdict.status is Status.AMBIGUOUS
    assert ids(verdict) == [made_id(n) for n in range(10, 10 + MOST_CANDIDATES)]
