"""What holds of the store holds on either database."""

from __future__ import annotations

import pytest

from tests.support import DATABASES


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)
