"""Lists are recognized by their own headers, or told; what each of their columns becomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from loaders.generations import Generation
from loaders.sources import SourceRow
from loaders.templates import Template, recognize
from loaders.told import NOTHING_TOLD, Told
from loaders.validation import Draft, Rejected, validate
from records.errors import TemplateError
from records.identifiers import id_check_character
from records.lists import find_list
from records.subject_kind import decide_kind
from records.values import Value
from records.vocabulary import ListColor, SubjectKind
from tests.loaders.rows import headers_of
from tests.support import COMPANY_CODE, DATASETS

ENTRIES = DATASETS["list_entries"]
ALL = tuple(DATASETS.values())
TODAY = date(2026, 11, 25)
FIRM = "伊川县青禾食品有限公司"
ID_NUMBER = "41032919870612431" + id_check_character("41032919870612431")

PRINTED: Mapping[str, str] = {
    "JUDGMENT_DEBTOR": "被执行人姓名/名称 性别 年龄 身份证号码/组织机构代码 法定代表人或者负责人姓名 执行法院 省份"
    " 执行依据文号 做出执行依据单位 立案时间 案号 生效法律文书确定的义务 被执行人的履行情况 失信被执行人行为具体情形 发布时间",
    "TAX": "纳税人名称 统一社会信用代码 组织机构代码 纳税人识别号 法定代表人或负责人姓名 案件上报期 注册地址"
    " 负有直接责任的财务负责人姓名 负有直接责任的中介机构信息及其从业人员信息 案件性质 主要违法事实"
    " 相关法律依据及税务处理处罚情况 录入时间 移出时间",
    "ABNORMAL_OPERATION": "企业名称 统一社会信用代码 注册号 法定代表人 主体身份代码"
    " 列入经营异常名录原因类型名称 设立日期 列入决定机关名称",
    "WORK_SAFETY": "单位名称 统一社会信用代码/工商注册号 主要负责人 注册地址 失信行为简况 信息报送机关 纳入理由",
    "GOVERNMENT_PROCUREMENT": "机构名称 统一社会信用代码/组织机构代码 企业地址 不良行为的具体情形 处罚依据"
    " 处罚结果 记录日期 登记地点 处罚截止日期",
    "WAGE_ARREARS": "对象名称 法人代表 涉及金额 列入名单事由 列入日期 认定部门",
    "ILLEGAL_FUNDRAISING": "企业名称 案号 罪名 判决作出机构 列入部门 组织机构代码 法定代表人 省份 入库时间",
    "OVERLOAD": "车牌号 营运证号 道路运输证号 批次 失信行为 企业名称 法人姓名 法人身份证号",
    "TAX_GRADE_A": "纳税人名称 统一社会信用代码 纳税人识别号 评价年度 数据来源",
    "CUSTOMS_ADVANCED": "企业名称 海关注册编码 首次注册日期 信用等级 等级认定时间 注销标志",
    "BLACK_LIST": "组织机构代码 机构全称 工商注册号 统一社会信用代码 认定单位 认定文号 注册地址 法定代表人 负责人姓名"
    " 主要失信事实 行政处理处罚或法院判决决定的主要内容 确认严重失信日期 公示截止期 交换单位全称 提供部门 提供日期 备注",
    "RED_LIST": "组织机构代码 机构全称 工商注册号 统一社会信用代码 法定代表人 表彰文件号 荣誉名称 认定文号"
    " 认定机关全称 认定日期 公示截止期",
    "PERSON_BLACK_LIST": "姓名 身份证号 证件类型 主要失信事实 行政处理决定内容 认定文号 认定单位 认定日期 公示截止期",
    "PERSON_RED_LIST": "姓名 身份证号 证件类型 荣誉名称 荣誉事项 认定文号 认定单位 认定日期 公示截止期",
}  # fmt: skip
"""The headers of each table as they are printed."""

API: Mapping[str, str] = {
    "JUDGMENT_DEBTOR": "iname sexy age cardNum businessEntity courtName areaName gistId gistUnit regDate caseCode"
    " duty performance performedPart unperformPart disruptTypeName publishDate partyTypeName",
    "ABNORMAL_OPERATION": "entName uniscId regNo speCause_CN abntime decOrg_CN remExcpRes_CN remDate reDecOrg_CN",
    "SERIOUSLY_ILLEGAL": "entName uniscId regNo serILLRea_CN abntime decOrg_CN remExcpRes_CN remDate reDecOrg_CN",
    "BLACK_LIST": "zzjgdm jgqc gszch tyshxydm rddw rdwh zcdz fddbr fzrxm zysxss scfzynr qryzsxrq gsjzq jhdwqc"
    " bmmc tgrq bz",
    "RED_LIST": "zzjgdm jgqc gszch tyshxydm fddbr bzwjh rymc rdwh rdjgqc rdrq gsjzq",
    "PERSON_BLACK_LIST": "xm sfzh zjlx zysxss scfzynr rdwh rddw gsjzq",
}  # fmt: skip


def template_of(
    headers: str | tuple[str, ...],
    told: Told = NOTHING_TOLD,
    dataset: str | None = None,
    template: str | None = None,
) -> Template:
    cells = tuple(headers.split()) if isinstance(headers, str) else headers
    return recognize([SourceRow(1, cells)], ALL, dataset=dataset, template=template, told=told)


def of_list(code: str) -> Told:
    known = find_list(code)
    assert known is not None
    return Told(known.stated)


def read(template: Template, **cells: str) -> Draft | Rejected | None:
    by_index = {bound.index: cells.get(bound.header, "") for bound in template.columns}
    row = tuple(by_index.get(at, "") for at in range(template.width))
    return validate(template, SourceRow(2, row), TODAY)


def values(template: Template, **cells: str) -> dict[str, Value]:
    outcome = read(template, **cells)
    assert isinstance(outcome, Draft), outcome
    return outcome.values


# --- recognized by headers alone ---


@pytest.mark.parametrize(("name", "headers"), [*PRINTED.items(), *API.items()])
def test_each_list_is_recognized_by_its_own_headers(name: str, headers: str) -> None:
    found = template_of(headers)
    assert (found.dataset.name, found.generation) == ("list_entries", name)
    assert found.unknown_headers == ()


@pytest.mark.parametrize("name", ENTRIES.templates)
def test_a_sheet_with_all_its_columns_is_recognized(name: str) -> None:
    assert template_of(tuple(headers_of(ENTRIES, name))).generation == name


@pytest.mark.parametrize("name", ENTRIES.templates)
def test_what_tells_a_list_names_it_in_the_refusal_when_it_is_missing(name: str) -> None:
    generation = Generation(ENTRIES, name)
    tells = [column.header for _, column in generation.columns if column.tells]
    assert tells
    headers = tuple(h for h in headers_of(ENTRIES, name) if h not in tells)
    with pytest.raises(TemplateError) as refused:
        template_of(headers)
    assert "--list" in refused.value.suggestion
    assert "nearest" in refused.value.message


def test_the_refusal_names_the_nearest_list_and_what_is_missing() -> None:
    with pytest.raises(TemplateError) as refused:
        template_of("纳税人名称 统一社会信用代码 纳税人识别号 案件上报期 录入时间")
    assert "重大税收违法失信主体" in refused.value.message
    assert "案件性质" in refused.value.message
    assert "--dataset list-entries --list TAX" in refused.value.suggestion


def test_two_lists_with_equal_columns_have_to_be_told() -> None:
    headers = "对象名称 统一社会信用代码 列入名单事由 罪名"
    with pytest.raises(TemplateError) as refused:
        template_of(headers)
    assert "--list WAGE_ARREARS" in refused.value.suggestion
    assert "--list ILLEGAL_FUNDRAISING" in refused.value.suggestion
    assert template_of(headers, of_list("WAGE_ARREARS")).generation == "WAGE_ARREARS"


def test_decisions_and_profiles_are_not_taken_for_lists() -> None:
    for name in ("licenses", "penalties"):
        dataset = DATASETS[name]
        for generation in dataset.templates:
            assert template_of(tuple(headers_of(dataset, generation))).dataset is dataset


# --- told by the operator ---


def test_a_told_list_takes_whatever_columns_any_list_has() -> None:
    found = template_of("序号 企业名称 工商注册号 统一信用代码 所在省份", of_list("OVERLOAD"))
    assert found.generation == "OVERLOAD"
    assert found.unknown_headers == ("序号",)
    row = values(found, 企业名称=FIRM, 统一信用代码=COMPANY_CODE)
    assert (row["list_code"], row["list_name"]) == ("OVERLOAD", "严重违法超限超载运输失信当事人")
    assert row["credit_code"] == COMPANY_CODE


def test_a_list_without_headers_of_its_own_comes_in_a_generic_table() -> None:
    found = template_of(PRINTED["BLACK_LIST"], of_list("ECOMMERCE"))
    assert found.generation == "BLACK_LIST"
    assert values(found, 机构全称=FIRM)["list_code"] == "ECOMMERCE"


def test_a_list_of_another_color_is_not_told_of_a_table() -> None:
    with pytest.raises(TemplateError):
        template_of(PRINTED["RED_LIST"], of_list("TAX"), template="RED_LIST")


def test_a_generic_table_is_the_list_without_a_name() -> None:
    row = values(template_of(PRINTED["RED_LIST"]), 机构全称=FIRM, 荣誉名称="守合同重信用企业")
    assert (row["list_code"], row["list_name"], row["color"]) == (
        "RED_LIST",
        "红名单",
        ListColor.RED,
    )


def test_a_column_of_a_generic_table_says_which_list_it_is() -> None:
    found = template_of(PRINTED["BLACK_LIST"] + " 名单名称")
    known, own = (
        values(found, 机构全称=FIRM, 名单名称=name) for name in ("拖欠农民工工资", "校外培训黑榜")
    )
    assert known["list_code"] == "WAGE_ARREARS"
    assert (own["list_code"], own["list_name"]) == ("BLACK_LIST", "校外培训黑榜")


# --- what becomes of cells ---


@pytest.mark.parametrize("day", ["2026年07月13日", "20260713", "2026-07-13", "1783872000000"])
def test_days_of_entry_are_read_in_every_spelling(day: str) -> None:
    row = values(template_of(API["JUDGMENT_DEBTOR"]), iname=FIRM, publishDate=day)
    assert row["listed_on"] == date(2026, 7, 13)


@pytest.mark.parametrize(
    ("number", "field"),
    [(COMPANY_CODE, "credit_code"), ("MA0000007", "organization_code"), (COMPANY_CODE[8:17], "organization_code")],
)  # fmt: skip
def test_a_code_among_card_numbers_goes_to_its_own_field(number: str, field: str) -> None:
    row = values(template_of(API["JUDGMENT_DEBTOR"]), iname=FIRM, cardNum=number)
    assert row[field] == number
    assert "resident_id_number" not in row


@pytest.mark.parametrize("column", ["组织机构代码", "工商注册号"])
def test_a_credit_code_in_place_of_an_older_code_is_the_code(column: str) -> None:
    row = values(template_of(PRINTED["BLACK_LIST"]), 机构全称=FIRM, **{column: COMPANY_CODE})
    assert row["credit_code"] == COMPANY_CODE
    assert not {"organization_code", "registration_number"} & row.keys()


def test_a_taxpayer_number_that_is_a_credit_code_is_the_code() -> None:
    row = values(template_of(PRINTED["TAX_GRADE_A"]), 纳税人名称=FIRM, 纳税人识别号=COMPANY_CODE)
    assert row["credit_code"] == COMPANY_CODE


@pytest.mark.parametrize("number", [COMPANY_CODE[:-1] + "9", ID_NUMBER + "01", "410329123456789"])
def test_a_taxpayer_number_that_is_none_stays_sealed(number: str) -> None:
    row = values(template_of(PRINTED["TAX_GRADE_A"]), 纳税人名称=FIRM, 纳税人识别号=number)
    assert row["tax_number"] == number
    assert "credit_code" not in row


@pytest.mark.parametrize("number", ["4103291987****4312", ID_NUMBER])
def test_a_card_number_of_a_person_stays_sealed_and_proves_a_person(number: str) -> None:
    row = values(template_of(API["JUDGMENT_DEBTOR"]), iname="郝立冬", cardNum=number)
    assert row["resident_id_number"] == number
    assert "credit_code" not in row
    assert decide_kind(row).kind is SubjectKind.NATURAL_PERSON


def test_a_company_with_a_masked_code_stays_a_company() -> None:
    row = values(
        template_of(API["JUDGMENT_DEBTOR"]), iname=FIRM, cardNum="MA000****", partyTypeName="1"
    )
    assert decide_kind(row).kind is SubjectKind.LEGAL_ENTITY


def test_what_can_only_be_meant_as_a_credit_code_must_hold() -> None:
    broken = COMPANY_CODE[:-1] + "9"
    outcome = read(template_of(API["JUDGMENT_DEBTOR"]), iname=FIRM, cardNum=broken)
    assert isinstance(outcome, Rejected)
    assert [(i.code, i.value) for i in outcome.issues] == [("BAD_CREDIT_CODE", "＊")]


def test_several_columns_of_one_text_are_read_one_after_the_other() -> None:
    row = values(
        template_of(PRINTED["WORK_SAFETY"]), 单位名称=FIRM, 失信行为简况="发生事故", 纳入理由="瞒报"
    )
    assert row["reason"] == "发生事故；瞒报"


def test_people_of_the_generic_tables_are_people() -> None:
    row = values(
        template_of(PRINTED["PERSON_BLACK_LIST"]), 姓名="青禾食品店", 主要失信事实="逃避债务"
    )
    assert decide_kind(row).kind is SubjectKind.NATURAL_PERSON


def test_the_day_of_confirmation_is_the_day_of_entry() -> None:
    row = values(template_of(PRINTED["BLACK_LIST"]), 机构全称=FIRM, 确认严重失信日期="2026/03/02")
    assert row["listed_on"] == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"entName": ""}, "REQUIRED_MISSING"),
        ({"abntime": "2026/13/01"}, "BAD_DATE"),
        ({"abntime": "2027/01/01"}, "DATE_IN_FUTURE"),
        ({"remDate": "2026/01/01"}, "DATE_ORDER"),
        ({"uniscId": COMPANY_CODE[:-1] + "9"}, "BAD_CREDIT_CODE"),
    ],
)
def test_rows_that_cannot_be_right_are_rejected(cells: dict[str, str], code: str) -> None:
    good = {"entName": FIRM, "uniscId": COMPANY_CODE, "abntime": "2026/03/02"}
    outcome = read(template_of(API["ABNORMAL_OPERATION"]), **{**good, **cells})
    assert isinstance(outcome, Rejected)
    assert [issue.code for issue in outcome.issues] == [code]


def test_an_entry_without_a_day_is_accepted_with_a_warning() -> None:
    outcome = read(template_of(PRINTED["WORK_SAFETY"]), 单位名称=FIRM)
    assert isinstance(outcome, Draft)
    assert "NO_ENTRY_DAY" in [warning.code for warning in outcome.warnings]
    year = read(template_of(PRINTED["TAX_GRADE_A"]), 纳税人名称=FIRM, 评价年度="2025")
    assert isinstance(year, Draft)
    assert "NO_ENTRY_DAY" not in [warning.code for warning in year.warnings]


def test_the_register_of_abnormal_operation_as_it_is_printed_for_people() -> None:
    found = template_of(
        "序号 名称 列入经营异常名录原因 列入日期 作出决定机关（列入） 移出经营异常名录原因 移出日期 作出决定机关（移出）"
    )
    assert (found.generation, found.unknown_headers) == ("ABNORMAL_OPERATION", ("序号",))
    row = values(
        found, **{"名称": FIRM, "作出决定机关（列入）": "甲局", "作出决定机关（移出）": "乙局"}
    )
    assert (row["authority"], row["removal_authority"]) == ("甲局", "乙局")


def test_names_and_codes_alone_do_not_say_what_a_sheet_is() -> None:
    headers = "序号 企业名称 工商注册号 组织机构代码 统一社会信用代码"
    with pytest.raises(TemplateError) as refused:
        template_of(headers)
    assert "--list CODE" in refused.value.suggestion
    assert template_of(headers, of_list("OVERLOAD")).generation == "OVERLOAD"
