"""Containers that are built to hold the library for ever."""

from __future__ import annotations

import struct

import pytest
from xlrd.compdoc import CompDocError

from loaders.sources import compound_file
from loaders.sources.compound_file import named_stream


def container(stream: bytes, *others: bytes, chain: tuple[int, ...] = ()) -> bytes:
    """A workbook under 4 KB as spreadsheet programs write it: in short sectors, those in one sector each.

    `others`: entries of the directory behind the workbook's; `chain`: what follows each short sector.
    """
    short = -(-len(stream) // 64)
    sectors = -(-len(stream) // 512)
    entries = [
        entry("Root Entry", 5, below=1, size=short * 64),
        entry("Workbook", 2, left=2 if others else FREE, right=2 if others else FREE, size=len(stream)),
        *others,
    ]  # fmt: skip
    tables, folders = sectors + 1, -(-len(entries) // 4)
    following = [
        *range(1, sectors), END, END, *range(tables + 1, tables + folders), END, 0xFFFFFFFD,
    ]  # fmt: skip
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6)
    head += bytes(10) + struct.pack("<9I", 1, tables, 0, 4096, sectors, 1, END, 0, tables + folders)
    chain = chain or (*range(1, short), END)
    return (
        head.ljust(512, b"\xff")
        + stream.ljust(sectors * 512, b"\0")
        + struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
        + b"".join(entries).ljust(folders * 512, b"\0")
        + struct.pack(f"<{len(following)}I", *following).ljust(512, b"\xff")
    )


END, FREE = 0xFFFFFFFE, 0xFFFFFFFF


def entry(
    name: str, kind: int, left: int = FREE, right: int = FREE, below: int = FREE, size: int = 0
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(raw), kind, 1, left, right, below)
    return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<III", 0, size, 0)


def test_a_small_stream_lies_in_short_sectors() -> None:
    stream = bytes(range(256))
    assert named_stream(container(stream), ["Book", "Workbook"]) == stream


def test_a_stream_of_another_name_is_none() -> None:
    assert named_stream(container(b"x" * 64), ["Book"]) is None


def test_a_chain_of_sectors_without_end_is_refused() -> None:
    with pytest.raises(CompDocError, match="without an end"):
        named_stream(container(b"x" * 64, chain=(0,)), ["Workbook"])


def test_a_directory_that_leads_twice_to_every_entry_is_refused() -> None:
    doubled = [entry("x", 2, left=at, right=at) for at in range(3, 40)]
    with pytest.raises(CompDocError, match="two places"):
        named_stream(container(b"x" * 64, *doubled, entry("y", 2)), ["Workbook"])


def test_more_entries_than_any_workbook_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compound_file, "ENTRIES_LIMIT", 1)
    with pytest.raises(CompDocError, match="too many"):
        named_stream(container(b"x" * 64), ["Workbook"])


def test_larger_tables_than_the_file_needs_are_refused() -> None:
    """The first sectors of the stream say that they go on to list the sectors of the table."""
    to_next = bytes(508) + struct.pack("<I", 1)
    content = container(to_next + bytes(508) + struct.pack("<I", END))
    content = content[:68] + struct.pack("<II", 0, 2) + content[76:]
    with pytest.raises(CompDocError, match="than the file needs"):
        named_stream(content, ["Workbook"])


def test_sectors_of_no_known_size_are_refused() -> None:
    content = container(b"x" * 64)
    with pytest.raises(CompDocError, match="size"):
        named_stream(content[:30] + struct.pack("<H", 20) + content[32:], ["Workbook"])
