"""One row → typed values with warnings, or a rejection with all its reasons.

| code | where | effect |
|---|---|---|
| REQUIRED_MISSING | a field that the row's stated kind must fill; a legal entity's placeholder code | rejected |
| BAD_CREDIT_CODE | the subject's own 统一社会信用代码 does not hold | rejected |
| BAD_CREDIT_CODE | the code of an authority or provider does not hold | left out, warning |
| BAD_DATE | no date, mixed separators, impossible, two-digit year, before 1949, serial number | rejected |
| DATE_IN_FUTURE | decision date, day of entry or of establishment after today | rejected |
| DATE_ORDER | 公示截止期 before the decision or entry, 移出日期 before 列入日期 | rejected |
| DATE_ORDER | 有效期至 before 有效期自, 营业期限至 before 营业期限自 | warning |
| REQUIRED_MISSING | a profile without any valid code of its subject | rejected |
| REGISTRATION_NUMBER_AS_CODE | a valid 注册号 in the column of a profile's credit code: taken for one | warning |
| UNIT_ASSUMED | capital without a unit, large in that of its column (万) | warning |
| BAD_AMOUNT | negative, no number, a number of a person, above 10¹² yuan, ￥ in a 万元 column | rejected |
| NUMBER_FORMAT | a number that a spreadsheet has rounded (4.1E+17) | left out; rejected where required |
| SPREADSHEET_ERROR | #REF! and the like | left out; rejected where required; 信息使用范围, 当前状态: OTHER |
| ROW_INCOMPLETE | fewer cells than headers, without that of a column that limits publication | rejected |
| AMOUNT_ROUNDED | less than a fen after conversion to yuan | rounded half even, warning |
| UNKNOWN_CODE | not in the code table | OTHER and the raw text, warning |
| CATEGORY_UNKNOWN | 行政相对人类别 missing or unknown: only what every kind must fill is required | warning |
| UNEXPECTED_VALUE | filled, but to be left empty for this kind | warning |
| EXPECTED_MISSING | empty, but expected with the row's codes (罚款 without an amount) | warning |
| BAD_ORGANIZATION_CODE, BAD_REGISTRATION_NUMBER, BAD_TAXPAYER_NUMBER | does not hold; kept, sealed | warning |
| ORGANIZATION_CHECK_DIGIT, UNKNOWN_REGISTRAR | a credit code that holds, but is unusually composed | warning |
| ID_CHECK_DIGIT | an ID number that does not hold; kept, sealed | warning |
| TEXT_TOO_LONG | longer than usual for its column | warning |
| CONTROL_CHARACTERS | stripped | warning |
| NO_IDENTIFIER | a template without categories: no code and no number of the subject at all | warning |
| NOTHING_TO_WITHDRAW | `load --withdraw`: no such record; it stays down if it ever comes | warning |
| STATED_NONE | 空 for a number that the decision does not have (V1) | warning |
| NO_ENTRY_DAY | an entry in a list without a day or year: its term counts from the first load | warning |
| EXTRA_CELLS | filled cells without a header, between others or beyond the last one | warning |

Sources: 发改办财金〔2018〕424号 and its revision V2.1 (required flags, formats), GB 32100-2015 (codes).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from loaders.capital import currency_stated
from loaders.cells import (
    CONTROL_CHARACTERS,
    LONGEST_MISSING,
    MISSING,
    ROW_INCOMPLETE,
    SPREADSHEET_ERROR,
    SPREADSHEET_ERRORS,
    STATED_NONE,
    TEXT_MARKS,
    Finding,
    Parsed,
    Severity,
    clean,
    without_text_mark,
)
from loaders.currencies import YUAN_RENMINBI
from loaders.dates import OPEN_END
from loaders.furniture import is_foot
from loaders.headers import quotable
from loaders.row_plan import Reader, RowPlan, plan_for
from loaders.row_rules import Found, apply_rules, is_rejected
from loaders.sources import SourceRow
from loaders.standing_numbers import place_number
from loaders.templates import Template
from records.identifiers import normalize_code
from records.privacy import masked_input
from records.values import Value


@dataclass(frozen=True, slots=True)
class RowWarning:
    """What is odd about an accepted row: a code of the table above and the field."""

    code: str
    field: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Why a row is rejected. `message` and `fix` are bilingual; `value` is masked and short."""

    code: str
    field: str
    column: str
    message: str
    value: str
    fix: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An accepted row: values by field name, fields without a value left out.

    `extra`: positions of filled cells without a header, the first few of them.
    """

    values: dict[str, Value]
    warnings: tuple[RowWarning, ...]
    extra: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not accepted, with everything that is wrong with it."""

    issues: tuple[Issue, ...]


