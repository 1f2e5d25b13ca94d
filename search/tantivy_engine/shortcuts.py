"""Terms that this engine adds to every document, because it must read whole postings lists.

It has no way to stop early, and reads 5 ns a posting of one list but several times that a posting of the
shortest of several that it intersects. So two equality conditions are one term here, which also tells how
many records fulfill both; and records that share a sort value lie in narrow ranges of ids.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from search.index_fields import DATASET, REGION, SUBJECT_KIND, IndexField, Storage
from search.query import ANY, SUBJECTS, TOMBSTONES
from search.schema import Entry, IndexSchema, index_field

COMBINED = IndexField("combined", Storage.KEYWORD)
"""A dataset with one condition, and with two."""
ID_RANGE = IndexField("id_range", Storage.NUMBER)
"""The leading 12 bits of the id."""
ID_RANGES = 1 << 12
_NARROWED = 63 - 12
_SHARED = (SUBJECT_KIND, REGION)
"""Fields of every dataset whose values many records share."""
_BETWEEN = "\u200b"
"""No folded value holds it."""

Condition = tuple[str, str]
"""The name of an index field and a folded value."""


def id_range(rank: int) -> int:
    """The range of ids in which an id of that rank lies."""
    return rank >> _NARROWED


def first_rank(number: int) -> int:
    """The lowest rank in a range of ids."""
    return number << _NARROWED


def last_rank(number: int) -> int:
    """The highest one."""
    return first_rank(number + 1) - 1


def combined(dataset: str, conditions: Iterable[Condition]) -> str:
    """The term of one or two conditions of a dataset, in any order."""
    return _BETWEEN.join((dataset, *itertools.chain.from_iterable(sorted(conditions))))


@dataclass(frozen=True)
class Shortcuts:
    """The additions to an index schema."""

    schema: IndexSchema

    @cached_property
    def fields(self) -> dict[str, frozenset[str]]:
        """By dataset: names of the index fields whose values many records share."""
        declared = {
            dataset.name: frozenset(
                index.name
                for index in (
                    *_SHARED,
                    *(index_field(f) for f in dataset.fields if f.filter and f.search is None),
                )
                if index.storage is Storage.KEYWORD
            )
            for dataset in self.schema.datasets
        }
        of_subjects = frozenset(index.name for index in _SHARED)
        return {ANY: frozenset(), SUBJECTS: of_subjects, TOMBSTONES: frozenset(), **declared}

    def terms(self, entry: Entry) -> Iterator[str]:
        """What COMBINED holds of a document."""
        dataset = tokens_of(entry, DATASET.name)[0]
        conditions = sorted(
            (name, token) for name in self.fields[dataset] for token in tokens_of(entry, name)
        )
        singles = [_BETWEEN.join(condition) for condition in conditions]
        for single in singles:
            yield f"{dataset}{_BETWEEN}{single}"
        for one, other in itertools.combinations(singles, 2):
            yield f"{dataset}{_BETWEEN}{one}{_BETWEEN}{other}"


def tokens_of(entry: Entry, name: str) -> list[str]:
    """The raw tokens of a field."""
    tokens = entry.get(name, [])
    return tokens if isinstance(tokens, list) else []
