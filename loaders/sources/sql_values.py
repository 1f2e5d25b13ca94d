"""Values of database columns → the text that a person would type for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

import orjson

from records.clock import SHANGHAI


def text_of(value: object) -> str:
    """A value as text: dates YYYY/MM/DD, with the time unless it is midnight; numbers exact and plain.

    Moments with an offset are told in the time of Shanghai. Bytes are the text that they encode. "" for
    None and for bytes that encode none.
    """
    convert = _TEXT.get(type(value))
    if convert is not None:
        return convert(value)
    if isinstance(value, (list, tuple, dict, set, frozenset)):
        plain = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return orjson.dumps(plain, default=text_of, option=_JSON).decode()
    return str(value)


_JSON = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
BINARY = (bytes, bytearray, memoryview)
_ENCODINGS = ("utf-8", "gb18030")
_NEVER_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decoded(value: bytes | bytearray | memoryview) -> str | None:
    """The text that bytes encode in UTF-8 or GB18030; None where they are no text."""
    for encoding in _ENCODINGS:
        try:
            text = bytes(value).decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NEVER_IN_TEXT.search(text) else text
    return None


def _moment(moment: datetime) -> str:
    local = moment.astimezone(SHANGHAI) if moment.tzinfo else moment
    return f"{local:%Y/%m/%d}" if local.time() == time() else f"{local:%Y/%m/%d %H:%M:%S}"


def _decimal(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_TEXT: Mapping[type, Callable[..., str]] = {
    type(None): lambda _: "",
    str: str,
    bool: lambda truth: "TRUE" if truth else "FALSE",
    int: str,
    float: lambda number: _decimal(Decimal(repr(number))),
    Decimal: _decimal,
    datetime: _moment,
    date: lambda day: f"{day:%Y/%m/%d}",
    time: lambda moment: f"{moment:%H:%M:%S}",
    **dict.fromkeys(BINARY, lambda value: decoded(value) or ""),
}
