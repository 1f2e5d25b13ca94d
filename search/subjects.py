"""A stored subject → its index document, its card and its entry in the index.

Fields that are asked of SUBJECTS, beside those of every dataset: `credit_code`, `organization_code`,
`registration_numbers` and `anchors` (exact), `name_order` (order), and by kind of record `until_<kind>`, as in
`until_PENALTY` (the first day on which none is public any more, days since 1970-01-01; LARGEST where there is
no end). Grams stand in search/plan.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import orjson

from records.stored import StoredSubject
from search import analysis, entries
from search.engine import Document
from search.entries import LARGEST, Value
from search.index_fields import IndexField, Storage
from search.name_order import name_key, name_numbers
from search.names.analysis import subject_terms
from search.plan import Card, Grams
from search.query import SUBJECTS

VERSION = 2

CODE_NAMES = ("credit_code", "organization_code", "registration_numbers")
CODES = {name: IndexField(f"{name}_keyword", Storage.KEYWORD) for name in CODE_NAMES}
ANCHORS = IndexField("anchors_keyword", Storage.KEYWORD, analysis.as_is)
NAME_ORDER = IndexField("name_order_number", Storage.NUMBER)
NAME_REST = IndexField("name_rest_number", Storage.NUMBER)
NAME_KEY = IndexField("name_key", Storage.ORDER)
"""The order of names whole, and as two numbers: see search/name_order.py."""
PLACE = IndexField("place", Storage.NUMBER)
"""Among candidates of one score: see `place`."""
GRAMS = {grams: IndexField(f"{grams}_grams", Storage.GRAMS) for grams in Grams}

ASKED = {**CODES, "anchors": ANCHORS, "name_order": NAME_ORDER}
"""By the names under which they are asked; `until_<kind>` besides."""
OWN_FIELDS = (*ASKED.values(), NAME_REST, NAME_KEY, PLACE, *GRAMS.values())

_ID_RANK_BITS = 63
_ID_BITS = 51
_LONGEST = (1 << (_ID_RANK_BITS - _ID_BITS - 1)) - 1


def until_field(kind: str) -> IndexField:
    """The field that says until when a subject has visible records of a kind."""
    return IndexField(f"until_{kind}_number", Storage.NUMBER)


def to_subject_document(subject: StoredSubject) -> dict[str, object]:
    """The document of a subject that exists, as JSON values.

    Keys: id, dataset (SUBJECTS), subject_kind, region, name, named, former_names, credit_code,
    registration_numbers, organization_code, profile, anchors, completeness, visible (by kind an ISO day, or
    None for no end), public_until (the latest of these), revision.
    """
    ends = subject.visible.values()
    latest = None if None in ends else max(day for day in ends if day is not None)
    return {
        "id": subject.id,
        "dataset": SUBJECTS,
        "subject_kind": subject.kind.value,
        "region": subject.region,
        "name": subject.name,
        "named": subject.named,
        "former_names": list(subject.former_names),
        "credit_code": subject.credit_code,
        "registration_numbers": list(subject.registration_numbers),
        "organization_code": subject.organization_code,
        "profile": subject.profile,
        "anchors": list(subject.anchors),
        "completeness": subject.completeness,
        "visible": {k: d.isoformat() if d else None for k, d in subject.visible.items()},
        "public_until": latest.isoformat() if latest else None,
        "revision": subject.revision,
    }


def card_of(document: Document) -> Card:
    """What ranking knows of the subject of a document."""
    names = _names(document) if document["named"] else ("",)
    codes = tuple(code for name in CODE_NAMES for code in _texts(document[name]))
    return Card(
        id=str(document["id"]),
        names=names,
        codes=codes,
        anchors=tuple(_texts(document["anchors"])),
        completeness=cast("int", document["completeness"]),
    )


def card_as_bytes(card: Card) -> bytes:
    """The card as an engine keeps it."""
    return orjson.dumps((card.id, card.names, card.codes, card.anchors, card.completeness))


def card_from_bytes(content: bytes | memoryview) -> Card:
    """What :func:`card_as_bytes` gave."""
    identity, names, codes, anchors, completeness = orjson.loads(content)
    return Card(identity, tuple(names), tuple(codes), tuple(anchors), completeness)


def place(document: Document) -> int:
    """Where a subject stands among candidates of one score: shorter names first, then by id."""
    length = min(len(str(document["name"])), _LONGEST)
    rank = entries.id_rank(str(document["id"]))
    return length << _ID_BITS | rank >> (_ID_RANK_BITS - _ID_BITS)


def own_entry(document: Document) -> Mapping[str, Value]:
    """What the index holds of a subject beside what it holds of every document; by index field."""
    card = card_of(document)
    key = name_key(str(document["name"]))
    first, rest = name_numbers(key)
    entry: dict[str, Value] = {
        ANCHORS.name: entries.exact(list(card.anchors)),
        NAME_ORDER.name: first,
        NAME_REST.name: rest,
        NAME_KEY.name: key,
        PLACE.name: place(document),
    }
    for name, index in CODES.items():
        if code := document[name]:
            entry[index.name] = entries.tokens(code)
    for kind, until in cast("Mapping[str, object]", document["visible"]).items():
        entry[until_field(kind).name] = LARGEST if until is None else entries.day(until)
    tokens: dict[Grams, dict[str, None]] = {}
    for grams, token in terms_of(card.names, card.codes):
        tokens.setdefault(grams, {})[token] = None
    for grams, found in tokens.items():
        entry[GRAMS[grams].name] = " ".join(found)
    return entry


def terms_of(names: Sequence[str], codes: Sequence[str]) -> list[tuple[Grams, str]]:
    """The tokens of a subject's names, of which a masked one is empty, and codes."""
    return subject_terms([name for name in names if name], codes)


def _names(document: Document) -> tuple[str, ...]:
    return (str(document["name"]), *_texts(document["former_names"]))


def _texts(value: object) -> list[str]:
    """Those of a list, or the one that is no list; none for none."""
    items = value if isinstance(value, list | tuple) else (value,)
    return [str(item) for item in items if item]
