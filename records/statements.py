"""What the rows of one record say together, and the row of the table of records that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from records.anchors import Anchors, anchors_of, subject_columns
from records.database import Json
from records.dataset import Dataset
from records.incoming import Door, IncomingRecord, blind_index, public_of
from records.publicity import Publicity
from records.sealed import Copy, newest, values_of
from records.subject_kind import decide_kind
from records.vocabulary import SubjectKind

SEVERAL = "+"
"""Begins the content hash of a record that several generations state."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the rows of one record say together; `copies` are these rows, `template` the leading one's."""

    copies: Mapping[str, Copy]
    template: str
    kind: SubjectKind
    publicity: Publicity
    blind: str
    content_hash: str
    public: str
    anchors: Anchors

    def row(
        self, dataset: Dataset, record: IncomingRecord, record_id: str, key: str
    ) -> dict[str, object]:
        """The columns of the record that this makes of its natural key; without state and sealed part."""
        leading = self.copies[self.template]
        return {
            "id": record_id,
            "dataset": dataset.name,
            "natural_key": key,
            "party": record.party,
            "blind": self.blind,
            "content_hash": self.content_hash,
            "subject_kind": self.kind,
            "public": Json(self.public),
            "public_from": self.publicity.public_from,
            "public_until": self.publicity.public_until,
            "publicity_class": self.publicity.publicity_class,
            "rule": self.publicity.rule,
            "warnings": list(leading.warnings),
            "template": self.template,
            "source_id": leading.source,
            "line": leading.line,
            **subject_columns(dataset, self.kind, orjson.loads(self.public), self.anchors),
        }


def of_one_row(
    door: Door, dataset: Dataset, template: str, record: IncomingRecord, copy: Copy
) -> Statement:
    """What a row says by itself; `copy` is the row as it is kept."""
    return Statement(
        {template: copy},
        template,
        record.kind,
        record.publicity,
        record.blind,
        record.content_hash,
        public_of(door, dataset, record),
        record.anchors,
    )


def of_several(door: Door, dataset: Dataset, copies: Mapping[str, Copy]) -> Statement:
    """What the rows of several generations say together."""
    values = values_of(dataset, copies)
    kind = decide_kind(values).kind
    content = b"\0".join(name.encode() + b"\0" + copies[name].row for name in sorted(copies))
    return Statement(
        copies,
        newest(dataset, copies),
        kind,
        dataset.publicity(values, kind),
        blind_index(door.keys, values, kind),
        SEVERAL + door.keys.digest("content", content),
        door.public(dataset, values, kind),
        anchors_of(door.keys, dataset, values, kind),
    )
