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
    values: dict[str, object] = dict.fromkeys(COMMON_FIELDS) | {
        f.name: _value(f, document.get(f.name)) for f in dataset.public_fields
    }
    kind = SubjectKind(str(document["subject_kind"]))
    values |= {
        "id": document["id"],
        "kind": document["kind"],
        "subject_kind": kind.value,
        "status": values.get("status") or RecordStatus.VALID.name,
        "public_from": document["public_from"],
        "public_until": document.get("public_until"),
        "masked_fields": list(dataset.masked_fields(kind)),
        "revision": str(document["revision"]),
        "source": Provenance(
            provider=_text(document.get("provider")),
            provider_code=CreditCode(code)
            if (code := _text(document.get("provider_code")))
            else None,
            template=str(document["template"]),
            loaded_at=IsoDateTime(str(document["loaded_at"])),
            updated_at=IsoDateTime(str(document["updated_at"])),
        ),
    }
    return values


def _value(declared: Field, value: object) -> object:
    if declared.type is ValueType.FLAG:
        return bool(value)
    if declared.table is None:
        return value
    if declared.type is ValueType.CODES:
        names = value if isinstance(value, list | tuple) else ()
        return [code_name(declared.table, name) for name in names]
    return None if value is None else code_name(declared.table, value)


def code_name(table: type[CodeTable], name: object) -> str:
    """The code, or OTHER for one that the declaration no longer has."""
    return str(name) if name in table.__members__ else "OTHER"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