def validate(template: Template, row: SourceRow, today: date) -> Draft | Rejected | None:
    """Read one row below the head of a sheet.

    `today` is the day in Shanghai. None: the row is no data (blank, foot, repeated header). Never raises
    for what stands in a cell.
    """
    plan = plan_for(template)
    if _is_no_data(plan, row.cells):
        return None
    values: dict[str, Value] = {}
    found: Found = {}
    _read_cells(plan, row.cells, values, found)
    if not values and not found:
        return None
    _add_what_is_given(plan, values, found)
    if len(row.cells) < plan.least_width and not row.trimmed:
        for reader in plan.limiting:
            if reader.index >= len(row.cells):
                found.setdefault(reader.name, []).append(ROW_INCOMPLETE)
    apply_rules(plan, values, found, today)
    if any(map(is_rejected, found.values())):
        return _rejected(plan, row.cells, found)
    _complete(plan, row.cells, values, found)
    warnings = [RowWarning(f.code, name) for name, findings in found.items() for f in findings]
    extra: tuple[int, ...] = ()
    if (plan.headless or len(row.cells) > plan.width) and (extra := _extra(plan, row.cells)):
        warnings.append(RowWarning("EXTRA_CELLS", ""))
    return Draft(values, tuple(warnings), extra)


def _add_what_is_given(plan: RowPlan, values: dict[str, Value], found: Found) -> None:
    """Codes in the fields they belong to, what every row of the sheet says, and what follows from it all."""
    for name, targets in plan.standing:
        if name in values:
            place_number(name, targets, values, found)
    for name, value in plan.given.items():
        values.setdefault(name, value)
    if plan.follows:
        values.update(plan.follows(values))


def _extra(plan: RowPlan, cells: tuple[str, ...]) -> tuple[int, ...]:
    places = chain(plan.headless, range(plan.width, len(cells)))
    filled = (at for at in places if at < len(cells) and cells[at].strip())
    return tuple(islice(filled, _EXTRA_TOLD))


_EXTRA_TOLD = 8
_FEW_CELLS = 6
_LONGEST_PLACEHOLDER = 20
_LONGEST_SPECIAL = max(LONGEST_MISSING, *map(len, SPREADSHEET_ERRORS))


def _is_no_data(plan: RowPlan, cells: tuple[str, ...]) -> bool:
    if plan.header_row.is_repeated_by(cells):
        return True
    if len(cells) - cells.count("") > 2 * _FEW_CELLS:
        return False
    filled = [text for cell in cells if (text := cell.strip())]
    return not filled or is_foot(filled)


def _read_cells(
    plan: RowPlan, cells: tuple[str, ...], values: dict[str, Value], found: Found
) -> None:
    for reader, cell in zip(plan.by_index, cells, strict=False):
        if not cell or reader is None:
            continue
        text = cell.strip()
        if text[:1] in TEXT_MARKS:
            text = without_text_mark(text)
        if not text:
            continue
        if not text.isprintable():
            text, dirty = clean(text)
            if dirty:
                found.setdefault(reader.name, []).append(CONTROL_CHARACTERS)
        if len(text) <= _LONGEST_SPECIAL and _is_no_value(reader, text, found):
            continue
        parsed = reader.parse(text)
        if isinstance(parsed, Finding) or reader.name in values:
            _put(reader, parsed, values, found)
        elif parsed is not None:
            values[reader.name] = parsed


