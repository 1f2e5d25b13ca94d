"""The vocabulary of declarations: what a class says is what the rest of the system reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.dataset import Dataset, ValueType
from records.datasets import declared_datasets
from records.errors import DeclarationError
from records.fields import TEN_THOUSAND_YUAN, Record, at, column
from records.publicity import without_end
from records.values import Value, from_json, record_from_json, record_to_json, to_json
from records.vocabulary import (
    CodeTable,
    CreditCode,
    PenaltyCategory,
    PersonalData,
    RecordStatus,
    Scope,
    SubjectKind,
    Text,
    entry,
)
from tests.support import LICENSES, PENALTIES

PERSONS = frozenset({SubjectKind.NATURAL_PERSON})


class Color(CodeTable):
    """A code table of this test."""

    RED = entry("红", "1")
    OTHER = entry("其他")


class Block(Record):
    """Fields shared by several datasets."""

    subject_name: Text = column(
        "名称", "{p}_MC", also=("{p}_NAME",), required=True, personal=PersonalData.PERSON_NAME
    )


class RoadPermit(
    Block,
    name="road_permits",
    label="道路许可",
    publicity=without_end(),
    templates=("2", "1"),
    prefix="DL",
):
    """A dataset of this test."""

    credit_code: CreditCode = column("代码", "DL_DM", required=PERSONS)
    paid_amount: Decimal = column(
        "金额（万元）",
        at("2", code="JE"),
        at("1", code="JE1", header="金额", unit=Decimal(1)),
        unit=TEN_THOUSAND_YUAN,
    )
    issued_on: date = column("日期", "RQ", permanent_as="forever")
    color: Color = column(
        "颜色",
        at("1", code="YS", required=False, meanings={"9": Color.RED}),
        required=True,
        raw_as="color_text",
    )
    colors: tuple[Color, ...] = column("各色", "GS")
    closed: bool = column("关闭", scope=Scope.SEALED)
    address: Text = column("住所", "ZS", personal=PersonalData.ADDRESS)


PERMIT: Dataset = RoadPermit.dataset


def test_names_follow_from_the_class() -> None:
    assert (PERMIT.name, PERMIT.type_name, [*PERMIT.kinds], PERMIT.api_name) == (
        "road_permits", "RoadPermit", ["ROAD_PERMIT"], "roadPermits",
    )  # fmt: skip
    assert PERMIT.description == "A dataset of this test."


def test_types_follow_from_the_annotations() -> None:
    assert {f.name: f.type for f in PERMIT.fields} == {
        "subject_name": ValueType.TEXT,
        "credit_code": ValueType.CREDIT_CODE,
        "paid_amount": ValueType.MONEY,
        "issued_on": ValueType.DATE,
        "forever": ValueType.FLAG,
        "color": ValueType.CODE,
        "color_text": ValueType.TEXT,
        "colors": ValueType.CODES,
        "closed": ValueType.FLAG,
        "address": ValueType.TEXT,
    }
    assert PERMIT["color"].table is Color
    assert PERMIT["colors"].table is Color


def test_inherited_blocks_come_first_and_take_the_prefix() -> None:
    name = PERMIT.fields[0]
    assert (name.name, name.codes, name.also) == ("subject_name", ("DL_MC",), ("DL_NAME",))


def test_a_column_may_differ_between_generations() -> None:
    amount = PERMIT["paid_amount"]
    (new,), (old,) = amount.columns_in("2"), amount.columns_in("1")
    assert (new.code, new.header, new.unit) == ("JE", "金额（万元）", Decimal(10_000))
    assert (old.code, old.header, old.unit) == ("JE1", "金额", Decimal(1))
    assert amount.codes == ("JE", "JE1")


def test_required_is_for_everybody_for_some_or_for_nobody() -> None:
    required = {f.name: c.required for f, c in PERMIT.columns_of("1")}
    assert required["subject_name"] == frozenset(SubjectKind)
    assert required["credit_code"] == PERSONS
    assert required["color"] == frozenset()


def test_derived_fields_have_no_column_and_know_where_they_come_from() -> None:
    for name, source in (("color_text", "color"), ("forever", "issued_on")):
        derived = PERMIT[name]
        assert (derived.columns, derived.derived_from) == ((), source)
    assert PERMIT["color_text"].personal is PersonalData.FREE_TEXT
    assert PERMIT["issued_on"].type is ValueType.DATE


def test_api_names_are_camel_case() -> None:
    assert PERMIT["paid_amount"].api_name == "paidAmount"
    assert PERMIT["subject_name"].api_name == "subjectName"


def test_masked_fields_follow_from_declaration_and_kind_only() -> None:
    assert PERMIT.masked_fields(SubjectKind.LEGAL_ENTITY) == ("colorText",)
    for kind in (SubjectKind.NATURAL_PERSON, SubjectKind.INDIVIDUAL_BUSINESS):
        assert PERMIT.masked_fields(kind) == ("subjectName", "colorText", "address")


def test_an_unknown_field_is_none_or_an_error() -> None:
    assert PERMIT.get("nothing") is None
    with pytest.raises(KeyError):
        PERMIT["nothing"]


def test_sealed_fields_are_no_public_fields() -> None:
    assert "closed" not in {f.name for f in PERMIT.public_fields}


def test_a_dataset_needs_label_and_publicity() -> None:
    with pytest.raises(DeclarationError) as raised:
        type("Nameless", (Record,), {}, name="nameless")
    assert raised.value.suggestion


def test_a_dataset_needs_to_say_who_it_is_about() -> None:
    with pytest.raises(DeclarationError, match="subject_name"):
        type("Empty", (Record,), {}, name="empty", label="空", publicity=without_end())


def test_a_type_that_is_not_known_is_refused() -> None:
    body = {"__annotations__": {"weight": float}, "weight": column("重量")}
    with pytest.raises(DeclarationError, match="weight"):
        type("Heavy", (Block,), body, name="heavy", label="重", publicity=without_end())


# --- The official tables, as printed in 发改办财金〔2018〕424号 and its predecessor and revision ---

SHARED = "XDR_MC XDR_LB XDR_SHXYM XDR_GSZC XDR_ZZJG XDR_SWDJ XDR_SYDW XDR_SHZZ FRDB FR_ZJLX FR_ZJHM XDR_ZJLX XDR_ZJHM"
LICENSE_V2_1 = [f"XK_{code}" for code in SHARED.split()] + [
    "XK_XKWS",
    "XK_WSH",
    "XK_XKLB",
    "XK_XKZS",
    "XK_XKBH",
    "XK_NR",
    "XK_JDRQ",
    "XK_YXQZ",
    "XK_YXQZI",
    "XK_XKJG",
    "XK_XKJGDM",
    "XK_ZT",
    "XK_LYDW",
    "XK_LYDWDM",
    "BZ",
]
PENALTY_V2_1 = [f"CF_{code}" for code in SHARED.split()] + [
    "CF_WSH",
    "CF_WFXW",
    "CF_SY",
    "CF_YJ",
    "CF_CFLB",
    "CF_NR",
    "CF_NR_FK",
    "CF_NR_WFFF",
    "CF_NR_ZKDX",
    "CF_JDRQ",
    "CF_YXQ",
    "CF_GSJZQ",
    "CF_CFJG",
    "CF_CFJGDM",
    "CF_SJLY",
    "CF_SJLYDM",
    "BZ",
]


@pytest.mark.parametrize(
    ("dataset", "template", "codes"),
    [
        (LICENSES, "V2.1", LICENSE_V2_1),
        (PENALTIES, "V2.1", PENALTY_V2_1),
        (
            LICENSES,
            "V1",
            [
                "XK_WSH",
                "XK_XMMC",
                "XK_BM",
                "XK_SPLB",
                "XK_NR",
                "XK_XDR",
                "XK_XDR_SHXYM",
                "XK_XDR_ZDM",
                "XK_XDR_GSDJ",
                "XK_XDR_SWDJ",
                "XK_XDR_SFZ",
                "XK_FR",
                "XK_JDRQ",
                "XK_JZQ",
                "XK_XZJG",
                "XK_ZT",
                "DFBM",
                "SJC",
                "BZ",
                "XK_SYFW",
            ],
        ),
        (
            PENALTIES,
            "V1",
            [
                "CF_WSH",
                "CF_CFMC",
                "CF_BM",
                "CF_CFLB1",
                "CF_CFLB2",
                "CF_SY",
                "CF_YJ",
                "CF_XDR_MC",
                "CF_XDR_SHXYM",
                "CF_XDR_ZDM",
                "CF_XDR_GSDJ",
                "CF_XDR_SWDJ",
                "CF_XDR_SFZ",
                "CF_FR",
                "CF_JG",
                "CF_JDRQ",
                "CF_XZJG",
                "CF_ZT",
                "DFBM",
                "SJC",
                "BZ",
                "CF_SYFW",
                "CF_SXYZCD",
                "CF_GSJZQ",
            ],
        ),
    ],
)
def test_columns_stand_in_the_order_of_the_official_table(
    dataset: Dataset, template: str, codes: list[str]
) -> None:
    assert [c.code for _, c in dataset.columns_of(template)] == codes


@pytest.mark.parametrize(("dataset", "columns"), [(LICENSES, 26), (PENALTIES, 28)])
def test_the_second_generation_has_neither_category_nor_type_of_document(
    dataset: Dataset, columns: int
) -> None:
    names = [f.name for f, _ in dataset.columns_of("V2")]
    assert len(names) == columns
    assert "subject_category" not in names


def test_the_numbering_of_codes_is_swapped_between_the_generations() -> None:
    headers = {
        t: {c.header: f.name for f, c in LICENSES.columns_of(t) if "代码_" in c.header}
        for t in ("V1", "V2")
    }
    assert (
        headers["V1"]["行政相对人代码_2(组织机构代码)"]
        == headers["V2"]["行政相对人代码_3(组织机构代码)"]
    )
    assert headers["V1"]["行政相对人代码_5(居民身份证号)"] == "resident_id_number"
    assert headers["V2"]["行政相对人代码_5(事业单位证书号)"] == "institution_number"


def test_the_state_is_inverted_between_the_generations() -> None:
    meanings = {t: LICENSES["status"].columns_in(t)[0].meanings["1"] for t in ("V1", "V2.1")}
    assert meanings == {"V1": RecordStatus.REVOKED, "V2.1": RecordStatus.VALID}


def test_money_columns_of_the_templates_are_in_ten_thousand_yuan() -> None:
    for name in ("fine_amount", "confiscated_amount"):
        assert {c.unit for c in PENALTIES[name].columns} == {TEN_THOUSAND_YUAN}


def test_everything_that_may_hold_an_id_number_is_declared_so_and_sealed_or_tested() -> None:
    for dataset in declared_datasets():
        for field in dataset.fields:
            if "身份证" in field.label or "证件号码" in field.label or "税务" in field.label:
                assert field.personal is PersonalData.ID_NUMBER, field.name
                assert field.scope is Scope.SEALED, field.name


def test_every_field_is_described_by_its_official_name_and_used_once() -> None:
    for dataset in declared_datasets():
        names = [f.name for f in dataset.fields]
        assert len(names) == len(set(names))
        assert all(f.label for f in dataset.fields)


# --- Values and their JSON form ---


@pytest.mark.parametrize(
    ("name", "value", "raw"),
    [
        ("subject_name", "张三", "张三"),
        ("paid_amount", Decimal("20000.50"), "20000.50"),
        ("paid_amount", Decimal("1E+5"), "100000"),
        ("issued_on", date(2026, 1, 5), "2026-01-05"),
        ("color", Color.RED, "RED"),
        ("colors", (Color.RED, Color.OTHER), ["RED", "OTHER"]),
        ("colors", (), []),
        ("closed", False, False),
        ("address", None, None),
    ],
)
def test_values_go_to_json_and_back(name: str, value: Value, raw: object) -> None:
    written = to_json(value)
    assert written == raw
    assert from_json(PERMIT[name], written) == value


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "facts": st.text(),
            "fine_amount": st.decimals(0, 10**9, places=2),
            "decision_date": st.dates(),
            "status": st.sampled_from(RecordStatus),
            "categories": st.lists(st.sampled_from(PenaltyCategory)).map(tuple),
            "permanent": st.booleans(),
            "remark": st.none(),
        },
    )
)
def test_records_go_to_json_and_back(values: dict[str, Value]) -> None:
    back = record_from_json(PENALTIES, record_to_json(PENALTIES, values))
    assert back == {name: value for name, value in values.items() if value is not None}


def test_names_that_are_no_longer_declared_are_left_out() -> None:
    assert record_from_json(PENALTIES, {"facts": "x", "gone": "y"}) == {"facts": "x"}


@pytest.mark.parametrize(("name", "raw"), [("color", "BLUE"), ("colors", ["BLUE"])])
def test_a_code_that_is_not_in_its_table_is_refused(name: str, raw: str | list[str]) -> None:
    with pytest.raises(KeyError):
        from_json(PERMIT[name], raw)


def test_codes_of_a_field_without_table_are_refused() -> None:
    with pytest.raises(ValueError, match="no code table"):
        from_json(PERMIT["address"], ["RED"])


def test_a_flag_cannot_be_filtered() -> None:
    with pytest.raises(DeclarationError, match="urgent"):

        class Urgent(Record, name="urgent", label="加急", publicity=without_end()):
            subject_name: Text = column("名称")
            urgent: bool = column("是否加急", filter=True)
