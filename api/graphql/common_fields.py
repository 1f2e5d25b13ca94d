"""The declared fields that the interface Record shows for every dataset, and what a dataset may not do.

A profile is no Record: its status has a code table of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from records.dataset import Dataset, Field, ValueType
from records.errors import DeclarationError
from records.vocabulary import RecordStatus, Scope, Search

COMMON_FIELDS: Mapping[str, ValueType] = {
    "subject_name": ValueType.TEXT,
    "credit_code": ValueType.CREDIT_CODE,
    "document_number": ValueType.TEXT,
    "authority": ValueType.TEXT,
    "authority_code": ValueType.CREDIT_CODE,
    "decision_date": ValueType.DATE,
    "status": ValueType.CODE,
}
"""Fields of every record's type; null for a dataset that does not declare them."""

_TAKEN = frozenset(
    (
        "id",
        "anchor",
        "kind",
        "subject",
        "subject_kind",
        "public_from",
        "public_until",
        "masked_fields",
        "source",
        "revision",
        "region",
        "score",
    )
)

_SORTED = frozenset((ValueType.DATE, ValueType.MONEY))
_COUNTED = frozenset((ValueType.TEXT, ValueType.CREDIT_CODE, ValueType.CODE, ValueType.CODES))


def check_declaration(dataset: Dataset) -> None:
    """Raises DeclarationError when the API could not show the dataset's fields as declared."""
    for declared in dataset.fields:
        _check_uses(dataset, declared)
    shown = [declared.api_name for declared in dataset.public_fields]
    if len(set(shown)) < len(shown):
        raise DeclarationError(
            f"{dataset.name}: two fields are shown under one name", "change `shown_as` of one"
        )
    for declared in dataset.public_fields:
        if _TAKEN & {declared.name, declared.shown_as}:
            raise DeclarationError(
                f"{dataset.name}: the field name `{declared.name}` has a meaning of its own in the API",
                "give the field another name; see the table in records/fields.py",
            )
        expected = COMMON_FIELDS.get(declared.name, declared.type)
        if declared.type is not expected or (
            declared.name == "status" and not dataset.profile and declared.table is not RecordStatus
        ):
            raise DeclarationError(
                f"{dataset.name}: `{declared.name}` must have the same type in every dataset",
                f"declare it as {expected.value}, or give the field another name",
            )
    if not any(declared.sort for declared in dataset.fields):
        raise DeclarationError(
            f"{dataset.name}: its list has no order",
            "declare sort=True on a date or an amount, best on `decision_date`",
        )


def _check_uses(dataset: Dataset, declared: Field) -> None:
    """Order and counts tell of values: of shown ones that no person stands behind, or of none."""
    name = f"{dataset.name}: `{declared.name}`"
    if not (declared.facet or declared.sort):
        return
    if declared.personal is not None or declared.scope is not Scope.PUBLIC:
        raise DeclarationError(
            f"{name} is personal or not shown, so lists are neither ordered nor counted by it",
            "leave out facet=True and sort=True",
        )
    if declared.sort and declared.type not in _SORTED:
        raise DeclarationError(
            f"{name} is neither a date nor an amount, so lists cannot be ordered by it",
            "leave out sort=True",
        )
    prose = declared.search is Search.TEXT
    if declared.facet and (declared.type not in _COUNTED or prose or not declared.filter):
        raise DeclarationError(
            f"{name} cannot be counted by its values",
            "facet=True is for codes and short texts with filter=True: a value that was counted can be filtered by",
        )
