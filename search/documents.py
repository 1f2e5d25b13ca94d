"""A stored record → its index document: everything that is ever shown of it.

Public reads never touch the database, so the document is the whole public view, beside who and when.
Natural persons have no region: nothing may narrow down where one lives.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from records import identifiers
from records.dataset import Dataset
from records.stored import StoredRecord
from records.values import JsonValue
from records.vocabulary import SubjectKind
from search.query import TOMBSTONES

VERSION = 2


def to_document(record: StoredRecord, dataset: Dataset) -> dict[str, object]:
    """The document of one visible record of that dataset, as JSON values.

    Keys: those of the public view (snake_case field names), and id, dataset, kind ("" for a profile),
    subject_kind, region, anchor ("" for natural persons), public_from, public_until (ISO or None), revision
    and published_revision (int), template, loaded_at, updated_at (ISO, UTC), provider, provider_code.
    """
    until = record.public_until
    return {
        "provider": None,
        "provider_code": None,
        **record.public,
        "id": record.id,
        "dataset": record.dataset,
        "kind": dataset.kind_of(record.public),
        "subject_kind": record.subject_kind.value,
        "region": _region(record.public, record.subject_kind),
        "anchor": record.anchor,
        "public_from": record.public_from.isoformat(),
        "public_until": None if until is None else until.isoformat(),
        "revision": record.revision,
        "published_revision": record.published_revision,
        "template": record.template,
        "loaded_at": record.loaded_at.isoformat(),
        "updated_at": record.updated_at.isoformat(),
    }


def to_tombstone(record: StoredRecord, dataset: Dataset) -> dict[str, object]:
    """What stands in place of the document of a record that was public and is no more: nothing of its content.

    Keys: id, dataset (TOMBSTONES), kind, revision.
    """
    return {
        "id": record.id,
        "dataset": TOMBSTONES,
        "kind": dataset.kind_of(record.public),
        "revision": record.revision,
    }


def is_visible(document: Mapping[str, object], today: date) -> bool:
    """Whether an indexed document is no tombstone, and its publicity lasts over that day."""
    if document["dataset"] == TOMBSTONES:
        return False
    until = document["public_until"]
    return until is None or date.fromisoformat(str(until)) > today


def _region(public: Mapping[str, JsonValue], kind: SubjectKind) -> str | None:
    """The division of the subject's code, else of the authority's; None for natural persons."""
    if kind is SubjectKind.NATURAL_PERSON:
        return None
    codes = (public.get("credit_code"), public.get("authority_code"))
    return next((division for code in codes if (division := _division(code))), None)


def _division(code: JsonValue) -> str:
    if not isinstance(code, str):
        return ""
    verdict = identifiers.check_credit_code(code)
    return verdict.normalized[identifiers.DIVISION] if verdict.valid else ""
