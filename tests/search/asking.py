"""Random requests over the corpus, for hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from records.vocabulary import PenaltyCategory, SubjectKind
from search.query import (
    And,
    AnyOf,
    Between,
    Contains,
    Filter,
    Not,
    Or,
    Order,
    Prefix,
    SearchRequest,
)
from search.tallies import Interval
from tests.search import corpus
from tests.search.reference import EPOCH

TODAY = date(2026, 11, 25)
ORDERS = {
    "licenses": ["decision_date", "valid_until"],
    "penalties": ["decision_date", "fine_amount"],
}
FACETS = {
    "licenses": ["authority", "category", "status", "subject_kind", "region"],
    "penalties": ["authority", "categories", "status", "subject_kind", "region"],
}
DATES = {"licenses": ["decision_date", "valid_until"], "penalties": ["decision_date"]}


@dataclass(frozen=True, slots=True)
class Question:
    """A list and everything that is asked about it."""

    request: SearchRequest
    facet: str
    size: int
    date: str
    interval: Interval
    cap: int


days = st.sampled_from([(day - EPOCH).days for day in corpus.DAYS])
cents = st.sampled_from([0, 1, 2_000_000, 1_999_999, -100, 2**70, -(2**70)])
bounds = st.one_of(st.none(), st.tuples(days, st.integers(-2, 2)).map(sum))
words = st.tuples(
    st.sampled_from([*corpus.AUTHORITIES, *corpus.NUMBERS, *filter(None, corpus.CODES), "无"]),
    st.sampled_from(["", " "]),
    st.booleans(),
).map(lambda p: p[1].join(p[0].lower() if p[2] else p[0]))
pieces = st.one_of(
    st.tuples(st.sampled_from(corpus.TEXTS), st.integers(0, 12), st.integers(2, 8))
    .map(lambda cut: cut[0][cut[1] : cut[1] + cut[2]])
    .filter(lambda text: len("".join(text.split())) > 1),
    st.sampled_from(["abc", "ＡＢＣ元", "面包包", "包面", "袋袋", "店包面包", "没有这样的文字"]),
)


def any_of(field: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Filter]:
    return st.builds(AnyOf, st.just(field), st.lists(values, max_size=3).map(tuple))


def leaves(dataset: str) -> st.SearchStrategy[Filter]:
    strings = ["document_number", "authority", "authority_code", "credit_code"]
    texts = {"licenses": ["content"], "penalties": ["content", "facts", "violation"]}[dataset]
    dates = {"licenses": ["decision_date", "valid_from", "valid_until"]}.get(
        dataset, ["decision_date"]
    )
    codes = {"licenses": ("category", ["GENERAL", "OTHER"])}.get(
        dataset, ("categories", [c.name for c in PenaltyCategory][:5])
    )
    kinds = [
        any_of("region", st.sampled_from(["410329", "410300", "1"])),
        any_of("subject_kind", st.sampled_from(list(SubjectKind)).map(lambda kind: kind.value)),
        any_of(codes[0], st.sampled_from(codes[1])),
        *(any_of(field, words) for field in strings),
        *(
            st.builds(
                Prefix, st.just(f), st.tuples(words, st.integers(0, 9)).map(lambda p: p[0][: p[1]])
            )
            for f in strings
        ),
        *(st.builds(Between, st.just(f), bounds, bounds) for f in dates),
        *(st.builds(Contains, st.just(f), pieces) for f in texts),
    ]
    if dataset == "penalties":
        optional = st.one_of(st.none(), cents)
        kinds.append(st.builds(Between, st.just("fine_amount"), optional, optional))
    return st.one_of(kinds)


def trees(dataset: str) -> st.SearchStrategy[Filter]:
    def grow(inner: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
        parts = st.lists(inner, max_size=3).map(tuple)
        return st.one_of(st.builds(And, parts), st.builds(Or, parts), st.builds(Not, inner))

    return st.recursive(leaves(dataset), grow, max_leaves=6)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Any list that the corpus has something to say about."""
    dataset = draw(st.sampled_from(["licenses", "penalties"]))
    request = SearchRequest(
        dataset=dataset,
        today=TODAY + timedelta(days=draw(st.integers(-3, 4))),
        where=draw(trees(dataset)),
        order=Order(draw(st.sampled_from(ORDERS[dataset])), draw(st.booleans())),
        # A list may have hundreds of records: short pages are the business of their own test.
        first=draw(st.sampled_from([5, 9, 20, 33, 100])),
    )
    return Question(
        request,
        facet=draw(st.sampled_from(FACETS[dataset])),
        size=draw(st.sampled_from([1, 2, 10, 100])),
        date=draw(st.sampled_from(DATES[dataset])),
        interval=draw(st.sampled_from(Interval)),
        cap=draw(st.sampled_from([0, 1, 7, 10_000])),
    )
