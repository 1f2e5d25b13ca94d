"""Columns that hold codes of several kinds (身份证号码/组织机构代码): each code goes to its own field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from loaders.cells import Finding, Severity
from records import identifiers
from records.identifiers import Verdict, normalize_code
from records.subject_kind import has_organization_form
from records.values import Value
from records.vocabulary import SubjectCategory

_CHECKS: Mapping[str, Callable[[str], Verdict]] = {
    "credit_code": identifiers.check_credit_code,
    "organization_code": identifiers.check_organization_code,
    "registration_number": identifiers.check_registration_number,
}
_CREDIT_CODE_AT_LEAST = 16
"""Characters of what is meant as a credit code, though some are missing; other codes are shorter."""


def place_number(
    name: str, targets: tuple[str, ...], values: dict[str, Value], found: dict[str, list[Finding]]
) -> None:
    """Move the number in `name` to the first of the `targets` for which it is valid.

    What may be the ID number of a person stays, sealed, unless it is a code of what is named like an
    organization. In a column of several kinds of codes, what can only be meant as a credit code and is none
    rejects the row; a taxpayer number that is no credit code is still one.
    """
    number = values.get(name)
    if not isinstance(number, str):
        return
    subject = values.get("subject_name")
    organization = isinstance(subject, str) and has_organization_form(subject)
    personal = identifiers.birth_date(number) is not None
    for target in targets:
        verdict = _CHECKS[target](number)
        if verdict.valid and target not in values and (organization or not personal):
            values[target] = verdict.normalized
            del values[name]
            found.pop(name, None)
            return
    if len(targets) > 1 and "credit_code" in targets and not personal and not _of_a_person(values):
        reason = identifiers.check_credit_code(number).reason
        written = normalize_code(number)
        if reason != "PLACEHOLDER" and len(written) >= _CREDIT_CODE_AT_LEAST and written.isalnum():
            found[name] = [_bad(reason)]


def _of_a_person(values: Mapping[str, Value]) -> bool:
    return values.get("subject_category") is SubjectCategory.NATURAL_PERSON


def _bad(reason: str) -> Finding:
    return Finding(
        "BAD_CREDIT_CODE",
        Severity.REJECT,
        identifiers.describe(reason),
        "核对证照原件 / compare with the original document",
        quotable=False,
    )
