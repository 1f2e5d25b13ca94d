"""Synthetic lists come through the door as the generator says: counts, content, publicity, nothing personal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

import pytest
from sqlalchemy import select

from loaders.pipeline import FileReport, LoadOptions
from records import tables
from records.clock import today
from records.sources import rejections
from tests.support import DATASETS, StillClock
from xincha.commands.data import load_files
from xincha.settings import Settings
from xincha.synthetic import Manifest, generate
from xincha.synthetic.lists import LISTS
from xincha.synthetic.writers import Format
from xincha.wiring import House, open_house

ENTRIES = DATASETS["list_entries"]
ROWS = 400


class Expectation(TypedDict):
    file: str
    line: int
    outcome: str
    reasons: list[str]
    expected: dict[str, object]
    planted: list[str]


@dataclass(frozen=True)
class Kept:
    """What the store has of one row."""

    state: str
    view: Mapping[str, object]
    text: str


@dataclass(frozen=True)
class Loaded:
    manifest: Manifest
    reports: list[FileReport]
    again: list[FileReport]
    expectations: list[Expectation]
    kept: Mapping[tuple[str, int], Kept]
    rejected: Mapping[tuple[str, int], list[str]]


@pytest.fixture(scope="module", params=["csv", "xlsx", "xml"])
def loaded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    folder = tmp_path_factory.mktemp("files")
    house = open_house(Settings.load(home=tmp_path_factory.mktemp("home")), StillClock())
    manifest = generate(
        folder, datasets=house.datasets, licenses=0, penalties=0, listed=ROWS, subjects=150,
        seed=9, today=today(house.clock), format=cast("Format", request.param), dirty_share=0.1,
    )  # fmt: skip
    reports = load_files([folder], house, LoadOptions())
    again = load_files([folder], house, LoadOptions())
    text = (folder / "expected.jsonl").read_text(encoding="utf-8")
    yield Loaded(
        manifest,
        reports,
        again,
        [cast("Expectation", json.loads(line)) for line in text.splitlines()],
        dict(kept(house)),
        refused(house),
    )
    house.store.close()


def kept(house: House) -> Iterator[tuple[tuple[str, int], Kept]]:
    records, sources = tables.records, tables.sources
    query = select(
        sources.c.name, records.c.line, records.c.state, records.c.public, records.c.subject_kind,
        records.c.public_from, records.c.public_until,
    ).join(sources, sources.c.id == records.c.source_id)  # fmt: skip
    names = {field.name: field.api_name for field in ENTRIES.fields}
    with house.store.engine.connect() as connection:
        for row in connection.execute(query):
            public = row.public if isinstance(row.public, dict) else json.loads(str(row.public))
            view = {names[name]: value for name, value in public.items()}
            view |= {
                "subjectKind": row.subject_kind,
                "publicFrom": row.public_from.isoformat(),
                "publicUntil": row.public_until and row.public_until.isoformat(),
            }
            yield (
                (row.name, row.line),
                Kept(row.state, view, json.dumps(public, ensure_ascii=False)),
            )


def refused(house: House) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    for row in rejections(house.store):
        found.setdefault((str(row["file"]), cast("int", row["line"])), []).append(str(row["code"]))
    return found


def place(expectation: Expectation) -> tuple[str, int]:
    return expectation["file"], expectation["line"]


def test_every_list_has_a_file_that_is_recognized_by_its_headers(loaded: Loaded) -> None:
    assert {report.templates[0] for report in loaded.reports} == set(LISTS)
    assert all(report.refused is None for report in loaded.reports)


def test_counts_are_those_of_the_manifest(loaded: Loaded) -> None:
    written = {file.name: (file.rows, file.rows - file.records) for file in loaded.manifest.files}
    read = {r.file: (r.counts["read"], r.counts["rejected"]) for r in loaded.reports}
    assert read == written
    assert sum(rows for rows, _ in written.values()) == ROWS


def test_the_same_files_again_change_nothing(loaded: Loaded) -> None:
    assert all(not r.counts["inserted"] and not r.counts["updated"] for r in loaded.again)


def test_rows_with_a_defect_are_rejected_with_its_code(loaded: Loaded) -> None:
    wanted = {place(e): e["reasons"] for e in loaded.expectations if e["outcome"] == "rejected"}
    assert loaded.rejected == wanted
    assert len({code for codes in wanted.values() for code in codes}) == 4


def test_what_is_shown_is_what_was_meant(loaded: Loaded) -> None:
    for expectation in loaded.expectations:
        if expectation["outcome"] == "rejected":
            continue
        found = loaded.kept[place(expectation)]
        view = {name: found.view.get(name) for name in expectation["expected"]}
        assert view == expectation["expected"], place(expectation)


def test_what_may_not_be_shown_is_not(loaded: Loaded) -> None:
    outcomes = {"visible": {"published"}, "hidden": {"hidden", "ended"}}
    seen = set()
    for expectation in loaded.expectations:
        if expectation["outcome"] != "rejected":
            state = loaded.kept[place(expectation)].state
            assert state in outcomes[expectation["outcome"]], place(expectation)
            seen.add(state)
    assert seen == {"published", "hidden", "ended"}


def test_nothing_personal_is_in_any_view(loaded: Loaded) -> None:
    for expectation in loaded.expectations:
        if expectation["outcome"] != "rejected":
            text = loaded.kept[place(expectation)].text
            assert not [value for value in expectation["planted"] if value in text]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        manifest = generate(
            tmp_path / name, datasets=[ENTRIES], licenses=0, penalties=0, listed=40, subjects=9,
            seed=3, today=today(StillClock()), format="csv",
        )  # fmt: skip
        made.append([(file.name, file.sha256) for file in manifest.files])
    assert made[0] == made[1]
