"""A planted person goes through the whole road; every channel that somebody can read is searched."""

from __future__ import annotations

import asyncio
import csv
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import openpyxl
import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from records import redaction
from records.dataset import Dataset
from records.finds import Find
from records.vocabulary import PersonalData
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
from tests.support import COMPANY_CODE, LICENSES, PENALTIES, running_server
from xincha.cli import app
from xincha.wiring import open_house

ALL_DIGITS = re.compile(r"\W*".join("0123456789"))
EVERYTHING = f"{NAME}，{ID_NUMBER}，{PHONE}，{CARD}，住{HOME}，{PLATE}，{EMAIL}"


def row(dataset: Dataset, number: int, **cells: str) -> dict[str, str]:
    """A good row of a company by field name, changed by `cells`."""
    base = {
        "subject_name": "伊川县青禾食品有限公司",
        "subject_category": "法人及非法人组织",
        "credit_code": COMPANY_CODE,
        "legal_representative": NAME,
        "legal_representative_id_type": "身份证",
        "legal_representative_id_number": ID_NUMBER,
        "document_name": "食品经营许可决定书",
        "document_number": f"伊市监〔2026〕{number}0号",
        "category": "普通",
        "categories": "罚款",
        "violation": "经营超过保质期的食品",
        "facts": "经查，当事人销售超过保质期的面包十二袋。",
        "legal_basis": "《中华人民共和国食品安全法》第一百二十四条",
        "content": "罚款人民币贰万元整。",
        "fine_amount": "2",
        "decision_date": "2026/09/01",
        "valid_from": "2026/09/01",
        "valid_until": "2031/08/31",
        "authority": "伊川县市场监督管理局",
        "authority_code": "11410329005376117P",
        "status": "1",
        "provider": "伊川县市场监督管理局",
        "provider_code": "11410329005376117P",
    }
    known = {field.name for field in dataset.fields}
    return {name: value for name, value in (base | cells).items() if name in known}


def person(dataset: Dataset, number: int, **cells: str) -> dict[str, str]:
    own = {
        "subject_name": NAME,
        "subject_category": "自然人",
        "credit_code": "",
        "legal_representative": "",
        "legal_representative_id_type": "",
        "legal_representative_id_number": "",
        "person_id_type": "身份证",
        "person_id_number": ID_NUMBER,
    }
    return row(dataset, number, **(own | cells))


def planted_rows(dataset: Dataset) -> list[dict[str, str]]:
    """Rows that become records, and rows that are rejected, with the person everywhere."""
    texts = [
        f.name for f in dataset.public_fields if f.personal is PersonalData.FREE_TEXT and f.columns
    ]
    numbers = iter(range(1_000, 10_000))
    rows = [
        person(dataset, next(numbers), tax_number=f"{ID_NUMBER}01", license_number=ID_NUMBER),
        person(dataset, next(numbers), license_number=f"T{ID_NUMBER}", person_id_number=ID_WITH_X),
        person(dataset, next(numbers), document_number=ID_NUMBER, person_id_number=OLD_ID),
        person(dataset, next(numbers), subject_category="", registration_number=OLD_ID),
        row(dataset, next(numbers), subject_name=NAME, subject_category="个体工商户",
            credit_code="92410329MA0000005A"),
        row(dataset, next(numbers), tax_number=ID_NUMBER, registration_number=OLD_ID,
            license_number=ID_WITH_X),
        row(dataset, next(numbers), authority=f"伊川县公安局（{PHONE}）", provider=f"大队 {ID_NUMBER}"),
    ]  # fmt: skip
    for spellings in SPELLINGS.values():
        for spelling in spellings:
            cells = dict.fromkeys(texts, f"经查，{spelling}，违法。")
            rows.append(row(dataset, next(numbers), **cells))
            rows.append(person(dataset, next(numbers), **cells))
    for name in (f.name for f in dataset.fields if f.columns):
        # Wrong in one column, with the person's values shifted into another.
        wrong = {"decision_date": "2026/13/45"}
        rows.append(person(dataset, next(numbers), **(wrong | {name: EVERYTHING})))
        rows.append(row(dataset, next(numbers), **({"decision_date": ID_NUMBER} | {name: PHONE})))
        rows.append(row(dataset, next(numbers), **({"credit_code": ID_NUMBER} | {name: CARD})))
    return rows


def headers(dataset: Dataset) -> dict[str, str]:
    return {field.name: column.header for field, column in dataset.columns_of("V2.1")}


def write_csv(path: Path, dataset: Dataset) -> None:
    columns = headers(dataset)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore", restval="")
        writer.writerow(columns)
        writer.writerows(planted_rows(dataset))


def write_xlsx(path: Path, dataset: Dataset) -> None:
    columns = headers(dataset)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append([f"报送人：{EVERYTHING}"])
    sheet.append([*columns.values(), f"经办人{PHONE}"])
    for planted in planted_rows(dataset):
        sheet.append([planted.get(name, "") for name in columns])
    book.save(path)


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
     "finished_at", "at")
)  # fmt: skip
"""Ciphertext, keyed digests, numbers and times: any few digits stand there by chance. Their bytes are
searched for whole values in the database file."""


def stored() -> Iterator[tuple[str, str]]:
    """Every table without the sealed part."""
    house = open_house()
    with house.store.engine.connect() as connection:
        for table in ("sources", "records", "rejections", "journal", "authorities", "meta"):
            for line in connection.execute(text(f"SELECT * FROM {table}")).mappings():  # noqa: S608
                kept = {key: value for key, value in line.items() if key not in BY_CHANCE}
                yield f"table {table}", json.dumps(kept, default=str, ensure_ascii=False)
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
]


async def answers(channels: Channels) -> None:
    """All records with all their fields, and questions that hold the person's own values."""
    house = open_house()
    transport = httpx.ASGITransport(house.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
        for dataset in house.datasets:
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
        pages = [
            await client.get(path)
            for path in ("/", "/schema.graphql", f"/{ID_NUMBER}", f"/records/{PHONE}")
        ]
        channels.shown["pages"] = "\n".join(page.text for page in pages)
    house.store.close()


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
    # The engine's files hold all ASCII characters in a row, the digits among them.
    channels.shown["index"] = "\n".join(
        ALL_DIGITS.sub("", content.decode("utf-8", "ignore")) for content in files
    )
    return channels


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
