"""Time as the county lives it: Asia/Shanghai, UTC+8 all year (no daylight saving since 1991)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

Clock = Callable[[], datetime]
"""Returns the present moment with its offset."""


def system_clock() -> datetime:
    """The present moment, UTC."""
    return datetime.now(UTC)


def today(clock: Clock) -> date:
    """The present day in Shanghai."""
    return clock().astimezone(SHANGHAI).date()
