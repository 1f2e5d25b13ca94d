"""What a caller may choose of a dataset's list: its orders, the fields it counts by, its timelines.

Members of the enums are named like the fields of `where` and of `orderBy`, in upper case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.graphql import words
from records.dataset import Dataset, Field, ValueType
from records.vocabulary import CodeTable, SubjectCategory
from search.query import Order

_NEWEST = Order()


@dataclass(frozen=True, slots=True)
class Countable:
    """A field whose values a list counts: the name its enum member has, and its name in the index.

    `table`: where the labels of its values stand; None when a value is its own label.
    """

    member: str
    field: str
    text: str
    table: type[CodeTable] | None = None


_COMMON = (
    # The table of what rows state has the official labels of the same kinds.
    Countable("SUBJECT_KIND", "subject_kind", "主体类别 / kind of subject", SubjectCategory),
    Countable(
        "REGION",
        "region",
        "行政区划，自然人的记录没有区划 / division code, which natural persons' records do not have",
    ),
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
            f.filter_name.upper(), f.name, f"{f.label} / {words.english(f.filter_name)}", f.table
        )
        for f in dataset.fields
        if f.facet
    )
    return {choice.member: choice for choice in (*declared, *_COMMON)}
