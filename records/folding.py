"""Folding of names and numbers, so that one thing written in several ways compares equal."""

from __future__ import annotations

import re

from records.widths import nfkc

_OPENING, _CLOSING = "〔［【〖〈《﹝[{<「『‹«", "〕］】〗〉》﹞]}>」』›»"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "(" * len(_OPENING) + ")" * len(_CLOSING))
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def fold(text: str) -> str:
    """NFKC, upper case, every kind of bracket round, no white space.

    `伊市监罚〔2026〕 15号` and `伊市监罚（2026）15号` fold alike.
    """
    if text.isascii():
        return _IGNORED.sub("", text.upper().translate(_BRACKETS))
    return _IGNORED.sub("", nfkc(text).translate(_BRACKETS).upper())
