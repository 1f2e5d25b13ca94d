"""Values of spreadsheet cells → the text that a person would type for them; alike in xlsx and xls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number (IEEE 754); later ones are made up."""


def row_texts(values: Sequence[object]) -> list[str]:
    """The cells of a row as text, without the empty ones at its end.

    Dates as YYYY/MM/DD, numbers without exponent, truth as TRUE and FALSE. Raises KeyError for a type
    that no cell has, ValueError for a number that is none.
    """
    cells = [value if type(value) is str else _TEXT[type(value)](value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _whole(number: int) -> str:
    """A whole number; with more digits than a spreadsheet keeps it is shown as the number it is."""
    beyond = len(str(abs(number))) - _EXACT_DIGITS
    return _exponential(number) if beyond > 0 and not number % 10**beyond else str(number)


def _fraction(number: float) -> str:
    if abs(number) >= 10**_EXACT_DIGITS:
        return _exponential(number)
    text = format(Decimal(format(number, f".{_EXACT_DIGITS}g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exponential(number: float) -> str:
    mantissa, exponent = format(number, f".{_EXACT_DIGITS - 1}E").split("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"


def _moment(moment: datetime) -> str:
    if moment.time() == time():
        return f"{moment:%Y/%m/%d}"
    return f"{moment:%Y/%m/%d %H:%M:%S}"


_TEXT: Mapping[type, Callable[..., str]] = {
    type(None): lambda _: "",
    bool: lambda truth: "TRUE" if truth else "FALSE",
    int: _whole,
    float: _fraction,
    datetime: _moment,
    date: lambda day: f"{day:%Y/%m/%d}",
    time: lambda moment: f"{moment:%H:%M:%S}",
    timedelta: str,
}
