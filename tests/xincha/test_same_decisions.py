"""The same decisions as V1, V2 and V2.1, in every format: one record each, whatever comes first."""

from __future__ import annotations

import asyncio
import base64
import csv
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx
import pytest

from loaders.pipeline import FileReport, LoadOptions
from records.clock import today
from records.datasets import declared_datasets
from records.values import JsonValue
from tests.support import StillClock, index_contents
from xincha.commands.data import load_files
from xincha.indexing import bring_index_up
from xincha.settings import Settings
from xincha.synthetic import Manifest, generate
from xincha.synthetic.generate import TEMPLATES
from xincha.synthetic.writers import Encoding, Format
from xincha.wiring import House, open_house

EACH = 250
"""Licenses, and as many penalties."""
FEWER = 40
SHUFFLES = 3
FORMATS: tuple[tuple[Format, Encoding], ...] = (
    ("xlsx", "utf-8"), ("xls", "utf-8"), ("csv", "utf-8"), ("csv", "gb18030"), ("xml", "utf-8"),
    ("json", "utf-8"), ("sql", "utf-8"),
)  # fmt: skip
TABLES = {"licenses": "xk", "penalties": "cf"}
KEY = base64.b64encode(bytes(range(32))).decode()


@dataclass(frozen=True)
class Written:
    """One writing of the decisions: what to load of it, and what is said to be in it."""

    sources: list[str | Path]
    manifest: Manifest


@dataclass(frozen=True)
class View:
    """What a record says and where it stands."""

    state: str
    kind: str
    until: str
    public: Mapping[str, JsonValue]


Views = Mapping[str, View]
Key = tuple[str, str, str]


@contextmanager
def house_in(folder: Path) -> Iterator[House]:
    """A house of its own with the keys of the others, so that ids can be compared."""
    settings = Settings(home=folder, secret_key=KEY, vault_key=KEY, _env_file=None)
    house = open_house(settings, StillClock())
    yield house
    house.store.close()


def write(folder: Path, count: int) -> dict[Key, Written]:
    """The same decisions in all templates and formats."""
    written: dict[Key, Written] = {}
    for template in TEMPLATES:
        for format, encoding in FORMATS:
            path = folder / f"{template}-{format}-{encoding}"
            manifest = generate(
                path, datasets=declared_datasets(), licenses=count, penalties=count, subjects=count,
                seed=11, today=today(StillClock()), template=template, format=format,
                encoding=encoding, dirty_share=0.04,
            )  # fmt: skip
            sources: list[str | Path] = [
                f"sqlite:///{path / file.name}#{TABLES[file.dataset]}"
                if format == "sql"
                else path / file.name
                for file in manifest.files
            ]
            written[template, format, encoding] = Written(sources, manifest)
    return written


def load(house: House, written: Written) -> list[FileReport]:
    reports = load_files(written.sources, house, LoadOptions())
    assert [report.refused for report in reports] == [None, None]
    return reports


def views(house: House) -> Views:
    records = house.store.changes(0, 100_000).records
    return {r.id: View(r.state, r.subject_kind, str(r.public_until), r.public) for r in records}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Written]:
    return write(tmp_path_factory.mktemp("written"), EACH)


@pytest.fixture(scope="module")
def alone(
    written: dict[Key, Written], tmp_path_factory: pytest.TempPathFactory
) -> dict[Key, Views]:
    """What each writing becomes in a store of its own."""
    found: dict[Key, Views] = {}
    for key, one in written.items():
        with house_in(tmp_path_factory.mktemp("home")) as house:
            reports = load(house, one)
            for report, file in zip(reports, one.manifest.files, strict=True):
                assert report.counts["read"] == file.rows
                assert report.counts["inserted"] == file.records
                assert dict(report.reasons) == file.rejected
                assert set(report.templates) == {key[0]}
            found[key] = views(house)
    return found


def test_every_writing_has_the_same_records(alone: dict[Key, Views]) -> None:
    ids = alone["V2.1", "xlsx", "utf-8"].keys()
    assert len(ids) == 2 * EACH - 2 * EACH * 4 // 100
    for key, found in alone.items():
        assert found.keys() == ids, key


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_format_changes_nothing_that_is_seen(alone: dict[Key, Views], template: str) -> None:
    wanted = alone[template, "xlsx", "utf-8"]
    for format, encoding in FORMATS:
        assert alone[template, format, encoding] == wanted, (format, encoding)


