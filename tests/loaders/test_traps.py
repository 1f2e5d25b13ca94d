"""The traps between the template generations, each with a row written by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from records import tables
from records.intake import Intake
from records.subject_kind import decide_kind
from records.vocabulary import PenaltyCategory, RecordStatus, SubjectKind
from tests.loaders.old_rows import (
    V1_LICENSE,
    V1_PENALTY,
    V2_LICENSE,
    V2_LICENSE_BY_CODE,
    V2_PENALTY,
    V2_PENALTY_BY_CODE,
    Cells,
    changed,
    draft_of,
    load_rows,
    renamed,
    values_of,
    warnings_of,
)
from tests.loaders.rows import COMPANY_CODE, LICENSE, PENALTY
from tests.support import DATASETS

ALL = tuple(DATASETS.values())
ID_NUMBER = "410329198601010012"
NO_CODE = "00000000000000000X"
ROWS = {"V1 license": V1_LICENSE, "V1 penalty": V1_PENALTY, "V2 license": V2_LICENSE, "V2 penalty": V2_PENALTY}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_row_of_each_older_table_is_accepted_without_a_warning(name: str) -> None:
    draft = draft_of(ROWS[name])

    assert draft.values["subject_name"] == "伊川县青禾食品有限公司"
    assert draft.warnings == ()


# 1. The numbering of the codes is swapped.


@pytest.mark.parametrize("base", [V1_LICENSE, V1_PENALTY])
def test_code_2_of_v1_is_the_organization_code_and_code_5_an_id_number(base: Cells) -> None:
    values = values_of(base)

    assert values["organization_code"] == COMPANY_CODE[8:17]
    assert values["resident_id_number"] == ID_NUMBER
    assert "institution_number" not in values


def test_code_3_of_v1_is_the_registration_number() -> None:
    assert values_of(V1_LICENSE)["registration_number"] == "410329000012342"


def test_code_2_of_v2_is_the_registration_number_and_code_5_an_institutions() -> None:
    values = values_of(changed(V2_LICENSE, {"行政相对人代码_5(事业单位证书号)": "141032900012"}))

    assert values["registration_number"] == "410329000012342"
    assert values["organization_code"] == COMPANY_CODE[8:17]
    assert values["institution_number"] == "141032900012"


def test_a_code_with_another_number_is_what_stands_in_its_brackets() -> None:
    header = "行政相对人代码_1(统一社会信用代码)"
    row = renamed(V2_PENALTY, {header: "行政相对人代码_3(统一社会信用代码)"})

    assert values_of(row)["credit_code"] == COMPANY_CODE
    assert values_of(row)["organization_code"] == COMPANY_CODE[8:17]


@pytest.mark.parametrize("base", [V1_LICENSE, V1_PENALTY])
@pytest.mark.parametrize("name", ["伊川县青禾食品有限公司", "段小满"])
def test_code_5_of_v1_gets_nowhere_that_anybody_reads(
    intake: Intake, tmp_path: Path, base: Cells, name: str
) -> None:
    told = f"法定代表人身份证号{ID_NUMBER[:6]} {ID_NUMBER[6:14]} {ID_NUMBER[14:]}"
    long = {"许可内容": told} if base is V1_LICENSE else {"处罚结果": told}
    rejected = {"许可决定日期": "明天"} if base is V1_LICENSE else {"处罚决定日期": "明天"}
    rows = [
        changed(base, {"行政相对人名称": name, "备注": ID_NUMBER, **long}),
        changed(base, {"行政相对人名称": name, **rejected, "备注": ID_NUMBER}),
    ]

    report = load_rows(intake, tmp_path, *rows)

    assert (report.counts["inserted"], report.counts["rejected"]) == (1, 1)
    with intake.store.engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                shown = orjson.dumps(
                    {str(k): v for k, v in row.items() if k != "sealed"}, default=str
                ).decode()
                assert ID_NUMBER not in shown
                assert ID_NUMBER[-8:] not in shown


# 2. 当前状态 is inverted.


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("0", RecordStatus.VALID),
        ("", RecordStatus.VALID),
        ("1", RecordStatus.REVOKED),
        ("2", RecordStatus.DISPUTED),
        ("3", RecordStatus.OTHER),
        ("正常", RecordStatus.VALID),
        ("撤销", RecordStatus.REVOKED),
    ],
)
@pytest.mark.parametrize("base", [V1_LICENSE, V1_PENALTY])
def test_the_state_of_v1(base: Cells, code: str, status: RecordStatus) -> None:
    assert values_of(changed(base, {"当前状态": code}))["status"] is status


@pytest.mark.parametrize(
    ("code", "status"), [("1", RecordStatus.VALID), ("2", RecordStatus.INVALID)]
)
@pytest.mark.parametrize("base", [V2_LICENSE, LICENSE])
def test_the_state_since_v2(base: Cells, code: str, status: RecordStatus) -> None:
    assert values_of(changed(base, {"当前状态": code}))["status"] is status


def test_a_revoked_penalty_is_not_published_and_a_revoked_license_says_so(
    intake: Intake, tmp_path: Path
) -> None:
    load_rows(intake, tmp_path, changed(V1_PENALTY, {"当前状态": "1"}))
    load_rows(intake, tmp_path, changed(V1_LICENSE, {"当前状态": "1"}))

    penalty, license = intake.store.changes(0, 10).records
    assert (penalty.state, license.state) == ("hidden", "published")
    assert license.public["status"] == "REVOKED"


# 3. Penalties have no state since V2.


@pytest.mark.parametrize("base", [V2_PENALTY, PENALTY])
def test_penalties_without_a_state_are_valid(base: Cells) -> None:
    assert values_of(base)["status"] is RecordStatus.VALID


# 4. Units.


@pytest.mark.parametrize(
    ("header", "cell", "yuan"),
    [
        ("罚款金额（万元）", "0.2", "2000"),
        ("罚款金额（万元）", "0.000001", "0.01"),
        ("罚款金额（万元）", "12.345678", "123456.78"),
        ("罚款金额（万元）", "2000元", "2000"),
        ("罚款金额（元）", "2000", "2000"),
        ("罚款金额", "0.2", "2000"),
        ("处罚金额（万元）", "10", "100000"),
    ],
)
def test_amounts_are_yuan_whatever_the_unit_of_the_column(
    header: str, cell: str, yuan: str
) -> None:
    row = renamed(changed(V2_PENALTY, {"罚款金额（万元）": cell}), {"罚款金额（万元）": header})

    assert values_of(row)["fine_amount"] == Decimal(yuan)


# 5. 0…0X.


def test_the_placeholder_of_a_shop_with_a_registration_number_is_no_code() -> None:
    row = changed(
        V2_PENALTY,
        {
            "行政相对人名称": "伊川县城关镇小满面馆",
            "行政相对人代码_1(统一社会信用代码)": NO_CODE,
            "行政相对人代码_2(工商注册号)": "410329600001234",
            "行政相对人代码_3(组织机构代码)": "",
        },
    )
    values = draft_of(row).values

    assert "credit_code" not in values
    assert decide_kind(values).kind is SubjectKind.INDIVIDUAL_BUSINESS


@pytest.mark.parametrize("base", [V1_PENALTY, V2_PENALTY])
def test_the_placeholder_of_an_organization_is_accepted_with_a_warning(base: Cells) -> None:
    codes = {header: "" for header in base if "代码_" in header or "身份证" in header}
    row = changed(base, codes | {"行政相对人代码_1(统一社会信用代码)": NO_CODE})

    assert warnings_of(row) == {"NO_IDENTIFIER credit_code"}


def test_two_subjects_with_the_placeholder_are_two_parties(intake: Intake, tmp_path: Path) -> None:
    codes = {header: "" for header in V2_PENALTY if "代码_" in header}
    rows = [
        changed(V2_PENALTY, codes | {"行政相对人代码_1(统一社会信用代码)": NO_CODE, "行政相对人名称": name})
        for name in ("伊川县城关镇小满面馆", "伊川县城关镇白露面馆")
    ]  # fmt: skip

    assert load_rows(intake, tmp_path, *rows).counts["inserted"] == 2


# 6. Column-name variants.


@pytest.mark.parametrize(
    ("code", "variant"),
    [
        ("XK_FRDB", "XK_FDDB"),
        ("XK_FRDB", "XK_FR"),
        ("XK_FR_SFZH", "XK_FR_ZJHM"),
        ("XK_XDR_MC", "XK_XDR"),
        ("XK_XDR_GSZC", "XK_XDR_GSDJ"),
        ("XK_XDR_ZZJG", "XK_XDR_ZDM"),
        ("XK_XKJG", "XK_XZJG"),
        ("XK_YXQZI", "XK_JZQ"),
        ("XK_XKLB", "XK_SPLB"),
        ("XK_LYDWDM", "xk_LYDM"),
        ("XK_WSH", "xk_wsh"),
    ],
)
def test_variants_of_license_columns(code: str, variant: str) -> None:
    assert values_of(renamed(V2_LICENSE_BY_CODE, {code: variant})) == values_of(V2_LICENSE)


@pytest.mark.parametrize(
    ("code", "variant"),
    [
        ("CF_FRDB", "CF_FDDB"),
        ("CF_FRDB", "CF_FR"),
        ("CF_XDR_ZZJG", "CF_XDR_ZDM"),
        ("CF_XDR_GSZC", "CF_XDR_GSDJ"),
        ("CF_CFJG", "CF_XZJG"),
        ("CF_CFJG", "CF_XKJG"),
        ("CF_NR", "CF_JG"),
        ("CF_CFLB", "CF_CFLB1"),
    ],
)
def test_variants_of_penalty_columns(code: str, variant: str) -> None:
    assert values_of(renamed(V2_PENALTY_BY_CODE, {code: variant})) == values_of(V2_PENALTY)


def test_the_result_of_v1_is_no_authority() -> None:
    assert values_of(V1_PENALTY)["content"] == "罚款人民币贰仟元整。"
    assert values_of(V1_PENALTY)["authority"] == "伊川县市场监督管理局"


def test_the_two_categories_of_v1_are_added_up() -> None:
    assert values_of(V1_PENALTY)["categories"] == (
        PenaltyCategory.FINE,
        PenaltyCategory.CONFISCATION_OF_GAINS,
        PenaltyCategory.CONFISCATION_OF_PROPERTY,
    )


@pytest.mark.parametrize(
    ("cell", "categories"),
    [
        ("警告", ("WARNING",)),
        ("没收违法所得、没收非法财物", ("CONFISCATION_OF_GAINS", "CONFISCATION_OF_PROPERTY")),
        ("责令停产停业", ("SUSPENSION_OF_BUSINESS",)),
        (
            "暂扣或者吊销许可证、暂扣或者吊销执照",
            ("SUSPENSION_OF_LICENSE", "REVOCATION_OF_LICENSE"),
        ),
        ("行政拘留", ("DETENTION",)),
        ("其他", ("OTHER",)),
    ],
)
def test_the_penalty_categories_of_v1(cell: str, categories: tuple[str, ...]) -> None:
    row = changed(V1_PENALTY, {"处罚类别1": cell, "处罚类别2": ""})

    assert values_of(row)["categories"] == tuple(PenaltyCategory[name] for name in categories)
