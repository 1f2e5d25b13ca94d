"""May this record be published, from when until when.

Decisions are dated; the rules of the regime in force on that day apply (records/policy.py), to the class
that the content of the decision gives (records/sanctions.py). What is unknown gets the shorter term; a
stated 公示截止期 is the last visible day and may shorten, never lengthen. Nothing here looks at the clock:
whether a window is open today is asked when reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from records.folding import fold
from records.lists import is_of_its_grade, list_of
from records.minors import was_minor
from records.policy import ListCode, PublicityClass, Term, term_for, term_for_list, term_of
from records.sanctions import weigh
from records.vocabulary import RecordStatus, SubjectKind, UsageScope

if TYPE_CHECKING:
    from records.values import Value, Values


@dataclass(frozen=True)  # with slots it would be pickled by a Python function
class Publicity:
    """The decision: `published` False means never public, and `reason` says why.

    `public_from` is inclusive, `public_until` exclusive (None: no end). `min_until`: the earliest day of an
    end on application, None where there is none. `because`: what gave the class, in fixed words.
    `undated`: the row does not say from which day; counted from :meth:`beginning`. `ended_by`: the reason of
    an end that is not that of the term.
    """

    published: bool
    public_from: date
    public_until: date | None
    publicity_class: PublicityClass
    rule: str
    reason: str = ""
    min_until: date | None = None
    because: str = ""
    undated: bool = False
    ended_by: str = ""

    def beginning(self, day: date) -> Publicity:
        """The same counted from that day, if the row states none; what it states of the end holds."""
        term = term_of(self.rule)
        if not self.undated or term is None:
            return self
        ends = min(filter(None, (term.until(day), self.public_until)), default=None)
        earliest = term.min_until(day) if self.published else None
        return replace(self, public_from=day, public_until=ends, min_until=earliest)


REASONS: Mapping[str, str] = {
    "USAGE_SCOPE": "信息使用范围不是公示 / 信息使用范围 does not allow publication",
    "MINOR": "决定时为未成年人 / a minor at the time of the decision",
    "REVOKED": "处罚已撤销 / the penalty has been revoked",
    "INVALID": "处罚无效 / the penalty is void",
    "STATUS_UNKNOWN": "当前状态不在代码表内 / its state is none of the code table",
    "SIMPLE_PROCEDURE": "对自然人的简易程序处罚 / simple procedure against a natural person",
    "LIGHT": "轻微类别不公示 / records of its class are not shown",
    "REMOVED": "已移出名单 / taken off the list",
    "OTHER_GRADE": "不是该名单的等级 / of another grade than its list",
    "PROFILE_OF_A_PERSON": "不能确定是企业 / not certain to be an enterprise, and no person",
    "NATURAL_PERSON": "本县不公示自然人 / the county shows no natural persons",
}
"""What each reason means, for people; NATURAL_PERSON comes from the installation, not from a row."""


class PublicityRule(Protocol):
    """How a dataset decides; given the typed values of a row and the kind of its subject."""

    def __call__(self, values: Values, kind: SubjectKind) -> Publicity:
        """Decide for one row."""


def without_end() -> PublicityRule:
    """Public from the decision on, without end: licenses."""

    def decide(values: Values, kind: SubjectKind) -> Publicity:
        reason = _never_public(values, kind)
        term = term_for((PublicityClass.UNLIMITED,), _begin(values))
        return _window(values, term, PublicityClass.UNLIMITED, reason)

    return decide


def of_a_profile() -> PublicityRule:
    """Public without end, from the day of establishment, else of approval, if it is known.

    A deregistered enterprise keeps its profile, which says so. What may be a person gets none.
    """

    def decide(values: Values, kind: SubjectKind) -> Publicity:
        days = (values.get("established_on"), values.get("approved_on"))
        known = next((day for day in days if isinstance(day, date)), None)
        begin = known or date.min
        reason = _never_public(values, kind)
        if not reason and kind is SubjectKind.NATURAL_PERSON:
            reason = "PROFILE_OF_A_PERSON"
        term = term_for_list(ListCode.PROFILE, begin)
        return Publicity(
            published=not reason,
            public_from=begin,
            public_until=None,
            publicity_class=PublicityClass.UNLIMITED,
            rule=term.rule,
            reason=reason,
            undated=known is None,
        )

    return decide


def by_sanction() -> PublicityRule:
    """Public for the term of the penalty's class, by the content of the decision."""

    def decide(values: Values, kind: SubjectKind) -> Publicity:
        weight = weigh(values)
        term = term_for(weight.reasons, _begin(values))
        publicity_class = PublicityClass(term.applies_to)
        reason = _never_public(values, kind) or _void(values)
        if not reason and weight.simple and kind is SubjectKind.NATURAL_PERSON:
            reason = "SIMPLE_PROCEDURE"
        if not reason and term.maximum == 0:
            reason = "LIGHT"
        return _window(values, term, publicity_class, reason, weight.reasons[publicity_class])

    return decide