def test_generations_differ_only_where_they_say_different_things(alone: dict[Key, Views]) -> None:
    v1, v2_1 = alone["V1", "csv", "utf-8"], alone["V2.1", "csv", "utf-8"]
    for record_id in v1.keys() & v2_1.keys():
        old, new = v1[record_id].public, v2_1[record_id].public
        for name in ("subject_name", "credit_code", "authority", "decision_date"):
            assert old[name] == new[name]
    assert any(view.state == "hidden" and v2_1[i].state == "published" for i, view in v1.items())


@pytest.fixture(scope="module")
def fewer(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Written]:
    return write(tmp_path_factory.mktemp("fewer"), FEWER)


@pytest.fixture(scope="module")
def newest(fewer: dict[Key, Written], tmp_path_factory: pytest.TempPathFactory) -> Views:
    with house_in(tmp_path_factory.mktemp("home")) as house:
        load(house, fewer["V2.1", "csv", "utf-8"])
        return views(house)


@pytest.fixture(scope="module")
def in_official_order(fewer: dict[Key, Written], tmp_path_factory: pytest.TempPathFactory) -> Views:
    with house_in(tmp_path_factory.mktemp("home")) as house:
        for one in fewer.values():
            load(house, one)
        return views(house)


def test_all_together_are_still_one_record_each(newest: Views, in_official_order: Views) -> None:
    assert in_official_order.keys() == newest.keys()
    # What V2.1 says counts; what only V1 can say is added.
    for record_id, view in newest.items():
        together = in_official_order[record_id].public
        said = {name: value for name, value in view.public.items() if value is not None}
        assert {n: together[n] for n in said if n != "status"} == {
            n: said[n] for n in said if n != "status"
        }


@pytest.mark.parametrize("seed", range(SHUFFLES))
def test_the_order_does_not_matter_and_a_second_time_changes_nothing(
    fewer: dict[Key, Written], in_official_order: Views, tmp_path: Path, seed: int
) -> None:
    order = list(fewer.values())
    Random(seed).shuffle(order)
    with house_in(tmp_path) as house:
        for one in order:
            load(house, one)
        assert views(house) == in_official_order

        revision = house.store.revision()
        Random(seed + 100).shuffle(order)
        for one in order:
            for report in load(house, one):
                assert report.counts["inserted"] == report.counts["updated"] == 0
        assert house.store.revision() == revision


CODE_5 = "行政相对人代码_5(居民身份证号)"


def numbers_in(written: Written) -> tuple[set[str], set[str]]:
    """代码_5 as written and plain: of persons, of organizations."""
    persons: set[str] = set()
    others: set[str] = set()
    for path in written.sources:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                number = row[CODE_5]
                plain = re.sub(r"[ -]", "", number).upper()
                own = others if row["行政相对人代码_1(统一社会信用代码)"] else persons
                own |= {number, plain} - {""}
    return persons, others


def everything_stored(house: House) -> str:
    """Every table of the store as SQL, the sealed parts too."""
    path = house.settings.home / "xincha.db"
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


def answers(house: House) -> str:
    """The raw text of all answers to what the page asks, and of rejected searches for numbers."""
    return asyncio.run(_answers(house))


async def _answers(house: House) -> str:
    texts: list[str] = []
    transport = httpx.ASGITransport(house.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
        for name, fields in FIELDS.items():
            after = None
            while True:
                query = (
                    f"query($after: Cursor) {{ {name}(first: 100, after: $after) {{ nodes {{ {fields} }} "
                    "pageInfo { hasNextPage endCursor } } }"
                )
                body = {"query": query, "variables": {"after": after}}
                answer = await client.post("/graphql", json=body)
                texts.append(answer.text)
                page = answer.json()["data"][name]["pageInfo"]
                after = page["endCursor"]
                if not page["hasNextPage"]:
                    break
    return "\n".join(texts)


FIELDS = {
    dataset.api_name: "id maskedFields " + " ".join(f.api_name for f in dataset.public_fields)
    for dataset in declared_datasets()
}


def test_code_5_of_v1_is_nowhere(written: dict[Key, Written], tmp_path: Path) -> None:
    persons, others = numbers_in(written["V1", "csv", "utf-8"])
    assert len(persons) > 40
    assert len(others) > 80
    with house_in(tmp_path) as house:
        load(house, written["V1", "csv", "utf-8"])
        bring_index_up(house, house.store.revision(), quiet=True)
        channels = {
            "store": everything_stored(house),
            "index": repr(index_contents(house)),
            "answers": answers(house),
        }
    for channel, text in channels.items():
        assert len(text) > 10_000, channel
        assert [number for number in persons | others if number in text] == [], channel
