"""A planted person goes through the whole road; every channel that somebody can read is searched."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from api.graphql.choices import countable
from records import redaction, tables
from records.finds import Find
from tests.leaks.planted_files import EVERYTHING, write_csv, write_xlsx
from tests.records.planted import (
    CARD,
    EMAIL,
    HOME,
    ID_NUMBER,
    ID_WITH_X,
    NAME,
    OLD_ID,
    PHONE,
    PLATE,
    SPELLINGS,
    traces_of,
)
from tests.support import LICENSES, PENALTIES, running_server
from xincha.cli import app
from xincha.wiring import open_house

ALL_DIGITS = re.compile(
    r"(?<!\d)" + r"\D{0,8}".join("0123456") + r"(?:\D{0,8}7(?:\D{0,8}8(?:\D{0,8}9)?)?)?"
)


class Channels:
    """Everything that was printed, logged, stored, indexed or answered, by the name of its channel."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}

    def leaks(self) -> list[tuple[str, str, str]]:
        return [
            (channel, personal, trace)
            for channel, shown in self.shown.items()
            for personal in SPELLINGS
            for trace in traces_of(personal, shown)
        ]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XINCHA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def load_planted(tmp_path: Path, channels: Channels) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for dataset in (LICENSES, PENALTIES):
        write_csv(files / f"{dataset.name}.csv", dataset)
        write_xlsx(files / f"{dataset.name}.xlsx", dataset)
    (files / "unknown.csv").write_text(
        f"{NAME},{ID_NUMBER},{PHONE}\n{EVERYTHING},,\n", encoding="utf-8"
    )
    for name, command in {
        "load": ["load", str(files)],
        "load --json": ["load", "--json", str(files)],
        "rejections": ["rejections"],
        "rejections --csv": ["rejections", "--csv", str(tmp_path / "rejections.csv")],
        "check": ["check"],
        "reindex": ["reindex"],
    }.items():
        result = CliRunner().invoke(app, command)
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        channels.shown[name] = result.output
    channels.shown["rejections file"] = (tmp_path / "rejections.csv").read_text(encoding="utf-8")


BY_CHANCE = frozenset(
    ("sealed", "id", "record_id", "natural_key", "party", "blind", "content_hash", "alias", "key", "identity",
     "checksum", "revision", "line", "source_id", "position", "loaded_at", "updated_at", "started_at",
     "finished_at", "at", "anchor", "registration_anchor", "earlier_anchor", "earlier_registration_anchor",
     "anchors", "face", "profile", "published_revision")
)  # fmt: skip
"""Ciphertext, keyed digests, numbers and times: any few digits stand there by chance. Their bytes are
searched for whole values in the database file."""


def stored() -> Iterator[tuple[str, str]]:
    """Every table without the sealed part."""
    house = open_house()
    with house.store.engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            for line in connection.execute(select(table)).mappings():
                kept = {key: value for key, value in line.items() if key not in BY_CHANCE}
                yield f"table {table.name}", json.dumps(kept, default=str, ensure_ascii=False)
    house.store.close()


