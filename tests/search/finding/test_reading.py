"""What of a query text is searched for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import QueryTooLong
from search.finding.reading import LONGEST_QUERY, QueryText, read_query
from tests.search.finding.town import code_of

ID_NUMBER = "41032919900307" + "1234"
REGISTERED = "410329000000003"


@pytest.mark.parametrize("text", [None, "", "  ", "\u200b\u3000\n", "\x00\ud800", "\u202e"])
def test_a_blank_query_is_none(text: str | None) -> None:
    assert not read_query(text).given


@pytest.mark.parametrize(
    "text",
    [
        ID_NUMBER,
        ID_NUMBER[:17] + "Ｘ",
        " ".join(ID_NUMBER),
        "\u200b".join(ID_NUMBER),
        "\u202e" + ID_NUMBER + "\u202c",
        "410329900307123",
        "138 0013 8000",
        "13800\x0013\u20608000",
        "6222021702008642118",
        f"贺某 {ID_NUMBER}",
        "4103|2919900307|1234",
        ",".join(ID_NUMBER),
        "(138)(0013)(8000)",
        "\u0301".join("13800138000"),
        "⑴⑶⑻001⑶8000",
    ],
)
def test_nothing_is_kept_of_a_personal_number(text: str) -> None:
    assert read_query(text) == QueryText(personal=True)


@pytest.mark.parametrize(
    "text", [REGISTERED, code_of(1), code_of(1).lower(), "伊市监罚〔2026〕15号"]
)
def test_codes_and_numbers_of_documents_are_searched_for(text: str) -> None:
    assert read_query(text) == QueryText(text)


def test_a_query_may_have_so_many_characters_after_normalization() -> None:
    assert read_query(" 青 " * LONGEST_QUERY).text
    with pytest.raises(QueryTooLong):
        read_query("青" * (LONGEST_QUERY + 1))


def test_signs_that_normalization_spells_out_count_as_what_they_become() -> None:
    with pytest.raises(QueryTooLong):
        read_query("㍿" * (LONGEST_QUERY // 2))


def test_a_huge_query_is_refused() -> None:
    with pytest.raises(QueryTooLong):
        read_query("1" * 1_000_000)


def test_full_width_is_read_as_half_width() -> None:
    assert read_query("ｑｉｎｇ　ｈｅ").text == "qing he"


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = read_query(text)
    except QueryTooLong:
        return
    assert read_query(read.text).text == read.text
