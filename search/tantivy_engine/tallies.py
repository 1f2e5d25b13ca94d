"""Counting records by the values of a field."""

from __future__ import annotations

from search.engine import VALUES_CAP
from search.schema import IndexField, IndexSchema
from search.tantivy_engine.queries import Compiled
from search.tantivy_engine.shortcuts import COMBINED, Shortcuts, combined
from search.tantivy_engine.snapshot import Snapshot

Buckets = list[tuple[str | float, int]]


def tally(
    snapshot: Snapshot, schema: IndexSchema, dataset: str, compiled: Compiled, field: IndexField
) -> Buckets:
    """The values that the hits have in a field and how many have each; numbers come as floats."""
    conditions = compiled.conditions
    names = Shortcuts(schema).fields[dataset]
    if conditions is None or len(conditions) > 1 or field.name not in names:
        return _counted(snapshot, compiled, field)
    if not snapshot.is_whole:
        return _counted(snapshot, compiled, field)
    # The lists of the index have been counted already: 5 M records take 0.3 ms instead of 20.
    terms = [term for term, _ in snapshot.searcher.terms_with_prefix(field.name, "")]
    counts = [
        (term, snapshot.frequency(COMBINED, combined(dataset, {*conditions, (field.name, term)})))
        for term in terms
    ]
    return [(term, count) for term, count in counts if count]


def total(snapshot: Snapshot, compiled: Compiled) -> int:
    """How many hits there are."""
    conditions = compiled.conditions
    if conditions is not None and len(conditions) <= 2 and snapshot.is_whole:
        # One list holds them all.
        return compiled.effort.lead
    found = snapshot.searcher.search(compiled.query, 1, count=True)
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stubs


def _counted(snapshot: Snapshot, compiled: Compiled, field: IndexField) -> Buckets:
    terms = {"field": field.name, "size": VALUES_CAP, "segment_size": VALUES_CAP}
    found = snapshot.searcher.aggregate(compiled.query, {"tally": {"terms": terms}})
    return [(bucket["key"], bucket["doc_count"]) for bucket in found["tally"]["buckets"]]
