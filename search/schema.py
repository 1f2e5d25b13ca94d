"""The schema of the record index, derived from the declarations; engine-neutral.

Every declared field that is filtered or sorted has one index field, named after it and its kind, so that
fields of one name over several datasets share one when they are of one kind; what is counted by its own
spelling, or by months, has another one. An engine stores the entry
that stands here and the document; it analyses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

import orjson

from records.dataset import Dataset, Field, ValueType
from records.errors import BadQuery
from records.vocabulary import PersonalData, Search, SubjectKind
from search import analysis, documents
from search.engine import Document

VERSION = 2


class Storage(StrEnum):
    """How an index field is stored and what can be asked of it."""

    KEYWORD = "keyword"
    """Raw tokens: exact and prefix."""
    NUMBER = "number"
    """A signed 64-bit integer: ranges and order. Money in 分, dates in days since 1970-01-01."""
    TEXT = "text"
    """White-space-joined tokens with positions: phrases."""
    VALUE = "value"
    """Values as they are spelled: counted, never searched."""


@dataclass(frozen=True, slots=True)
class IndexField:
    """One field of the index."""

    name: str
    storage: Storage


ID = IndexField("id", Storage.KEYWORD)
DATASET = IndexField("dataset", Storage.KEYWORD)
PRESENT = IndexField("present", Storage.KEYWORD)
"""Names of the index fields in which a document has a value."""
UNTIL_DAY = IndexField("until_day", Storage.NUMBER)
"""The first day on which the record is no longer public."""
ID_RANK = IndexField("id_rank", Storage.NUMBER)
"""The leading 63 bits of the id: breaks ties; engines cannot sort by a long text cheaply."""
OWN_FIELDS = (ID, DATASET, PRESENT, UNTIL_DAY, ID_RANK)

COMMON = {
    "subject_kind": IndexField("subject_kind_keyword", Storage.KEYWORD),
    "region": IndexField("region_keyword", Storage.KEYWORD),
}
"""Fields of every dataset that are not declared columns."""

Entry = Mapping[str, int | str | list[str]]
"""By index field: a number, a text of tokens, or raw tokens. Fields without a value are absent."""

_EPOCH = date(1970, 1, 1).toordinal()
LARGEST = 2**63 - 2
"""An engine may need the outermost numbers of 64 bits for missing values."""
MONTHS = 12
"""Of a year."""
_SHOWN_OF_PERSONS = (None, PersonalData.ID_NUMBER)
"""What of a natural person may be filtered: no personal data, and published document numbers (a number in
the shape of an ID number never gets into the public view)."""


@dataclass(frozen=True)
class IndexSchema:
    """The index fields of these datasets."""

    datasets: tuple[Dataset, ...]

    @cached_property
    def fields(self) -> tuple[IndexField, ...]:
        """All index fields, each once."""
        declared = (
            index
            for dataset in self.datasets
            for field in _indexed(dataset)
            for index in (index_field(field), *_counted(field))
        )
        return tuple(dict.fromkeys((*OWN_FIELDS, *COMMON.values(), *declared)))

    @cached_property
    def counted(self) -> frozenset[IndexField]:
        """The fields whose values are counted: an engine keeps them by document, too."""
        facets = (f for dataset in self.datasets for f in dataset.fields if f.facet)
        return frozenset((*COMMON.values(), *(_value_field(f) for f in facets)))

    @cached_property
    def unsearched(self) -> frozenset[IndexField]:
        """Fields that no filter asks: they are sorted or counted by."""
        return self._apart | {ID_RANK}

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever an index built before could answer differently from one built now."""
        versions = [VERSION, analysis.VERSION, documents.VERSION]
        fields = [[f.name, f.storage, f in self.counted] for f in self.fields]
        columns = [
            [dataset.name, f.name, f.type, f.personal]
            for dataset in self.datasets
            for f in _indexed(dataset)
        ]
        return hashlib.sha256(orjson.dumps([versions, fields, columns])).hexdigest()[:16]

    def resolve(self, dataset: str, name: str, wanted: Storage) -> IndexField:
        """The index field to ask a field of that dataset by. Raises BadQuery for one that has none."""
        declared = self._by_name.get(dataset, {}).get(name)
        found = COMMON.get(name) or (index_field(declared) if declared else None)
        if found is None or found.storage is not wanted:
            raise BadQuery(
                "此字段不支持该条件或排序 / this field cannot be asked or sorted by that way"
            )
        return found

    def values(self, dataset: str, name: str) -> IndexField:
        """The index field whose values are counted for that field. Raises BadQuery for one that has none."""
        if name in COMMON:
            return COMMON[name]
        declared = self._by_name.get(dataset, {}).get(name)
        if declared is None or not declared.facet:
            raise BadQuery("不能按此字段分组计数 / the values of this field are not counted")
        return _value_field(declared)

    def months(self, dataset: str, name: str) -> IndexField:
        """The index field of the months of that date. Raises BadQuery for a field that has none."""
        declared = self._by_name.get(dataset, {}).get(name)
        if declared is None or not _has_months(declared):
            raise BadQuery("不能按此字段统计月份 / this field is not counted by months")
        return _month_field(declared)

    def is_date(self, dataset: str, name: str) -> bool:
        """Whether the numbers of that field are days."""
        declared = self._by_name.get(dataset, {}).get(name)
        return declared is not None and declared.type is ValueType.DATE

    def knows(self, dataset: str) -> bool:
        """Whether the dataset is in this index."""
        return dataset in self._by_name

    def entry(self, document: Document) -> dict[str, int | str | list[str]]:
        """What the index holds of a document for searching."""
        entry: dict[str, int | str | list[str]] = {
            ID.name: [str(document["id"])],
            DATASET.name: [str(document["dataset"])],
            ID_RANK.name: id_rank(str(document["id"])),
        }
        if (until := document.get("public_until")) is not None:
            entry[UNTIL_DAY.name] = day_number(date.fromisoformat(str(until)))
        person = document["subject_kind"] == SubjectKind.NATURAL_PERSON
        present = []
        for index, value in self._values(document, person=person):
            entry[index.name] = value
            if index not in self._apart:
                present.append(index.name)
        if present:
            entry[PRESENT.name] = present
        return entry

    def _values(
        self, document: Document, *, person: bool
    ) -> Iterator[tuple[IndexField, int | str | list[str]]]:
        for name, index in COMMON.items():
            if (value := document.get(name)) is not None and not (person and name == "region"):
                yield index, [analysis.fold(str(value))]
        for declared, index, hidden in self._plans[str(document["dataset"])]:
            value = document.get(declared.name)
            if value is None or value in ("", []) or (person and hidden):
                continue
            yield index, _indexed_value(declared, index.storage, value)
            for counted in _counted(declared):
                yield counted, _counted_value(counted.storage, value)

    @cached_property
    def _plans(self) -> dict[str, list[tuple[Field, IndexField, bool]]]:
        """By dataset: its indexed fields, what they are in the index, whether they are hidden of persons."""
        return {
            name: [
                (field, index := index_field(field), _is_hidden(field, index))
                for field in fields.values()
            ]
            for name, fields in self._by_name.items()
        }

    @cached_property
    def _apart(self) -> frozenset[IndexField]:
        """Fields that stand beside another one of the same value, only to be counted by."""
        indexed = [f for dataset in self.datasets for f in _indexed(dataset)]
        return frozenset(index for field in indexed for index in _counted(field))

    @cached_property
    def _by_name(self) -> dict[str, dict[str, Field]]:
        return {d.name: {f.name: f for f in _indexed(d)} for d in self.datasets}


