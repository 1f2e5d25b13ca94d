"""The container of old Office files (MS-CFB): streams under names, in sectors that tables chain together.

The library follows some of those chains without an end; what would hold it for ever is refused first.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from xlrd.compdoc import CompDoc, CompDocError

ENTRIES_LIMIT = 100_000
"""Names in a container; a workbook has about ten."""

_SECTOR_SIZES = frozenset({9, 12})
"""As powers of two (MS-CFB 2.2)."""
_SECTOR_SIZE_AT, _TABLES_AT, _FIRST_SECTOR = 30, 68, 512
_NUMBER = struct.Struct("<I")
_DIRECTORY = "directory"
_ENTRY_SIZE = 128
_LINKS = struct.Struct("<BxIII")
_LINKS_AT = 66
_NO_ENTRY = 0x80000000
"""Links from here on lead nowhere."""
_STORAGE = 1


class Silence:
    """Takes the library's diagnostics, which quote cells."""

    def write(self, text: str) -> None:
        """Nothing is kept."""


def named_stream(content: bytes, names: Sequence[str]) -> bytes | None:
    """The first stream of the container that has one of the names.

    Raises CompDocError, and whatever the library raises, when the container is damaged.
    """
    _check_tables(content)
    container = _Container(content, logfile=Silence())
    for name in names:
        memory, start, length = container.locate_named_stream(name)
        if memory:
            return bytes(memory[start : start + length])
    return None


class _Container(CompDoc):
    # No other place lies between the library's reading of a table and its following of it.
    def _get_stream(
        self,
        mem: bytes,
        base: int,
        sat: Sequence[int],
        sec_size: int,
        start_sid: int,
        size: int | None = None,
        name: str = "",
        seen_id: int | None = None,
    ) -> bytes:
        if seen_id is None:
            _check_chain(sat, start_sid)
        read = super()._get_stream  # type: ignore[misc]  # not in its published types
        stream: bytes = read(mem, base, sat, sec_size, start_sid, size, name, seen_id)
        if name == _DIRECTORY:
            _check_tree(stream)
        return stream


def _check_tables(content: bytes) -> None:
    """A table has four bytes a sector; one that has many more is there to fill the memory."""
    (power,) = struct.unpack_from("<H", content, _SECTOR_SIZE_AT)
    if power not in _SECTOR_SIZES:
        raise CompDocError("sectors of no known size")
    size = 1 << power
    numbers, sectors = size // _NUMBER.size, len(content) // size + 1
    (sector,) = _NUMBER.unpack_from(content, _TABLES_AT)
    listed = 0
    while sector < sectors:
        if listed > sectors // numbers:
            raise CompDocError("larger tables than the file needs")
        listed += numbers - 1
        (sector,) = _NUMBER.unpack_from(content, _FIRST_SECTOR + (sector + 1) * size - _NUMBER.size)


def _check_chain(following: Sequence[int], sector: int) -> None:
    for _ in range(len(following) + 1):
        if sector < 0:
            return
        sector = following[sector]
    raise CompDocError("a chain of sectors without an end")


def _check_tree(directory: bytes) -> None:
    """Each entry is reached once: by two ways, the library would walk all that is below it twice."""
    if len(directory) > ENTRIES_LIMIT * _ENTRY_SIZE:
        raise CompDocError("too many entries")
    waiting, seen = [0], set[int]()
    while waiting:
        entry = waiting.pop()
        if entry >= _NO_ENTRY:
            continue
        if entry in seen:
            raise CompDocError("an entry in two places")
        seen.add(entry)
        kind, left, right, below = _LINKS.unpack_from(directory, entry * _ENTRY_SIZE + _LINKS_AT)
        waiting += (left, right) if entry else ()
        waiting += (below,) if kind == _STORAGE or not entry else ()
