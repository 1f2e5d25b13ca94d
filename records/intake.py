"""Taking rows in: one batch is one transaction, with the position of its source.

A row is kept under its natural key. Unchanged content is a no-op; what was withdrawn stays withdrawn.
Everything a reader may see has been masked before it comes near the database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import orjson
from sqlalchemy import Connection, select, update

from records import tables
from records.clock import today
from records.dataset import Dataset
from records.keys import KeyRing
from records.privacy import public_view
from records.publicity import Publicity
from records.sources import SourceRun, save_progress
from records.store import Store, get_meta, next_revision, write_journal
from records.stored import RecordState
from records.subject import authority_aliases, natural_key, party_key
from records.values import JsonValue, Values, record_to_json
from records.vault import Vault
from records.vocabulary import SubjectKind

_records = tables.records


@dataclass(frozen=True)
class Intake:
    """What taking rows in needs: the store, its keys and the policy of this installation."""

    store: Store
    keys: KeyRing
    publish_legal_representatives: bool = False
    hide_natural_persons: bool = False

    @cached_property
    def vault(self) -> Vault:
        """Seals the rows; VaultError without the vault key."""
        return Vault(self.keys)


@dataclass(frozen=True)
class IncomingRecord:
    """One valid row on its way in. Expensive parts are made on demand, once."""

    intake: Intake
    dataset: Dataset
    template: str
    values: Values
    kind: SubjectKind
    warnings: tuple[str, ...]
    line: int
    provider: str

    @cached_property
    def row(self) -> dict[str, JsonValue]:
        """Every value of the row as JSON: what is sealed."""
        return record_to_json(self.dataset, self.values)

    @cached_property
    def content_hash(self) -> str:
        """Keyed digest of the whole row: equal rows need no work."""
        content = orjson.dumps([self.kind, self.row], option=orjson.OPT_SORT_KEYS)
        return self.intake.keys.digest("content", content)

    @cached_property
    def party(self) -> str:
        """Keyed digest of who the row is about."""
        return self.intake.keys.digest("party", party_key(self.values, self.kind).encode())

    @cached_property
    def public(self) -> dict[str, JsonValue]:
        """The masked public view."""
        view = public_view(
            self.dataset,
            self.values,
            self.kind,
            publish_legal_representatives=self.intake.publish_legal_representatives,
        )
        if self.provider and not view.get("provider"):
            view["provider"] = self.provider
        return view

    @cached_property
    def publicity(self) -> Publicity:
        """Whether and when it may be public."""
        return self.dataset.publicity(self.values, self.kind)

    @cached_property
    def blind(self) -> str:
        """Digest of folded name and ID number, by which an authorized caller finds a person."""
        if self.kind is not SubjectKind.NATURAL_PERSON:
            return ""
        return self.intake.keys.digest("blind index", party_key(self.values, self.kind).encode())

    def natural_key(self, authority: str) -> str:
        """Keyed digest of the key under which this decision is one record."""
        raw = natural_key(
            self.dataset,
            self.values,
            authority=authority,
            party=self.party,
            content=self.content_hash,
        )
        return self.intake.keys.digest("natural key", raw.encode())

    def state(self, day: date) -> tuple[RecordState, str]:
        """Where the record stands on that day, and why it is not public if it is not."""
        if not self.publicity.published:
            return RecordState.HIDDEN, self.publicity.reason
        if self.intake.hide_natural_persons and self.kind is SubjectKind.NATURAL_PERSON:
            return RecordState.HIDDEN, "NATURAL_PERSON"
        if self.publicity.public_from > day:
            return RecordState.PENDING, ""
        if self.publicity.public_until is not None and self.publicity.public_until <= day:
            return RecordState.ENDED, "publicity ended"
        return RecordState.PUBLISHED, ""


@dataclass
class _Batch:
    """What one transaction is about to write."""

    inserts: dict[str, dict[str, object]] = field(default_factory=dict)
    updates: dict[str, dict[str, object]] = field(default_factory=dict)
    journal: defaultdict[tuple[str, str], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    counts: Counter[str] = field(default_factory=Counter)


def take_in(
    intake: Intake,
    run: SourceRun,
    incoming: Sequence[IncomingRecord],
    rejected: Sequence[Mapping[str, object]],
    *,
    read: int,
    position: int,
    withdraw: bool = False,
) -> None:
    """Commit one batch: records, rejections, journal, counts and position, all or nothing.

    `run` is brought up to date only when the transaction has committed.
    """
    _mask_ahead(intake, incoming)
    with intake.store.writing() as connection:
        keyed = _with_keys(connection, incoming, learn=True)
        batch = _decide(connection, intake, keyed, source=run.source_id, withdraw=withdraw)
        _write(connection, intake, run, batch)
        batch.counts["read"] += read
        batch.counts["rejected"] += len({item["line"] for item in rejected})
        reasons = Counter(str(item["code"]) for item in rejected)
        progress = run.advanced(batch.counts, reasons, position)
        save_progress(connection, progress, rejected)
    run.update(progress)


def _mask_ahead(intake: Intake, incoming: Sequence[IncomingRecord]) -> None:
    """Mask outside the transaction what will probably be written, to keep the lock short."""
    with intake.store.engine.connect() as connection:
        keyed = _with_keys(connection, incoming, learn=False)
        existing = _existing(connection, [key for key, _ in keyed])
    for key, record in keyed:
        if key not in existing or existing[key]["content_hash"] != record.content_hash:
            _ = record.public


def _with_keys(
    connection: Connection, incoming: Sequence[IncomingRecord], *, learn: bool
) -> list[tuple[str, IncomingRecord]]:
    if not incoming:
        return []
    authorities = _Authorities(connection, incoming[0].intake.keys, learn=learn)
    return [(r.natural_key(authorities.key(authority_aliases(r.values))), r) for r in incoming]


class _Authorities:
    """One key for an authority under its code and its names; new aliases are learned on the way.

    Kept as digests: what stands in an authority's column is not always an authority.
    """

    def __init__(self, connection: Connection, keys: KeyRing, *, learn: bool) -> None:
        self._connection = connection
        self._keys = keys
        self._learn = learn
        self._known: dict[str, str] = {}

    def key(self, names: tuple[str, ...]) -> str:
        """The authority's key; a row that names both code and name joins them for later rows."""
        aliases = [self._keys.digest("natural key", name.encode()) for name in names]
        found = next((key for alias in aliases if (key := self._look_up(alias))), None)
        key = found or (aliases[0] if aliases else "")
        for alias in aliases:
            if self._learn and not self._look_up(alias):
                self._connection.execute(tables.authorities.insert().values(alias=alias, key=key))
                self._known[alias] = key
        return key

    def _look_up(self, alias: str) -> str:
        if alias not in self._known:
            query = select(tables.authorities.c.key).where(tables.authorities.c.alias == alias)
            self._known[alias] = self._connection.scalar(query) or ""
        return self._known[alias]


