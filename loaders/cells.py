"""One cell: its text without what no cell means to say, and what can be found wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from records.characters import INVISIBLE
from records.values import Value


class Severity(Enum):
    """What a finding does to the row."""

    REJECT = auto()
    """The row is not accepted."""
    LOST = auto()
    """The value cannot be used: a rejection where it is required, else a warning."""
    WARN = auto()
    """Accepted, with or without a value."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a cell. `message` and `fix` are bilingual and never quote the value.

    `quotable`: whether a report may show the cell, masked; not where it is a number of a person.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    value: Value = None
    quotable: bool = True
    belongs_to: str = ""
    """The field of its value, where it is not that of the column."""


Parsed = Value | Finding
"""A cell's typed value; None where it says that there is none."""

MISSING = frozenset(
    [
        "", "/", "//", "\\", "-", "--", "---", "—", "——", "－", "－－", "／", "\\n", "n/a", "na", "#n/a",
        "空", "(空)", "（空）", "无", "暂无", "null", "(null)", "[null]", "<null>", "none", "nil", "nan",
    ]
)  # fmt: skip
"""Spellings of "no value" (folded case): the standard's own, and those of databases and spreadsheets."""

LONGEST_MISSING = max(map(len, MISSING))
NOT_FOUND = "#n/a"
SPREADSHEET_ERRORS = frozenset(
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"]
)

CONTROL_CHARACTERS = Finding(
    "CONTROL_CHARACTERS",
    Severity.WARN,
    "含有控制字符，已去除 / control characters were removed",
    "检查导出程序的字符集 / check the character set of the exporting program",
)
STATED_NONE = Finding(
    "STATED_NONE",
    Severity.WARN,
    "注明没有此号 / stated to have no such number",
    "有编号的请补填 / fill it in if there is one",
)
SPREADSHEET_ERROR = Finding(
    "SPREADSHEET_ERROR",
    Severity.LOST,
    "单元格是公式错误，没有值 / the cell holds a formula error and no value",
    "把公式改为值后重新保存 / replace the formula by its value",
)
ROW_INCOMPLETE = Finding(
    "ROW_INCOMPLETE",
    Severity.REJECT,
    "该行的单元格少于表头，缺少限定公开范围的列 / the row breaks off before a column that limits publication",
    "补全该行，空单元格也要保留分隔符，文件末尾要换行"
    " / complete the row: empty cells keep their delimiters, and the last line ends with a line break",
)

_BREAKS = r"\r\x0b\x0c\x85\u2028\u2029"
_CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff0-\ufffb\ufffe\uffff"
_BREAK = re.compile(rf"\r\n?|[{_BREAKS}]")
_CONTROL = re.compile(rf"[{_CONTROLS}]+")
_UNSEEN = re.compile(rf"[{INVISIBLE}]+")
_UNCLEAN = re.compile(rf"[\t{_BREAKS}{_CONTROLS}{INVISIBLE}]")


TEXT_MARKS = frozenset("='’＇")
_MARKED_AS_TEXT = re.compile(r"""="(?P<formula>[^"]*)"|['’＇](?P<text>[0-9A-Za-z][^'’＇]*)""")
"""Ways to make a spreadsheet keep digits: ="0123" in a csv, '0123 typed into a cell."""


def without_text_mark(text: str) -> str:
    """The text of a cell without the mark that it is one."""
    if text[:1] not in TEXT_MARKS:
        return text
    found = _MARKED_AS_TEXT.fullmatch(text)
    return (found["formula"] or found["text"] or "").strip() if found else text


def clean(text: str) -> tuple[str, bool]:
    """Text with plain line breaks and without invisible characters; whether control characters went."""
    if not _UNCLEAN.search(text):
        return text.strip(), False
    plain = _UNSEEN.sub("", _BREAK.sub("\n", text)).replace("\t", " ")
    stripped = _CONTROL.sub("", plain)
    return stripped.strip(), stripped != plain
