"""Files of registers: whose columns they name, what their cells mean, and that none of their rows is lost."""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TypedDict, cast

import pytest

from loaders.pipeline import FileReport, LoadOptions, load_file
from loaders.sources import SourceRow
from loaders.tables import load_table
from loaders.templates import recognize
from loaders.validation import Draft, Rejected, validate
from records.datasets.enterprise import EnterpriseStatus
from records.errors import TemplateError
from records.intake import Intake
from records.sources import rejections
from records.values import JsonValue
from records.vocabulary import UsageScope
from tests.loaders.rows import COMPANY_CODE, ID_NUMBER, REGISTRATION_NUMBER, TODAY, sheet
from tests.support import DATASETS
from xincha.synthetic import generate
from xincha.synthetic.numbers import registration_number
from xincha.synthetic.writers import ENDINGS, FORMATS, Format

ALL = tuple(DATASETS.values())
ENTERPRISES = DATASETS["enterprises"]
DATA = Path(os.environ.get("XINCHA_DATA", ""))
NAME = "伊川县青禾食品有限公司"


def read(cells: Mapping[str, str]) -> Draft | Rejected:
    template = recognize(sheet(tuple(cells)), ALL)
    assert template.dataset is ENTERPRISES
    outcome = validate(template, SourceRow(2, tuple(cells.values())), TODAY)
    assert outcome is not None
    return outcome


def values(cells: Mapping[str, str]) -> Mapping[str, object]:
    outcome = read({"名称": NAME, "统一社会信用代码": COMPANY_CODE, **cells})
    assert isinstance(outcome, Draft), outcome
    return outcome.values


def warnings(cells: Mapping[str, str]) -> set[str]:
    outcome = read({"名称": NAME, **cells})
    assert isinstance(outcome, Draft), outcome
    return {f"{warning.code} {warning.field}" for warning in outcome.warnings}


def reasons(cells: Mapping[str, str]) -> set[str]:
    outcome = read(cells)
    assert isinstance(outcome, Rejected), outcome
    return {f"{issue.code} {issue.field}" for issue in outcome.issues}


# --- Which columns ---


@pytest.mark.parametrize("template", ENTERPRISES.templates)
@pytest.mark.parametrize("by", ["header", "code"])
def test_every_generation_is_recognized_by_headers_and_by_codes(template: str, by: str) -> None:
    columns = [column for _, column in ENTERPRISES.columns_of(template)]
    written = [column.header if by == "header" else column.key for column in columns]
    found = recognize(sheet(tuple(dict.fromkeys(written))), ALL, template=template)
    assert (found.dataset, found.unknown_headers) == (ENTERPRISES, ())


def test_the_words_of_registers_and_their_variants() -> None:
    for name in ("名称", "企业名称", "主体名称", "机构名称", "name"):
        for code in ("统一社会信用代码", "社会信用代码", "uscc", "code"):
            found = recognize(sheet((name, code, "住所（经营场所）", "法定代表人（负责人）")), ALL)
            assert [c.field.name for c in found.columns] == [
                "subject_name",
                "credit_code",
                "address",
                "legal_representative",
            ]


def test_the_national_system_calls_the_representative_name() -> None:
    outcome = read(
        {
            "entName": NAME,
            "uniscId": COMPANY_CODE,
            "name": "贺青禾",
            "regCap": "100.000000",
            "regCapCur_CN": "人民币",
            "estDate": "1262275200000",
            "opTo": "9999-9-9",
            "regState_CN": "存续（在营、开业、在册）",
        }
    )
    assert isinstance(outcome, Draft)
    found = outcome.values
    assert (found["subject_name"], found["legal_representative"]) == (NAME, "贺青禾")
    assert (found["registered_capital"], found["currency"]) == (Decimal(1_000_000), "CNY")
    assert found["established_on"] == date(2010, 1, 1)
    assert (found["operating_permanently"], "operating_until" in found) == (True, False)
    assert found["status"] is EnterpriseStatus.ACTIVE


def test_an_individual_business_of_the_national_system_has_its_name_in_its_own_column() -> None:
    outcome = read(
        {"traName": "伊川县小满面馆", "uniscId": "92410329MA9K0001XN", "opLoc": "白沙镇"}
    )
    assert isinstance(outcome, Draft)
    assert outcome.values["subject_name"] == "伊川县小满面馆"
    assert outcome.values["address"] == "白沙镇"


