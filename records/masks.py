"""The one mask of each class of personal data in its own column.

A name keeps its surname, an address its township, everything else shows no value at all: what remains
of a number with some digits hidden can be guessed within minutes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from records.characters import INVISIBLE
from records.surnames import COMPOUND

NAME_SEPARATORS = re.compile(r"[、，,;；/／|｜\n\r]+")
_PIECES = re.compile(f"({NAME_SEPARATORS.pattern})")
_UNSEEN = re.compile(rf"[\s{INVISIBLE}]+")
_COMPOUND_LENGTH = 2


def mask_name(name: str, *, readable: Callable[[str], bool] | None = None) -> str | None:
    """Surname and one `*`, whatever the length; each of several names by itself; None for nothing.

    张三丰 → 张*, 欧阳娜娜 → 欧阳*, John Smith → J*. Parts for which `readable` holds stay as they are.
    """
    masked = [
        piece
        if not piece.strip() or NAME_SEPARATORS.fullmatch(piece) or (readable and readable(piece))
        else _mask_one(piece)
        for piece in _PIECES.split(name)
    ]
    return "".join(masked).strip() or None


def _mask_one(name: str) -> str:
    bare = _UNSEEN.sub("", unicodedata.normalize("NFKC", name))
    if len(bare) > _COMPOUND_LENGTH and bare[:_COMPOUND_LENGTH] in COMPOUND:
        return bare[:_COMPOUND_LENGTH] + "*"
    return bare[0] + "*" if bare and bare[0].isalpha() else "*"


_DIVISIONS = (
    re.compile(r"[^省]{2,3}省|[^区]{2,6}自治区|(?:北京|天津|上海|重庆)市?"),
    re.compile(r"[^省市县区旗盟\d]{1,7}?(?:自治州|州市|市(?![场政民])|州|盟|地区)"),
    re.compile(r"[^\d][^省市县区旗\d]{0,8}?(?:自治县|自治旗|县|市(?![场政民])|区|旗)"),
    re.compile(r"[^\d村路街巷弄号楼室组]{1,8}?(?:街道办事处|街道|民族乡|镇|乡|苏木)"),
)
"""Province, prefecture, county, township."""


def mask_address(address: str) -> str | None:
    """Down to the township: 河南省洛阳市伊川县城关镇人民路1号 → 河南省洛阳市伊川县城关镇.

    None when no division can be recognized at the beginning.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", address))
    end = 0
    for division in _DIVISIONS:
        if found := division.match(text, end):
            end = found.end()
    return text[:end] or None
