"""Subjects by the terms of a plan: what is asked for them, and what the answer says.

The score is the sum of the terms' weights, as it is anywhere else: 32-bit numbers add up such weights
exactly. Cards lie in columns: to open the stored part of a hundred documents takes longer than to find them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict, cast

from search.elasticsearch_engine.mapping import CARD
from search.elasticsearch_engine.queries import Query, ended
from search.engine import IndexState
from search.plan import MOST_CANDIDATES, WEIGHT_UNIT, Candidate, Plan, Term
from search.schema import ID
from search.subjects import GRAMS, PLACE, card_from_bytes


class _Hit(TypedDict):
    _score: float
    fields: Mapping[str, Sequence[str]]


def candidate_search(plan: Plan, state: IndexState, today: date) -> Query:
    """The search for the candidates of a plan that has required terms."""
    required: Query = {"bool": {"should": _scored(plan.required)}}
    return {
        "query": {
            "bool": {
                "must": [required],
                "should": _scored(plan.optional),
                "must_not": ended(state, today),
            }
        },
        "sort": [{"_score": {"order": "desc"}}, {PLACE.name: "asc"}, {ID.name: "asc"}],
        "size": max(1, min(plan.limit, MOST_CANDIDATES)),
        "track_total_hits": False,
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": [CARD],
    }


def candidates_in(answer: Mapping[str, object]) -> list[Candidate]:
    """The candidates in the answer to their search."""
    hits = cast("Mapping[str, Sequence[_Hit]]", answer["hits"])["hits"]
    return [_candidate(hit) for hit in hits]


def _candidate(hit: _Hit) -> Candidate:
    card = card_from_bytes(base64.b64decode(hit["fields"][CARD][0]))
    # The answer says no more digits than tell it from other 32-bit numbers.
    return Candidate(card, round(hit["_score"] / WEIGHT_UNIT) * WEIGHT_UNIT)


def _scored(terms: Iterable[Term]) -> list[Query]:
    return [
        {
            "constant_score": {
                "filter": {"term": {GRAMS[term.grams].name: term.token}},
                "boost": term.weight,
            }
        }
        for term in terms
    ]
