"""An installation of xincha as an operator has it: settings, commands and a server in processes of their own."""

from __future__ import annotations

import base64
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import httpx

from records.clock import system_clock, today
from tests.cluster.elasticsearch_cluster import ElasticsearchCluster
from tests.cluster.loading import KEYS
from tests.support import DATASETS, XINCHA, running_server
from xincha.checks import check_lag, check_records
from xincha.settings import Settings
from xincha.synthetic import generate
from xincha.wiring import House, open_house

T = TypeVar("T")

_COMMAND_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    code: int
    output: str
    errors: str
    seconds: float


@dataclass(frozen=True)
class Installation:
    """A HOME, the settings of its search engine by their names, and its store ("": SQLite in HOME)."""

    home: Path
    search: Mapping[str, str] = field(default_factory=dict)
    store: str = ""

    def environment(self) -> dict[str, str]:
        """What its processes read their settings from."""
        return {
            "XINCHA_SECRET_KEY": base64.b64encode(KEYS.secret).decode(),
            "XINCHA_VAULT_KEY": base64.b64encode(KEYS.require_vault()).decode(),
            "XINCHA_HOME": str(self.home),
            "XINCHA_DATABASE_URL": self.store,
            "XINCHA_SEARCH_URL": "tantivy:",
            **self.search,
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A command in a process of its own."""
        return subprocess.Popen(
            [XINCHA, *arguments],
            env=os.environ | self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> Outcome:
        """A command from its start to its end."""
        return ended(self.start(*arguments))

    @contextmanager
    def serving(self, *options: str) -> Iterator[str]:
        """`xincha serve`; yields its address. What it logs is appended to `log`."""
        with running_server(self.environment(), *options, log=self.log) as address:
            yield address

    @property
    def log(self) -> Path:
        """What the server said when it ran last."""
        return self.home.with_suffix(".log")

    @contextmanager
    def house(self) -> Iterator[House]:
        """The same installation in this process."""
        settings = Settings.load(
            home=self.home,
            database_url=self.store,
            search_url=self.search.get("XINCHA_SEARCH_URL", "tantivy:"),
            search_ca=self.search.get("XINCHA_SEARCH_CA") or None,
            search_index=self.search.get("XINCHA_SEARCH_INDEX", ""),
            secret_key=self.environment()["XINCHA_SECRET_KEY"],
            vault_key=self.environment()["XINCHA_VAULT_KEY"],
        )
        opened = open_house(settings, system_clock)
        try:
            yield opened
        finally:
            opened.store.close()

    def revision(self) -> int:
        """Of the store."""
        with self.house() as house:
            return house.store.revision()

    def await_index(self, seconds: float = 60) -> float:
        """Return when the index is at the store's revision and equal to it; seconds waited."""
        began = time.monotonic()
        with self.house() as house:
            eventually(lambda: check_lag(house).good, seconds, lambda: check_lag(house).text)
            waited = time.monotonic() - began
            # A node that hung may answer with what it had until it hears that it was left behind.
            eventually(
                lambda: check_records(house).good, seconds, lambda: check_records(house).text
            )
        return waited


def on_cluster(
    home: Path, cluster: ElasticsearchCluster, index: str, store: str = ""
) -> Installation:
    """An installation on a secured cluster; `index` begins the names of its indexes."""
    search = {
        "XINCHA_SEARCH_URL": cluster.url,
        "XINCHA_SEARCH_CA": str(cluster.ca),
        "XINCHA_SEARCH_INDEX": index,
    }
    return Installation(home, search, store)


def ended(process: subprocess.Popen[str]) -> Outcome:
    """Wait for a command."""
    began = time.monotonic()
    output, errors = process.communicate(timeout=_COMMAND_SECONDS)
    return Outcome(process.returncode, output, errors, time.monotonic() - began)


def rows(folder: Path, count: int, seed: int, files: int = 1) -> Path:
    """A folder of synthetic official files with so many clean rows together."""
    for number in range(files):
        generate(
            folder / str(number),
            datasets=tuple(DATASETS.values()),
            licenses=count // files // 2,
            penalties=count // files // 2,
            subjects=count // files,
            seed=1000 * seed + number,
            template="V2.1",
            format="csv",
            dirty_share=0,
            today=today(system_clock),
        )
        # Loads say which files they did not read.
        for name in ("manifest.json", "expected.jsonl"):
            (folder / str(number) / name).unlink()
    return folder


def eventually(
    holds: Callable[[], bool], seconds: float, problem: Callable[[], str] = lambda: "it never came"
) -> float:
    """Return when something holds; seconds waited."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, problem()
        time.sleep(0.1)
    return time.monotonic() - began


def assert_each_once(installation: Installation, contents: httpx.Client) -> int:
    """The cluster itself holds each visible record once; how many there are.

    And once each subject, and what stands for a record that is not visible any more, and nothing else that can
    be listed. Asks the cluster past the product's own reader.
    """
    alias = f"{installation.search['XINCHA_SEARCH_INDEX']}-records"
    found: list[str] = []
    after: list[str] = []
    while True:
        listed = {"bool": {"must_not": {"term": {"dataset": "statistics"}}}}
        request = {"query": listed, "size": 5_000, "sort": ["id"], "_source": ["stored.id"]}
        answer = contents.post(
            f"/{alias}/_search", json=request | ({"search_after": after} if after else {})
        )
        hits = answer.raise_for_status().json()["hits"]["hits"]
        if not hits:
            break
        found += [hit["_source"]["stored"]["id"] for hit in hits]
        after = hits[-1]["sort"]
    with installation.house() as house:
        changes = house.store.changes(0, 1_000_000)
    records = [r.id for r in changes.records if r.visible or r.published_revision]
    assert Counter(found) == Counter([*records, *(s.id for s in changes.subjects if s.exists)])
    return sum(r.visible for r in changes.records)
