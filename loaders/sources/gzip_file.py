"""Files packed alone by gzip (.gz), as exports of millions of rows are: unpacked like a member of an archive."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from loaders.sources.archives import Budget, copy_within_limits, is_archive
from records.errors import SourceError

_MAGIC = b"\x1f\x8b"
_TAR_MAGIC, _TAR_MAGIC_AT = b"ustar", 257


def is_gzip(path: Path) -> bool:
    """Whether the content is packed by gzip. OSError when it cannot be read."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


@contextmanager
def unpacked(path: Path, shown: str, folder: Path) -> Iterator[Path]:
    """The unpacked file, below `folder` for as long as the block lasts; `shown`: its name in messages.

    Raises SourceError when it is damaged, holds an archive, or is beyond the limits of archives.
    """
    target = folder / f"member-{uuid4().hex}"
    try:
        _unpack(path, target, shown)
        yield target
    finally:
        target.unlink(missing_ok=True)


def _unpack(path: Path, target: Path, shown: str) -> None:
    size = path.stat().st_size
    try:
        with gzip.open(path) as packed, target.open("xb") as file:
            copy_within_limits(packed, file, size, shown, Budget(shown, size))
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise SourceError(
            f"{shown}：gzip 文件不完整或已损坏 / a truncated or damaged gzip file",
            "请重新复制或下载该文件 / copy or download the file again",
        ) from error
    if is_archive(target) or _is_tar(target):
        raise SourceError(
            f"{shown}：压缩包中的压缩包不读取 / an archive within an archive is not read",
            "请先解压 / unpack it first",
        )


def _is_tar(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(_TAR_MAGIC_AT)
        return file.read(len(_TAR_MAGIC)) == _TAR_MAGIC
