"""Paths that an operator names → the files to load: folders and archives opened, one file at a time.

Nothing is skipped silently: what is not read is told in a note, what cannot be read is refused by name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.sources.archives import is_archive, members
from loaders.sources.file_names import is_litter, shown_name
from loaders.sources.gzip_file import is_gzip, unpacked
from records.errors import SourceError

ENDINGS = frozenset(
    {
        ".csv",
        ".txt",
        ".tsv",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".xml",
        ".json",
        ".jsonl",
        ".ndjson",
        ".zip",
        ".gz",
    }
)
"""A file in a folder or archive whose name ends so is meant to be loaded. Others are tried."""
_GENERATED = {"manifest.json", "expected.jsonl"}
"""What `generate` writes beside its files to say what is in them."""
_NAMES_TOLD = 20

OnNote = Callable[[str], None]
"""Called with what the operator should know about a folder or an archive: `name: note`."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to load under `name`, or the reason why it cannot be.

    `meant`: named by the operator or by its ending; another one that turns out to be no template is
    nothing to complain of. The file may vanish when the next one is asked for.
    """

    name: str
    path: Path
    meant: bool = True
    refused: SourceError | None = None


def find_files(paths: Sequence[Path], scratch: Path, on_note: OnNote) -> Iterator[FoundFile]:
    """All files under the paths: folders through and through, in order of names, and inside archives.

    Members of archives are unpacked one by one into a private folder below `scratch`.
    """
    with _private_folder(scratch) as folder:
        for path in paths:
            litter: list[str] = []
            for found in _in_folder(path, litter) if path.is_dir() else (_named(path),):
                yield from _opened(found, folder, on_note)
            _tell(on_note, path.name or str(path), litter)


def _named(path: Path) -> FoundFile:
    return _regular(FoundFile(shown_name(path.name or str(path)), path))


def _regular(found: FoundFile) -> FoundFile:
    """The file itself, or its refusal: opening a pipe or a device would wait for ever."""
    try:
        mode = found.path.stat().st_mode
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a path"
        return _refused(found, f"无法读取文件 / the file cannot be read: {why}")
    if stat.S_ISREG(mode):
        return found
    return _refused(found, "不是普通文件（管道、设备等） / no regular file, but a pipe or a device")


def _refused(found: FoundFile, why: str) -> FoundFile:
    fix = "检查路径和权限 / check path and permissions"
    error = SourceError(f"{found.name}：{why}", fix)
    return FoundFile(found.name, found.path, refused=error)


def _in_folder(root: Path, litter: list[str]) -> Iterator[FoundFile]:
    errors: list[OSError] = []
    inside = root.resolve()
    for place, folders, files in os.walk(root, onerror=errors.append):
        folders.sort()
        for folder in [f for f in folders if is_litter(f) or Path(place, f).is_symlink()]:
            litter.append(shown_name(str(Path(place, folder).relative_to(root))) + "/")
            folders.remove(folder)
        for file in sorted(files):
            path = Path(place, file)
            name = str(path.relative_to(root))
            leaves = path.is_symlink() and not path.resolve().is_relative_to(inside)
            if is_litter(file) or file in _GENERATED or leaves:
                litter.append(shown_name(name))
                continue
            yield _regular(FoundFile(shown_name(name), path, path.suffix.lower() in ENDINGS))
        while errors:
            yield _unreadable_folder(root, errors.pop())
    while errors:
        yield _unreadable_folder(root, errors.pop())


def _unreadable_folder(root: Path, error: OSError) -> FoundFile:
    path = Path(str(error.filename))
    name = shown_name(str(path.relative_to(root))) if path != root else shown_name(root.name)
    return _refused(
        FoundFile(f"{name}/", path), f"无法读取目录 / the folder cannot be read: {error.strerror}"
    )


def _opened(found: FoundFile, folder: Path, on_note: OnNote) -> Iterator[FoundFile]:
    """The file, or what is inside it when it is an archive."""
    if found.refused is not None:
        yield found
        return
    try:
        if is_gzip(found.path):
            with unpacked(found.path, found.name, folder) as path:
                yield replace(found, path=path)
            return
        if not is_archive(found.path):
            yield found
            return
        yield from _in_archive(found, folder, on_note)
    except SourceError as error:
        yield FoundFile(found.name, found.path, refused=error)
    except OSError as error:
        yield _refused(found, f"无法读取文件 / the file cannot be read: {error.strerror}")


def _in_archive(found: FoundFile, folder: Path, on_note: OnNote) -> Iterator[FoundFile]:
    litter: list[str] = []
    some = False
    for member in members(found.path, found.name, folder, litter):
        if Path(member.name).name in _GENERATED:
            litter.append(shown_name(member.name))
            continue
        some = True
        meant = member.path is None or Path(member.name).suffix.lower() in ENDINGS
        yield FoundFile(member.shown, member.path or found.path, meant, member.refused)
    _tell(on_note, found.name, litter)
    if not some:
        raise SourceError(
            f"{found.name}：压缩包内没有可装载的文件 / the archive has no file to load",
            "请把模板文件放入压缩包 / put the template files into the archive",
        )


def _tell(on_note: OnNote, name: str, litter: Sequence[str]) -> None:
    if litter:
        told = "、".join(litter[:_NAMES_TOLD]) + ("…" if len(litter) > _NAMES_TOLD else "")
        on_note(f"{shown_name(name)}: 未读取 / not read ({len(litter)}): {told}")


@contextmanager
def _private_folder(scratch: Path) -> Iterator[Path]:
    """A folder that no one else can read and that does not outlive the load."""
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in scratch.glob("*-*"):
        _remove_if_orphaned(left)
    with TemporaryDirectory(prefix=f"{os.getpid()}-", dir=scratch) as folder:
        yield Path(folder)


def _remove_if_orphaned(left: Path) -> None:
    """A load that was killed could not clean up behind itself."""
    pid = left.name.partition("-")[0]
    if not pid.isdigit() or _runs(int(pid)):
        return
    with suppress(OSError):
        for file in left.iterdir():
            file.unlink()
        left.rmdir()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True
