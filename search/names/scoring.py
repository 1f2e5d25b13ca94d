"""What makes up the score of a name under each reading of a query: features and their weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from search.names.analysis import runs, syllable_pairs
from search.names.compared import Names
from search.names.features import Neighbors, Values, longest_run, ratio
from search.names.interpreting import Characters, Code, Initials, Pinyin, Reading, Short
from search.names.pinyin import Spelling
from search.names.planning import rarity
from search.plan import Grams
from search.statistics import TermStatistics

SHORT = {"inside": 0.6, "beginning": 0.2, "ratio": 0.2}
CHARACTERS = {
    "characters": 0.19,
    "heard_characters": 0.11,
    "pairs": 0.2,
    "run": 0.09,
    "coverage": 0.13,
    "ratio": 0.08,
    "distinctive": 0.14,
    "beginning": 0.02,
    "whole_beginning": 0.04,
}
PINYIN = {
    "characters": 0.04,
    "pairs": 0.34,
    "coverage": 0.22,
    "heard_coverage": 0.06,
    "ratio": 0.1,
    "distinctive": 0.16,
    "beginning": 0.03,
    "whole_beginning": 0.05,
}
INITIALS = {
    "inside": 0.56,
    "ratio": 0.14,
    "distinctive": 0.16,
    "beginning": 0.05,
    "whole_beginning": 0.05,
    "characters": 0.04,
}

_HEARD = 0.8

Weights = Mapping[str, float]
Columns = Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Source:
    """Features of names under one reading of a query, their weights, and which names: all where `rows` is None."""

    reading: Reading
    columns: Columns
    weights: Weights
    rows: list[int] | None = None

    def total(self) -> Values:
        """The scores: summed in the order of the features, so that a sum of the parts is exactly the same."""
        found = np.zeros(len(next(iter(self.columns.values()))))
        for feature, weight in self.weights.items():
            found += self.columns[feature] * weight
        return found

    def value(self, feature: str, row: int) -> float:
        """The value of a feature for one of all names."""
        at = row if self.rows is None else self.rows.index(row)
        return float(self.columns[feature][at])


def sources(reading: Reading, names: Names, statistics: TermStatistics) -> Iterator[Source]:
    """Features of names under a reading of a query; of pinyin once a spelling and way to read the names."""
    match reading:
        case Short():
            yield Source(reading, short(reading, names), SHORT)
        case Characters():
            yield Source(reading, characters(reading, names, statistics), CHARACTERS)
        case Pinyin(spellings):
            read, _ = names.both_ways
            for spelling in spellings:
                yield from _parted(reading, spelled(spelling, read, statistics), PINYIN, names)
        case Initials():
            read, _ = names.both_ways
            yield from _parted(reading, initials(reading, read), INITIALS, names)
        case Code():
            return


def _parted(reading: Reading, columns: Columns, weights: Weights, names: Names) -> Iterator[Source]:
    """Features of names read both ways → those of all of them one way, and of some the other way."""
    _, rows = names.both_ways
    count = len(names)
    yield Source(reading, {feature: found[:count] for feature, found in columns.items()}, weights)
    if rows:
        others = {feature: found[count:] for feature, found in columns.items()}
        yield Source(reading, others, weights, rows)


def short(reading: Short, names: Names) -> Columns:
    """Features of names for one or two characters."""
    text, texts = reading.text, names.texts
    inside = texts.has(text)
    return {
        "inside": inside,
        "beginning": texts.same_beginning(text) / len(text),
        "ratio": ratio(texts.common(text), len(text), texts.lengths),
    }


def characters(reading: Characters, names: Names, statistics: TermStatistics) -> Columns:
    """Features of names for a name as it is written.

    What is heard the same counts almost as what is written the same: most slips are of that kind.
    """
    asked, texts, stem = reading.name, names.texts, reading.name.text[: reading.name.stem]
    length = len(asked.text)
    common = texts.common(asked.text)
    whole = ratio(common, length, texts.lengths)
    beginning = texts.same_beginning(asked.text) / length
    written, heard = Neighbors(asked.text, texts), Neighbors(asked.blurred, names.blurred)
    has, beside_heard = written.characters(), heard.beside()
    pairs = np.maximum(np.maximum(written.beside(), written.nearly()), _HEARD * beside_heard)
    rare = _rarities(Grams.EDGES, asked.text, statistics)
    return {
        "characters": _share(has, rare),
        "heard_characters": _share(np.maximum(has, _HEARD * heard.characters()), rare),
        "pairs": _share(pairs, _rarities(Grams.PAIRS, runs(asked.text, 2), statistics)),
        "run": (longest_run(beside_heard) + 1) / length,
        "coverage": common / length,
        "ratio": whole,
        "distinctive": np.maximum(
            ratio(names.stems.common(stem), len(stem), names.stems.lengths), whole
        ),
        "beginning": beginning,
        "whole_beginning": np.floor(beginning),
    }


def spelled(spelling: Spelling, names: Names, statistics: TermStatistics) -> Columns:
    """Features of names for one way to part pinyin into syllables; letters are no characters of a name."""
    signs, texts, stems = spelling.signs, names.signs, names.stem_signs
    # Of the beginning of a first syllable nothing fits yet.
    length = max(1, len(signs))
    common, heard = texts.common(signs), names.blurred.common(spelling.blurred)
    beginning = texts.same_beginning(signs) / length
    whole = ratio(common, length, texts.lengths)
    pairs = heard / length
    if length > 1:
        neighbors = Neighbors(spelling.blurred, names.blurred)
        rare = _rarities(Grams.SYLLABLES, syllable_pairs(spelling.blurred), statistics)
        pairs = _share(np.maximum(neighbors.beside(), neighbors.nearly()), rare)
    return {
        "characters": np.zeros(len(common)),
        "pairs": pairs,
        "coverage": common / length,
        "heard_coverage": heard / length,
        "ratio": whole,
        "distinctive": np.maximum(ratio(stems.common(signs), length, stems.lengths), whole),
        "beginning": beginning,
        "whole_beginning": np.floor(beginning),
    }


def initials(reading: Initials, names: Names) -> Columns:
    """Features of names for first letters of syllables."""
    letters, texts = reading.letters, names.initials
    length = len(letters)
    common = texts.common(letters)
    beginning = texts.same_beginning(letters) / length
    whole = ratio(common, length, texts.lengths)
    stems = names.stem_initials
    return {
        "inside": np.maximum(texts.has(letters), 0.6 * common / length),
        "ratio": whole,
        "distinctive": np.maximum(ratio(stems.common(letters), length, stems.lengths), whole),
        "beginning": beginning,
        "whole_beginning": np.floor(beginning),
        "characters": np.zeros(len(common)),
    }


def _rarities(grams: Grams, tokens: Iterable[str], statistics: TermStatistics) -> Values:
    """What each of these tokens tells."""
    frequencies = statistics.frequencies([(grams, token) for token in tokens])
    return np.array([rarity(frequency, statistics.names) for frequency in frequencies])


def _share(shown: Values, rare: Values) -> Values:
    """The share of what a query tells that each name shows."""
    return np.asarray(np.minimum(1, (shown * rare).sum(axis=1) / rare.sum()), np.float64)
