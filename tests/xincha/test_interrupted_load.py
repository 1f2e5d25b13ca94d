"""A load that is killed, raced or run beside a server ends like an undisturbed one."""

from __future__ import annotations

import base64
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator, Sized
from datetime import date
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from records import tables
from records.datasets import declared_datasets
from records.keys import KeyRing
from records.sealed import unpack
from records.vault import Vault
from tests.support import XINCHA, index_contents, running_server
from xincha.settings import Settings
from xincha.synthetic import generate
from xincha.wiring import House, open_house

KILLS = 20
SECRET, VAULT = bytes(range(32)), bytes(range(32, 64))
KEYS = {
    "XINCHA_SECRET_KEY": base64.b64encode(SECRET).decode(),
    "XINCHA_VAULT_KEY": base64.b64encode(VAULT).decode(),
}


State = dict[str, Sized]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    generate(
        folder,
        datasets=declared_datasets(),
        subjects=300,
        licenses=3500,
        penalties=3500,
        seed=7,
        format="csv",
        dirty_share=0.05,
        today=date(2026, 11, 20),
    )
    return folder


@pytest.fixture(scope="module")
def undisturbed(files: Path, tmp_path_factory: pytest.TempPathFactory) -> State:
    home = tmp_path_factory.mktemp("undisturbed")
    process = load(home, files)
    process.communicate()
    assert process.returncode == 3
    return end_state(home)


def load(home: Path, *paths: Path, jobs: int = 1) -> subprocess.Popen[bytes]:
    command = [XINCHA, "load", "--json", "--jobs", str(jobs), *map(str, paths)]
    environment = os.environ | KEYS | {"XINCHA_HOME": str(home)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def opened(home: Path) -> House:
    return open_house(
        Settings(
            home=home,
            secret_key=KEYS["XINCHA_SECRET_KEY"],
            vault_key=KEYS["XINCHA_VAULT_KEY"],
            _env_file=None,
        )
    )


def end_state(home: Path) -> State:
    """Everything that two equal loads must agree on: no times, revisions or numbers of sources."""
    house = opened(home)
    vault = Vault(KeyRing(SECRET, VAULT))
    moments = {"loaded_at", "updated_at", "revision", "published_revision"}
    volatile = moments | {"sealed", "source_id"}
    with house.store.engine.connect() as connection:
        records = {
            row["id"]: (
                {k: str(v) for k, v in row.items() if k not in volatile},
                {
                    template: (copy.line, copy.row)
                    for template, copy in unpack(vault.open(row["id"], row["sealed"])).items()
                },
            )
            for row in connection.execute(select(tables.records)).mappings()
        }
        rejections = sorted(
            (row.line, row.field, row.code, row.value)
            for row in connection.execute(select(tables.rejections))
        )
        counts = sorted(
            (row.dataset, sorted(row.counts["counts"].items()), row.status)
            for row in connection.execute(select(tables.sources))
        )
    visible = {key for key, (row, _) in records.items() if row["state"] == "published"}
    contents = index_contents(house)
    house.store.close()
    assert set(contents) == visible
    return {"records": records, "rejections": rejections, "counts": counts, "index": contents}


def without(names: set[str], state: State) -> State:
    return {name: part for name, part in state.items() if name not in names}


def test_killed_at_twenty_moments_and_run_again_ends_like_undisturbed(
    files: Path, undisturbed: State, tmp_path: Path
) -> None:
    rng = random.Random(20)
    killed = 0
    for _ in range(KILLS * 3):
        process = load(tmp_path, files, jobs=1 + killed % 2)
        time.sleep(rng.uniform(0.6, 2.5))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        if killed == KILLS:
            break

    last = load(tmp_path, files, jobs=2)
    _, errors = last.communicate(timeout=120)

    assert last.returncode == 3, errors.decode()
    # The last pass counts rows of an earlier one as unchanged; everything else must be equal.
    uncounted = {"counts"}
    assert without(uncounted, end_state(tmp_path)) == without(uncounted, undisturbed)
    assert killed == KILLS


def test_two_loads_of_the_same_files_at_once(
    files: Path, undisturbed: State, tmp_path: Path
) -> None:
    pair = [load(tmp_path, files), load(tmp_path, files)]
    errors = [process.communicate(timeout=180)[1].decode() for process in pair]

    assert [process.returncode for process in pair] == [3, 3], errors
    uncounted = {"counts"}
    assert without(uncounted, end_state(tmp_path)) == without(uncounted, undisturbed)


def test_two_loads_of_different_files_at_once(
    files: Path, undisturbed: State, tmp_path: Path
) -> None:
    pair = [load(tmp_path, file) for file in sorted(files.glob("*.csv"))]
    errors = [process.communicate(timeout=180)[1].decode() for process in pair]

    assert {process.returncode for process in pair} == {3}, errors
    assert end_state(tmp_path) == undisturbed


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with running_server(KEYS | {"XINCHA_HOME": str(tmp_path)}) as address:
        yield address


def test_a_load_beside_a_running_server_is_served_when_the_command_returns(
    files: Path, undisturbed: State, tmp_path: Path, server: str
) -> None:
    query = {"query": "{ service { datasets { count } } }"}
    before = httpx.post(f"{server}/graphql", json=query).json()["data"]["service"]["datasets"]
    assert {dataset["count"] for dataset in before} == {0}

    process = load(tmp_path, files)
    _, errors = process.communicate(timeout=180)

    assert process.returncode == 3, errors.decode()
    time.sleep(1)
    answer = httpx.post(f"{server}/graphql", json=query).json()["data"]["service"]["datasets"]
    assert sum(d["count"] for d in answer) == len(undisturbed["index"])
    assert end_state(tmp_path) == undisturbed
