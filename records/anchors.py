"""By what the subject of a record is known: its anchor.

One organization or individual business has one anchor for each of its codes. Records are linked by them, so
natural persons have none: nothing may link two records of one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import orjson

from records import identifiers
from records.dataset import Dataset
from records.folding import fold
from records.keys import KeyRing
from records.roles import roles_of
from records.values import JsonValue, Values
from records.vocabulary import SubjectKind

PROFILE = "ENTERPRISE"
"""The kind of a record that is a profile; kinds of others are those of their datasets."""

_SUBJECTS = "subjects"


@dataclass(frozen=True)  # with slots it would be pickled by a Python function
class Anchors:
    """The anchor of a row, that of the registration number it states, and its valid codes; "" for none.

    `anchor` is that of the strongest key: organization code, else registration number, else folded name.
    A row with both codes says that both anchors are one subject's.
    """

    anchor: str = ""
    registration_anchor: str = ""
    organization_code: str = ""
    registration_number: str = ""


_OF_A_PERSON = Anchors()


def anchors_of(keys: KeyRing, dataset: Dataset, values: Values, kind: SubjectKind) -> Anchors:
    """The anchors of one row of that dataset. Raises VaultError without the vault key."""
    if kind is SubjectKind.NATURAL_PERSON:
        return _OF_A_PERSON
    organization, registration = _organization_code(values), _registration_number(dataset, values)
    registered = _anchor(keys, f"registration\0{registration}") if registration else ""
    if organization:
        anchor = _anchor(keys, f"organization\0{organization}")
    else:
        anchor = registered or _anchor(keys, f"name\0{fold(_text(values, 'subject_name'))}")
    return Anchors(anchor, registered, organization, registration)


def _anchor(keys: KeyRing, key: str) -> str:
    return keys.record_id(_SUBJECTS, keys.digest("party", key.encode()))


def _organization_code(values: Values) -> str:
    credit = identifiers.check_credit_code(_text(values, "credit_code"))
    if credit.valid:
        return credit.normalized[identifiers.ORGANIZATION_PART]
    stated = identifiers.check_organization_code(_text(values, "organization_code"))
    return stated.normalized if stated.valid else ""


def _registration_number(dataset: Dataset, values: Values) -> str:
    """The valid one; none that the row states as a number of a person, too: it would become public."""
    stated = identifiers.check_registration_number(_text(values, "registration_number"))
    if not stated.valid:
        return ""
    personal = (_text(values, field.name) for field in roles_of(dataset).sealed)
    if stated.normalized in map(identifiers.normalize_code, personal):
        return ""
    return stated.normalized


def subject_columns(
    dataset: Dataset, kind: SubjectKind, public: Mapping[str, JsonValue], anchors: Anchors
) -> dict[str, object]:
    """What the table of records keeps of a row's subject; `public` is its public view.

    `face` is a digest of what the public view says about the subject: records of one face say the same, so
    that one of them speaks for all.
    """
    said = [kind, *(public.get(name) for name in _SAID), *vars(anchors).values()]
    digest = blake2b(orjson.dumps(said), digest_size=8).digest()
    known = bool(anchors.anchor)
    return {
        "kind": (dataset.kind_of(public) or PROFILE) if known else "",
        "face": int.from_bytes(digest, signed=True) if known else 0,
        **vars(anchors),
    }


_SAID = ("subject_name", "credit_code", "authority_code")


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
