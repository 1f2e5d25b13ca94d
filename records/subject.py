"""Who a record is about, as a key; and the key under which one decision is one record.

Both are raw strings that may hold personal data: they are digested at once (records/keys.py) and never
stored, logged or output.
"""

from __future__ import annotations

from datetime import date

from records import identifiers
from records.dataset import Dataset
from records.folding import fold
from records.values import Values
from records.vocabulary import SubjectKind

_ORGANIZATION_PART = slice(8, 17)


def party_key(values: Values, kind: SubjectKind) -> str:
    """The subject of one row as a key.

    Organizations: the organization code (stated, or characters 9 to 17 of the credit code), else the
    registration number, else the folded name. Natural persons: folded name and ID number together.
    """
    name = fold(_text(values, "subject_name"))
    if kind is SubjectKind.NATURAL_PERSON:
        number = _text(values, "person_id_number") or _text(values, "resident_id_number")
        return f"person\0{name}\0{identifiers.normalize_code(number)}"
    credit = _text(values, "credit_code")
    if identifiers.is_valid_credit_code(credit):
        return f"organization\0{identifiers.normalize_code(credit)[_ORGANIZATION_PART]}"
    organization = identifiers.check_organization_code(_text(values, "organization_code"))
    if organization.valid:
        return f"organization\0{organization.normalized}"
    registration = identifiers.check_registration_number(_text(values, "registration_number"))
    if registration.valid:
        return f"registration\0{registration.normalized}"
    return f"name\0{name}"


def authority_aliases(values: Values) -> tuple[str, ...]:
    """How the row names its authority, strongest first: by code, then by folded name."""
    code = identifiers.normalize_code(_text(values, "authority_code"))
    name = fold(_text(values, "authority"))
    return (*((f"code\0{code}",) if code else ()), *((f"name\0{name}",) if name else ()))


def natural_key(
    dataset: Dataset, values: Values, *, authority: str, party: str, content: str
) -> str:
    """The key under which one decision is one record, over all template generations.

    `authority` is the key that the store gives an authority under all its aliases; `content` a digest
    of the row, used with the date where a decision has no number at all.
    """
    number = _number(_text(values, "document_number"))
    for field in dataset.fields:
        if not number and field.identifies:
            number = _number(_text(values, field.name))
    if not number:
        decided = values.get("decision_date")
        number = f"{decided if isinstance(decided, date) else ''}\0{content}"
    return "\0".join((dataset.name, authority, number, party))


def _number(text: str) -> str:
    """The folded number, if it is one: something without any digit ("见附件") is not."""
    folded = fold(text)
    return folded if any(c.isdigit() for c in folded) else ""


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
