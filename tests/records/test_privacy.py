"""The one mask of each class, the public view of a row, and what counts as a personal query."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.datasets import declared_datasets
from records.fields import Record, column
from records.identifiers import registration_check_digit
from records.masks import mask_address, mask_name
from records.privacy import has_personal_shape, mask, masked_input, public_view
from records.publicity import without_end
from records.surnames import COMPOUND
from records.vocabulary import PersonalData, Scope, SubjectKind, Text
from tests import support
from tests.support import COMPANY_CODE, LICENSES, PENALTIES, penalty

COMPANY, BUSINESS, PERSON = SubjectKind


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张*"),
        ("張三豐", "張*"),
        ("欧阳娜娜", "欧阳*"),
        ("欧阳娜", "欧阳*"),
        ("欧阳", "欧*"),
        ("司马相如", "司马*"),
        ("张 三", "张*"),
        (" 张三 ", "张*"),
        ("\u200b张三", "张*"),
        ("张三（曾用名张小三）", "张*"),
        ("阿依古丽·买买提", "阿*"),
        ("John Smith", "J*"),
        ("Ｊｏｈｎ", "J*"),
        ("Ольга Иванова", "О*"),
        ("张三、李四", "张*、李*"),
        ("张三，李四,王五;赵六；孙七/周八", "张*，李*,王*;赵*；孙*/周*"),
        ("410329199001011234", "*"),
        ("*三", "*"),
        ("张", "张*"),
    ],
)
def test_names_keep_their_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked
    assert mask(PersonalData.PERSON_NAME, name) == masked


@pytest.mark.parametrize("nothing", ["", " ", "\u3000"])
def test_no_name_is_no_mask(nothing: str) -> None:
    assert mask_name(nothing) is None
    assert mask_address(nothing) is None


@given(st.text("张王李欧阳司马小明三四·AbЖ \u200b", min_size=1, max_size=12))
def test_a_masked_name_shows_at_most_a_surname(name: str) -> None:
    masked = mask_name(name)
    if masked is not None:
        assert masked.endswith("*")
        assert len(masked) <= 2 or masked[:2] in COMPOUND


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("河南省洛阳市伊川县城关镇人民路1号", "河南省洛阳市伊川县城关镇"),
        ("洛阳市伊川县水寨镇杨楼村三组17号", "洛阳市伊川县水寨镇"),
        ("伊川县城关镇市场路1号", "伊川县城关镇"),
        ("城关镇人民路1号", "城关镇"),
        ("河南省郑州市金水区文化路街道1号", "河南省郑州市金水区"),
        ("河南省 洛阳市 伊川县 白沙镇 白沙村", "河南省洛阳市伊川县白沙镇"),
        ("北京市海淀区中关村大街1号", "北京市海淀区"),
        ("内蒙古自治区锡林郭勒盟多伦县", "内蒙古自治区锡林郭勒盟多伦县"),
        ("广西壮族自治区桂林市恭城瑶族自治县莲花镇1号", "广西壮族自治区桂林市恭城瑶族自治县莲花镇"),
        ("伊川县人民路1号", "伊川县"),
        ("人民路1号", None),
        ("17号", None),
        ("张三家", None),
    ],
)
def test_addresses_end_with_the_township(address: str, masked: str | None) -> None:
    assert mask_address(address) == masked


NO_VALUE = [
    c
    for c in PersonalData
    if c not in {PersonalData.PERSON_NAME, PersonalData.ADDRESS, PersonalData.FREE_TEXT}
]


@pytest.mark.parametrize("personal", NO_VALUE)
def test_everything_else_shows_no_value_at_all(personal: PersonalData) -> None:
    assert mask(personal, "410329199001011234") is None


def test_free_text_is_redacted() -> None:
    assert mask(PersonalData.FREE_TEXT, "电话13800138642") == "电话【电话】"


# --- What must come through ---


def test_a_companys_record_comes_through_whole() -> None:
    values = penalty()
    view = public_view(PENALTIES, values, COMPANY)
    for name in (
        "subject_name",
        "credit_code",
        "document_number",
        "violation",
        "facts",
        "legal_basis",
        "category_text",
        "content",
        "authority",
        "authority_code",
        "provider",
    ):
        assert view[name] == values[name], name
    assert view["fine_amount"] == "20000"
    assert view["decision_date"] == "2026-09-01"
    assert view["categories"] == ["FINE"]
    assert view["permanent"] is True
    assert view["legal_representative"] == "贺*"


def test_the_view_has_every_public_and_provenance_field_and_no_other() -> None:
    for dataset in declared_datasets():
        expected = {f.name for f in dataset.fields if f.scope is not Scope.SEALED}
        assert set(public_view(dataset, {}, PERSON)) == expected


def test_values_without_text_are_plain_json() -> None:
    view = public_view(
        PENALTIES, penalty(fine_amount=Decimal("0.10"), valid_until=date(2027, 1, 1)), COMPANY
    )
    assert (view["fine_amount"], view["valid_until"]) == ("0.10", "2027-01-01")


@pytest.mark.parametrize(
    "name",
    [
        "伊川县青禾食品有限公司",
        "青禾（洛阳）商贸有限公司",
        "洛阳410便民超市有限公司",
        "贺青禾食品有限公司",
        "中共伊川县委员会",
        "Acme Trading Co Ltd",
    ],
)
def test_names_of_organizations_stay_readable(name: str) -> None:
    view = public_view(PENALTIES, penalty(subject_name=name, facts=f"{name}未按规定公示"), COMPANY)
    assert view["subject_name"] == name
    assert view["facts"] == f"{name}未按规定公示"


def test_a_trade_name_stays_and_the_operator_in_brackets_does_not() -> None:
    values = penalty(subject_name="城关镇青禾饭店（贺青禾）")
    assert public_view(PENALTIES, values, BUSINESS)["subject_name"] == "城关镇青禾饭店（贺*）"


@pytest.mark.parametrize("representative", ["洛阳青禾控股有限公司", "伊川县人民政府"])
def test_an_organization_as_representative_stays_readable(representative: str) -> None:
    values = penalty(legal_representative=representative, facts=f"{representative}出资")
    view = public_view(PENALTIES, values, COMPANY)
    assert view["legal_representative"] == representative
    assert view["facts"] == f"{representative}出资"


def test_representatives_may_be_published_but_not_those_of_a_masked_business() -> None:
    values = penalty(facts="贺青禾到场")
    view = public_view(PENALTIES, values, COMPANY, publish_legal_representatives=True)
    assert (view["legal_representative"], view["facts"]) == ("贺青禾", "贺青禾到场")
    masked = penalty(subject_name="贺青禾")
    view = public_view(PENALTIES, masked, BUSINESS, publish_legal_representatives=True)
    assert (view["subject_name"], view["legal_representative"]) == ("贺*", "贺*")


NUMBERS = [
    "伊食许〔2026〕7号",
    "JY14103290012345",
    "豫交运管许可洛字410329001234号",
    "C4103292010017120056789",
    f"{COMPANY_CODE}001V",
    COMPANY_CODE,
    "4103292026000123",
    "（2026）豫0329行审123号",
    "豫C危化经字[2026]000123",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("kind", [COMPANY, BUSINESS])
def test_document_numbers_come_through_whole(number: str, kind: SubjectKind) -> None:
    view = public_view(
        LICENSES, support.license(license_number=number, document_number=number), kind
    )
    assert (view["license_number"], view["document_number"]) == (number, number)


def test_a_document_number_of_16_digits_stays_unless_it_passes_as_a_card() -> None:
    by_luhn = {
        number: public_view(LICENSES, support.license(document_number=number), COMPANY)[
            "document_number"
        ]
        for number in (f"410329202600012{n}" for n in range(10))
    }
    assert list(by_luhn.values()).count(None) == 1


def test_own_registration_number_as_license_number_stays() -> None:
    number = "41032900001234" + registration_check_digit("41032900001234")
    values = support.license(license_number=number, registration_number=number)
    assert public_view(LICENSES, values, COMPANY)["license_number"] == number


def test_the_rows_own_passport_is_no_license_number() -> None:
    values = support.license(
        license_number="证E-123 4567", legal_representative_id_number="E1234567"
    )
    assert public_view(LICENSES, values, COMPANY)["license_number"] is None


def test_a_name_within_a_document_number_is_masked() -> None:
    values = support.license(document_number="贺青禾〔2026〕7号")
    assert public_view(LICENSES, values, COMPANY)["document_number"] == "贺*〔2026〕7号"


def test_authorities_keep_their_names_but_hold_no_persons() -> None:
    values = penalty(authority="伊川县贺青禾镇人民政府", provider="贺青禾")
    view = public_view(PENALTIES, values, COMPANY)
    assert view["authority"] == "伊川县贺青禾镇人民政府"
    assert view["provider"] == "贺*"


def test_codes_are_shown_in_normal_form_only_when_valid() -> None:
    values = penalty(credit_code=COMPANY_CODE.lower(), authority_code="123")
    view = public_view(PENALTIES, values, COMPANY)
    assert (view["credit_code"], view["authority_code"]) == (COMPANY_CODE, None)


# --- A dataset with every class of personal data: nothing depends on the two that exist ---


class Contact(Record, name="contacts", label="联系", publicity=without_end()):
    """Every class of personal data in a column of its own."""

    subject_name: Text = column("名称", personal=PersonalData.PERSON_NAME)
    address: Text = column("住所", personal=PersonalData.ADDRESS)
    phone: Text = column("电话", personal=PersonalData.PHONE)
    account: Text = column("账号", personal=PersonalData.BANK_ACCOUNT)
    plate: Text = column("车牌", personal=PersonalData.PLATE)
    email: Text = column("邮箱", personal=PersonalData.EMAIL)
    note: Text = column("说明", personal=PersonalData.FREE_TEXT)


CONTACT = {
    "subject_name": "城关镇青禾饭店",
    "address": "伊川县城关镇翠竹苑2号楼301室",
    "phone": "6830 6642",
    "account": "41001234567",
    "plate": "豫C8K642",
    "email": "he@example.com",
    "note": "住翠竹苑2号楼301室，68306642，41001234567",
}


@pytest.mark.parametrize("kind", SubjectKind)
def test_every_class_is_masked_in_any_dataset(kind: SubjectKind) -> None:
    view = public_view(Contact.dataset, CONTACT, kind)
    assert [view[n] for n in ("phone", "account", "plate", "email")] == [None] * 4
    assert view["address"] == (CONTACT["address"] if kind is COMPANY else "伊川县城关镇")
    assert "6642" not in str(view["note"])
    assert "1234567" not in str(view["note"])
    assert "翠竹苑" not in str(view["note"])


def test_a_public_field_declared_personal_is_masked_for_everybody() -> None:
    field = replace(Contact.dataset["phone"], personal=PersonalData.ID_NUMBER)
    assert field.masked_for(COMPANY)


# --- Rejections and queries ---


def test_reports_quote_what_is_wrong_and_no_more() -> None:
    assert masked_input("91410329MA3X12345I", {}) == "91410329MA3X12345I"
    assert masked_input("2026-13-45", {"subject_name": "张三"}) == "2026-13-45"
    assert masked_input("张三", {"subject_name": "张三"}) == "张*"
    assert masked_input("410329199001011234", {}) == "【身份证号】"
    assert masked_input("4.10329E+17", {}) == "4.10329E+17"
    assert masked_input("", {}) == ""


def test_reports_quote_at_most_40_characters() -> None:
    assert len(masked_input("违" * 100, {})) == 40


@pytest.mark.parametrize(
    "query",
    [
        "410329199001011234", "41032919900101123x", "４１０３２９１９９００１０１１２３４", "4103 2919 9001 0112 34",
        "410329620312002", "13800138642", "138-0013-8642", "+86 13800138642", "一三八〇〇一三八六四二", "0379-68306642",
        "6222021702008642118", "6222 0217 0200 8642 118", "T410329199001011234", "41032919900101123401",
        "张三13800138642", "王五6222021702008642118", "13800138642一部",
        "身份证号410329199001011234", "张三 410329199001011234", " 410329199001011234 ", "999999999999999",
        "911124198108030024", "91112419810803002", "911124198108030025",
    ],
)  # fmt: skip
def test_personal_queries(query: str) -> None:
    assert has_personal_shape(query)


@pytest.mark.parametrize(
    "query",
    [
        "", "伊川县青禾食品有限公司", "伊市监罚〔2026〕15号", COMPANY_CODE, COMPANY_CODE.lower(), "4103292026000123", "2026", "12345",
        "41032900001234" + registration_check_digit("41032900001234"), "MA000000-7", "豫C", "68306642", "张三", "JY14103290012345",
        "二〇二六年", "2026-01-05",
        # Codes of businesses with a wrong, a missing or two swapped characters, and the beginning of one.
        "914103292230334418", "9141032922303344", "91410329223033448", "914103292203334408", "914103291004368", "92410329071923973B",
    ],
)  # fmt: skip
def test_queries_that_are_not_personal(query: str) -> None:
    assert not has_personal_shape(query)


@given(st.text(max_size=64))
def test_any_query_gets_an_answer(query: str) -> None:
    assert isinstance(has_personal_shape(query), bool)


def test_notes_beside_a_name_are_no_names() -> None:
    values = penalty(
        subject_name="张三（个体工商户）",
        legal_representative="张三",
        facts="个体工商户张三无照经营",
    )
    assert public_view(PENALTIES, values, BUSINESS)["facts"] == "个体工商户张*无照经营"


@pytest.mark.parametrize(
    ("authority", "shown"),
    [("诸葛思远", "诸葛*"), ("段小满", "段*"), ("伊川县局", "伊川县局"), ("县住建局", "县住建局")],
)
def test_a_person_in_place_of_an_authority_is_masked(authority: str, shown: str) -> None:
    view = public_view(PENALTIES, penalty(authority=authority), COMPANY)

    assert view["authority"] == shown