QUESTIONS = [
    "{ penalties(where: {facts: {contains: %s}}) { totalCount nodes { facts } } }",
    "{ penalties(where: {documentNumber: {eq: %s}}) { totalCount nodes { documentNumber } } }",
    "{ licenses(where: {licenseNumber: {prefix: %s}}) { totalCount nodes { licenseNumber } } }",
    "{ licenses(where: {creditCode: {eq: %s}}) { totalCount } }",
    "{ licenses(where: {decisionDate: {eq: %s}}) { totalCount } }",
    "{ penalties(where: {fineAmount: {gt: %s}}) { totalCount } }",
    "{ penalties(first: %s) { totalCount } }",
    "{ penalties(after: %s) { totalCount } }",
    "{ node(id: %s) { id } }",
    "{ nodes(ids: [%s]) { id } }",
    "{ penalties(where: {nothing: %s}) { totalCount } }",
    "{ penalties(where: {status: {eq: %s}}) { totalCount } }",
    "{ penalties %s }",
    "{ penalties(where: {authority: {eq: %s}}) { facets(fields: [AUTHORITY, REGION]) { buckets { value count } } } }",
    "{ penalties(where: {facts: {contains: %s}}) { timeline { start count } } }",
    "{ penalties { facets(fields: [%s]) { field } } }",
    "{ penalties(query: %s) { totalCount edges { score node { subjectName facts } } } }",
    "{ licenses(query: %s, orderBy: {field: DECISION_DATE}) { totalCount timeline { start count } } }",
    "{ subjects(query: %s) { totalCount edges { matchedName node { name formerNames } } } }",
    "{ search(query: %s) { totalCount nodes { ... on Record { subjectName } ... on Subject { name } } } }",
    "{ suggest(prefix: %s) { text subject { name } } }",
    '{ match(queries: [{id: "1", name: %s}]) { status message candidates { matchedName } } }',
    '{ match(queries: [{id: "1", creditCode: %s}]) { status message } }',
    '{ match(queries: [{id: "1", registrationNumber: %s}]) { status message } }',
    "{ changes(after: %s) { endRevision } }",
]


