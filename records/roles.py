"""Which fields of a dataset play which part at the door; worked out once a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from records.dataset import Dataset, Field, ValueType
from records.vocabulary import PersonalData, Scope, Search

NUMBERS = (
    PersonalData.ID_NUMBER,
    PersonalData.PHONE,
    PersonalData.BANK_ACCOUNT,
    PersonalData.PLATE,
    PersonalData.EMAIL,
)
_CODES_OF_THE_SUBJECT = (
    "credit_code",
    "registration_number",
    "organization_code",
    "institution_number",
    "social_organization_number",
)


def is_document_number(field: Field) -> bool:
    """A published number of a decision or certificate, which some put an ID number into."""
    return field.personal is PersonalData.ID_NUMBER and field.search is Search.CODE


@dataclass(frozen=True, slots=True)
class Roles:
    """Fields by what they may hold.

    `shown`: in the public view, by name. `people`: names of people beside the subject's. `documents`: numbers of
    decisions and certificates. `numbers`: personal numbers; `sealed` of them are never shown. `codes`: the
    subject's codes, personal where it is a natural person. `addresses`; `organs`: names of authorities
    and providers. `texts`: everything that can be a text. `searched`: the names of
    those that are shown as they are but for the personal values in them.
    """

    shown: Mapping[str, Field]
    people: tuple[Field, ...]
    documents: tuple[Field, ...]
    numbers: tuple[Field, ...]
    sealed: tuple[Field, ...]
    codes: tuple[Field, ...]
    addresses: tuple[Field, ...]
    organs: tuple[Field, ...]
    texts: tuple[Field, ...]
    searched: Mapping[str, None]


def _is_searched(field: Field) -> bool:
    prose = field.personal in (None, PersonalData.FREE_TEXT)
    searched = field.type is ValueType.TEXT and field.scope is not Scope.SEALED and prose
    return searched or is_document_number(field)


@lru_cache(maxsize=64)
def roles_of(dataset: Dataset) -> Roles:
    """The parts that the fields of a dataset play."""
    fields = dataset.fields
    numbers = [f for f in fields if f.personal in NUMBERS and not is_document_number(f)]
    return Roles(
        shown={f.name: f for f in fields if f.scope is not Scope.SEALED},
        people=tuple(
            f for f in fields if f.personal is PersonalData.PERSON_NAME and f.name != "subject_name"
        ),
        documents=tuple(filter(is_document_number, fields)),
        numbers=tuple(numbers),
        sealed=tuple(f for f in fields if f.personal in NUMBERS and f.scope is Scope.SEALED),
        codes=tuple(
            f for f in fields if f.name in _CODES_OF_THE_SUBJECT and f.personal not in NUMBERS
        ),
        addresses=tuple(f for f in fields if f.personal is PersonalData.ADDRESS),
        organs=tuple(
            f
            for f in fields
            if f.personal is None and f.type is ValueType.TEXT and f.scope is not Scope.SEALED
        ),
        texts=tuple(f for f in fields if f.type is ValueType.TEXT),
        searched=dict.fromkeys(f.name for f in fields if _is_searched(f)),
    )
