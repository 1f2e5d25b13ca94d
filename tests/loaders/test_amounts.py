"""Amounts as cells write them → yuan."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.amounts import read_amount
from loaders.cells import Finding
from records.fields import TEN_THOUSAND_YUAN, YUAN


def code_of(found: object) -> str:
    assert isinstance(found, Finding), found
    return found.code


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("0.2", TEN_THOUSAND_YUAN, "2000"),
        ("0", TEN_THOUSAND_YUAN, "0"),
        ("1.234567", TEN_THOUSAND_YUAN, "12345.67"),
        ("150.000000", TEN_THOUSAND_YUAN, "1500000"),
        ("0.00505", TEN_THOUSAND_YUAN, "50.5"),
        ("5000", YUAN, "5000"),
        ("5000元", TEN_THOUSAND_YUAN, "5000"),
        ("0.5万元", YUAN, "5000"),
        ("0.5万", YUAN, "5000"),
        ("12,345.60", YUAN, "12345.6"),
        ("1，234，567", YUAN, "1234567"),
        ("２０００．５", YUAN, "2000.5"),
        ("￥2000", YUAN, "2000"),
        ("人民币2000元整", TEN_THOUSAND_YUAN, "2000"),
        (" 2 000 ", YUAN, "2000"),
        (".5", TEN_THOUSAND_YUAN, "5000"),
        ("100000000", TEN_THOUSAND_YUAN, "1000000000000"),
        ("13800.000000", TEN_THOUSAND_YUAN, "138000000"),
        ("1E-05", TEN_THOUSAND_YUAN, "0.1"),
        ("1.5e-3", TEN_THOUSAND_YUAN, "15"),
        ("0.2(万元)", YUAN, "2000"),
        ("2000（元）", TEN_THOUSAND_YUAN, "2000"),
        ("￥0.2万元", TEN_THOUSAND_YUAN, "2000"),
    ],
)
def test_amounts_in_yuan(text: str, unit: Decimal, yuan: str) -> None:
    read = read_amount(text, unit)
    assert isinstance(read, Decimal)
    assert format(read, "f") == yuan


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "－5",
        "−5",
        "(500)",
        "贰仟元整",
        "约五千",
        "2,00",
        "1,2345",
        "1.2.3",
        "2e3",
        "NaN",
        "Infinity",
        "0.2万元左右",
        "1" * 16,
        "0.2(万元",
        "0.2万元)",
        "0123",
        "00.5",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert code_of(read_amount(text, YUAN)) == "BAD_AMOUNT"


@pytest.mark.parametrize(
    "text",
    [
        "13937906512", "139 3790 6512", "13,937,906,512", "13937906512.00", "13937906512元",
        "410329830712457", "41032983071245701", "410,329,198,601,010,012", "037968312345", "03796831234",
    ],
)  # fmt: skip
@pytest.mark.parametrize("unit", [YUAN, TEN_THOUSAND_YUAN])
def test_a_number_of_a_person_is_no_amount(text: str, unit: Decimal) -> None:
    assert code_of(read_amount(text, unit)) == "BAD_AMOUNT"


@pytest.mark.parametrize(
    ("text", "unit"), [("1000000000000.01", YUAN), ("100000000.1", TEN_THOUSAND_YUAN)]
)
def test_more_than_a_million_millions_is_refused(text: str, unit: Decimal) -> None:
    assert code_of(read_amount(text, unit)) == "BAD_AMOUNT"


@pytest.mark.parametrize("text", ["￥2000", "¥2000"])
def test_a_yuan_sign_in_a_column_of_ten_thousands_needs_a_unit(text: str) -> None:
    read = read_amount(text, TEN_THOUSAND_YUAN)
    assert isinstance(read, Finding)
    assert "2000元" in read.fix


@pytest.mark.parametrize(
    ("text", "yuan"), [("0.0000005", "0"), ("0.0000015", "0.02"), ("0.1234567", "1234.57")]
)
def test_less_than_a_fen_is_rounded_half_even_with_a_warning(text: str, yuan: str) -> None:
    read = read_amount(text, TEN_THOUSAND_YUAN)
    assert isinstance(read, Finding)
    assert (read.code, read.value) == ("AMOUNT_ROUNDED", Decimal(yuan))


@given(st.integers(0, 10**14))
def test_amounts_in_ten_thousands_are_exact_to_the_fen(fen: int) -> None:
    text = format(Decimal(fen) / 10**6, "f")
    assert read_amount(text, TEN_THOUSAND_YUAN) == Decimal(fen) / 100


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_of_amounts(text: str) -> None:
    assert isinstance(read_amount(text, YUAN), Decimal | Finding)
