"""What the store hands out: records as they are kept, without their sealed part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from records.values import JsonValue
from records.vocabulary import RecordStatus, SubjectKind


class RecordState(StrEnum):
    """Where a record stands. Only `PUBLISHED` is visible."""

    PENDING = "pending"
    """Its publicity begins on a later day."""
    PUBLISHED = "published"
    ENDED = "ended"
    """Its publicity has run out."""
    HIDDEN = "hidden"
    """May not be public (records/publicity.py says why)."""
    WITHDRAWN = "withdrawn"
    """Taken down; stays so when its row is loaded again."""


def as_disputed(public: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """A public view while an objection is open: laid over it, so that no load of the row can lift it."""
    return {**public, "status": RecordStatus.DISPUTED.name}


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One record without its sealed part. `party` is a keyed digest, empty for natural persons.

    `public` maps field names to JSON values; `public_from` is inclusive, `public_until` exclusive.
    """

    id: str
    dataset: str
    subject_kind: SubjectKind
    party: str
    public: Mapping[str, JsonValue]
    public_from: date
    public_until: date | None
    state: RecordState
    revision: int
    template: str
    loaded_at: datetime
    updated_at: datetime

    @property
    def visible(self) -> bool:
        """Whether the index holds it."""
        return self.state is RecordState.PUBLISHED


@dataclass(frozen=True, slots=True)
class ChangeBatch:
    """Records whose last change lies after the revision asked for, up to and including `revision`."""

    revision: int
    records: tuple[StoredRecord, ...]
