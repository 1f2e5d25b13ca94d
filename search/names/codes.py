"""How well a typed code, or a part of one, fits the code of a subject."""

from __future__ import annotations

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio

from search.names.analysis import normalize_code

_PREFIX, _INSIDE, _SLIP, _APART = 0.75, 0.65, 0.55, 0.45
_BY_LENGTH = 0.2
_SHORTEST_WITH_SLIP = 6


def likeness(typed: str, code: str) -> float:
    """1 for the same code; then what it begins with, has inside, and what differs by one slip; all over 0.5.

    A slip is one character wrong, missing, too many, or two neighbors swapped. Anything else is under 0.5.
    `typed` as :func:`normalize_code` gives it.
    """
    whole = normalize_code(code)
    if typed == whole:
        return 1.0
    share = _BY_LENGTH * min(1, len(typed) / max(1, len(whole)))
    if typed in whole:
        return (_PREFIX if whole.startswith(typed) else _INSIDE) + share
    if len(typed) >= _SHORTEST_WITH_SLIP and _has_slip(typed, whole):
        return _SLIP + share / 2
    return _APART * OSA.normalized_similarity(typed, whole)


def _has_slip(typed: str, whole: str) -> bool:
    # A slip costs one of the common characters; what has fewer needs no closer look, which takes longer.
    if not partial_ratio(typed, whole, score_cutoff=100 - 200 / len(typed)):
        return False
    if abs(len(typed) - len(whole)) <= 1 and OSA.distance(typed, whole, score_cutoff=1) <= 1:
        return True
    length = len(typed)
    return any(
        OSA.distance(typed, whole[begin : begin + size], score_cutoff=1) <= 1
        for size in (length, length + 1, length - 1)
        for begin in range(len(whole) - size + 1)
    )