def by_list() -> PublicityRule:
    """Public from the day of entry for the term of the list; a removal ends it, unless the list keeps them."""

    def decide(values: Values, kind: SubjectKind) -> Publicity:
        known = list_of(values.get("list_code"))
        begin = _entered(values)
        term = term_for_list(known.code if known else ListCode.OTHER_LIST, begin or date.min)
        reason = _never_public(values, kind, begin or _OLDEST_LISTS) or _void(values)
        stays = known is not None and known.stays
        removed = values.get("removed_on")
        if not reason and not stays and removed is None and values.get("removal_reason"):
            reason = "REMOVED"
        if not reason and known is not None and not is_of_its_grade(known, values.get("grade")):
            reason = "OTHER_GRADE"
        end, ended_by = (
            _shortened(term.until(begin) if begin else None, values.get("public_limit")),
            "",
        )
        if isinstance(removed, date) and not stays and (end is None or removed < end):
            end, ended_by = removed, "REMOVED"
        return Publicity(
            published=not reason,
            public_from=begin or date.min,
            public_until=end,
            publicity_class=PublicityClass.ORDINARY if term.maximum else PublicityClass.UNLIMITED,
            rule=term.rule,
            reason=reason,
            min_until=None if reason or begin is None else term.min_until(begin),
            because=known.name if known else "",
            undated=begin is None,
            ended_by=ended_by,
        )

    return decide


_OLDEST_LISTS = date(2013, 10, 1)
"""Older than any entry: who was of age then was not listed as a minor (失信被执行人名单 begins on that day)."""


def _entered(values: Values) -> date | None:
    """The day of entry; of a yearly list of which only the year is stated, the first day after it."""
    for name in ("listed_on", "decision_date"):
        if isinstance(day := values.get(name), date):
            return day
    year = values.get("list_year")
    found = _YEAR.match(year) if isinstance(year, str) else None
    return date(int(found[0]) + 1, 1, 1) if found else None


_YEAR = re.compile(r"20\d\d(?!\d)")
_VOID: dict[object, str] = {RecordStatus.REVOKED: "REVOKED", RecordStatus.INVALID: "INVALID"}
_CODES_OF_OTHER = frozenset(("3", "03", "3.0", "其他", "其它"))


def _void(values: Values) -> str:
    """Why a penalty's state keeps it from the public: void, or a word that may well say so (已修复)."""
    status = values.get("status")
    if status is RecordStatus.OTHER:
        stated = values.get("status_text")
        unknown = isinstance(stated, str) and fold(stated) not in _CODES_OF_OTHER
        return "STATUS_UNKNOWN" if unknown else ""
    return _VOID.get(status, "")


def _window(
    values: Values, term: Term, publicity_class: PublicityClass, reason: str, because: str = ""
) -> Publicity:
    begin = _begin(values)
    end = term.until(begin)
    if end is not None:
        end = _shortened(end, values.get("public_limit"))
    return Publicity(
        published=not reason,
        public_from=begin,
        public_until=end,
        publicity_class=publicity_class,
        rule=term.rule,
        reason=reason,
        min_until=None if reason else term.min_until(begin),
        because=because,
    )


def _begin(values: Values) -> date:
    decided = values.get("decision_date")
    return decided if isinstance(decided, date) else date.min


def _shortened(end: date | None, limit: Value) -> date | None:
    if isinstance(limit, date) and (end is None or limit < end):
        return limit + timedelta(days=1)
    return end


def _never_public(values: Values, kind: SubjectKind, begin: date | None = None) -> str:
    """Why a record may never be public, whatever its class; empty if it may.

    `begin`: the day on which its person must have been of age, by default that of the decision.
    """
    scope = values.get("usage_scope")
    if scope is not None and scope is not UsageScope.PUBLIC:
        return "USAGE_SCOPE"
    if kind is SubjectKind.NATURAL_PERSON and was_minor(values, begin or _begin(values)):
        return "MINOR"
    return ""
