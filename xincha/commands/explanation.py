"""How `explain` and `find` tell what they found: lines for people, one object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

import orjson

from records.by_hand import Withdrawal
from records.clock import SHANGHAI
from records.explaining import PUBLICITY_ENDED, Event, Explanation
from records.lookup import Match
from records.one_line import one_line
from records.policy import Term
from records.publicity import REASONS
from records.stored import RecordState

_STATES = {
    RecordState.PENDING: "尚未开始公示 / publicity has not begun",
    RecordState.PUBLISHED: "公示中 / published",
    RecordState.ENDED: "公示期已满 / publicity has ended",
    RecordState.HIDDEN: "不予公示 / may not be public",
    RecordState.WITHDRAWN: "已撤下 / withdrawn",
}
_BEGAN = "publicity began"
_WHY = {
    **REASONS,
    RecordState.PENDING.value: _STATES[RecordState.PENDING],
    PUBLICITY_ENDED: "公示期已满 / its term is over",
    _BEGAN: "公示期开始 / its term began",
    "file": "由文件载入 / by a file",
}
_BY_HAND = {
    Withdrawal.REPAIRED.value: "信用修复 / repaired",
    Withdrawal.REVOKED.value: "决定已撤销 / revoked",
    Withdrawal.OBJECTION_UPHELD.value: "异议成立 / objection upheld",
    Withdrawal.OTHER.value: "其他 / other",
    "disputed": "标记异议 / disputed",
    "dispute cleared": "解除异议 / dispute cleared",
}
_CHANGES = {
    "published": "公示 / published",
    "changed": "变更 / changed",
    "withdrawn": "撤下 / withdrawn",
}


def as_json(found: Explanation) -> dict[str, object]:
    """The object of `explain --json`; dates are ISO 8601, `lastDay` is the last day shown.

    `subject` is the id of its subject, empty for a natural person. `fullTerm` is the last day by the rule alone, where a stated 公示截止期 comes before it.
    """
    return {
        "id": found.record_id,
        "dataset": found.dataset,
        "subject": found.subject,
        "shown": found.shown,
        "state": found.state,
        "why": found.why,
        "heldBack": found.held_back,
        "disputed": found.disputed,
        "record": dict(found.view),
        "publicFrom": found.public_from,
        "lastDay": found.last_day,
        "fullTerm": found.full_term,
        "earliestEnd": found.min_until,
        "class": found.publicity_class,
        "because": found.because,
        "rule": {"id": found.rule} | (_rule(found.term) if found.term else {}),
        "sources": [asdict(origin) for origin in found.origins],
        "loadedAt": found.loaded_at,
        "updatedAt": found.updated_at,
        "warnings": list(found.warnings),
        "journal": [asdict(event) for event in found.journal],
    }


def match_as_json(match: Match) -> str:
    """The object of `find --json`; `why` is empty for what is shown."""
    found = {
        "id": match.record_id,
        "dataset": match.dataset,
        "shown": not match.why,
        "state": match.state,
        "why": match.why,
        "subjectName": match.subject_name,
        "documentNumber": match.document_number,
        "decisionDate": match.decision_date,
        "file": match.file,
        "sheet": match.sheet,
        "line": match.line,
    }
    return orjson.dumps(found).decode()


def match_as_text(match: Match) -> Iterator[str]:
    """The lines of `find` for one record."""
    yield f"{match.record_id}  {_standing(match.state, match.why)}"
    told = (match.label, match.document_number, match.subject_name, match.decision_date)
    yield f"  {'  '.join(one_line(value) for value in told if value)}"
    yield f"  {_place(match.file, match.sheet, match.line)}"


def _standing(state: RecordState, why: str) -> str:
    return f"不显示 / not shown — {_kept_back(state, why)}" if why else "显示 / shown"


def _kept_back(state: RecordState, why: str) -> str:
    """What keeps a record from being shown; the state says it where there is no other reason."""
    if why == state or (state, why) == (RecordState.ENDED, PUBLICITY_ENDED):
        return _STATES[state]
    # What is kept as published may still be kept back, by the day or by the installation.
    stands = "" if state is RecordState.PUBLISHED else f"{_STATES[state]}: "
    return stands + _told(why)


def _told(code: str) -> str:
    """A reason in both languages, followed by the operator's note if it has one."""
    if code in _WHY:
        return _WHY[code]
    head, colon, note = one_line(code).partition(": ")
    return _BY_HAND.get(head, head) + colon + note


