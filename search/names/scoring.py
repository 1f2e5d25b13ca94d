"""What makes up the score of a name under each reading of a query: features and their weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from search.names.analysis import Name, runs, syllable_pairs
from search.names.features import Neighbors, Texts, Values, longest_run, ratio
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
    "run": 0.05,
    "coverage": 0.13,
    "ratio": 0.11,
    "distinctive": 0.14,
    "beginning": 0.03,
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


class Names:
    """Names side by side, each text of them made when it is asked for."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names

    @cached_property
    def ways(self) -> tuple[Names, ...]:
        """These, and if any can be read in two ways, all of them by the other one."""
        if all(name.signs == name.other for name in self._names):
            return (self,)
        others = [
            replace(n, signs=n.other, blurred=n.other_blurred, initials=n.other_initials)
            for n in self._names
        ]
        return self, Names(others)

    @cached_property
    def texts(self) -> Texts:
        """Normalized."""
        return Texts([name.text for name in self._names])

    @cached_property
    def stems(self) -> Texts:
        """Without the legal form."""
        return Texts([name.text[: name.stem] for name in self._names])

    @cached_property
    def signs(self) -> Texts:
        """As they are read."""
        return Texts([name.signs for name in self._names])

    @cached_property
    def stem_signs(self) -> Texts:
        """As they are read, without the legal form."""
        return Texts([name.signs[: name.stem] for name in self._names])

    @cached_property
    def blurred(self) -> Texts:
        """As they are read, with what sounds alike made one."""
        return Texts([name.blurred for name in self._names])

    @cached_property
    def initials(self) -> Texts:
        """The first letters of their syllables."""
        return Texts([name.initials for name in self._names])

    @cached_property
    def stem_initials(self) -> Texts:
        """The same without the legal form."""
        return Texts([name.initials[: name.stem] for name in self._names])


def score(
    reading: Reading, names: Names, statistics: TermStatistics
) -> Iterator[tuple[Columns, Weights]]:
    """Features of names under a reading of a query, and their weights; of pinyin once a spelling."""
    match reading:
        case Short():
            yield short(reading, names), SHORT
        case Characters():
            yield characters(reading, names, statistics), CHARACTERS
        case Pinyin(spellings):
            for read in names.ways:
                for spelling in spellings:
                    yield spelled(spelling, read, statistics), PINYIN
        case Initials():
            for read in names.ways:
                yield initials(reading, read), INITIALS
        case Code():
            return


def total(columns: Columns, weights: Weights) -> Values:
    """The scores: summed in the order of the features, so that a sum of the parts is exactly the same."""
    found = np.zeros(len(next(iter(columns.values()))))
    for feature, weight in weights.items():
        found += columns[feature] * weight
    return found


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
        "ratio": ratio(common, length, texts.lengths),
        "distinctive": ratio(names.stems.common(stem), len(stem), names.stems.lengths),
        "beginning": beginning,
        "whole_beginning": np.floor(beginning),
    }


def spelled(spelling: Spelling, names: Names, statistics: TermStatistics) -> Columns:
    """Features of names for one way to part pinyin into syllables; letters are no characters of a name."""
    signs, texts, stems = spelling.signs, names.signs, names.stem_signs
    length = len(signs)
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
