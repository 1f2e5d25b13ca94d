"""A text as a program sees it and as it is written, side by side.

Finders look at the shadow (half width, upper case, nothing invisible, Chinese digits as digits); what
they find is cut out of the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from records.characters import DASHES, INVISIBLE, MIDDLE_DOTS
from records.widths import half_width, is_common

_INVISIBLE = frozenset(INVISIBLE)
_BETWEEN = re.compile(rf"[\s{DASHES}{MIDDLE_DOTS}./*-]")
_NO_SIGN = re.compile(r"[\W_]")

CHINESE_DIGITS = {
    spelled: str(value)
    for value, spellings in enumerate(
        (
            "〇零○",
            "一壹幺弌",
            "二贰貳两弍",
            "三叁參弎",
            "四肆",
            "五伍",
            "六陆陸",
            "七柒",
            "八捌",
            "九玖",
        )
    )
    for spelled in spellings
}
_TO_DIGITS = str.maketrans(CHINESE_DIGITS)
_DIGIT = "0-9" + "".join(CHINESE_DIGITS)
_SPOKEN_NUMBER = re.compile(rf"[{_DIGIT}](?:[\s{DASHES}{MIDDLE_DOTS}.-]{{0,2}}[{_DIGIT}]){{10,}}")
_MISREAD = re.compile(r"(?<![0-9OIL])[0-9][0-9OIL]{9,16}[0-9X](?![0-9OIL])")
_AS_READ = str.maketrans("OIL", "011")
_ALIKE = str.maketrans("×ХΧх", "XXXX")
_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text itself, half open."""

    start: int
    end: int


class Shadow:
    """The folded form of one text; `origin[i]` is where its i-th character comes from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.origin: Sequence[int] = range(len(text) + 1)
        if is_common(text):
            self.folded = half_width(text).upper()
        else:
            parts = list(map(_fold, text))
            self.folded = "".join(parts)
            self.origin = [i for i, part in enumerate(parts) for _ in part] + [len(text)]
        self._squeezed: dict[re.Pattern[str], str] = {}

    @cached_property
    def digits(self) -> str:
        """The same length as `folded`: spoken numbers and misread letters turned into digits."""
        alike = any(c in self.folded for c in "×ХΧх")
        return _spoken_as_digits(self.folded.translate(_ALIKE) if alike else self.folded)

    def span(self, start: int, end: int) -> Span:
        """The part of the text that a part of the shadow stands for."""
        return Span(
            self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]
        )

    def find_squeezed(self, wanted: str) -> Iterator[Span]:
        """Where a value recurs, whatever separators stand inside it. `wanted` must be squeezed."""
        return self._find(wanted, _BETWEEN)

    def find_bare(self, wanted: str) -> Iterator[Span]:
        """Where a number recurs, whatever signs stand inside it. `wanted` must be :func:`bare`."""
        return self._find(wanted, _NO_SIGN)

    def _find(self, wanted: str, dropped: re.Pattern[str]) -> Iterator[Span]:
        if dropped not in self._squeezed:
            self._squeezed[dropped] = dropped.sub("", self.digits)
        squeezed = self._squeezed[dropped]
        at = squeezed.find(wanted)
        if at < 0:
            return
        before = [m.start() - i for i, m in enumerate(dropped.finditer(self.digits))]
        while at >= 0:
            end = at + len(wanted) - 1
            yield self.span(at + bisect_right(before, at), end + bisect_right(before, end) + 1)
            at = squeezed.find(wanted, at + len(wanted))


def squeeze(value: str) -> str:
    """A value in the form that :meth:`Shadow.find_squeezed` compares: folded, without separators."""
    if _HAN.fullmatch(value):
        return value
    if value.isalnum() and value.isascii():
        return value.upper()
    folded = half_width(value).upper() if is_common(value) else "".join(map(_fold, value))
    return _BETWEEN.sub("", folded)


def bare(value: str) -> str:
    """A number as :meth:`Shadow.find_bare` compares it: letters and digits only, half width."""
    return _NO_SIGN.sub("", squeeze(value))


@lru_cache(maxsize=8192)
def _fold(c: str) -> str:
    """One character half width, upper case, digits as 0 to 9; "" for what cannot be seen."""
    if c in _INVISIBLE:
        return ""
    if c.isdigit() and (value := unicodedata.digit(c, -1)) >= 0:
        return str(value)
    return unicodedata.normalize("NFKC", c).upper()


def _spoken_as_digits(folded: str) -> str:
    for found in _SPOKEN_NUMBER.finditer(folded):
        as_digits = found.group().translate(_TO_DIGITS)
        folded = folded[: found.start()] + as_digits + folded[found.end() :]
    if not any(c in folded for c in "OIL"):
        return folded
    return _MISREAD.sub(lambda m: m.group().translate(_AS_READ), folded)
