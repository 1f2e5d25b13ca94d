"""The table of terms: every day and class has one row, and nothing uncertain is cited as law."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from records.policy import (
    TERMS,
    TO_BE_CONFIRMED,
    AtMaximum,
    ListCode,
    PublicityClass,
    State,
    Term,
    term_for,
    term_for_list,
    term_of,
)
from records.publicity import REASONS

Class = PublicityClass
PAGE = Path(__file__).parents[2] / "docs" / "publicity.md"
DAYS = [
    date(1999, 1, 1), date(2021, 8, 31), date(2021, 9, 1), date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 31), date(2022, 2, 1), date(2023, 4, 30), date(2023, 5, 1),
    date(2026, 3, 31), date(2026, 4, 1), date(2040, 1, 1),
]  # fmt: skip


def test_rule_ids_are_unique_and_found_again() -> None:
    assert len({term.rule for term in TERMS}) == len(TERMS)
    assert all(term_of(term.rule) is term and len(term.rule) <= 32 for term in TERMS)
    assert term_of("from an older table") is None


@pytest.mark.parametrize("day", DAYS)
def test_every_class_and_list_has_exactly_one_row_on_every_day(day: date) -> None:
    wanted = {*PublicityClass, *ListCode}
    if day >= date(2026, 4, 1):
        wanted.remove(Class.SAFETY)
    covering = [term.applies_to for term in TERMS if term.regime.covers(day)]
    assert sorted(covering) == sorted(wanted)


def test_a_row_is_cited_only_where_it_has_been_found() -> None:
    for term in TERMS:
        assert (term.source == TO_BE_CONFIRMED) == (term.state is State.TO_CONFIRM), term.rule
        assert term.state is State.TO_CONFIRM or re.search(r"令第\d+号", term.source)


def test_no_act_is_cited_for_days_before_it() -> None:
    for term in TERMS:
        assert term.state is State.TO_CONFIRM or term.regime.first > date(2021, 1, 1), term.rule


def test_what_has_an_end_can_end_early_only_before_it() -> None:
    for term in TERMS:
        if term.minimum is not None and term.maximum is not None:
            assert 0 < term.minimum < term.maximum
        assert (term.maximum == 0) == (term.at_maximum is AtMaximum.NEVER_SHOWN)
        assert (term.maximum is None) == (term.at_maximum is AtMaximum.UNTIL_REMOVED)


def test_of_several_kinds_the_longest_term_counts() -> None:
    both = (Class.ORDINARY, Class.SAFETY, Class.GRAVE)
    assert term_for(both, date(2026, 3, 31)).rule == "58-safety"
    assert term_for(both, date(2026, 4, 1)).rule == "36-grave"
    assert term_for((Class.ORDINARY, Class.SAFETY), date(2026, 4, 1)).rule == "36-ordinary"


@pytest.mark.parametrize(
    ("code", "entered", "rule", "until", "min_until"),
    [
        (ListCode.ABNORMAL_OPERATION, date(2026, 5, 1), "abnormal", None, None),
        (ListCode.SERIOUSLY_ILLEGAL, date(2024, 2, 29), "illegal", date(2027, 2, 28), date(2025, 2, 28)),
        (ListCode.TAX, date(2022, 1, 31), "pre-54-tax", date(2025, 1, 31), None),
        (ListCode.TAX, date(2022, 2, 1), "tax-54", date(2025, 2, 1), None),
        (ListCode.WAGE_ARREARS, date(2021, 12, 31), "pre-45-wages", date(2024, 12, 31), None),
        (ListCode.WAGE_ARREARS, date(2022, 1, 1), "wages-45", date(2025, 1, 1), None),
        (ListCode.MARKET_OTHER, date(2021, 8, 31), "pre-45-market-other", date(2024, 8, 31), None),
        (ListCode.MARKET_OTHER, date(2021, 9, 1), "market-other", date(2024, 9, 1), None),
        (ListCode.WAGE_ARREARS, date(2026, 5, 1), "wages-45", date(2029, 5, 1), None),
        (ListCode.JUDGMENT_DEBTOR, date(2026, 5, 1), "debtor", date(2028, 5, 1), None),
        (ListCode.MARKET_MINOR, date(2026, 8, 31), "market-minor", date(2026, 11, 30), None),
        (ListCode.MARKET_OTHER, date(2026, 5, 1), "market-other", date(2029, 5, 1), None),
        (ListCode.MARKET_SAFETY, date(2026, 5, 1), "market-safety", date(2029, 5, 1), date(2027, 5, 1)),
    ],
)  # fmt: skip
def test_lists_have_terms_of_their_own(
    code: ListCode, entered: date, rule: str, until: date | None, min_until: date | None
) -> None:
    term = term_for_list(code, entered)
    assert (term.rule, term.until(entered), term.min_until(entered)) == (rule, until, min_until)


def test_a_mere_warning_in_the_market_register_is_not_shown() -> None:
    term = term_for_list(ListCode.MARKET_WARNING, date(2026, 5, 1))
    assert (term.maximum, term.min_until(date(2026, 5, 1))) == (0, None)


def months(number: int | None) -> str:
    return "—" if number is None else str(number)


def day(edge: date) -> str:
    return "" if edge in {date.min, date.max} else edge.isoformat()


def documented(term: Term) -> str:
    span = f"{day(term.regime.first)} … {day(term.regime.last)}".strip() if term.regime.name else ""
    cells = (
        f"`{term.rule}`",
        span,
        f"`{term.applies_to}`",
        months(term.minimum),
        months(term.maximum),
        f"`{term.at_maximum}`",
        f"`{term.state}`",
        term.source,
    )
    return f"| {' | '.join(cells)} |"


def test_the_page_holds_the_table_and_no_other_row() -> None:
    rows = re.findall(r"^\| `[a-z0-9-]+` \|.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [documented(term) for term in TERMS], "\n".join(map(documented, TERMS))


def test_the_page_explains_every_reason_class_and_ending_and_no_other() -> None:
    words = re.findall(
        r"^\| ([A-Z_]+(?:, [A-Z_]+)*) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    explained = {word for cell in words for word in cell.split(", ")}
    assert explained == {*REASONS, *PublicityClass, *AtMaximum}


def test_the_edges_of_a_regime_belong_to_it() -> None:
    regime = next(term.regime for term in TERMS if term.rule == "58-ordinary")
    one = timedelta(days=1)
    assert regime.covers(regime.first)
    assert regime.covers(regime.last)
    assert not regime.covers(regime.first - one)
    assert not regime.covers(regime.last + one)
