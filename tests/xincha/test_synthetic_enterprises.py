"""Generated profiles: one each of the world's subjects, and what comes of them in GraphQL."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from itertools import islice
from typing import TypedDict, cast

import httpx
import pytest

from loaders.pipeline import FileReport, LoadOptions
from records.clock import today
from records.vocabulary import SubjectKind
from tests.support import StillClock
from xincha.commands.data import load_files
from xincha.indexing import bring_index_up
from xincha.settings import Settings
from xincha.synthetic import generate
from xincha.synthetic.authorities import authorities_of
from xincha.synthetic.enterprises import organizations
from xincha.synthetic.names import place_of
from xincha.synthetic.rows import World
from xincha.synthetic.subjects import subject
from xincha.wiring import House, open_house

ROWS = 90


class Expectation(TypedDict):
    file: str
    outcome: str
    expected: dict[str, object]
    planted: list[str]


class Loaded(TypedDict):
    house: House
    reports: list[FileReport]
    expectations: list[Expectation]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    folder, home = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("home")
    house = open_house(Settings.load(home=home), StillClock())
    generate(
        folder, datasets=house.datasets, licenses=ROWS, penalties=ROWS, enterprises=ROWS, subjects=60,
        seed=8, today=today(house.clock), format="csv", dirty_share=0.1,
    )  # fmt: skip
    reports = load_files([folder], house, LoadOptions())
    bring_index_up(house, house.store.revision(), quiet=True)
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    yield Loaded(
        house=house,
        reports=reports,
        expectations=[cast("Expectation", json.loads(line)) for line in lines],
    )
    house.store.close()


def ask(loaded: Loaded, query: str) -> tuple[dict[str, object], str]:
    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(loaded["house"].application())
        async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
            return await client.post("/graphql", json={"query": query})

    response = asyncio.run(answer())
    body = response.json()
    assert "errors" not in body, body
    return body["data"], response.text


def expected(loaded: Loaded) -> list[Expectation]:
    return [
        e
        for e in loaded["expectations"]
        if e["file"].startswith("enterprises") and e["outcome"] == "visible"
    ]


def test_what_comes_out_is_what_was_written(loaded: Loaded) -> None:
    wanted = [
        {name: value for name, value in e["expected"].items() if name != "subjectKind"}
        for e in expected(loaded)
    ]
    data, text = ask(
        loaded,
        f"{{ enterprises(first: 100) {{ nodes {{ {' '.join(wanted[0])} businessScope"
        " legalRepresentative } } }",
    )
    nodes = cast("dict[str, list[dict[str, object]]]", data["enterprises"])["nodes"]
    found = [{name: node[name] for name in wanted[0]} for node in nodes]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    planted = {value for e in loaded["expectations"] for value in e["planted"]}
    assert [value for value in planted if value in text] == []


def test_profiles_and_decisions_meet_in_their_subject(loaded: Loaded) -> None:
    data, _ = ask(
        loaded,
        "{ subjects(first: 100) { nodes { enterprise { name } counts { licenses penalties } } } }",
    )
    nodes = cast("dict[str, list[dict[str, object]]]", data["subjects"])["nodes"]
    both = [
        node
        for node in nodes
        if node["enterprise"] and any(cast("dict[str, int]", node["counts"]).values())
    ]
    assert len(both) > 10


def test_each_organization_of_the_world_has_one_profile() -> None:
    place = place_of("410329")
    world = World(8, place, authorities_of(place), 60, today(StillClock()))
    of_the_world = [subject(8, number, place) for number in range(60)]
    registered = [one for one in of_the_world if one.kind is not SubjectKind.NATURAL_PERSON]
    assert list(islice(organizations(world), len(registered))) == registered