def _place(file: str, sheet: str, line: int) -> str:
    return f"{one_line(file)}{f' / {one_line(sheet)}' if sheet else ''} line {line}"


def _rule(term: Term) -> dict[str, object]:
    first, last = term.regime.first, term.regime.last
    return {
        "regime": term.regime.name,
        "first": None if first == first.min else first,
        "last": None if last == last.max else last,
        "minimumMonths": term.minimum,
        "maximumMonths": term.maximum,
        "atMaximum": term.at_maximum,
        "state": term.state,
        "source": term.source,
    }


def as_text(found: Explanation) -> Iterator[str]:
    """The lines of `explain`."""
    yield f"{found.record_id}  {found.label} / {found.dataset}"
    for name, value in found.view.items():
        yield f"  {name}: {value}"
    if found.subject:
        yield f"信用主体 / subject: {found.subject}"
    yield f"显示 / shown: {_yes_or_no(found)}"
    if found.held_back:
        held_back = _told(found.held_back)
        yield f"  恢复后仍不公示 / not shown even if brought back: {held_back}"
    if found.disputed:
        yield f"  异议中 / disputed; settled: xincha dispute {found.record_id} --clear"
    window = f"{found.public_from} … {found.last_day or '无期限 / no end'}"
    yield f"公示 / publicity: {window if found.public_from else '无 / none'}"
    if found.full_term:
        yield (
            "  因来源行所载公示截止期或移出日期提前届满 / ended early by the 公示截止期 or 移出日期 that the row"
            " states;"
            f" by the rule alone: {found.full_term}"
        )
    if found.min_until:
        yield f"  最早可提前终止 / earliest end on application: {found.min_until}"
    yield f"类别 / class: {found.publicity_class}{f' — {found.because}' if found.because else ''}"
    yield f"规则 / rule: {found.rule}"
    if found.term:
        yield from _rule_lines(found.term)
    yield from _origin_lines(found)
    yield f"  装载 / loaded {_moment(found.loaded_at)}, 更新 / updated {_moment(found.updated_at)}"
    if found.warnings:
        yield f"提示 / warnings: {', '.join(found.warnings)}"
    yield "日志 / journal:"
    for event in found.journal:
        yield f"  {_moment(event.at)} {_event(event)}"


def _origin_lines(found: Explanation) -> Iterator[str]:
    yield "来源 / from:"
    for origin in found.origins:
        place = _place(origin.file, origin.sheet, origin.line)
        yield f"  {place}, {origin.template} {one_line(origin.provider)}".rstrip()


def _yes_or_no(found: Explanation) -> str:
    if found.shown:
        return "是 / yes"
    return "否 / no — " + _kept_back(found.state, found.why)


def _event(event: Event) -> str:
    """What happened and why: in words where a program wrote it, as it is where a person did."""
    change = _CHANGES.get(event.change, event.change)
    if (event.change, event.reason) == ("withdrawn", PUBLICITY_ENDED):
        change = "到期 / ended"
    # The reason of a record that was brought back by hand is free text and may look like a code.
    coded = event.file or event.change != "published" or event.reason == _BEGAN
    reason = _told(event.reason) if coded else one_line(event.reason)
    return f"{change}: {reason}{f' [{one_line(event.file)}]' if event.file else ''}"


def _rule_lines(term: Term) -> Iterator[str]:
    if term.regime.name:
        first, last = term.regime.first, term.regime.last
        since = "" if first == first.min else first
        until = "" if last == last.max else last
        yield f"  {term.regime.name}: {since} … {until}".rstrip()
    minimum = "—" if term.minimum is None else term.minimum
    maximum = "—" if term.maximum is None else term.maximum
    yield f"  月数 / months: minimum {minimum}, maximum {maximum}, then {term.at_maximum}"
    yield f"  {term.state}: {term.source}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
