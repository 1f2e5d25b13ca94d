"""行业 as registers write it → the section (门类) of GB/T 4754-2017 it belongs to.

The first two digits of a code are its division. "0000 无行业" and Z are pseudo codes of real registers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.cells import Parsed
from records.folding import fold
from records.industries import SECTIONS

_SIGNS = re.compile(r"[、,，\s和及与]+")
_CODE = re.compile(r"(?P<letter>[A-T])?[-\s]*(?P<digits>\d{2,4})?(?:\.0)?")
_LED = re.compile(
    r"[A-Ta-t]?\d{0,4}[-—:：、.\s]*(?P<name>[\u3400-\u9fff].*?)(?:[（(][A-Ta-t]?\d{0,4}[)）])?"
)
_NONE = frozenset(["Z", "0000", "Z0000", "0000无行业", "无行业"])
_BY_LETTER = {letter: name for letter, name, _ in SECTIONS}
_BY_NAME = {_SIGNS.sub("", name): name for _, name, _ in SECTIONS}


@lru_cache(maxsize=4096)
def read_industry(text: str) -> Parsed:
    """The section's name for its letter, any code in it or its name; another text as it stands.

    None for the pseudo codes.
    """
    folded = fold(text).upper()
    if folded in _NONE:
        return None
    found = _CODE.fullmatch(folded)
    if found and found["letter"]:
        return _BY_LETTER[found["letter"]]
    if found and found["digits"]:
        division = int(found["digits"][:2])
        return next((name for _, name, last in SECTIONS if 0 < division <= last), text)
    led = _LED.fullmatch(text.strip())
    name = led["name"] if led else text
    return _BY_NAME.get(_SIGNS.sub("", name), name)
