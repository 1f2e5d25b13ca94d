"""Which records a query matches, and why."""

from __future__ import annotations

import pytest

from search.finding.found import Found
from search.finding.matching import Groups, matching, spellings
from search.query import Filter, Or, SearchRequest
from tests.search.finding.town import TODAY, Town, find_subjects, firm, made_id, record
from tests.support import LICENSES, PENALTIES

FOOD = firm(1, "伊川县青禾食品有限公司", anchors=(101,))
WORKS = firm(2, "伊川县宏达机械厂")


async def groups(town: Town, query: str) -> Groups:
    engine = town.engine()
    found = await find_subjects(engine, query, TODAY)
    await engine.close()
    return matching(PENALTIES, query, found)


async def listed(town: Town, where: Filter) -> list[str]:
    engine = town.engine()
    page = await engine.search(SearchRequest("penalties", TODAY, where))
    await engine.close()
    return sorted(str(hit.document["id"]) for hit in page.hits)


async def test_records_of_a_subject_under_all_of_its_ids(town: Town) -> None:
    town.put(
        FOOD, WORKS, record(11, FOOD), record(12, FOOD, anchor=made_id(101)), record(13, WORKS)
    )
    found = await groups(town, "青禾食品")
    assert await listed(town, found.any) == [made_id(11), made_id(12)]


@pytest.mark.parametrize(
    "query",
    [
        "伊市监罚〔2026〕15号", "伊市监罚(2026) １５号", "【2026】15", "监罚", "市监罚[2026]15",
        "伊市监罚<2026>15号", "伊市监罚〖2026〗15号", "伊市监罚«2026»15号",
        "伊市监罚202615号", "伊市监罚 2026 15号",
    ],
)  # fmt: skip
async def test_numbers_in_any_brackets_and_in_part(town: Town, query: str) -> None:
    town.put(FOOD, record(11, FOOD, document_number="伊市监罚〔2026〕15号"), record(12, FOOD))
    assert await listed(town, (await groups(town, query)).codes) == [made_id(11)]


@pytest.mark.parametrize(
    ("number", "query"),
    [
        ("伊市监罚202615号", "伊市监罚〔2026〕15号"),
        ("伊市监罚字<2026>第15号", "伊市监罚字〔2026〕第15号"),
        ("（2026）豫0329执15号", "2026豫0329执15号"),
    ],
)
async def test_a_year_in_brackets_or_without(town: Town, number: str, query: str) -> None:
    town.put(FOOD, record(11, FOOD, document_number=number), record(12, FOOD))
    assert await listed(town, (await groups(town, query)).codes) == [made_id(11)]


async def test_a_credit_code_with_hyphens_is_a_code(town: Town) -> None:
    town.put(FOOD, WORKS, record(11, FOOD), record(12, WORKS))
    code = FOOD.credit_code
    spelled = f"{code[:4]}-{code[4:10].lower()} {code[10:]}"
    assert await listed(town, (await groups(town, spelled)).codes) == [made_id(11)]


async def test_texts_match_by_what_stands_in_them(town: Town) -> None:
    town.put(FOOD, record(11, FOOD, facts="经查，当事人销售过期面包。"), record(12, FOOD))
    found = await groups(town, "过期面包")
    assert await listed(town, found.texts) == [made_id(11)]
    assert await listed(town, found.any) == [made_id(11)]


async def test_a_person_is_found_by_the_number_of_a_document_only(town: Town) -> None:
    town.put(record(11, None, document_number="伊市监罚〔2026〕15号", facts="当事人贺某销售面包。"))
    assert await listed(town, (await groups(town, "〔2026〕15号")).any) == [made_id(11)]
    for query in ("贺", "贺*", "贺某", "销售面包", "he"):
        assert await listed(town, (await groups(town, query)).any) == []


def test_a_single_character_is_no_part_of_a_code() -> None:
    assert spellings("1") == ()
    assert spellings("12") == ("12",)


@pytest.mark.parametrize(
    ("query", "looked_for"),
    [
        ("20" * 32, False),
        ("0" * 40, False),
        ("0" * 15, True),
        ("伊市监罚〔2026〕第000000000001号", True),
    ],
)
def test_the_same_signs_over_and_over_are_looked_for_in_nothing(
    query: str, *, looked_for: bool
) -> None:
    found = matching(PENALTIES, query, Found())
    assert (found.codes != Or()) is looked_for
    assert (found.texts != Or()) is looked_for


async def test_every_dataset_has_texts_of_its_own(town: Town) -> None:
    town.put(FOOD)
    engine = town.engine()
    found = await find_subjects(engine, "面包", TODAY)
    await engine.close()
    assert matching(LICENSES, "面包", found).texts != matching(PENALTIES, "面包", found).texts
