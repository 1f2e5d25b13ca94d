"""Tokens: what counts as the same, and pairs as substrings."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.analysis import (
    LONGEST_KEYWORD,
    as_is,
    bigrams,
    fold,
    fold_code,
    folded_codes,
    normalize_text,
    spelled,
)


@pytest.mark.parametrize(
    "spelled",
    [
        "伊市监罚〔2026〕A15号",
        "伊市监罚（2026）a15号",
        "伊市监罚[2026] Ａ１５ 号",
        "伊市监罚【2026】A15\u200b号",
        "\t伊市监罚［2026］\u3000A15\ud800号\n",
    ],
)
def test_spellings_of_one_number_fold_alike(spelled: str) -> None:
    assert fold(spelled) == "伊市监罚(2026)A15号"


def test_different_numbers_stay_different() -> None:
    assert len({fold(t) for t in ("A-15", "A15", "A－15号", "A/15", "Ａ１６")}) == 5


def test_a_keyword_is_bounded() -> None:
    assert len(fold("﷽" * LONGEST_KEYWORD)) == LONGEST_KEYWORD


def test_prose_keeps_its_punctuation() -> None:
    assert normalize_text(" 罚款ＡＢ，《食品　安全法》\u200b。") == "罚款ab,《食品安全法》。"


def test_pairs_overlap() -> None:
    assert bigrams("面包ab") == "面包 包a ab"
    assert bigrams("面") == ""
    assert bigrams("") == ""


@given(st.text(), st.data())
def test_the_pairs_of_a_piece_stand_together_in_the_pairs_of_the_whole(
    text: str, data: st.DataObject
) -> None:
    whole = normalize_text(text)
    # What is normalized is normalized once more below; a sign that lost its blank may then join its neighbor.
    assume(normalize_text(whole) == whole)
    start = data.draw(st.integers(0, len(whole)))
    piece = whole[start : start + data.draw(st.integers(0, 8))]
    assert f" {bigrams(piece)} " in f" {bigrams(whole)} " or len(piece) < 2


@given(st.text())
def test_a_token_holds_no_white_space(text: str) -> None:
    assert fold(text).split() in ([], [fold(text)])
    pairs = bigrams(normalize_text(text))
    assert all(len(pair) == 2 for pair in pairs.split(" ") if pair)
    assert len(pairs.split()) == max(0, len(normalize_text(text)) - 1)


@given(text=st.text(st.sampled_from("局 Ａa（\u200b𠮷﷽"), max_size=2 * LONGEST_KEYWORD))
def test_a_spelling_that_is_counted_is_found_by_itself(text: str) -> None:
    assert fold(spelled(text)) == fold(text)
    assert len(spelled(text)) <= LONGEST_KEYWORD


def test_dashes_and_brackets_of_a_number_do_not_tell_it_apart() -> None:
    spellings = ["伊〔2026〕15－1号", "伊[2026]15—1号", "伊（2026） 15-1号", "伊【2026】15‐1号"]
    assert {fold_code(text) for text in spellings} == {"伊(2026)15-1号"}


@given(st.lists(st.text(min_size=1), max_size=3), st.text(min_size=2))
def test_no_part_of_two_numbers_is_a_part_of_both(codes: list[str], part: str) -> None:
    inside = any(fold_code(part) in fold_code(code) for code in codes)
    assert (fold_code(part) in folded_codes(codes)) == inside or not codes


def test_half_a_character_equals_nothing() -> None:
    assert as_is("abc") == "abc"
    assert as_is("a\ud800") not in {"a", "a\ud800"}
