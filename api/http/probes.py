"""`/healthz`: the process lives. `/readyz`: it can answer."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.config import ApiConfig
from records.clock import today
from search.engine import Engine

_NOBODY = "0" * 26
"""An id that no record has."""

logger = logging.getLogger("xincha.api")


async def healthz(_request: Request) -> Response:
    """Always 200."""
    return JSONResponse({"status": "alive"}, headers={"cache-control": "no-store"})


class Readiness:
    """The handler of `/readyz`: 200 with the revision, or 503 naming what is missing."""

    def __init__(self, engine: Engine, config: ApiConfig) -> None:
        self._engine, self._config = engine, config

    async def __call__(self, _request: Request) -> Response:
        """Asks the index for its state and a record, then whatever else serving needs."""
        missing = "index"
        try:
            state = await self._engine.state()
            # A state may be told while no document can be read.
            await self._engine.get([_NOBODY], today(self._config.clock))
            missing = "store"
            if self._config.readiness is not None:
                await self._config.readiness()
        except Exception as error:  # noqa: BLE001  # whatever it is, this process is not ready
            logger.warning("not ready: %s (%s)", missing, type(error).__name__)
            content: dict[str, object] = {"status": "not ready", "missing": missing}
            return JSONResponse(content, 503, headers={"cache-control": "no-store"})
        ready = {"status": "ready", "revision": str(state.revision)}
        return JSONResponse(ready, headers={"cache-control": "no-store"})
