"""Registered capital as registers write it: 877.1万人民币, 64.5000(万元人民币), 100万美元, 5,000(万元(港币)).

Plain numbers are in the unit of their column, by the standard 万; amounts are of the currency that the
cell names, else of the one in the column beside it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from loaders.amounts import is_like_a_number_of_a_person, number_in_place_of_amount
from loaders.cells import Finding, Parsed, Severity
from loaders.currencies import currency_of

_CAPITAL = re.compile(
    r"(?P<before>[^\d.+\-−]*)"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{0,30})?|\d{1,18}(?:\.\d{0,30})?|\.\d{1,30})"
    r"(?P<after>[^\d]*)"
)
_SCALES = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "萬": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "億": Decimal(100_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
_WORDS = re.compile(
    r"(?P<scale>万亿|[十百千]?[万萬]|[百千]|[亿億])?(?P<unit>[元圆圓])?(?P<currency>.*?)(?P<tail>[元圆圓])?[整正]?"
)
_SIGNS = re.compile(r"[()\[\]【】:]|注册资[本金]|出资额|认缴制?|实缴|[约计]")
_SCALE = re.compile("[百千万萬亿億]")
_LARGEST = Decimal(10) ** 14
_UNUSUAL = Decimal(10) ** 6
_UNBELIEVABLE = Decimal(10) ** 8
_CENT = Decimal("0.01")
_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class _Written:
    """A cell taken apart: the number, what the unit written beside it is worth (None: none), the currency."""

    number: str
    unit: Decimal | None
    currency: str


def read_capital(text: str, unit: Decimal) -> Parsed:
    """An amount in units of its currency, exact, in its shortest form; `unit`: of a number without one.

    BAD_AMOUNT: what is no amount or negative, a currency that is not known, the number of a person, more
    than 10¹⁴. UNIT_ASSUMED (warning): a number without unit that is unusually large in that of the column.
    """
    written = _written(text)
    if written is None:
        return _refused(text)
    whole = written.number.partition(".")[0]
    if is_like_a_number_of_a_person(whole):
        return number_in_place_of_amount()
    number = Decimal(written.number)
    bare = written.unit is None and unit > 1
    if bare and number > _UNBELIEVABLE:
        return _UNIT_MISSING
    amount = _EXACT.multiply(number, unit if written.unit is None else written.unit)
    if amount > _LARGEST:
        return replace(_NO_AMOUNT, message=_TOO_LARGE, quotable=False)
    rounded = _EXACT.quantize(amount, _CENT)
    value = _shortest(rounded)
    if rounded != amount:
        return replace(_ROUNDED, value=value)
    return replace(_UNIT_ASSUMED, value=value) if bare and number >= _UNUSUAL else value


def currency_stated(text: str) -> str:
    """The ISO 4217 letters of the currency that a cell of capital names; "" where it names none."""
    written = _written(text)
    return written.currency if written else ""


@lru_cache(maxsize=4096)
def _written(text: str) -> _Written | None:
    """The parts of a cell; None where it is no amount, or in a currency that is not known."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    found = _CAPITAL.fullmatch(plain)
    if found is None:
        return None
    before, after = (_SIGNS.sub("", found[side]) for side in ("before", "after"))
    # 万元100 says behind what 100万元 says; of 人民币100万元 only the currency stands before.
    lead, words = ("", before) if not after else (before, after)
    parts = _WORDS.fullmatch(words)
    if parts is None or _SCALE.search(lead):
        return None
    named = parts["currency"] + (parts["tail"] or "") if parts["currency"] else lead
    currency = currency_of(named) if named else ""
    if (named and not currency) or (lead and not currency_of(lead)):
        return None
    has_unit = parts["scale"] or parts["unit"] or parts["tail"]
    unit = _SCALES[parts["scale"] or ""] if has_unit else None
    return _Written(found["number"].replace(",", ""), unit, currency)


def _refused(text: str) -> Finding:
    sign = unicodedata.normalize("NFKC", text).strip()[:1]
    negative = sign in ("-", "−") and any(map(str.isdigit, text))
    return replace(_NO_AMOUNT, message=_NEGATIVE) if negative else _NO_AMOUNT


def _shortest(amount: Decimal) -> Decimal:
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize(_EXACT)


_NEGATIVE = "金额为负数 / the amount is negative"
_TOO_LARGE = "金额超过 100 万亿 / the amount exceeds 100,000,000,000,000"
_WRITE_IT = "写作 100万元人民币、100万美元 / write it as 100万元人民币 or 100万美元"
_NO_AMOUNT = Finding(
    "BAD_AMOUNT",
    Severity.REJECT,
    "不是金额，或币种不能识别 / not an amount of capital, or its currency is not known",
    _WRITE_IT,
)
_UNIT_MISSING = Finding(
    "BAD_AMOUNT",
    Severity.REJECT,
    "没有写单位，按该列单位（万）计算过大 / without a unit, and too large in that of the column (万)",
    _WRITE_IT,
)
_UNIT_ASSUMED = Finding(
    "UNIT_ASSUMED",
    Severity.WARN,
    "没有写单位，按该列单位（万）计算，数额很大 / no unit is written: taken for 万, and large",
    _WRITE_IT,
)
_ROUNDED = Finding(
    "AMOUNT_ROUNDED",
    Severity.WARN,
    "换算后不足一分，已四舍六入五取偶 / less than a hundredth after conversion: rounded half even",
    "核对金额和单位 / check amount and unit",
)
