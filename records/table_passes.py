"""Passes over tables: the mark to begin from next time, and which rejections a finished pass replaces.

The mark is sealed: a column of stamps may turn out to hold anything.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass

import orjson
from sqlalchemy import ColumnElement, Connection, delete, or_, select

from records import tables
from records.store import Store, get_meta, set_meta
from records.vault import Vault

_sources, _rejections = tables.sources, tables.rejections
_LOADING = "loading"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a finished pass ended.

    `stamp`: as text with its type. `checksum` of its source; its lines up to `unstamped` and from
    `read_again` on are read again by the next pass.
    """

    stamp: str
    checksum: str
    unstamped: int
    read_again: int


def last_mark(store: Store, vault: Vault, key: str) -> Mark | None:
    """The mark remembered under that key (at most 64 characters)."""
    with store.engine.connect() as connection:
        kept = get_meta(connection, key)
    if kept is None:
        return None
    return Mark(**orjson.loads(vault.open(key, base64.b64decode(kept))))


@dataclass(frozen=True, slots=True)
class FinishedPass:
    """A pass that has reached its end. `name` and `checksum` of its source.

    `after`: the mark it began from, None when it read the whole table.
    """

    name: str
    checksum: str
    after: Mark | None = None


def settle(
    store: Store, finished: FinishedPass, vault: Vault, key: str = "", mark: Mark | None = None
) -> None:
    """Forget rejections of rows that this pass has read again, and remember its mark under the key.

    A pass over the whole table replaces all rejections of earlier ones.
    """
    with store.writing() as connection:
        _forget_read_again(connection, finished)
        if mark is not None:
            sealed = vault.seal(key, orjson.dumps(asdict(mark)))
            set_meta(connection, key, base64.b64encode(sealed).decode())


def _forget_read_again(connection: Connection, finished: FinishedPass) -> None:
    earlier = (_sources.c.name == finished.name) & (_sources.c.checksum != finished.checksum)
    after = finished.after
    if after is None:
        _forget(connection, earlier)
        return
    # A pass that was killed is begun anew, perhaps with other rows.
    _forget(connection, earlier & (_sources.c.status == _LOADING))
    lines = or_(_rejections.c.line <= after.unstamped, _rejections.c.line >= after.read_again)
    _forget(connection, earlier & (_sources.c.checksum == after.checksum), lines)


def _forget(
    connection: Connection, which: ColumnElement[bool], *lines: ColumnElement[bool]
) -> None:
    sources = select(_sources.c.id).where(which)
    connection.execute(delete(_rejections).where(_rejections.c.source_id.in_(sources), *lines))
