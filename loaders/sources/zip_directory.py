"""The directory at the end of a zip archive, looked at before a library reads it into memory."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import IO

from loaders.sources.file_names import shown_name
from records.errors import SourceError

DIRECTORY_LIMIT = 8 << 20
"""Bytes of an archive's directory; 10,000 members with long names need half of it."""
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 0xFFFF
_END_64 = b"PK\x06\x06"
_END_64_SIZE = 56
_LOCATOR_SIZE = 20


def check_directory(path: Path, file: IO[bytes]) -> None:
    """Raise SourceError when the directory of the archive is larger than any honest one.

    A million members fit into a few megabytes, but take gigabytes of memory once they are listed.
    """
    if _directory_size(file) > DIRECTORY_LIMIT:
        raise SourceError(
            f"{shown_name(path.name)}：压缩包（或工作簿）内的文件过多"
            " / the archive (or workbook) holds too many files",
            "请拆分为多个文件 / split it into several",
        )


def _directory_size(file: IO[bytes]) -> int:
    """Bytes of the directory as the end record states it, 0 where there is none."""
    length = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, length - _END_SIZE - _LONGEST_COMMENT - _LOCATOR_SIZE - _END_64_SIZE))
    tail = file.read(length - start)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        return 0
    size = int(struct.unpack_from("<L", tail, at + 12)[0])
    at_64 = tail.rfind(_END_64, 0, at)
    if at_64 >= 0 and at - at_64 >= _END_64_SIZE:
        size = max(size, int(struct.unpack_from("<Q", tail, at_64 + 40)[0]))
    # A directory cannot be longer than its file; the library tells that damage better.
    return min(size, length)
