"""The traps inside the tables of every generation: header texts, feet, sentinels, mixed sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from loaders.templates import recognize
from loaders.validation import Rejected
from records.errors import TemplateError
from records.intake import Intake
from records.subject_kind import decide_kind
from records.vocabulary import LicenseCategory, RecordStatus, SubjectKind
from tests.loaders.old_rows import (
    V1_LICENSE,
    V1_PENALTY,
    V2_LICENSE,
    V2_PENALTY,
    Cells,
    changed,
    draft_of,
    load_rows,
    read_old,
    renamed,
    values_of,
    warnings_of,
)
from tests.loaders.rows import sheet
from tests.support import DATASETS

ALL = tuple(DATASETS.values())
ID_NUMBER = "410329198601010012"


# 7. Header texts.


@pytest.mark.parametrize(
    ("base", "header", "variant"),
    [
        (V1_LICENSE, "行政许可决定书文号", "行政许可决定文书号"),
        (V2_LICENSE, "行政许可决定文书号", "行政许可决定书文号"),
        (V2_PENALTY, "行政处罚决定书文号", "行政处罚决定文书号"),
        (V2_PENALTY, "没收违法所得、没收非法财物的金额（万元）", "没收违法所得、没收非法财务的金额（万元）"),
        (V1_PENALTY, "行政相对人代码_5(居民身份证号)", "行政相对人代码_5（居民身份证号）"),
        (V1_PENALTY, "处罚决定日期", "处罚决定日期 "),
        (V2_PENALTY, "处罚机关统一社会信用代码", "处罚机关\n统一社会信用代码"),
        (V1_LICENSE, "许可决定日期", "*许可决定日期(必填)"),
    ],
)  # fmt: skip
def test_variants_of_header_texts(base: Cells, header: str, variant: str) -> None:
    assert values_of(renamed(base, {header: variant})) == values_of(base)


# 8. Feet.


@pytest.mark.parametrize("base", [V1_LICENSE, V1_PENALTY, V2_LICENSE, V2_PENALTY])
def test_a_foot_is_no_row(base: Cells) -> None:
    foot = dict.fromkeys(base, "") | {
        next(iter(base)): "表格说明：1.本表按月报送；2.日期格式为YYYY/MM/DD"
    }

    assert read_old(foot) is None


# 9. Sentinels.


@pytest.mark.parametrize("cell", ["2099/12/31", "9999-9-9", "长期", "2099-12-31"])
def test_an_open_end(cell: str) -> None:
    assert values_of(changed(V1_LICENSE, {"许可截止期": cell}))["permanent"] is True
    assert values_of(changed(V2_LICENSE, {"有效期至": cell}))["permanent"] is True


@pytest.mark.parametrize("cell", ["", "1900-1-1", "1899-12-31", "/", "--", "\\N"])
def test_no_end_in_v1_is_none(cell: str) -> None:
    values = values_of(changed(V1_LICENSE, {"许可截止期": cell}))

    assert (values["permanent"], "valid_until" in values) == (False, False)


@pytest.mark.parametrize("cell", ["无处罚期限", "暂无"])
def test_words_for_an_open_penalty(cell: str) -> None:
    assert values_of(changed(V2_PENALTY, {"处罚有效期": cell}))["permanent"] is True


def test_the_word_for_no_number_of_v1_is_an_answer() -> None:
    row = changed(V1_LICENSE, {"行政许可决定书文号": "空"})

    assert "document_number" not in values_of(row)
    assert warnings_of(row) == {"STATED_NONE document_number"}


def test_no_word_for_a_number_of_v1_is_no_answer() -> None:
    outcome = read_old(changed(V1_LICENSE, {"行政许可决定书文号": ""}))

    assert isinstance(outcome, Rejected)
    assert [i.code for i in outcome.issues] == ["REQUIRED_MISSING"]


def test_a_license_without_a_number_is_the_same_in_both_generations(
    intake: Intake, tmp_path: Path
) -> None:
    bureau = {"许可决定日期": "2019/03/02"}
    load_rows(intake, tmp_path, changed(V1_LICENSE, {**bureau, "行政许可决定书文号": "空"}))
    number = V1_LICENSE["行政许可编码"]

    counts = load_rows(intake, tmp_path, changed(V2_LICENSE, {"行政许可决定文书号": number})).counts

    assert counts["updated"] == 1


@pytest.mark.parametrize("separator", ["/", "-", "."])
def test_dates_of_v1(separator: str) -> None:
    row = changed(V1_LICENSE, {"许可决定日期": separator.join(("2016", "3", "2"))})

    assert values_of(row)["decision_date"] == date(2016, 3, 2)


def test_mixed_separators_of_a_date_are_refused() -> None:
    assert isinstance(read_old(changed(V1_LICENSE, {"许可决定日期": "2016-3/2"})), Rejected)


# 10. Both generations in one sheet.


def refused(cells: Cells) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        recognize(sheet(tuple(cells)), ALL)
    return caught.value


def test_a_sheet_with_all_columns_of_two_generations_is_refused() -> None:
    error = refused(changed(V1_LICENSE, V2_LICENSE))

    assert "混用了两个版本" in error.message
    assert "V1" in error.message
    assert "--template" in error.suggestion


def test_a_v1_sheet_with_many_columns_of_v2_is_refused() -> None:
    names = ("行政许可决定文书名称", "许可证书名称", "有效期自", "许可机关统一社会信用代码", "数据来源单位",
             "数据来源单位统一社会信用代码")  # fmt: skip
    assert (
        "混用" in refused(changed(V1_LICENSE, {name: V2_LICENSE[name] for name in names})).message
    )


def test_a_v1_sheet_with_a_code_of_the_authority_stays_v1() -> None:
    added = {"许可机关统一社会信用代码": V2_LICENSE["许可机关统一社会信用代码"]}
    values = values_of(changed(V1_LICENSE, added | {"当前状态": "1"}))

    assert values["status"] is RecordStatus.REVOKED
    assert values["authority_code"] == added["许可机关统一社会信用代码"]


def test_columns_of_another_generation_are_named_in_the_report(
    intake: Intake, tmp_path: Path
) -> None:
    report = load_rows(intake, tmp_path, changed(V2_PENALTY, {"信息使用范围": "1"}))

    assert any("其他版本的列" in note and "信息使用范围" in note for note in report.notes)
    assert intake.store.changes(0, 10).records[0].state == "hidden"


@pytest.mark.parametrize(
    ("cell", "status"),
    [("撤销", RecordStatus.REVOKED), ("无效", RecordStatus.INVALID), ("有效", RecordStatus.VALID)],
)
def test_the_words_of_a_state_are_heeded_where_the_table_has_none(
    cell: str, status: RecordStatus
) -> None:
    assert values_of(changed(V2_PENALTY, {"当前状态": cell}))["status"] is status


def test_the_numbers_of_a_state_are_not_guessed_where_the_table_has_none() -> None:
    row = changed(V2_PENALTY, {"当前状态": "1"})

    assert values_of(row)["status"] is RecordStatus.VALID
    assert warnings_of(row) == {"UNKNOWN_CODE status"}


# 11. One table for all subjects in V2.


def test_a_natural_person_of_v2_is_known_without_a_category() -> None:
    person: Mapping[str, str] = {
        "行政相对人名称": "段小满",
        **{header: "" for header in V2_PENALTY if "代码_" in header},
        "法定代表人": "",
        "法定代表人身份证号": "",
        "证件类型": "身份证",
        "证件号码": ID_NUMBER,
    }
    draft = draft_of(changed(V2_PENALTY, person))

    assert draft.warnings == ()
    assert decide_kind(draft.values).kind is SubjectKind.NATURAL_PERSON


@pytest.mark.parametrize("scope", ["1", "2", "仅政府部门内部共享"])
@pytest.mark.parametrize("base", [V1_LICENSE, V1_PENALTY])
def test_rows_that_are_not_for_the_public_stay_hidden(
    intake: Intake, tmp_path: Path, base: Cells, scope: str
) -> None:
    load_rows(intake, tmp_path, changed(base, {"信息使用范围": scope}))

    assert intake.store.changes(0, 10).records[0].state == "hidden"


def test_the_kind_of_approval_of_v1_is_the_license_category() -> None:
    assert values_of(V1_LICENSE)["category"] is LicenseCategory.GENERAL
