"""How alike a query and a hundred names are: features in arrays, one value a name.

Every feature lies in 0..1, is 1 for a text that equals the query, and depends on these two alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

Values = npt.NDArray[np.float64]
_POINTS = 0x33000
"""Behind the last character of a normalized name."""
_SWAPPED, _WRONG, _APART = 0.8, 0.6, 0.5


class Texts:
    """Texts side by side, as rows of code points filled up with zeros."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.lengths = np.fromiter(map(len, texts), np.float64, len(texts))

    @cached_property
    def points(self) -> npt.NDArray[np.uint32]:
        """The code points, a row a text."""
        width = max(2, int(self.lengths.max(initial=0)))
        filled = "".join([text.ljust(width, "\0") for text in self.texts])
        return _points(filled).reshape(len(self.texts), width)

    def common(self, query: str) -> Values:
        """The length of the longest common subsequence with the query."""
        found = cdist([query], self.texts, scorer=LCSseq.similarity, dtype=np.float32)[0]
        return np.asarray(found, np.float64)

    def same_beginning(self, query: str) -> Values:
        """How many of the query's first characters each text begins with."""
        wanted = _points(query)[: self.points.shape[1]]
        same = self.points[:, : len(wanted)] == wanted
        return np.asarray(np.logical_and.accumulate(same, axis=1).sum(axis=1), np.float64)

    def has(self, query: str) -> Values:
        """1 for texts that have the query within them."""
        return np.fromiter([query in text for text in self.texts], np.float64, len(self.texts))


def ratio(common: Values, length: int, lengths: Values) -> Values:
    """Twice what is common by what both have."""
    return 2 * common / (length + lengths)


def longest_run(pairs: Values) -> Values:
    """How many pairs in a row, at most, are there in full."""
    run = best = np.zeros(len(pairs))
    for column in pairs.T:
        run = (run + 1) * (column >= 1)
        best = np.maximum(best, run)
    return best


class Neighbors:
    """Which characters of a query stand in each text, and which of them stand side by side there."""

    def __init__(self, query: str, texts: Texts) -> None:
        own = sorted(set(map(ord, query)))
        numbers = np.zeros(_POINTS, np.uint8)
        numbers[own] = range(1, len(own) + 1)
        self._size = len(own) + 1
        self._texts = numbers[texts.points].astype(np.int64)
        self._query = numbers[_points(query)].astype(np.int64)

    def characters(self) -> Values:
        """By text and character of the query, 1 where the text has it."""
        seen = np.zeros((len(self._texts), self._size), np.bool_)
        seen[np.arange(len(self._texts))[:, None], self._texts] = True
        return np.asarray(seen[:, self._query], np.float64)

    def beside(self) -> Values:
        """By text and pair of the query's neighbors, 1 where they are neighbors in the text."""
        query = self._query
        return np.asarray(self._beside[:, self._keys(query[:-1], query[1:])], np.float64)

    def nearly(self) -> Values:
        """By text and pair of neighbors, how much of it the text shows otherwise than side by side.

        The other way round, apart by one character, or with one of the two wrong or too many.
        """
        query = self._query
        beside = self._beside
        across = self._seen(self._texts[:, :-2], self._texts[:, 2:])
        found = np.maximum(
            _SWAPPED * beside[:, self._keys(query[1:], query[:-1])],
            _APART * across[:, self._keys(query[:-1], query[1:])],
        )
        ends = self._keys(query[:-2], query[2:])
        without = np.maximum(_APART * beside[:, ends], _WRONG * across[:, ends])
        found[:, :-1] = np.maximum(found[:, :-1], without)
        found[:, 1:] = np.maximum(found[:, 1:], without)
        return np.asarray(found, np.float64)

    @cached_property
    def _beside(self) -> npt.NDArray[np.bool_]:
        return self._seen(self._texts[:, :-1], self._texts[:, 1:])

    def _keys(
        self, firsts: npt.NDArray[np.int64], seconds: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        return firsts * self._size + seconds

    def _seen(
        self, firsts: npt.NDArray[np.int64], seconds: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        seen = np.zeros((len(firsts), self._size * self._size), np.bool_)
        seen[np.arange(len(firsts))[:, None], self._keys(firsts, seconds)] = True
        return seen


def _points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
