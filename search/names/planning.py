"""A query → what an engine is to look up: a plan for each reading of it.

An engine reads all postings of required terms, and looks optional ones up only for what those found. So
the rarest terms are required, as many as a budget of postings allows, and the next ones optional.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from search.names.analysis import (
    CODE_RUN,
    LONGEST_BEGINNING,
    LONGEST_SPELLED_BEGINNING,
    RUNS_OF_INITIALS,
    beginning,
    initials_beginning,
    runs,
    spelled_beginning,
    syllable_pair,
    syllable_pairs,
)
from search.names.characters import is_latin
from search.names.interpreting import (
    Characters,
    Code,
    Initials,
    Pinyin,
    Reading,
    Short,
    readings_of,
)
from search.names.pinyin import Spelling
from search.names.readings import spelled
from search.plan import WEIGHT_UNIT, Grams, Plan, Term
from search.statistics import TermStatistics

CANDIDATES = 100
BUDGET = 8_000
"""Postings that the required terms of a plan may have together, if there is more than one."""
MOST_OPTIONAL = 3
"""Each is looked up for everything that the required ones found, which costs more than to read these."""
_TOO_FREQUENT = 0.2
"""Of all subjects. Such a term tells next to nothing, and costs most."""
_FEW = 2_000
_BRIEF = 8
"""Characters of a query up to which single ones and beginnings are looked up too: it has few pairs."""

_GENERAL = 6
"""Characters of a query up to which very many names may fit."""

_SKIPPING = 0.5
_SWAPPED = 0.8
_READ = 0.4
_SINGLE = 0.5
_BEGINNING = 0.3

Weighted = tuple[Grams, str, float]
"""A token and how much it counts beside its rarity."""


def plans(query: str, statistics: TermStatistics) -> tuple[Plan, ...]:
    """What to look up for a query as it was typed; nothing when no character of it counts."""
    readings = readings_of(query)
    as_pinyin = any(isinstance(reading, Pinyin) for reading in readings)
    return tuple(
        plan
        for reading in readings
        for wanted in _wanted(reading, as_pinyin)
        if (plan := _plan(wanted, statistics, _candidates(reading))) is not None
    )


def _candidates(reading: Reading) -> int:
    """How many subjects are looked at: of a query that says much fewer fit."""
    match reading:
        case Characters(name):
            length = len(name.text)
        case Pinyin(spellings):
            length = len(spellings[0].signs)
        case _:
            length = 0
    return CANDIDATES if length <= _GENERAL else CANDIDATES // 2


def rarity(frequency: int, names: int) -> float:
    """What a term tells that so many of all names have (inverse document frequency of BM25)."""
    return math.log(1 + (max(names - frequency, 0) + 0.5) / (frequency + 0.5))


def _wanted(reading: Reading, as_pinyin: bool) -> Iterator[Iterable[Weighted]]:
    match reading:
        case Short(text):
            yield [(Grams.EDGES, beginning(text), 1)]
            yield [(Grams.EDGES if len(text) == 1 else Grams.PAIRS, text, 1)]
        case Characters(name) if as_pinyin and is_latin(name.text):
            # Hardly a name in letters: those that have just these are enough.
            yield [(Grams.PAIRS, pair, 1) for pair in runs(name.text, 2)]
        case Characters(name):
            yield _characters(name.text, name.blurred)
        case Pinyin(spellings):
            yield _spelled(spellings)
        case Initials(letters):
            yield from _initials(letters)
        case Code(code):
            yield [(Grams.CODES, run, 1) for run in runs(code, CODE_RUN)]


def _characters(text: str, blurred: str) -> Iterator[Weighted]:
    yield from _neighbors(Grams.PAIRS, text, lambda a, b: a + b)
    if not is_latin(text):
        yield from ((Grams.SYLLABLES, pair, _READ) for pair in syllable_pairs(blurred))
    if len(text) <= _BRIEF:
        yield from ((Grams.EDGES, one, _SINGLE) for one in text)
        yield (Grams.EDGES, beginning(text[:LONGEST_BEGINNING]), _BEGINNING)


def _spelled(spellings: Sequence[Spelling]) -> Iterator[Weighted]:
    yield from _neighbors(Grams.SYLLABLES, spelled(spellings[0].blurred), syllable_pair)
    for spelling in spellings:
        yield from ((Grams.SYLLABLES, pair, 1) for pair in syllable_pairs(spelling.blurred))
        letters = spelling.letters + spelling.tail
        if len(letters) <= LONGEST_SPELLED_BEGINNING:
            yield (Grams.EDGES, spelled_beginning(letters), 1)


def _neighbors(
    grams: Grams, parts: Sequence[str], pair: Callable[[str, str], str]
) -> Iterator[Weighted]:
    """Neighbors, those with one too many between them, and swapped ones."""
    yield from ((grams, pair(a, b), 1) for a, b in pairwise(parts))
    yield from ((grams, pair(a, b), _SKIPPING) for a, b in zip(parts, parts[2:], strict=False))
    yield from ((grams, pair(b, a), _SWAPPED) for a, b in pairwise(parts))


def _initials(letters: str) -> Iterator[Iterable[Weighted]]:
    if len(letters) <= LONGEST_BEGINNING:
        yield [(Grams.EDGES, initials_beginning(letters), 1)]
    if len(letters) in RUNS_OF_INITIALS[:2]:
        yield [(Grams.INITIALS, letters, 1)]
    elif len(letters) > LONGEST_BEGINNING:
        yield [
            *((Grams.INITIALS, run, 1) for run in runs(letters, 4)),
            *((Grams.INITIALS, run, _SKIPPING) for run in runs(letters, 3)),
        ]


def _plan(wanted: Iterable[Weighted], statistics: TermStatistics, candidates: int) -> Plan | None:
    counts: dict[tuple[Grams, str], float] = {}
    for grams, token, counted in wanted:
        counts[grams, token] = max(counted, counts.get((grams, token), 0))
    if not counts:
        return None
    keys = list(counts)
    # What was never counted is either new, then it is looked up, or a slip that no name has.
    found = sorted(
        (
            (max(1, frequency), key)
            for frequency, key in zip(statistics.frequencies(keys, 0), keys, strict=True)
            if frequency or counts[key] == 1
        ),
        key=lambda one: (one[0] / counts[one[1]] ** 2, one[1]),
    )
    if not found:
        return None
    frequent = max(_FEW, _TOO_FREQUENT * statistics.names)
    found = [one for one in found if one[0] <= frequent] or found[:1]
    terms = [
        Term(*key, _quantized(counts[key] * rarity(frequency, statistics.names)))
        for frequency, key in found
    ]
    required, read = 1, found[0][0]
    while required < len(found) and read + found[required][0] <= BUDGET:
        read += found[required][0]
        required += 1
    return Plan(
        tuple(terms[:required]), tuple(terms[required : required + MOST_OPTIONAL]), candidates
    )


def _quantized(weight: float) -> float:
    return max(1, round(weight / WEIGHT_UNIT)) * WEIGHT_UNIT