def test_of_several_columns_of_a_field_the_first_declared_one_that_is_filled_counts() -> None:
    both = {"经营场所": "高山镇1号", "住所": "白沙镇2号"}
    assert values(both)["address"] == "白沙镇2号"
    assert values({**both, "住所": ""})["address"] == "高山镇1号"
    assert values({"经营者": "段小满", "法定代表人": ""})["legal_representative"] == "段小满"


def test_a_sheet_without_any_code_is_no_table_of_profiles() -> None:
    with pytest.raises(TemplateError, match="统一社会信用代码"):
        recognize(sheet(("名称", "类型", "经营范围", "住所", "登记机关")), ALL)


def test_an_incomplete_table_of_penalties_is_not_taken_for_profiles() -> None:
    headers = (
        "企业名称",
        "统一社会信用代码",
        "法定代表人",
        "住所",
        "行政处罚决定书文号",
        "违法事实",
    )
    with pytest.raises(TemplateError, match="行政处罚"):
        recognize(sheet(headers), ALL)
    assert recognize(sheet(headers), ALL, dataset="enterprises").dataset is ENTERPRISES


def test_personal_columns_of_a_feed_are_recognized_and_sealed() -> None:
    feed = (
        "entname", "uniscid", "name", "certype", "cerno", "tel", "mobtel", "linkman", "email", "Gdmc", "Lxdh", "Lxr",
        "Fddbrzjhm", "股东证件号码", "户籍住址",
    )  # fmt: skip
    found = recognize(sheet(feed[:9]), ALL)
    assert found.unknown_headers == ()
    shown = {f.name for f in ENTERPRISES.public_fields}
    personal = [c.field.name for c in found.columns if c.header in feed[3:]]
    assert len(personal) == 6
    assert not shown & set(personal)
    for header in feed[9:]:
        bound = recognize(sheet(("entname", "uniscid", header)), ALL).columns[-1]
        assert (bound.header, bound.field.name in shown) == (header, False)


# --- What cells mean ---


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("存续", "ACTIVE"), ("在营", "ACTIVE"), ("开业", "ACTIVE"), ("在册", "ACTIVE"), ("在业", "ACTIVE"), ("1", "ACTIVE"),
        ("吊销", "REVOKED"), ("吊销未注销", "REVOKED"), ("吊销，未注销", "REVOKED"), ("撤销", "REVOKED"), ("2", "REVOKED"),
        ("注销", "DEREGISTERED"), ("吊销已注销", "DEREGISTERED"), ("吊销,已注销", "DEREGISTERED"), ("3", "DEREGISTERED"),
        ("迁出", "MOVED_OUT"), ("4", "MOVED_OUT"), ("歇业", "OTHER"), ("K", "ACTIVE"), ("k", "ACTIVE"), ("D", "REVOKED"),
        ("X", "ACTIVE"), ("B", "ACTIVE"), ("C", "REVOKED"), ("DA", "REVOKED"), ("A", "ACTIVE"), ("Q", "ACTIVE"),
        ("Z", "OTHER"), ("冻结", "OTHER"),
    ],
)  # fmt: skip
def test_states(text: str, status: str) -> None:
    found = values({"登记状态": text})
    assert (found["status"], found["status_text"]) == (EnterpriseStatus[status], text)


def test_a_state_that_nobody_states_is_not_made_up() -> None:
    assert values({})["status"] is EnterpriseStatus.OTHER
    assert "status_text" not in values({"登记状态": ""})


@pytest.mark.parametrize(
    "text", ["长期", "2099-12-31", "9999-9-9", "9999-12-31", "永久", "253392422400000"]
)
def test_no_end_of_the_operating_period(text: str) -> None:
    found = values({"营业期限至": text})
    assert (found["operating_permanently"], "operating_until" in found) == (True, False)


