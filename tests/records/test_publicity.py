"""May a record be published, from when until when: both regimes, every class, every exception."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identifiers import id_check_character
from records.policy import PublicityClass, add_months, term_for
from records.publicity import REASONS, Publicity
from records.values import Value
from records.vocabulary import PenaltyCategory, RecordStatus, SubjectKind, UsageScope
from tests import support
from tests.support import LICENSES, PENALTIES, penalty

Category = PenaltyCategory
COMPANY, PERSON = SubjectKind.LEGAL_ENTITY, SubjectKind.NATURAL_PERSON
BEFORE, SINCE = date(2026, 3, 31), date(2026, 4, 1)


def publicity(kind: SubjectKind = COMPANY, /, **values: Value) -> Publicity:
    return PENALTIES.publicity(penalty(**values), kind)


def id_number(born: date) -> str:
    first17 = f"410329{born:%Y%m%d}123"
    return first17 + id_check_character(first17)


@pytest.mark.parametrize(
    ("decided", "categories", "publicity_class", "until"),
    [
        (BEFORE, (Category.FINE,), PublicityClass.SAFETY, date(2029, 3, 31)),
        (SINCE, (Category.FINE,), PublicityClass.ORDINARY, date(2027, 4, 1)),
        (SINCE, (Category.CLOSURE,), PublicityClass.GRAVE, date(2029, 4, 1)),
        (
            SINCE,
            (Category.BAN_FROM_INDUSTRY, Category.FINE),
            PublicityClass.GRAVE,
            date(2029, 4, 1),
        ),
        (SINCE, (Category.REVOCATION_OF_LICENSE,), PublicityClass.GRAVE, date(2029, 4, 1)),
        (SINCE, (Category.SUSPENSION_OF_LICENSE,), PublicityClass.ORDINARY, date(2027, 4, 1)),
        (SINCE, (Category.WARNING, Category.FINE), PublicityClass.ORDINARY, date(2027, 4, 1)),
        (SINCE, (Category.OTHER,), PublicityClass.ORDINARY, date(2027, 4, 1)),
        (SINCE, (), PublicityClass.ORDINARY, date(2027, 4, 1)),
    ],
)
def test_the_term_follows_class_and_regime(
    decided: date,
    categories: tuple[PenaltyCategory, ...],
    publicity_class: PublicityClass,
    until: date,
) -> None:
    found = publicity(decision_date=decided, categories=categories)
    assert found.published
    assert (found.publicity_class, found.public_from, found.public_until) == (
        publicity_class, decided, until,
    )  # fmt: skip


@pytest.mark.parametrize("decided", [BEFORE, SINCE])
@pytest.mark.parametrize(
    "categories",
    [
        (Category.WARNING,),
        (Category.PUBLIC_CRITICISM,),
        (Category.WARNING, Category.PUBLIC_CRITICISM),
    ],
)
def test_a_mere_warning_is_never_public(
    decided: date, categories: tuple[PenaltyCategory, ...]
) -> None:
    found = publicity(decision_date=decided, categories=categories, fine_amount=None)
    assert (found.published, found.reason) == (False, "LIGHT")


def test_a_warning_with_a_fine_amount_is_no_mere_warning() -> None:
    assert publicity(categories=(Category.WARNING,), fine_amount=Decimal(500)).published


@pytest.mark.parametrize(
    "values",
    [
        {"facts": "适用简易程序作出处罚"},
        {"remark": "当场"},
        {"document_number": "伊公当罚〔2026〕15号"},
        {"content": "当场处罚决定"},
        {"document_number": "伊简罚〔2026〕15号"},
    ],
)
def test_simple_procedure_is_light(values: dict[str, Value]) -> None:
    found = publicity(**values)
    assert (found.published, found.publicity_class) == (False, PublicityClass.LIGHT)


@pytest.mark.parametrize("facts", ["不适用简易程序", "由简易程序转为普通程序", "执法人员当场查获"])
def test_what_only_sounds_like_the_simple_procedure(facts: str) -> None:
    assert publicity(facts=facts).published


def test_a_simple_procedure_penalty_of_a_person_says_so() -> None:
    assert publicity(PERSON, facts="适用简易程序").reason == "SIMPLE_PROCEDURE"


def test_both_as_one_code_is_a_revocation_only_if_the_text_says_so() -> None:
    both = (Category.SUSPENSION_OF_LICENSE, Category.REVOCATION_OF_LICENSE)
    assert (
        publicity(categories=both, content="暂扣驾驶证六个月").publicity_class
        is PublicityClass.ORDINARY
    )
    assert publicity(categories=both, content="吊销驾驶证").publicity_class is PublicityClass.GRAVE


def test_a_stated_limit_is_the_last_visible_day() -> None:
    assert publicity(decision_date=SINCE, public_limit=date(2026, 6, 30)).public_until == date(
        2026, 7, 1
    )


@pytest.mark.parametrize("limit", [date(2099, 12, 31), date(9999, 12, 31), date(2027, 4, 1)])
def test_a_stated_limit_never_lengthens(limit: date) -> None:
    assert publicity(decision_date=SINCE, public_limit=limit).public_until == date(2027, 4, 1)


def test_a_stated_limit_holds_up_to_three_years_under_the_old_regime() -> None:
    until = publicity(decision_date=BEFORE, public_limit=date(2029, 3, 30)).public_until
    assert until == date(2029, 3, 31)


@given(st.dates(date(2023, 5, 1), date(2027, 1, 1)), st.dates(date(2023, 5, 1), date(2040, 1, 1)))
def test_a_window_never_passes_the_term(decided: date, limit: date) -> None:
    found = publicity(decision_date=decided, public_limit=limit)
    longest = publicity(decision_date=decided).public_until
    assert found.public_until is not None
    assert longest is not None
    assert found.public_until == min(longest, limit + timedelta(days=1))


@given(
    st.dates(date(1949, 10, 1), date(2100, 1, 1)),
    st.none() | st.dates(),
    st.lists(st.sampled_from(Category), unique=True),
    st.sampled_from(SubjectKind),
    st.text("简易程序吊销食药品消防当场，。《》"),
)
def test_whatever_the_row_says_the_window_is_sound(
    decided: date,
    limit: date | None,
    categories: list[PenaltyCategory],
    kind: SubjectKind,
    text: str,
) -> None:
    stated = None if limit is None else max(limit, decided)
    found = publicity(
        kind, decision_date=decided, public_limit=stated, categories=tuple(categories), content=text,
        legal_basis=text,
    )  # fmt: skip
    assert found.public_until is not None
    assert found.published == (not found.reason)
    assert found.reason in {"", *REASONS}
    if found.published:
        assert found.min_until is not None
        assert decided < min(found.public_until, found.min_until)
        assert found.public_until <= add_months(decided, 36)


@pytest.mark.parametrize("scope", [UsageScope.GOVERNMENT, UsageScope.AUTHORIZED, UsageScope.OTHER])
def test_what_is_not_meant_for_the_public_never_is(scope: UsageScope) -> None:
    for dataset, row in ((PENALTIES, penalty), (LICENSES, support.license)):
        found = dataset.publicity(row(usage_scope=scope), COMPANY)
        assert (found.published, found.reason) == (False, "USAGE_SCOPE")


def test_scope_zero_is_public() -> None:
    assert publicity(usage_scope=UsageScope.PUBLIC).published


def test_a_revoked_penalty_is_not_public_and_a_revoked_license_is() -> None:
    assert publicity(status=RecordStatus.REVOKED).reason == "REVOKED"
    license = support.license(status=RecordStatus.REVOKED)
    assert LICENSES.publicity(license, COMPANY).published


def test_licenses_have_no_end_even_when_their_validity_has() -> None:
    found = LICENSES.publicity(support.license(valid_until=date(2000, 1, 1)), COMPANY)
    assert (found.published, found.public_until) == (True, None)


@pytest.mark.parametrize("column", ["person_id_number", "resident_id_number"])
@pytest.mark.parametrize(("age_in_days", "public"), [(-1, False), (0, False), (1, True)])
def test_minors_at_the_time_of_the_decision_are_never_public(
    column: str, age_in_days: int, public: bool
) -> None:
    born = date(2008, 9, 1) - timedelta(days=age_in_days)
    found = publicity(PERSON, decision_date=date(2026, 9, 1), **{column: id_number(born)})
    assert found.published is public
    assert found.reason == ("" if public else "MINOR")


def test_a_minor_named_as_such_is_never_public() -> None:
    assert publicity(PERSON, facts="当事人系未成年人，无证驾驶").reason == "MINOR"
    assert publicity(PERSON, facts="当事人向未成年人销售香烟").published


def test_the_table_of_terms_has_every_class_in_both_regimes() -> None:
    for publicity_class in (PublicityClass.LIGHT, PublicityClass.ORDINARY, PublicityClass.GRAVE):
        assert term_for((publicity_class,), BEFORE).rule.startswith("58")
        assert term_for((publicity_class,), SINCE).rule.startswith("36")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_end_with_their_last_day(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected
