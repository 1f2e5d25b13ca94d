"""Dates as official files write them.

The standard has YYYY/MM/DD; platforms accept `-`, `/` and `.` if the same separator stands twice. 2099/12/31
means 长期; databases write 9999-9-9 for it and 1900-1-1 or 1899-12-31 for no date at all. Interfaces write
moments as milliseconds since 1970 in universal time; the day is that of Asia/Shanghai.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache

from records.characters import DASHES
from records.clock import SHANGHAI

OPEN_END = date.max
"""Stands for 长期 among parsed dates."""

_OPEN_WORDS = frozenset(
    [
        "长期", "长期有效", "永久", "永久有效", "无固定期限", "无固定期", "无处罚期限", "无期限", "无限期",
        "无期", "不限", "无限", "至长期",
    ]
)  # fmt: skip
_OPEN_FROM = date(2099, 12, 31)
_FIRST_YEAR = 1949
_NO_DATE = frozenset(
    [(1900, 1, 1), (1900, 1, 0), (1899, 12, 31), (1899, 12, 30), (1, 1, 1), (0, 0, 0)]
)
_DATE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:\s*(?P<sep>[-/.])\s*(?P<month>\d{1,2})\s*(?P=sep)\s*(?P<day>\d{1,2})"
    r"|\s*年\s*(?P<month_cn>\d{1,2})\s*月\s*(?P<day_cn>\d{1,2})\s*[日号]"
    r"|(?P<month_2>\d{2})(?P<day_2>\d{2}))"
    # Midnight only in universal time: later hours may fall on the next day in China.
    r"(?:[\sT]*0?0:00:00(?:\.0+)?Z|[\sT]*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?)?\s*止?"
)
_TWO_DIGIT_YEAR = re.compile(r"\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")
_MIXED = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}.*")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MILLISECONDS = re.compile(r"[1-9]\d{12}")
"""Milliseconds since 1970 in universal time, from September 2001 on; fewer digits may be anything."""
_MILLISECONDS_OF_A_DAY = re.compile(r"[1-9]\d{8}000")
"""The same from 1973 on, if it is the beginning of a day: enterprises were established before 2001."""
_MILLISECONDS_OF_9999 = re.compile(r"253(?:3[789]|40)\d{10}")
_MIDNIGHT = re.compile(r"0?0:00(?::00)?")
_AS_HYPHEN = str.maketrans(dict.fromkeys(DASHES.replace("~", ""), "-") | {"。": ".", "．": "."})


class BadDate(Enum):
    """Why a text is no usable date: Chinese and English."""

    FORMAT = "不是日期 / not a date"
    SEPARATORS = "年月日之间的分隔符不一致 / its separators differ"
    IMPOSSIBLE = "日历上没有这一天 / there is no such day"
    TWO_DIGIT_YEAR = "年份只有两位 / its year has two digits only"
    TOO_EARLY = "早于 1949 年 / before 1949"
    SERIAL_NUMBER = "是电子表格的日期序号 / the serial number of a spreadsheet, not a date"


@lru_cache(maxsize=8192)
def read_date(text: str) -> date | BadDate | None:
    """A date in any accepted spelling, time of day ignored.

    OPEN_END for 长期 and its like in words (dates that mean it: :func:`is_open_end`); None for a date that
    means none; else why it is refused.
    """
    plain = unicodedata.normalize("NFKC", text).strip().translate(_AS_HYPHEN)
    found = _DATE.fullmatch(plain)
    if found is None:
        return _read_other(plain)
    month = found["month"] or found["month_cn"] or found["month_2"]
    day = found["day"] or found["day_cn"] or found["day_2"]
    parts = int(found["year"]), int(month), int(day)
    if parts in _NO_DATE:
        return None
    try:
        read = date(*parts)
    except ValueError:
        return BadDate.IMPOSSIBLE
    return read if read.year >= _FIRST_YEAR else BadDate.TOO_EARLY


def _read_other(plain: str) -> date | BadDate | None:
    if "".join(plain.split()) in _OPEN_WORDS:
        return OPEN_END
    if _MILLISECONDS_OF_9999.fullmatch(plain):
        return OPEN_END
    if _MILLISECONDS.fullmatch(plain):
        return _day_of_moment(int(plain))
    if _MILLISECONDS_OF_A_DAY.fullmatch(plain) and (begun := _day_begun(int(plain))):
        return begun
    return None if _MIDNIGHT.fullmatch(plain) else _why(plain)


def _day_of_moment(milliseconds: int) -> date | BadDate:
    day = datetime.fromtimestamp(milliseconds // 1000, SHANGHAI).date()
    return day if day <= _OPEN_FROM else BadDate.FORMAT


def _day_begun(milliseconds: int) -> date | None:
    """The day that begins at this moment in Shanghai or in universal time; None where none does."""
    for zone in (SHANGHAI, UTC):
        moment = datetime.fromtimestamp(milliseconds // 1000, zone)
        if moment.time() == time.min:
            return moment.date()
    return None


def _why(plain: str) -> BadDate:
    if _TWO_DIGIT_YEAR.fullmatch(plain):
        return BadDate.TWO_DIGIT_YEAR
    if _MIXED.fullmatch(plain):
        return BadDate.SEPARATORS
    return BadDate.SERIAL_NUMBER if _SERIAL.fullmatch(plain) else BadDate.FORMAT


def is_open_end(day: date) -> bool:
    """Whether a date stands for 长期: 2099/12/31 by the standard, later ones in the same sense."""
    return day >= _OPEN_FROM
