"""A record as the store keeps it, for the operator: with its reason, rule, place in its file and sealed part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, select

from records import tables
from records.dataset import Dataset
from records.errors import RecordError
from records.keys import KeyRing
from records.privacy import masked_input
from records.sealed import Copies, unpack, values_of
from records.stored import RecordState, as_disputed
from records.values import JsonValue, Value
from records.vault import Vault
from records.vocabulary import SubjectKind

_READABLE_ID = re.compile(r"[0-9a-v]{26}|(?!.*\d{6})[0-9A-Za-z_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of the table of records; the names are its columns."""

    id: str
    dataset: str
    subject_kind: SubjectKind
    anchor: str
    public: Mapping[str, JsonValue]
    sealed: bytes
    public_from: date
    public_until: date | None
    publicity_class: str
    rule: str
    state: RecordState
    reason: str
    disputed: bool
    warnings: Sequence[str]
    template: str
    source_id: int
    line: int
    loaded_at: datetime
    updated_at: datetime

    @property
    def shown_view(self) -> Mapping[str, JsonValue]:
        """The public view as readers see it."""
        return as_disputed(self.public) if self.disputed else self.public

    def declared(self, datasets: Sequence[Dataset]) -> Dataset:
        """The declaration of its dataset. Raises RecordError when this version declares none."""
        for dataset in datasets:
            if dataset.name == self.dataset:
                return dataset
        raise RecordError(
            f"{self.id}: 数据集未声明 / its dataset {self.dataset} is not declared",
            "use the version of xincha that loaded it",
        )

    def copies(self, keys: KeyRing) -> Copies:
        """The rows that state it. Raises VaultError without the right vault key."""
        return unpack(Vault(keys).open(self.id, self.sealed))

    def values(self, keys: KeyRing, dataset: Dataset) -> dict[str, Value]:
        """What its rows say together, in clear. Raises VaultError without the right vault key."""
        return values_of(dataset, self.copies(keys))


_COLUMNS = [tables.records.c[declared.name] for declared in fields(Kept)]


_AT_ONCE = 500
_NAMED_UNKNOWN = 5


def find_kept(connection: Connection, record_ids: Sequence[str]) -> list[Kept]:
    """The records of these ids, in their order, each once; blanks around an id and its case do not count.

    Raises RecordError naming the first of those unknown.
    """
    wanted = list(dict.fromkeys(map(_as_made, record_ids)))
    found: dict[str, Kept] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        these = tables.records.c.id.in_(wanted[at : at + _AT_ONCE])
        for row in connection.execute(select(*_COLUMNS).where(these)).mappings():
            found[row["id"]] = _kept(dict(row))
    unknown = [record_id for record_id in wanted if record_id not in found]
    if unknown:
        named = ", ".join(map(_quoted, unknown[:_NAMED_UNKNOWN]))
        more = len(unknown) - _NAMED_UNKNOWN
        raise RecordError(
            f"没有此记录 / no such record: {named}"
            + (f" 等，另有 {more} 个 / and {more} more" if more > 0 else ""),
            "查编号 / find the id: xincha find --number 文书号, xincha find --line FILE:LINE",
        )
    return [found[record_id] for record_id in wanted]


def _as_made(record_id: str) -> str:
    """As ids are made: what was copied may have blanks around it, or capitals."""
    return record_id.strip().lower()


def _kept(row: dict[str, object]) -> Kept:
    row["subject_kind"] = SubjectKind(str(row["subject_kind"]))
    row["state"] = RecordState(str(row["state"]))
    return Kept(**row)  # type: ignore[arg-type]  # the columns are the fields


def _quoted(record_id: str) -> str:
    """As a message may say it: what was given for an id may be anything."""
    readable = _READABLE_ID.fullmatch(record_id) and not record_id.isdecimal()
    return record_id if readable else masked_input(record_id, {}) or "?"
