"""zip archives: each member is unpacked alone, counted while it is, and never under its own name.

What the directory of an archive says is not believed: sizes are counted, names only shown. Members that
cannot or must not be read are told one by one; the others still are.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import IO
from uuid import uuid4

from loaders.sources.file_names import is_litter, not_allowed, shown_name
from loaders.sources.zip_directory import check_directory
from records.errors import SourceError

MEMBERS_LIMIT = 10_000
"""Members of one archive."""
MEMBER_LIMIT = 4 << 30
"""Bytes of one member unpacked: a csv of about three million rows."""
ARCHIVE_LIMIT = 16 << 30
"""Bytes of all members unpacked."""
RATIO_LIMIT = 200
"""Bytes unpacked of one byte packed. Tables reach 60, a bomb of zeros 1,000."""
RATIO_FROM = 64 << 20
"""Bytes unpacked from which the ratio counts: small members may repeat themselves as they like."""
_BLOCK = 1 << 20
_ENCRYPTED = 1
_PACKED_BY = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
_DOCUMENT_PARTS = {
    "[Content_Types].xml", "mimetype", "xl/workbook.xml", "xl/workbook.bin", "word/document.xml",
}  # fmt: skip
"""What workbooks and text documents have, which are zip archives too."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member: how it is shown, its name inside, and the file it was unpacked to or why it was not.

    The file lives until the next member is asked for.
    """

    shown: str
    name: str
    path: Path | None = None
    refused: SourceError | None = None


def is_archive(path: Path) -> bool:
    """Whether the content is a zip archive of files and no document. False when it is damaged.

    Raises SourceError when its directory is beyond all limits, OSError when it cannot be read.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return False
        check_directory(path, file)
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except _DAMAGE:
        return False
    return not names & _DOCUMENT_PARTS and not any(n.startswith("xl/worksheets/") for n in names)


def members(path: Path, archive_name: str, folder: Path, litter: list[str]) -> Iterator[Member]:
    """Every file in the archive, in order of names, unpacked one at a time into `folder`.

    `archive_name`: how the archive is shown. Names of what systems leave in archives and nobody reads are added to `litter`. Raises SourceError
    when there are too many members, or when together they are too large.
    """
    with zipfile.ZipFile(path) as archive:
        named = [(name, info) for info in archive.infolist() if not _is_folder(name := _name(info))]
        if len(named) > MEMBERS_LIMIT:
            raise SourceError(
                f"{archive_name}：压缩包内超过 {MEMBERS_LIMIT} 个文件"
                f" / the archive holds more than {MEMBERS_LIMIT} files",
                "请拆分为多个压缩包 / split it into several archives",
            )
        named.sort(key=lambda pair: pair[0])
        budget = Budget(archive_name, path.stat().st_size)
        seen: Counter[str] = Counter()
        for name, info in named:
            if is_litter(name):
                litter.append(shown_name(name))
                continue
            seen[name] += 1
            again = f" ({seen[name]})" if seen[name] > 1 else ""
            shown = f"{archive_name}/{shown_name(name)}{again}"
            yield from _unpacked(archive, info, name, shown, folder, budget)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: without the UTF-8 flag, Chinese systems write GBK."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _is_folder(name: str) -> bool:
    return name.endswith("/")


class Budget:
    """How much the archive has been unpacked to so far."""

    def __init__(self, archive: str, size: int) -> None:
        self._archive = archive
        self._size = size
        self._used = 0

    def spend(self, size: int) -> None:
        """Count bytes. Raises SourceError when the whole archive is too large."""
        self._used += size
        inflated = self._used > max(RATIO_FROM, RATIO_LIMIT * self._size)
        if self._used > ARCHIVE_LIMIT or inflated:
            raise ArchiveTooLarge(
                f"{self._archive}：压缩包解压后过大，或压缩率异常，其余文件未读取"
                " / the archive is too large when unpacked, or packed beyond belief (a zip bomb?);"
                " the rest of it was not read",
                "请解压后加载文件夹 / unpack it and load the folder",
            )


class ArchiveTooLarge(SourceError):
    """All members together are beyond the limits: the rest of the archive is not read."""


def _unpacked(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    shown: str,
    folder: Path,
    budget: Budget,
) -> Iterator[Member]:
    # A name that nobody can confuse with the words of a message, in which the shown name replaces it.
    target = folder / f"member-{uuid4().hex}"
    try:
        _check(info, name, shown)
        with archive.open(info) as packed, target.open("xb") as unpacked:
            copy_within_limits(packed, unpacked, info.compress_size, shown, budget)
        _check_content(target, shown)
        yield Member(shown, name, target)
    except ArchiveTooLarge:
        raise
    except SourceError as error:
        yield Member(shown, name, refused=error)
    except (*_DAMAGE, OSError) as error:
        yield Member(shown, name, refused=_unreadable(shown, error))
    finally:
        target.unlink(missing_ok=True)


def _check(info: zipfile.ZipInfo, name: str, shown: str) -> None:
    """Raise SourceError for a member that must not be unpacked."""
    if why := not_allowed(name):
        raise SourceError(
            f"{shown}：文件名不安全，未读取 / not read, its name is not safe: {why}",
            "请用普通文件名重新打包 / pack it again under a plain name",
        )
    mode = stat.S_IFMT(info.external_attr >> 16)
    if mode not in {0, stat.S_IFREG}:
        raise SourceError(
            f"{shown}：不是普通文件（链接或设备） / no regular file (a link or device)",
            "请打包文件本身 / pack the file itself",
        )
    if info.flag_bits & _ENCRYPTED:
        raise SourceError(
            f"{shown}：压缩包内的文件已加密 / the file is encrypted",
            "请去掉压缩包的密码后重新打包 / pack it again without a password",
        )
    if info.compress_type not in _PACKED_BY:
        raise SourceError(
            f"{shown}：不支持的压缩方式 / packed by a method that is not read",
            "请用普通 zip（Deflate）重新打包 / pack it again as an ordinary zip (Deflate)",
        )


def _check_content(unpacked: Path, shown: str) -> None:
    if is_archive(unpacked):
        raise SourceError(
            f"{shown}：压缩包中的压缩包不读取 / an archive within an archive is not read",
            "请先解压外层压缩包 / unpack the outer archive first",
        )


def copy_within_limits(
    packed: IO[bytes] | BufferedIOBase,
    unpacked: IO[bytes],
    packed_size: int,
    shown: str,
    budget: Budget,
) -> None:
    """Unpack one file of that many packed bytes. Raises SourceError when it becomes too large."""
    size, most = 0, max(RATIO_FROM, RATIO_LIMIT * packed_size)
    while block := packed.read(_BLOCK):
        size += len(block)
        budget.spend(len(block))
        if size > min(MEMBER_LIMIT, most):
            raise SourceError(
                f"{shown}：解压后过大，或压缩率异常"
                " / too large when unpacked, or packed beyond belief (a zip bomb?)",
                "请单独加载该文件，或拆分后重新打包 / load that file alone, or split it",
            )
        unpacked.write(block)


def _unreadable(shown: str, error: Exception) -> SourceError:
    if isinstance(error, OSError) and error.strerror:
        return SourceError(
            f"{shown}：无法解压 / it cannot be unpacked: {error.strerror}",
            "检查 XINCHA_HOME 的磁盘空间和权限 / check space and permissions of XINCHA_HOME",
        )
    return SourceError(
        f"{shown}：压缩包内的文件已损坏 / the file is damaged inside the archive",
        "请重新打包或重新下载 / pack or download it again",
    )
