import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.names.planning import BUDGET, MOST_OPTIONAL, plans
from search.plan import MOST_CANDIDATES, WEIGHT_UNIT, Grams, Plan
from search.statistics import TermStatistics
from tests.search.names.finding import CARDS, counted

STATISTICS = counted(CARDS)


def tokens(found: tuple[Plan, ...], grams: Grams) -> set[str]:
    terms = [term for plan in found for term in (*plan.required, *plan.optional)]
    return {term.token for term in terms if term.grams is grams}


@pytest.mark.parametrize("query", ["", "  ", "😀", "\ud800", "\u202e\u202c", "（）·", "\x00"])
def test_nothing_is_looked_up_for_a_query_of_nothing(query: str) -> None:
    assert plans(query, STATISTICS) == ()


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_makes_sound_plans(query: str) -> None:
    for plan in plans(query, STATISTICS):
        assert plan.required
        assert 1 <= plan.limit <= MOST_CANDIDATES
        assert len(plan.optional) <= MOST_OPTIONAL
        for term in (*plan.required, *plan.optional):
            assert term.weight > 0
            assert math.fmod(term.weight, WEIGHT_UNIT) == 0
            assert term.token.split() == [term.token]


def test_the_rarest_terms_are_required() -> None:
    (plan,) = plans("伊川县鸿远机械", STATISTICS)
    assert min(t.weight for t in plan.required if len(t.token) == 2) > 0
    assert "鸿远" in {term.token for term in plan.required}


def test_required_terms_stay_within_the_budget() -> None:
    common = ("有限", "限公", "公司")
    names = [[(Grams.PAIRS, pair) for pair in common]] * (BUDGET // 3 + 1)
    others: list[list[tuple[Grams, str]]] = [[]] * (10 * BUDGET)
    statistics = TermStatistics.counted([*names, *others])
    (plan,) = plans("有限公司", statistics)
    required = [term.token for term in plan.required if term.token in common]
    optional = [term.token for term in plan.optional if term.token in common]
    assert (len(required), len(optional)) == (2, 1)


def test_a_new_pair_is_looked_up_but_no_slip_that_no_name_has() -> None:
    looked_up = tokens(plans("鑫淼焱", STATISTICS), Grams.PAIRS)
    assert looked_up == {"鑫淼", "淼焱"}


def test_a_query_without_statistics_is_planned() -> None:
    assert plans("伊川县鸿远机械", TermStatistics.counted([]))


def test_short_queries_look_up_beginnings_and_what_is_inside() -> None:
    found = plans("鸿远", STATISTICS)
    assert tokens(found, Grams.PAIRS) == {"鸿远"}
    assert tokens(found, Grams.EDGES) == {"^鸿远"}


def test_letters_are_read_as_pinyin_as_initials_and_as_they_are() -> None:
    found = plans("hongyuan", STATISTICS)
    assert tokens(found, Grams.SYLLABLES) & {"hong'yuan", "hon'yuan"}
    assert "hong" in tokens(found, Grams.INITIALS)
    assert "ho" in tokens(found, Grams.PAIRS)


def test_an_ambiguous_row_of_letters_is_parted_both_ways() -> None:
    found = tokens(plans("changan", STATISTICS), Grams.SYLLABLES)
    assert {pair.partition("'")[2] for pair in found} >= {"an", "gan"}


def test_a_code_is_looked_up_by_its_parts() -> None:
    assert tokens(plans("91410329MA", STATISTICS), Grams.CODES) >= {"914", "9MA"}


def test_words_are_no_codes() -> None:
    assert not tokens(plans("hongyuan", STATISTICS), Grams.CODES)


def test_only_the_first_characters_of_a_long_query_count() -> None:
    assert plans("星辰" * 40, STATISTICS) == plans("星辰" * 400, STATISTICS)


@pytest.mark.parametrize("query", ["伊川县鸿远机械有限公司", "yichuanxianhongyuanjixie"])
def test_of_a_query_that_says_much_fewer_are_looked_at(query: str) -> None:
    (general, *_), (whole, *_) = plans("鸿远机械", STATISTICS), plans(query, STATISTICS)
    assert whole.limit < general.limit
