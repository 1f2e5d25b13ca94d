"""The store: the truth. Opening it, revisions, the window of publicity, and what changed since.

Loading rows is records/intake.py, changes by hand records/by_hand.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Self

from sqlalchemy import Connection, Engine, RowMapping, func, select, update

from records import tables
from records.clock import Clock
from records.database import connect, migrate, writing
from records.errors import KeyMismatch
from records.keys import KeyRing
from records.stored import ChangeBatch, RecordState, StoredRecord, StoredSubject, as_disputed
from records.subjects import settle, stored_subject
from records.vocabulary import SubjectKind

_SWEPT = "swept"
_AT_ONCE = 5_000
_records, _subjects = tables.records, tables.subjects


class Store:
    """One relational store. Safe to use from several processes and threads at once."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock

    @classmethod
    def open(cls, url: str, keys: KeyRing, clock: Clock) -> Self:
        """Connect and check the keys. Raises StoreError, and KeyMismatch for a lost or wrong key."""
        store = cls.connect(url, clock)
        try:
            store.check_keys(keys)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def connect(cls, url: str, clock: Clock) -> Self:
        """Connect and bring the tables up to date; :meth:`check_keys` must follow.

        Raises StoreError when the database cannot be used.
        """
        engine = connect(url)
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, clock)

    def knows_keys(self) -> bool:
        """Whether the store has been used with keys: then no others may be made for it."""
        with self.engine.connect() as connection:
            return get_meta(connection, "key:secret") is not None

    def close(self) -> None:
        """Release the connections."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes records. One at a time: the counter's row is held to commit.

        So nobody decides on what another is about to change, and revisions become visible in order. The
        subjects of the records that it changed are settled before it commits.
        """
        with writing(self.engine) as connection:
            held = select(tables.revision_counter.c.value).with_for_update()
            before = connection.scalar(held) or 0
            yield connection
            if current_revision(connection) > before:
                settle(connection, before)

    def check_keys(self, keys: KeyRing) -> None:
        """Remember the keys of a new store. Raises KeyMismatch when they are not this store's."""
        given = keys.fingerprints()
        with self.engine.connect() as connection:
            known = {name: get_meta(connection, f"key:{name}") for name in given}
        if None in known.values():
            # Only a new store has to be written to, and waited for.
            with self.writing() as connection:
                for name, fingerprint in given.items():
                    known[name] = get_meta(connection, f"key:{name}")
                    if known[name] is None:
                        set_meta(connection, f"key:{name}", fingerprint)
                        known[name] = fingerprint
        for name, fingerprint in given.items():
            if known[name] != fingerprint:
                raise KeyMismatch(
                    f"the {name} key is not the one this store was made with / 密钥与数据库不符",
                    f"restore the right XINCHA_{name.upper()}_KEY (or {name}.key in XINCHA_HOME)",
                )

    def revision(self) -> int:
        """The newest visible revision; 0 for an empty store."""
        with self.engine.connect() as connection:
            return current_revision(connection)

    def swept(self) -> date | None:
        """The day for which the window of publicity was last brought up to date."""
        with self.engine.connect() as connection:
            value = get_meta(connection, _SWEPT)
        return date.fromisoformat(value) if value else None

    def sweep(self, today: date) -> None:
        """End what has run out before `today` and publish what begins; journaled, once a day."""
        if (swept := self.swept()) is not None and swept >= today:
            return
        with self.writing() as connection:
            ended = (_records.c.state == RecordState.PUBLISHED) & (_records.c.public_until <= today)
            begun = (_records.c.state == RecordState.PENDING) & (_records.c.public_from <= today)
            moves = [
                (ended, RecordState.ENDED, "withdrawn", "publicity ended"),
                (begun, RecordState.PUBLISHED, "published", "publicity began"),
            ]
            now = self.clock()
            revision = 0
            for which, state, change, reason in moves:
                ids = connection.scalars(select(_records.c.id).where(which)).all()
                if not ids:
                    continue
                revision = revision or next_revision(connection)
                moved = update(_records).where(which)
                if state is RecordState.PUBLISHED:
                    moved = moved.values(published_revision=revision)
                connection.execute(moved.values(state=state, revision=revision, updated_at=now))
                write_journal(
                    connection, ids, revision=revision, change=change, reason=reason, at=now
                )
            set_meta(connection, _SWEPT, today.isoformat())

    def changes(self, after: int, limit: int) -> ChangeBatch:
        """Records and subjects whose last change lies after `after`: whole revisions, about `limit` records.

        An empty batch has the store's current revision.
        """
        newer = _records.c.revision > after
        with self.engine.connect() as connection:
            current = current_revision(connection)
            cut = connection.scalar(
                select(_records.c.revision)
                .where(newer, _records.c.revision <= current)
                .order_by(_records.c.revision)
                .offset(limit - 1)
                .limit(1)
            )
            upto = current if cut is None else cut
            rows = connection.execute(
                select(*_STORED)
                .where(newer, _records.c.revision <= upto)
                .order_by(_records.c.revision, _records.c.id)
            ).mappings()
            moved = connection.execute(
                select(_subjects)
                .where(_subjects.c.revision > after, _subjects.c.revision <= upto)
                .order_by(_subjects.c.revision, _subjects.c.id)
            ).mappings()
            return ChangeBatch(upto, tuple(map(_stored, rows)), tuple(map(stored_subject, moved)))

    def subject_count(self) -> int:
        """Number of subjects of which anything is visible."""
        living = select(func.count()).select_from(_subjects).where(_subjects.c.living)
        with self.engine.connect() as connection:
            return connection.scalar(living) or 0

    def subject_names(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Of every subject of which anything is visible: its names, the former ones too, and its codes.

        One that may be found by code only has no names.
        """
        for subject in self.subjects():
            names = (subject.name, *subject.former_names) if subject.named else ()
            codes = (
                subject.credit_code, subject.organization_code, *subject.registration_numbers,
            )  # fmt: skip
            yield names, tuple(filter(None, codes))

    def subjects(self) -> Iterator[StoredSubject]:
        """Every subject of which anything is visible, in order of id, a part at a time."""
        last = ""
        while True:
            with self.engine.connect() as connection:
                query = select(_subjects).where(_subjects.c.living, _subjects.c.id > last)
                ordered = query.order_by(_subjects.c.id).limit(_AT_ONCE)
                found = [stored_subject(row) for row in connection.execute(ordered).mappings()]
            yield from found
            if len(found) < _AT_ONCE:
                return
            last = found[-1].id

    def newest_sealed(self, count: int) -> list[tuple[str, bytes]]:
        """Ids and sealed parts of the records that changed last."""
        newest = select(_records.c.id, _records.c.sealed).order_by(_records.c.revision.desc())
        with self.engine.connect() as connection:
            return [(row.id, row.sealed) for row in connection.execute(newest.limit(count))]

    def count_by_state(self) -> dict[tuple[str, str], int]:
        """Number of records by (dataset, state)."""
        counted = select(_records.c.dataset, _records.c.state, func.count()).group_by(
            _records.c.dataset, _records.c.state
        )
        with self.engine.connect() as connection:
            return {(dataset, state): n for dataset, state, n in connection.execute(counted)}


_STORED = [
    _records.c[name]
    for name in (
        "id", "dataset", "subject_kind", "party", "public", "public_from", "public_until", "state",
        "revision", "template", "loaded_at", "updated_at", "disputed", "anchor", "published_revision",
    )
]  # fmt: skip


def _stored(row: RowMapping) -> StoredRecord:
    kind = SubjectKind(row["subject_kind"])
    return StoredRecord(
        id=row["id"],
        dataset=row["dataset"],
        subject_kind=kind,
        anchor=row["anchor"],
        public=as_disputed(row["public"]) if row["disputed"] else row["public"],
        public_from=row["public_from"],
        public_until=row["public_until"],
        state=RecordState(row["state"]),
        revision=row["revision"],
        template=row["template"],
        loaded_at=row["loaded_at"],
        updated_at=row["updated_at"],
        published_revision=row["published_revision"],
    )


def current_revision(connection: Connection) -> int:
    """The newest committed revision."""
    return connection.scalar(select(tables.revision_counter.c.value)) or 0


def next_revision(connection: Connection) -> int:
    """Allocate the revision of a transaction begun by :meth:`Store.writing`."""
    counter = tables.revision_counter
    connection.execute(update(counter).values(value=counter.c.value + 1))
    return current_revision(connection)


def write_journal(
    connection: Connection,
    record_ids: Iterable[str],
    *,
    revision: int,
    change: str,
    reason: str,
    at: datetime,
    source_id: int | None = None,
) -> None:
    """Append one journal row a record; `change` is published, changed or withdrawn."""
    rows = [
        {
            "revision": revision,
            "record_id": record_id,
            "change": change,
            "reason": reason,
            "source_id": source_id,
            "at": at,
        }
        for record_id in record_ids
    ]
    if rows:
        connection.execute(tables.journal.insert(), rows)


def get_meta(connection: Connection, key: str) -> str | None:
    """A value the store remembers about itself."""
    return connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == key))


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Remember a value; replaces the old one."""
    changed = connection.execute(
        update(tables.meta).where(tables.meta.c.key == key).values(value=value)
    )
    if not changed.rowcount:
        connection.execute(tables.meta.insert().values(key=key, value=value))
