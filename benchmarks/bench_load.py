"""How fast official files go through the door into the store, and into the index."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measurement import Measurement, stopwatch
from loaders.pipeline import LoadOptions, load_file
from records.clock import system_clock, today
from xincha.indexing import bring_index_up
from xincha.settings import Settings
from xincha.synthetic import generate
from xincha.wiring import open_house

_ROWS = 10_000


def measure() -> Iterator[Measurement]:
    """Rows a second: a first load, the same file again, and the index from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(Settings.load(home=Path(folder) / "home"))
        files = Path(folder) / "files"
        generate(
            files, datasets=house.datasets, licenses=_ROWS // 2, penalties=_ROWS // 2,
            subjects=_ROWS // 4, seed=1, today=today(system_clock), format="csv",
        )  # fmt: skip
        for what in ("load csv, first time", "load csv, same file again"):
            with stopwatch() as watch:
                for path in sorted(files.glob("*.csv")):
                    load_file(path, house.intake, house.datasets, LoadOptions())
            yield Measurement(what, _ROWS / watch.seconds, "rows/s", f"{_ROWS:,} rows, one process")
        with stopwatch() as watch:
            bring_index_up(house, house.store.revision(), quiet=True)
        yield Measurement("index what was loaded", _ROWS / watch.seconds, "rows/s")
        house.store.close()
