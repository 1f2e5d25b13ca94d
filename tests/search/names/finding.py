"""A few names of organizations, and finding among them without an engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.names.analysis import subject_terms
from search.names.planning import plans
from search.names.ranking import Ranked, rank
from search.plan import Candidate, Card, Plan
from search.statistics import TermStatistics

NAMES = (
    "伊川县星辰商贸有限公司",
    "洛阳市星晨商贸有限公司",
    "伊川县鸿远机械制造有限公司",
    "洛阳鸿源机械（集团）股份有限公司",
    "洛阳银行股份有限公司伊川支行",
    "伊川县长兴种植专业合作社",
    "伊川县城关镇绿色家园超市",
    "伊川县金谷农业科技有限公司",
    "ABC（洛阳）包装有限公司",
    "伊川县第3建筑工程公司",
    "河南省重乐文化传播有限责任公司",
    "伊川龙凤酒业有限公司",
)


def card(number: int, *names: str, codes: Sequence[str] = (), completeness: int = 0) -> Card:
    """A subject of these names, the present one first."""
    return Card(f"id{number:04}", names, tuple(codes), (f"id{number:04}",), completeness)


CARDS = tuple(card(number, name) for number, name in enumerate(NAMES))


def counted(cards: Sequence[Card]) -> TermStatistics:
    """The statistics of these subjects."""
    return TermStatistics.counted(subject_terms(one.names, one.codes) for one in cards)


def candidates(plan: Plan, cards: Sequence[Card]) -> Iterator[Candidate]:
    """What an engine finds: the plain meaning of a plan."""
    found = []
    for one in cards:
        terms = set(subject_terms(one.names, one.codes))
        if any((term.grams, term.token) in terms for term in plan.required):
            all_terms = (*plan.required, *plan.optional)
            score = sum(t.weight for t in all_terms if (t.grams, t.token) in terms)
            found.append(Candidate(one, score))
    yield from sorted(found, key=lambda one: -one.score)[: plan.limit]


def find(query: str, cards: Sequence[Card] = CARDS) -> list[Ranked]:
    """Subjects for a query, ranked."""
    statistics = counted(cards)
    found = [list(candidates(plan, cards)) for plan in plans(query, statistics)]
    return rank(query, found, statistics)


def first(query: str, cards: Sequence[Card] = CARDS) -> str:
    """The name of the best one that counts as found; empty when there is none."""
    found = find(query, cards)
    return found[0].name if found and found[0].score >= 0.5 else ""
