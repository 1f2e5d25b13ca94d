"""The table of publication terms: one row a regime and class, or a list; nothing else states a term.

Months count from the date of the decision, for lists from the day of entry. A row whose state is
TO_CONFIRM is the county's choice until it has confirmed it: its source names no act.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class PublicityClass(StrEnum):
    """公示类别 / class of a record under the rules of credit repair."""

    UNLIMITED = "UNLIMITED"
    LIGHT = "LIGHT"
    ORDINARY = "ORDINARY"
    SAFETY = "SAFETY"
    """食品、药品、特种设备、安全生产、消防: a class of its own under Order 58 only."""
    GRAVE = "GRAVE"


class ListCode(StrEnum):
    """Lists, and decisions shown in a sector's own register, that have terms of their own."""

    ABNORMAL_OPERATION = "ABNORMAL_OPERATION"
    """经营异常名录."""
    SERIOUSLY_ILLEGAL = "SERIOUSLY_ILLEGAL"
    """严重违法失信名单."""
    TAX = "TAX"
    """重大税收违法失信主体."""
    WAGE_ARREARS = "WAGE_ARREARS"
    """拖欠农民工工资失信联合惩戒对象."""
    JUDGMENT_DEBTOR = "JUDGMENT_DEBTOR"
    """失信被执行人."""
    WORK_SAFETY = "WORK_SAFETY"
    """安全生产领域失信联合惩戒对象."""
    GOVERNMENT_PROCUREMENT = "GOVERNMENT_PROCUREMENT"
    """政府采购严重违法失信行为记录名单."""
    MILITARY_PROCUREMENT = "MILITARY_PROCUREMENT"
    """军队采购失信名单."""
    ILLEGAL_FUNDRAISING = "ILLEGAL_FUNDRAISING"
    """非法集资."""
    OVERLOAD = "OVERLOAD"
    """严重违法超限超载运输."""
    ECOMMERCE = "ECOMMERCE"
    """电子商务领域失信."""
    TAX_GRADE_A = "TAX_GRADE_A"
    """A级纳税人."""
    CUSTOMS_ADVANCED = "CUSTOMS_ADVANCED"
    """海关高级认证企业."""
    BLACK_LIST = "BLACK_LIST"
    """黑名单，未指明哪一种."""
    RED_LIST = "RED_LIST"
    """红名单，未指明哪一种."""
    OTHER_LIST = "OTHER_LIST"
    """其他名单."""
    MARKET_WARNING = "MARKET_WARNING"
    """市场监管行政处罚，仅警告."""
    MARKET_MINOR = "MARKET_MINOR"
    """市场监管行政处罚，通报批评或较低数额罚款."""
    MARKET_OTHER = "MARKET_OTHER"
    """市场监管行政处罚，其他."""
    MARKET_SAFETY = "MARKET_SAFETY"
    """市场监管行政处罚，食品、药品、特种设备."""
    PROFILE = "PROFILE"
    """企业基本信息: what a register says of an enterprise."""


class State(StrEnum):
    """How sure a row of the table is."""

    FOUND = "FOUND"
    TO_CONFIRM = "TO_CONFIRM"


class AtMaximum(StrEnum):
    """What happens on the last day of the term when the subject has not put the matter right."""

    ENDS = "ENDS"
    """Publicity stops by itself all the same."""
    SECTOR_RULES = "SECTOR_RULES"
    """The sector's rules decide; while none of them is in this table, publicity stops."""
    UNTIL_REMOVED = "UNTIL_REMOVED"
    """There is no maximum: the record stays until its authority takes it out."""
    NEVER_SHOWN = "NEVER_SHOWN"