def test_the_currency_is_that_of_the_cell_then_of_its_column_then_the_yuan() -> None:
    assert values({"注册资本": "100万美元", "币种": ""})["currency"] == "USD"
    assert values({"注册资本": "100", "币种": "840"})["currency"] == "USD"
    assert values({"注册资本": "100万元", "币种": "港元"})["currency"] == "HKD"
    assert values({"注册资本": "100"})["currency"] == "CNY"
    assert "currency" not in values({"注册资本": "100", "币种": "贝币"})


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("1262275200000", date(2010, 1, 1)),
        ("883584000000", date(1998, 1, 1)),
        ("473356800000", date(1985, 1, 1)),
    ],
)
def test_days_as_milliseconds(moment: str, day: date) -> None:
    assert values({"成立日期": moment})["established_on"] == day


def test_a_unit_in_the_header_counts() -> None:
    assert values({"注册资本（元）": "500000"})["registered_capital"] == 500_000
    assert values({"注册资金(万元)": "50"})["registered_capital"] == 500_000


@pytest.mark.parametrize("text", ["N/A", "", "无", "/"])
def test_missing_capital_is_no_rejection(text: str) -> None:
    assert "registered_capital" not in values({"注册资本": text})


def test_marks_of_search_answers_are_no_part_of_a_name() -> None:
    marked = '伊川县<font color="red">青禾</font>食品有限公司'
    assert values({"名称": marked})["subject_name"] == NAME


def test_is_public_asks_a_question_and_the_usage_scope_counts_from_zero() -> None:
    assert values({"是否公开": "1"})["usage_scope"] is UsageScope.PUBLIC
    assert values({"是否公开": "否"})["usage_scope"] is UsageScope.GOVERNMENT
    assert values({"信息使用范围": "1"})["usage_scope"] is UsageScope.GOVERNMENT


# --- Codes ---


def test_a_registration_number_may_stand_in_the_column_of_the_code() -> None:
    cells = {"统一社会信用代码": REGISTRATION_NUMBER}
    assert warnings(cells) == {"REGISTRATION_NUMBER_AS_CODE credit_code"}
    outcome = read({"名称": NAME, **cells})
    assert isinstance(outcome, Draft)
    assert outcome.values["registration_number"] == REGISTRATION_NUMBER
    assert "credit_code" not in outcome.values


def test_a_registration_number_in_its_own_column_counts_before_one_in_another() -> None:
    own = registration_number("410329", 7)
    outcome = read({"名称": NAME, "注册号": own, "统一社会信用代码": REGISTRATION_NUMBER})
    assert isinstance(outcome, Draft)
    assert outcome.values["registration_number"] == own


def test_a_profile_needs_a_valid_code() -> None:
    needed = {"REQUIRED_MISSING credit_code"}
    assert reasons({"名称": NAME, "统一社会信用代码": ""}) == needed
    assert reasons({"名称": NAME, "统一社会信用代码": "0" * 17 + "X"}) == needed
    assert reasons({"名称": NAME, "注册号": "410329600001235"}) == needed
    assert reasons({"名称": NAME, "统一社会信用代码": COMPANY_CODE[:-1] + "0"}) == {
        "BAD_CREDIT_CODE credit_code"
    }
    assert warnings({"组织机构代码": COMPANY_CODE[8:17]}) == set()


def test_an_id_number_in_place_of_a_registration_number_is_not_kept_for_the_public() -> None:
    found = values({"注册号": ID_NUMBER})
    assert "registration_number" not in found


def test_a_profile_established_in_the_future_is_refused() -> None:
    cells = {"名称": NAME, "统一社会信用代码": COMPANY_CODE, "成立日期": "2027-01-01"}
    assert reasons(cells) == {"DATE_IN_FUTURE established_on"}


# --- Every format, and what real files hold ---


class Expectation(TypedDict):
    line: int
    outcome: str
    expected: dict[str, JsonValue]
    planted: list[str]


def load(path: Path, intake: Intake) -> FileReport:
    return load_file(path, intake, ALL, LoadOptions())


