"""Names to offer for what has been typed so far: of found subjects those with a name that may be shown."""

from __future__ import annotations

from search.finding.found import Found
from search.names.analysis import name_of, normalize_code, normalize_name, syllables
from search.names.ranking import Ranked


def suggestions(typed: str, found: Found) -> list[Ranked]:
    """The subjects to offer: those whose name or code begins so first, else in order of rank."""
    text, code = normalize_name(typed), normalize_code(typed)

    def begins_otherwise(ranked: Ranked) -> bool:
        name = name_of(ranked.name)
        beginnings = (name.text, "".join(syllables(ranked.name)), name.initials)
        starts = any(beginning.startswith(text) for beginning in beginnings)
        return not starts and not any(code and own.startswith(code) for own in ranked.card.codes)

    return sorted((ranked for ranked in found.subjects if ranked.name), key=begins_otherwise)
