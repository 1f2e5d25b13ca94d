"""Characters that people and programs put between, or instead of, the ones that count."""

from __future__ import annotations

DASHES = "‐‑‒–—―−﹘﹣－ー_~"
"""Besides the plain hyphen. Written without it, so that the string can stand inside a character class."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3164\ufe0e\ufe0f\ufeff\uffa0"
)
"""Zero-width and formatting characters: they never belong to a name or number."""

MIDDLE_DOTS = "·•・‧∙⋅᛫●ꞏ･"
"""As in names of minorities (阿依古丽·买买提) and on plates."""
