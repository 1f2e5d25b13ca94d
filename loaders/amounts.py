"""Amounts of money: the number, the unit it is written in, the yuan that it is."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Context, Decimal

from loaders.cells import Finding, Parsed, Severity
from records.fields import TEN_THOUSAND_YUAN, YUAN

_AMOUNT = re.compile(
    r"(?:人民币|RMB|CNY|¥)?(?P<number>(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{0,30})?|\.\d{1,30})"
    r"(?P<unit>万元?|元)?[整正]?"
)
_UNITS = {"元": YUAN, "万": TEN_THOUSAND_YUAN, "万元": TEN_THOUSAND_YUAN}
_FEN = Decimal("0.01")
_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)
_FIX = (
    "只填阿拉伯数字，不写文字和负号，如 0.5 或 5000元"
    " / write digits only, without words or a minus sign, as 0.5 or 5000元"
)


def read_amount(text: str, unit: Decimal) -> Parsed:
    """An amount as exact yuan in its shortest form; `unit` is what 1 is worth where the cell has no unit.

    Half a fen and less is rounded (half even) with the warning AMOUNT_ROUNDED; what is no amount is
    BAD_AMOUNT.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        reason = (
            "金额为负数 / the amount is negative"
            if plain[:1] in "-−(" and any(c.isdigit() for c in plain)
            else "不是金额 / not an amount of money"
        )
        return Finding("BAD_AMOUNT", Severity.REJECT, reason, _FIX)
    number = Decimal(found["number"].replace(",", ""))
    yuan = _EXACT.multiply(number, _UNITS[found["unit"]] if found["unit"] else unit)
    rounded = _EXACT.quantize(yuan, _FEN)
    if rounded == yuan:
        return _shortest(rounded)
    return Finding(
        "AMOUNT_ROUNDED",
        Severity.WARN,
        "换算为元后不足一分，已四舍六入五取偶 / less than a fen in yuan: rounded half even",
        "核对金额和单位 / check amount and unit",
        _shortest(rounded),
    )


def _shortest(amount: Decimal) -> Decimal:
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize(_EXACT)
