"""Rules over several cells of one row: what its stated kind must fill, what follows what, what goes with what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from loaders.amounts import number_in_place_of_amount
from loaders.cells import Finding, Severity
from loaders.parsing import NO_CODE, OWN_CODE
from loaders.row_plan import CATEGORY, KindRules, RowPlan
from records.fields import TEN_THOUSAND_YUAN
from records.identifiers import normalize_code
from records.values import Value
from records.vocabulary import SubjectKind

Found = dict[str, list[Finding]]
"""Findings by field name."""


@dataclass(frozen=True, slots=True)
class _Order:
    earlier: str
    later: str
    severity: Severity


_ORDERS = (
    _Order("valid_from", "valid_until", Severity.WARN),
    _Order("operating_from", "operating_until", Severity.WARN),
    _Order("decision_date", "public_limit", Severity.REJECT),
    _Order("listed_on", "public_limit", Severity.REJECT),
    _Order("listed_on", "removed_on", Severity.REJECT),
)


def apply_rules(plan: RowPlan, values: Mapping[str, Value], found: Found, today: date) -> None:
    """Add to `found` what the row as a whole lacks or contradicts."""
    rules = plan.rules.get(values.get(CATEGORY)) or plan.rules[None]
    if plan.has_category and rules.kind is None:
        found[CATEGORY] = [_CATEGORY_UNKNOWN]
    if plan.keys and not any(_holds(name, values, found) for name in plan.keys):
        _require_key(found)
    elif plan.identifiers and plan.identifiers.isdisjoint(values):
        found.setdefault(OWN_CODE, []).append(_NO_IDENTIFIER)
    if plan.entry_days and not any(name in values or name in found for name in plan.entry_days):
        found.setdefault(plan.entry_days[-1], []).append(_NO_ENTRY_DAY)
    if not rules.unexpected.isdisjoint(values):
        for name in filter(rules.unexpected.__contains__, values):
            found.setdefault(name, []).append(_UNEXPECTED)
    if found or not values.keys() >= rules.needed:
        _require_needed(plan, values, found, rules)
    _check_dates(values, found, today)
    _check_amounts(plan, values, found)
    for codes, name, members in plan.expectations:
        stated = values.get(codes)
        if isinstance(stated, tuple) and name not in values and not members.isdisjoint(stated):
            found.setdefault(name, []).append(_EXPECTED)


def _require_needed(
    plan: RowPlan, values: Mapping[str, Value], found: Found, rules: KindRules
) -> None:
    for name in _needs(plan, found, rules):
        if name not in values:
            _require(name, found)
    _forget_placeholders(found)


def _needs(plan: RowPlan, found: Found, rules: KindRules) -> Iterator[str]:
    """What must be filled; a registration number in the place of a code that the subject does not have."""
    for name in rules.needs:
        replacement = plan.replacements.get(name)
        if (
            replacement
            and rules.kind is SubjectKind.INDIVIDUAL_BUSINESS
            and any(finding.code == NO_CODE for finding in found.get(name, ()))
        ):
            yield replacement
        else:
            yield name


def _holds(name: str, values: Mapping[str, Value], found: Found) -> bool:
    """Whether a code of the subject is there and valid; a doubtful one is kept with a finding."""
    bad = (f.code.startswith("BAD_") for f in found.get(name, ()))
    return name in values and not any(bad)


def _require_key(found: Found) -> None:
    findings = found.setdefault(OWN_CODE, [])
    if not is_rejected(findings):
        findings.append(_NO_KEY)


def _require(name: str, found: Found) -> None:
    """A required field has no value: whatever made it unusable rejects the row."""
    findings = found.setdefault(name, [])
    if any(f.code != CONTROL and f.severity is not Severity.LOST for f in findings):
        return
    lost = [f for f in findings if f.severity is Severity.LOST]
    rest = [f for f in findings if f.severity is not Severity.LOST]
    found[name] = rest + [_rejecting(f) for f in lost or (_REQUIRED_MISSING,)]


CONTROL = "CONTROL_CHARACTERS"


def _rejecting(finding: Finding) -> Finding:
    code = _REQUIRED_MISSING.code if finding.code == NO_CODE else finding.code
    return Finding(code, Severity.REJECT, finding.message, finding.fix)


def _forget_placeholders(found: Found) -> None:
    """0…0X where no code is needed says only that there is none."""
    for name in [
        name for name, findings in found.items() if any(f.code == NO_CODE for f in findings)
    ]:
        found[name] = [f for f in found[name] if f.code != NO_CODE]


def _check_dates(values: Mapping[str, Value], found: Found, today: date) -> None:
    for name in _PAST:
        day = values.get(name)
        if isinstance(day, date) and day > today:
            found.setdefault(name, []).append(_IN_FUTURE)
    for order in _ORDERS:
        earlier, later = values.get(order.earlier), values.get(order.later)
        if isinstance(earlier, date) and isinstance(later, date) and later < earlier:
            found.setdefault(order.later, []).append(_WRONG_ORDER[order.severity])


_PAST = ("decision_date", "listed_on", "established_on")
_SHORTEST_NUMBER = 6
_HAN = re.compile(r"[\u3400-\u9fff]")


def _check_amounts(plan: RowPlan, values: Mapping[str, Value], found: Found) -> None:
    """An amount that equals a number of the row, in either unit, is that number in the wrong column."""
    amounts = {
        name: value
        for name in plan.amounts
        if isinstance(value := values.get(name), Decimal) and value >= 10 ** (_SHORTEST_NUMBER - 1)
    }
    if not amounts:
        return
    numbers = set(_numbers_of(values))
    for name, yuan in amounts.items():
        if not numbers.isdisjoint((yuan, yuan / TEN_THOUSAND_YUAN)):
            found.setdefault(name, []).append(number_in_place_of_amount())


def _numbers_of(values: Mapping[str, Value]) -> Iterator[Decimal]:
    """The numbers of the row that fill a cell, without letters: of E12345678 the digits."""
    for value in values.values():
        if not isinstance(value, str) or _HAN.search(value):
            continue
        code = normalize_code(value)
        digits = "".join(filter(str.isdecimal, code))
        if code.isascii() and len(digits) >= _SHORTEST_NUMBER:
            yield Decimal(digits)


def is_rejected(findings: Sequence[Finding]) -> bool:
    """Whether one of the findings rejects the row."""
    return any(finding.severity is Severity.REJECT for finding in findings)


_CATEGORY_UNKNOWN = Finding(
    "CATEGORY_UNKNOWN",
    Severity.WARN,
    "行政相对人类别缺失或不在代码表内 / the subject category is missing or not in the code table",
    "填 法人及非法人组织、个体工商户 或 自然人 / write 法人及非法人组织, 个体工商户 or 自然人",
)
_NO_IDENTIFIER = Finding(
    "NO_IDENTIFIER",
    Severity.WARN,
    "主体没有任何代码或证件号码 / the subject has no code or number at all",
    "补填统一社会信用代码或证件号码 / fill in the credit code or the ID number",
)
_UNEXPECTED = Finding(
    "UNEXPECTED_VALUE",
    Severity.WARN,
    "此类主体应当留空 / to be left empty for this category of subject",
    "核对行政相对人类别 / check the category of the subject",
)
_REQUIRED_MISSING = Finding(
    "REQUIRED_MISSING",
    Severity.REJECT,
    "必填项没有填写 / required, but empty",
    "补填后重新报送 / fill it in and submit the row again",
)
_NO_KEY = Finding(
    _REQUIRED_MISSING.code,
    Severity.REJECT,
    "没有任何有效的主体代码 / no valid code of the subject",
    "补填统一社会信用代码、组织机构代码或注册号 / fill in the credit code, organization code or registration number",
)
_NO_ENTRY_DAY = Finding(
    "NO_ENTRY_DAY",
    Severity.WARN,
    "没有列入日期，公示期自首次装载之日起算 / no day of entry: its term counts from the day it was first loaded",
    "补填列入日期，或在对照文件的 [values] 中写明 / fill it in, or state it under [values] of a mapping file",
)
_EXPECTED = Finding(
    "EXPECTED_MISSING",
    Severity.WARN,
    "按处罚类别应当填写 / to be filled with this kind of decision",
    "核对类别，补填此列 / check the category and fill in this column",
)
_IN_FUTURE = Finding(
    "DATE_IN_FUTURE",
    Severity.REJECT,
    "日期晚于今天 / the date lies in the future",
    "核对日期 / check the date",
)
_WRONG_ORDER = {
    severity: Finding(
        "DATE_ORDER",
        severity,
        "早于起始日期或决定日期 / before the date that it must follow",
        "核对两个日期 / check both dates",
    )
    for severity in (Severity.WARN, Severity.REJECT)
}
