"""Subjects as their visible records and profiles show them, settled with every change of a record.

A subject is what codes join: an organization code, and the registration numbers that rows state together
with no other one. It is made anew from the records as they stand, so the outcome is the same in whatever
order they came; a record that is not visible adds its codes and nothing else. One subject may have a
hundred thousand records: the database brings them down to what is different of them (their faces).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import (
    Connection,
    Date,
    RowMapping,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    text,
    update,
)

from records import tables
from records.anchors import PROFILE
from records.portraits import NEVER, Fact, Portrait, portrait
from records.stored import StoredSubject
from records.values import JsonValue
from records.vocabulary import SubjectKind

_records, _subjects = tables.records, tables.subjects
_AT_ONCE = 1_000


def settle(connection: Connection, after: int) -> None:
    """Bring the subjects up to date with all records that changed after that revision.

    Called in the transaction that changed them. A subject that comes out as it was keeps its revision.
    """
    newer = select(_records.c.revision).where(_records.c.revision > after).distinct()
    for revision in connection.scalars(newer).all():
        touched = sorted(_touched(connection, revision))
        for part in _parts(touched):
            _settle(connection, revision, part)


def subject_of(connection: Connection, anchor: str) -> str:
    """Id of the subject that an anchor is part of, whether anything of it is visible or not; "" for none."""
    joined = _joined(connection, [anchor] if anchor else [])
    return next((subject_id for subject_id, anchors in joined.items() if anchor in anchors), "")


def stored_subject(row: RowMapping) -> StoredSubject:
    """A row of the table of subjects."""
    return StoredSubject(
        id=row["id"],
        anchors=tuple(row["anchors"]),
        kind=SubjectKind(row["kind"]),
        name=row["name"],
        named=row["named"],
        former_names=tuple(row["former_names"]),
        credit_code=row["credit_code"],
        registration_numbers=tuple(row["registration_numbers"]),
        organization_code=row["organization_code"],
        region=row["region"],
        profile=row["profile"],
        completeness=row["completeness"],
        visible={
            kind: None if until is None else date.fromisoformat(until)
            for kind, until in row["visible"].items()
        },
        revision=row["revision"],
    )


def _touched(connection: Connection, revision: int) -> set[str]:
    """The anchors of all records of a revision, before and after it."""
    columns = (
        _records.c.anchor,
        _records.c.registration_anchor,
        _records.c.earlier_anchor,
        _records.c.earlier_registration_anchor,
    )
    changed = select(*columns).where(_records.c.revision == revision).distinct()
    return {anchor for row in connection.execute(changed) for anchor in row if anchor}


def _settle(connection: Connection, revision: int, touched: Sequence[str]) -> None:
    joined = _joined(connection, touched)
    facts = _facts(connection, {anchor for anchors in joined.values() for anchor in anchors})
    renamed = _previous_names(connection, facts.values())
    kept = _kept(connection, joined)
    fresh, changed = [], []
    for subject_id, anchors in joined.items():
        found = [fact for anchor in anchors for fact in facts.get(anchor, ())]
        old = kept.get(subject_id)
        if found:
            names = [name for fact in found for name in renamed.get(fact.record_id, ())]
            row = _row(subject_id, anchors, portrait(found, anchors, names))
        elif old is not None:
            row = _gone(old, anchors)
        else:
            continue
        if old is None:
            fresh.append(row | {"revision": revision})
        elif any(old[name] != value for name, value in row.items()):
            changed.append(row | {"revision": revision, "changed_id": subject_id})
    if fresh:
        connection.execute(_subjects.insert(), fresh)
    if changed:
        connection.execute(
            update(_subjects).where(_subjects.c.id == bindparam("changed_id")), changed
        )


def _joined(connection: Connection, touched: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Id → anchors of every subject that the touched anchors may have changed; () of one that is none.

    A registration number is part of the subject of an organization code when rows state it with that one
    only; what it had been by itself is no subject then.
    """
    organizations = _organizations_of(connection, touched)
    ids = sorted({*touched, *(code for codes in organizations.values() for code in codes)})
    numbers = _numbers_of(connection, ids)
    others = {number for stated in numbers.values() for number in stated} - organizations.keys()
    organizations |= _organizations_of(connection, sorted(others))
    sole = {number for number, codes in organizations.items() if len(codes) == 1}
    return {
        subject_id: ()
        if subject_id in sole
        else (subject_id, *sorted(sole & numbers.get(subject_id, set())))
        for subject_id in ids
    }


_ANCHOR, _REGISTRATION = _records.c.anchor, _records.c.registration_anchor
_LINKS = (
    select(_REGISTRATION, _ANCHOR)
    .where(text(tables.REGISTERED), _ANCHOR != _REGISTRATION)
    .distinct()
)


