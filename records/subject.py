"""Who a record is about, as a key; and by what one decision is known.

Both are raw strings that may hold personal data: they are digested at once (records/keys.py) and never
stored, logged or output.
"""

from __future__ import annotations

import re
from datetime import date

from records import identifiers
from records.dataset import Dataset, ValueType
from records.folding import fold
from records.values import Values
from records.vocabulary import SubjectKind

_NEW_ID = 18


def party_key(values: Values, kind: SubjectKind) -> str:
    """The subject of one row as a key.

    Organizations: the organization code (stated, or characters 9 to 17 of the credit code), else the
    registration number and folded name together, else the folded name. Natural persons: folded name and
    ID number together; a stated credit code or registration number in its place, since what passes for a
    person without a category may be a business in another generation, and V1 states the representative's
    ID number beside it.
    """
    name = fold(_text(values, "subject_name"))
    credit = identifiers.check_credit_code(_text(values, "credit_code"))
    person = kind is SubjectKind.NATURAL_PERSON
    if credit.valid:
        if person:
            return f"person\0{name}\0{credit.normalized}"
        return f"organization\0{credit.normalized[identifiers.ORGANIZATION_PART]}"
    registration = identifiers.check_registration_number(_text(values, "registration_number"))
    registered = f"registration\0{registration.normalized}\0{name}" if registration.valid else ""
    if person:
        return registered or person_key(values)
    organization = identifiers.check_organization_code(_text(values, "organization_code"))
    if organization.valid:
        return f"organization\0{organization.normalized}"
    return registered or f"name\0{name}"


def person_key(values: Values) -> str:
    """A natural person as a key: folded name and ID number, the old 15-digit form like the new one."""
    name = fold(_text(values, "subject_name"))
    number = _text(values, "person_id_number") or _text(values, "resident_id_number")
    return f"person\0{name}\0{_as_18_digits(identifiers.normalize_code(number))}"


def _as_18_digits(number: str) -> str:
    """An ID number without its check digit, the century added to the old form (GB 11643)."""
    if not identifiers.has_id_shape(number):
        return number
    return number[:-1] if len(number) == _NEW_ID else f"{number[:6]}19{number[6:]}"


def authority_aliases(values: Values) -> tuple[str, ...]:
    """How the row names its authority, strongest first: by code, then by folded name."""
    code = identifiers.normalize_code(_text(values, "authority_code"))
    name = fold(_text(values, "authority"))
    return (*((f"code\0{code}",) if code else ()), *((f"name\0{name}",) if name else ()))


def decision_number(dataset: Dataset, values: Values, content: str) -> str:
    """What tells a decision from others of its authority about the same party, over all generations.

    Its document number, else a license number; where it has none, its date and `content`, a digest of
    the row. Texts that distinguish records (the list of an entry) belong to it; a date that does so (the
    day of entry) stands for a missing number without the rest of the row, which changes.
    """
    number = _number(_text(values, "document_number"))
    for field in dataset.fields:
        if not number and field.identifies:
            number = _number(_text(values, field.name))
    distinct = [f for f in dataset.fields if f.distinguishes]
    texts = [fold(_text(values, f.name)) for f in distinct if f.type is not ValueType.DATE]
    if number:
        return "\0".join((*texts, number))
    if len(texts) < len(distinct):
        days = [values.get(f.name) for f in distinct if f.type is ValueType.DATE]
        return "\0".join((*texts, "", *(f"{day or ''}" for day in days)))
    decided = values.get("decision_date")
    return f"{decided if isinstance(decided, date) else ''}\0{content}"


_SEQUENCE = re.compile("[第号]")
_SIGNS = re.compile(r"[\W_]+")
_LONGEST_YEAR = 4


def _number(text: str) -> str:
    """The folded number, if it is one: 见附件, 1 and 〔2024〕 are not. 第11号 and 11 are one number."""
    folded = _SEQUENCE.sub("", fold(text))
    signs = _SIGNS.sub("", folded)
    if not any(c.isdigit() for c in signs) or (signs.isdigit() and len(signs) <= _LONGEST_YEAR):
        return ""
    return folded


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
