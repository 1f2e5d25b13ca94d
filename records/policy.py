"""The table of publication terms. One row a regime and class; rows marked TO_CONFIRM await the county.

Terms are in months from the date of the decision. `maximum` is the day on which publicity stops by
itself; `minimum` the earliest day of an early end on application (not applied automatically).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PublicityClass(StrEnum):
    """公示类别 / class of a record under the rules of credit repair."""

    UNLIMITED = "UNLIMITED"
    LIGHT = "LIGHT"
    ORDINARY = "ORDINARY"
    GRAVE = "GRAVE"


class State(StrEnum):
    """How sure a row of the table is."""

    FOUND = "FOUND"
    TO_CONFIRM = "TO_CONFIRM"


@dataclass(frozen=True, slots=True)
class Term:
    """One row: decisions dated `since` or later, of one class, are public for `maximum` months.

    `maximum` 0: not published.
    """

    rule: str
    since: date
    publicity_class: PublicityClass
    minimum: int
    maximum: int
    state: State
    source: str


ORDER_36_SINCE = date(2026, 4, 1)
_ORDER_58 = "国家发展改革委令第58号《失信行为纠正后的信用信息修复管理办法（试行）》, 2023-05-01 to 2026-03-31"
_ORDER_36 = "国家发展改革委令第36号《信用修复管理办法》, since 2026-04-01"

TERMS: tuple[Term, ...] = (
    Term("58-light", date.min, PublicityClass.LIGHT, 0, 0, State.TO_CONFIRM, _ORDER_58),
    Term("58-ordinary", date.min, PublicityClass.ORDINARY, 3, 36, State.FOUND, _ORDER_58),
    Term("58-grave", date.min, PublicityClass.GRAVE, 3, 36, State.FOUND, _ORDER_58),
    Term("36-light", ORDER_36_SINCE, PublicityClass.LIGHT, 0, 0, State.FOUND, _ORDER_36),
    Term("36-ordinary", ORDER_36_SINCE, PublicityClass.ORDINARY, 3, 12, State.FOUND, _ORDER_36),
    Term("36-grave", ORDER_36_SINCE, PublicityClass.GRAVE, 12, 36, State.FOUND, _ORDER_36),
)


def term_for(publicity_class: PublicityClass, decided: date) -> Term:
    """The row in force for a decision of that day: the newest regime that had begun."""
    rows = [t for t in TERMS if t.publicity_class is publicity_class and t.since <= decided]
    return max(rows, key=lambda t: t.since)
