"""What single cells become in a row: dates, amounts, codes, texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from loaders.sources import SourceRow
from loaders.validation import Draft, validate
from records.vocabulary import (
    LicenseCategory,
    RecordStatus,
    UsageScope,
)
from tests.loaders.rows import (
    COMPANY_CODE,
    LICENSE,
    PENALTY,
    TODAY,
    accepted,
    headers_of,
    reasons,
    recognized,
    rejected,
    warnings,
)
from tests.support import PENALTIES


@pytest.mark.parametrize("day", ["2025/02/30", "26/1/1", "1948/1/1", "46082", "去年五月"])
@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("处罚决定日期", "decision_date"),
        ("处罚有效期", "valid_until"),
        ("公示截止期", "public_limit"),
    ],
)
def test_dates_that_are_none(header: str, field: str, day: str) -> None:
    assert reasons({**PENALTY, header: day}) == {f"BAD_DATE {field}"}


@pytest.mark.parametrize("day", ["1900-1-1", "1899-12-31"])
def test_no_date_is_a_missing_date(day: str) -> None:
    assert reasons({**PENALTY, "处罚决定日期": day}) == {"REQUIRED_MISSING decision_date"}


@pytest.mark.parametrize("day", ["2026/11/26", "2027-1-1", "2099/12/31"])
def test_a_decision_of_the_future_is_rejected(day: str) -> None:
    assert reasons({**PENALTY, "处罚决定日期": day}) == {"DATE_IN_FUTURE decision_date"}


@pytest.mark.parametrize("mark", ["'{}", "’{}", '="{}"'])
def test_a_mark_of_text_is_no_part_of_the_value(mark: str) -> None:
    marked = {
        "处罚决定日期": mark.format("2026/05/01"),
        "行政相对人代码_1(统一社会信用代码)": mark.format(COMPANY_CODE),
    }
    values = accepted({**PENALTY, **marked}).values
    assert values["decision_date"] == date(2026, 5, 1)
    assert values["credit_code"] == COMPANY_CODE


@pytest.mark.parametrize("text", ["'引'用", "=1+1", "'", "'x'"])
def test_other_quotes_stay(text: str) -> None:
    assert accepted({**PENALTY, "备注": text}).values["remark"] == text


@pytest.mark.parametrize("text", ['=""', '="/"'])
def test_a_marked_text_may_be_empty(text: str) -> None:
    assert "remark" not in accepted({**PENALTY, "备注": text}).values


def test_a_decision_of_today_is_accepted() -> None:
    assert accepted({**PENALTY, "处罚决定日期": f"{TODAY:%Y/%m/%d}"})


@pytest.mark.parametrize(
    "until", ["长期", "永久", "无处罚期限", "暂无", "2099/12/31", "9999-9-9", "2099年12月31日"]
)
def test_an_open_end(until: str) -> None:
    values = accepted({**LICENSE, "有效期至": until}).values
    assert "valid_until" not in values
    assert values["permanent"] is True


@pytest.mark.parametrize("limit", ["长期", "2099/12/31", "9999-12-31", "", "暂无"])
def test_an_open_limit_of_publicity_is_none(limit: str) -> None:
    assert "public_limit" not in accepted({**PENALTY, "公示截止期": limit}).values


def test_publicity_cannot_end_before_the_decision() -> None:
    assert reasons({**PENALTY, "公示截止期": "2026/08/31"}) == {"DATE_ORDER public_limit"}
    assert accepted({**PENALTY, "公示截止期": "2026/09/01"})


def test_a_validity_that_ends_before_it_begins_warns() -> None:
    assert warnings({**LICENSE, "有效期至": "2026/03/01"}) == {"DATE_ORDER valid_until"}


@pytest.mark.parametrize(
    ("header", "cell", "yuan"),
    [
        ("罚款金额（万元）", "0.2", 2000),
        ("罚款金额（元）", "2000", 2000),
        ("罚款金额（万元）", "2000元", 2000),
        ("罚款金额（元）", "0.2万元", 2000),
    ],
)
def test_amounts_are_yuan_whatever_their_unit(header: str, cell: str, yuan: int) -> None:
    headers = tuple(header if h == "罚款金额（万元）" else h for h in headers_of(PENALTIES))
    cells = {**PENALTY, header: cell}
    outcome = validate(
        recognized(*headers), SourceRow(2, tuple(cells.get(h, "") for h in headers)), TODAY
    )
    assert isinstance(outcome, Draft)
    assert outcome.values["fine_amount"] == Decimal(yuan)


@pytest.mark.parametrize("cell", ["贰仟元整", "-0.2", "见决定书"])
def test_what_is_no_amount_is_rejected(cell: str) -> None:
    assert reasons({**PENALTY, "罚款金额（万元）": cell}) == {"BAD_AMOUNT fine_amount"}


@pytest.mark.parametrize(
    ("category", "field"),
    [
        ("罚款", "fine_amount"),
        ("没收违法所得、没收非法财物", "confiscated_amount"),
        ("暂扣或者吊销许可证", "revoked_certificate"),
    ],
)
def test_what_belongs_to_a_sanction_is_missed_with_a_warning(category: str, field: str) -> None:
    row = {**PENALTY, "处罚类别": category, "罚款金额（万元）": ""}
    assert warnings(row) == {f"EXPECTED_MISSING {field}"}


def test_a_warning_alone_misses_nothing() -> None:
    assert warnings({**PENALTY, "处罚类别": "警告", "罚款金额（万元）": ""}) == set()


def test_the_raw_text_of_a_code_is_kept() -> None:
    row = {**LICENSE, "许可类别": "告知承诺制"}
    assert warnings(row) == {"UNKNOWN_CODE category"}
    assert accepted(row).values["category_text"] == "告知承诺制"
    other = accepted({**LICENSE, "许可类别": "其他-备案"})
    assert (other.warnings, other.values["category"]) == ((), LicenseCategory.OTHER)
    assert other.values["category_text"] == "其他-备案"


def test_the_state_has_the_meaning_of_its_generation() -> None:
    assert accepted({**LICENSE, "当前状态": "1"}).values["status"] is RecordStatus.VALID
    assert accepted({**LICENSE, "当前状态": "2"}).values["status"] is RecordStatus.INVALID


@pytest.mark.parametrize(
    ("cell", "scope"), [("1", UsageScope.GOVERNMENT), ("2", UsageScope.AUTHORIZED)]
)
def test_a_limited_use_is_seen_in_current_files_too(cell: str, scope: UsageScope) -> None:
    assert accepted({**PENALTY, "信息使用范围": cell}).values["usage_scope"] is scope


def test_long_texts_are_accepted_with_a_warning() -> None:
    row = {**PENALTY, "备注": "长" * 513}
    assert warnings(row) == {"TEXT_TOO_LONG remark"}
    assert accepted(row).values["remark"] == "长" * 513


def test_control_characters_are_stripped_with_a_warning() -> None:
    row = {**PENALTY, "行政相对人名称": "伊川县\x00青禾食品有限公司"}
    assert warnings(row) == {"CONTROL_CHARACTERS subject_name"}
    assert accepted(row).values["subject_name"] == "伊川县青禾食品有限公司"


def test_a_cell_of_control_characters_is_empty() -> None:
    assert reasons({**PENALTY, "处罚机关": "\x01\x02"}) == {"REQUIRED_MISSING authority"}


def test_formula_errors_are_no_values() -> None:
    assert reasons({**PENALTY, "处罚机关": "#REF!"}) == {"SPREADSHEET_ERROR authority"}
    assert warnings({**PENALTY, "备注": "#NAME?"}) == {"SPREADSHEET_ERROR remark"}


def test_line_breaks_stay_in_prose_and_leave_names() -> None:
    values = accepted({**PENALTY, "违法事实": "一\r\n二", "处罚机关": "伊川县\n某局"}).values
    assert (values["facts"], values["authority"]) == ("一\n二", "伊川县某局")


@pytest.mark.parametrize(
    ("header", "number", "amount"),
    [
        ("证件号码", "E12345678", "12345678"),
        ("证件号码", "31234567", "31,234,567元"),
        ("行政相对人代码_4(税务登记号)", "987654321", "987654321元"),
    ],
)
def test_a_number_of_the_row_is_no_amount(header: str, number: str, amount: str) -> None:
    row = {**PENALTY, header: number, "罚款金额（万元）": amount}
    (issue,) = rejected(row).issues
    assert (issue.code, issue.field) == ("BAD_AMOUNT", "fine_amount")
    assert not any(c.isdigit() for c in issue.value)


@pytest.mark.parametrize("number", ["13937906512", "410329830712457", "037968312345"])
def test_a_number_of_a_person_in_a_column_of_amounts_is_not_quoted(number: str) -> None:
    (issue,) = rejected({**PENALTY, "罚款金额（万元）": number}).issues
    assert issue.code == "BAD_AMOUNT"
    assert not any(c.isdigit() for c in issue.value)
