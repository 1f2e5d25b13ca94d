from __future__ import annotations

import threading
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError

from records import tables
from records.database import connect, migrate
from records.errors import KeyMismatch, StoreError
from records.keys import KeyRing
from records.store import Store, next_revision
from tests.cluster.postgres import PostgresServer
from tests.support import StillClock


@pytest.fixture
def address(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database without tables."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path / 'x.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.create(f"database_{uuid4().hex}")


def test_the_migrations_make_exactly_the_declared_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference = compare_metadata(context, tables.metadata)

    assert difference == []


def test_migrating_twice_and_at_once_is_harmless(address: str) -> None:
    engine = connect(address)
    threads = [threading.Thread(target=migrate, args=(engine,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    migrate(engine)

    assert "records" in inspect(engine).get_table_names()
    with engine.connect() as connection:
        assert connection.scalars(select(tables.revision_counter.c.value)).all() == [0]
    engine.dispose()


def test_writers_wait_for_each_other_instead_of_failing(store: Store) -> None:
    def write() -> None:
        for _ in range(25):
            with store.writing() as connection:
                next_revision(connection)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.revision() == 100


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "nosuch://host/x",
        "sqlite:////no/such/folder/x.db",
        "postgresql+psycopg://u:hush@127.0.0.1:1/x",
    ],
)
def test_an_unusable_database_is_a_clear_error(url: str, keys: KeyRing, clock: StillClock) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(url, keys, clock)

    assert caught.value.suggestion
    assert "hush" not in f"{caught.value} {caught.value.suggestion}"


def test_a_wrong_key_is_noticed_at_start(address: str, keys: KeyRing, clock: StillClock) -> None:
    Store.open(address, keys, clock).close()

    for wrong in (KeyRing(bytes(32), keys.vault), KeyRing(keys.secret, bytes(32))):
        with pytest.raises(KeyMismatch):
            Store.open(address, wrong, clock)
    Store.open(address, KeyRing(keys.secret), clock).close()


def test_a_new_store_is_opened_by_several_at_once(
    address: str, keys: KeyRing, clock: StillClock
) -> None:
    Store.connect(address, clock).close()
    ready, failures = threading.Barrier(8), []

    def open_it() -> None:
        ready.wait()
        try:
            Store.open(address, keys, clock).close()
        except SQLAlchemyError as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures


def test_a_known_store_is_opened_while_somebody_writes_to_it(
    address: str, keys: KeyRing, clock: StillClock
) -> None:
    writer = Store.open(address, keys, clock)
    opened = threading.Event()

    def open_beside() -> None:
        Store.open(address, keys, clock).close()
        opened.set()

    with writer.writing():
        beside = threading.Thread(target=open_beside)
        beside.start()
        assert opened.wait(5)
    beside.join()
    writer.close()
