"""Full and half width: the NFKC form of a text, without a look at each sign where that is not needed."""

from __future__ import annotations

import re
import unicodedata

_COMMON = re.compile(r"[ -~\n\u3400-\u9fff、。〈〉《》「」『』【】〔〕“”‘’—·！-～　]*")
"""Han, printable ASCII and its full width: NFKC changes only the latter, one sign to one."""
_HALF_WIDTH = str.maketrans(
    {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
)
_PUNCTUATION = tuple(zip("，：；（）", ",:;()", strict=True))
_WIDE = re.compile("[！-～　]")


def is_common(text: str) -> bool:
    """Whether the text holds only signs that NFKC keeps or turns into one other."""
    return _COMMON.fullmatch(text) is not None


def half_width(text: str) -> str:
    """The NFKC form of a common text. A translation takes longer than a look for the few signs."""
    for wide, half in _PUNCTUATION:
        text = text.replace(wide, half)
    return text.translate(_HALF_WIDTH) if _WIDE.search(text) else text


def nfkc(text: str) -> str:
    """The NFKC form of any text."""
    return half_width(text) if is_common(text) else unicodedata.normalize("NFKC", text)
