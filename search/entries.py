"""How the value of a document becomes what an index holds of it: numbers, tokens, spellings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from records.errors import BadQuery
from records.vocabulary import CodeTable
from search import analysis

Value = int | str | list[str]
"""A number, a text of tokens, or raw tokens."""
Maker = Callable[[object], Value]
"""Makes it of a value that is there."""

LARGEST = 2**63 - 2
"""An engine may need the outermost numbers of 64 bits for missing values."""
MONTHS = 12
"""Of a year."""

_EPOCH = date(1970, 1, 1).toordinal()

_recurring_token = lru_cache(4_096)(analysis.fold)
"""The token of a value that thousands of records share."""


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def month_number(day: date) -> int:
    """Months since January of the year 0."""
    return day.year * MONTHS + day.month - 1


def bounded(number: int) -> int:
    """The number, or the nearest one that 64 bits hold."""
    return max(-LARGEST, min(LARGEST, number))


def day(value: object) -> int:
    """The day of an ISO date."""
    return day_number(date.fromisoformat(str(value)))


def month(value: object) -> int:
    """The month of an ISO date."""
    return month_number(date.fromisoformat(str(value)))


def fen(value: object) -> int:
    """An amount in yuan as 分."""
    return bounded(int((Decimal(str(value)) * 100).to_integral_value(ROUND_HALF_UP)))


def text(value: object) -> str:
    """Pairs of characters."""
    return analysis.bigrams(analysis.normalize_text(str(value)))


def exact(value: object) -> list[str]:
    """Ids as they are, each once."""
    return _each(analysis.as_is, value)


def number(value: object) -> int:
    """A number as it is."""
    if not isinstance(value, int):
        raise TypeError("not a number")
    return value


def id_rank(record_id: str) -> int:
    """The leading 63 bits of a record id (base32hex, see records/keys.py). Raises BadQuery."""
    try:
        return int(record_id[:13].ljust(13, "0"), 32) >> 2
    except ValueError:
        raise BadQuery("记录编号无效 / not a record id") from None


def tokens(value: object) -> list[str]:
    """One token a value, each once."""
    return _each(analysis.fold, value)


def recurring_tokens(value: object) -> list[str]:
    """The same, of values that recur."""
    return _each(_recurring_token, value)


def spellings(value: object) -> list[str]:
    """Values as they are spelled, each once."""
    return _each(analysis.spelled, value)


def codes(value: object) -> list[str]:
    """Names of members of a code table, each once; they are their own tokens."""
    return _each(str, value)


def are_tokens(table: type[CodeTable]) -> bool:
    """Whether the names of a code table's members are their own tokens."""
    return all(analysis.fold(name) == name for name in table.__members__)


def _each(make: Callable[[str], str], value: object) -> list[str]:
    """What is made of each of several values, or of one, without repetition."""
    if isinstance(value, str):
        # Nearly always; a single value cannot repeat itself.
        return [make(value)]
    items = value if isinstance(value, list | tuple) else (value,)
    return list(dict.fromkeys(make(str(item)) for item in items))