_COMPARED = ("id", "natural_key", "content_hash", "state", "source_id", "line")


def _existing(connection: Connection, keys: Sequence[str]) -> dict[str, Mapping[str, object]]:
    columns = [_records.c[name] for name in _COMPARED]
    found: dict[str, Mapping[str, object]] = {}
    for at in range(0, len(keys), 500):
        wanted = _records.c.natural_key.in_(keys[at : at + 500])
        for row in connection.execute(select(*columns).where(wanted)).mappings():
            found[row["natural_key"]] = dict(row)
    return found


def _decide(
    connection: Connection,
    intake: Intake,
    keyed: Sequence[tuple[str, IncomingRecord]],
    *,
    source: int,
    withdraw: bool,
) -> _Batch:
    """Compare every row with what is kept under its key, in order: a later row wins."""
    existing = _existing(connection, [key for key, _ in keyed])
    swept = get_meta(connection, "swept")
    # A batch prepared before midnight and committed after the sweep must not slip past it.
    day = max(today(intake.store.clock), date.fromisoformat(swept) if swept else date.min)
    batch = _Batch()
    for key, record in keyed:
        old = existing.get(key)
        if old is not None and _settled(old, record, batch, source=source, withdraw=withdraw):
            continue
        state, reason = (RecordState.WITHDRAWN, "file") if withdraw else record.state(day)
        record_id = str(old["id"]) if old else intake.keys.record_id(record.dataset.name, key)
        row = _row(record, record_id, key) | {
            "state": state,
            "reason": reason,
            "source_id": source,
        }
        was_visible = old is not None and old["state"] == RecordState.PUBLISHED
        if old is None or record_id in batch.inserts:
            batch.inserts[record_id] = row
        else:
            batch.updates[record_id] = row
        batch.counts["withdrawn" if withdraw else "inserted" if old is None else "updated"] += 1
        if change := _change(was_visible, state):
            batch.journal[change, reason or "file"].append(record_id)
        existing[key] = row
    return batch


def _settled(
    old: Mapping[str, object], record: IncomingRecord, batch: _Batch, *, source: int, withdraw: bool
) -> bool:
    """Whether nothing has to be written for this row; counts it if so."""
    # A file that states one decision twice must not flip it back and forth each time it is loaded.
    superseded = old["source_id"] == source and record.line < _line(old)
    if old["state"] == RecordState.WITHDRAWN:
        batch.counts["unchanged" if withdraw else "not_republished"] += 1
        return True
    if not withdraw and (superseded or old["content_hash"] == record.content_hash):
        batch.counts["unchanged"] += 1
        return True
    return False


def _line(old: Mapping[str, object]) -> int:
    line = old["line"]
    return line if isinstance(line, int) else 0


def _change(was_visible: bool, state: RecordState) -> str:
    if state is RecordState.PUBLISHED:
        return "changed" if was_visible else "published"
    return "withdrawn" if was_visible or state is RecordState.WITHDRAWN else ""


def _row(record: IncomingRecord, record_id: str, key: str) -> dict[str, object]:
    return {
        "id": record_id,
        "dataset": record.dataset.name,
        "natural_key": key,
        "party": record.party,
        "blind": record.blind,
        "content_hash": record.content_hash,
        "subject_kind": record.kind,
        "public": record.public,
        "sealed": record.intake.vault.seal(record_id, record.row),
        "public_from": record.publicity.public_from,
        "public_until": record.publicity.public_until,
        "publicity_class": record.publicity.publicity_class,
        "rule": record.publicity.rule,
        "warnings": list(record.warnings),
        "template": record.template,
        "line": record.line,
    }


def _write(connection: Connection, intake: Intake, run: SourceRun, batch: _Batch) -> None:
    """Write the batch under one revision of its own, if there is anything to write."""
    if not batch.inserts and not batch.updates:
        return
    now, revision = intake.store.clock(), next_revision(connection)
    common = {"updated_at": now, "revision": revision}
    if batch.inserts:
        fresh = [row | common | {"loaded_at": now} for row in batch.inserts.values()]
        connection.execute(_records.insert(), fresh)
    for record_id, row in batch.updates.items():
        changed = update(_records).where(_records.c.id == record_id)
        connection.execute(changed.values(row | common))
    for (change, reason), record_ids in batch.journal.items():
        write_journal(
            connection,
            record_ids,
            revision=revision,
            change=change,
            reason=reason,
            at=now,
            source_id=run.source_id,
        )
