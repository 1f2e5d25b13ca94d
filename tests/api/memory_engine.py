"""A small engine in plain Python: what every other engine must agree with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from records.dataset import Dataset, ValueType
from search.analysis import fold, normalize_text
from search.engine import Document, Hit, IndexState, Page
from search.entries import LARGEST
from search.name_order import name_key, name_numbers
from search.plan import Candidate, Plan
from search.query import (
    ANY,
    SUBJECTS,
    TOMBSTONES,
    TOTAL_CAP,
    After,
    And,
    AnyOf,
    Between,
    Contains,
    Filter,
    Not,
    Or,
    Prefix,
    SearchRequest,
    Total,
)
from search.statistics import TermStatistics

EPOCH = date(1970, 1, 1)


@dataclass
class MemoryEngine:
    """Implements search.engine.Engine over a dict of documents; counts its calls."""

    datasets: tuple[Dataset, ...]
    documents: dict[str, Document] = field(default_factory=dict)
    failure: Exception | None = None
    calls: list[str] = field(default_factory=list)
    requests: list[SearchRequest] = field(default_factory=list)
    commits: int = 0

    def add(self, *documents: Document) -> None:
        self.commits += 1
        self.documents.update({str(d["id"]): d for d in documents})

    async def search(self, request: SearchRequest) -> Page:
        self._called("search", request)
        return self._page(request)

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        self._called("search_many", *requests)
        return [self._page(request) for request in requests]

    def _page(self, request: SearchRequest) -> Page:
        hits = [self._hit(document, request) for document in self._matching(request)]
        present = [hit for hit in hits if hit.sort_value is not None]
        missing = [hit for hit in hits if hit.sort_value is None]
        down = request.order.descending
        ordered = [
            *sorted(present, key=_key, reverse=down),
            *sorted(missing, key=_key, reverse=down),
        ]
        if request.after is not None:
            ordered = [hit for hit in ordered if _follows(hit, request.after, down=down)]
        page = ordered[: request.first]
        return Page(page, len(ordered) > len(page))

    def _hit(self, document: Document, request: SearchRequest) -> Hit:
        name = str(document["name"]) if request.order.field == "name_order" else ""
        return Hit(document, self._number(document, request.order.field), name)

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        self._called("count", request)
        count = len(self._matching(request))
        return Total(min(count, cap), count <= cap)

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        self._called("values", request)
        return self._values(request, field)

    async def values_many(
        self, requests: Sequence[SearchRequest], field: str
    ) -> list[Mapping[str, int]]:
        self._called("values_many", *requests)
        return [self._values(request, field) for request in requests]

    def _values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        return Counter(
            spelling
            for document in self._matching(request)
            for spelling in {str(value) for value in _shown(document, field)}
        )

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        self._called("months", request)
        days = [_shown(document, field) for document in self._matching(request)]
        months = [str(value).split("-")[:2] for values in days for value in values]
        return Counter(int(year) * 12 + int(month) - 1 for year, month in months)

    async def candidates(self, plans: Sequence[Plan], today: date) -> list[list[Candidate]]:  # noqa: ARG002  # no names here
        self._called("candidates")
        return [[] for _ in plans]

    async def statistics(self) -> TermStatistics:
        return TermStatistics.counted(())

    async def get(self, ids: Sequence[str], today: date) -> list[Document | None]:
        self._called("get")
        found = [self.documents.get(i) for i in ids]
        return [d if d is not None and _visible(d, today) else None for d in found]

    async def state(self) -> IndexState:
        self._called("state")
        moment = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)
        updated = dict.fromkeys((d.name for d in self.datasets), moment)
        return IndexState(7, None, updated, commit=str(self.commits))

    async def close(self) -> None:
        self._called("close")

    def _called(self, name: str, *requests: SearchRequest) -> None:
        self.calls.append(name)
        self.requests.extend(requests)
        if self.failure is not None:
            raise self.failure

    def _matching(self, request: SearchRequest) -> list[Document]:
        return [
            d
            for d in self.documents.values()
            if request.dataset in (ANY, d["dataset"])
            and (d["dataset"] == TOMBSTONES or _visible(d, request.today))
            and self._holds(request.where, d)
        ]

    def _holds(self, where: Filter, document: Document) -> bool:  # noqa: PLR0911  # one a kind of filter
        match where:
            case And(parts):
                return all(self._holds(part, document) for part in parts)
            case Or(parts):
                return any(self._holds(part, document) for part in parts)
            case Not(part):
                return not self._holds(part, document)
            case AnyOf(name, values):
                wanted = {fold(v) for v in values}
                return any(fold(str(v)) in wanted for v in _shown(document, name))
            case Prefix(name, value):
                return any(fold(str(v)).startswith(fold(value)) for v in _shown(document, name))
            case Contains(name, value):
                personal = document["subject_kind"] == "NATURAL_PERSON"
                return not personal and any(
                    normalize_text(value) in normalize_text(str(v)) for v in _shown(document, name)
                )
            case Between(name, low, high):
                found = self._number(document, name)
                return (
                    found is not None
                    and (low is None or low <= found)
                    and (high is None or found <= high)
                )

    def _number(self, document: Document, name: str) -> int | None:
        if name.startswith("until_"):
            return _ends(document).get(name.removeprefix("until_"))
        if name == "name_order":
            return name_numbers(name_key(str(document["name"])))[0]
        value = document.get(name)
        if value is None:
            return None
        declared = next(d for d in self.datasets if d.name == document["dataset"])[name]
        if declared.type is ValueType.MONEY:
            return int(Decimal(str(value)) * 100)
        return _day(date.fromisoformat(str(value)))


def _key(hit: Hit) -> tuple[int, str, str]:
    return hit.sort_value or 0, name_key(hit.sort_text), str(hit.document["id"])


def _follows(hit: Hit, after: After, *, down: bool) -> bool:
    if (hit.sort_value is None) != (after.value is None):
        return hit.sort_value is None
    mine, theirs = _key(hit), (after.value or 0, name_key(after.text), after.id)
    return mine < theirs if down else mine > theirs


def _visible(document: Document, today: date) -> bool:
    if document["dataset"] == SUBJECTS:
        return any(until > _day(today) for until in _ends(document).values())
    until = document.get("public_until")
    begun = date.fromisoformat(str(document["public_from"])) <= today
    return begun and (until is None or today < date.fromisoformat(str(until)))


def _ends(subject: Document) -> dict[str, int]:
    """By kind the first day on which a subject has no visible record any more."""
    visible = subject["visible"]
    assert isinstance(visible, dict)
    return {
        kind: LARGEST if day is None else _day(date.fromisoformat(str(day)))
        for kind, day in visible.items()
    }


def _day(day: date) -> int:
    return (day - EPOCH).days


def _shown(document: Document, name: str) -> list[object]:
    """The values of a field that may be asked for; of natural persons the division may not."""
    value = document.get(name)
    hidden = name == "region" and document["subject_kind"] == "NATURAL_PERSON"
    if value is None or hidden:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
