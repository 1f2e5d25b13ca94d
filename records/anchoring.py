"""Anchors for records that an earlier version stored without, made of their sealed parts."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update

from records import tables
from records.anchors import anchors_of, subject_columns
from records.dataset import Dataset
from records.errors import VaultError
from records.keys import KeyRing
from records.sealed import unpack, values_of
from records.store import Store, get_meta, next_revision
from records.vault import Vault
from records.vocabulary import SubjectKind

_UNANCHORED = "unanchored"
_AT_ONCE = 1_000
_records = tables.records

logger = logging.getLogger("xincha.records")


def lacks_anchors(store: Store) -> bool:
    """Whether records of an earlier version still wait for a process with the vault key."""
    with store.engine.connect() as connection:
        return get_meta(connection, _UNANCHORED) is not None


def anchor_records(store: Store, keys: KeyRing, datasets: Sequence[Dataset]) -> int:
    """Give every record of these datasets its anchor; how many got one. Needs the vault key.

    Does nothing where all have one. May be stopped and run again, and by several at once. A sealed part that
    cannot be opened is left out, and tried again the next time.
    """
    if not lacks_anchors(store):
        return 0
    logger.warning(
        "making subjects of the records of an earlier version, once / 首次归集已有记录的信用主体"
    )
    declared = {dataset.name: dataset for dataset in datasets}
    vault, done, last = Vault(keys), 0, ""
    while True:
        with store.writing() as connection:
            rows = _waiting(connection, declared, last)
            if not rows:
                _finish(connection)
                return done
            found = (_columns(row, declared[row["dataset"]], keys, vault) for row in rows)
            changed = [columns for columns in found if columns is not None]
            if changed:
                revision = next_revision(connection)
                changing = update(_records).where(_records.c.id == bindparam("changed_id"))
                connection.execute(changing.values(revision=revision), changed)
            last, done = rows[-1]["id"], done + len(changed)


def _waiting(connection: Connection, datasets: Iterable[str], last: str) -> Sequence[RowMapping]:
    waiting = (
        select(*_READ)
        .where(*_IS_WAITING, _records.c.dataset.in_(datasets), _records.c.id > last)
        .order_by(_records.c.id)
        .limit(_AT_ONCE)
    )
    return connection.execute(waiting).mappings().all()


_READ = [_records.c[name] for name in ("id", "dataset", "subject_kind", "public", "sealed")]
_IS_WAITING = (_records.c.anchor == "", _records.c.subject_kind != SubjectKind.NATURAL_PERSON)


def _columns(
    row: RowMapping, dataset: Dataset, keys: KeyRing, vault: Vault
) -> dict[str, object] | None:
    kind = SubjectKind(row["subject_kind"])
    try:
        copies = unpack(vault.open(row["id"], row["sealed"]))
    except VaultError:
        return None
    anchors = anchors_of(keys, dataset, values_of(dataset, copies), kind)
    return subject_columns(dataset, kind, row["public"], anchors) | {"changed_id": row["id"]}


def _finish(connection: Connection) -> None:
    if connection.scalar(select(_records.c.id).where(*_IS_WAITING).limit(1)) is None:
        connection.execute(delete(tables.meta).where(tables.meta.c.key == _UNANCHORED))
