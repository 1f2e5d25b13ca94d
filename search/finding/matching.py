"""What a query matches in a dataset, as conditions of the query model: by code, by subject, by text.

List, totals, facets, timelines and every order use their disjunction, so that all speak of the same set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from records import identifiers
from records.dataset import Dataset
from records.vocabulary import Search
from search.analysis import LONGEST_CONTAINS, SHORTEST_CONTAINS, fold_code, normalize_text
from search.engine import Document
from search.finding.found import Found
from search.query import AnyOf, Contains, Filter, Or

NOTHING: Filter = Or()

_LONG = 16
_REPETITIONS = 3
"""Of the pairs of signs of a long text on average."""
_YEAR = "(?:19|20)[0-9]{2}"
_HAN = r"\u3400-\u9fff"
_BARE_YEAR = re.compile(rf"(?<=[{_HAN}]){_YEAR}(?=第?[0-9])|^{_YEAR}(?=[{_HAN}])(?!年)")
_BRACKETED_YEAR = re.compile(rf"\(({_YEAR})\)")
"""As folding leaves brackets."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The reasons for which a record matches, the most relevant first."""

    codes: Filter = NOTHING
    subjects: Filter = NOTHING
    texts: Filter = NOTHING

    @property
    def any(self) -> Filter:
        """Everything that the query matches."""
        return Or(tuple(p for p in (self.codes, self.subjects, self.texts) if p != NOTHING))


def matching(dataset: Dataset, query: str, found: Found) -> Groups:
    """The groups of a query (see reading.py); `found`: the subjects that it finds."""
    anchors = tuple(found.by_anchor)
    # Codes of a profile are those of its subject, which is found by them; to look into all of a million costs more.
    spelled = () if dataset.profile else spellings(query)
    contained = _can_be_contained(normalize_text(query))
    return Groups(
        codes=Or(tuple(Contains("codes", code) for code in spelled)),
        subjects=AnyOf("anchor", anchors) if anchors else NOTHING,
        texts=Or(tuple(Contains(name, query) for name in _texts(dataset) if contained)),
    )


def has_exactly(dataset: Dataset, query: str, document: Document) -> bool:
    """Whether one of a document's numbers is the query, not only holds it."""
    wanted = {fold_code(spelling) for spelling in spellings(query)}
    numbers = (document.get(f.name) for f in dataset.fields if f.search is Search.CODE)
    return any(fold_code(str(number)) in wanted for number in numbers if number)


def spellings(query: str) -> tuple[str, ...]:
    """How the index may spell a code that is asked for.

    As it is, as codes of subjects are spelled, with the year in brackets, and without them. Empty when it is
    too short or too long for an inner match.
    """
    plain = identifiers.normalize_code(query)
    spelled = (query, plain) if plain.isascii() and plain.isalnum() else (query,)
    unique = {fold_code(spelling): spelling for spelling in (*spelled, *_years(fold_code(query)))}
    return tuple(spelling for code, spelling in unique.items() if _can_be_contained(code))


def _years(code: str) -> tuple[str, str]:
    """A folded number with all years in brackets, and with none."""
    return _BARE_YEAR.sub(r"(\g<0>)", code), _BRACKETED_YEAR.sub(r"\1", code)


def _can_be_contained(text: str) -> bool:
    """Whether to look for a text inside of others: of the right length, and not the same few signs over and over.

    Such a one is in no text, but an engine reads all places of its pairs of signs once for every repetition.
    """
    pairs = len(text) - 1
    repeated = pairs > _LONG and len(set(pairwise(text))) * _REPETITIONS < pairs
    return SHORTEST_CONTAINS <= len(text) <= LONGEST_CONTAINS and not repeated


def _texts(dataset: Dataset) -> tuple[str, ...]:
    """The fields of prose that the index has."""
    return tuple(f.name for f in dataset.fields if f.search is Search.TEXT and f.filter)
