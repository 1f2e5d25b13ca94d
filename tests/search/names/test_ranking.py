import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.names.planning import plans
from search.names.ranking import rank
from search.plan import Candidate
from tests.search.names.finding import CARDS, NAMES, candidates, card, counted, find, first

CODE = "91410329MA46P78P1X"
OTHER_CODE = "92410329MA3X5K9T20"
NUMBER = "410329000012345"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("伊川縣星辰商貿有限公司", 0),
        ("伊川县星辰 商贸 有限公司", 0),
        ("ＡＢＣ(洛阳)包装有限公司", 8),
        ("abc洛阳包装", 8),
        ("伊川县第３建筑工程公司", 9),
        ("洛阳市星晨商贸有限公司", 1),
        ("伊川县星陈商贸有限公司", 0),
        ("伊川县红远机械制造有限公司", 2),
        ("伊川县鸿元机械制造有限公司", 2),
        ("伊川县鸿远机戒制造有限公司", 2),
        ("伊川县金合农业科技有限公司", 7),
        ("伊川县远鸿机械制造有限公司", 2),
        ("伊川县鸿远械机制造有限公司", 2),
        ("伊川县鸿远制造有限公司", 2),
        ("伊川县鸿远大机械制造有限公司", 2),
        ("鸿远机械", 2),
        ("龙凤酒业", 11),
        ("伊川长兴合作社", 5),
        ("洛阳银行伊川支行", 4),
        ("伊川绿色家园", 6),
        ("重乐文化", 10),
    ],
)
def test_names_are_found_however_they_are_written(query: str, name: int) -> None:
    assert first(query) == NAMES[name]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("longfengjiuye", 11),
        ("long feng jiu ye", 11),
        ("lóng fèng jiǔ yè", 11),
        ("LongFeng JiuYe", 11),
        ("longfenjiuye", 11),
        ("yichuanxianhongyuanjixiezhizao", 2),
        ("changxingzhongzhi", 5),
        ("zhangxingzhongzhi", 5),
        ("luoyang yinhang", 4),
        ("洛阳yinhang", 4),
        ("longfengjiu", 11),
        ("ycxhyjxzz", 2),
        ("lfjy", 11),
        ("ycl", 11),
        ("l f j y", 11),
        ("hnsz", 10),
        ("hnsc", 10),
    ],
)
def test_names_are_found_by_their_readings(query: str, name: int) -> None:
    assert first(query) == NAMES[name]


@pytest.mark.parametrize("query", ["龙", "龙凤", "凤酒", "yc", "lf", "y", "3", "ab", "司"])
def test_one_or_two_characters_are_found_at_the_beginning_and_inside(query: str) -> None:
    assert first(query)


def test_of_two_characters_a_beginning_comes_first() -> None:
    found = find("洛阳")
    assert found[0].name.startswith("洛阳")
    assert {one.name for one in found if one.score >= 0.5} == {n for n in NAMES if "洛阳" in n}


WITH_CODES = (
    card(1, "伊川县星辰商贸有限公司", codes=(CODE, CODE[8:17], NUMBER)),
    card(2, "伊川县鸿远机械制造有限公司", codes=(OTHER_CODE, OTHER_CODE[8:17])),
)


@pytest.mark.parametrize(
    "query",
    [
        CODE,
        CODE.lower(),
        "91410329 MA46-P78P1X",
        "91410329MA46",
        "MA46P78P1",
        "46P78P",
        "P1X",
        "91410329MA46P78P1Y",
        "91410328MA46P78P1X",
        "91410329MA46P78PX",
        "91410329AM46P78P1X",
        "MA46P7BP1",
        NUMBER,
        "000012345",
        "410329000012346",
    ],
)
def test_codes_are_found_in_part_and_with_a_slip(query: str) -> None:
    assert first(query, WITH_CODES) == "伊川县星辰商贸有限公司"


def test_what_is_masked_is_found_by_its_code_only() -> None:
    (found,) = find(CODE, (card(1, "", codes=(CODE,)),))
    assert (found.score, found.name, found.highlights) == (1.0, "", ())


def test_the_same_code_is_worth_more_than_a_part_and_a_part_more_than_a_slip() -> None:
    whole, part, slip = (find(q, WITH_CODES)[0].score for q in (CODE, CODE[:10], CODE[:-1] + "Y"))
    assert whole == 1 > part > slip >= 0.5


