"""Files for a house, and questions to its API."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from loaders.pipeline import FileReport, LoadOptions, load_file
from xincha.wiring import House

Row = Mapping[str, str]


def load_rows(house: House, folder: Path, name: str, rows: Sequence[Row]) -> FileReport:
    """Write the rows into a csv file and load it; every row must get in."""
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    report = load_file(path, house.intake, house.datasets, LoadOptions())
    assert report.refused is None, report.refused
    assert not report.reasons, report.reasons
    return report


def asked(house: House, query: str, **variables: object) -> dict[str, object]:
    """The data of one answer without errors, the index brought up to the store before."""
    house.follower.bring_up()
    return asyncio.run(_answer(house, query, variables))


async def _answer(house: House, query: str, variables: Mapping[str, object]) -> dict[str, object]:
    transport = httpx.ASGITransport(house.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
        body = {"query": query, "variables": variables}
        answer = (await client.post("/graphql", json=body)).json()
    assert "errors" not in answer, answer
    data: dict[str, object] = answer["data"]
    return data