async def answers(channels: Channels) -> None:
    """All records with all their fields, and questions that hold the person's own values."""
    house = open_house()
    transport = httpx.ASGITransport(house.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
        for dataset in (LICENSES, PENALTIES):
            fields = " ".join(f.api_name for f in dataset.public_fields)
            more = "maskedFields publicUntil source { provider providerCode }"
            after, shown = "", []
            while True:
                query = (
                    f"{{ {dataset.api_name}(first: 100{after}) {{ nodes {{ id {fields} {more} }} "
                    "pageInfo { endCursor hasNextPage } } }"
                )
                answer = (await client.post("/graphql", json={"query": query})).json()
                page = answer["data"][dataset.api_name]
                shown += [json.dumps(node, ensure_ascii=False) for node in page["nodes"]]
                if not page["pageInfo"]["hasNextPage"]:
                    break
                after = f', after: "{page["pageInfo"]["endCursor"]}"'
            assert len(shown) > 100
            channels.shown[f"list of {dataset.name}"] = "\n".join(shown)
            fields = " ".join(countable(dataset))
            query = (
                f"{{ {dataset.api_name} {{ facets(fields: [{fields}], size: 100) "
                "{ buckets { value label count } } timeline { start count } } }"
            )
            answer = (await client.post("/graphql", json={"query": query})).json()
            counted = answer["data"][dataset.api_name]
            assert all(facet["buckets"] for facet in counted["facets"])
            channels.shown[f"counts of {dataset.name}"] = json.dumps(counted, ensure_ascii=False)
        echoed = []
        for question in QUESTIONS:
            for value in (ID_NUMBER, OLD_ID, PHONE, CARD, NAME, EMAIL, EVERYTHING):
                query = question % json.dumps(value, ensure_ascii=False)
                for response in (
                    await client.post("/graphql", json={"query": query}),
                    await client.get("/graphql", params={"query": query}),
                ):
                    assert "INTERNAL" not in response.text
                    echoed.append(response.text.encode().decode("unicode_escape", "ignore"))
                    echoed.append(response.text)
        channels.shown["answers to questions"] = "\n".join(echoed)
        channels.shown["changes"] = await all_changes(client)
        pages = [
            await client.get(path)
            for path in ("/", "/schema.graphql", f"/{ID_NUMBER}", f"/records/{PHONE}")
        ]
        channels.shown["pages"] = "\n".join(page.text for page in pages)
    house.store.close()


async def all_changes(client: httpx.AsyncClient) -> str:
    """The change feed from the beginning on."""
    after, shown = "0", ""
    while True:
        query = (
            f'{{ changes(after: "{after}") {{ endRevision hasNextPage nodes {{ node {{ '
            "... on Record { subjectName documentNumber } ... on Penalty { facts } } } } }"
        )
        answer = (await client.post("/graphql", json={"query": query})).json()
        page = answer["data"]["changes"]
        shown += json.dumps(page["nodes"], ensure_ascii=False)
        after = page["endRevision"]
        if not page["hasNextPage"]:
            return shown


def everything(tmp_path: Path, home: Path, caplog: pytest.LogCaptureFixture) -> Channels:
    channels = Channels()
    caplog.set_level(logging.DEBUG)
    for other in ("httpx", "httpcore", "filelock"):
        # The test's own client logs what it asks; locks log memory addresses, digits by chance.
        caplog.set_level(logging.WARNING, other)
    load_planted(tmp_path, channels)
    channels.shown.update(_merged(stored()))
    asyncio.run(answers(channels))
    channels.shown["log at DEBUG"] = caplog.text
    files = [path.read_bytes() for path in (home / "index").rglob("*") if path.is_file()]
    channels.shown["index"] = "\n".join(_without_public_digits(content) for content in files)
    return channels


def _without_public_digits(content: bytes) -> str:
    """The engine's files hold tables of all ASCII characters, and the county's code beside any byte.

    Other bytes may stand between the digits of a table; within a number they would follow a digit.
    Of a number that begins with the code the rest would still be found.
    """
    return ALL_DIGITS.sub("", content.decode("utf-8", "ignore")).replace(ID_NUMBER[:6], "县")


def _merged(lines: Iterator[tuple[str, str]]) -> dict[str, str]:
    merged: dict[str, list[str]] = {}
    for channel, line in lines:
        merged.setdefault(channel, []).append(line)
    return {channel: "\n".join(lines) for channel, lines in merged.items()}


def test_the_planted_person_is_found_nowhere(
    tmp_path: Path, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    channels = everything(tmp_path, home, caplog)

    assert sorted(set(channels.leaks()))[:5] == []
    assert {"table records", "index", "log at DEBUG", "list of penalties", "rejections"} <= set(
        channels.shown
    )
    assert "BAD_DATE" in channels.shown["rejections"]
    assert b"xincha" not in (home / "vault.key").read_bytes()


def test_the_whole_database_file_holds_no_clear_value(tmp_path: Path, home: Path) -> None:
    load_planted(tmp_path, Channels())

    for path in home.glob("xincha.db*"):
        content = path.read_bytes()
        for value in (ID_NUMBER, ID_WITH_X, OLD_ID, PHONE, CARD, EMAIL, NAME, HOME, PLATE):
            assert value.encode() not in content


def test_a_server_at_debug_level_logs_no_query(tmp_path: Path, home: Path) -> None:
    load_planted(tmp_path, Channels())
    log = tmp_path / "server.log"

    with (
        running_server({"XINCHA_HOME": str(home)}, "--log-level", "debug", log=log) as address,
        httpx.Client(base_url=address) as client,
    ):
        for value in (ID_NUMBER, PHONE, CARD, NAME, EMAIL):
            for question in QUESTIONS:
                query = question % json.dumps(value, ensure_ascii=False)
                client.get("/graphql", params={"query": query})
                client.post("/graphql", json={"query": query})
            client.get(f"/{value}", params={"q": value})

    shown = log.read_text(encoding="utf-8")
    assert "GET /graphql 200" in shown
    for written in (shown, unquote(shown)):
        assert [trace for personal in SPELLINGS for trace in traces_of(personal, written)] == []


def _nothing(*_: object) -> list[Find]:
    return []


@pytest.mark.parametrize(
    "finder", ["find_numbers", "find_plates", "find_emails", "find_places", "_recurring"]
)
def test_the_search_goes_red_when_one_mask_is_switched_off(
    finder: str,
    tmp_path: Path,
    home: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(redaction, finder, _nothing)

    channels = everything(tmp_path, home, caplog)

    leaking = {channel for channel, _, _ in channels.leaks()}
    assert {"table records", "index", "list of penalties"} <= leaking
