"""Subjects, candidates and questions over everything agree with a plain computation, on every engine."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search.tantivy_engine.candidates as candidates_module
import search.tantivy_engine.paging as paging_module
import search.tantivy_engine.queries as queries_module
import search.tantivy_engine.reader as reader_module
from records.vocabulary import SubjectKind
from search.plan import WEIGHT_UNIT, Candidate, Grams, Plan, Term
from search.query import (
    ANY,
    SUBJECTS,
    TOMBSTONES,
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
from search.statistics import TermStatistics
from search.subjects import card_of, place, terms_of, to_subject_document
from tests.search import corpus
from tests.search.asking import TODAY
from tests.search.everything import Item, by_name, by_revision, everything, holds
from tests.search.reference import EPOCH
from tests.search.worlds import World, walk, world_of

QUESTIONS = 300


@pytest.fixture(scope="module", params=["tantivy-3", "elasticsearch-3"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with world_of(request.param, request, tmp_path_factory.mktemp("world")) as made:
        yield made


def leaves(dataset: str) -> st.SearchStrategy[Filter]:
    days = st.integers(-1, 42).map(lambda n: (TODAY - EPOCH).days + n)
    cut = st.tuples(st.integers(0, 9), st.integers(2, 9))
    codes = [c for c in [*corpus.CODES, *corpus.NUMBERS, *corpus.REGISTRATIONS[-1]] if c]
    pieces = st.tuples(st.sampled_from(codes), cut).map(lambda p: p[0][p[1][0] : sum(p[1])])
    kinds: list[st.SearchStrategy[Filter]] = [
        st.builds(AnyOf, st.just("region"), st.just(("410329",))),
        st.builds(
            AnyOf, st.just("subject_kind"), st.sampled_from([(k.value,) for k in SubjectKind])
        ),
        st.builds(Prefix, st.just("id"), st.sampled_from(["", "7", "77777", "a", "A"])),
        st.builds(Between, st.just("revision"), bounds(0, 40), bounds(0, 40)),
        st.builds(Contains, st.just("codes"), pieces.filter(lambda p: len("".join(p.split())) > 1)),
    ]
    if dataset == SUBJECTS:
        kinds += [
            st.builds(AnyOf, st.just("anchors"), st.sampled_from([(a,) for a in corpus.ANCHORS])),
            st.builds(AnyOf, st.just("credit_code"), st.just((corpus.COUNTY.lower(), "x"))),
            st.builds(
                AnyOf,
                st.just("registration_numbers"),
                st.sampled_from([(n,) for n in corpus.REGISTRATIONS[-1]]),
            ),
            *(
                st.builds(Between, st.just(f"until_{kind}"), st.one_of(st.none(), days), st.none())
                for kind in corpus.KINDS
            ),
        ]
    else:
        datasets = ["licenses", "penalties", SUBJECTS, TOMBSTONES, "no"]
        kinds += [
            st.builds(AnyOf, st.just("dataset"), st.sampled_from([(d,) for d in datasets])),
            st.builds(AnyOf, st.just("kind"), st.sampled_from([("LICENSE",), ("PENALTY", "X")])),
            st.builds(
                AnyOf, st.just("anchor"), st.sampled_from([tuple(corpus.ANCHORS[:2]), ("",)])
            ),
        ]
    return st.one_of(kinds)


def bounds(low: int, high: int) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.integers(low, high))


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    dataset = draw(st.sampled_from([ANY, SUBJECTS]))
    where = draw(
        st.recursive(
            leaves(dataset),
            lambda inner: st.one_of(
                st.builds(And, st.lists(inner, max_size=3).map(tuple)),
                st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
                st.builds(Not, inner),
            ),
            max_leaves=4,
        )
    )
    field = draw(
        st.sampled_from(["revision", "name_order"] if dataset == SUBJECTS else ["revision"])
    )
    order = Order(field, draw(st.booleans()))
    first = draw(st.sampled_from([7, 20, 100]))
    today = TODAY + timedelta(days=draw(st.integers(-3, 4)))
    return SearchRequest(dataset, today, where, order, first)


def expected(world: World, request: SearchRequest) -> list[Item]:
    found = [
        item
        for item in everything(world.journal, request.today)
        if request.dataset in {ANY, item.dataset} and holds(request.where, item)
    ]
    order = by_name if request.order.field == "name_order" else by_revision
    return order(found, descending=request.order.descending)


def check(world: World, request: SearchRequest) -> None:
    found = expected(world, request)
    assert world.run(walk(world.engine, request)) == [item.id for item in found]
    assert world.run(world.engine.count(request)).count == len(found)
    kinds = Counter(kind for item in found for kind in item.exact.get("subject_kind", []))
    assert world.run(world.engine.values(request, "subject_kind")) == kinds


@settings(max_examples=QUESTIONS, deadline=None)
@given(request=requests())
def test_any_question_agrees(world: World, request: SearchRequest) -> None:
    check(world, request)


@settings(max_examples=60, deadline=None)
@given(request=requests())
def test_ways_for_large_indexes_agree_too(world: World, request: SearchRequest) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging_module, "SELECTIVE", -1)
        patch.setattr(paging_module, "_SLACK", 1)
        patch.setattr(queries_module, "SELECTIVE", -1)
        patch.setattr(reader_module, "INLINE", -1)
        check(world, request)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("first", [1, 3])
def test_short_pages_walk_all_names_and_all_revisions(
    world: World, first: int, *, descending: bool
) -> None:
    for dataset, field in ((SUBJECTS, "name_order"), (ANY, "revision")):
        request = SearchRequest(dataset, TODAY, order=Order(field, descending), first=first)
        found = [item.id for item in expected(world, request)]
        assert world.run(walk(world.engine, request)) == found


def test_several_requests_are_answered_as_each_alone(world: World) -> None:
    several = [
        SearchRequest(ANY, TODAY, AnyOf("anchor", (anchor,)), Order("revision"), first=5)
        for anchor in corpus.ANCHORS
    ]
    alone = [world.run(world.engine.search(request)) for request in several]
    assert world.run(world.engine.search_many(several)) == alone
    counted = [world.run(world.engine.values(request, "kind")) for request in several]
    assert world.run(world.engine.values_many(several, "kind")) == counted
    assert all(counted)


def test_what_is_gone_is_in_no_list_and_cannot_be_got(world: World) -> None:
    gone = [record.id for record in world.journal.tombstones()]
    assert len(gone) > 10
    assert world.run(world.engine.get(gone, TODAY)) == [None] * len(gone)
    for dataset in ("licenses", "penalties", SUBJECTS):
        request = SearchRequest(dataset, TODAY, AnyOf("id", tuple(gone)), Order("revision"))
        assert not world.run(world.engine.search(request)).hits
        assert not world.run(world.engine.count(request)).count


def reference(world: World, plan: Plan, today_in: int) -> list[Candidate]:
    """Sums of weights over all subjects that have a required term."""
    keyed = []
    for subject in world.journal.shown_subjects(TODAY + timedelta(days=today_in)):
        document = to_subject_document(subject)
        card = card_of(document)
        has = set(terms_of(card.names, card.codes))
        if any((t.grams, t.token) in has for t in plan.required):
            score = sum(
                t.weight for t in (*plan.required, *plan.optional) if (t.grams, t.token) in has
            )
            keyed.append((-score, place(document), card.id, Candidate(card, score)))
    return [candidate for *_, candidate in sorted(keyed, key=lambda key: key[:3])][: plan.limit]


def plans() -> st.SearchStrategy[Plan]:
    rng = random.Random(5)
    known = {
        term
        for subject in (corpus.random_subject(rng) for _ in range(150))
        for term in terms_of((subject.name,), (subject.credit_code,))
    }
    tokens = st.sampled_from([*sorted(known), (Grams.PAIRS, "没有")])
    weights = st.sampled_from([1.0, 2.0, 0.5, 3 * WEIGHT_UNIT, 9.25])

    def plan(terms: list[tuple[tuple[Grams, str], float]], required: int, limit: int) -> Plan:
        made = tuple(Term(grams, token, weight) for (grams, token), weight in terms)
        return Plan(made[:required], made[required:], limit)

    return st.builds(
        plan,
        st.lists(st.tuples(tokens, weights), min_size=1, max_size=9, unique_by=lambda t: t[0]),
        st.integers(0, 4),
        st.sampled_from([1, 3, 20, 100, 200]),
    )


@settings(max_examples=QUESTIONS, deadline=None)
@given(several=st.lists(plans(), min_size=1, max_size=3), today_in=st.integers(-3, 4))
def test_candidates_agree(world: World, several: list[Plan], today_in: int) -> None:
    today = TODAY + timedelta(days=today_in)
    found = world.run(world.engine.candidates(several, today))
    assert found == [reference(world, plan, today_in) for plan in several]


@settings(max_examples=100, deadline=None)
@given(plan=plans(), many=st.booleans())
def test_ties_of_many_subjects_agree_too(world: World, plan: Plan, *, many: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates_module, "_SLACK", 0)
        patch.setattr(candidates_module, "_MANY", 0 if many else 10**9)
        patch.setattr(reader_module, "INLINE", -1)
        assert world.run(world.engine.candidates([plan], TODAY)) == [reference(world, plan, 0)]


def test_a_limit_beyond_all_reason_is_bounded(world: World) -> None:
    term = Term(Grams.EDGES, "^伊", 1.0)
    for limit in (0, -1, 10**12):
        (found,) = world.run(world.engine.candidates([Plan((term,), (), limit)], TODAY))
        assert len(found) <= 200


def test_statistics_are_of_all_subjects(world: World) -> None:
    state = world.run(world.engine.state())
    kept = world.run(world.engine.statistics())
    assert kept.names == state.names
    exist = sum(subject.exists for subject in world.journal.subjects.values())
    assert exist * 10 < state.names * 11
    again = TermStatistics.counted(terms_of(*names) for names in world.journal.subject_names())
    assert abs(again.names - kept.names) * 10 <= kept.names
    common = [(Grams.PAIRS, "伊川"), (Grams.PAIRS, "从未")]
    assert kept.frequencies(common)[0] > 20
    assert kept.frequencies(common)[1] == 1


def test_the_world_has_ties(world: World) -> None:
    shown = world.journal.shown_subjects(TODAY)
    names = Counter(subject.name for subject in shown)
    assert len(shown) > 120
    assert names.most_common(1)[0][1] > 1
    assert any(not subject.named for subject in shown)
    assert any(replace(s, visible={}).exists is False for s in shown)
