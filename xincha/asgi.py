"""What a worker process of `serve` runs: reads the settings, opens the index, answers requests."""

from __future__ import annotations

from starlette.types import ASGIApp

from xincha.wiring import open_house


def create() -> ASGIApp:
    """The application of one worker; called by uvicorn in the worker's own process."""
    return open_house().application()
