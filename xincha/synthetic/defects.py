"""Known defects: each makes one row unacceptable, with the code that its rejection must carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic import numbers
from xincha.synthetic.rows import Row

Defect = Callable[[Random, Row, date], str]
"""Spoils a row in place; returns the rejection code, "" where the row cannot have this defect."""


def spoil(rng: Random, row: Row, today: date, turn: int) -> None:
    """Give the row one defect: number `turn` of the list, or the next one that fits its subject."""
    for step in range(len(_DEFECTS)):
        code = _DEFECTS[(turn + step) % len(_DEFECTS)](rng, row, today)
        if code:
            row.reject(code)
            return


def _required_missing(rng: Random, row: Row, _today: date) -> str:
    name = rng.choice(("document_number", "authority", "decision_date", "provider_code"))
    row.cells[name] = rng.choice(("", "/", " ", "--"))
    return "REQUIRED_MISSING"


def _people_missing(_rng: Random, row: Row, _today: date) -> str:
    person = row.subject.kind is SubjectKind.NATURAL_PERSON
    row.cells["person_id_number" if person else "legal_representative"] = ""
    return "REQUIRED_MISSING"


def _placeholder_of_a_company(_rng: Random, row: Row, _today: date) -> str:
    if row.subject.kind is not SubjectKind.LEGAL_ENTITY:
        return ""
    row.cells["credit_code"] = numbers.NO_CODE
    return "REQUIRED_MISSING"


def _wrong_check_digit(_rng: Random, row: Row, _today: date) -> str:
    if row.subject.shown_code is None:
        return ""
    row.cells["credit_code"] = numbers.broken_code(row.subject.shown_code)
    return "BAD_CREDIT_CODE"


def _code_as_number(_rng: Random, row: Row, _today: date) -> str:
    if row.subject.shown_code is None:
        return ""
    digits = "".join(c for c in row.subject.shown_code if c.isdigit()).ljust(18, "0")
    row.cells["credit_code"] = float(digits)
    return "BAD_CREDIT_CODE"


def _impossible_date(rng: Random, row: Row, _today: date) -> str:
    row.cells["decision_date"] = rng.choice(("2025/02/30", "2025-13-01", "去年五月", "2025/6"))
    return "BAD_DATE"


def _date_in_future(rng: Random, row: Row, today: date) -> str:
    row.cells.pop("public_limit", None)  # it would lie before the decision: a second defect
    row.cells["decision_date"] = f"{today + timedelta(days=rng.randrange(2, 400)):%Y/%m/%d}"
    return "DATE_IN_FUTURE"


def _amount_as_words(rng: Random, row: Row, _today: date) -> str:
    if "fine_amount" not in row.cells:
        return ""
    row.cells["fine_amount"] = rng.choice(("贰仟元整", "约五千", "见决定书"))
    return "BAD_AMOUNT"


_DEFECTS: tuple[Defect, ...] = (
    _required_missing,
    _wrong_check_digit,
    _impossible_date,
    _amount_as_words,
    _people_missing,
    _date_in_future,
    _code_as_number,
    _placeholder_of_a_company,
)
