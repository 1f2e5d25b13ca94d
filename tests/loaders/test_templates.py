"""Headers as files write them, and files that are refused because of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from loaders.templates import HEADER_WITHIN, Template, recognize
from records.dataset import Dataset
from records.errors import TemplateError
from records.fields import Record, at, column
from records.publicity import without_end
from records.vocabulary import Text
from tests.loaders.rows import codes_of, headers_of, recognized, sheet
from tests.support import DATASETS, LICENSES, PENALTIES

ALL = tuple(DATASETS.values())
DECISIONS = (LICENSES, PENALTIES)
L, P = headers_of(LICENSES), headers_of(PENALTIES)
V2_1_ONLY = ("行政相对人类别", "法定代表人证件类型", "法定代表人证件号码")


def without(headers: Sequence[str], *names: str) -> tuple[str, ...]:
    return tuple(header for header in headers if header not in names)


def swapped(headers: Sequence[str], old: str, new: str) -> tuple[str, ...]:
    assert old in headers
    return tuple(new if header == old else header for header in headers)


def fields_of(template: Template) -> dict[str, str]:
    return {bound.header: bound.field.name for bound in template.columns}


def refusal(
    *headers: str, dataset: str | None = None, template: str | None = None
) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        recognize(sheet(headers), ALL, dataset=dataset, template=template)
    return caught.value


@pytest.mark.parametrize("dataset", DECISIONS, ids=lambda d: d.name)
def test_official_headers_are_bound_to_all_columns(dataset: Dataset) -> None:
    template = recognized(*headers_of(dataset))
    assert (template.dataset, template.generation) == (dataset, "V2.1")
    assert len(template.columns) == len(headers_of(dataset))
    assert template.unknown_headers == ()


@pytest.mark.parametrize("dataset", DECISIONS, ids=lambda d: d.name)
def test_codes_are_headers_too_in_either_case(dataset: Dataset) -> None:
    template = recognized(*(code.lower() for code in codes_of(dataset)))
    assert [b.field.name for b in template.columns] == [
        b.field.name for b in recognized(*headers_of(dataset)).columns
    ]


def test_the_order_of_columns_is_free() -> None:
    template = recognized(*reversed(P))
    assert template.columns[-1].field.name == "subject_name"
    assert [bound.index for bound in template.columns] == list(range(len(P)))


@pytest.mark.parametrize(
    "variant",
    [
        "*处罚决定日期",
        "处罚决定日期(必填)",
        "处罚决定日期（选填）",
        " 处罚\n决定日期 ",
        "处罚决定日期　",
        "处罚决定日期（必填，格式YYYY/MM/DD）",
        "必填项 处罚决定日期",
        "CF_JDRQ",
        "cf_jdrq",
        "ＣＦ＿ＪＤＲＱ",
        "处罚决定日期\ufeff",
    ],
)
def test_header_variants(variant: str) -> None:
    template = recognized(*swapped(P, "处罚决定日期", variant))
    assert len(template.columns) == len(P)


@pytest.mark.parametrize(
    ("variant", "field"),
    [
        ("行政相对人代码_3(统一社会信用代码)", "credit_code"),
        ("行政相对人代码_9（统一社会信用代码）", "credit_code"),
        ("行政相对人代码1【统一社会信用代码】", "credit_code"),
        ("统一社会信用代码", "credit_code"),
    ],
)
def test_code_columns_mean_what_stands_in_brackets(variant: str, field: str) -> None:
    template = recognized(*swapped(P, "行政相对人代码_1(统一社会信用代码)", variant))
    assert fields_of(template)[variant] == field


def test_v1_numbering_in_a_current_file_does_not_swap_the_codes() -> None:
    headers = swapped(P, "行政相对人代码_3(组织机构代码)", "行政相对人代码_2(组织机构代码)")
    headers = swapped(headers, "行政相对人代码_2(工商注册号)", "行政相对人代码_3(工商登记码)")
    bound = fields_of(recognized(*headers))
    assert bound["行政相对人代码_2(组织机构代码)"] == "organization_code"
    assert bound["行政相对人代码_3(工商登记码)"] == "registration_number"


def test_an_id_number_in_code_5_is_sealed_not_an_institution_number() -> None:
    header = "行政相对人代码_5(居民身份证号)"
    headers = swapped(P, "行政相对人代码_5(事业单位证书号)", header)
    assert fields_of(recognized(*headers))[header] == "resident_id_number"


def test_a_bare_code_number_matches_nothing() -> None:
    template = recognized(*swapped(P, "行政相对人代码_5(事业单位证书号)", "行政相对人代码_5"))
    assert template.unknown_headers == ("行政相对人代码_5",)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("罚款金额（万元）", 10_000),
        ("罚款金额(万)", 10_000),
        ("罚款金额（元）", 1),
        ("罚款金额（单位：元）", 1),
        ("处罚金额（万元）", 10_000),
        ("罚款金额", 10_000),
        ("CF_NR_FK", 10_000),
        ("罚款金额（元，必填）", 1),
        ("罚款金额（人民币千元）", 1000),
        ("罚款金额（百元）", 100),
        ("罚款金额（百万元）", 1_000_000),
        ("罚款金额（亿元）", 100_000_000),
        ("罚款金额（角）", "0.1"),
        ("罚款金额（分）", "0.01"),
    ],
)
def test_the_unit_of_an_amount(header: str, unit: int | str) -> None:
    template = recognized(*swapped(P, "罚款金额（万元）", header))
    (bound,) = (b for b in template.columns if b.field.name == "fine_amount")
    assert bound.unit == Decimal(unit)


@pytest.mark.parametrize(
    "header",
    [
        "罚款金额（美元）", "罚款金额（元、角、分）", "罚款金额（单位：港币）", "罚款金额（USD）", "罚款金额（十万）",
        "罚款金额（美元，必填）",
    ],
)  # fmt: skip
def test_an_amount_in_a_unit_that_is_not_known_is_refused(header: str) -> None:
    error = refusal(*swapped(P, "罚款金额（万元）", header))

    assert "罚款金额" in error.message
    assert "万元" in error.suggestion


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("没收违法所得、没收非法财物的金额（万元）", "没收违法所得、没收非法财务的金额（万元）"),
        ("行政处罚决定书文号", "行政处罚决定文书号"),
        ("法定代表人证件号码", "法定代表人身份证号"),
        ("CF_CFJG", "CF_XKJG"),
    ],
)
def test_known_misspellings(old: str, new: str) -> None:
    headers = codes_of(PENALTIES) if old.isascii() else P
    assert len(recognized(*swapped(headers, old, new)).columns) == len(P)


@pytest.mark.parametrize("above", [0, 1, 5, HEADER_WITHIN - 1])
def test_titles_may_stand_above(above: int) -> None:
    titles = [("行政处罚信息表", "填报单位：伊川县市场监督管理局")] * above
    assert recognize(sheet(*titles, P, ("甲",)), ALL).header_line == above + 1


def test_a_row_of_codes_below_the_headers_belongs_to_the_head() -> None:
    assert recognize(sheet(P, codes_of(PENALTIES), ("甲",)), ALL).header_line == 2


def test_headers_below_a_row_of_codes_belong_to_the_head() -> None:
    assert recognize(sheet(codes_of(PENALTIES), P, ("甲",)), ALL).header_line == 2


def test_a_row_of_explanations_belongs_to_the_head() -> None:
    told = ("必填，文本", "必填", "文本(18)", "选填", "日期，YYYY/MM/DD", "字符型")
    assert recognize(sheet(P, told, ("甲",)), ALL).header_line == 2


def test_data_below_the_headers_do_not_belong_to_the_head() -> None:
    row = ("伊川县青禾食品有限公司", "法人及非法人组织", "", "", "文本存储有限公司", "2026/01/01")
    assert recognize(sheet(P, row), ALL).header_line == 1


def test_unknown_headers_are_kept_for_the_report() -> None:
    template = recognized(*P, "案件来源", "410329198601010012")
    assert template.unknown_headers == ("案件来源", "【身份证号】")
    assert len(template.columns) == len(P)
    assert template.width == len(P) + 2


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("信息使用范围", "usage_scope"),
        ("CF_SYFW", "usage_scope"),
        ("居民身份证号", "resident_id_number"),
        ("身份证号码", "resident_id_number"),
    ],
)
def test_columns_of_other_generations_with_one_meaning_are_bound(header: str, field: str) -> None:
    assert fields_of(recognized(*P, header))[header] == field


def test_a_state_whose_codes_differ_by_generation_is_a_foreign_column() -> None:
    assert recognized(*P, "当前状态").foreign_headers == ("当前状态",)


@pytest.mark.parametrize("evidence", V2_1_ONLY)
def test_one_column_of_v2_1_is_enough_to_tell_it_from_v2(evidence: str) -> None:
    headers = without(P, *(name for name in V2_1_ONLY if name != evidence))
    assert recognized(*headers).generation == "V2.1"


def test_without_any_of_these_columns_it_is_v2() -> None:
    assert recognized(*without(P, *V2_1_ONLY)).generation == "V2"


def test_the_operator_may_say_which_generation_it_is() -> None:
    template = recognize(sheet(without(P, *V2_1_ONLY)), ALL, template="V2.1")
    assert template.generation == "V2.1"


@pytest.mark.parametrize("generation", ["V1", "V2"])
@pytest.mark.parametrize("dataset", DECISIONS, ids=lambda d: d.name)
@pytest.mark.parametrize("spell", [headers_of, codes_of], ids=["headers", "codes"])
def test_older_generations_are_recognized_and_bound_to_all_columns(
    dataset: Dataset, generation: str, spell: object
) -> None:
    headers = (
        headers_of(dataset, generation) if spell is headers_of else codes_of(dataset, generation)
    )
    template = recognized(*headers)
    assert (template.dataset, template.generation) == (dataset, generation)
    assert [(b.field, b.column) for b in template.columns] == list(dataset.columns_of(generation))


def test_a_missing_required_column_is_named_with_its_code() -> None:
    error = refusal(*without(L, "许可机关", "有效期至"))
    assert "许可机关（XK_XKJG）" in error.message
    assert "有效期至（XK_YXQZI）" in error.message
    assert "许可编号" not in error.message
    assert "行政许可 licenses V2.1（26/28）" in error.message
    assert "行政相对人名称" in error.message
    assert error.code == "UNKNOWN_TEMPLATE"


def test_optional_columns_may_be_absent() -> None:
    assert recognized(*without(L, "备注", "许可编号", "证件号码")).generation == "V2.1"


def test_a_field_in_two_columns_is_refused() -> None:
    error = refusal(*P, "行政处罚决定文书号")
    assert "行政处罚决定书文号 = 行政处罚决定文书号" in error.message


def test_a_file_without_headers_says_so_and_quotes_nothing() -> None:
    error = refusal("段小满", "410329198601010012", "2026/03/01")
    assert "没有表头" in error.message
    assert "段小满" not in error.message


def test_unknown_headers_are_quoted_without_numbers_or_names() -> None:
    error = refusal("企业名称", "经营地点", "段小满", "编号Ａ")
    assert "企业名称" in error.message
    assert "段小满" not in error.message


def test_long_numbers_among_known_headers_are_hidden() -> None:
    error = refusal("行政相对人名称", "４１０３２９１９８６０１０１００１２", "138 0000 1234")
    assert not any(
        len(run) >= 7 for run in "".join(c if c.isdigit() else " " for c in error.message).split()
    )


def test_an_empty_head_is_refused() -> None:
    assert "没有内容" in refusal("", " ").message


def test_the_choice_can_be_restricted_to_a_dataset() -> None:
    assert "行政许可 licenses" in refusal(*P, dataset="licenses").message


@pytest.mark.parametrize(
    ("dataset", "template"), [("taxes", None), (None, "V9"), ("licenses", "1")]
)
def test_unknown_names_are_refused_with_the_known_ones(
    dataset: str | None, template: str | None
) -> None:
    assert "licenses: V2.1, V2, V1" in refusal(*P, dataset=dataset, template=template).suggestion


@pytest.mark.parametrize(("headers", "template"), [(L, "V1"), (headers_of(LICENSES, "V1"), "V2.1")])
def test_a_generation_that_the_headers_exclude_is_refused_even_if_told(
    headers: tuple[str, ...], template: str
) -> None:
    assert refusal(*headers, template=template).code == "UNKNOWN_TEMPLATE"


class Pledge(Record, name="pledges", label="信用承诺", publicity=without_end()):
    """A dataset with one template, as somebody adds it."""

    subject_name: Text = column("承诺主体", at("1", code="CN_MC"), required=True)
    content: Text = column("承诺内容", at("1", code="CN_NR"), required=True)
    remark: Text = column("备注", at("1", code="BZ"))


@pytest.mark.parametrize("headers", [("承诺主体", "承诺内容", "备注"), ("cn_nr", "cn_mc")])
def test_a_dataset_with_one_template_is_recognized(headers: tuple[str, ...]) -> None:
    template = recognize(sheet(headers), (*ALL, Pledge.dataset))
    assert (template.dataset.name, template.generation) == ("pledges", "1")


def test_other_datasets_do_not_take_official_files() -> None:
    assert recognize(sheet(P), (Pledge.dataset, *ALL)).dataset is PENALTIES


class Memo(Record, name="memos", label="备忘", publicity=without_end()):
    """A small dataset whose columns occur in a large one."""

    subject_name: Text = column("许可内容", at("1", code="BW_MC"), required=True)
    remark: Text = column("备注", at("1", code="BW_BZ"))


@pytest.mark.parametrize("datasets", [(*ALL, Memo.dataset), (Memo.dataset, *ALL)])
def test_of_equal_fits_the_one_that_is_covered_best_counts(datasets: tuple[Dataset, ...]) -> None:
    assert recognize(sheet(("许可内容", "备注")), datasets).dataset is Memo.dataset


@pytest.mark.parametrize(
    "header",
    [
        "信息使用范围",
        "信息使用范围（0/1/2）",
        "信息使用范围(0-公示 1-内部 2-授权)",
        "使用范围",
        "信息公开范围",
        "公开类型",
        "cf_syfw",
    ],
)
def test_a_column_that_limits_publication_is_bound_in_any_spelling(header: str) -> None:
    assert fields_of(recognized(*P, header))[header] == "usage_scope"


@pytest.mark.parametrize(
    "header",
    [
        "数据使用范围说明", "XX_SYFW", "共享属性", "信息公开级别", "是否公示", "是否公开", "是否对外公示", "公示状态",
        "公开", "公示（是/否）", "不予公开", "密级", "信息安全级别", "使用范團", "是否涉密", "停止公示", "CF_SFGS",
    ],
)  # fmt: skip
def test_an_unknown_column_that_may_limit_publication_is_refused(header: str) -> None:
    error = refusal(*P, header)

    assert header.partition("（")[0] in error.message
    assert "信息使用范围" in error.suggestion


@pytest.mark.parametrize(
    "header",
    ["公开日期", "公示日期", "公示网址", "公示链接", "公示期限", "公开网站", "公示开始时间", "停止公示日期", "信用等级"],
)  # fmt: skip
def test_when_and_where_something_is_published_limits_nothing(header: str) -> None:
    assert header in recognized(*P, header).unknown_headers


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("证件类型（自然人）", "person_id_type"),
        ("证件号码 (自然人)", "person_id_number"),
        ("处罚机关（盖章）", "authority"),
    ],
)
def test_a_note_in_brackets_does_not_change_what_a_column_is(header: str, field: str) -> None:
    plain = header.replace(" ", "").split("（")[0].split("(")[0]

    assert fields_of(recognized(*swapped(P, plain, header)))[header] == field
