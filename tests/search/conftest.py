"""An index of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.follower import Follower
from search.tantivy_engine import TantivyEngine, tantivy_engine, tantivy_generations
from tests.search.journal import MemoryJournal
from tests.support import DATASETS, StillClock

DECLARED = tuple(DATASETS.values())


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def follower(journal: MemoryJournal, tmp_path: Path, clock: StillClock) -> Follower:
    return Follower(journal, tantivy_generations(tmp_path / "index", DECLARED), DECLARED, clock)


@pytest.fixture
def engine(tmp_path: Path) -> TantivyEngine:
    return tantivy_engine(tmp_path / "index", DECLARED)
