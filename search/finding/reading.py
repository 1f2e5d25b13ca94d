"""A query text as callers type it → what may be searched for, if anything.

A text in the shape of a personal number is never searched for: an answer, even an empty one that took
its time, could tell whether somebody is there. Nothing of it is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from records.characters import INVISIBLE
from records.errors import QueryTooLong
from records.privacy import has_personal_shape
from records.widths import nfkc
from search.analysis import normalize_text

LONGEST_QUERY = 64
"""Characters of a query after normalization."""
_LONGEST_WRITTEN = 16 * LONGEST_QUERY
"""Before normalization, which joins at most a few signs to one; blanks between all of them included."""
_SIGNS = re.compile(r"[^\w\s./·-]+|_")
"""What nobody writes into a number, and names and codes are compared without."""
_ONLY_A_NUMBER = re.compile(r"[\dXx\s./·-]+")
_UNSEEN = re.compile(rf"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff{INVISIBLE}]+")


@dataclass(frozen=True, slots=True)
class QueryText:
    """`text`: what is searched for, in NFKC, without unseen signs and with single blanks; "" for nothing.

    `personal`: it was in the shape of a personal number, so that nothing may be found; `text` is "" then.
    """

    text: str = ""
    personal: bool = False

    @property
    def given(self) -> bool:
        """Whether a query was given at all; a blank one was not."""
        return self.personal or bool(self.text)


def read_query(text: str | None) -> QueryText:
    """What a caller asks for. Raises QueryTooLong for more than LONGEST_QUERY characters."""
    if not text:
        return QueryText()
    seen = _seen(text)
    if len(seen) > _LONGEST_WRITTEN:
        raise QueryTooLong
    seen = _seen(nfkc(seen))
    normalized = normalize_text(seen)
    if len(normalized) > LONGEST_QUERY:
        raise QueryTooLong
    if not normalized:
        return QueryText()
    return QueryText(personal=True) if is_personal(seen) else QueryText(seen)


def _seen(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())


def is_personal(text: str) -> bool:
    """Whether a text is a personal number, also one that hides among signs that no comparison sees."""
    spellings = {text, _UNSEEN.sub("", text)}
    if _ONLY_A_NUMBER.fullmatch(bare := _SIGNS.sub("", text)):
        spellings.add(bare)
    return any(map(has_personal_shape, spellings))
