"""What the page of a subject costs, and that of twenty with all their lists: requests of the engine and time.

Of 2,000 subjects, each with a profile and six records.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from statistics import median

import httpx

from api.app import create_app
from api.config import ApiConfig
from benchmarks.lists_corpus import NOW
from benchmarks.measurement import Measurement, stopwatch
from records.datasets import declared_datasets
from search.engine import Document, Engine, IndexState
from search.tantivy_engine import tantivy_engine, tantivy_generations

_SUBJECTS, _ROUNDS = 2_000, 50
_PAGE = """fragment page on Subject {
  name creditCode enterprise { status establishedOn }
  counts { licenses penalties redList blackList otherLists }
  licenses { nodes { id documentNumber } } penalties { nodes { id documentNumber } }
  listEntries { nodes { id listName } }
}"""
_ONE = f"query ($by: SubjectKey!) {{ subject(by: $by) {{ ...page }} }} {_PAGE}"
_TWENTY = f"{{ subjects(first: 20) {{ nodes {{ ...page }} }} }} {_PAGE}"
_RECORDS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    *[("licenses", "LICENSE", {"category": "GENERAL"})] * 3,
    *[("penalties", "PENALTY", {"categories": ["FINE"]})] * 2,
    (
        "list_entries",
        "BLACK_LIST",
        {"color": "BLACK", "list_code": "x", "list_name": "失信被执行人"},
    ),
)
_DAY = "2026-01-05"


@dataclass
class Counting:
    """An engine that counts what it is asked."""

    engine: Engine
    asked: Counter[str] = field(default_factory=Counter)

    def __getattr__(self, name: str) -> object:
        self.asked[name] += 1
        return getattr(self.engine, name)


def measure() -> Iterator[Measurement]:
    """One page, then twenty subjects."""
    with tempfile.TemporaryDirectory(prefix="xincha-bench-") as folder:
        _build(Path(folder))
        yield from asyncio.run(_ask(Path(folder)))


def _build(folder: Path) -> None:
    generations = tantivy_generations(folder, declared_datasets())
    with generations.exclusive(5):
        name = generations.create()
        writer = generations.writer(name)
        writer.apply((d for number in range(_SUBJECTS) for d in _documents(number)), {})
        writer.commit(IndexState(1))
        writer.close()
        generations.promote(name)


async def _ask(folder: Path) -> list[Measurement]:
    engine = tantivy_engine(folder, declared_datasets())
    counting = Counting(engine)
    config = ApiConfig(declared_datasets(), "410329", "0", b"k" * 32, lambda: NOW)
    app = create_app(config, counting)  # type: ignore[arg-type]  # it passes everything on
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as http:

        async def post(query: str, number: int) -> None:
            variables = {"by": {"id": _id(f"subject {number * 37 % _SUBJECTS}")}}
            answer = await http.post("/graphql", json={"query": query, "variables": variables})
            assert "errors" not in answer.json(), answer.text

        found = [
            *await _rounds("page of a subject", counting, partial(post, _ONE)),
            *await _rounds("20 subjects with all their lists", counting, partial(post, _TWENTY)),
        ]
    await engine.close()
    return found


async def _rounds(
    what: str, counting: Counting, ask: Callable[[int], Awaitable[None]]
) -> list[Measurement]:
    await ask(0)
    counting.asked.clear()
    times = []
    for number in range(_ROUNDS):
        with stopwatch() as watch:
            await ask(number)
        times.append(watch.seconds)
    requests = counting.asked.total() / _ROUNDS
    return [
        Measurement(what, requests, "requests", "of the engine"),
        Measurement(what, median(times) * 1_000_000, "µs", "median, in process"),
    ]


def _id(text: str) -> str:
    digest = int.from_bytes(blake2b(text.encode(), digest_size=16).digest())
    return "".join("0123456789abcdefghijklmnopqrstuv"[digest >> 5 * at & 31] for at in range(26))


def _documents(number: int) -> Iterator[Document]:
    anchor, profile = _id(f"subject {number}"), _id(f"profile {number}")
    common: dict[str, object] = {
        "subject_kind": "LEGAL_ENTITY", "region": "410329", "revision": 1, "public_until": None,
    }  # fmt: skip
    yield {
        **common, "id": anchor, "dataset": "subjects", "name": f"伊川县第{number}食品有限公司",
        "named": True, "former_names": [], "credit_code": "", "registration_numbers": [],
        "organization_code": "", "profile": profile, "anchors": [anchor], "completeness": 3,
        "visible": {"ENTERPRISE": None, "LICENSE": None, "PENALTY": None, "BLACK_LIST": None},
    }  # fmt: skip
    record: dict[str, object] = {
        **common, "anchor": anchor, "public_from": _DAY, "template": "V2.1",
        "loaded_at": NOW.isoformat(), "updated_at": NOW.isoformat(),
    }  # fmt: skip
    yield {
        **record, "id": profile, "dataset": "enterprises", "kind": "",
        "subject_name": f"伊川县第{number}食品有限公司", "status": "ACTIVE", "established_on": _DAY,
    }  # fmt: skip
    for at, (dataset, kind, own) in enumerate(_RECORDS):
        yield {
            **record, **own, "id": _id(f"record {number} {at}"), "dataset": dataset, "kind": kind,
            "document_number": f"伊〔2026〕{number}-{at}号", "decision_date": _DAY, "listed_on": _DAY,
        }  # fmt: skip
