"""What `xincha check` looks at: each check gives one line, good or bad, with the fix."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from records.clock import today
from records.errors import SearchError
from records.stored import RecordState
from search.query import SearchRequest
from xincha.wiring import House


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    name: str
    good: bool
    text: str


def check_store(house: House) -> Finding:
    """The store answers, its tables are current (opening it has migrated them)."""
    try:
        records = sum(house.store.count_by_state().values())
    except SQLAlchemyError as error:
        return Finding("store / 数据库", False, f"does not answer: {type(error).__name__}")
    return Finding("store / 数据库", True, f"{records} records, revision {house.store.revision()}")


def check_keys(house: House) -> Finding:
    """Both keys are there; that they belong to the store was checked when it was opened."""
    if house.keys.vault is None:
        text = "no vault key: serves, but cannot load / 无保险库密钥，只能查询"
        return Finding("keys / 密钥", True, text)
    return Finding("keys / 密钥", True, "secret and vault key belong to this store")


def check_lag(house: House) -> Finding:
    """The index has followed the journal to now."""
    try:
        state = house.follower.generations.state()
    except SearchError as error:
        return Finding("index / 索引", False, f"{error.message} → {error.suggestion}")
    if state is None:
        return Finding("index / 索引", False, "none yet / 尚未建立 → xincha reindex")
    lag = house.store.revision() - state.revision
    swept = state.swept is not None and state.swept >= today(house.clock)
    text = f"revision {state.revision}, {lag} behind, swept {state.swept}"
    fix = "" if lag == 0 and swept else " → xincha serve follows by itself; or: xincha reindex"
    return Finding("index / 索引", lag == 0 and swept, text + fix)


def check_counts(house: House) -> Finding:
    """The index holds as many visible records of each dataset as the store."""
    kept = house.store.count_by_state()
    unequal, total = [], 0
    for dataset in house.datasets:
        visible = kept.get((dataset.name, RecordState.PUBLISHED), 0)
        total += visible
        try:
            found = asyncio.run(_count(house, dataset.name))
        except SearchError as error:
            return Finding("records / 记录", False, f"{error.message} → {error.suggestion}")
        if found != visible:
            unequal.append(f"{dataset.name}: store {visible}, index {found}")
    if unequal:
        return Finding("records / 记录", False, "; ".join(unequal) + " → xincha reindex")
    return Finding("records / 记录", True, f"{total} visible, index and store agree")


async def _count(house: House, dataset: str) -> int:
    engine = house.engine()
    try:
        request = SearchRequest(dataset, today(house.clock))
        return (await engine.count(request, cap=sys.maxsize)).count
    finally:
        await engine.close()


def check_clock(house: House) -> Finding:
    """The machine's clock is set; publicity ends by Shanghai time whatever its zone is."""
    now = house.clock()
    good = now > datetime(2026, 1, 1, tzinfo=UTC)
    text = f"{today(house.clock)} in Shanghai; machine zone {time.tzname[0]}"
    return Finding("clock / 时钟", good, text if good else text + " → set the machine's clock")


CHECKS: tuple[Callable[[House], Finding], ...] = (
    check_store,
    check_keys,
    check_lag,
    check_counts,
    check_clock,
)
