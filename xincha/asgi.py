"""What a worker process of `serve` runs: reads the settings, opens the index, answers requests."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import parent_process

from starlette.types import ASGIApp

from xincha.wiring import open_house


def create() -> ASGIApp:
    """The application of one worker; called by uvicorn in the worker's own process."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    return open_house().application()


def _end_with_the_parent() -> None:
    """Stop when the parent was killed: alone, a worker would serve an index that nobody keeps up.

    Its number would not do: a worker that starts slowly may never have seen it alive.
    """
    if (parent := parent_process()) is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
