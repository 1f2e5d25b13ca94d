"""Reading whole lists through an engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

from search.engine import Document, Engine, Page
from search.query import After, Order, SearchRequest
from tests.search.journal import MemoryJournal
from tests.support import DATASETS

TODAY = date(2026, 11, 25)
BY_REVISION = Order("revision")
"""Every dataset can be listed so."""


async def pages(engine: Engine, request: SearchRequest) -> AsyncIterator[Page]:
    """Every page of a list, one after the other."""
    while True:
        page = await engine.search(request)
        yield page
        if not page.has_more:
            return
        last = page.hits[-1]
        place = After(last.sort_value, str(last.document["id"]), last.sort_text)
        assert place != request.after, "the walk stands still"
        request = replace(request, after=place)


async def everything(engine: Engine, today: date) -> dict[str, Document]:
    """All documents of all datasets by id; each must come once."""
    found: dict[str, Document] = {}
    for dataset in DATASETS:
        async for page in pages(
            engine, SearchRequest(dataset, today, order=BY_REVISION, first=100)
        ):
            for hit in page.hits:
                record_id = str(hit.document["id"])
                assert record_id not in found
                found[record_id] = hit.document
    return found


async def ids(engine: Engine, request: SearchRequest) -> list[str]:
    """The ids of one page."""
    return [str(hit.document["id"]) for hit in (await engine.search(request)).hits]


async def assert_equal(engine: Engine, journal: MemoryJournal, today: date = TODAY) -> None:
    """The index holds what the journal shows, each in its newest revision, and says so."""
    found = await everything(engine, today)
    assert {i: d["revision"] for i, d in found.items()} == {
        r.id: r.revision for r in journal.visible(today)
    }
    assert (await engine.state()).revision == journal.revision()
