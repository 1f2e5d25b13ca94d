"""Profiles in the store: one a subject, the later row counts, nobody's but an enterprise's."""

from __future__ import annotations

from datetime import date

import pytest

from records.by_hand import dispute
from records.datasets.enterprise import EnterpriseStatus
from records.errors import RecordError
from records.intake import Intake, Stated
from records.privacy import public_view
from records.publicity import REASONS
from records.sources import Origin, SourceRun
from records.stored import RecordState, StoredRecord
from records.subject_kind import decide_kind
from records.values import Value
from records.vocabulary import PersonalData, Scope, SubjectKind
from tests import support
from tests.support import COMPANY_CODE, DATASETS, incoming
from xincha.synthetic.numbers import credit_code, registration_number

ENTERPRISES = DATASETS["enterprises"]
NUMBER = registration_number("410329", 3)
SHOP_CODE = credit_code("92", "410329", 5)
COMPANY, BUSINESS, PERSON = SubjectKind


def profile(**values: Value) -> dict[str, Value]:
    """A profile as validation hands it over, changed by `values`."""
    row: dict[str, Value] = {
        "subject_name": "伊川县青禾食品有限公司",
        "credit_code": COMPANY_CODE,
        "legal_representative": "贺青禾",
        "enterprise_type": "有限责任公司",
        "established_on": date(2016, 4, 1),
        "status": EnterpriseStatus.ACTIVE,
        "status_text": "存续",
        "address": "伊川县城关镇人民路1号",
        "business_scope": "食品生产、销售。",
        "operating_permanently": True,
    }
    return {name: value for name, value in (row | values).items() if value is not None}


def kept(intake: Intake) -> list[StoredRecord]:
    return list(intake.store.changes(0, 100).records)


def take(intake: Intake, row: dict[str, Value], template: str = "REGISTER") -> None:
    """Load a file of its own with this row."""
    checksum = f"{intake.store.revision()}"
    run = SourceRun.begin(intake.store, Origin("f.csv", "", checksum, ENTERPRISES.name, template))
    record = incoming(intake, row, dataset=ENTERPRISES, kind=decide_kind(row).kind)
    support.take(intake, run, [record], stated=Stated(ENTERPRISES, template))
    run.finish()


def shown(**values: Value) -> dict[str, object]:
    row = profile(**values)
    return {**public_view(ENTERPRISES, row, decide_kind(row).kind)}


# --- One a subject ---


def test_a_later_row_replaces_the_profile_whole(intake: Intake) -> None:
    take(intake, profile(organization_code="x"))
    (first,) = kept(intake)
    take(intake, profile(subject_name="伊川县青禾粮油有限公司", address=None))
    (second,) = kept(intake)
    assert (second.id, second.revision > first.revision) == (first.id, True)
    assert second.public["subject_name"] == "伊川县青禾粮油有限公司"
    assert second.public["address"] is None


def test_a_row_of_another_generation_replaces_it_too(intake: Intake) -> None:
    take(intake, profile(approved_on=date(2020, 1, 1)), template="REGISTER")
    take(intake, profile(status=EnterpriseStatus.DEREGISTERED), template="DATABASE")
    (found,) = kept(intake)
    assert (found.template, found.public["status"]) == ("DATABASE", "DEREGISTERED")
    assert found.public["approved_on"] is None


def test_all_codes_of_one_organization_give_one_profile(intake: Intake) -> None:
    take(intake, profile())
    take(intake, profile(credit_code=None, organization_code=COMPANY_CODE[8:17]))
    assert len(kept(intake)) == 1


def test_a_registration_number_alone_gives_one_profile_whatever_the_name(intake: Intake) -> None:
    take(intake, profile(credit_code=None, registration_number=NUMBER))
    renamed = profile(
        credit_code=None, registration_number=NUMBER, subject_name="伊川县青禾粮油有限公司"
    )
    take(intake, renamed)
    (found,) = kept(intake)
    assert found.public["subject_name"] == "伊川县青禾粮油有限公司"


def test_profiles_of_two_organizations_of_one_name_are_two(intake: Intake) -> None:
    take(intake, profile())
    take(intake, profile(credit_code=credit_code("91", "410329", 9)))
    assert len(kept(intake)) == 2


# --- Publicity ---


