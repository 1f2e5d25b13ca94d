"""How fast the index is built and lists are read. XINCHA_BENCH_DOCUMENTS sets its size."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.measurement import Measurement, stopwatch
from records.datasets import declared_datasets
from records.stored import ChangeBatch, RecordState, StoredRecord
from records.vocabulary import SubjectKind
from search.engine import Engine
from search.follower import Follower
from search.query import After, And, AnyOf, Between, Contains, Filter, Order, SearchRequest
from search.tantivy_engine import tantivy_engine, tantivy_generations

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
_REVISION = 1_000
_ROUNDS = 30
_EPOCH = date(1970, 1, 1)
_ALPHABET = "0123456789abcdefghijklmnopqrstuv"
_PHRASES = (
    "经查，当事人", "未取得食品经营许可", "从事餐饮服务", "销售超过保质期的食品", "在其经营场所内", "货值金额",
    "上述行为违反了", "《中华人民共和国食品安全法》第三十五条", "责令改正", "没有违法所得", "有现场检查笔录为证",
    "并处罚款人民币", "擅自占用城市道路", "未按规定设置警示标志", "排放大气污染物超标", "安全生产教育培训不到位",
)  # fmt: skip


@dataclass(frozen=True)
class GeneratedJournal:
    """So many penalties, made anew whenever they are asked for; a thousand a revision."""

    documents: int

    def revision(self) -> int:
        """The last one."""
        return -(-self.documents // _REVISION)

    def sweep(self, today: date) -> None:
        """Nothing ends."""

    def swept(self) -> date | None:
        """Always today."""
        return TODAY

    def changes(self, after: int, limit: int) -> ChangeBatch:
        """The revisions after one, whole."""
        upto = min(self.revision(), after + max(1, limit // _REVISION))
        numbers = range(after * _REVISION, min(upto * _REVISION, self.documents))
        return ChangeBatch(upto, tuple(_penalty(number) for number in numbers))


def _penalty(number: int) -> StoredRecord:
    rng = random.Random(number)  # noqa: S311  # repeatable, guards nothing
    decided = TODAY - timedelta(days=int(rng.random() ** 2 * 4000))
    return StoredRecord(
        id="".join(rng.choices(_ALPHABET, k=26)),
        dataset="penalties",
        subject_kind=SubjectKind.LEGAL_ENTITY,
        party="",
        public={
            "subject_name": f"伊川县第{number}食品有限公司",
            "document_number": f"伊市监罚〔{decided.year}〕{number}号",
            "authority": f"第{min(int(rng.expovariate(0.2)), 60)}监督管理局",
            "categories": [rng.choice(["FINE", "FINE", "WARNING", "CLOSURE"])],
            "status": "VALID",
            "decision_date": decided.isoformat(),
            "facts": "".join(rng.choices(_PHRASES, k=12)) + str(number),
            "content": "".join(rng.choices(_PHRASES, k=4)),
            "fine_amount": str(rng.randrange(1, 500) * 100),
        },
        public_from=decided,
        public_until=None,
        state=RecordState.PUBLISHED,
        revision=number // _REVISION + 1,
        template="V2.1",
        loaded_at=NOW,
        updated_at=NOW,
    )


def measure() -> Iterator[Measurement]:
    """Building, then the median time of each kind of question."""
    documents = int(os.environ.get("XINCHA_BENCH_DOCUMENTS", "30000"))
    with tempfile.TemporaryDirectory() as folder:
        home, datasets = Path(folder), declared_datasets()
        follower = Follower(
            GeneratedJournal(documents), tantivy_generations(home, datasets), datasets, lambda: NOW
        )
        with stopwatch() as watch:
            follower.bring_up()
        yield Measurement("index build", documents / watch.seconds, "records/s", f"{documents:,}")
        size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
        yield Measurement("index size", size / documents, "bytes/record")
        yield from asyncio.run(_ask(tantivy_engine(home, datasets)))


_RARE: Filter = AnyOf("document_number", (f"伊市监罚〔{_penalty(77).public_from.year}〕77号",))
_SEVERAL: Filter = And(
    (
        AnyOf("categories", ("WARNING",)),
        AnyOf("authority", ("第3监督管理局",)),
        Between("decision_date", (TODAY - _EPOCH).days - 700, None),
    )
)
_TEXT: Filter = Contains("facts", "未取得食品经营许可从事餐饮服务")


async def _ask(engine: Engine) -> list[Measurement]:
    everything = SearchRequest("penalties", TODAY)
    listed = {
        "newest 20": everything,
        "newest 20, one category": _where(AnyOf("categories", ("CLOSURE",))),
        "newest 20, one number": _where(_RARE),
        "newest 20, three conditions": _where(_SEVERAL),
        "newest 20, contains": _where(_TEXT),
        "20 largest fines": SearchRequest("penalties", TODAY, order=Order("fine_amount")),
    }
    found = []
    for what, request in listed.items():
        total = await engine.count(request)
        remark = f"{'' if total.exact else '≥ '}{total.count:,} hits"
        found.append(await _timed(what, partial(engine.search, request), remark))
    found.append(await _timed("count all", lambda: engine.count(everything)))
    found.append(await _timed("count, contains", lambda: engine.count(_where(_TEXT))))
    deep = await _deep(engine, 1_000)
    found.append(await _timed("page 1,000", lambda: engine.search(deep), "by its cursor"))
    newest = await engine.search(everything)
    ids = [str(hit.document["id"]) for hit in newest.hits]
    found.append(await _timed("20 by id", lambda: engine.get(ids, TODAY)))
    return found


def _where(where: Filter) -> SearchRequest:
    return SearchRequest("penalties", TODAY, where=where)


async def _deep(engine: Engine, page: int) -> SearchRequest:
    """The request for a page of 20 that many pages down, or as far as there are."""
    after: After | None = None
    for _ in itertools.repeat(None, page * 20 // 100):
        hits = (await engine.search(SearchRequest("penalties", TODAY, first=100, after=after))).hits
        if len(hits) < 100:
            break
        after = After(hits[-1].sort_value, str(hits[-1].document["id"]))
    return SearchRequest("penalties", TODAY, after=after)


async def _timed(what: str, ask: Callable[[], Awaitable[object]], remark: str = "") -> Measurement:
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        await ask()
        times.append(time.perf_counter() - begun)
    return Measurement(what, statistics.median(times) * 1e6, "µs", remark)
