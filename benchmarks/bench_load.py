"""How fast official files go through the door into the store, and into the index: stage by stage.

`XINCHA_BENCH_ROWS` sets the number of rows (20,000 where it is not set; the figures in the documents are
of 1,000,000). The rows have full texts of 300 characters and more, one in five holds personal values, one
in a hundred a defect.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.measurement import Measurement, stopwatch
from benchmarks.process_tree import run_measured
from loaders.sources import SourceRow, open_source
from loaders.templates import HEAD_ROWS, Template, header_test, recognize
from loaders.validation import Draft, validate
from records.clock import system_clock, today
from records.datasets import declared_datasets
from records.incoming import Batch, incoming_record
from records.intake import Stated, take_in
from records.sources import Origin, SourceRun
from records.subject_kind import decide_kind
from xincha.indexing import bring_index_up
from xincha.settings import Settings
from xincha.synthetic import generate
from xincha.wiring import House, open_house

_ROWS = int(os.environ.get("XINCHA_BENCH_ROWS", "20000"))
_TEXT_LENGTH = 320
_DIRTY = 0.01
_BATCH = 1000
_XINCHA = str(Path(sys.executable).with_name("xincha"))


def measure() -> Iterator[Measurement]:
    """µs a row for every stage; rows a second and memory of whole loads with one and two processes."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        for files, rows in ((small, _ROWS // 10), (large, _ROWS)):
            _write(files, rows)
        yield from _stages(small, Path(folder) / "stages")
        for jobs in (1, 2):
            for files, rows in ((small, _ROWS // 10), (large, _ROWS)):
                yield from _load(files, rows, Path(folder) / f"{files.name}-{jobs}", jobs)
        yield from _load(large, _ROWS, Path(folder) / "large-1", 1, "again ")


def _write(files: Path, rows: int) -> None:
    generate(
        files, datasets=declared_datasets(), licenses=rows // 2, penalties=rows - rows // 2,
        subjects=max(1, rows // 4), seed=1, today=today(system_clock), format="csv",
        text_length=_TEXT_LENGTH, dirty_share=_DIRTY,
    )  # fmt: skip


def _load(files: Path, rows: int, home: Path, jobs: int, what: str = "") -> Iterator[Measurement]:
    """The command as an operator runs it, until its rows are searchable."""
    usage = run_measured(
        [_XINCHA, "load", "--jobs", str(jobs), str(files)], {"XINCHA_HOME": str(home)}
    )
    remark = f"{rows:,} rows, searchable, --jobs {jobs}"
    yield Measurement(f"load {what}csv", rows / usage.seconds, "rows/s", remark)
    yield Measurement(f"load {what}csv, peak memory", usage.peak / 2**20, "MiB", remark)
    yield Measurement(f"load {what}csv, peak without files", usage.own / 2**20, "MiB", remark)


def _stages(files: Path, home: Path) -> Iterator[Measurement]:
    house = open_house(Settings.load(home=home))
    clock = _Clock()
    for path in sorted(files.glob("*.csv")):
        clock.file(path, house)
    with stopwatch() as watch:
        bring_index_up(house, house.store.revision(), quiet=True)
    clock.seconds["index"] = watch.seconds
    house.store.close()
    for stage, seconds in clock.seconds.items():
        yield Measurement(
            f"stage: {stage}",
            1e6 * seconds / clock.rows,
            "µs/row",
            "in one process, one after another",
        )


class _Clock:
    """Takes files in stage by stage, a batch at a time, as a load does, and times every stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.rows = 0

    def file(self, path: Path, house: House) -> None:
        with open_source(path, header_test(house.datasets)) as source:
            (sheet,) = source.sheets
            template = recognize(list(islice(sheet.rows(), HEAD_ROWS)), house.datasets)
            origin = Origin(path.name, "", path.name, template.dataset.name, template.generation)
            run = SourceRun.begin(house.store, origin)
            rows = (row for row in sheet.rows() if row.line > template.header_line)
            while batch := self._read(rows):
                self._batch(batch, template, house, run)
                self.rows += len(batch)

    def _read(self, rows: Iterator[SourceRow]) -> list[SourceRow]:
        with stopwatch() as watch:
            batch = list(islice(rows, _BATCH))
        self.seconds["read csv"] += watch.seconds
        return batch

    def _batch(
        self, rows: list[SourceRow], template: Template, house: House, run: SourceRun
    ) -> None:
        day, dataset, door = today(house.clock), template.dataset, house.intake.door
        with stopwatch() as validation:
            outcomes = [(row.line, validate(template, row, day)) for row in rows]
        drafts = [(line, d.values) for line, d in outcomes if isinstance(d, Draft)]
        with stopwatch() as kinds:
            judged = [(line, values, decide_kind(values).kind) for line, values in drafts]
        with stopwatch() as masks:
            views = [door.public(dataset, values, kind) for _, values, kind in judged]
        with stopwatch() as digests:
            records = [
                incoming_record(door, dataset, values, kind, line=line, public=view)
                for (line, values, kind), view in zip(judged, views, strict=True)
            ]
        with stopwatch() as storing:
            stated = Stated(dataset, template.generation)
            take_in(house.intake, run, stated, Batch(records, (), len(rows), rows[-1].line))
        for stage, watch in (
            ("validate", validation), ("decide the kind", kinds), ("mask", masks),
            ("digests, publicity, JSON", digests), ("compare, seal, store", storing),
        ):  # fmt: skip
            self.seconds[stage] += watch.seconds
