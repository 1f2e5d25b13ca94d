"""How many subjects have a term: the statistics that plans are made with, frozen with a version of the index.

Frequencies of a live index differ between engines, segments and replicas, and move with every deletion;
plans made with them would score the same name differently from one page to the next. The table is two
sorted columns, memory-mapped where it is a file, so that all workers of a machine share one.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from search.plan import Grams

_HEAD = struct.Struct("<8sQQ")
_MAGIC = b"xcterms1"


@dataclass(frozen=True)
class TermStatistics:
    """`names`: how many subjects were counted; digests of their terms in order, and how many have each."""

    names: int
    _digests: npt.NDArray[np.uint64]
    _counts: npt.NDArray[np.uint32]

    @classmethod
    def counted(cls, subjects: Iterable[Iterable[tuple[Grams, str]]]) -> Self:
        """Count the terms of subjects; a term that a subject has several times counts once."""
        counts: Counter[tuple[Grams, str]] = Counter()
        names = 0
        for terms in subjects:
            names += 1
            counts.update(set(terms))
        digests = np.fromiter((_digest(*term) for term in counts), np.uint64, len(counts))
        numbers = np.fromiter(counts.values(), np.uint32, len(counts))
        order = np.argsort(digests, kind="stable")
        return cls(names, digests[order], numbers[order])

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What :meth:`as_bytes` gave. Raises ValueError for anything else."""
        return cls._of(np.frombuffer(content, np.uint8))

    @classmethod
    def mapped(cls, path: Path) -> Self:
        """A file of these bytes, shared with other processes. Raises OSError or ValueError."""
        return cls._of(np.memmap(path, np.uint8, "r"))

    @classmethod
    def _of(cls, content: npt.NDArray[np.uint8]) -> Self:
        if len(content) < _HEAD.size:
            raise ValueError("no term statistics")
        magic, names, terms = _HEAD.unpack(content[: _HEAD.size].tobytes())
        if magic != _MAGIC or len(content) != _HEAD.size + 12 * terms:
            raise ValueError("no term statistics")
        middle = _HEAD.size + 8 * terms
        return cls(
            names, content[_HEAD.size : middle].view(np.uint64), content[middle:].view(np.uint32)
        )

    def as_bytes(self) -> bytes:
        """The table as a file holds it."""
        head = _HEAD.pack(_MAGIC, self.names, len(self._digests))
        return head + self._digests.tobytes() + self._counts.tobytes()

    def frequencies(self, terms: Sequence[tuple[Grams, str]], unseen: int = 1) -> list[int]:
        """How many subjects have each of these terms; `unseen` for one that was never counted."""
        if not terms or not len(self._digests):
            return [unseen] * len(terms)
        wanted = np.fromiter((_digest(*term) for term in terms), np.uint64, len(terms))
        at = np.minimum(np.searchsorted(self._digests, wanted), len(self._digests) - 1)
        found: list[int] = np.where(self._digests[at] == wanted, self._counts[at], unseen).tolist()
        return found


@lru_cache(maxsize=4_096)
def _digest(grams: Grams, token: str) -> int:
    content = f"{grams}\0{token}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little")
