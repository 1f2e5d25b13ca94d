"""A text as a program sees it and as it is written, side by side.

Finders look at the shadow (half width, upper case, nothing invisible, Chinese digits as digits); what
they find is cut out of the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from records.characters import DASHES, INVISIBLE, MIDDLE_DOTS

_INVISIBLE = frozenset(INVISIBLE)
_BETWEEN = re.compile(rf"[\s{DASHES}{MIDDLE_DOTS}./*-]")

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
_MISREAD = re.compile(r"(?<![0-9A-Z])[0-9][0-9OIL]{9,16}[0-9X](?![0-9A-Z])")
_AS_READ = str.maketrans("OIL", "011")
_ALIKE = str.maketrans("×ХΧх", "XXXX")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text itself, half open."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


class Shadow:
    """The folded form of one text; `origin[i]` is where its i-th character comes from."""

    def __init__(self, text: str) -> None:
        self.text = text
        if text.isascii():
            self.origin: list[int] = list(range(len(text)))
            folded = text.upper()
        else:
            pairs = list(_folded(text))
            folded = "".join(c for c, _ in pairs)
            self.origin = [i for _, i in pairs]
        self.origin.append(len(text))
        self.folded = folded
        self.digits = _spoken_as_digits(folded.translate(_ALIKE))
        """The same length as `folded`: spoken numbers and misread letters turned into digits."""
        self._squeezed: tuple[str, list[int]] | None = None

    def span(self, start: int, end: int) -> Span:
        """The part of the text that a part of the shadow stands for."""
        return Span(
            self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]
        )

    def find_squeezed(self, wanted: str) -> Iterator[Span]:
        """Where a value recurs, whatever separators stand inside it. `wanted` must be squeezed."""
        if self._squeezed is None:
            kept = [i for i, c in enumerate(self.digits) if not _BETWEEN.match(c)]
            self._squeezed = ("".join(self.digits[i] for i in kept), kept)
        squeezed, kept = self._squeezed
        at = squeezed.find(wanted)
        while at >= 0:
            yield self.span(kept[at], kept[at + len(wanted) - 1] + 1)
            at = squeezed.find(wanted, at + len(wanted))


def squeeze(value: str) -> str:
    """A value in the form that :meth:`Shadow.find_squeezed` compares: folded, without separators."""
    folded = "".join(c for c, _ in _folded(value))
    return _BETWEEN.sub("", folded)


def _folded(text: str) -> Iterator[tuple[str, int]]:
    for i, c in enumerate(text):
        if c.isascii():
            yield c.upper(), i
        elif c not in _INVISIBLE:
            if c.isdigit() and (value := unicodedata.digit(c, -1)) >= 0:
                yield str(value), i
                continue
            for part in unicodedata.normalize("NFKC", c):
                for upper in part.upper():
                    yield upper, i


def _spoken_as_digits(folded: str) -> str:
    for found in _SPOKEN_NUMBER.finditer(folded):
        as_digits = found.group().translate(_TO_DIGITS)
        folded = folded[: found.start()] + as_digits + folded[found.end() :]
    return _MISREAD.sub(lambda m: m.group().translate(_AS_READ), folded)
