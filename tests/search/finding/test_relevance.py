"""Lists by relevance, against what plain Python makes of the same records."""

from __future__ import annotations

from random import Random

import pytest

from records.stored import StoredRecord
from search.engine import Engine
from search.finding.found import Found, millionths
from search.finding.matching import matching
from search.finding.relevance import Entry, Group, Lane, Place, RelevantList
from search.query import And, AnyOf, Filter, Order
from tests.search.finding.town import TODAY, Town, find_subjects, firm, made_id, record
from tests.support import LICENSES, PENALTIES

NEWEST = Order()
ALL: Filter = And()
FOOD = firm(1, "伊川县青禾食品有限公司", completeness=5)
TRADE = firm(2, "伊川县青禾商贸管理有限公司")
WORKS = firm(3, "伊川县宏达机械厂")


def relevant(
    engine: Engine, query: str, found: Found, *, where: Filter = ALL, subjects: bool = False
) -> RelevantList:
    lanes = [Lane(d.name, where, matching(d, query, found), NEWEST) for d in (LICENSES, PENALTIES)]
    return RelevantList(engine, TODAY, found, query, lanes, ALL if subjects else None)


async def walk(listed: RelevantList, first: int, most: int = 1_000) -> list[Entry]:
    """All entries, page by page."""
    entries: list[Entry] = []
    after: Place | None = None
    while len(entries) < most:
        page, more = await listed.page(first, after)
        entries += page
        assert len(page) == first or not more
        if not more:
            break
        after = page[-1].place
    return entries


def ids(entries: list[Entry]) -> list[str]:
    return [entry.place.id for entry in entries]


async def test_codes_then_subjects_by_score_then_texts_each_newest_first(
    town_on_each: Town,
) -> None:
    town_on_each.put(
        *(FOOD, TRADE, WORKS),
        record(11, WORKS, facts="从青禾购进面包", decided="2026-09-09"),
        record(12, TRADE, decided="2026-09-08"),
        record(13, FOOD, decided="2026-09-01"),
        record(14, FOOD, decided="2026-09-05"),
        record(15, WORKS, document_number="青禾字〔2026〕1号", decided="2026-01-01"),
        record(16, WORKS),
    )
    engine = town_on_each.engine()
    found = await find_subjects(engine, "青禾", TODAY)
    entries = await walk(relevant(engine, "青禾", found), 3)
    await engine.close()
    assert ids(entries) == [made_id(n) for n in (15, 14, 13, 12, 11)]
    assert [entry.place.group for entry in entries] == [1, 2, 2, 2, 3]


async def test_a_subject_stands_before_its_records(town: Town) -> None:
    town.put(FOOD, WORKS, record(11, FOOD), record(12, WORKS))
    engine = town.engine()
    for query in ("青禾食品", FOOD.credit_code, FOOD.credit_code[:12]):
        found = await find_subjects(engine, query, TODAY)
        listed = relevant(engine, query, found, subjects=True)
        assert made_id(1) in ids(await walk(listed, 1))
        if query != FOOD.credit_code[:12]:
            assert ids(await walk(listed, 1))[:2] == [made_id(1), made_id(11)]
    await engine.close()


async def test_only_what_the_filter_leaves(town: Town) -> None:
    town.put(FOOD, record(11, FOOD, status="REVOKED"), record(12, FOOD))
    engine = town.engine()
    found = await find_subjects(engine, "青禾", TODAY)
    listed = relevant(engine, "青禾", found, where=AnyOf("status", ("REVOKED",)))
    assert ids(await walk(listed, 1)) == [made_id(11)]
    await engine.close()


async def test_a_place_holds_while_the_index_changes(town: Town) -> None:
    records = [record(n, FOOD, decided=f"2026-09-{n:02}") for n in range(11, 21)]
    town.put(FOOD, TRADE, *records)
    engine = town.engine()
    found = await find_subjects(engine, "青禾食品", TODAY)
    page, _ = await relevant(engine, "青禾食品", found).page(4, None)
    town.put(record(30, FOOD, decided="2026-10-01"), record(31, FOOD, decided="2026-09-02"))
    town.journal.withdraw(page[-1].place.id)
    town.follow()
    found = await find_subjects(engine, "青禾食品", TODAY)
    rest, more = await relevant(engine, "青禾食品", found).page(20, page[-1].place)
    await engine.close()
    assert not more
    assert ids(rest) == [made_id(n) for n in (16, 15, 14, 13, 12, 11, 31)]


def crowd(rng: Random) -> list[StoredRecord]:
    """Some subjects with hundreds of records, others with none; few days, so that ids decide."""
    subjects = [firm(n, f"伊川县青禾{sign}店") for n, sign in enumerate("甲乙丙丁戊己庚辛壬癸", 1)]
    subjects += [FOOD, TRADE, WORKS]
    found = []
    for number in range(100, 500):
        subject = rng.choice(subjects[: rng.choice((2, 13))])
        found.append(
            record(
                number,
                subject,
                dataset=rng.choice(("licenses", "penalties")),
                decided=f"2026-09-{rng.randrange(1, 4):02}",
                document_number=rng.choice(("青禾〔2026〕7号", f"伊〔2026〕{number}号")),
                content=rng.choice(("从青禾购进", "其他")),
            )
        )
    return found


@pytest.mark.parametrize("first", [1, 20, 100])
async def test_any_page_size_gives_the_same_list(town_on_each: Town, first: int) -> None:
    records = crowd(Random(3))
    subjects = {r.anchor: firm(int(r.anchor), str(r.public["subject_name"])) for r in records}
    town_on_each.put(*subjects.values(), *records)
    engine = town_on_each.engine()
    found = await find_subjects(engine, "青禾", TODAY)
    entries = await walk(relevant(engine, "青禾", found, subjects=True), first, most=60 * first)
    await engine.close()

    def key(item: StoredRecord) -> tuple[int, int]:
        score = found.by_anchor.get(item.anchor)
        if "青禾" in str(item.public["document_number"]):
            return Group.CODE, 0
        if score is not None:
            return Group.SUBJECT, -millionths(score)
        return (Group.TEXT, 0) if "青禾" in str(item.public["content"]) else (9, 0)

    newest = sorted(records, key=lambda r: (str(r.public["decision_date"]), r.id), reverse=True)
    expected = [r.id for r in sorted(newest, key=key) if key(r)[0] < 9]
    listed = [entry for entry in entries if entry.place.is_record]
    assert ids(listed) == expected[: len(listed)]
    assert [e.place.key for e in entries] == sorted(e.place.key for e in entries)


def test_the_id_of_a_record_counts_downwards() -> None:
    low, high = (Place(Group.TEXT, 0, True, 7, made_id(n)) for n in (1, 2))
    assert high.key < low.key
    assert Place(Group.TEXT, 0, True, None, made_id(1)).key > low.key


async def test_a_single_character_finds_records_by_subjects_only(town_on_each: Town) -> None:
    town_on_each.put(FOOD, WORKS, record(11, FOOD, facts="青"), record(12, WORKS, facts="青"))
    engine = town_on_each.engine()
    found = await find_subjects(engine, "青", TODAY)
    listed = await walk(relevant(engine, "青", found, subjects=True), 1)
    await engine.close()
    assert ids(listed) == [made_id(1), made_id(11)]
