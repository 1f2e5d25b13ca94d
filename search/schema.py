"""The schema of the record index, derived from the declarations; engine-neutral.

Every declared field that is filtered or sorted has one index field, named after it and its kind, so that
fields of one name over several datasets share one when they are of one kind; what is counted by its own
spelling, or by months, has another one. An engine stores the entry that stands here and the document; it
analyses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import orjson

from records.anchors import PROFILE
from records.dataset import Dataset, Field, ValueType
from records.errors import BadQuery
from records.vocabulary import PersonalData, Scope, Search, SubjectKind
from search import analysis, documents, entries, name_order, subjects
from search.engine import Document
from search.entries import Maker, Value, id_rank
from search.index_fields import (
    ANCHOR,
    CODES,
    COMMON,
    COMMON_COUNTED,
    DATASET,
    ID,
    ID_RANK,
    KIND,
    OWN_FIELDS,
    PRESENT,
    REGION,
    REVISION,
    SUBJECT_KIND,
    UNTIL_DAY,
    IndexField,
    Storage,
)
from search.names import analysis as names
from search.query import ANY, SUBJECTS, TOMBSTONES

__all__ = [
    "COMMON",
    "DATASET",
    "ID",
    "ID_RANK",
    "PRESENT",
    "UNTIL_DAY",
    "Entry",
    "IndexField",
    "IndexSchema",
    "Storage",
    "id_rank",
    "index_field",
]

VERSION = 3


Entry = Mapping[str, Value]
"""By index field; fields without a value are absent."""

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
        of_subjects = (*subjects.OWN_FIELDS, *self._untils.values())
        return tuple(dict.fromkeys((*OWN_FIELDS, *COMMON.values(), *declared, *of_subjects)))

    @cached_property
    def counted(self) -> frozenset[IndexField]:
        """The fields whose values are counted: an engine keeps them by document, too."""
        facets = (f for dataset in self.datasets for f in dataset.fields if f.facet)
        return frozenset((*COMMON_COUNTED, *(_value_field(f) for f in facets)))

    @cached_property
    def unsearched(self) -> frozenset[IndexField]:
        """Fields that no filter asks: they are sorted or counted by."""
        sorted_by = {ID_RANK, subjects.PLACE, subjects.NAME_KEY}
        return self._apart | sorted_by

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever an index built before could answer differently from one built now."""
        versions = [
            VERSION,
            analysis.VERSION,
            documents.VERSION,
            subjects.VERSION,
            name_order.VERSION,
            names.VERSION,
        ]
        fields = [[f.name, f.storage, f in self.counted] for f in self.fields]
        columns = [
            [dataset.name, f.name, f.type, f.personal]
            for dataset in self.datasets
            for f in _indexed(dataset)
        ]
        made = [versions, fields, columns, self._codes]
        return hashlib.sha256(orjson.dumps(made)).hexdigest()[:16]

    def resolve(self, dataset: str, name: str, wanted: Storage) -> IndexField:
        """The index field to ask a field of that dataset by. Raises BadQuery for one that has none."""
        found = COMMON.get(name) or self._own(dataset, name)
        if found is None or found.storage is not wanted:
            raise BadQuery(
                "此字段不支持该条件或排序 / this field cannot be asked or sorted by that way"
            )
        return found

    def order_text(self, field: IndexField) -> IndexField | None:
        """The text that decides where numbers of a field that a page is ordered by are equal; None: the id."""
        return subjects.NAME_KEY if field == subjects.NAME_ORDER else None

    def values(self, dataset: str, name: str) -> IndexField:
        """The index field whose values are counted for that field. Raises BadQuery for one that has none."""
        if name in COMMON and COMMON[name] in COMMON_COUNTED:
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

    def knows(self, dataset: str) -> bool:
        """Whether the dataset can be asked: one in this index, SUBJECTS, or ANY."""
        return dataset in self._by_name or dataset in {SUBJECTS, ANY}

    def entry(self, document: Document) -> dict[str, Value]:
        """What the index holds of a document for searching."""
        record_id, dataset = str(document["id"]), str(document["dataset"])
        entry: dict[str, Value] = {
            ID.name: [record_id],
            DATASET.name: [dataset],
            ID_RANK.name: id_rank(record_id),
        }
        if (until := document.get("public_until")) is not None:
            entry[UNTIL_DAY.name] = entries.day(until)
        person = document.get("subject_kind") == SubjectKind.NATURAL_PERSON
        present = [ID.name, DATASET.name]
        for name, hidden, makers in self._plans[dataset]:
            value = document.get(name)
            if not value or (person and hidden):
                continue
            for index, make in makers:
                entry[index] = make(value)
            present.append(makers[0][0])
        if codes := self.codes(document):
            entry[CODES.name] = analysis.bigrams(codes)
            present.append(CODES.name)
        if dataset == SUBJECTS:
            own = subjects.own_entry(document)
            entry |= own
            present += own
        entry[PRESENT.name] = present
        return entry

    def codes(self, document: Document) -> str:
        """All numbers and codes of a document that may be searched, as one folded text."""
        person = document.get("subject_kind") == SubjectKind.NATURAL_PERSON
        found: list[str] = []
        for name, hidden in self._codes[str(document["dataset"])]:
            if (value := document.get(name)) and not (person and hidden):
                found += map(str, value) if isinstance(value, list) else (str(value),)
        return analysis.folded_codes(found)

    def text(self, document: Document, name: str) -> str:
        """What `Contains` looks for its value in, of a field as it is asked; normalized."""
        if name == "codes":
            return self.codes(document)
        return analysis.normalize_text(str(document.get(name)))

    def _own(self, dataset: str, name: str) -> IndexField | None:
        """The index field of a field that not every dataset has."""
        if dataset == SUBJECTS:
            return subjects.ASKED.get(name) or self._untils.get(name)
        declared = self._by_name.get(dataset, {}).get(name)
        return index_field(declared) if declared else None

    @cached_property
    def _untils(self) -> dict[str, IndexField]:
        """By the names under which they are asked: until when subjects have records of each kind."""
        kinds = [kind for dataset in self.datasets for kind in dataset.kinds]
        return {f"until_{k}": subjects.until_field(k) for k in (*kinds, PROFILE)}

    @cached_property
    def _plans(self) -> dict[str, list[_Plan]]:
        """By dataset: what is made of each indexed field."""
        common = [
            _Plan("kind", False, ((KIND.name, entries.recurring_tokens),)),
            _Plan("subject_kind", False, ((SUBJECT_KIND.name, entries.recurring_tokens),)),
            _Plan("region", True, ((REGION.name, entries.recurring_tokens),)),
            _Plan("anchor", True, ((ANCHOR.name, entries.exact),)),
            _Plan("revision", False, ((REVISION.name, entries.number),)),
        ]
        declared = {
            dataset: [*common, *(_plan(field) for field in fields.values())]
            for dataset, fields in self._by_name.items()
        }
        return {SUBJECTS: common, TOMBSTONES: common, **declared}

    @cached_property
    def _codes(self) -> dict[str, list[tuple[str, bool]]]:
        """By dataset: fields of numbers and codes, and whether nothing of a natural person's is searched."""
        declared = {
            dataset.name: [
                (f.name, f.personal not in _SHOWN_OF_PERSONS)
                for f in dataset.fields
                if f.search is Search.CODE and f.scope is Scope.PUBLIC
            ]
            for dataset in self.datasets
        }
        return {
            SUBJECTS: [(name, True) for name in subjects.CODE_NAMES],
            TOMBSTONES: [],
            **declared,
        }

    @cached_property
    def _apart(self) -> frozenset[IndexField]:
        """Fields that stand beside another one of the same value, only to be counted by."""
        indexed = [f for dataset in self.datasets for f in _indexed(dataset)]
        return frozenset(index for field in indexed for index in _counted(field))

    @cached_property
    def _by_name(self) -> dict[str, dict[str, Field]]:
        return {d.name: {f.name: f for f in _indexed(d)} for d in self.datasets}


