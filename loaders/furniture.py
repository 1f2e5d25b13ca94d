"""Rows that are no data: blank rows, notes and sums below the table, the header once more.

Official sheets have a foot (表格说明, 填表说明, 合计, 填表人) that must be neither loaded nor rejected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.headers import read_header

_NOTE = re.compile(
    r"(?:表格|填表|填报|填写|报表|数据)说明|备?注(?:[:：]|\d|$)|说明[:：]|填表须知|以下空白|(?:\(|（)?此行以下"
)
_SUM = re.compile(r"(?:总|合|小|共|累)\s*计(?:[:：]|$)")
_SIGNATURE = re.compile(
    r"(?:填表|填报|制表|审核|经办|复核|单位负责|部门负责|联系)(?:人|单位|部门|电话|日期|时间)(?:[(（].{0,8}[)）])?[:：]"
)
_NUMBER = re.compile(r"[\d,.，．\s]+(?:元|万元|万|条|件|户|家)?")
_ORDINAL = re.compile(r"\d{1,7}[.、．]?")
"""The column 序号 is often filled further than the table."""
_MOST_CELLS = 6


def is_foot(filled: Sequence[str]) -> bool:
    """Whether the filled cells of a row are a note, a sum or signatures below the table."""
    first, *rest = filled
    if rest and _ORDINAL.fullmatch(first):
        first, *rest = rest
    if len(filled) > _MOST_CELLS:
        return False
    if _SUM.match(first):
        return all(_NUMBER.fullmatch(cell) for cell in rest)
    return bool(_SIGNATURE.match(first) or (not rest and _NOTE.match(first)))


@dataclass(frozen=True)
class HeaderRow:
    """The headers of a sheet by position, to know them again further down."""

    headers: tuple[tuple[int, str], ...]

    @cached_property
    def _starts(self) -> tuple[tuple[int, str], ...]:
        return tuple((index, header[:1]) for index, header in self.headers[:3])

    @cached_property
    def _keys(self) -> tuple[tuple[int, str], ...]:
        return tuple((index, read_header(header).full) for index, header in self.headers)

    def is_repeated_by(self, cells: Sequence[str]) -> bool:
        """Whether a row is the header row again, as on every printed page."""
        for index, start in self._starts:
            if index >= len(cells) or cells[index].lstrip()[:1] != start:
                return False
        same = sum(
            index < len(cells) and read_header(cells[index]).full == key
            for index, key in self._keys
        )
        return 2 * same > len(self._keys)
