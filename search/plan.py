"""What an engine is asked names and codes by: terms with weights. The engine only adds them up.

Plans are made in Python from one analysis and one table of statistics, so that every engine, and every
segment, shard and replica of it, gives the same score.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

WEIGHT_UNIT = 1 / 1024
"""Weights are multiples of it: then sums of 32-bit floats are exact, whatever their order."""
MOST_CANDIDATES = 200


class Grams(StrEnum):
    """Index fields of white-space-joined tokens, without positions."""

    PAIRS = "pairs"
    """Neighboring characters of normalized names."""
    SYLLABLES = "syllables"
    """Neighboring syllables."""
    INITIALS = "initials"
    """Runs of initial letters of syllables."""
    EDGES = "edges"
    """Beginnings of names, of their readings and initials; single characters."""
    CODES = "codes"
    """Runs of characters of codes and numbers."""


@dataclass(frozen=True, slots=True)
class Term:
    """One token of one field and what it is worth, in multiples of WEIGHT_UNIT."""

    grams: Grams
    token: str
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A candidate has at least one of `required`, and a score of all its required and optional terms."""

    required: tuple[Term, ...]
    optional: tuple[Term, ...] = ()
    limit: int = 100


class Card(NamedTuple):
    """What ranking knows of a subject: everything it needs, so that documents are read only to be shown.

    `names`: the present one first, empty where it is masked; `codes`: credit code, organization code and
    registration numbers; `anchors`: see records/stored.py.
    """

    id: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    anchors: tuple[str, ...]
    completeness: int


class Candidate(NamedTuple):
    """A subject and the sum of the weights of its terms."""

    card: Card
    score: float
