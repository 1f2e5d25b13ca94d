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

from records.anchoring import lacks_anchors
from records.clock import today
from records.errors import SearchError, VaultError
from records.stored import StoredRecord
from records.subject_conflicts import subject_conflicts
from records.vault import Vault
from records.vocabulary import Scope, SubjectKind
from search.engine import Document, Engine
from search.query import MAX_PAGE, SUBJECTS, After, Order, SearchRequest
from search.subjects import to_subject_document
from xincha.wiring import House

SAMPLE = 100
FIRST = 3
"""How many of a sort are named."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `note`: nothing is wrong here, but somebody should look at it."""

    name: str
    good: bool
    text: str
    note: bool = False


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
    """The index holds exactly the visible records and subjects of the store, each as the store has it."""
    try:
        found = asyncio.run(_indexed(house))
    except SearchError as error:
        return Finding("records / 记录", False, f"{error.message} → {error.suggestion}")
    records = Counter(_digest(house, r.dataset, r.id, r.public) for r in _visible(house))
    subjects = Counter(_digest_of_subject(to_subject_document(s)) for s in house.store.subjects())
    kept = records + subjects
    if kept != found:
        text = f"{(kept - found).total()} missing or different, {(found - kept).total()} too many"
        return Finding("records / 记录", False, f"index: {text} → xincha reindex")
    text = f"{records.total()} visible, of {subjects.total()} subjects; index and store agree"
    return Finding("records / 记录", True, text)


def check_subjects(house: House) -> Finding:
    """What rows say of subjects goes together; what does not is for their provider to set right."""
    name = "subjects / 信用主体"
    if lacks_anchors(house.store):
        text = "records of an earlier version have none / 旧版本的记录尚未归集"
        return Finding(
            name, False, f"{text} → run it where the vault key is / 在有保险库密钥处运行"
        )
    found = subject_conflicts(house.store, FIRST)
    told = [
        f"{conflict.count} {words} ({', '.join(conflict.first)}{', …' * (conflict.count > FIRST)})"
        for conflict, words in (
            (found.names, "under whose code stands a quite different name / 一码多名"),
            (found.numbers, "registration numbers with several codes / 一个注册号对应多个代码"),
            (found.pairs, "without code, called like another / 无代码而与他户同名"),
        )
        if conflict.count
    ]
    text = f"{house.store.subject_count()}"
    return Finding(name, True, "; ".join([text, *told]), note=found.any)


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
        async for document in _documents(engine, SUBJECTS, today(house.clock)):
            found[_digest_of_subject(document)] += 1
    finally:
        await engine.close()
    return found


async def _documents(engine: Engine, dataset: str, day: date) -> AsyncIterator[Document]:
    # Of all orders the one that every dataset has.
    request = SearchRequest(dataset, day, order=Order("revision"), first=MAX_PAGE)
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


def _digest_of_subject(document: Document) -> bytes:
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).digest()


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
    check_subjects,
    check_vault,
    check_clock,
)
