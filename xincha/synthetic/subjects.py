"""Whom invented records are about: organizations, individual businesses and natural persons.

A subject is made from its number alone, so that a million of them need no memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic import names, numbers

_PERSON_SHARE, _SHOP_SHARE = 0.15, 0.4
_STREAM = 1 << 40


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject as the files give it, and how it must be shown.

    `code` may be the placeholder for "no code"; `shown_name` is the name that must come out.
    `representative` is the legal representative or operator, "" for natural persons.
    """

    kind: SubjectKind
    name: str
    shown_name: str
    code: str = ""
    registration_number: str = ""
    representative: str = ""
    private_names: tuple[str, ...] = ()
    """Names of people behind the subject that must appear nowhere."""

    @property
    def shown_code(self) -> str | None:
        """The credit code that must come out."""
        return self.code if self.code and self.code != numbers.NO_CODE else None

    @property
    def kind_without_category(self) -> SubjectKind:
        """What it passes for where neither a category nor a credit code says what it is.

        Called like its operator a business is a person; a works (砂石厂) is an organization.
        """
        if self.code != numbers.NO_CODE:
            return self.kind
        if self.name == self.representative:
            return SubjectKind.NATURAL_PERSON
        return SubjectKind.LEGAL_ENTITY if self.name.endswith("砂石厂") else self.kind


def subject(seed: int, serial: int, place: names.Place) -> Subject:
    """Subject number `serial` of a data set; the same arguments give the same subject."""
    rng = Random(seed * _STREAM + serial)
    draw = rng.random()
    if draw < _PERSON_SHARE:
        name, surname = names.person_name(rng)
        return Subject(SubjectKind.NATURAL_PERSON, name, f"{surname}*", private_names=(name,))
    if draw < _SHOP_SHARE:
        return _individual_business(rng, serial, place)
    return _organization(rng, serial, place)


def _individual_business(rng: Random, serial: int, place: names.Place) -> Subject:
    operator, surname = names.person_name(rng)
    private: tuple[str, ...] = (operator,)
    match rng.randrange(8):
        case 0:
            name, shown = operator, f"{surname}*"
        case 1:
            operator, _ = names.shop_owner_name(rng)
            name = shown = names.shop_name(rng, place, brand=operator)
            private = ()
        case _:
            name = shown = names.shop_name(rng, place)
    code, number = (
        numbers.credit_code("92", place.region, serial, digits_only=rng.random() < 0.2),
        "",
    )
    if rng.random() < 0.15:
        code, number = numbers.NO_CODE, numbers.registration_number(place.region, serial)
    return Subject(SubjectKind.INDIVIDUAL_BUSINESS, name, shown, code, number, operator, private)


def _organization(rng: Random, serial: int, place: names.Place) -> Subject:
    draw = rng.randrange(100)
    if draw < 80:
        prefix, name = "91", names.company_name(rng, place)
    elif draw < 88:
        prefix, name = "93", names.cooperative_name(rng, place)
    elif draw < 92:
        name = names.collective_name(rng, place)
        prefix = "N2" if name.endswith("社") else "54"
    elif draw < 96:
        prefix, name = "12", names.institution_name(rng, place)
    else:
        prefix, name = "52", names.society_name(rng, place)
    code = numbers.credit_code(prefix, place.region, serial, digits_only=rng.random() < 0.2)
    number = numbers.registration_number(place.region, serial) if rng.random() < 0.1 else ""
    representative, _ = names.person_name(rng)
    return Subject(
        SubjectKind.LEGAL_ENTITY, name, name, code, number, representative, (representative,)
    )
