"""The declared fields that the interface Record shows for every dataset, and what a dataset may not do."""

from __future__ import annotations

from collections.abc import Mapping

from records.dataset import Dataset, ValueType
from records.errors import DeclarationError
from records.vocabulary import RecordStatus

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


def check_declaration(dataset: Dataset) -> None:
    """Raises DeclarationError when the API could not show the dataset's fields as declared."""
    for declared in dataset.public_fields:
        if declared.name in _TAKEN:
            raise DeclarationError(
                f"{dataset.name}: the field name `{declared.name}` has a meaning of its own in the API",
                "give the field another name; see the table in records/fields.py",
            )
        expected = COMMON_FIELDS.get(declared.name, declared.type)
        if declared.type is not expected or (
            declared.name == "status" and declared.table is not RecordStatus
        ):
            raise DeclarationError(
                f"{dataset.name}: `{declared.name}` must have the same type in every dataset",
                f"declare it as {expected.value}, or give the field another name",
            )
