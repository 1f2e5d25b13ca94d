"""What a caller may choose of a dataset's list: its orders, the fields it counts by, its timelines.

Members of the enums are named like the fields of `where` and of `orderBy`, in upper case.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.graphql import words
from records.dataset import Dataset, Field, ValueType
from records.vocabulary import CodeTable, SubjectCategory
from search.query import Order

_NEWEST = Order()


@dataclass(frozen=True, slots=True)
class Countable:
    """A field whose values a list counts: the name its enum member has, and its name in the index.

    `table`: the codes that its values are, with their labels; else a value that is none of `labels` is its
    own label.
    """

    member: str
    field: str
    text: str
    table: type[CodeTable] | None = None
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Listable:
    """What lists of one type are called, and what their counts and timelines can be made of.

    `english`: the plural. `counted`: by member of the enum. `named`: they are found by their names.
    """

    type_name: str
    label: str
    english: str
    counted: Mapping[str, Countable]
    dates: tuple[Field, ...] = ()
    named: bool = False


_REGION = Countable(
    "REGION",
    "region",
    "行政区划，自然人的记录没有区划 / division code, which natural persons' records do not have",
)


def by_subject_kind(member: str) -> Countable:
    """Counts by kind of subject."""
    # The table of what rows state has the official labels of the same kinds.
    return Countable(member, "subject_kind", "主体类别 / kind of subject", SubjectCategory)


SUBJECT_LISTS = Listable(
    "Subject",
    "信用主体",
    "subjects",
    {"KIND": by_subject_kind("KIND"), "REGION": replace(_REGION, text="行政区划 / division code")},
    named=True,
)


def lists_of(dataset: Dataset) -> Listable:
    """What lists of a dataset are. Profiles are not counted over time, nor by what is the subject's."""
    return Listable(
        dataset.type_name,
        dataset.label,
        words.english(dataset.name),
        countable(dataset),
        () if dataset.profile else timed(dataset),
    )


def sortable(dataset: Dataset) -> tuple[Field, ...]:
    """The fields that the list can be ordered by."""
    return tuple(f for f in dataset.fields if f.sort)


def default_order(dataset: Dataset) -> Order:
    """The order of a list when none is asked for: newest first, by the day of the decision if it has one."""
    by_date = [f.name for f in (*timed(dataset), *sortable(dataset))]
    if not by_date or _NEWEST.field in by_date:
        return _NEWEST
    return Order(by_date[0], descending=True)


def timed(dataset: Dataset) -> tuple[Field, ...]:
    """The dates that a timeline can be made of, the one that is taken when none is named first."""
    dates = [f for f in sortable(dataset) if f.type is ValueType.DATE]
    return tuple(sorted(dates, key=lambda f: f.name != _NEWEST.field))


def countable(dataset: Dataset) -> Mapping[str, Countable]:
    """The fields whose values are counted, by the name of their enum member."""
    declared = (
        Countable(
            (f.facet_as or f.filter_name).upper(),
            f.name,
            f"{f.label} / {words.english(f.facet_as or f.filter_name)}",
            f.table,
            f.labels,
        )
        for f in dataset.fields
        if f.facet
    )
    common = (_REGION,) if dataset.profile else (by_subject_kind("SUBJECT_KIND"), _REGION)
    return {choice.member: choice for choice in (*declared, *common)}
