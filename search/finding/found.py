"""The subjects that a query finds: by name, reading, initials or code."""

from __future__ import annotations

import asyncio
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from search.engine import Engine
from search.names.planning import plans
from search.names.ranking import Ranked, rank
from search.plan import Candidate, Plan

MOST_SUBJECTS = 100
LEAST_SCORE = 0.5
"""Ranking gives what short queries, initials and codes find at least this."""
_MILLION = 1_000_000
_FEW = 4


@dataclass(frozen=True)
class Found:
    """Subjects in order of rank, at most MOST_SUBJECTS; `limited`: there may be others.

    `unfit`: what an engine found, too, but does not fit well enough.
    """

    subjects: tuple[Ranked, ...] = ()
    limited: bool = False
    unfit: tuple[Ranked, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Ranked]:
        """The subjects by their ids."""
        return {ranked.card.id: ranked for ranked in self.subjects}

    @cached_property
    def by_anchor(self) -> dict[str, Ranked]:
        """The subjects by what their records know them by."""
        return {anchor: ranked for ranked in self.subjects for anchor in ranked.card.anchors}


def millionths(ranked: Ranked) -> int:
    """The score that subjects are ordered by: less of a difference is none."""
    return round(ranked.score * _MILLION)


async def find_many(engine: Engine, queries: Sequence[str], today: date) -> list[Found]:
    """The subjects that each query finds, in one request of the engine. Raises SearchError."""
    statistics = await engine.statistics()
    planned = [plans(query, statistics) for query in queries]
    asked = [plan for several in planned for plan in several]
    answers = iter(await engine.candidates(asked, today) if asked else ())
    candidates = [[next(answers) for _ in several] for several in planned]

    def ranked() -> list[Found]:
        several = zip(queries, planned, candidates, strict=True)
        return [_chosen(rank(q, c, statistics), p, c) for q, p, c in several]

    # Ranking one takes less time than another thread's turn; ranking many would keep others waiting.
    return ranked() if len(queries) <= _FEW else await asyncio.to_thread(ranked)


def _chosen(
    ranked: Sequence[Ranked], planned: Sequence[Plan], candidates: Sequence[Sequence[Candidate]]
) -> Found:
    """Those that fit well enough, and whether others that do may have been left out."""
    fitting = [subject for subject in ranked if subject.score >= LEAST_SCORE]
    fits = {subject.card.id for subject in fitting}
    cut = any(_leaves_out(plan, c, fits) for plan, c in zip(planned, candidates, strict=True))
    return Found(
        tuple(fitting[:MOST_SUBJECTS]),
        cut or len(fitting) >= MOST_SUBJECTS,
        tuple(subject for subject in ranked if subject.score < LEAST_SCORE),
    )


def _leaves_out(plan: Plan, candidates: Sequence[Candidate], fits: Container[str]) -> bool:
    """Whether a plan found as many as it may, and some of the last ones fit: then the next ones may, too."""
    if len(candidates) < plan.limit:
        return False
    last = candidates[-1].score
    return any(one.card.id in fits for one in candidates if one.score == last)
