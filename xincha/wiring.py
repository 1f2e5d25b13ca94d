"""Who gets what: the one place where settings become objects."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from records.clock import Clock, system_clock
from records.datasets import declared_datasets
from records.fields import Dataset
from records.intake import Intake
from records.keys import KeyRing
from records.store import Store
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
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    # SQLite makes its files with the process's mask; HOME itself stays closed to others.
    os.umask(0o077)
    keys = settings.keys(create=True)
    store = Store.open(settings.database(), keys, clock)
    return House(settings, clock, keys, store, declared_datasets())
