"""Units of money as headers state them in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

UNITS: Mapping[str, Decimal] = {
    "分": Decimal("0.01"),
    "角": Decimal("0.1"),
    "元": Decimal(1),
    "圆": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "十万元": Decimal(100_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}
"""What one of them is worth in yuan."""

_BRACKETED = re.compile(r"\(([^()]*)\)")
_SEPARATORS = re.compile(r"[、,;.:：/|*\-]|单位|人民币(?=.)|(?<=.)人民币|RMB(?=.)|CNY(?=.)")
_OF_MONEY = re.compile(
    r"[元圆圓币幣镑鎊$€£￥¥]|[角分百千万亿]$|日円|日圓|卢布|泰铢|法郎|RMB|CNY|USD|HKD|EUR|GBP|JPY|MOP|TWD|DOLLAR|EURO|YUAN",
)


def stated_unit(header: str) -> tuple[Decimal | None, bool]:
    """Folded header of a column of money → the yuan that its unit is worth, and whether that is certain.

    (None, True): no unit is stated. (None, False): one that is not known, or several.
    """
    if "(" not in header:
        return None, True
    parts = [part for found in _BRACKETED.findall(header) for part in _SEPARATORS.split(found)]
    stated = {part for part in parts if part and _OF_MONEY.search(part)}
    if not stated:
        return None, True
    units = {UNITS.get(part) for part in stated}
    unit = units.pop()
    return (unit, True) if unit is not None and not units else (None, False)
