"""Subjects over the real embedded engine answer as over the engine in memory, and cost as little."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import httpx
import pytest

from api.app import create_app
from api.config import ApiConfig
from records.datasets import declared_datasets
from search.engine import Document, IndexState
from search.tantivy_engine import tantivy_engine, tantivy_generations
from tests.api.client import Client
from tests.api.documents import (
    license_document,
    list_document,
    penalty_document,
    profile_document,
    subject_document,
)
from tests.api.memory_engine import MemoryEngine
from tests.support import StillClock

DATASETS = declared_datasets()
REGISTRATION, OTHER_REGISTRATION = "410329000012342", "410329000000003"
SUBJECTS = 40
NAMES = ("伊川县青禾食品有限公司", "伊川县百味餐馆", "洛阳安平建材有限公司", "王*", "Aster 咖啡店")
MAKERS = {"LICENSE": license_document, "PENALTY": penalty_document, "BLACK_LIST": list_document}
PAGE = """fragment page on Subject {
  id kind name formerNames creditCode registrationNumber organizationCode region
  enterprise { name registeredCapital subject { id } }
  counts { licenses penalties redList blackList otherLists }
  licenses(first: 2) { totalCount totalRelation edges { cursor node { id } } }
  penalties(where: {fineAmount: {gt: "100"}}, orderBy: {field: FINE_AMOUNT, direction: ASC}) {
    totalCount nodes { id subject { name } } facets(fields: [STATUS]) { buckets { value count } }
  }
  listEntries { totalCount nodes { id kind } timeline { start count } }
}"""
LIST = """query ($where: SubjectWhere, $orderBy: SubjectOrder, $after: Cursor) {
  subjects(first: 7, where: $where, orderBy: $orderBy, after: $after) {
    totalCount totalRelation pageInfo { hasNextPage hasPreviousPage endCursor }
    facets(fields: [KIND, REGION]) { buckets { value label count } }
    nodes { ...page }
  }
}"""
WHERES: list[dict[str, object]] = [
    {},
    {"kind": {"eq": "INDIVIDUAL_BUSINESS"}},
    {"region": {"prefix": "4103"}, "not": {"hasRecords": ["PENALTY"]}},
    {"hasRecords": ["PENALTY", "BLACK_LIST"]},
    {"hasRecords": []},
    {"or": [{"hasRecords": ["RED_LIST"]}, {"hasRecords": ["LICENSE"]}]},
    {"creditCode": {"eq": "91410329MA0000015N"}},
]


def _id(number: int) -> str:
    digest = hashlib.sha256(str(number).encode()).digest()
    return base64.b32hexencode(digest)[:26].decode().lower()


def _documents() -> list[Document]:
    random = Random(7)
    made: list[Document] = []
    for number in range(SUBJECTS):
        anchors = sorted({_id(number), _id(number + 100)}) if number % 3 else [_id(number)]
        own: list[Document] = []
        visible: dict[str, object] = {}
        for kind, make in MAKERS.items():
            for copy in range(random.choice([0, 0, 1, 3])):
                values = (
                    {"fine_amount": random.choice(["50", "200", None])} if kind == "PENALTY" else {}
                )
                record_number = 1_000 + len(made) + len(own)
                anchor = random.choice(anchors)
                own.append(make(copy, id=_id(record_number), anchor=anchor, **values))
                visible[kind] = None
        profile = _id(500 + number) if number % 2 else ""
        if profile:
            own.append(profile_document(number, id=profile, anchor=anchors[0]))
            visible["ENTERPRISE"] = None
        if number % 5 == 0:
            visible |= {"LICENSE": "2026-11-25", "OTHER_LIST": "2026-11-25", "ENTERPRISE": None}
        made += own
        made.append(
            subject_document(
                number,
                id=anchors[0],
                anchors=anchors,
                name=random.choice(NAMES),
                profile=profile,
                visible=visible or {"RED_LIST": "2026-11-26"},
                public_until=None if visible else "2026-11-26",
                credit_code="91410329MA0000015N" if number == 8 else "",
                organization_code="MA0000015" if number == 8 else "",
                registration_numbers=[OTHER_REGISTRATION, REGISTRATION] if number == 9 else [],
                region=random.choice(["410329", "410300", ""]),
                subject_kind=random.choice(["LEGAL_ENTITY", "INDIVIDUAL_BUSINESS"]),
            )
        )
    return made


class Counting:
    """Counts what an engine is asked."""

    def __init__(self, engine: object) -> None:
        self.engine, self.calls = engine, Counter[str]()

    def __getattr__(self, name: str) -> object:
        self.calls[name] += 1
        return getattr(self.engine, name)


@pytest.fixture
async def callers(tmp_path: Path) -> AsyncIterator[tuple[Client, Client, Counting]]:
    """A caller of the app over tantivy, one over the engine in memory, and what the first was asked."""
    memory = MemoryEngine(DATASETS)
    memory.add(*_documents())
    generations = tantivy_generations(tmp_path, DATASETS)
    with generations.exclusive(5):
        name = generations.create()
        writer = generations.writer(name)
        writer.apply(_documents(), {})
        writer.commit(IndexState(7))
        writer.close()
        generations.promote(name)
    tantivy = tantivy_engine(tmp_path, DATASETS)
    counting = Counting(tantivy)
    config = ApiConfig(DATASETS, "410329", "0.1.0", b"k" * 32, StillClock())
    real, plain = (
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=create_app(config, engine)),  # type: ignore[arg-type]
            base_url="http://t",
        )
        for engine in (counting, memory)
    )
    async with real, plain:
        yield Client(real), Client(plain), counting
    await tantivy.close()


@pytest.mark.parametrize("where", WHERES)
async def test_the_same_pages(
    callers: tuple[Client, Client, Counting], where: dict[str, object]
) -> None:
    real, plain, _ = callers
    for order in (None, {"field": "NAME", "direction": "DESC"}):
        after: object = None
        for _page in range(SUBJECTS):
            asked = {"where": where, "orderBy": order, "after": after}
            ours = await real.ask(f"{LIST} {PAGE}", asked)
            assert ours.at("subjects") == (await plain.ask(f"{LIST} {PAGE}", asked)).at("subjects")
            after = ours.at("subjects", "pageInfo", "endCursor")
            if not ours.at("subjects", "pageInfo", "hasNextPage"):
                break
        else:
            pytest.fail("the list does not end")


@pytest.mark.parametrize(
    "by",
    [
        {"id": _id(1)},
        {"id": _id(101)},
        {"id": _id(1_000)},
        {"creditCode": "91410329MA0000015N"},
        {"organizationCode": "MA000001-5"},
        {"registrationNumber": REGISTRATION},
        {"registrationNumber": OTHER_REGISTRATION},
    ],
)
async def test_the_same_subject(
    callers: tuple[Client, Client, Counting], by: dict[str, str]
) -> None:
    real, plain, counting = callers
    query = f"query ($by: SubjectKey!) {{ subject(by: $by) {{ ...page }} }} {PAGE}"
    ours = await real.ask(query, {"by": by})
    assert ours.at("subject") == (await plain.ask(query, {"by": by})).at("subject")
    assert (ours.at("subject") is None) == (by == {"id": _id(1_000)})
    assert counting.calls["search"] == 0


async def test_a_page_of_a_subject_costs_four_requests(
    callers: tuple[Client, Client, Counting],
) -> None:
    real, _, counting = callers
    await real.ask(
        """query ($by: SubjectKey!) { subject(by: $by) {
          name enterprise { name } counts { licenses penalties blackList }
          licenses { nodes { id } } penalties { nodes { id } } listEntries { nodes { id } }
        } }""",
        {"by": {"id": _id(1)}},
    )
    assert counting.calls == {"search_many": 2, "values_many": 1, "get": 1}
