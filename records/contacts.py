"""Finding license plates and e-mail addresses in text, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.characters import DASHES, MIDDLE_DOTS
from records.finds import Find, found
from records.shadow import Shadow
from records.vocabulary import PersonalData

PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_GAP = rf"[\s{DASHES}{MIDDLE_DOTS}.,:-]"
_SIGN = "[0-9A-HJ-NP-Z]"
_SPECIAL = "[挂学警港澳领试超]"
"""Stands for the fifth sign of a plate; behind five signs it begins a word: 豫C12345超限."""
_PLATE = re.compile(
    # 梯11豫C01234: registration of special equipment (特种设备使用登记), by kind and year.
    rf"(?<![梯容锅起车游索管瓶][0-9]{{2}})[{PLATE_PROVINCES}]{_GAP}{{0,2}}[A-Z]{_GAP}{{0,3}}(?:"
    rf"(?P<plain>{_SIGN}{{5,6}}|{_SIGN}{{4}}{_SPECIAL})(?![0-9A-Z])"
    rf"|(?P<spaced>{_SIGN}(?:{_GAP}?{_SIGN}){{4,5}}|{_SIGN}(?:{_GAP}?{_SIGN}){{3}}{_GAP}?{_SPECIAL})(?![0-9A-Z]))"
)
_ORDINARY, _NEW_ENERGY = 5, 6
_FEWEST_DIGITS = 2

_EMAIL = re.compile(
    r"(?<![0-9A-Z._%+-])[0-9A-Z._%+-]+\s?(?:@|\(AT\)|\[AT\])\s?[0-9A-Z-]+(?:\s?[.。·]\s?[0-9A-Z-]+)+",
    re.IGNORECASE,
)


_MAYBE_PLATE = re.compile(rf"[{PLATE_PROVINCES}]{_GAP}{{0,2}}[A-Za-z]")
_AT = re.compile(r"[(（\[]AT[)）\]]", re.IGNORECASE)


def may_hold_contacts(seen: str) -> bool:
    """A quick look: False where neither a plate nor an e-mail address can be found."""
    return bool("@" in seen or _MAYBE_PLATE.search(seen) or _AT.search(seen))


def find_plates(shadow: Shadow) -> Iterator[Find]:
    """京A·12345, 豫CD12345 (new energy), 豫C1234挂: province, letter, five or six signs with digits."""
    if not _MAYBE_PLATE.search(shadow.folded):
        return
    for plate in _PLATE.finditer(shadow.folded):
        signs = re.sub(_GAP, "", plate.group("plain") or plate.group("spaced"))
        new_energy = len(signs) == _NEW_ENERGY and (signs[0].isalpha() or signs[-1].isalpha())
        if (len(signs) == _ORDINARY or new_energy) and sum(
            map(str.isdigit, signs)
        ) >= _FEWEST_DIGITS:
            yield found(shadow.span(*plate.span()), PersonalData.PLATE)


def find_emails(shadow: Shadow) -> Iterator[Find]:
    """name@host.domain, also with white space or (at)."""
    if "@" not in shadow.folded and not _AT.search(shadow.folded):
        return
    for email in _EMAIL.finditer(shadow.folded):
        yield found(shadow.span(*email.span()), PersonalData.EMAIL)
