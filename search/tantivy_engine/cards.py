"""What ranking knows of each subject, in a file beside the index: a stored document takes many times as long.

The file only grows. It is synced before the commit whose state says how long it is, and read up to there:
what a writer left behind it is cut off by the next one, what updates leave within it goes with a new index.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from records.errors import IndexUnavailable
from search.plan import Card
from search.subjects import card_as_bytes, card_from_bytes

_FILE = "cards"
_LENGTH_BITS = 22
"""Of a card; the rest of a 63-bit number is where it begins."""
_BUFFER = 1 << 20


class CardWriter:
    """Appends cards; for the one who holds the writer lock."""

    def __init__(self, folder: Path, committed: int) -> None:
        """`committed`: the length that the last commit spoke of. Raises OSError."""
        self._file = (folder / _FILE).open("ab", buffering=_BUFFER)
        self.length = committed
        if self._file.tell() < committed:
            self._file.close()
            raise _damaged()
        self._file.truncate(committed)

    def append(self, card: Card) -> int:
        """Add a card; the number by which it is read."""
        content = card_as_bytes(card)
        self._file.write(content)
        begin, self.length = self.length, self.length + len(content)
        return begin << _LENGTH_BITS | len(content)

    def sync(self) -> int:
        """Bring everything to the disk; the length of the file. Raises OSError."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self.length

    def close(self) -> None:
        """Close the file; what was not synced may be gone."""
        self._file.close()


@dataclass(frozen=True)
class Cards:
    """The cards of one commit, shared with other processes."""

    length: int
    _content: mmap.mmap | bytes = b""

    @classmethod
    def mapped(cls, folder: Path, length: int) -> Cards:
        """Raises IndexUnavailable or OSError."""
        if not length:
            return cls(0)
        with (folder / _FILE).open("rb") as file:
            if os.fstat(file.fileno()).st_size < length:
                raise _damaged()
            return cls(length, mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ))

    def read(self, numbers: Iterable[int]) -> list[Card]:
        """The cards of these numbers, in their order."""
        content, mask = self._content, (1 << _LENGTH_BITS) - 1
        return [
            card_from_bytes(content[(begin := n >> _LENGTH_BITS) : begin + (n & mask)])
            for n in numbers
        ]


def _damaged() -> IndexUnavailable:
    return IndexUnavailable(
        "the index has lost its cards of subjects / 索引的主体卡片缺失", "run: xincha reindex"
    )