def test_a_profile_is_public_without_end_from_its_first_day() -> None:
    found = ENTERPRISES.publicity(profile(), COMPANY)
    assert (found.published, found.public_from, found.public_until) == (
        True,
        date(2016, 4, 1),
        None,
    )
    approved = profile(established_on=None, approved_on=date(2020, 1, 1))
    assert ENTERPRISES.publicity(approved, COMPANY).public_from == date(2020, 1, 1)
    assert ENTERPRISES.publicity(profile(established_on=None), COMPANY).undated


@pytest.mark.parametrize("status", EnterpriseStatus)
def test_a_profile_stays_whatever_its_state(intake: Intake, status: EnterpriseStatus) -> None:
    take(intake, profile(status=status))
    assert [record.state for record in kept(intake)] == [RecordState.PUBLISHED]


def test_a_profile_that_may_be_a_persons_is_never_public(intake: Intake) -> None:
    named_as_a_person = profile(subject_name="贺青禾", credit_code=COMPANY_CODE)
    assert decide_kind(named_as_a_person).kind is PERSON
    take(intake, named_as_a_person)
    assert [record.state for record in kept(intake)] == [RecordState.HIDDEN]
    reason = ENTERPRISES.publicity(named_as_a_person, PERSON).reason
    assert reason in REASONS


def test_a_profile_has_no_state_of_objection(intake: Intake) -> None:
    take(intake, profile())
    (found,) = kept(intake)
    with pytest.raises(RecordError, match="objection"):
        dispute(intake, (ENTERPRISES,), found.id)


# --- What is shown ---


def test_a_company_shows_all_but_its_people() -> None:
    view = shown(former_names="伊川县青禾粮油有限公司；贺青禾")
    assert view["subject_name"] == "伊川县青禾食品有限公司"
    assert view["address"] == "伊川县城关镇人民路1号"
    assert view["legal_representative"] == "贺*"
    assert view["former_names"] == "伊川县青禾粮油有限公司；贺*"


def test_codes_of_an_organization_are_shown() -> None:
    view = shown(registration_number=NUMBER, organization_code=COMPANY_CODE[8:17])
    assert (view["credit_code"], view["registration_number"], view["organization_code"]) == (
        COMPANY_CODE,
        NUMBER,
        COMPANY_CODE[8:17],
    )


def test_an_individual_business_shows_its_township_only() -> None:
    view = shown(subject_name="伊川县白沙镇小满面馆", credit_code=SHOP_CODE)
    assert (view["subject_name"], view["address"]) == ("伊川县白沙镇小满面馆", "伊川县城关镇")


def test_an_individual_business_called_like_its_operator_is_masked() -> None:
    view = shown(subject_name="贺青禾", credit_code=SHOP_CODE, former_names="贺小禾")
    assert (view["subject_name"], view["former_names"]) == ("贺*", "贺*")
    assert view["credit_code"] == SHOP_CODE


@pytest.mark.parametrize("written", ["个体工商户", "个体户", "个体", "9500", "9550"])
def test_what_the_register_calls_an_individual_business_is_masked_like_one(written: str) -> None:
    assert decide_kind(profile(enterprise_type=written)).kind is BUSINESS
    assert decide_kind(profile(enterprise_type="有限责任公司")).kind is COMPANY


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("currency", "CNY"), ("industry", "金融业"), ("industry", "房地产业"), ("enterprise_type", "普通合伙"),
        ("enterprise_type", "国有独资"), ("enterprise_type", "有限责任公司(自然人投资或控股)"),
    ],
)  # fmt: skip
def test_words_of_registers_are_not_taken_for_names(field: str, value: str) -> None:
    assert shown(**{field: value})[field] == value


def test_people_of_a_feed_are_shown_nowhere() -> None:
    people: dict[str, Value] = {
        "legal_representative_id_number": "410329198601010012",
        "phone": "0379-68330001",
        "mobile": "13837910001",
        "contact": "段小满",
        "email": "a1@example.com",
        "shareholders": "段小满、贺青禾",
        "shareholder_id_number": "410329198601010039",
        "home_address": "伊川县白沙镇杨楼村3组9号",
    }
    scope = "食品销售，联系人段小满，电话13837910001。"
    view = str(shown(business_scope=scope, **people))
    assert not [value for value in people.values() if str(value) in view]
    assert "段小满" not in view


def test_every_personal_column_is_sealed_or_has_a_mask() -> None:
    numbers = set(PersonalData) - {
        PersonalData.PERSON_NAME,
        PersonalData.ADDRESS,
        PersonalData.FREE_TEXT,
    }
    for field in ENTERPRISES.fields:
        assert field.personal not in numbers or field.scope is Scope.SEALED, field.name
