"""Codes of national code tables as files write them: labels, local codes, several in one cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from loaders.cells import Finding, Parsed, Severity
from records.folding import fold
from records.vocabulary import COMPOUND_SPELLINGS, CodeTable

T = TypeVar("T")
_OTHER = "OTHER"
_SEPARATORS = ";；、，,/|+&\n"
_SEPARATOR = re.compile(f"[{re.escape(_SEPARATORS)}]")
_OTHER_WORDS = ("其他", "其它")
_EXPLAINED_OTHER = re.compile(
    rf"(?:(?<=[{re.escape(_SEPARATORS)}])|^)(?:{'|'.join(_OTHER_WORDS)})(?:\([^()]*\)|[-—–:(][^;\n]*)"
)
"""What explains 其他 names no codes: to the end of its bracket, or to the next `;` or line."""
_LONGEST_SPELLING = 40


def code_reader(
    table: type[CodeTable], meanings: Mapping[str, CodeTable]
) -> Callable[[str], Parsed]:
    """Reads a cell that holds one code; `meanings` of the column count before the table's spellings."""
    known = _spellings(table, meanings)

    def read(text: str) -> Parsed:
        member = _look_up(text, known)
        return member if member is not None else _unknown(table)

    return read


def codes_reader(
    table: type[CodeTable], meanings: Mapping[str, CodeTable]
) -> Callable[[str], Parsed]:
    """Reads a cell that holds several codes, into a tuple without repetition, in their order."""
    known: dict[str, tuple[CodeTable, ...]] = {
        fold(text): members
        for text, members in COMPOUND_SPELLINGS.items()
        if isinstance(members[0], table)
    }
    for spelling, member in _spellings(table, meanings).items():
        known[spelling] = (member,)
    with_separator = sorted(filter(_SEPARATOR.search, known), key=len, reverse=True)
    end = f"(?=$|[{re.escape(_SEPARATORS)}])"
    whole = "|".join(map(re.escape, with_separator)) or r"(?!)"
    piece = re.compile(f"(?:{whole}){end}|[^{re.escape(_SEPARATORS)}]+")

    def read(text: str) -> Parsed:
        found: dict[CodeTable, None] = {}
        parts = text.split(";")
        if all(map(known.__contains__, parts)):
            for part in parts:
                found.update(dict.fromkeys(known[part]))
            return tuple(found)
        surprises = explained = False
        folded = "\n".join(map(fold, text.splitlines()))
        for part in piece.findall(_EXPLAINED_OTHER.sub(_OTHER_WORDS[0], folded)):
            members = known.get(part) or _padded(part, known) or _run_together(part, known)
            if members:
                found.update(dict.fromkeys(members))
            elif part.startswith(_OTHER_WORDS) or explained:
                # What follows 其他 without a sign explains it too, separators and all.
                explained = True
                found.update(dict.fromkeys(_other(table)))
            else:
                surprises = True
                found.update(dict.fromkeys(_other(table)))
        return _unknown(table, tuple(found)) if surprises else tuple(found) or None

    return read


def _spellings(table: type[CodeTable], meanings: Mapping[str, CodeTable]) -> dict[str, CodeTable]:
    known = {fold(spelling): member for member in table for spelling in member.spellings}
    return known | {fold(text): member for text, member in meanings.items()}


def _look_up(text: str, known: Mapping[str, CodeTable]) -> CodeTable | None:
    """The member a text spells; 其他-XXX is the 其他 of its table; 1 is 01 where there is no 1."""
    if text in known:
        return known[text]
    folded = fold(text)
    member = known.get(folded) or _padded(folded, known)
    if member is None and folded.startswith(_OTHER_WORDS):
        return known.get(_OTHER_WORDS[0])
    return member


def _padded(folded: str, known: Mapping[str, T]) -> T | None:
    """A spreadsheet turns 01 into 1, a data frame into 1.0."""
    number = folded.removesuffix(".0")
    if number != folded and number in known:
        return known[number]
    return known.get("0" + number) if len(number) == 1 and number.isdigit() else None


def _run_together(part: str, known: Mapping[str, tuple[CodeTable, ...]]) -> tuple[CodeTable, ...]:
    """Codes written one after another without a separator (警告罚款); () unless all of it is known."""
    for length in range(min(len(part), _LONGEST_SPELLING) - 1, 1, -1):
        if first := known.get(part[:length]):
            rest = known.get(part[length:]) or _run_together(part[length:], known)
            if rest:
                return (*first, *rest)
    return ()


def _other(table: type[CodeTable]) -> tuple[CodeTable, ...]:
    member = table.__members__.get(_OTHER)
    return () if member is None else (member,)


def _unknown(table: type[CodeTable], members: tuple[CodeTable, ...] | None = None) -> Finding:
    labels = "、".join(member.label for member in table)
    other = next(iter(_other(table)), None)
    return Finding(
        "UNKNOWN_CODE",
        Severity.LOST if other is None else Severity.WARN,
        "不在代码表内，按“其他”处理 / not in the code table: taken as 其他",
        f"使用代码表的写法 / use the words of the code table: {labels}",
        other if members is None else members,
    )