def public_views(intake: Intake) -> list[Mapping[str, JsonValue]]:
    return [record.public for record in intake.store.changes(0, 100_000).records if record.visible]


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_gives_the_profiles_that_were_written(
    tmp_path: Path, intake: Intake, format: Format
) -> None:
    manifest = generate(
        tmp_path, datasets=(ENTERPRISES,), licenses=0, penalties=0, enterprises=60, subjects=30,
        seed=4, today=TODAY, format=format, dirty_share=0.2,
    )  # fmt: skip
    path = tmp_path / f"enterprises.{ENDINGS[format]}"
    (written,) = manifest.files

    if format == "sql":
        report = load_table(f"sqlite:///{path}#enterprises", intake, ALL, LoadOptions())
    else:
        report = load(path, intake)

    assert report.refused is None
    assert (report.counts["read"], report.counts["inserted"]) == (60, written.records)
    assert dict(report.reasons) == written.rejected
    lines = (tmp_path / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [cast("Expectation", json.loads(line)) for line in lines]
    fields = {field.api_name: field.name for field in ENTERPRISES.fields}
    wanted = [
        {fields[name]: value for name, value in e["expected"].items() if name in fields}
        for e in expected
        if e["outcome"] == "visible"
    ]
    views = public_views(intake)
    shown = [{name: view[name] for name in wanted[0]} for view in views]
    assert sorted(shown, key=str) == sorted(wanted, key=str)
    everything = str(views)
    assert not [v for e in expected for v in e["planted"] if v in everything]


def test_the_same_file_twice_changes_nothing(tmp_path: Path, intake: Intake) -> None:
    path = tmp_path / "企业.csv"
    path.write_text(f"名称,统一社会信用代码\n{NAME},{COMPANY_CODE}\n甲,\n", encoding="utf-8")
    load(path, intake)
    again = load(path, intake)
    assert (again.counts["read"], again.counts["unchanged"], again.counts["rejected"]) == (2, 1, 1)


@pytest.mark.skipif(
    "XINCHA_DATA" not in os.environ, reason="XINCHA_DATA names no folder of real files"
)
@pytest.mark.parametrize(
    ("file", "least"), [("registry_sample_20k.csv.gz", 0.995), ("entities_1m_slim.csv.gz", 0.99)]
)
def test_rows_of_real_registers_are_profiles_or_rejected_with_a_reason(
    tmp_path: Path, intake: Intake, file: str, least: float
) -> None:
    with gzip.open(DATA / file, "rt", encoding="utf-8", newline="") as packed:
        rows = list(islice(csv.reader(packed), 5001))
    with (tmp_path / "part.csv").open("w", encoding="utf-8", newline="") as part:
        csv.writer(part).writerows(rows)

    report = load(tmp_path / "part.csv", intake)

    counts = report.counts
    assert report.refused is None
    assert counts["read"] == len(rows) - 1
    assert counts["inserted"] + counts["updated"] + counts["unchanged"] + counts["rejected"] == 5000
    assert counts["inserted"] > least * 5000
    told = list(rejections(intake.store))
    assert len({row["line"] for row in told}) == counts["rejected"]
    assert all(row["code"] and row["message"] and row["fix"] for row in told)


def test_the_envelope_of_an_answer_is_no_profile(tmp_path: Path, intake: Intake) -> None:
    rows = [{"名称": NAME, "统一社会信用代码": COMPANY_CODE}]
    path = tmp_path / "answer.json"
    answer = {"code": 200, "status": "ok", "name": "enterprises", "data": rows}
    path.write_text(json.dumps(answer), encoding="utf-8")
    assert load(path, intake).counts["inserted"] == 1


@pytest.mark.skipif(
    "XINCHA_DATA" not in os.environ, reason="XINCHA_DATA names no folder of real files"
)
def test_odd_rows_of_real_registers_are_profiles_or_rejections_and_none_is_lost(
    tmp_path: Path, intake: Intake
) -> None:
    headers = (
        "name", "code", "registration_day", "character", "legal_representative", "capital", "business_scope",
        "province", "city", "address",
    )  # fmt: skip
    with gzip.open(DATA / "malformed_rows.csv.gz", "rt", encoding="utf-8", newline="") as packed:
        rows = [row[3:] for row in csv.reader(packed)][1:]
    with (tmp_path / "odd.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *rows])

    report = load(tmp_path / "odd.csv", intake)

    told = list(rejections(intake.store))
    assert report.counts["read"] == len(rows) == 781
    assert len({row["line"] for row in told}) == report.counts["rejected"] < 300
    assert all(row["code"] and row["message"] and row["fix"] for row in told)
