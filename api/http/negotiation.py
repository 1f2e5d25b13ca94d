"""Which of our two media types a request accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Scope

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
_OFFERED = (JSON, RESPONSE_JSON)
_MAX_RANGES = 50


def accepted_type(scope: Scope) -> str | None:
    """The offered type that the caller likes best, None if none; no header accepts everything.

    With `*/*` the older `application/json` wins: that is what clients without knowledge of the other
    expect.
    """
    header = ",".join(Headers(scope=scope).getlist("accept"))
    if not header.strip():
        return JSON
    ranges = [_range(part) for part in header.lower().split(",")[:_MAX_RANGES] if part.strip()]
    liked = [(_quality(ranges, offered), offered) for offered in _OFFERED]
    best = max(quality for quality, _ in liked)
    if best <= 0:
        return None
    named = [name for name, _ in ranges]
    candidates = [offered for quality, offered in liked if quality == best]
    return min(
        candidates, key=lambda offered: named.index(offered) if offered in named else len(named)
    )


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        return name, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return name, 0.0


def _quality(ranges: list[tuple[str, float]], offered: str) -> float:
    """The quality given by the most specific range that fits."""
    for wanted in (offered, "application/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
