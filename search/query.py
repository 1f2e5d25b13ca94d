"""The engine-neutral query model. Engines translate it; nothing here knows of one.

Semantics (the same on every engine, and checked against plain Python): two-valued logic, a missing value
fails every operator, `Not` is the plain complement, on lists an operator holds if one element fits.
`And(())` matches everything, `Or(())` nothing. Text values are folded by search/analysis.py on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ANY = "*"
"""In place of a dataset: all of them, subjects and tombstones included."""
SUBJECTS = "subjects"
TOMBSTONES = "tombstones"
"""What an index holds beside the datasets: subjects, and of records that were public their id and kind."""

MAX_PAGE = 100
TOTAL_CAP = 10_000


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The plain complement within the searched datasets."""

    part: Filter


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The field has one of the values (text folded; code-table members by name)."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The folded field begins with the folded value. An empty value matches every present one."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Between:
    """Integer bounds, both inclusive, None is open: dates as days since 1970-01-01, money in 分."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Contains:
    """The normalized text holds the normalized value as a contiguous substring (2..64 characters)."""

    field: str
    value: str


Filter = And | Or | Not | AnyOf | Prefix | Between | Contains


def size_of(part: Filter) -> int:
    """How many values a filter names."""
    match part:
        case And(parts) | Or(parts):
            return sum(map(size_of, parts))
        case Not(negated):
            return size_of(negated)
        case AnyOf(_, values):
            return len(values)
        case _:
            return 1


@dataclass(frozen=True, slots=True)
class Order:
    """Sort by one field, missing values last in both directions; ties by record id, same direction."""

    field: str = "decision_date"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class After:
    """Where the previous page ended: the sort value of its last record (None: missing) and its id.

    `text`: of an order of names the name, which decides between equal numbers before the id.
    """

    value: int | None
    id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of one dataset (or SUBJECTS, or ANY) as visible on `today` (Asia/Shanghai).

    `first` is 1..MAX_PAGE. Field names are those of the declaration; of every dataset `id`, `kind`,
    `subject_kind`, `region`, `anchor` and `revision`; of subjects those of search/subjects.py.
    """

    dataset: str
    today: date
    where: Filter = And()
    order: Order = Order()
    first: int = 20
    after: After | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """How many records match: exact up to TOTAL_CAP, else TOTAL_CAP with `exact` False."""

    count: int
    exact: bool
