"""Registered capital and its currency, as registers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.capital import currency_stated, read_capital
from loaders.cells import Finding, Severity
from loaders.currencies import currency_of, read_currency
from loaders.industries import read_industry
from records.fields import TEN_THOUSAND_YUAN


def capital(text: str) -> tuple[str, str]:
    """The amount of an accepted cell in its shortest form, and the currency it names."""
    read = read_capital(text, TEN_THOUSAND_YUAN)
    assert isinstance(read, Decimal), read
    return format(read, "f"), currency_stated(text)


def finding(text: str) -> Finding:
    read = read_capital(text, TEN_THOUSAND_YUAN)
    assert isinstance(read, Finding), read
    return read


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("877.1万人民币", "8771000", "CNY"),
        ("64.5000(万元人民币)", "645000", "CNY"),
        ("56(万元人民币)", "560000", "CNY"),
        ("2,000（万元人民币）", "20000000", "CNY"),
        ("120(万人民币元)", "1200000", "CNY"),
        ("60( 万人民币元)", "600000", "CNY"),
        ("83(万元人民币元)", "830000", "CNY"),
        ("50(万元(人民币))", "500000", "CNY"),
        ("5000.000000万元", "50000000", ""),
        ("32(万)", "320000", ""),
        ("16()", "160000", ""),
        ("300000（万元）", "3000000000", ""),
        ("500,000(人民币元)", "500000", "CNY"),
        ("1,166,069.9519(万元人民币)", "11660699519", "CNY"),
        ("100万美元", "1000000", "USD"),
        ("250(万元美元)", "2500000", "USD"),
        ("3,000(万美)", "30000000", "USD"),
        ("20(万美元 )", "200000", "USD"),
        ("376.2200(万元(美元))", "3762200", "USD"),
        ("766(万香港元)", "7660000", "HKD"),
        ("800(万元(港币))", "8000000", "HKD"),
        ("0万港币", "0", "HKD"),
        ("100,000(万日元)", "1000000000", "JPY"),
        ("11.1242(万欧元)", "111242", "EUR"),
        ("290(万德国马克)", "2900000", "DEM"),
        ("人民币100万元整", "1000000", "CNY"),
        ("USD 100万", "1000000", "USD"),
        ("￥5000元", "5000", "CNY"),
        ("(万元)1,000", "10000000", ""),
        ("1.5亿元", "150000000", ""),
        ("100", "1000000", ""),
        ("0", "0", ""),
        ("８７７．１万人民币", "8771000", "CNY"),
        ("1000万元(实缴)", "10000000", ""),
    ],
)
def test_spellings_of_registers(text: str, amount: str, currency: str) -> None:
    assert capital(text) == (amount, currency)


def test_the_unit_of_the_column_counts_for_plain_numbers_only() -> None:
    assert read_capital("500000", Decimal(1)) == 500_000
    assert read_capital("50万元", Decimal(1)) == 500_000


@pytest.mark.parametrize(
    "text", ["壹佰万元", "见章程", "-5万元", "100万XX币", "50,9000000(万)", "10万/20万", "1e5"]
)
def test_what_is_no_capital_is_refused(text: str) -> None:
    found = finding(text)
    assert (found.code, found.severity) == ("BAD_AMOUNT", Severity.REJECT)
    assert text not in found.message + found.fix


@pytest.mark.parametrize("text", ["13800138000", "410329198601010", "0379123456"])
def test_a_number_of_a_person_is_refused_and_not_quoted(text: str) -> None:
    assert (finding(text).code, finding(text).quotable) == ("BAD_AMOUNT", False)


def test_a_large_number_without_unit_is_doubted_and_one_beyond_belief_refused() -> None:
    assert (finding("5000000").code, finding("5000000").value) == (
        "UNIT_ASSUMED",
        Decimal(50_000_000_000),
    )
    assert finding("500000000").severity is Severity.REJECT


def test_less_than_a_hundredth_is_rounded_half_even() -> None:
    found = finding("1.0000005万元")
    assert (found.code, found.value) == ("AMOUNT_ROUNDED", Decimal(10_000))


@given(st.decimals(0, 10**6, places=4), st.sampled_from(["万元", "(万元人民币)", "万美元", ""]))
def test_the_amount_is_exact(number: Decimal, unit: str) -> None:
    read = read_capital(f"{number:f}{unit}", TEN_THOUSAND_YUAN)
    assert (read.value if isinstance(read, Finding) else read) == number * 10_000


@given(st.text("0123456789.,万亿元人民币美港()（） -x", max_size=14))
def test_no_cell_breaks_the_reader(text: str) -> None:
    assert isinstance(read_capital(text, TEN_THOUSAND_YUAN), Decimal | Finding)
    currency_stated(text)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("156", "CNY"), ("840", "USD"), ("344", "HKD"), ("036", "AUD"), ("36", "AUD"), ("36.0", "AUD"), ("392.0", "JPY"),
        ("人民币", "CNY"), ("人民币元", "CNY"), ("RMB", "CNY"), ("cny", "CNY"), ("美元", "USD"), ("万美元", "USD"), ("Usd", "USD"),
        ("港币", "HKD"), ("香港元", "HKD"), ("港币(元)", "HKD"), ("澳门元", "MOP"), ("新台币", "TWD"), ("日元", "JPY"), ("欧元", "EUR"),
        ("英镑", "GBP"), ("新加坡元", "SGD"), ("韩元", "KRW"),
    ],
)  # fmt: skip
def test_currencies(text: str, letters: str) -> None:
    assert currency_of(text) == read_currency(text) == letters


def test_an_unknown_currency_is_left_out_with_a_warning() -> None:
    found = read_currency("贝币")
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.value) == ("UNKNOWN_CODE", Severity.WARN, None)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("C", "制造业"), ("c", "制造业"), ("1411", "制造业"), ("C1411", "制造业"), ("14", "制造业"), ("C 制造业", "制造业"),
        ("制造业(C)", "制造业"), ("F5211", "批发和零售业"), ("0111", "农、林、牧、渔业"), ("农林牧渔业", "农、林、牧、渔业"),
        ("批发零售业", "批发和零售业"), ("T", "国际组织"), ("9600", "公共管理、社会保障和社会组织"),
        ("批发业", "批发业"), ("9900", "9900"), ("0000", None), ("Z", None), ("0000 无行业", None),
    ],
)  # fmt: skip
def test_industries(text: str, section: str | None) -> None:
    assert read_industry(text) == section
