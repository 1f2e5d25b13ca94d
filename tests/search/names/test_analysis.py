from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.names.analysis import (
    VERSION,
    make_name,
    name_columns,
    normalize_code,
    normalize_name,
    subject_terms,
    syllables,
)
from search.plan import Grams


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("伊川縣星辰商貿有限公司", "伊川县星辰商贸有限公司"),
        ("ＡＢＣ（洛阳）包装 有限公司", "abc洛阳包装有限公司"),
        ("第３建筑\u3000工程\u200b公司", "第3建筑工程公司"),
        ("𠮷祥㐂商行", "𠮷祥㐂商行"),
        ("〇〇七商店", "〇〇七商店"),
        ("😀\u202e\x00-·。", ""),
        ("\ud800龙凤\udfff", "龙凤"),
        ("", ""),
    ],
)
def test_only_what_tells_names_apart_remains(text: str, normalized: str) -> None:
    assert normalize_name(text) == normalized


@settings(deadline=None)
@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize_name(text)
    assert normalize_name(once) == once


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_names_at_once_are_as_names_one_by_one(shown: list[str]) -> None:
    assert list(zip(*name_columns(shown), strict=True)) == [make_name(one) for one in shown]


@settings(deadline=None)
@given(st.text())
def test_all_texts_of_a_name_are_of_one_length(shown: str) -> None:
    name = make_name(shown)
    lengths = {len(part) for part in (name.text, name.signs, name.other, name.blurred)}
    assert lengths == {len(name.initials)} == {len(name.other_initials)}


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("重庆长沙", "chong qing chang sha"),
        ("厦门银行", "xia men yin hang"),
        ("六安女贞绿叶", "lu an nv zhen lv ye"),
        ("ABC3重", "a b c 3 zhong"),
        ("乾元", "qian yuan"),
    ],
)
def test_phrases_decide_between_readings(name: str, reading: str) -> None:
    assert syllables(name) == tuple(reading.split())


def test_traditional_characters_are_read_like_simplified_ones() -> None:
    assert make_name("長沙銀行").signs == make_name("长沙银行").signs


def test_what_sounds_alike_to_many_ears_is_one() -> None:
    assert make_name("宁张陈生").blurred == make_name("林脏岑僧").blurred


def test_a_character_of_two_readings_is_found_by_both() -> None:
    tokens = {token for grams, token in subject_terms(["伊川长兴"], []) if grams is Grams.SYLLABLES}
    assert {"chuan'zan", "chuan'can"} <= {token.replace("zang", "zan") for token in tokens} | {
        token.replace("zhan", "zan").replace("chan", "can") for token in tokens
    }


def test_tokens_are_those_of_this_version() -> None:
    characters = "".join(map(chr, range(0x4E00, 0x9FFF)))
    names = ["重庆银行", "长沙会计", "台州乐清", "厦门行业", "六安朝阳", characters]
    tokens = sorted(subject_terms(names, []))
    digest = sha256(repr(tokens).encode()).hexdigest()
    # Dictionaries of another release make other tokens: then analysis.VERSION must be another one, too.
    assert (VERSION, digest[:16]) == (1, "2ad1ff7e479bd776")


def test_a_former_name_adds_its_tokens() -> None:
    former = set(subject_terms(["鸿远"], []))
    assert former < set(subject_terms(["星辰商贸", "鸿远"], []))


def test_no_token_is_listed_twice() -> None:
    terms = subject_terms(["发发发发发", "发发发"], ["111111111"])
    assert len(terms) == len(set(terms))


@settings(deadline=None)
@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_no_token_holds_white_space_or_is_empty(names: list[str], codes: list[str]) -> None:
    assert all(token.split() == [token] for _, token in subject_terms(names, codes))


def test_a_name_of_nothing_has_no_tokens() -> None:
    assert subject_terms(["", "😀"], ["", "-"]) == []


def test_codes_are_compared_without_what_people_put_in_between() -> None:
    assert normalize_code(" 91-4103 29ｍａ46 ") == "91410329MA46"
