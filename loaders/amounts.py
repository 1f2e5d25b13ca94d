"""Amounts of money: the number, the unit it is written in, the yuan that it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal

from loaders.cells import Finding, Parsed, Severity
from records.fields import TEN_THOUSAND_YUAN, YUAN

_AMOUNT = re.compile(
    r"(?:人民币|RMB|CNY)?(?P<sign>¥)?"
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{0,30})?|\.\d{1,30}|\d(?:\.\d{1,15})?E-\d{1,2})"
    r"(?P<bracket>\()?(?P<unit>万元?|元)?(?(bracket)\))[整正]?"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LENGTHS_OF_ID_NUMBERS = (15, 17, 18)
_LARGEST = Decimal(10) ** 12
_UNITS = {"元": YUAN, "万": TEN_THOUSAND_YUAN, "万元": TEN_THOUSAND_YUAN}
_FEN = Decimal("0.01")
_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)
_TOO_LARGE = "金额超过 1 万亿元 / the amount exceeds 1,000,000,000,000 yuan"
_LIKE_A_NUMBER_OF_A_PERSON = (
    "像证件号码或电话号码，不是金额 / like an ID or phone number, not an amount"
)
_FIX = (
    "只填阿拉伯数字，不写文字和负号，如 0.5 或 5000元"
    " / write digits only, without words or a minus sign, as 0.5 or 5000元"
)


def read_amount(text: str, unit: Decimal) -> Parsed:
    """An amount as exact yuan in its shortest form; `unit` is what 1 is worth where the cell has no unit.

    Half a fen and less is rounded (half even) with the warning AMOUNT_ROUNDED. BAD_AMOUNT: what is no
    amount, has the shape of an ID or phone number, a leading zero, more than 10¹² yuan, or the sign of
    the yuan where the column has another unit.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        negative = plain[:1] in "-−(" and any(c.isdigit() for c in plain)
        return _refused(
            "金额为负数 / the amount is negative"
            if negative
            else "不是金额 / not an amount of money"
        )
    number = found["number"].replace(",", "")
    if is_like_a_number_of_a_person(number.partition(".")[0]):
        return number_in_place_of_amount()
    if found["sign"] and not found["unit"] and unit != YUAN:
        return _refused(_UNIT_CONTRADICTED, _WRITE_THE_UNIT)
    yuan = _EXACT.multiply(Decimal(number), _UNITS[found["unit"]] if found["unit"] else unit)
    if yuan > _LARGEST:
        return replace(_refused(_TOO_LARGE), quotable=False)
    rounded = _EXACT.quantize(yuan, _FEN)
    return _shortest(rounded) if rounded == yuan else _rounded(rounded)


def number_in_place_of_amount() -> Finding:
    """The finding for a personal number that stands in the column of an amount."""
    return replace(_refused(_LIKE_A_NUMBER_OF_A_PERSON), quotable=False)


def is_like_a_number_of_a_person(whole: str) -> bool:
    """The whole part of a number: ID number, mobile, or landline, which begins with 0 as no amount does."""
    return (
        len(whole) in _LENGTHS_OF_ID_NUMBERS
        or (len(whole) > 1 and whole.startswith("0"))
        or bool(_MOBILE.fullmatch(whole))
    )


_UNIT_CONTRADICTED = "人民币符号与列的单位（万元）不符 / the sign of the yuan contradicts the unit of the column (万元)"
_WRITE_THE_UNIT = "在数字后写明单位，如 2000元 或 0.2万元 / write the unit behind the number, as 2000元 or 0.2万元"


def _refused(reason: str, fix: str = _FIX) -> Finding:
    return Finding("BAD_AMOUNT", Severity.REJECT, reason, fix)


def _rounded(amount: Decimal) -> Finding:
    return Finding(
        "AMOUNT_ROUNDED",
        Severity.WARN,
        "换算为元后不足一分，已四舍六入五取偶 / less than a fen in yuan: rounded half even",
        "核对金额和单位 / check amount and unit",
        _shortest(amount),
    )


def _shortest(amount: Decimal) -> Decimal:
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize(_EXACT)