def _put(reader: Reader, parsed: Parsed, values: dict[str, Value], found: Found) -> None:
    """Keep what is not plainly the first value of its field."""
    name, second = reader.name, reader.second
    if isinstance(parsed, Finding):
        found.setdefault(name, []).append(parsed)
        if parsed.belongs_to:
            name, second = parsed.belongs_to, True
        parsed = parsed.value
    if parsed is not None and not (second and name in values):
        joins = reader.adds and name in values
        values[name] = _joined(values[name], parsed) if joins else parsed


def _is_no_value(reader: Reader, text: str, found: Found) -> bool:
    """Whether a short text only says that there is no value."""
    if text.casefold() in reader.missing:
        if reader.none:
            found.setdefault(reader.name, []).append(STATED_NONE)
        return True
    if text.upper() in SPREADSHEET_ERRORS:
        found.setdefault(reader.name, []).append(SPREADSHEET_ERROR)
        return True
    return False


def _joined(before: Value, parsed: Value) -> Value:
    """A field in two columns (处罚类别1, 处罚类别2; 失信行为简况, 纳入理由) has the codes or texts of both."""
    if isinstance(before, tuple) and isinstance(parsed, tuple):
        return tuple(dict.fromkeys((*before, *parsed)))
    if isinstance(before, str) and isinstance(parsed, str):
        return before if parsed in before else f"{before}；{parsed}"
    return parsed


_UNUSABLE = (SPREADSHEET_ERROR, CONTROL_CHARACTERS)


def _complete(
    plan: RowPlan, cells: tuple[str, ...], values: dict[str, Value], found: Found
) -> None:
    """Add what is derived: 长期 flags, the raw text of codes, what cannot be used, defaults."""
    for name, flag in plan.open_ends:
        values[flag] = values.get(name) == OPEN_END
        if values[flag]:
            del values[name]
    for raw_name, readers in plan.raw_texts:
        texts = [
            without_text_mark(clean(cells[r.index])[0])
            for r in readers
            if r.name in values and r.index < len(cells)
        ]
        if raw := ";".join(text for text in texts if text.casefold() not in readers[0].missing):
            values[raw_name] = raw
    _put_currencies(plan, cells, values, found)
    if found:
        for name, unknown in plan.unusable:
            if any(finding in _UNUSABLE for finding in found.get(name, ())):
                values.setdefault(name, unknown)
    for name, default in plan.defaults:
        values.setdefault(name, default)


def _put_currencies(
    plan: RowPlan, cells: tuple[str, ...], values: dict[str, Value], found: Found
) -> None:
    """The currency that a cell of an amount names; yuan where it is stated nowhere."""
    for name, columns, currency in plan.currencies:
        if name not in values:
            continue
        amounts = (cells[r.index] for r in columns if r.index < len(cells))
        if stated := next(filter(None, map(currency_stated, amounts)), ""):
            values[currency] = stated
        elif currency not in found:
            values.setdefault(currency, YUAN_RENMINBI)


def _rejected(plan: RowPlan, cells: tuple[str, ...], found: Found) -> Rejected:
    written = {
        r.name: without_text_mark(clean(cells[r.index])[0])
        for r in plan.readers
        if r.index < len(cells)
    }
    return Rejected(
        tuple(
            _issue(name, plan.headers.get(name, name), finding, written)
            for name, findings in found.items()
            for finding in findings
            if finding.severity is Severity.REJECT
        )
    )


def _issue(name: str, header: str, finding: Finding, written: Mapping[str, str]) -> Issue:
    text = written.get(name, "")
    return Issue(
        code=finding.code,
        field=name,
        column=quotable(header),
        message=finding.message,
        value=_quoted(text, finding, written),
        fix=finding.fix,
    )


def _quoted(text: str, finding: Finding, written: Mapping[str, str]) -> str:
    if text.casefold() in MISSING or not normalize_code(text).strip("0X"):
        return text[:_LONGEST_PLACEHOLDER]
    if not finding.quotable:
        return "＊"
    quoted = masked_input(text, written)
    return "＊" if _STREWN_ID.search(unicodedata.normalize("NFKC", quoted)) else quoted


_STREWN_ID = re.compile(r"\d(?:\W{0,2}\d){16}\W{0,2}[\dXx]")
"""An ID number in whose place anything was typed, as a slip of the input method does."""
