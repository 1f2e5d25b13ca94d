"""Names to offer for what has been typed so far: of found subjects those with a name that may be shown."""

from __future__ import annotations

from dataclasses import replace

from search.finding.found import Found
from search.names.analysis import make_name, normalize_code, normalize_name, syllables
from search.names.ranking import Ranked


def suggestions(typed: str, found: Found) -> list[Ranked]:
    """The subjects to offer: those whose name or code begins so first, else in order of rank.

    What begins so is offered however little of a long name has been typed.
    """
    text, code = normalize_name(typed), normalize_code(typed)

    def begins_so(ranked: Ranked) -> bool:
        if code and any(own.startswith(code) for own in ranked.card.codes):
            return True
        return _is_written(ranked.name, text) or (text.isascii() and _is_read(ranked.name, text))

    named = [_by_present_name(r, text) for r in (*found.subjects, *found.unfit)]
    first = [r for r in named if r.name and begins_so(r)]
    known = {ranked.card.id for ranked in first}
    return first + [r for r in found.subjects if r.name and r.card.id not in known]


def _by_present_name(ranked: Ranked, beginning: str) -> Ranked:
    """By the name that the subject has now, where it begins so, too; a shorter former one may fit better."""
    present = ranked.card.names[0] if ranked.card.names else ""
    return replace(ranked, name=present) if _is_written(present, beginning) else ranked


def _is_written(name: str, beginning: str) -> bool:
    return normalize_name(name).startswith(beginning)


def _is_read(name: str, beginning: str) -> bool:
    reading = "".join(syllables(name))
    return reading.startswith(beginning) or make_name(name).initials.startswith(beginning)
