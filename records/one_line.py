"""Text that came from outside, as one line: it can neither forge another line nor steer a terminal."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """Line breaks and control characters → one blank each run, formatting characters taken out."""
    kept = (_replaced(character) for character in text)
    return " ".join("".join(kept).split())


def _replaced(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category[0] in "CZ" else character
