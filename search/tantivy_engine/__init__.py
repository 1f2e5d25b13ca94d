"""The embedded engine: tantivy. The only package that imports it.

tantivy trusts its caller: `limit=0` panics, a huge limit aborts the process, an unknown name raises only
sometimes. Everything that reaches it from a request has been resolved or bounded here before.
"""

from __future__ import annotations

from pathlib import Path

from records.dataset import Dataset
from search.generations import DirectoryGenerations
from search.schema import IndexSchema
from search.tantivy_engine.reader import TantivyEngine
from search.tantivy_engine.writer import TantivyBackend

__all__ = ["TantivyEngine", "tantivy_engine", "tantivy_generations"]


def tantivy_engine(home: Path, datasets: tuple[Dataset, ...]) -> TantivyEngine:
    """What the API reads through: the live generation of an index home."""
    return TantivyEngine(home, IndexSchema(datasets))


def tantivy_generations(home: Path, datasets: tuple[Dataset, ...]) -> DirectoryGenerations:
    """What the follower writes through: all generations of an index home."""
    return DirectoryGenerations(home, TantivyBackend(IndexSchema(datasets)))
