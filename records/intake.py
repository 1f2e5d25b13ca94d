"""Taking rows in: one batch is one transaction, with the position of its source.

A record is kept under its natural key, with every row that states it, one a template generation
(records/sealed.py). Unchanged content is a no-op; what was withdrawn stays withdrawn. Everything a reader
may see has been masked before it comes near the database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import orjson
from sqlalchemy import Connection, bindparam, select, update

from records import tables
from records.authorities import Authorities
from records.clock import today
from records.dataset import Dataset
from records.incoming import Batch, Door, IncomingRecord
from records.keys import KeyRing
from records.previous_names import remember_names
from records.removals import stays_off, tells_of_removals
from records.sealed import Copy, pack, unpack, values_of
from records.sources import SourceRun, save_progress
from records.statements import SEVERAL, Statement, of_one_row, of_several
from records.store import Store, get_meta, next_revision, write_journal
from records.stored import RecordState
from records.values import record_from_json
from records.vault import Vault

_records = tables.records


@dataclass(frozen=True)
class Intake:
    """What taking rows in needs: the store, its keys and the policy of this installation."""

    store: Store
    keys: KeyRing
    publish_legal_representatives: bool = False
    hide_natural_persons: bool = False

    @cached_property
    def door(self) -> Door:
        """What rows pass on their way in."""
        return Door(self.keys, self.publish_legal_representatives, self.hide_natural_persons)

    @cached_property
    def vault(self) -> Vault:
        """Seals the rows; VaultError without the vault key."""
        return Vault(self.keys)


@dataclass(frozen=True, slots=True)
class Stated:
    """What all rows of a source have in common; `withdraw` takes them down instead of publishing them."""

    dataset: Dataset
    template: str
    withdraw: bool = False


def take_in(intake: Intake, run: SourceRun, stated: Stated, batch: Batch) -> int:
    """Commit one batch: records, rejections, journal, counts and position, all or nothing.

    `run` is brought up to date only when the transaction has committed. Returns how many rows were to
    withdraw a record that there is not: it stays down if it ever comes.
    """
    with intake.store.writing() as connection:
        writer = _Writer(connection, intake, stated, run)
        writer.decide(batch.records)
        writer.write()
        writer.counts["read"] += batch.read
        writer.counts["rejected"] += len({item["line"] for item in batch.rejected})
        reasons = Counter(str(item["code"]) for item in batch.rejected)
        progress = run.advanced(writer.counts, reasons, batch.position)
        save_progress(connection, progress, batch.rejected)
    run.update(progress)
    return writer.withdrawn_before_it_came


_COMPARED = (
    "id", "natural_key", "content_hash", "state", "reason", "template", "source_id", "line",
    "published_revision", "public_from",
)  # fmt: skip
_AT_ONCE = 500
_THIS = -1
"""In place of the revision of the batch, until it is allocated."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept under a natural key, or has just been decided for it.

    `published_revision` and `was_visible` are as they were before the batch.
    """

    id: str
    content_hash: str
    state: str
    reason: str
    template: str
    source_id: int
    line: int
    published_revision: int = 0
    was_visible: bool = False
    public_from: date = date.min
    copies: Mapping[str, Copy] | None = None


class _Writer:
    """Decides on the rows of one batch, in order (a later row wins), and writes what follows."""

    def __init__(
        self, connection: Connection, intake: Intake, stated: Stated, run: SourceRun
    ) -> None:
        self._connection = connection
        self._intake = intake
        self._stated = stated
        self._source = run.source_id
        self._repeated = run.repeated
        self._may_be_removed = tells_of_removals(stated.dataset)
        self._inserts: dict[str, dict[str, object]] = {}
        self._updates: dict[str, dict[str, object]] = {}
        self._replaced: list[dict[str, object]] = []
        self._journal: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.withdrawn_before_it_came = 0

    def decide(self, records: Sequence[IncomingRecord]) -> None:
        """Compare every row with what is kept under its key."""
        swept = get_meta(self._connection, "swept")
        # A batch prepared before midnight and committed after the sweep must not slip past it.
        day = max(today(self._intake.store.clock), date.fromisoformat(swept) if swept else date.min)
        keys = self._keys(records)
        known = self._existing(keys)
        for key, record in zip(keys, records, strict=True):
            old = known.get(key)
            if old is None:
                self.withdrawn_before_it_came += self._stated.withdraw
                known[key] = self._put(key, record, None, day, "inserted")
            elif outcome := self._outcome(old, record):
                known[key] = self._put(key, record, old, day, outcome)

    def _keys(self, records: Sequence[IncomingRecord]) -> list[str]:
        dataset = self._stated.dataset.name
        authorities = Authorities(self._connection, (a for r in records for a in r.authority))
        digest = self._intake.keys.digest
        return [
            digest(
                "natural key",
                "\0".join((dataset, authorities.key(r.authority), r.number, r.party)).encode(),
            )
            for r in records
        ]

    def _existing(self, keys: Sequence[str]) -> dict[str, _Known]:
        columns = [_records.c[name] for name in _COMPARED]
        found: dict[str, _Known] = {}
        for at in range(0, len(keys), _AT_ONCE):
            wanted = _records.c.natural_key.in_(keys[at : at + _AT_ONCE])
            for row in self._connection.execute(select(*columns).where(wanted)):
                found[row.natural_key] = _Known(
                    row.id, row.content_hash, row.state, row.reason, row.template, row.source_id,
                    row.line, row.published_revision, row.state == RecordState.PUBLISHED,
                    row.public_from,
                )  # fmt: skip
        return found

    def _outcome(self, old: _Known, record: IncomingRecord) -> str:
        """What becomes of a row whose record is known: the name of a count, "" where all is settled.

        A withdrawn record takes over what is new and stays withdrawn; an entry that was taken off its list
        stays as it is.
        """
        known = self._is_known(old, record)
        if old.state == RecordState.WITHDRAWN:
            outcome = "unchanged" if self._stated.withdraw else "not_republished"
        elif self._stated.withdraw:
            return "withdrawn"
        elif not known and self._stays_off(old, record):
            outcome, known = "not_republished", True
        else:
            outcome = "unchanged" if known else "updated"
        if known:
            self.counts[outcome] += 1
            return ""
        return outcome

    def _is_known(self, old: _Known, record: IncomingRecord) -> bool:
        """Whether the record holds this very row, or in its place one that came later.

        A file that states one decision twice must not flip it back and forth each time it is loaded, nor
        must two files that are loaded again one after the other.
        """
        template, source, line = self._stated.template, old.source_id, old.line
        if old.template == template and old.content_hash == record.content_hash:
            return True
        if old.content_hash.startswith(SEVERAL):
            copy = self._copies(old).get(template)
            if copy is None:
                return False
            if copy.row == record.row:
                return True
            source, line = copy.source, copy.line
        elif old.template != template and not self._stated.dataset.profile:
            return False
        if source == self._source:
            return record.line < line
        return self._repeated and source > self._source

    def _stays_off(self, old: _Known, record: IncomingRecord) -> bool:
        if not self._may_be_removed:
            return False
        dataset = self._stated.dataset
        stated = record_from_json(dataset, orjson.loads(record.row))
        return stays_off(values_of(dataset, self._copies(old)), stated)

    def _copies(self, old: _Known) -> Mapping[str, Copy]:
        if old.copies is not None:
            return old.copies
        sealed = self._connection.scalar(select(_records.c.sealed).where(_records.c.id == old.id))
        return unpack(self._intake.vault.open(old.id, sealed or b""))

    def _put(
        self, key: str, record: IncomingRecord, old: _Known | None, day: date, outcome: str
    ) -> _Known:
        statement = self._statement(record, old)
        stays_down = old is not None and old.state == RecordState.WITHDRAWN
        # Without a day of its own a row counts from when it came first.
        begun = statement.publicity.beginning(old.public_from if old else day)
        statement = replace(statement, publicity=begun)
        state, reason = self._intake.door.state(statement.publicity, statement.kind, day)
        if stays_down or self._stated.withdraw:
            state = RecordState.WITHDRAWN
            reason = old.reason if old is not None and stays_down else "file"
        dataset = self._stated.dataset
        record_id = old.id if old else self._intake.keys.record_id(dataset.name, key)
        row = statement.row(dataset, record, record_id, key) | {"state": state, "reason": reason}
        published, shown = (old.published_revision, old.was_visible) if old else (0, False)
        appears = state is RecordState.PUBLISHED and not shown
        row["published_revision"] = _THIS if appears else published
        row["sealed"] = self._intake.vault.seal(record_id, pack(statement.copies))
        fresh = old is None or record_id in self._inserts
        rows = self._inserts if fresh else self._updates
        if record_id in rows:
            self._replaced.append(rows[record_id])
        rows[record_id] = row
        self.counts["withdrawn" if self._stated.withdraw and not stays_down else outcome] += 1
        was_visible = old is not None and old.state == RecordState.PUBLISHED
        if not stays_down and (change := _change(was_visible, state)):
            self._journal[change, reason or "file"].append(record_id)
        leading = statement.copies[statement.template]
        return _Known(
            record_id, statement.content_hash, state, reason, statement.template, leading.source,
            leading.line, published, shown, begun.public_from, statement.copies,
        )  # fmt: skip

    def _statement(self, record: IncomingRecord, old: _Known | None) -> Statement:
        """The row alone, or together with the rows of other generations that state the same."""
        template, dataset, door = self._stated.template, self._stated.dataset, self._intake.door
        copy = Copy(self._source, record.line, record.row, record.warnings)
        # A profile is what its latest row says, whole, whatever generation that is of.
        if (
            old is None
            or dataset.profile
            or (old.template == template and not old.content_hash.startswith(SEVERAL))
        ):
            return of_one_row(door, dataset, template, record, copy)
        return of_several(door, dataset, {**self._copies(old), template: copy})

    def write(self) -> None:
        """Write the batch under one revision of its own, if there is anything to write."""
        if not self._inserts and not self._updates:
            return
        now, revision = self._intake.store.clock(), next_revision(self._connection)
        common = {"updated_at": now, "revision": revision}
        for row in (*self._inserts.values(), *self._updates.values()):
            if row["published_revision"] == _THIS:
                row["published_revision"] = revision
        if self._inserts:
            fresh = [row | common | {"loaded_at": now} for row in self._inserts.values()]
            self._connection.execute(_records.insert(), fresh)
        if self._stated.dataset.profile:
            remember_names(self._connection, revision, self._replaced, self._updates)
        if self._updates:
            changed = [row | common | {"changed_id": row["id"]} for row in self._updates.values()]
            statement = update(_records).where(_records.c.id == bindparam("changed_id"))
            statement = statement.values(
                earlier_anchor=_records.c.anchor,
                earlier_registration_anchor=_records.c.registration_anchor,
            )
            self._connection.execute(statement, changed)
        for (change, reason), record_ids in self._journal.items():
            write_journal(
                self._connection,
                record_ids,
                revision=revision,
                change=change,
                reason=reason,
                at=now,
                source_id=self._source,
            )


def _change(was_visible: bool, state: RecordState) -> str:
    if state is RecordState.PUBLISHED:
        return "changed" if was_visible else "published"
    return "withdrawn" if was_visible or state is RecordState.WITHDRAWN else ""
