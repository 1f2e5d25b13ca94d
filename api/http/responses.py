"""Sending a finished response."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import Send


async def send_bytes(
    send: Send,
    body: bytes,
    media_type: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> None:
    """One whole response in UTF-8, not to be stored by caches unless `headers` say otherwise."""
    given = {
        "content-type": f"{media_type}; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": "no-store",
        "vary": "Accept",
        **(headers or {}),
    }
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
