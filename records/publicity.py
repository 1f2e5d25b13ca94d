"""May this record be published, from when until when.

Decisions are dated; the rules of the regime in force on that day apply (records/policy.py). What is
unknown gets the shorter term; a stated 公示截止期 is the last visible day and may shorten, never
lengthen. Nothing here looks at the clock: whether a window is open today is asked when reading.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from records import identifiers
from records.policy import PublicityClass, term_for
from records.vocabulary import CodeTable, PenaltyCategory, RecordStatus, SubjectKind, UsageScope

if TYPE_CHECKING:
    from records.values import Value, Values

ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class Publicity:
    """The decision: `published` False means never public, and `reason` says why.

    `public_from` is inclusive, `public_until` exclusive (None: no end).
    """

    published: bool
    public_from: date
    public_until: date | None
    publicity_class: PublicityClass
    rule: str
    reason: str = ""


class PublicityRule(Protocol):
    """How a dataset decides; given the typed values of a row and the kind of its subject."""

    def __call__(self, values: Values, kind: SubjectKind) -> Publicity:
        """Decide for one row."""


def without_end() -> PublicityRule:
    """Public from the decision on, without end: licenses."""

    def decide(values: Values, kind: SubjectKind) -> Publicity:
        reason = _never_public(values, kind)
        begin = _begin(values)
        return Publicity(not reason, begin, None, PublicityClass.UNLIMITED, "licenses", reason)

    return decide


def by_sanction() -> PublicityRule:
    """Public for the term of the penalty's class, by the content of the decision."""

    def decide(values: Values, kind: SubjectKind) -> Publicity:
        begin = _begin(values)
        simple = _simple_procedure(values)
        publicity_class = _class_of(values, simple)
        term = term_for(publicity_class, begin)
        reason = _never_public(values, kind)
        if not reason and values.get("status") is RecordStatus.REVOKED:
            reason = "REVOKED"
        if not reason and simple and kind is SubjectKind.NATURAL_PERSON:
            reason = "SIMPLE_PROCEDURE"
        if not reason and not term.maximum:
            reason = "LIGHT"
        end = _shortened(add_months(begin, term.maximum), values.get("public_limit"))
        return Publicity(not reason, begin, end, publicity_class, term.rule, reason)

    return decide


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _begin(values: Values) -> date:
    decided = values.get("decision_date")
    return decided if isinstance(decided, date) else date.min


def _shortened(end: date, limit: Value) -> date:
    return limit + timedelta(days=1) if isinstance(limit, date) and limit < end else end


def _never_public(values: Values, kind: SubjectKind) -> str:
    """Why a record may never be public, whatever its class; empty if it may."""
    scope = values.get("usage_scope")
    if scope is not None and scope is not UsageScope.PUBLIC:
        return "USAGE_SCOPE"
    if kind is SubjectKind.NATURAL_PERSON and _is_minor(values):
        return "MINOR"
    return ""


_CALLED_A_MINOR = re.compile(
    r"(当事人|行为人|被处罚人|该人)[^，。；]{0,8}(系|为|是)[^，。；]{0,4}未成年"
)


def _is_minor(values: Values) -> bool:
    decided = _begin(values)
    for name in ("person_id_number", "resident_id_number"):
        number = values.get(name)
        born = identifiers.birth_date(number) if isinstance(number, str) else None
        if born and add_months(born, 12 * ADULT_AGE) > decided:
            return True
    return any(
        _CALLED_A_MINOR.search(text) for text in _texts(values, "facts", "content", "remark")
    )


_SIMPLE_PROCEDURE = re.compile(
    r"(?<!不适用)(?<!不符合)(?<!非)简易程序(?![^，。；]{0,6}转)|当场(?:作出|予以|给予)?(?:的)?(?:行政)?处罚|简罚|当罚|当场罚款"
)


def _simple_procedure(values: Values) -> bool:
    texts = _texts(
        values, "facts", "content", "legal_basis", "violation", "remark", "document_number"
    )
    short = _texts(values, "remark", "document_number")
    return any(_SIMPLE_PROCEDURE.search(t) for t in texts) or any("当场" in t for t in short)


def _texts(values: Values, *names: str) -> list[str]:
    return [text for name in names if isinstance(text := values.get(name), str)]


_LIGHT = {PenaltyCategory.WARNING, PenaltyCategory.PUBLIC_CRITICISM}
_GRAVE = {PenaltyCategory.BAN_FROM_INDUSTRY, PenaltyCategory.CLOSURE}


def _class_of(values: Values, simple: bool) -> PublicityClass:
    stated = values.get("categories")
    categories = set(stated) if isinstance(stated, tuple) else set()
    fine = values.get("fine_amount")
    fined = isinstance(fine, Decimal) and fine > 0
    if simple or (categories and categories <= _LIGHT and not fined):
        return PublicityClass.LIGHT
    if categories & _GRAVE or _revokes(categories, values):
        return PublicityClass.GRAVE
    return PublicityClass.ORDINARY


def _revokes(categories: set[CodeTable], values: Values) -> bool:
    """Revocation for certain: 暂扣或者吊销 as one code names both, then the text must say 吊销."""
    if PenaltyCategory.REVOCATION_OF_LICENSE not in categories:
        return False
    if PenaltyCategory.SUSPENSION_OF_LICENSE not in categories:
        return True
    return any("吊销" in text for text in _texts(values, "content"))