def test_a_former_name_counts_and_is_said_to_be_one() -> None:
    cards = (card(1, "伊川县星辰商贸有限公司", "伊川县旭日商贸有限公司"), *CARDS[2:])
    (found, *_) = find("旭日商贸", cards)
    assert (found.card.id, found.name, found.former) == ("id0001", "伊川县旭日商贸有限公司", True)
    assert not find("星辰商贸", cards)[0].former


QUERIES = (
    *(
        "伊川县星辰商贸有限公司",
        "鸿远",
        "龙",
        "远鸿机械",
        "longfengjiuye",
        "lfjy",
        "yc",
        CODE,
        "MA46P",
    ),
    *("伊川县公司", "洛阳hongyuan", "有限公司", "zhang xing", "3"),
)


@pytest.mark.parametrize("query", QUERIES)
def test_parts_add_up_to_the_score(query: str) -> None:
    for found in find(query, (*CARDS, *WITH_CODES)):
        assert 0 <= found.score <= 1
        assert sum(part.value * part.weight for part in found.parts) == pytest.approx(found.score)
        assert sum(part.weight for part in found.parts) == pytest.approx(1)
        assert all(0 <= part.value <= 1 for part in found.parts)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_name_is_worth_one_and_no_other_is(name: str) -> None:
    best, *others = find(name)
    assert (best.name, round(best.score, 9)) == (name, 1)
    assert all(other.score < 1 for other in others)


@pytest.mark.parametrize("query", QUERIES)
def test_scores_depend_on_query_and_name_alone(query: str) -> None:
    together = {one.card.id: one.score for one in find(query)}
    statistics = counted(CARDS)
    for one in CARDS:
        for alone in rank(query, [[Candidate(one, 1.0)]], statistics):
            assert together.get(one.id, alone.score) == alone.score


@pytest.mark.parametrize("query", QUERIES)
def test_the_order_in_which_engines_find_makes_no_difference(query: str) -> None:
    statistics = counted(CARDS)
    found = [list(candidates(plan, CARDS)) for plan in plans(query, statistics)]
    expected = rank(query, found, statistics)
    mixer = random.Random(1)
    for candidates_of_a_plan in found:
        mixer.shuffle(candidates_of_a_plan)
    assert rank(query, found[::-1], statistics) == expected


def test_equal_scores_are_ordered_by_completeness_then_id() -> None:
    name = "伊川县星辰商贸有限公司"
    cards = (card(3, name), card(2, name, completeness=5), card(1, name))
    assert [one.card.id for one in find(name, cards)] == ["id0002", "id0001", "id0003"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("鸿源机械", "鸿源机械"),
        ("洛阳鸿源机械集团", "洛阳鸿源机械 集团"),
        ("鴻源機械", "鸿源机械"),
        ("洛阳鸿源股份", "洛阳鸿源 股份"),
        ("hongyuanjixie", "鸿源机械"),
        ("hyjx", "鸿源机械"),
        ("鸿", "鸿"),
    ],
)
def test_highlights_lie_on_the_name_as_it_is_shown(query: str, shown: str) -> None:
    (found,) = (one for one in find(query) if one.name == NAMES[3])
    assert " ".join(found.name[begin:end] for begin, end in found.highlights) == shown


def test_highlights_count_code_points() -> None:
    (found,) = find("祥商", (card(1, "𠮷 𠮷（祥）商行"),))
    assert found.highlights == ((4, 5), (6, 7))


HOSTILE = [
    "",
    "😀",
    "\ud800",
    "\u202e鸿远\u202c",
    "鸿\x00远",
    "%",
    "*",
    "' OR 1=1",
    "鸿" * 500,
    "^鸿",
    "\n",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_harmless(query: str) -> None:
    find(query)


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=40))
def test_any_query_ranks_any_name(query: str, name: str) -> None:
    one = card(1, name, codes=(name,))
    for found in rank(query, [[Candidate(one, 1.0)]], counted((one,))):
        assert 0 <= found.score <= 1
        spans = found.highlights
        assert all(0 <= begin < end <= len(found.name) for begin, end in spans)
        assert all(one[1] < other[0] for one, other in pairwise(spans))


def test_nothing_found_is_nothing_ranked() -> None:
    assert rank("鸿远", [[], []], counted(CARDS)) == []
