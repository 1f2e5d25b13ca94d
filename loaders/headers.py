"""Header texts of official templates, brought to the form in which they are compared.

Files write one header in many ways: wrapped, starred, with notes and units in brackets, full or half
width. 行政相对人代码_N(X) means X, whatever N is: the numbering differs between the generations.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from records.characters import INVISIBLE
from records.fields import TEN_THOUSAND_YUAN, YUAN
from records.folding import fold

_NOTE = re.compile(
    r"\([^()]*(?:必填|选填|必选|可选|格式|示例|例如|非必)[^()]*\)|非?必填项?|选填项?"
)
_IGNORED = re.compile(rf"[*、，,;；.。:：\"'“”{INVISIBLE}]+")
_NUMBERED = re.compile(r".*代码[_-]?\d+(?:\((?P<meaning>.+)\))?")
_BRACKETED_END = re.compile(r"(?<=.)\([^()]*\)$")
_UNIT = re.compile(r"\((?:单位)?(?:人民币)?(?P<unit>万元?|元)\)$")
_UNITS = {"元": YUAN, "万": TEN_THOUSAND_YUAN, "万元": TEN_THOUSAND_YUAN}
_NUMBER = re.compile(r"(?:\d[\s-]?){6,}[\dXx]")
_LONGEST_QUOTED = 30


@dataclass(frozen=True, slots=True)
class Header:
    """One header cell.

    `seen`: as written, on one line. `full`: the whole text in comparable form. `key`: what it is looked
    up by, "" for a number without a meaning. `bare_key`: the same without a note in brackets at its end,
    as in 证件号码（自然人）. `amount_key` and `unit`: the same without the unit in brackets, and what that
    unit is worth in yuan, None where the header states none.
    """

    seen: str
    full: str
    key: str
    bare_key: str
    amount_key: str
    unit: Decimal | None


def read_header(text: str) -> Header:
    """Header cell → its comparable forms."""
    full = _IGNORED.sub("", _NOTE.sub("", fold(text)))
    numbered = _NUMBERED.fullmatch(full)
    key = (numbered["meaning"] or "") if numbered else full
    unit = _UNIT.search(key)
    return Header(
        seen=" ".join(text.split()),
        full=full,
        key=key,
        bare_key=_BRACKETED_END.sub("", key),
        amount_key=key[: unit.start()] if unit else key,
        unit=_UNITS[unit["unit"]] if unit else None,
    )


def quotable(text: str) -> str:
    """A header as an error may quote it: short, long numbers hidden (it may be a cell of a data row)."""
    shown = _NUMBER.sub("…", " ".join(unicodedata.normalize("NFKC", text).split()))
    return shown if len(shown) <= _LONGEST_QUOTED else shown[: _LONGEST_QUOTED - 1] + "…"
