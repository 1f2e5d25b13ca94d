"""The table of known lists, and when an entry in one is shown."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from records.identifiers import id_check_character
from records.lists import LIST_CODES, LISTS, KnownList, entry_follows, find_list, list_of
from records.policy import ListCode, term_for_list
from records.publicity import Publicity
from records.subject import decision_number
from records.values import Value
from records.vocabulary import ListColor, RecordStatus, SubjectKind, UsageScope
from tests.support import DATASETS

ENTRIES = DATASETS["list_entries"]
OPERATOR = Path(__file__).parents[2] / "docs" / "operator.md"
FIRM, PERSON = SubjectKind.LEGAL_ENTITY, SubjectKind.NATURAL_PERSON
DAY = date(2026, 5, 6)


def entry(code: str = "JUDGMENT_DEBTOR", /, **values: Value) -> dict[str, Value]:
    known = list_of(code)
    assert known is not None
    row: dict[str, Value] = {
        **known.stated,
        "subject_name": "伊川县青禾食品有限公司",
        "authority": "伊川县人民法院",
        "listed_on": DAY,
        "status": RecordStatus.VALID,
    }
    return row | values


def judged(
    code: str = "JUDGMENT_DEBTOR", kind: SubjectKind = FIRM, /, **values: Value
) -> Publicity:
    return ENTRIES.publicity(entry(code, **values), kind)


def id_number(born: str) -> str:
    first = f"410329{born}002"
    return first + id_check_character(first)


# --- the table ---


@pytest.mark.parametrize("known", LISTS, ids=lambda known: known.code)
def test_every_list_is_found_by_its_code_and_names_and_has_a_term(known: KnownList) -> None:
    for text in (known.code, known.code.lower().replace("_", "-"), known.name, *known.also):
        assert find_list(text) is known
    assert term_for_list(known.code, DAY).applies_to is known.code


def test_no_two_lists_share_a_name_and_none_is_found_by_another_word() -> None:
    names = [name for known in LISTS for name in (known.name, *known.also)]
    assert len(names) == len(set(names))
    assert find_list("红头文件") is None
    assert list_of("BLACK") is None
    assert list_of(None) is None


def test_the_page_for_operators_holds_the_table() -> None:
    page = OPERATOR.read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| \S+ \| `([A-Z_]+)` \| (\S+) \| ([A-Z]+) \| (stays|ends) \|", page, re.MULTILINE
    )
    assert rows == [
        (k.code.value, k.name, k.color.name, "stays" if k.stays else "ends") for k in LISTS
    ]  # fmt: skip


def test_the_page_tells_by_which_headers_each_table_is_recognized() -> None:
    page = OPERATOR.read_text(encoding="utf-8")
    for name in ENTRIES.templates:
        by_field: dict[str, list[str]] = {}
        for field, column in ENTRIES.columns_of(name):
            if column.tells:
                spelled = f"{column.header} {column.code}".strip()
                by_field.setdefault(field.name, []).append(spelled)
        told = " + ".join(" / ".join(headers) for headers in by_field.values())
        assert f"| {told} | `{name}` |" in page


def test_only_the_list_whose_law_has_it_so_keeps_what_was_taken_out() -> None:
    assert [known.code for known in LISTS if known.stays] == [ListCode.ABNORMAL_OPERATION]


# --- what an entry says ---


def test_kinds_are_named_by_color() -> None:
    assert list(ENTRIES.kinds) == ["RED_LIST", "BLACK_LIST", "OTHER_LIST"]
    assert ENTRIES.kind_of({"color": "RED"}) == "RED_LIST"


def test_a_name_in_the_row_tells_which_list_it_is() -> None:
    said = entry_follows({"list_code": "BLACK_LIST", "list_name": "税务违法黑名单"})
    assert said == find_list("TAX").stated  # type: ignore[union-attr]


def test_a_list_of_the_countys_own_keeps_its_name() -> None:
    said = entry_follows(
        {"list_code": "RED_LIST", "list_name": "诚信个体户", "color": ListColor.RED}
    )
    assert (said["list_code"], said["list_name"]) == ("RED_LIST", "诚信个体户")


def test_an_unknown_code_is_the_nameless_list_of_its_color() -> None:
    said = entry_follows({"list_code": "X9", "color": ListColor.BLACK})
    assert said["list_code"] == "BLACK_LIST"


def test_the_day_of_the_decision_is_the_day_of_entry_where_no_other_is_stated() -> None:
    assert entry_follows({"list_code": "TAX", "decision_date": DAY})["listed_on"] == DAY
    assert "listed_on" not in entry_follows({"list_code": "TAX", "listed_on": DAY})


# --- publicity ---


@pytest.mark.parametrize(
    ("code", "until"),
    [
        ("JUDGMENT_DEBTOR", date(2028, 5, 6)),
        ("TAX", date(2029, 5, 6)),
        ("SERIOUSLY_ILLEGAL", date(2029, 5, 6)),
        ("ABNORMAL_OPERATION", None),
        ("TAX_GRADE_A", date(2027, 5, 6)),
    ],
)
def test_an_entry_is_shown_from_its_day_for_the_term_of_its_list(
    code: str, until: date | None
) -> None:
    found = judged(code)
    assert (found.published, found.public_from, found.public_until) == (True, DAY, until)


def test_a_removal_ends_publicity_on_its_day() -> None:
    assert judged(removed_on=date(2026, 9, 1)).public_until == date(2026, 9, 1)


def test_a_removal_after_the_term_does_not_lengthen_it() -> None:
    assert judged(removed_on=date(2030, 1, 1)).public_until == date(2028, 5, 6)


def test_a_removal_without_a_day_hides_the_entry() -> None:
    found = judged("TAX", removal_reason="已缴清税款")
    assert (found.published, found.reason) == (False, "REMOVED")


def test_an_entry_taken_out_of_the_register_of_abnormal_operation_stays() -> None:
    found = judged("ABNORMAL_OPERATION", removed_on=date(2026, 9, 1), removal_reason="已补报")
    assert (found.published, found.public_until) == (True, None)


@pytest.mark.parametrize("code", ["JUDGMENT_DEBTOR", "ABNORMAL_OPERATION"])
def test_a_stated_limit_shortens_any_term(code: str) -> None:
    assert judged(code, public_limit=date(2026, 12, 31)).public_until == date(2027, 1, 1)


def test_a_stated_limit_never_lengthens() -> None:
    assert judged(public_limit=date(2040, 1, 1)).public_until == date(2028, 5, 6)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"usage_scope": UsageScope.GOVERNMENT}, "USAGE_SCOPE"),
        ({"status": RecordStatus.INVALID}, "INVALID"),
        ({"status": RecordStatus.REVOKED}, "REVOKED"),
    ],
)
def test_what_may_not_be_shown_is_hidden(values: dict[str, Value], reason: str) -> None:
    assert judged("JUDGMENT_DEBTOR", FIRM, **values).reason == reason


@pytest.mark.parametrize(
    "values",
    [
        {"age": "16"},
        {"age": "17岁"},
        {"birth_date": date(2008, 5, 6)},
        {"person_id_number": id_number("20090101")},
        {"reason": "当事人系未成年人"},
    ],
)
def test_minors_are_never_shown(values: dict[str, Value]) -> None:
    assert judged("JUDGMENT_DEBTOR", PERSON, **values).reason == "MINOR"


@pytest.mark.parametrize("age", ["0", "18", "45"])
def test_adults_and_organizations_are(age: str) -> None:
    assert judged("JUDGMENT_DEBTOR", PERSON, age=age).published


def test_of_a_person_listed_on_an_unknown_day_only_the_age_that_is_certain_counts() -> None:
    old, young = id_number("19700101"), id_number("19990101")
    assert judged("JUDGMENT_DEBTOR", PERSON, listed_on=None, person_id_number=old).published
    assert (
        judged("JUDGMENT_DEBTOR", PERSON, listed_on=None, person_id_number=young).reason == "MINOR"
    )


def test_without_a_day_the_term_counts_from_when_the_row_came() -> None:
    found = judged(listed_on=None).beginning(date(2026, 11, 25))
    assert (found.public_from, found.public_until) == (date(2026, 11, 25), date(2028, 11, 25))


def test_without_a_day_a_stated_end_holds() -> None:
    found = judged(listed_on=None, removed_on=date(2026, 12, 1)).beginning(date(2026, 11, 25))
    assert found.public_until == date(2026, 12, 1)
    found = judged("ABNORMAL_OPERATION", listed_on=None).beginning(date(2026, 11, 25))
    assert found.public_until is None


def test_a_stated_day_is_not_counted_anew() -> None:
    assert judged().beginning(date(2026, 11, 25)) == judged()


def test_a_yearly_list_begins_after_its_year() -> None:
    found = judged("TAX_GRADE_A", listed_on=None, list_year="2025年度")
    assert (found.public_from, found.public_until) == (date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("code", "grade", "reason"),
    [
        ("TAX_GRADE_A", "A", ""),
        ("TAX_GRADE_A", "Ａ级", ""),
        ("TAX_GRADE_A", None, ""),
        ("TAX_GRADE_A", "D", "OTHER_GRADE"),
        ("TAX_GRADE_A", "M级", "OTHER_GRADE"),
        ("CUSTOMS_ADVANCED", "高级认证企业", ""),
        ("CUSTOMS_ADVANCED", "一般信用企业", "OTHER_GRADE"),
        ("CUSTOMS_ADVANCED", "失信企业", "OTHER_GRADE"),
        ("BLACK_LIST", "D", ""),
    ],
)
def test_who_has_another_grade_is_not_on_the_list(
    code: str, grade: str | None, reason: str
) -> None:
    assert judged(code, grade=grade).reason == reason


# --- the same entry again ---


def number(code: str = "JUDGMENT_DEBTOR", /, **values: Value) -> str:
    return decision_number(ENTRIES, entry(code, **values), "digest of the row")


def test_an_entry_that_comes_again_with_its_removal_is_the_same() -> None:
    assert number() == number(removed_on=DAY, removal_reason="已履行")


def test_another_day_list_number_year_or_plate_is_another_entry() -> None:
    others = [
        number(),
        number(listed_on=date(2026, 5, 7)),
        number("TAX"),
        number(document_number="（2026）豫0329执123号"),
        number(list_year="2025"),
        number(plate="豫C8K642"),
    ]
    assert len(set(others)) == len(others)


def test_a_number_tells_the_entry_whatever_its_day() -> None:
    case = "（2026）豫0329执123号"
    later = number(document_number=case, listed_on=date(2026, 6, 1))
    assert number(document_number=case) == later
    assert number("TAX", document_number=case) != later


def test_words_of_the_table_are_labels_of_the_codes() -> None:
    assert ENTRIES["list_code"].labels == LIST_CODES
