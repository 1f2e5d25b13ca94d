"""A town of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.backends import Backend, tantivy_backend
from tests.search.finding.town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tantivy_backend(tmp_path))


@pytest.fixture
def town_on_each(backend: Backend) -> Town:
    """On every engine."""
    return Town(backend)