@dataclass(frozen=True, slots=True)
class Regime:
    """What a rule covers: decisions (entries into a list) of these days, both included."""

    name: str
    first: date = date.min
    last: date = date.max

    def covers(self, day: date) -> bool:
        """Whether a decision of that day falls under it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Term:
    """One row. `minimum`: months to the earliest end on application, None: not known or there is none.

    `maximum`: months after which publicity ends by itself; 0: never public, None: no end by time.
    """

    rule: str
    regime: Regime
    applies_to: PublicityClass | ListCode
    minimum: int | None
    maximum: int | None
    at_maximum: AtMaximum
    state: State
    source: str

    def until(self, begin: date) -> date | None:
        """The first day on which publicity that began on `begin` is over; None: no end."""
        return None if self.maximum is None else add_months(begin, self.maximum)

    def min_until(self, begin: date) -> date | None:
        """The earliest day of an early end on application; None where there is nothing to end."""
        if self.minimum is None or self.maximum == 0:
            return None
        return add_months(begin, self.minimum)

    def is_early(self, begin: date, day: date) -> bool:
        """Whether an end on that day comes before the earliest one that can be applied for."""
        earliest = self.min_until(begin)
        return earliest is not None and day < earliest


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


ALWAYS = Regime("")
EARLIER = Regime("before Order 58", last=date(2023, 4, 30))
ORDER_58 = Regime("Order 58", date(2023, 5, 1), date(2026, 3, 31))
ORDER_36 = Regime("Order 36", date(2026, 4, 1))
_BEFORE_TAX = Regime("before Order 54 of the tax administration", last=date(2022, 1, 31))
_TAX_ORDER = Regime("Order 54 of the tax administration", date(2022, 2, 1))
_PRE_MARKET = Regime("before Order 45 of market regulation", last=date(2021, 8, 31))
_MARKET_ORDER = Regime("Order 45 of market regulation", date(2021, 9, 1))
_PRE_WAGES = Regime("before Order 45 of human resources", last=date(2021, 12, 31))
_WAGES_ORDER = Regime("Order 45 of human resources", date(2022, 1, 1))

TO_BE_CONFIRMED = "to be confirmed by the county / 待县级主管部门确认"
_58 = "国家发展改革委令第58号《失信行为纠正后的信用信息修复管理办法（试行）》（2023-01-13）"
_36 = "国家发展改革委令第36号《信用修复管理办法》（2025-11-20）"
_MARKET = "国家市场监督管理总局令第45号（2021-09-01起施行）"
_TAX = "国家税务总局令第54号（2022-02-01起施行）"
_WAGES = "人力资源和社会保障部令第45号（2022-01-01起施行）"

_COUNTY, _FOUND, _OPEN = TO_BE_CONFIRMED, State.FOUND, State.TO_CONFIRM
_ENDS, _SECTOR = AtMaximum.ENDS, AtMaximum.SECTOR_RULES
_NEVER, _REMOVED = AtMaximum.NEVER_SHOWN, AtMaximum.UNTIL_REMOVED
_C, _L = PublicityClass, ListCode

TERMS: tuple[Term, ...] = (
    Term("licenses", ALWAYS, _C.UNLIMITED, None, None, _REMOVED, _OPEN, _COUNTY),
    Term("pre-58-light", EARLIER, _C.LIGHT, None, 0, _NEVER, _OPEN, _COUNTY),
    Term("pre-58-ordinary", EARLIER, _C.ORDINARY, 3, 36, _ENDS, _OPEN, _COUNTY),
    Term("pre-58-safety", EARLIER, _C.SAFETY, 12, 36, _ENDS, _OPEN, _COUNTY),
    Term("pre-58-grave", EARLIER, _C.GRAVE, 3, 36, _ENDS, _OPEN, _COUNTY),
    Term("58-light", ORDER_58, _C.LIGHT, None, 0, _NEVER, _OPEN, _COUNTY),
    Term("58-ordinary", ORDER_58, _C.ORDINARY, 3, 36, _ENDS, _FOUND, _58),
    Term("58-safety", ORDER_58, _C.SAFETY, 12, 36, _ENDS, _FOUND, _58),
    Term("58-grave", ORDER_58, _C.GRAVE, 3, 36, _ENDS, _OPEN, _COUNTY),
    Term("36-light", ORDER_36, _C.LIGHT, None, 0, _NEVER, _FOUND, _36),
    Term("36-ordinary", ORDER_36, _C.ORDINARY, 3, 12, _SECTOR, _FOUND, _36),
    Term("36-grave", ORDER_36, _C.GRAVE, 12, 36, _SECTOR, _FOUND, _36),
    Term("pre-45-market-warning", _PRE_MARKET, _L.MARKET_WARNING, None, 0, _NEVER, _OPEN, _COUNTY),
    Term("market-warning", _MARKET_ORDER, _L.MARKET_WARNING, None, 0, _NEVER, _FOUND, _MARKET),
    Term("pre-45-market-minor", _PRE_MARKET, _L.MARKET_MINOR, None, 3, _ENDS, _OPEN, _COUNTY),
    Term("market-minor", _MARKET_ORDER, _L.MARKET_MINOR, None, 3, _ENDS, _FOUND, _MARKET),
    Term("pre-45-market-other", _PRE_MARKET, _L.MARKET_OTHER, None, 36, _ENDS, _OPEN, _COUNTY),
    Term("market-other", _MARKET_ORDER, _L.MARKET_OTHER, None, 36, _ENDS, _FOUND, _MARKET),
    Term("pre-45-market-safety", _PRE_MARKET, _L.MARKET_SAFETY, 12, 36, _ENDS, _OPEN, _COUNTY),
    Term("market-safety", _MARKET_ORDER, _L.MARKET_SAFETY, 12, 36, _ENDS, _FOUND, _MARKET),
    Term("abnormal", ALWAYS, _L.ABNORMAL_OPERATION, None, None, _REMOVED, _OPEN, _COUNTY),
    Term("illegal", ALWAYS, _L.SERIOUSLY_ILLEGAL, 12, 36, _ENDS, _OPEN, _COUNTY),
    Term("pre-54-tax", _BEFORE_TAX, _L.TAX, None, 36, _ENDS, _OPEN, _COUNTY),
    Term("tax-54", _TAX_ORDER, _L.TAX, None, 36, _ENDS, _FOUND, _TAX),
    Term("pre-45-wages", _PRE_WAGES, _L.WAGE_ARREARS, None, 36, _ENDS, _OPEN, _COUNTY),
    Term("wages-45", _WAGES_ORDER, _L.WAGE_ARREARS, None, 36, _ENDS, _FOUND, _WAGES),
    Term("profiles", ALWAYS, _L.PROFILE, None, None, _REMOVED, _OPEN, _COUNTY),
    Term("debtor", ALWAYS, _L.JUDGMENT_DEBTOR, None, 24, _ENDS, _OPEN, _COUNTY),
    Term("work-safety", ALWAYS, _L.WORK_SAFETY, None, 12, _ENDS, _OPEN, _COUNTY),
    Term("procurement", ALWAYS, _L.GOVERNMENT_PROCUREMENT, None, 36, _ENDS, _OPEN, _COUNTY),
    Term("military", ALWAYS, _L.MILITARY_PROCUREMENT, None, 36, _ENDS, _OPEN, _COUNTY),
    Term("fundraising", ALWAYS, _L.ILLEGAL_FUNDRAISING, None, 36, _ENDS, _OPEN, _COUNTY),
    Term("overload", ALWAYS, _L.OVERLOAD, None, 24, _ENDS, _OPEN, _COUNTY),
    Term("ecommerce", ALWAYS, _L.ECOMMERCE, None, 12, _ENDS, _OPEN, _COUNTY),
    Term("tax-grade-a", ALWAYS, _L.TAX_GRADE_A, None, 12, _ENDS, _OPEN, _COUNTY),
    Term("customs", ALWAYS, _L.CUSTOMS_ADVANCED, None, None, _REMOVED, _OPEN, _COUNTY),
    Term("black-list", ALWAYS, _L.BLACK_LIST, None, 12, _ENDS, _OPEN, _COUNTY),
    Term("red-list", ALWAYS, _L.RED_LIST, None, 36, _ENDS, _OPEN, _COUNTY),
    Term("other-list", ALWAYS, _L.OTHER_LIST, None, 12, _ENDS, _OPEN, _COUNTY),
)


def term_for(classes: Collection[PublicityClass], decided: date) -> Term:
    """The row for a decision of that day to which these classes apply: the longest of them.

    A class that the regime of the day does not know is passed over. Raises ValueError when it knows none.
    """
    return max((t for t in _covering(decided) if t.applies_to in classes), key=_length)


def term_for_list(code: ListCode, entered: date) -> Term:
    """The row for an entry of that day into a list."""
    return max((t for t in _covering(entered) if t.applies_to is code), key=_length)


def term_of(rule: str) -> Term | None:
    """The row of that id; None for one that a store remembers from an earlier table."""
    return next((term for term in TERMS if term.rule == rule), None)


@lru_cache(maxsize=4096)
def _covering(day: date) -> tuple[Term, ...]:
    # Graver rows stand below lighter ones, and of equally long ones max() takes the first.
    return tuple(term for term in reversed(TERMS) if term.regime.covers(day))


def _length(term: Term) -> tuple[bool, int, int]:
    return term.maximum is None, term.maximum or 0, term.minimum or 0