class _Plan(NamedTuple):
    """What an index holds of one field of a document: by index field how it is made, what is searched first.

    `hidden`: nothing of a natural person's.
    """

    name: str
    hidden: bool
    made: tuple[tuple[str, Maker], ...]


def _plan(declared: Field) -> _Plan:
    index = index_field(declared)
    hidden = index.storage is Storage.TEXT or declared.personal not in _SHOWN_OF_PERSONS
    counted = [
        (c.name, entries.month if c.storage is Storage.NUMBER else entries.spellings)
        for c in _counted(declared)
    ]
    return _Plan(declared.name, hidden, ((index.name, _maker(declared, index)), *counted))


def _maker(declared: Field, index: IndexField) -> Maker:
    if declared.type is ValueType.DATE:
        return entries.day
    if declared.type is ValueType.MONEY:
        return entries.fen
    if index.storage is Storage.TEXT:
        return entries.text
    if declared.table is not None and entries.are_tokens(declared.table):
        return entries.codes
    return entries.recurring_tokens if declared.facet else entries.tokens


def index_field(declared: Field) -> IndexField:
    """The index field of a declared one."""
    if declared.type in {ValueType.MONEY, ValueType.DATE}:
        storage = Storage.NUMBER
    elif declared.search is Search.TEXT:
        storage = Storage.TEXT
    else:
        storage = Storage.KEYWORD
    normalize = analysis.normalize_text if storage is Storage.TEXT else analysis.fold
    return IndexField(f"{declared.name}_{storage}", storage, normalize)


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


def _indexed(dataset: Dataset) -> list[Field]:
    return [f for f in dataset.fields if f.filter or f.sort or f.facet]
