"""Rows → values or reasons; every row written by hand after the official tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.sources import SourceRow
from loaders.templates import recognize
from loaders.validation import Draft, Rejected, validate
from records.fields import Record, at, column
from records.publicity import without_end
from records.vocabulary import (
    LicenseCategory,
    PenaltyCategory,
    RecordStatus,
    SubjectCategory,
    Text,
)
from tests.loaders.rows import (
    BUREAU_CODE,
    COMPANY_CODE,
    ID_NUMBER,
    LICENSE,
    PENALTY,
    PERSON,
    REGISTRATION_NUMBER,
    SHOP,
    SHOP_CODE,
    TODAY,
    accepted,
    headers_of,
    read,
    reasons,
    recognized,
    rejected,
    sheet,
    warnings,
)
from tests.support import LICENSES, PENALTIES

NO_CODE = "0" * 17 + "X"
CODE = "行政相对人代码_1(统一社会信用代码)"
REGISTRATION = "行政相对人代码_2(工商注册号)"
KINDS: Mapping[str, Mapping[str, str]] = {"company": {}, "shop": SHOP, "person": PERSON}


def test_a_penalty_of_a_company() -> None:
    draft = accepted(PENALTY)
    assert draft.warnings == ()
    assert draft.values == {
        "subject_name": "伊川县青禾食品有限公司",
        "subject_category": SubjectCategory.LEGAL_ENTITY,
        "credit_code": COMPANY_CODE,
        "legal_representative": "贺青禾",
        "document_number": "伊市监罚〔2026〕15号",
        "violation": "经营超过保质期的食品",
        "facts": "经查，当事人销售超过保质期的面包十二袋。",
        "legal_basis": "《中华人民共和国食品安全法》第一百二十四条",
        "categories": (PenaltyCategory.FINE,),
        "category_text": "罚款",
        "content": "罚款人民币贰仟元整。",
        "fine_amount": Decimal(2000),
        "decision_date": date(2026, 9, 1),
        "permanent": True,
        "authority": "伊川县市场监督管理局",
        "authority_code": BUREAU_CODE,
        "status": RecordStatus.VALID,
        "provider": "伊川县市场监督管理局",
        "provider_code": BUREAU_CODE,
    }


def test_a_license_of_a_company() -> None:
    values = accepted(LICENSE).values
    assert values["category"] is LicenseCategory.GENERAL
    assert values["valid_until"] == date(2031, 3, 1)
    assert values["permanent"] is False
    assert values["status"] is RecordStatus.VALID


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("base", [PENALTY, LICENSE], ids=["penalty", "license"])
def test_every_kind_of_subject(base: Mapping[str, str], kind: str) -> None:
    assert accepted({**base, **KINDS[kind]}).warnings == ()


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("company", CODE, "credit_code"),
        ("company", "法定代表人", "legal_representative"),
        ("shop", CODE, "credit_code"),
        ("shop", "法定代表人", "legal_representative"),
        ("person", "证件类型", "person_id_type"),
        ("person", "证件号码", "person_id_number"),
        *((kind, "行政相对人名称", "subject_name") for kind in KINDS),
        *((kind, "行政处罚决定书文号", "document_number") for kind in KINDS),
        *((kind, "处罚机关统一社会信用代码", "authority_code") for kind in KINDS),
        ("company", "处罚类别", "categories"),
        ("company", "处罚有效期", "valid_until"),
        ("company", "违法事实", "facts"),
    ],
)
@pytest.mark.parametrize("empty", ["", " ", "/", "--", "\\N"])
def test_what_each_kind_must_fill(kind: str, header: str, field: str, empty: str) -> None:
    row = {**PENALTY, **KINDS[kind], header: empty}
    assert reasons(row) == {f"REQUIRED_MISSING {field}"}


@pytest.mark.parametrize(
    "header",
    ["罚款金额（万元）", "公示截止期", "备注", "暂扣或吊销证照名称及编号", "法定代表人证件号码"],
)
def test_what_nobody_must_fill(header: str) -> None:
    assert header in headers_of(PENALTIES)
    accepted({**PENALTY, header: ""})


def test_a_license_needs_its_state() -> None:
    assert reasons({**LICENSE, "当前状态": ""}) == {"REQUIRED_MISSING status"}


@pytest.mark.parametrize("category", ["", "/", "其他", "外星人"])
def test_an_unknown_category_needs_only_what_everybody_needs(category: str) -> None:
    row = {**PENALTY, "行政相对人类别": category, CODE: "", "法定代表人": ""}
    assert warnings(row) == {"CATEGORY_UNKNOWN subject_category"}
    assert reasons({**row, "处罚机关": ""}) == {"REQUIRED_MISSING authority"}


@pytest.mark.parametrize(
    "code",
    [
        "91410329MA0000015P",
        "91410329MA000001",
        "91410329MA00000I5N",
        ID_NUMBER,
        "4.10329E+17",
        "0" * 18,
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_the_own_code_must_hold(kind: str, code: str) -> None:
    assert reasons({**PENALTY, **KINDS[kind], CODE: code}) == {"BAD_CREDIT_CODE credit_code"}


@pytest.mark.parametrize(
    "spelled",
    [
        COMPANY_CODE.lower(),
        f" {COMPANY_CODE} ",
        "９１４１０３２９MA0000015N",
        "9141 0329 MA00 0001 5N",
    ],
)
def test_spellings_of_the_own_code(spelled: str) -> None:
    assert accepted({**PENALTY, CODE: spelled}).values["credit_code"] == COMPANY_CODE


def test_a_company_without_a_code_is_rejected_for_the_placeholder() -> None:
    (issue,) = rejected({**PENALTY, CODE: NO_CODE}).issues
    assert (issue.code, issue.field) == ("REQUIRED_MISSING", "credit_code")
    assert "占位符" in issue.message


def test_a_shop_without_a_code_needs_a_registration_number() -> None:
    row = {**PENALTY, **SHOP, CODE: NO_CODE}
    assert reasons(row) == {"REQUIRED_MISSING registration_number"}
    draft = accepted({**row, REGISTRATION: REGISTRATION_NUMBER})
    assert draft.values["registration_number"] == REGISTRATION_NUMBER
    assert "credit_code" not in draft.values
    assert draft.warnings == ()


def test_a_shop_with_an_empty_code_needs_the_code() -> None:
    row = {**PENALTY, **SHOP, CODE: "", REGISTRATION: REGISTRATION_NUMBER}
    assert reasons(row) == {"REQUIRED_MISSING credit_code"}


@pytest.mark.parametrize("category", ["自然人", ""])
def test_the_placeholder_is_nothing_where_no_code_is_needed(category: str) -> None:
    row = {**PENALTY, **PERSON, "行政相对人类别": category, CODE: NO_CODE}
    draft = accepted(row)
    assert "credit_code" not in draft.values
    assert {w.code for w in draft.warnings} <= {"CATEGORY_UNKNOWN"}


def test_a_wrong_code_of_the_authority_is_left_out_with_a_warning() -> None:
    row = {**PENALTY, "处罚机关统一社会信用代码": "11410329MB0000019E"}
    assert warnings(row) == {"BAD_CREDIT_CODE authority_code"}
    assert "authority_code" not in accepted(row).values


@pytest.mark.parametrize(
    ("header", "code", "field"),
    [
        ("行政相对人代码_3(组织机构代码)", "BAD_ORGANIZATION_CODE", "organization_code"),
        (REGISTRATION, "BAD_REGISTRATION_NUMBER", "registration_number"),
        ("行政相对人代码_4(税务登记号)", "BAD_TAXPAYER_NUMBER", "tax_number"),
    ],
)
def test_other_codes_only_warn_and_are_kept(header: str, code: str, field: str) -> None:
    row = {**PENALTY, header: "12345"}
    assert warnings(row) == {f"{code} {field}"}
    assert accepted(row).values[field] == "12345"


@pytest.mark.parametrize(
    "number",
    [ID_NUMBER[:-1] + "3", "410329860101001X"[:15], "４１０３２９１９８６０１０１００１３"],
)
def test_a_doubtful_id_number_is_accepted_and_kept(number: str) -> None:
    row = {**PENALTY, **PERSON, "证件号码": number}
    assert accepted(row).values["person_id_number"] == number


def test_a_wrong_check_digit_of_an_id_number_warns() -> None:
    row = {**PENALTY, **PERSON, "证件号码": ID_NUMBER[:-1] + "3"}
    assert warnings(row) == {"ID_CHECK_DIGIT person_id_number"}


def test_a_passport_is_no_doubtful_id_number() -> None:
    row = {**PENALTY, **PERSON, "证件类型": "护照号", "证件号码": "E12345678"}
    assert accepted(row).warnings == ()


def test_an_id_number_that_lost_its_digits_is_rejected_where_it_is_needed() -> None:
    row = {**PENALTY, **PERSON, "证件号码": "4.1032919860101E+17"}
    assert reasons(row) == {"NUMBER_FORMAT person_id_number"}
    assert warnings({**PENALTY, "法定代表人证件号码": "4.1032919860101E+17"}) == {
        "NUMBER_FORMAT legal_representative_id_number"
    }


def test_organization_columns_of_a_person_only_warn() -> None:
    row = {**PENALTY, **PERSON, CODE: COMPANY_CODE, "法定代表人": "贺青禾"}
    assert warnings(row) == {
        "UNEXPECTED_VALUE credit_code",
        "UNEXPECTED_VALUE legal_representative",
    }


def test_warnings_stand_in_the_order_of_the_columns() -> None:
    codes = {CODE: COMPANY_CODE, REGISTRATION: REGISTRATION_NUMBER}
    row = {**PENALTY, **PERSON, **codes, "法定代表人": "贺青禾"}
    unexpected = [w.field for w in accepted(row).warnings if w.code == "UNEXPECTED_VALUE"]
    assert unexpected == ["credit_code", "registration_number", "legal_representative"]


def test_person_columns_of_a_company_only_warn() -> None:
    assert warnings({**PENALTY, "证件号码": ID_NUMBER}) == {"UNEXPECTED_VALUE person_id_number"}


def test_all_reasons_of_a_row_are_told_together() -> None:
    row = {**PENALTY, "处罚决定日期": "x", "处罚机关": "", CODE: "1", "罚款金额（万元）": "-1"}
    assert reasons(row) == {
        "BAD_DATE decision_date",
        "REQUIRED_MISSING authority",
        "BAD_CREDIT_CODE credit_code",
        "BAD_AMOUNT fine_amount",
    }


def test_an_issue_names_column_reason_and_fix() -> None:
    (issue,) = rejected({**PENALTY, "处罚决定日期": "2025/02/30"}).issues
    assert issue.column == "处罚决定日期"
    assert " / " in issue.message
    assert " / " in issue.fix
    assert issue.value == "2025/02/30"


def test_a_required_column_that_the_sheet_lacks_is_named_officially() -> None:
    headers = tuple(h for h in headers_of(PENALTIES) if h != "法定代表人")
    cells = tuple(PENALTY.get(h, "") for h in headers)
    outcome = validate(recognized(*headers), SourceRow(2, cells), TODAY)
    assert isinstance(outcome, Rejected)
    assert [(i.code, i.column) for i in outcome.issues] == [("REQUIRED_MISSING", "法定代表人")]


def test_issues_quote_no_personal_value() -> None:
    row = {
        **PENALTY,
        **PERSON,
        CODE: ID_NUMBER,
        "处罚决定日期": "段小满",
        "罚款金额（万元）": "13800001234",
    }
    row |= {"公示截止期": f"段小满 {ID_NUMBER}"}
    told = repr(rejected(row))
    assert "段小满" not in told
    assert ID_NUMBER not in told


@pytest.mark.parametrize("text", ["N/A", "/", "无", "null", NO_CODE, "0" * 18])
def test_placeholders_are_quoted_as_they_are(text: str) -> None:
    (issue,) = rejected({**PENALTY, CODE: text}).issues
    assert issue.value == text


def test_a_short_row_lacks_its_last_cells() -> None:
    headers = headers_of(LICENSES)
    cells = tuple(LICENSE.get(h, "") for h in headers)[:-3]
    outcome = validate(recognized(*headers), SourceRow(2, cells), TODAY)
    assert isinstance(outcome, Rejected)
    assert {issue.field for issue in outcome.issues} == {"provider", "provider_code"}


@pytest.mark.parametrize(("beyond", "told"), [(("", " "), False), (("", "多出的"), True)])
def test_cells_beyond_the_headers(beyond: tuple[str, ...], told: bool) -> None:
    headers = headers_of(LICENSES)
    cells = (*(LICENSE.get(h, "") for h in headers), *beyond)
    outcome = validate(recognized(*headers), SourceRow(2, cells), TODAY)
    assert isinstance(outcome, Draft)
    assert ("EXTRA_CELLS" in {w.code for w in outcome.warnings}) is told


@pytest.mark.parametrize(("cell", "extra"), [("2", (3,)), (" ", ())])
def test_a_filled_column_without_a_header_is_told(cell: str, extra: tuple[int, ...]) -> None:
    headers, cells = list(headers_of(LICENSES)), [LICENSE.get(h, "") for h in headers_of(LICENSES)]
    headers.insert(3, " ")
    cells.insert(3, cell)
    outcome = validate(recognized(*headers), SourceRow(2, tuple(cells)), TODAY)
    assert isinstance(outcome, Draft)
    assert outcome.extra == extra
    assert ("EXTRA_CELLS" in {w.code for w in outcome.warnings}) is bool(extra)


class Pledge(Record, name="pledges", label="信用承诺", publicity=without_end()):
    """A dataset without a category, as somebody adds it."""

    subject_name: Text = column("承诺主体", at("1", code="CN_MC"), required=True)
    credit_code: Text = column("统一社会信用代码", at("1", code="CN_DM"))
    pledged_on: date = column("承诺日期", at("1", code="CN_RQ"), required=True)
    breached: bool = column("是否违诺", at("1", code="CN_WN"))


def test_a_dataset_added_by_one_class() -> None:
    template = recognize(sheet(("承诺主体", "承诺日期", "是否违诺")), (Pledge.dataset,))
    outcome = validate(template, SourceRow(2, ("某某厂", "2026/1/2", "否")), TODAY)
    assert outcome == Draft(
        {"subject_name": "某某厂", "pledged_on": date(2026, 1, 2), "breached": False}, ()
    )
    assert isinstance(validate(template, SourceRow(3, ("某某厂", "", "")), TODAY), Rejected)


@settings(max_examples=60)
@given(st.lists(st.text(max_size=30), max_size=32))
def test_no_row_breaks_validation(cells: list[str]) -> None:
    validate(PENALTY_TEMPLATE, SourceRow(2, tuple(cells)), TODAY)


PENALTY_TEMPLATE = recognized(*headers_of(PENALTIES))


def test_a_shop_is_read_with_its_own_code() -> None:
    outcome = read({**LICENSE, **SHOP})
    assert isinstance(outcome, Draft)
    assert outcome.values["credit_code"] == SHOP_CODE
