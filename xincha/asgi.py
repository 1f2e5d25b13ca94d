"""What a worker process of `serve` runs: reads the settings, opens the index, answers requests."""

from __future__ import annotations

import os
import signal
import threading
import time

from starlette.types import ASGIApp

from xincha.wiring import open_house

_LOOK_EVERY = 1.0


def create() -> ASGIApp:
    """The application of one worker; called by uvicorn in the worker's own process."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    return open_house().application()


def _end_with(parent: int) -> None:
    """Stop when the parent was killed: alone, a worker would serve an index that nobody keeps up."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
