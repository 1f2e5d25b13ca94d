"""PostgreSQL as the store itself: whole files, machines that share it, and its password.

What the store does with single records is tested on either database in tests/records and tests/loaders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from loaders.pipeline import LoadOptions, load_file
from records.clock import system_clock
from records.datasets import declared_datasets
from records.intake import Intake
from records.store import Store
from tests.cluster.loading import KEYS, started
from tests.cluster.postgres import PostgresServer
from tests.loaders.sql_tables import ALL, contents, make_table, numbered
from tests.support import StillClock
from xincha.synthetic import generate


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    generate(
        folder,
        datasets=declared_datasets(),
        subjects=60,
        licenses=300,
        penalties=1200,
        seed=9,
        format="csv",
        dirty_share=0.05,
        today=date(2026, 11, 20),
    )
    return sorted(folder.glob("*.csv"))


@pytest.fixture
def address(postgres: PostgresServer, request: pytest.FixtureRequest) -> str:
    return postgres.create(f"store_{request.node.name}"[:60])


@pytest.fixture
def timely(tmp_path: Path) -> Iterator[Store]:
    """A store on SQLite that lives on the day on which processes of their own load."""
    opened = Store.open(f"sqlite:///{tmp_path / 'timely.db'}", KEYS, system_clock)
    yield opened
    opened.close()


@pytest.fixture
def pg_store(address: str, clock: StillClock) -> Iterator[Store]:
    opened = Store.open(address, KEYS, clock)
    yield opened
    opened.close()


def load_all(store: Store, files: list[Path]) -> Mapping[str, int]:
    intake, counts = Intake(store, KEYS), {"read": 0}
    for file in files:
        report = load_file(file, intake, ALL, LoadOptions())
        assert report.refused is None
        for name, number in report.counts.items():
            counts[name] = counts.get(name, 0) + number
    return counts


def test_the_same_files_give_the_same_records_as_on_sqlite(
    files: list[Path], pg_store: Store, store: Store
) -> None:
    assert load_all(pg_store, files) == load_all(store, files)
    assert contents(pg_store) == contents(store)


def test_loading_again_changes_nothing(files: list[Path], pg_store: Store) -> None:
    first, revision = load_all(pg_store, files), pg_store.revision()

    again = load_all(pg_store, files)

    assert again["unchanged"] == first["read"] - first["rejected"]
    assert pg_store.revision() == revision


def test_two_loads_at_once_from_two_machines(
    files: list[Path], address: str, tmp_path: Path, pg_store: Store, timely: Store
) -> None:
    load_all(timely, files)
    names = [str(file) for file in files]
    pair = [started(tmp_path / home, address, *names) for home in ("one", "two")]
    told = [process.communicate(timeout=120) for process in pair]

    assert [process.returncode for process in pair] == [3, 3], told
    assert contents(pg_store) == contents(timely)


@pytest.mark.parametrize(("change", "code"), [("", 3), ("wrong", 1)])
def test_the_password_of_a_table_stands_nowhere(
    address: str, tmp_path: Path, change: str, code: int
) -> None:
    make_table(address, "xzcf", [numbered(1, "2026/09/01"), numbered(2, None, CF_JDRQ="x")])
    given = address.replace("s3cret", f"s3cret{change}")
    process = started(tmp_path / "home", "", f"{given}#xzcf", "--updated-column", "SJC")
    output, errors = process.communicate(timeout=60)

    assert process.returncode == code, errors
    assert json.loads(output)["file"].startswith("postgresql://127.0.0.1:")
    written = [p.read_bytes() for p in (tmp_path / "home").rglob("*") if p.is_file()]
    for text in (output.encode(), errors.encode(), *written):
        assert b"s3cret" not in text
