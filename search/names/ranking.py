"""What engines found → subjects in order, with a score in 0..1 that can be explained.

A score is the sum of features by their weights, which add up to 1. Features depend on the query and one
name alone, so that a name has the same score whatever else was found, on every engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from search.names.analysis import make_names
from search.names.codes import likeness
from search.names.highlighting import Span, spans
from search.names.interpreting import Code, Reading, readings_of
from search.names.scoring import Columns, Names, Weights, score, total
from search.plan import Candidate, Card
from search.statistics import TermStatistics

DIGITS = 6
"""Decimal places of a score in which subjects must differ to stand in its order."""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One feature: its value in 0..1, and its weight among the others of the same score."""

    feature: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject and how well it fits. `name` fits best of its names, as it is shown; "" where it has none.

    Parts and highlights are made when they are asked for: a page shows fewer subjects than were found.
    """

    card: Card
    score: float
    name: str
    _source: _Best = field(repr=False, compare=False)

    @property
    def former(self) -> bool:
        """Whether the name is one that the subject had before."""
        return self.name not in self.card.names[:1]

    @property
    def parts(self) -> tuple[ScorePart, ...]:
        """What the score is made of: the sum of value × weight is the score."""
        source = self._source
        return tuple(
            ScorePart(feature, float(source.columns[feature][source.row]), weight)
            for feature, weight in source.weights.items()
        )

    @property
    def highlights(self) -> tuple[Span, ...]:
        """What of the name fits: half-open spans of code points, in order, apart from each other."""
        return spans(self.name, self._source.reading)


@dataclass(frozen=True, slots=True)
class _Best:
    """The best score of a card so far, and where it comes from."""

    score: float
    row: int
    reading: Reading
    columns: Columns
    weights: Weights


def rank(
    query: str, found: Sequence[Sequence[Candidate]], statistics: TermStatistics
) -> list[Ranked]:
    """All subjects that were found, best first; ties by the completeness of the profile, then by id.

    `query` as it was typed, `found` what its plans found. A subject counts by the best of its names and
    codes; names of 3 characters and more fit from a score of 0.5 on.
    """
    cards = {one.card.id: one.card for candidates in found for one in candidates}
    shown = [(card.id, name) for card in cards.values() for name in card.names if name]
    names = Names(make_names([name for _, name in shown]) if shown else ())
    best: dict[str, _Best] = {}
    for reading in readings_of(query):
        if isinstance(reading, Code):
            _take_codes(best, reading, cards)
        elif shown:
            for columns, weights in score(reading, names, statistics):
                _take(best, reading, [id for id, _ in shown], columns, weights)
    ranked = [_ranked(cards[id], one, shown) for id, one in best.items()]
    return sorted(ranked, key=lambda r: (-round(r.score, DIGITS), -r.card.completeness, r.card.id))


def _take(
    best: dict[str, _Best], reading: Reading, ids: Sequence[str], columns: Columns, weights: Weights
) -> None:
    scores: list[float] = total(columns, weights).tolist()
    for row, (id, value) in enumerate(zip(ids, scores, strict=True)):
        if (known := best.get(id)) is None or value > known.score:
            best[id] = _Best(value, row, reading, columns, weights)


def _take_codes(best: dict[str, _Best], reading: Code, cards: Mapping[str, Card]) -> None:
    for id, card in cards.items():
        value = max((likeness(reading.code, code) for code in card.codes), default=0.0)
        if (known := best.get(id)) is None or value > known.score:
            best[id] = _Best(value, 0, reading, {"code": np.array([value])}, {"code": 1.0})


def _ranked(card: Card, best: _Best, shown: Sequence[tuple[str, str]]) -> Ranked:
    if isinstance(best.reading, Code):
        name = card.names[0] if card.names else ""
    else:
        name = shown[best.row][1]
    return Ranked(card, best.score, name, best)
