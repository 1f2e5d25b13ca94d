"""Index documents → the values of output objects."""

from __future__ import annotations

from api.graphql.common_fields import COMMON_FIELDS
from api.graphql.scalars import IsoDateTime
from api.graphql.types import Provenance
from records.dataset import Dataset, Field, ValueType
from records.vocabulary import CodeTable, CreditCode, RecordStatus, SubjectKind
from search.engine import Document


def record_values(dataset: Dataset, document: Document) -> dict[str, object]:
    """The attributes of a record's output object; a value that is not there is None."""
    values = dict.fromkeys(COMMON_FIELDS) | _declared_values(dataset, document)
    return values | {
        "kind": document["kind"],
        "subject_kind": document["subject_kind"],
        "status": values.get("status") or RecordStatus.VALID.name,
        "public_from": document["public_from"],
        "public_until": document.get("public_until"),
        **_common_values(dataset, document),
    }


def profile_values(dataset: Dataset, document: Document) -> dict[str, object]:
    """The attributes of a profile's output object."""
    return {
        **_declared_values(dataset, document),
        "region": document["region"],
        **_common_values(dataset, document),
    }


def _declared_values(dataset: Dataset, document: Document) -> dict[str, object]:
    return {f.name: _value(f, document.get(f.name)) for f in dataset.public_fields}


def _common_values(dataset: Dataset, document: Document) -> dict[str, object]:
    code = _text(document.get("provider_code"))
    return {
        "id": document["id"],
        "anchor": str(document.get("anchor") or ""),
        "masked_fields": list(dataset.masked_fields(SubjectKind(str(document["subject_kind"])))),
        "revision": str(document["revision"]),
        "source": Provenance(
            provider=_text(document.get("provider")),
            provider_code=CreditCode(code) if code else None,
            template=str(document["template"]),
            loaded_at=IsoDateTime(str(document["loaded_at"])),
            updated_at=IsoDateTime(str(document["updated_at"])),
        ),
    }


def _value(declared: Field, value: object) -> object:
    if declared.type is ValueType.FLAG:
        return bool(value)
    if declared.type is ValueType.CODES and declared.table is not None:
        names = value if isinstance(value, list | tuple) else ()
        return [code_name(declared.table, name) for name in names]
    if value is None and not declared.always:
        return None
    if declared.table is not None:
        return code_name(declared.table, value)
    return "" if value is None else value


def code_name(table: type[CodeTable], name: object) -> str:
    """The code, or OTHER for one that the declaration no longer has."""
    return str(name) if name in table.__members__ else "OTHER"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
