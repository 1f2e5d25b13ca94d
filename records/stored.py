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
    """One record without its sealed part. `anchor`: by what its subject is known; "" for natural persons.

    `public` maps field names to JSON values; `public_from` is inclusive, `public_until` exclusive.
    `published_revision`: with which revision it last became visible; 0 if it never was.
    """

    id: str
    dataset: str
    subject_kind: SubjectKind
    anchor: str
    public: Mapping[str, JsonValue]
    public_from: date
    public_until: date | None
    state: RecordState
    revision: int
    template: str
    loaded_at: datetime
    updated_at: datetime
    published_revision: int = 0

    @property
    def visible(self) -> bool:
        """Whether the index holds it."""
        return self.state is RecordState.PUBLISHED


@dataclass(frozen=True, slots=True)
class StoredSubject:
    """An organization or individual business as its visible records and profile show it.

    `id`: the anchor of its strongest code; `anchors`: of all parties that codes join, itself among them, so
    that each is an id of it. `name` is masked where `named` is False: then it is found by code only.
    `former_names`: other names of it, newest first. `registration_numbers`: all that its visible records state
    and that join no other subject, its profile's first, then the newest. `profile`: id of its visible profile, or "".
    `visible`: by kind of record ("ENTERPRISE" for the profile) the first day on which none is public any
    more, None for no end; a kind without visible records is absent, and a subject without any is gone.
    `completeness`: how many fields of its profile are filled.
    """

    id: str
    anchors: tuple[str, ...]
    kind: SubjectKind
    name: str
    named: bool
    former_names: tuple[str, ...]
    credit_code: str
    registration_numbers: tuple[str, ...]
    organization_code: str
    region: str
    profile: str
    completeness: int
    visible: Mapping[str, date | None]
    revision: int

    @property
    def exists(self) -> bool:
        """Whether anything of it is visible."""
        return bool(self.visible)


@dataclass(frozen=True, slots=True)
class ChangeBatch:
    """Records and subjects whose last change lies after the revision asked for, up to and including `revision`."""

    revision: int
    records: tuple[StoredRecord, ...]
    subjects: tuple[StoredSubject, ...] = ()
