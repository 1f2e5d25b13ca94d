"""Publicity ends with its last day in Shanghai: at 00:00:00, without any job, in every answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime

import httpx

from records.sources import Origin, SourceRun
from records.vocabulary import UsageScope
from tests.support import DATASETS, StillClock, incoming, penalty, take
from xincha.wiring import House

LAST_SECOND = datetime(2026, 11, 25, 15, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 25, 16, 0, 0, tzinfo=UTC)
LAST_DAY = date(2026, 11, 25)

QUERY = """query ($id: ID!) {
  list: penalties { totalCount nodes { documentNumber } }
  filtered: penalties(where: {documentNumber: {eq: "伊市监罚〔2026〕1号"}}) { totalCount nodes { id } }
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  service { datasets { name count } }
}"""


def publish(house: House) -> str:
    """Two penalties, one of which is public today for the last day; the id of that one."""
    intake = house.intake
    rows = [
        incoming(intake, penalty(document_number="伊市监罚〔2026〕1号", public_limit=LAST_DAY)),
        incoming(intake, penalty(document_number="伊市监罚〔2026〕2号"), line=3),
        incoming(intake, penalty(document_number="伊市监罚〔2026〕3号", usage_scope=UsageScope.GOVERNMENT), line=4),
        incoming(intake, penalty(document_number="伊市监罚〔2026〕4号", usage_scope=UsageScope.AUTHORIZED), line=5),
    ]  # fmt: skip
    run = SourceRun.begin(house.store, Origin("f.csv", "", "x", "penalties", "V2.1"))
    take(intake, run, rows)
    house.follower.bring_up()
    records = house.store.changes(0, 10).records
    return next(r.id for r in records if r.public["document_number"] == "伊市监罚〔2026〕1号")


async def ask(house: House, record_id: str) -> Mapping[str, object]:
    transport = httpx.ASGITransport(house.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
        body = {"query": QUERY, "variables": {"id": record_id}}
        answer = (await client.post("/graphql", json=body)).json()
    assert "errors" not in answer, answer
    data: Mapping[str, object] = answer["data"]
    return data


def seen(house: House, record_id: str) -> Mapping[str, object]:
    return asyncio.run(ask(house, record_id))


def counted(penalties: int) -> list[dict[str, object]]:
    counts = dict.fromkeys(sorted(DATASETS), 0) | {"penalties": penalties}
    return [{"name": name, "count": count} for name, count in counts.items()]


def test_there_at_the_last_second_and_gone_at_midnight(house: House, clock: StillClock) -> None:
    clock.now = LAST_SECOND
    record_id = publish(house)

    before = seen(house, record_id)
    clock.now = MIDNIGHT
    after = seen(house, record_id)

    assert before == {
        "list": {
            "totalCount": 2,
            "nodes": before["list"]["nodes"],  # type: ignore[index]
        },
        "filtered": {"totalCount": 1, "nodes": [{"id": record_id}]},
        "node": {"id": record_id},
        "nodes": [{"id": record_id}],
        "service": {"datasets": counted(2)},
    }
    assert after == {
        "list": {"totalCount": 1, "nodes": [{"documentNumber": "伊市监罚〔2026〕2号"}]},
        "filtered": {"totalCount": 0, "nodes": []},
        "node": None,
        "nodes": [None],
        "service": {"datasets": counted(1)},
    }


def test_the_sweep_changes_no_answer(house: House, clock: StillClock) -> None:
    clock.now = LAST_SECOND
    record_id = publish(house)
    clock.now = MIDNIGHT
    unswept = seen(house, record_id)

    house.follower.bring_up()

    assert seen(house, record_id) == unswept
    assert house.store.count_by_state()["penalties", "ended"] == 1


def test_what_is_not_for_the_public_is_in_no_answer(house: House, clock: StillClock) -> None:
    publish(house)
    hidden = [r.id for r in house.store.changes(0, 10).records if not r.visible]

    assert len(hidden) == 2
    for record_id in hidden:
        assert seen(house, record_id)["node"] is None
