"""All that an index holds, as plain values: records, subjects and tombstones; shares no code with search/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from records.stored import StoredRecord, StoredSubject
from records.vocabulary import SubjectKind
from search.query import (
    SUBJECTS,
    TOMBSTONES,
    And,
    AnyOf,
    Between,
    Contains,
    Filter,
    Not,
    Or,
    Prefix,
)
from tests.search.corpus import SPOKEN
from tests.search.journal import MemoryJournal
from tests.search.reference import EPOCH, region, token

KINDS = {"licenses": "LICENSE", "penalties": "PENALTY"}
CODES = {
    "licenses": ("credit_code", "document_number", "license_number"),
    "penalties": ("credit_code", "document_number"),
}
NO_END = 10**9
"""A day behind all others."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document: what can be asked of it."""

    id: str
    revision: int
    exact: dict[str, list[str]]
    """Values that are compared as they are."""
    folded: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    name: str = ""

    @property
    def dataset(self) -> str:
        return self.exact["dataset"][0]


def everything(journal: MemoryJournal, today: date) -> list[Item]:
    """What a question over everything is asked of on that day."""
    return [
        *map(of_record, journal.visible(today)),
        *map(of_subject, journal.shown_subjects(today)),
        *map(of_tombstone, journal.tombstones()),
    ]


def of_record(record: StoredRecord) -> Item:
    public = record.public
    return Item(
        record.id,
        record.revision,
        _exact(
            id=record.id, dataset=record.dataset, kind=KINDS[record.dataset],
            subject_kind=record.subject_kind.value, anchor=record.anchor,
        ),
        {"region": region(record)},
        codes=[str(public[name]) for name in CODES[record.dataset] if public.get(name)],
    )  # fmt: skip


def of_subject(subject: StoredSubject) -> Item:
    codes = [subject.credit_code, subject.organization_code, *subject.registration_numbers]
    ends = {f"until_{kind}": until for kind, until in subject.visible.items()}
    return Item(
        subject.id,
        subject.revision,
        _exact(id=subject.id, dataset=SUBJECTS, subject_kind=subject.kind.value)
        | {"anchors": list(subject.anchors)},
        {
            "region": [subject.region] if subject.region else [],
            "credit_code": [subject.credit_code] if subject.credit_code else [],
            "registration_numbers": list(subject.registration_numbers),
        },
        {k: (day - EPOCH).days if day else NO_END for k, day in ends.items()},
        [code for code in codes if code],
        subject.name,
    )


def of_tombstone(record: StoredRecord) -> Item:
    exact = _exact(id=record.id, dataset=TOMBSTONES, kind=KINDS[record.dataset])
    return Item(record.id, record.revision, exact)


def holds(where: Filter, item: Item) -> bool:  # noqa: PLR0911  # one a kind of filter
    match where:
        case And(parts):
            return all(holds(part, item) for part in parts)
        case Or(parts):
            return any(holds(part, item) for part in parts)
        case Not(part):
            return not holds(part, item)
        case AnyOf(name, values):
            return any(v == _like(name, w) for v in _values(item, name) for w in values)
        case Prefix(name, value):
            return any(v.startswith(_like(name, value)) for v in _values(item, name))
        case Contains(_, value):
            return any(token(value) in token(code) for code in item.codes)
        case Between(name, low, high):
            found = item.revision if name == "revision" else item.numbers.get(name)
            above = found is not None and (low is None or low <= found)
            return above and (high is None or (found is not None and found <= high))


def by_revision(items: Sequence[Item], *, descending: bool) -> list[Item]:
    return sorted(items, key=lambda item: (item.revision, item.id), reverse=descending)


def by_name(items: Sequence[Item], *, descending: bool) -> list[Item]:
    """By the readings of the characters, then as the names are written, then by id."""
    return sorted(
        items, key=lambda i: ([SPOKEN[c] for c in i.name], i.name, i.id), reverse=descending
    )


def persons(items: Sequence[Item]) -> list[Item]:
    return [i for i in items if i.exact.get("subject_kind") == [SubjectKind.NATURAL_PERSON.value]]


def _exact(**values: str) -> dict[str, list[str]]:
    return {name: [value] for name, value in values.items() if value}


def _values(item: Item, name: str) -> list[str]:
    return item.exact.get(name) or [token(value) for value in item.folded.get(name, [])]


def _like(name: str, value: str) -> str:
    return token(value) if name in {"region", "credit_code", "registration_numbers"} else value
