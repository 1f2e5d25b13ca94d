"""行业 as registers write it → the section (门类) of GB/T 4754-2017 it belongs to.

Source: GB/T 4754-2017 with its amendment of 2019: 20 sections A–T, the first two digits of a code are
its division. "0000 无行业" and Z are pseudo codes of real registers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.cells import Parsed
from records.folding import fold

_SECTIONS = (
    ("A", "农、林、牧、渔业", 5),
    ("B", "采矿业", 12),
    ("C", "制造业", 43),
    ("D", "电力、热力、燃气及水生产和供应业", 46),
    ("E", "建筑业", 50),
    ("F", "批发和零售业", 52),
    ("G", "交通运输、仓储和邮政业", 60),
    ("H", "住宿和餐饮业", 62),
    ("I", "信息传输、软件和信息技术服务业", 65),
    ("J", "金融业", 69),
    ("K", "房地产业", 70),
    ("L", "租赁和商务服务业", 72),
    ("M", "科学研究和技术服务业", 75),
    ("N", "水利、环境和公共设施管理业", 79),
    ("O", "居民服务、修理和其他服务业", 82),
    ("P", "教育", 83),
    ("Q", "卫生和社会工作", 85),
    ("R", "文化、体育和娱乐业", 90),
    ("S", "公共管理、社会保障和社会组织", 96),
    ("T", "国际组织", 97),
)
"""Letter, name, last division."""

_SIGNS = re.compile(r"[、,，\s和及与]+")
_CODE = re.compile(r"(?P<letter>[A-T])?[-\s]*(?P<digits>\d{2,4})?(?:\.0)?")
_LED = re.compile(
    r"[A-Ta-t]?\d{0,4}[-—:：、.\s]*(?P<name>[\u3400-\u9fff].*?)(?:[（(][A-Ta-t]?\d{0,4}[)）])?"
)
_NONE = frozenset(["Z", "0000", "Z0000", "0000无行业", "无行业"])
_BY_LETTER = {letter: name for letter, name, _ in _SECTIONS}
_BY_NAME = {_SIGNS.sub("", name): name for _, name, _ in _SECTIONS}


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
        return next((name for _, name, last in _SECTIONS if 0 < division <= last), text)
    led = _LED.fullmatch(text.strip())
    name = led["name"] if led else text
    return _BY_NAME.get(_SIGNS.sub("", name), name)
