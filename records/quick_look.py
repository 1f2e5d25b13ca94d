"""Cheap looks at a text before the expensive search: False only where the finders have nothing to find.

They look at a text as the finders see it (:func:`as_seen`); tests hold every look to its finder.
"""

from __future__ import annotations

import re
from itertools import pairwise

from records.characters import DASHES, MIDDLE_DOTS
from records.contacts import may_hold_contacts
from records.shadow import CHINESE_DIGITS, Shadow

_PLAIN = re.compile(
    r"[ -~\n\u3400-\u9fff、。〈〉《》「」『』【】〔〕“”‘’—·！＂＃＄％＆＇（），：；＜＝＞？［＼］＾｀｛｜｝　]*"
)
"""Nothing but characters that fold to themselves, to another sign or to upper case."""
_SEPARATOR = rf"\s{DASHES}{MIDDLE_DOTS}./-"
_SPOKEN = "".join(CHINESE_DIGITS)
_STARS = "*Xx×ХΧ"
_RUN = re.compile(rf"[0-9{_SPOKEN}][0-9{_SPOKEN}OILoil，,、{_STARS}{_SEPARATOR}]{{5,}}")
"""Whatever is made of digits, and of what may stand between or instead of them."""
_TEN = re.compile(rf"[0-9{_SPOKEN}](?:[{_SEPARATOR}]{{0,20}}[0-9{_SPOKEN}OILoil]){{9}}")
_SEVEN = re.compile(rf"[0-9](?:[{_SEPARATOR}]?[0-9]){{6}}")
_SIX = re.compile(rf"[0-9](?:[{_SEPARATOR}]{{0,20}}[0-9，,、{_STARS}]){{5}}")
_STARRED = re.compile(rf"[0-9]{{3}}[{_STARS}]{{3}}")
_BRACKET = re.compile(rf"[)）][{_SEPARATOR}]{{0,2}}$")
_LABEL = re.compile(
    r"身\s?份|证件|护照|通行证|ID|电\s?话|手\s?机|联系|座机|传真|TEL|MOBILE|PHONE|[账帐賬卡]|开户|存折",
    re.IGNORECASE,
)
_FROM_LABEL_TO_NUMBER = 60
_DIGITS = re.compile("[0-9]+")
_LIKE_DIGITS = re.compile(f"[0-9OILoil{_SPOKEN}]+")
_AS_DIGITS = str.maketrans(CHINESE_DIGITS | dict(zip("OILoil", "011011", strict=True)))
_HAN = re.compile(r"[\u3400-\u9fff]+")


def as_seen(text: str) -> str:
    """The text itself where it is plain, else its folded form."""
    return text if _PLAIN.fullmatch(text) else Shadow(text).folded


def may_hold_numbers(seen: str) -> bool:
    """Whether an ID number, phone, account, plate or e-mail address could be found, by shape or label."""
    return may_hold_contacts(seen) or any(
        _is_like_a_number(seen, run.start(), run.group()) for run in _RUN.finditer(seen)
    )


def _is_like_a_number(seen: str, start: int, run: str) -> bool:
    if _TEN.search(run) or _STARRED.search(run):
        return True
    before = seen[max(0, start - _FROM_LABEL_TO_NUMBER) : start].rpartition("。")[2]
    after_a_label = _SIX.search(run) and _LABEL.search(before)
    return bool(after_a_label or (_SEVEN.match(run) and _BRACKET.search(before)))


def may_hold_name(name: str, seen: str) -> bool:
    """Whether a name could recur. `name` is squeezed and not empty."""
    if _HAN.fullmatch(name):
        return all(c in seen for c in name)
    first = name[0]
    return not first.isalpha() or first in seen or first.lower() in seen


def may_hold_part(cell: str, seen: str) -> bool:
    """Whether a name of two characters and more out of a cell could recur."""
    if not _HAN.fullmatch(cell):
        return True
    return any(a in seen and b in seen for a, b in pairwise(cell))


def digits_in(seen: str) -> str:
    """All digits of a text, and what may stand for one, in their order."""
    return "".join(_LIKE_DIGITS.findall(seen)).translate(_AS_DIGITS)


def may_hold_own_number(number: str, digits: str) -> bool:
    """Whether a number could recur in a text of these :func:`digits_in`. `number` is bare."""
    longest = number if number.isdecimal() else max(_DIGITS.findall(number), key=len, default="")
    return longest in digits
