"""What an engine must answer, computed plainly over the same records; shares no code with search/."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal

from records.stored import StoredRecord
from records.vocabulary import SubjectKind
from search.query import And, AnyOf, Between, Contains, Filter, Not, Or, Order, Prefix
from tests.search.corpus import CITY, COUNTY, ORGAN

EPOCH = date(1970, 1, 1)
DATES = {"decision_date", "valid_from", "valid_until"}
REGIONS = {COUNTY: "410329", ORGAN: "410329", CITY: "410300"}


def matches(where: Filter, record: StoredRecord) -> bool:  # noqa: PLR0911  # one a kind of filter
    match where:
        case And(parts):
            return all(matches(part, record) for part in parts)
        case Or(parts):
            return any(matches(part, record) for part in parts)
        case Not(part):
            return not matches(part, record)
        case AnyOf(field, values):
            return any(token(v) in {token(w) for w in values} for v in strings(record, field))
        case Prefix(field, value):
            return any(token(v).startswith(token(value)) for v in strings(record, field))
        case Contains(field, value):
            person = record.subject_kind is SubjectKind.NATURAL_PERSON
            return not person and any(prose(value) in prose(v) for v in strings(record, field))
        case Between(field, low, high):
            found = number(record, field)
            above = found is not None and (low is None or low <= found)
            return above and (high is None or (found is not None and found <= high))


def ordered(records: list[StoredRecord], order: Order) -> list[StoredRecord]:
    """Values in order, ids of equal ones in the same direction, missing values last."""
    by_id = sorted(records, key=lambda r: r.id, reverse=order.descending)
    present = [r for r in by_id if number(r, order.field) is not None]
    missing = [r for r in by_id if number(r, order.field) is None]
    present.sort(key=lambda r: number(r, order.field) or 0, reverse=order.descending)
    return [*present, *missing]


def counted(records: list[StoredRecord], field: str) -> list[tuple[str, int]]:
    """Values by the number of their records; spellings that mean the same are one, the most usual."""
    spellings: dict[str, Counter[str]] = {}
    for record in records:
        for value in {token(v): v for v in strings(record, field)}.values():
            spellings.setdefault(token(value), Counter())[value] += 1
    found = [(min(c, key=lambda value: (-c[value], value)), c.total()) for c in spellings.values()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def spans(records: list[StoredRecord], field: str, months: int) -> list[tuple[date, int]]:
    """Records by the first day of the span of so many months that their date falls into."""
    starts: Counter[date] = Counter()
    for record in records:
        if (value := record.public.get(field)) is not None:
            day = date.fromisoformat(str(value))
            starts[day.replace(month=(day.month - 1) // months * months + 1, day=1)] += 1
    return sorted(starts.items())


def number(record: StoredRecord, field: str) -> int | None:
    value = record.public.get(field)
    if value is None:
        return None
    if field in DATES:
        return (date.fromisoformat(str(value)) - EPOCH).days
    return int(Decimal(str(value)) * 100)


def strings(record: StoredRecord, field: str) -> list[str]:
    if field == "subject_kind":
        return [record.subject_kind.value]
    if field == "region":
        return region(record)
    value = record.public.get(field)
    if value is None:
        return []
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def region(record: StoredRecord) -> list[str]:
    if record.subject_kind is SubjectKind.NATURAL_PERSON:
        return []
    codes = [str(record.public[name]) for name in ("credit_code", "authority_code")]
    return [REGIONS[code] for code in codes if code in REGIONS][:1]


def token(text: str) -> str:
    for bracket in "〔［【[":
        text = text.replace(bracket, "(")
    for bracket in "〕］】]":
        text = text.replace(bracket, ")")
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def prose(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
