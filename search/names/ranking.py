"""What engines found → subjects in order, with a score in 0..1 that can be explained.

A score is the sum of features by their weights, which add up to 1. Features depend on the query and one
name alone, so that a name has the same score whatever else was found, on every engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from search.names.analysis import name_columns
from search.names.codes import likeness
from search.names.compared import Names
from search.names.highlighting import Span, spans
from search.names.interpreting import Code, Reading, readings_of
from search.names.scoring import Source, sources
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
    _source: Source = field(repr=False, compare=False)
    _row: int = field(repr=False, compare=False)

    @property
    def former(self) -> bool:
        """Whether the name is one that the subject had before."""
        return bool(self.name) and self.name != self.card.names[0]

    @property
    def parts(self) -> tuple[ScorePart, ...]:
        """What the score is made of: the sum of value × weight is the score."""
        return tuple(
            ScorePart(feature, self._source.value(feature, self._row), weight)
            for feature, weight in self._source.weights.items()
        )

    @property
    def highlights(self) -> tuple[Span, ...]:
        """What of the name fits: half-open spans of code points, in order, apart from each other."""
        return spans(self.name, self._source.reading)


def rank(
    query: str, found: Sequence[Sequence[Candidate]], statistics: TermStatistics
) -> list[Ranked]:
    """All subjects that were found, best first; ties by the completeness of the profile, then by id.

    `query` as it was typed, `found` what its plans found. A subject counts by the best of its names and
    codes; names of 3 characters and more fit from a score of 0.5 on.
    """
    cards = {one.card.id: one.card for candidates in found for one in candidates}
    readings = readings_of(query)
    ranked = _by_name(readings, cards, statistics)
    for reading in readings:
        if isinstance(reading, Code):
            _take_codes(ranked, reading, cards)
    keyed = [
        (-round(one.score, DIGITS), -one.card.completeness, one.card.id) for one in ranked.values()
    ]
    return [ranked[identity] for _, _, identity in sorted(keyed)]


def _by_name(
    readings: Sequence[Reading], cards: Mapping[str, Card], statistics: TermStatistics
) -> dict[str, Ranked]:
    shown = [(card, name) for card in cards.values() for name in card.names if name]
    if not shown or not readings:
        return {}
    names = Names(name_columns([name for _, name in shown]))
    known = [source for reading in readings for source in sources(reading, names, statistics)]
    scores = np.full((len(known), len(shown)), -1.0)
    for number, source in enumerate(known):
        scores[number, slice(None) if source.rows is None else source.rows] = source.total()
    best: list[float] = scores.max(axis=0).tolist()
    which: list[int] = scores.argmax(axis=0).tolist()
    ranked: dict[str, Ranked] = {}
    for row, (card, name) in enumerate(shown):
        if (before := ranked.get(card.id)) is None or best[row] > before.score:
            ranked[card.id] = Ranked(card, best[row], name, known[which[row]], row)
    return ranked


def _take_codes(ranked: dict[str, Ranked], reading: Code, cards: Mapping[str, Card]) -> None:
    for card in cards.values():
        value = max((likeness(reading.code, code) for code in card.codes), default=0.0)
        if (before := ranked.get(card.id)) is None or value > before.score:
            source = Source(reading, {"code": np.array([value])}, {"code": 1.0})
            ranked[card.id] = Ranked(card, value, card.names[0] if card.names else "", source, 0)
