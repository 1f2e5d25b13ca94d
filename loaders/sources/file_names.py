"""Names of files: which are litter, which are not safe, and how a report may show them."""

from __future__ import annotations

import re

from records.identifiers import check_id_number

_LITTER = {"thumbs.db", "desktop.ini", "__macosx"}
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?![\dXx])")
_LONGEST_SHOWN = 200


def is_litter(name: str) -> bool:
    """Whether a path holds what systems leave beside files: hidden files, lock files, previews."""
    return any(
        part.startswith((".", "~$")) or part.lower() in _LITTER
        for part in name.split("/")
        if part not in {".", "..", ""}
    )


def not_allowed(name: str) -> str:
    """Why a path inside an archive is not safe on some system, "" when it is."""
    parts = name.split("/")
    if not name:
        return "没有文件名 / no name"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "绝对路径 / an absolute path"
    if ".." in parts:
        return "路径含 “..” / a path with “..”"
    if not name.isprintable():
        return "含控制字符 / control characters"
    if any(_DEVICES.fullmatch(part.strip()) for part in parts):
        return "设备名 / a device name"
    return ""


def shown_name(name: str) -> str:
    """A path as a report may show it: on one line, without numbers of people, not endless."""
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    shown = _PERSONAL.sub(_masked, line)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}…"


def _masked(found: re.Match[str]) -> str:
    """Time stamps and serial numbers, which name many files, stay."""
    phone = len(found[0]) == 11
    return "…" if phone or check_id_number(found[0]).valid else found[0]
