"""Subjects of given names, numbered: ids and codes follow from the number."""

from __future__ import annotations

import base64
from hashlib import blake2b

from records.stored import StoredSubject
from records.vocabulary import SubjectKind
from xincha.synthetic.numbers import credit_code

_DIVISION = "410329"


def named_subject(number: int, name: str) -> StoredSubject:
    """A company with a profile and nothing else."""
    identity, code = id_of(number), code_of(number)
    return StoredSubject(
        id=identity,
        anchors=(identity,),
        kind=SubjectKind.LEGAL_ENTITY,
        name=name,
        named=True,
        former_names=(),
        credit_code=code,
        registration_numbers=(),
        organization_code=code[8:17],
        region=_DIVISION,
        profile="",
        completeness=0,
        visible={"ENTERPRISE": None},
        revision=1,
    )


def code_of(number: int) -> str:
    """Its credit code."""
    return credit_code("91", _DIVISION, number)


def id_of(number: int) -> str:
    """Its id; ids do not lie in the order of numbers."""
    digest = blake2b(str(number).encode(), digest_size=16).digest()
    return base64.b32hexencode(digest).decode().rstrip("=").lower()
