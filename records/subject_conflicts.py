"""What about subjects a person has to look at: codes and names that do not go together.

Nothing of it is wrong with the store: the rows say so, and only who provided them can tell what is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from records import tables
from records.folding import fold
from records.store import Store

_records, _subjects = tables.records, tables.subjects
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Conflict:
    """How many there are of one sort, and the first of them: ids of subjects, or codes; no names."""

    count: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """`names`: subjects under whose code records have a quite different name, which is not shown.

    `numbers`: registration numbers that rows state with several organization codes, so that they join none.
    `pairs`: subjects known without an organization code that are called as another subject is: perhaps one.
    """

    names: Conflict
    numbers: Conflict
    pairs: Conflict

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.names.count or self.numbers.count or self.pairs.count)


def subject_conflicts(store: Store, limit: int) -> Conflicts:
    """All of them, with the first `limit` of each sort. Reads every subject."""
    with store.engine.connect() as connection:
        return Conflicts(
            _of_names(connection, limit), _of_numbers(connection, limit), _pairs(connection, limit)
        )


def _of_names(connection: Connection, limit: int) -> Conflict:
    conflicting = _subjects.c.conflicts > 0
    count = connection.scalar(select(func.count()).select_from(_subjects).where(conflicting))
    first = select(_subjects.c.id).where(conflicting).order_by(_subjects.c.id).limit(limit)
    return Conflict(count or 0, tuple(connection.scalars(first)))


def _of_numbers(connection: Connection, limit: int) -> Conflict:
    anchor, registered = _records.c.anchor, _records.c.registration_anchor
    several = (
        select(func.max(_records.c.registration_number))
        .where(text(tables.REGISTERED), anchor != registered)
        .group_by(registered)
        .having(func.min(anchor) != func.max(anchor))
    )
    numbers = sorted(connection.scalars(several))
    return Conflict(len(numbers), tuple(numbers[:limit]))


def _pairs(connection: Connection, limit: int) -> Conflict:
    # Those without a code are few by now, so only their names are held at a time.
    uncoded: dict[str, list[str]] = {}
    for subject_id, name in _named(connection, coded=False):
        uncoded.setdefault(fold(name), []).append(subject_id)
    doubtful = {i for ids in uncoded.values() if len(ids) > 1 for i in ids}
    for _, name in _named(connection, coded=True):
        doubtful.update(uncoded.get(fold(name), ()))
    return Conflict(len(doubtful), tuple(sorted(doubtful)[:limit]))


def _named(connection: Connection, *, coded: bool) -> Iterator[tuple[str, str]]:
    code = _subjects.c.organization_code
    query = select(_subjects.c.id, _subjects.c.name).where(
        _subjects.c.living, _subjects.c.named, code != "" if coded else code == ""
    )
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield row.id, row.name
