"""Known defects: each makes one row unacceptable, with the code that its rejection must carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic import numbers
from xincha.synthetic.generations import V1
from xincha.synthetic.rows import Row

_CATEGORY = "V2.1"


@dataclass(frozen=True, slots=True)
class Defect:
    """One kind of defect: its name, the code of the rejection, what it is.

    `spoil` changes the row in place for one generation of the template; False where it cannot.
    """

    name: str
    code: str
    note: str
    spoil: Callable[[Random, Row, str, date], bool]


def spoil(
    rng: Random, row: Row, template: str, today: date, turn: int, defects: Sequence[Defect]
) -> None:
    """Give the row one defect: number `turn` of the list, or the next one that the generation can have."""
    for step in range(len(defects)):
        defect = defects[(turn + step) % len(defects)]
        if defect.spoil(rng, row, template, today):
            row.defect = defect.name
            row.reject(defect.code)
            return


_REQUIRED = ("document_number", "authority", "decision_date", "provider_code")
_REQUIRED_IN_V1 = ("authority", "decision_date", "content")


def _required_missing(rng: Random, row: Row, template: str, _today: date) -> bool:
    name = rng.choice(_REQUIRED_IN_V1 if template == V1 else _REQUIRED)
    row.cells[name] = rng.choice(("", "/", " ", "--"))
    return True


def _people_missing(_rng: Random, row: Row, template: str, _today: date) -> bool:
    if template != _CATEGORY:
        return False
    person = row.subject.kind is SubjectKind.NATURAL_PERSON
    row.cells["person_id_number" if person else "legal_representative"] = ""
    return True


def _placeholder_of_a_company(_rng: Random, row: Row, template: str, _today: date) -> bool:
    if template != _CATEGORY or row.subject.kind is not SubjectKind.LEGAL_ENTITY:
        return False
    row.cells["credit_code"] = numbers.NO_CODE
    return True


def _wrong_check_digit(_rng: Random, row: Row, _template: str, _today: date) -> bool:
    if row.subject.shown_code is None:
        return False
    row.cells["credit_code"] = numbers.broken_code(row.subject.shown_code)
    return True


def _code_as_number(_rng: Random, row: Row, _template: str, _today: date) -> bool:
    if row.subject.shown_code is None:
        return False
    digits = "".join(c for c in row.subject.shown_code if c.isdigit()).ljust(18, "0")
    row.cells["credit_code"] = float(digits)
    return True


def _impossible_date(rng: Random, row: Row, _template: str, _today: date) -> bool:
    row.cells["decision_date"] = rng.choice(("2025/02/30", "2025-13-01", "去年五月", "2025/6"))
    return True


def _date_in_future(rng: Random, row: Row, _template: str, today: date) -> bool:
    row.cells.pop("public_limit", None)  # it would lie before the decision: a second defect
    row.cells["decision_date"] = f"{today + timedelta(days=rng.randrange(2, 400)):%Y/%m/%d}"
    return True


def _amount_as_words(rng: Random, row: Row, template: str, _today: date) -> bool:
    if template == V1 or "fine_amount" not in row.cells:
        return False
    row.cells["fine_amount"] = rng.choice(("贰仟元整", "约五千", "见决定书"))
    return True


DEFECTS: tuple[Defect, ...] = (
    Defect(
        "required-missing",
        "REQUIRED_MISSING",
        "必填项为空或为占位符 / a required cell is empty or a placeholder",
        _required_missing,
    ),
    Defect(
        "wrong-check-digit",
        "BAD_CREDIT_CODE",
        "统一社会信用代码校验位不符 / the check digit of the credit code is wrong",
        _wrong_check_digit,
    ),
    Defect(
        "impossible-date",
        "BAD_DATE",
        "决定日期不存在或不是日期 / the decision date does not exist or is no date",
        _impossible_date,
    ),
    Defect(
        "amount-as-words",
        "BAD_AMOUNT",
        "罚款金额写成文字 / the fine is written in words",
        _amount_as_words,
    ),
    Defect(
        "people-missing",
        "REQUIRED_MISSING",
        "缺少法定代表人或自然人证件号码 / no representative, or no number of the natural person",
        _people_missing,
    ),
    Defect(
        "date-in-future",
        "DATE_IN_FUTURE",
        "决定日期晚于基准日期 / the decision date lies in the future",
        _date_in_future,
    ),
    Defect(
        "code-as-number",
        "BAD_CREDIT_CODE",
        "统一社会信用代码被当作数值 / the credit code was turned into a number",
        _code_as_number,
    ),
    Defect(
        "company-without-code",
        "REQUIRED_MISSING",
        "法人使用无代码占位符 / a legal entity has the placeholder for no code",
        _placeholder_of_a_company,
    ),
)
