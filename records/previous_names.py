"""The names that a profile had before a later row renamed it: public names only, never those of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson
from sqlalchemy import Connection, select

from records import tables
from records.portraits import is_readable
from records.stored import RecordState
from records.vocabulary import SubjectKind

_AT_ONCE = 500
_LONGEST = 400

Row = Mapping[str, object]
"""A row of the table of records, as it is kept or about to be."""


def remember_names(
    connection: Connection, revision: int, replaced: Sequence[Row], coming: Mapping[str, Row]
) -> None:
    """Keep the names that profiles lose with that revision, before they lose them.

    `coming`: by id what takes the place of rows of the table; `replaced`: rows that never came into it,
    since a later row of the same batch took their place.
    """
    known: dict[tuple[str, str], int] = {}
    for row in (*_kept(connection, list(coming)), *replaced):
        name = _name(row)
        if row["id"] in coming and _name(coming[str(row["id"])]) == name:
            continue
        if row["state"] == RecordState.PUBLISHED and _is_public(name, str(row["subject_kind"])):
            known[str(row["id"]), name] = revision
    names = tables.previous_names
    for part in _parts(list({record_id for record_id, _ in known})):
        query = select(names.c.record_id, names.c.name).where(names.c.record_id.in_(part))
        for record_id, name in connection.execute(query):
            known.pop((record_id, name), None)
    if known:
        connection.execute(
            names.insert(),
            [{"record_id": i, "name": name, "revision": at} for (i, name), at in known.items()],
        )


def _is_public(name: str, kind: str) -> bool:
    subject_kind = SubjectKind(kind)
    if not name or len(name) > _LONGEST or subject_kind is SubjectKind.NATURAL_PERSON:
        return False
    return is_readable(name, subject_kind)


def _name(row: Row) -> str:
    public = row["public"]
    view = orjson.loads(str(public)) if isinstance(public, str) else public
    name = view.get("subject_name") if isinstance(view, dict) else None
    return name if isinstance(name, str) else ""


def _kept(connection: Connection, record_ids: Sequence[str]) -> Iterator[Row]:
    columns = [tables.records.c[name] for name in ("id", "state", "subject_kind", "public")]
    for part in _parts(record_ids):
        query = select(*columns).where(tables.records.c.id.in_(part))
        yield from map(dict, connection.execute(query).mappings())


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
