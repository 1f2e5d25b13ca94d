"""Codes of national code tables as files write them: labels, local codes, several in one cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from loaders.cells import Finding, Parsed, Severity
from records.folding import fold
from records.vocabulary import COMPOUND_SPELLINGS, NO_PENALTY, CodeTable, PenaltyCategory

T = TypeVar("T")
_Known = dict[str, tuple[CodeTable, ...]]
_OTHER = "OTHER"
_SEPARATORS = ";；、，,/|+&\n"
_SEPARATOR = re.compile(f"[{re.escape(_SEPARATORS)}]")
_OTHER_WORDS = ("其他", "其它")
_EXPLAINED_OTHER = re.compile(
    rf"(?:(?<=[{re.escape(_SEPARATORS)}])|^)(?:{'|'.join(_OTHER_WORDS)})(?:\([^()]*\)|[-—–:(][^;\n]*)"
)
"""What explains 其他 names no codes: to the end of its bracket, or to the next `;` or line."""
_LONGEST_SPELLING = 40
_LONGEST_RUN = 200
_LEAD = re.compile(
    r"^(?:依法|决定|给予|予以|处以|并处以?|单处|[并和及处]|行政|口头|书面|[0-9]{1,2}\.)+"
)
_TAIL = re.compile(r"的?(?:行政)?处罚$")
"""Words around a code that say nothing of its kind: 给予警告, 并处罚款, 警告处罚."""
_IN_BRACKETS = re.compile(rf"\(([^()]*)\)(?=$|[{re.escape(_SEPARATORS)}])")


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
    known = _several(table, meanings)
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
        surprises = explained = named = False
        folded = "\n".join(map(fold, text.splitlines()))
        folded = _EXPLAINED_OTHER.sub(partial(_explained, known), folded)
        for part in piece.findall(_IN_BRACKETS.sub(partial(_bracketed, known), folded)):
            members = _members(part, known)
            if members is not None:
                named = True
                found.update(dict.fromkeys(members))
            elif part.startswith(_OTHER_WORDS) or explained:
                # What follows 其他 without a sign explains it too, separators and all.
                explained = True
                found.update(dict.fromkeys(_other(table)))
            else:
                surprises = True
                found.update(dict.fromkeys(_other(table)))
        if surprises:
            return _unknown(table, tuple(found))
        return tuple(found) if found or named else None

    return read


def _several(table: type[CodeTable], meanings: Mapping[str, CodeTable]) -> _Known:
    """The members each spelling stands for; none for what is written beside them and names none."""
    known: _Known = dict.fromkeys(NO_PENALTY, ()) if table is PenaltyCategory else {}
    for text, members in COMPOUND_SPELLINGS.items():
        if isinstance(members[0], table):
            known[fold(text)] = members
    for spelling, member in _spellings(table, meanings).items():
        known[spelling] = (member,)
    return known


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


def _members(part: str, known: _Known) -> tuple[CodeTable, ...] | None:
    """What a piece of a cell names; None where some of it is not known."""
    members = known.get(part)
    if members is None:
        members = _padded(part, known)
    if members is None and len(part) <= _LONGEST_RUN:
        members = _run_together(part, known)
    if members is None and (bare := _TAIL.sub("", _LEAD.sub("", part))) and bare != part:
        return _members(bare, known)
    return members


def _run_together(part: str, known: _Known) -> tuple[CodeTable, ...] | None:
    """Codes written one after another without a separator (警告罚款); all of it must be known."""
    for length in range(min(len(part), _LONGEST_SPELLING) - 1, 1, -1):
        first = known.get(part[:length])
        rest = None if first is None else _members(part[length:], known)
        if first is not None and rest is not None:
            return (*first, *rest)
    return None


def _explained(known: _Known, found: re.Match[str]) -> str:
    """其他-XXX stands for 其他; beside other codes, not where XXX is known to be no penalty."""
    explanation = found[0][len(_OTHER_WORDS[0]) :].lstrip("-—–:(").rstrip(")")
    alone = not found.string[: found.start()] and not found.string[found.end() :]
    return explanation if known.get(explanation) == () and not alone else _OTHER_WORDS[0]


def _bracketed(known: _Known, found: re.Match[str]) -> str:
    """Of what stands in brackets behind a code only what names one, or might."""
    parts = filter(None, _SEPARATOR.split(found[1]))
    return "".join(
        f";{part}" for part in parts if any(word in part for word in known if len(word) > 1)
    )


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