def _is_hidden(declared: Field, index: IndexField) -> bool:
    return index.storage is Storage.TEXT or declared.personal not in _SHOWN_OF_PERSONS


def index_field(declared: Field) -> IndexField:
    """The index field of a declared one."""
    if declared.type in {ValueType.MONEY, ValueType.DATE}:
        storage = Storage.NUMBER
    elif declared.search is Search.TEXT:
        storage = Storage.TEXT
    else:
        storage = Storage.KEYWORD
    return IndexField(f"{declared.name}_{storage}", storage)


def _counted(declared: Field) -> Iterator[IndexField]:
    """Index fields that a declared one has only to be counted by."""
    if declared.facet and declared.table is None:
        yield _value_field(declared)
    if _has_months(declared):
        yield _month_field(declared)


def _value_field(declared: Field) -> IndexField:
    if declared.table is not None:
        return index_field(declared)
    return IndexField(f"{declared.name}_value", Storage.VALUE)


def _month_field(declared: Field) -> IndexField:
    return IndexField(f"{declared.name}_month", Storage.NUMBER)


def _has_months(declared: Field) -> bool:
    return declared.sort and declared.type is ValueType.DATE


def id_rank(record_id: str) -> int:
    """The leading 63 bits of a record id (base32hex, see records/keys.py). Raises BadQuery."""
    try:
        return int(record_id[:13].ljust(13, "0"), 32) >> 2
    except ValueError:
        raise BadQuery("记录编号无效 / not a record id") from None


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def month_number(day: date) -> int:
    """Months since January of the year 0."""
    return day.year * MONTHS + day.month - 1


def bounded(number: int) -> int:
    """The number, or the nearest one that 64 bits hold."""
    return max(-LARGEST, min(LARGEST, number))


def _indexed(dataset: Dataset) -> list[Field]:
    return [f for f in dataset.fields if f.filter or f.sort or f.facet]


def _indexed_value(declared: Field, storage: Storage, value: object) -> int | str | list[str]:
    if declared.type is ValueType.DATE:
        return day_number(date.fromisoformat(str(value)))
    if declared.type is ValueType.MONEY:
        return bounded(int((Decimal(str(value)) * 100).to_integral_value(ROUND_HALF_UP)))
    if storage is Storage.TEXT:
        return analysis.bigrams(str(value))
    values = value if isinstance(value, list | tuple) else [value]
    return list(dict.fromkeys(analysis.fold(str(item)) for item in values))


def _counted_value(storage: Storage, value: object) -> int | list[str]:
    if storage is Storage.NUMBER:
        return month_number(date.fromisoformat(str(value)))
    values = value if isinstance(value, list | tuple) else [value]
    return list(dict.fromkeys(analysis.spelled(str(item)) for item in values))
