"""What a worker process of `serve` runs: reads the settings, opens the index, answers requests."""

from __future__ import annotations

import gc
import os
import signal
import threading
from multiprocessing import parent_process

from starlette.types import ASGIApp

from search.names.analysis import make_name
from xincha.wiring import open_house


def create() -> ASGIApp:
    """The application of one worker; called by uvicorn in the worker's own process."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    application = open_house().application()
    # The tables of readings, which the first search would wait for.
    make_name("伊川")
    # What is there now stays: to look through all of it again and again would hold up a request for 50 ms.
    gc.collect()
    gc.freeze()
    return application


def _end_with_the_parent() -> None:
    """Stop when the parent was killed: alone, a worker would serve an index that nobody keeps up.

    Its number would not do: a worker that starts slowly may never have seen it alive.
    """
    if (parent := parent_process()) is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
