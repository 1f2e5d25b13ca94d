"""Names as they are compared: simplified characters, small letters and digits, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from records.widths import nfkc

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_DROPPED = re.compile(f"[^0-9a-z{_HAN}]+")
_DROPPED_OF_LINES = re.compile(f"[^0-9a-z{_HAN}\n]+")
_LETTERS = re.compile(r"[0-9a-z]*")


def normalize_name(text: str) -> str:
    """NFKC, small letters, simplified characters; only digits, Latin letters and Han remain.

    So brackets, spaces, middle dots, width and script make no difference. May come out empty.
    """
    return simplify(written(text))


def written(text: str) -> str:
    """The same without the step from traditional to simplified characters; of the same length."""
    return _DROPPED.sub("", nfkc(text).lower())


def written_lines(texts: Sequence[str]) -> str:
    """Several texts, each as :func:`written` gives it, a line each."""
    return _DROPPED_OF_LINES.sub("", nfkc("\n".join(map(_one_line, texts))).lower())


def _one_line(text: str) -> str:
    return text.replace("\n", " ") if "\n" in text else text


def simplify(text: str) -> str:
    """Traditional characters to simplified ones, one to one."""
    simplified = _simplified()
    return (
        text
        if simplified.keys().isdisjoint(text)
        else "".join([simplified.get(one, one) for one in text])
    )


def is_latin(text: str) -> bool:
    """Whether a normalized text has no Chinese character."""
    return _LETTERS.fullmatch(text) is not None


@cache
def _simplified() -> dict[str, str]:
    from opencc import OpenCC

    blocks = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
    characters = [chr(point) for begin, end in blocks for point in range(begin, end)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        one: other
        for one, other in zip(characters, converted, strict=True)
        if one != other and len(other) == 1
    }
