import pytest

from search.names.pinyin import spellings
from search.names.readings import spelled


def ways(text: str) -> list[str]:
    return [" ".join((*spelled(one.signs), *filter(None, [one.tail]))) for one in spellings(text)]


def test_spaces_and_apostrophes_part_syllables() -> None:
    assert ways("long feng") == ways("long'feng") == ways("LONG-FENG") == ["long feng"]


def test_letters_are_parted_in_all_likely_ways() -> None:
    assert set(ways("changan")) == {"chang an", "chan gan"}


def test_the_fewest_syllables_come_first() -> None:
    assert ways("xian")[:2] == ["xian", "xi an"]


def test_an_apostrophe_decides() -> None:
    assert ways("chang'an") == ["chang an"]


def test_tone_marks_are_dropped() -> None:
    assert ways("lǜ sè") == ["lv se"]


def test_an_unfinished_syllable_is_kept_apart() -> None:
    assert ways("longfengj") == ["long feng j"]


def test_characters_within_stand_for_themselves() -> None:
    assert ways("洛阳longfeng3") == ["luo yang long feng 3"]


@pytest.mark.parametrize("text", ["xyz", "hy", "h y j x", "abc", "a", "3", "洛阳"])
def test_what_is_no_pinyin_has_no_spelling(text: str) -> None:
    assert ways(text) == []


def test_a_single_letter_is_a_syllable_where_the_user_parts_them() -> None:
    assert ways("a er tai") == ["a er tai"]


def test_a_long_row_of_letters_is_parted_quickly() -> None:
    assert len(ways("an" * 100)) <= 4
