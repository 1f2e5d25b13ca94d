"""What the API is told at start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from records.clock import Clock, system_clock
from records.dataset import Dataset


@dataclass(frozen=True, slots=True)
class ApiConfig:
    """Settings of one API process.

    `region`: division code of the county (GB/T 2260, 6 digits). `version`: of this software.
    `cursor_key`: secret that signs page cursors, shared by all processes that serve the same
    address. `readiness`: raises when something besides the engine that serving needs is missing.
    """

    datasets: tuple[Dataset, ...]
    region: str
    version: str
    cursor_key: bytes
    clock: Clock = system_clock
    readiness: Callable[[], Awaitable[None]] | None = None
