"""One valid row on its way into the store: everything that can be worked out of it without the store.

Made here or in a worker process; it travels between processes as plain values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from records.anchors import Anchors, anchors_of
from records.dataset import Dataset
from records.keys import KeyRing
from records.privacy import public_view
from records.publicity import Publicity
from records.stored import RecordState
from records.subject import authority_aliases, decision_number, party_key, person_key
from records.values import Values, record_from_json, record_to_json
from records.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class Door:
    """What rows pass on their way in: the keys, and what this installation shows of people."""

    keys: KeyRing
    publish_legal_representatives: bool = False
    hide_natural_persons: bool = False

    def public(self, dataset: Dataset, values: Values, kind: SubjectKind) -> str:
        """The masked public view as JSON."""
        view = public_view(
            dataset,
            values,
            kind,
            publish_legal_representatives=self.publish_legal_representatives,
        )
        return orjson.dumps(view).decode()

    def state(self, publicity: Publicity, kind: SubjectKind, day: date) -> tuple[RecordState, str]:
        """Where a record stands on that day, and why it is not public if it is not."""
        if not publicity.published:
            return RecordState.HIDDEN, publicity.reason
        if self.hide_natural_persons and kind is SubjectKind.NATURAL_PERSON:
            return RecordState.HIDDEN, "NATURAL_PERSON"
        if publicity.public_from > day:
            return RecordState.PENDING, ""
        if publicity.public_until is not None and publicity.public_until <= day:
            return RecordState.ENDED, publicity.ended_by or "publicity ended"
        return RecordState.PUBLISHED, ""


@dataclass(frozen=True)  # with slots it would be pickled by a Python function
class IncomingRecord:
    """One row, read and judged.

    `row`: every value as JSON, to be sealed. `number`: what identifies the decision beside authority and
    party; "" for a profile, of which a subject has one. `content_hash`, `party`, `blind`, `authority` (strongest alias first): keyed digests. `public`:
    the masked view as JSON, empty until somebody needs it.
    """

    line: int
    kind: SubjectKind
    warnings: tuple[str, ...]
    row: bytes
    content_hash: str
    number: str
    party: str
    blind: str
    authority: tuple[str, ...]
    publicity: Publicity
    anchors: Anchors
    public: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive rows of one sheet: accepted, rejected, how many were read, the last line."""

    records: Sequence[IncomingRecord]
    rejected: Sequence[Mapping[str, object]]
    read: int
    position: int


def incoming_record(
    door: Door,
    dataset: Dataset,
    values: Values,
    kind: SubjectKind,
    *,
    line: int,
    warnings: tuple[str, ...] = (),
    public: str = "",
) -> IncomingRecord:
    """A row of typed values, its subject being of that kind; `public` if its view is made already."""
    digest = door.keys.digest
    row = orjson.dumps(record_to_json(dataset, values), option=orjson.OPT_SORT_KEYS)
    content = digest("content", kind.encode() + b"\0" + row)
    anchors = anchors_of(door.keys, dataset, values, kind)
    of_a_subject = dataset.profile and anchors.anchor
    party = f"profile\0{anchors.anchor}" if of_a_subject else party_key(values, kind)
    return IncomingRecord(
        line=line,
        kind=kind,
        warnings=warnings,
        row=row,
        content_hash=content,
        number="" if dataset.profile else decision_number(dataset, values, content),
        party=digest("party", party.encode()),
        blind=blind_index(door.keys, values, kind),
        authority=tuple(
            digest("natural key", alias.encode()) for alias in authority_aliases(values)
        ),
        publicity=dataset.publicity(values, kind),
        anchors=anchors,
        public=public,
    )


def blind_index(keys: KeyRing, values: Values, kind: SubjectKind) -> str:
    """Digest of name and ID number, by which an authorized caller finds a natural person; else ""."""
    if kind is not SubjectKind.NATURAL_PERSON:
        return ""
    return keys.digest("blind index", person_key(values).encode())


def public_of(door: Door, dataset: Dataset, record: IncomingRecord) -> str:
    """The record's public view, made now if it was not made before."""
    if record.public:
        return record.public
    return door.public(dataset, record_from_json(dataset, orjson.loads(record.row)), record.kind)
