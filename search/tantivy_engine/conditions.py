"""Equality conditions → the shortest lists that this engine keeps of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from tantivy import Query

from search.query import AnyOf, Filter
from search.schema import IndexSchema, Storage
from search.tantivy_engine.shortcuts import COMBINED, Condition, Shortcuts, combined
from search.tantivy_engine.snapshot import Snapshot


def common_conditions(
    schema: IndexSchema, dataset: str, parts: Sequence[Filter]
) -> Mapping[Filter, Condition]:
    """Those of the parts that COMBINED answers. Raises BadQuery."""
    names = Shortcuts(schema).fields[dataset]
    found: dict[Filter, Condition] = {}
    for part in parts:
        if isinstance(part, AnyOf) and len(part.values) == 1:
            field = schema.resolve(dataset, part.field, Storage.KEYWORD)
            if field.name in names:
                found[part] = (field.name, field.normalize(part.values[0]))
    return found


def cheapest_lists(
    snapshot: Snapshot, dataset: str, conditions: Iterable[Condition]
) -> list[tuple[Query, int]]:
    """Queries of one term that together say the dataset and all conditions, and their postings.

    The pair that the fewest records fulfill, then the pairs that add a condition to it.
    """
    left = sorted(set(conditions))
    if not left:
        return [(snapshot.listed(dataset), snapshot.size(dataset))]
    terms = {
        combined(dataset, chosen): chosen
        for chosen in itertools.combinations(left, min(2, len(left)))
    }
    counted = sorted((snapshot.frequency(COMBINED, term), term) for term in terms)
    found, said = [], set[Condition]()
    for count, term in counted:
        if not said.issuperset(terms[term]):
            found.append((snapshot.term(COMBINED, term), count))
            said.update(terms[term])
    return found
