"""What the generator says it wrote is what comes out of GraphQL: count, content, reasons of rejection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import TypedDict, cast

import httpx
import pytest

from loaders.pipeline import FileReport, LoadOptions
from records.clock import today
from tests.support import StillClock
from xincha.commands.data import load_files
from xincha.indexing import bring_index_up
from xincha.settings import Settings
from xincha.synthetic import Manifest, generate
from xincha.synthetic.writers import Format
from xincha.wiring import House, open_house

ROWS = 250
Node = Mapping[str, object]


class Expectation(TypedDict):
    file: str
    outcome: str
    documentNumber: str
    expected: dict[str, object]
    planted: list[str]


class Loaded(TypedDict):
    house: House
    manifest: Manifest
    reports: list[FileReport]
    again: list[FileReport]
    expectations: list[Expectation]


WRITTEN = [("V2.1", "csv"), ("V2", "xlsx"), ("V1", "csv")]


@pytest.fixture(scope="module", params=WRITTEN, ids="-".join)
def loaded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    folder = tmp_path_factory.mktemp("files")
    home = tmp_path_factory.mktemp("home")
    house = open_house(Settings.load(home=home), StillClock())
    manifest = generate(
        folder, datasets=house.datasets, licenses=ROWS, penalties=ROWS, subjects=150, seed=21,
        today=today(house.clock), template=request.param[0], format=cast("Format", request.param[1]),
        dirty_share=0.1,
    )  # fmt: skip
    reports = load_files([folder], house, LoadOptions())
    again = load_files([folder], house, LoadOptions())
    bring_index_up(house, house.store.revision(), quiet=True)
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    expectations = [cast("Expectation", json.loads(line)) for line in lines]
    yield Loaded(
        house=house, manifest=manifest, reports=reports, again=again, expectations=expectations
    )
    house.store.close()


def shown(loaded: Loaded, dataset: str) -> list[Expectation]:
    own = (e for e in loaded["expectations"] if e["file"].startswith(dataset))
    return [e for e in own if e["outcome"] == "visible"]


def answers(loaded: Loaded, dataset: str) -> tuple[list[Node], str]:
    """All records of a dataset, page by page, and the raw text of all answers."""
    return asyncio.run(
        _walk(loaded["house"], dataset, sorted(shown(loaded, dataset)[0]["expected"]))
    )


async def _walk(house: House, dataset: str, fields: list[str]) -> tuple[list[Node], str]:
    query = (
        f"query($after: Cursor) {{ {dataset}(first: 100, after: $after) {{ totalCount "
        f"nodes {{ id {' '.join(fields)} {PROSE[dataset]} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    )
    nodes: list[Node] = []
    texts: list[str] = []
    after = None
    transport = httpx.ASGITransport(house.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
        while True:
            body = {"query": query, "variables": {"after": after}}
            answer = await client.post("/graphql", json=body)
            texts.append(answer.text)
            page = answer.json()["data"][dataset]
            nodes += page["nodes"]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                assert page["totalCount"] == len(nodes)
                return nodes, "".join(texts)


PROSE = {
    "licenses": "legalRepresentative documentName content remark categoryText",
    "penalties": "legalRepresentative violation facts content remark revokedCertificate categoryText",
}


def number(node: Node) -> str:
    """What a decision is known by; V1 has some without a document number."""
    return str(node["documentNumber"] or node["licenseNumber"])


@pytest.mark.parametrize("dataset", ["licenses", "penalties"])
def test_what_comes_out_is_what_was_written(loaded: Loaded, dataset: str) -> None:
    nodes, _ = answers(loaded, dataset)
    found = {number(node): node for node in nodes}
    wanted = {number(e["expected"]): e["expected"] for e in shown(loaded, dataset)}
    assert len(nodes) == len(found)
    assert found.keys() == wanted.keys()
    for known_by, expected in wanted.items():
        assert {name: found[known_by][name] for name in expected} == expected


@pytest.mark.parametrize("dataset", ["licenses", "penalties"])
def test_nothing_planted_comes_out(loaded: Loaded, dataset: str) -> None:
    _, text = answers(loaded, dataset)
    planted = {value for e in loaded["expectations"] for value in e["planted"]}
    assert len(planted) > ROWS
    assert [value for value in planted if value in text] == []


def test_the_load_reports_what_the_manifest_says(loaded: Loaded) -> None:
    written = {report.name: report for report in loaded["manifest"].files}
    for report in loaded["reports"]:
        file = written[report.file]
        assert report.counts["read"] == file.rows
        assert report.counts["inserted"] == file.records
        assert dict(report.reasons) == file.rejected


def test_loading_again_changes_nothing(loaded: Loaded) -> None:
    for first, second in zip(loaded["reports"], loaded["again"], strict=True):
        assert second.counts["inserted"] == second.counts["updated"] == 0
        assert second.counts["unchanged"] == first.counts["inserted"]
        assert second.counts["rejected"] == first.counts["rejected"]
