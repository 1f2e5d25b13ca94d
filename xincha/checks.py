"""What `xincha check` looks at: each check gives one line, good or bad, with the fix."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import orjson
from sqlalchemy.exc import SQLAlchemyError

from records.clock import today
from records.errors import SearchError, VaultError
from records.stored import StoredRecord
from records.vault import Vault
from records.vocabulary import Scope, SubjectKind
from search.engine import Document, Engine
from search.query import MAX_PAGE, After, SearchRequest
from xincha.wiring import House

SAMPLE = 100


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
    swept = state.swept == today(house.clock)
    text = f"revision {state.revision}, {lag} behind, swept {state.swept}"
    if state.swept is not None and state.swept > today(house.clock):
        return Finding("index / 索引", False, f"{text} → the clock was ahead; set it right")
    fix = "" if lag == 0 and swept else " → xincha serve follows by itself; or: xincha reindex"
    return Finding("index / 索引", lag == 0 and swept, text + fix)


def check_records(house: House) -> Finding:
    """The index holds exactly the visible records of the store, each with the same public view."""
    try:
        found = asyncio.run(_indexed(house))
    except SearchError as error:
        return Finding("records / 记录", False, f"{error.message} → {error.suggestion}")
    kept = Counter(_digest(house, r.dataset, r.id, r.public) for r in _visible(house))
    if kept != found:
        text = f"{(kept - found).total()} missing or different, {(found - kept).total()} too many"
        return Finding("records / 记录", False, f"index: {text} → xincha reindex")
    return Finding("records / 记录", True, f"{kept.total()} visible, index and store agree")


def _visible(house: House) -> Iterator[StoredRecord]:
    hidden = house.settings.natural_persons == "hidden"
    revision = 0
    while (batch := house.store.changes(revision, 5_000)).records:
        revision = batch.revision
        for record in batch.records:
            if record.visible and not (
                hidden and record.subject_kind is SubjectKind.NATURAL_PERSON
            ):
                yield record


async def _indexed(house: House) -> Counter[bytes]:
    engine, found = house.engine(), Counter[bytes]()
    try:
        for dataset in house.datasets:
            async for document in _documents(engine, dataset.name, today(house.clock)):
                found[_digest(house, dataset.name, str(document["id"]), document)] += 1
    finally:
        await engine.close()
    return found


async def _documents(engine: Engine, dataset: str, day: date) -> AsyncIterator[Document]:
    request = SearchRequest(dataset, day, first=MAX_PAGE)
    while True:
        page = await engine.search(request)
        for hit in page.hits:
            yield hit.document
        if not page.has_more:
            return
        last = page.hits[-1]
        request = replace(request, after=After(last.sort_value, str(last.document["id"])))


def _digest(house: House, dataset: str, record_id: str, view: Mapping[str, object]) -> bytes:
    declared = next(d for d in house.datasets if d.name == dataset)
    shown = [view.get(f.name) for f in declared.fields if f.scope is not Scope.SEALED]
    return hashlib.sha256(orjson.dumps([record_id, shown])).digest()


def check_vault(house: House) -> Finding:
    """Sealed parts open with the vault key: the newest records of the store are tried."""
    if house.keys.vault is None:
        return Finding("vault / 保险库", True, "not checked: no vault key here")
    vault, tried = Vault(house.keys), 0
    for record_id, sealed in house.store.newest_sealed(SAMPLE):
        try:
            vault.open(record_id, sealed)
        except VaultError as error:
            return Finding("vault / 保险库", False, f"{error.message} → {error.suggestion}")
        tried += 1
    return Finding("vault / 保险库", True, f"{tried} sealed parts opened")


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
    check_records,
    check_vault,
    check_clock,
)
