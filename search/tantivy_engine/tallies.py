"""Counting records by the values of a field."""

from __future__ import annotations

from search.engine import VALUES_CAP
from search.schema import IndexField
from search.tantivy_engine.queries import Compiled
from search.tantivy_engine.snapshot import Snapshot


def tally(
    snapshot: Snapshot, compiled: Compiled, field: IndexField
) -> list[tuple[str | float, int]]:
    """The values that the hits have in a field and how many have each; numbers come as floats."""
    terms = {"field": field.name, "size": VALUES_CAP, "segment_size": VALUES_CAP}
    found = snapshot.searcher.aggregate(compiled.query, {"tally": {"terms": terms}})
    return [(bucket["key"], bucket["doc_count"]) for bucket in found["tally"]["buckets"]]
