"""What makes up the score of a name under each reading of a query: features and their weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    "ratio": 0.22,
    "coverage": 0.13,
    "reading_ratio": 0.15,
    "reading_coverage": 0.07,
    "rarity": 0.18,
    "beginning": 0.04,
    "characters": 0.07,
    "distinctive": 0.10,
    "whole_beginning": 0.04,
}
PINYIN = {
    "ratio": 0.04,
    "reading_ratio": 0.18,
    "reading_coverage": 0.1,
    "blurred_ratio": 0.14,
    "blurred_coverage": 0.1,
    "rarity": 0.16,
    "beginning": 0.06,
    "distinctive": 0.16,
    "whole_beginning": 0.06,
}
INITIALS = {
    "inside": 0.56,
    "ratio": 0.14,
    "distinctive": 0.16,
    "beginning": 0.05,
    "whole_beginning": 0.05,
    "characters": 0.04,
}

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
    """Features of names for a name as it is written."""
    asked, texts = reading.name, names.texts
    length = len(asked.text)
    common, read = texts.common(asked.text), names.blurred.common(asked.blurred)
    beginning = texts.same_beginning(asked.text) / length
    written, heard = Neighbors(asked.text, texts), Neighbors(asked.blurred, names.blurred)
    beside = written.beside()
    pairs = np.maximum(beside, written.nearly())
    heard_pairs = np.maximum(pairs, 0.8 * heard.beside())
    told = _told_by(Grams.PAIRS, runs(asked.text, 2), statistics)
    told1 = _told_by(Grams.EDGES, list(asked.text), statistics)
    chars = written.characters()
    stem = asked.text[: asked.stem]
    return {
        "ratio": ratio(common, length, texts.lengths),
        "coverage": common / length,
        "reading_ratio": ratio(read, length, texts.lengths),
        "reading_coverage": read / length,
        "rarity": _share(pairs, told),
        "heard_rarity": _share(heard_pairs, told),
        "char_rarity": _share(chars, told1),
        "heard_char_rarity": _share(np.maximum(chars, 0.8 * heard.characters()), told1),
        "run": (longest_run(beside) + 1) / length,
        "heard_run": (longest_run(heard.beside()) + 1) / length,
        "beginning": beginning,
        "characters": chars.mean(axis=1),
        "distinctive": ratio(names.stems.common(stem), len(stem), names.stems.lengths),
        "whole_beginning": np.floor(beginning),
    }


def spelled(spelling: Spelling, names: Names, statistics: TermStatistics) -> Columns:
    """Features of names for one way to part pinyin into syllables."""
    signs, length = spelling.signs, max(1, len(spelling.signs))
    read, blurred = names.signs.common(signs), names.blurred.common(spelling.blurred)
    beginning = names.signs.same_beginning(signs) / length
    stems = names.stem_signs
    lengths = names.signs.lengths
    if length > 1:
        neighbors = Neighbors(spelling.blurred, names.blurred)
        pairs = syllable_pairs(spelling.blurred)
        shown = np.maximum(neighbors.beside(), neighbors.nearly())
        told = _share(shown, _told_by(Grams.SYLLABLES, pairs, statistics))
    else:
        told = blurred / length
    return {
        "ratio": np.zeros(len(read)),
        "reading_ratio": ratio(read, length, lengths),
        "reading_coverage": read / length,
        "blurred_ratio": ratio(blurred, length, lengths),
        "blurred_coverage": blurred / length,
        "rarity": told,
        "beginning": beginning,
        "distinctive": np.maximum(
            ratio(stems.common(signs), length, stems.lengths), ratio(read, length, lengths)
        ),
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


def _told_by(grams: Grams, tokens: Sequence[str], statistics: TermStatistics) -> Values:
    """What each of these tokens tells."""
    frequencies = statistics.frequencies([(grams, token) for token in tokens])
    return np.array([rarity(frequency, statistics.names) for frequency in frequencies])


def _share(shown: Values, told: Values) -> Values:
    """The share of what a query tells that each name shows."""
    return np.asarray(np.minimum(1, (shown * told).sum(axis=1) / told.sum()), np.float64)
