"""Who gets what: the one place where settings become objects."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from starlette.types import ASGIApp

from api.app import create_app
from api.config import ApiConfig
from records.anchoring import anchor_records
from records.clock import Clock, system_clock
from records.dataset import Dataset
from records.datasets import declared_datasets
from records.errors import XinchaError
from records.intake import Intake
from records.keys import KeyRing
from records.store import Store
from records.turns import sole_writer
from search.elasticsearch_engine import (
    Cluster,
    elasticsearch_engine,
    elasticsearch_generations,
)
from search.engine import Engine, Generations
from search.follower import Follower
from search.hiding import WithoutNaturalPersons
from search.remembering import RememberingEngine
from search.tantivy_engine import tantivy_engine, tantivy_generations
from xincha import __version__
from xincha.settings import Settings


@dataclass(frozen=True)
class House:
    """Everything a command needs, opened once."""

    settings: Settings
    clock: Clock
    keys: KeyRing
    store: Store
    datasets: tuple[Dataset, ...]

    @property
    def intake(self) -> Intake:
        """For taking rows in; needs the vault key."""
        return Intake(
            store=self.store,
            keys=self.keys,
            publish_legal_representatives=self.settings.publish_legal_representatives,
            hide_natural_persons=self.settings.natural_persons == "hidden",
        )

    @cached_property
    def follower(self) -> Follower:
        """Brings the index to the store."""
        return Follower(self.store, self._generations(), self.datasets, self.clock)

    def _cluster(self) -> Cluster | None:
        cluster = self.settings.cluster()
        # Who has the same key has the same store: it is checked when the store is opened.
        return cluster and replace(cluster, owner=self.keys.fingerprints()["secret"])

    def _generations(self) -> Generations:
        cluster = self._cluster()
        if cluster is None:
            return tantivy_generations(self.index_home, self.datasets)
        name = f"index-{cluster.index}"
        return elasticsearch_generations(
            cluster,
            self.datasets,
            lambda timeout: sole_writer(self.store, self.lock_folder, name, timeout),
        )

    def engine(self) -> Engine:
        """A reader of the index, under the installation's policy; it counts once a commit."""
        cluster = self._cluster()
        engine: Engine = (
            tantivy_engine(self.index_home, self.datasets)
            if cluster is None
            else elasticsearch_engine(cluster, self.datasets)
        )
        hidden = self.settings.natural_persons == "hidden"
        return RememberingEngine(WithoutNaturalPersons(engine) if hidden else engine)

    def application(self) -> ASGIApp:
        """The API over the live index."""
        config = ApiConfig(
            datasets=self.datasets,
            region=self.settings.region,
            version=__version__,
            cursor_key=self.keys.cursor_key,
            clock=self.clock,
            readiness=self._store_answers,
        )
        return create_app(config, self.engine())

    async def _store_answers(self) -> None:
        await asyncio.to_thread(self.store.revision)

    @property
    def index_home(self) -> Path:
        """Where the embedded index keeps its generations."""
        return self.settings.home / "index"

    @property
    def lock_folder(self) -> Path:
        """Locks between processes of this machine."""
        return self.settings.home / "locks"


def open_house(settings: Settings | None = None, clock: Clock = system_clock) -> House:
    """Open the store and the secrets, making them on first use.

    Raises SettingsError, StoreError or KeyMismatch.
    """
    settings = settings or Settings.load()
    # SQLite makes its files with the process's mask; HOME itself stays closed to others.
    os.umask(0o077)
    settings.make_home()
    store = Store.connect(settings.database(), clock)
    try:
        # A lost key must be restored from the backup: a new one in its place would open nothing.
        keys = settings.keys(create=not store.knows_keys())
        store.check_keys(keys)
        datasets = declared_datasets()
        if keys.vault is not None:
            anchor_records(store, keys, datasets)
    except XinchaError:
        store.close()
        raise
    return House(settings, clock, keys, store, datasets)