def _organizations_of(connection: Connection, numbers: Sequence[str]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for part in _parts(numbers):
        for number, code in connection.execute(_LINKS.where(_REGISTRATION.in_(part))):
            found[number].add(code)
    return dict(found)


def _numbers_of(connection: Connection, codes: Sequence[str]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for part in _parts(codes):
        for number, code in connection.execute(_LINKS.where(_ANCHOR.in_(part))):
            found[code].add(number)
    return dict(found)


_SINCE_LENGTH = 10
_FACES = (
    select(
        _ANCHOR,
        _records.c.kind,
        func.max(cast(_records.c.public_from, String) + _records.c.id).label("newest"),
        func.max(func.coalesce(_records.c.public_until, literal(NEVER, Date))).label("until"),
    )
    .where(text(tables.SHOWN))
    .group_by(_ANCHOR, _records.c.kind, _records.c.face)
)
"""Of every face the first day and the id of the newest record as one text, and the last end."""


def _facts(connection: Connection, anchors: Iterable[str]) -> dict[str, list[Fact]]:
    faces = [
        face
        for part in _parts(sorted(anchors))
        for face in connection.execute(_FACES.where(_ANCHOR.in_(part)))
    ]
    speakers = _speakers(connection, [face.newest[_SINCE_LENGTH:] for face in faces])
    views = _views(connection, [row["id"] for row in speakers.values() if row["kind"] == PROFILE])
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for face in faces:
        row = speakers[face.newest[_SINCE_LENGTH:]]
        facts[face.anchor].append(
            Fact(
                kind=face.kind,
                since=face.newest[:_SINCE_LENGTH],
                record_id=row["id"],
                until=face.until,
                subject_kind=SubjectKind(row["subject_kind"]),
                organization_code=row["organization_code"],
                registration_number=row["registration_number"],
                registration_anchor=row["registration_anchor"],
                name=row["subject_name"] or "",
                credit_code=row["credit_code"] or "",
                authority_code=row["authority_code"] or "",
                view=views.get(row["id"], {}),
            )
        )
    return dict(facts)


_SPEAKER = [
    *(
        _records.c[name]
        for name in (
            "id", "kind", "subject_kind", "organization_code", "registration_number",
            "registration_anchor",
        )
    ),
    # Taken out in the database: the whole view of each record would cost more than all else.
    *(
        _records.c.public[name].as_string().label(name)
        for name in ("subject_name", "credit_code", "authority_code")
    ),
]  # fmt: skip


def _speakers(connection: Connection, record_ids: Sequence[str]) -> dict[str, RowMapping]:
    return {
        row["id"]: row
        for part in _parts(record_ids)
        for row in connection.execute(select(*_SPEAKER).where(_records.c.id.in_(part))).mappings()
    }


def _views(connection: Connection, record_ids: Sequence[str]) -> dict[str, Mapping[str, JsonValue]]:
    columns = select(_records.c.id, _records.c.public)
    return {
        row.id: row.public
        for part in _parts(record_ids)
        for row in connection.execute(columns.where(_records.c.id.in_(part)))
    }


def _previous_names(
    connection: Connection, facts: Iterable[Sequence[Fact]]
) -> dict[str, list[str]]:
    """By id of a record the names it had before, newest first."""
    names = tables.previous_names
    ids = [fact.record_id for found in facts for fact in found if fact.is_profile]
    renamed: defaultdict[str, list[str]] = defaultdict(list)
    for part in _parts(ids):
        query = select(names.c.record_id, names.c.name).where(names.c.record_id.in_(part))
        for record_id, name in connection.execute(
            query.order_by(names.c.revision.desc(), names.c.name)
        ):
            renamed[record_id].append(name)
    return renamed


def _kept(connection: Connection, subject_ids: Iterable[str]) -> dict[str, RowMapping]:
    return {
        row["id"]: row
        for part in _parts(list(subject_ids))
        for row in connection.execute(select(_subjects).where(_subjects.c.id.in_(part))).mappings()
    }


def _row(subject_id: str, anchors: Sequence[str], found: Portrait) -> dict[str, object]:
    return {
        "id": subject_id,
        "anchors": list(anchors),
        "kind": found.kind.value,
        "name": found.name,
        "named": found.named,
        "former_names": list(found.former_names),
        "credit_code": found.credit_code,
        "registration_numbers": list(found.registration_numbers),
        "organization_code": found.organization_code,
        "region": found.region,
        "profile": found.profile,
        "completeness": found.completeness,
        "visible": {
            kind: None if until is None else until.isoformat()
            for kind, until in found.visible.items()
        },
        "living": True,
        "conflicts": found.conflicts,
    }


def _gone(old: RowMapping, anchors: Sequence[str]) -> dict[str, object]:
    """The row of a subject of which nothing is visible any more: nothing of it is kept but its ids."""
    return {
        "id": old["id"],
        "anchors": list(anchors) or [old["id"]],
        "kind": old["kind"],
        "name": "",
        "named": False,
        "former_names": [],
        "credit_code": "",
        "registration_numbers": [],
        "organization_code": "",
        "region": "",
        "profile": "",
        "completeness": 0,
        "visible": {},
        "living": False,
        "conflicts": 0,
    }


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), _AT_ONCE):
        yield values[at : at + _AT_ONCE]
