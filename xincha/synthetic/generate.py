"""Write official files of invented records, and beside them what must become of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import BinaryIO

import orjson

from records.dataset import Dataset
from records.errors import TemplateError
from xincha.synthetic.authorities import authorities_of
from xincha.synthetic.defects import spoil
from xincha.synthetic.licenses import license_row
from xincha.synthetic.manifest import FileReport, Manifest
from xincha.synthetic.names import place_of
from xincha.synthetic.penalties import penalty_row
from xincha.synthetic.rows import Outcome, Row, World
from xincha.synthetic.subjects import Subject, subject
from xincha.synthetic.writers import Format, RowWriter, table_writer

ROWS_PER_FILE = 500_000
"""A worksheet ends at 1,048,576 rows; more rows go on in the next file."""

_MAKERS: Mapping[str, Callable[[Random, World, Subject, int], Row]] = {
    "licenses": license_row,
    "penalties": penalty_row,
}
_TEMPLATES = frozenset({"V2.1"})


def generate(
    directory: Path,
    *,
    datasets: Sequence[Dataset],
    licenses: int,
    penalties: int,
    subjects: int,
    seed: int,
    today: date,
    template: str = "V2.1",
    format: Format = "xlsx",
    region: str = "410329",
    dirty_share: float = 0.02,
) -> Manifest:
    """Write the files of `licenses` and `penalties` rows about `subjects` subjects into `directory`.

    `dirty_share` of the rows carry one known defect each. `today` is the day the outcomes hold for:
    decisions are dated up to it. The same arguments give the same bytes. Beside the tables stand
    `manifest.json` (counts a file) and `expected.jsonl` (one line a row: what must come out, what must
    not). Raises TemplateError for a template that cannot be generated.
    """
    if template not in _TEMPLATES:
        raise TemplateError(
            f"不能生成模板 {template} 的文件 / files of template {template} cannot be generated",
            f"use {', '.join(sorted(_TEMPLATES))}",
        )
    directory.mkdir(parents=True, exist_ok=True)
    place = place_of(region)
    world = World(seed, place, authorities_of(place), max(subjects, 1), today)
    counts = {"licenses": licenses, "penalties": penalties}
    reports: list[FileReport] = []
    with (directory / "expected.jsonl").open("wb") as expectations:
        for dataset in datasets:
            rows = make_rows(dataset.name, counts.get(dataset.name, 0), world, dirty_share)
            reports += _write_files(directory, dataset, template, format, rows, expectations)
    manifest = Manifest(seed, template, region, today.isoformat(), tuple(reports))
    manifest.write(directory / "manifest.json")
    return manifest


def make_rows(name: str, count: int, world: World, dirty_share: float) -> Iterator[Row]:
    """`count` rows of the dataset of that name; nothing for a dataset that has no generator.

    Defects are spread evenly, so that every share and every kind of defect is met also in small files.
    """
    maker = _MAKERS.get(name)
    if maker is None:
        return
    spoiled = 0
    for serial in range(1, count + 1):
        # Each row draws for itself: another day or another count leaves the other rows as they are.
        rng = Random(f"{world.seed}:{name}:{serial}")
        about = subject(world.seed, int(world.subjects * rng.random() ** 2), world.place)
        row = maker(rng, world, about, serial)
        if int(serial * dirty_share) > spoiled:
            spoil(rng, row, world.today, spoiled)
            spoiled += 1
        yield row


def _write_files(
    directory: Path,
    dataset: Dataset,
    template: str,
    format: Format,
    rows: Iterator[Row],
    expectations: BinaryIO,
) -> Iterator[FileReport]:
    columns = dataset.columns_of(template)
    headers = [column.header for _, column in columns]
    names = [field.name for field, _ in columns]
    title = f"{dataset.label}信息"
    for number, first in enumerate(rows, start=1):
        stem = dataset.name if number == 1 else f"{dataset.name}-{number}"
        report = FileReport(f"{stem}.{format}", dataset.name)
        with table_writer(directory / report.name, format, title, headers) as write:
            content = chain([first], islice(rows, ROWS_PER_FILE - 1))
            _write_rows(content, names, write, report, expectations)
        yield report


def _write_rows(
    rows: Iterable[Row],
    names: Sequence[str],
    write: RowWriter,
    report: FileReport,
    expectations: BinaryIO,
) -> None:
    for row in rows:
        line = write([row.cells.get(name, "") for name in names])
        report.count(row)
        expectations.write(orjson.dumps(_expectation(report.name, line, row)) + b"\n")


def _expectation(file: str, line: int, row: Row) -> Mapping[str, object]:
    rejected = row.outcome is Outcome.REJECTED
    return {
        "file": file,
        "line": line,
        "outcome": row.outcome.value,
        "reasons": row.reasons,
        "documentNumber": row.expected["documentNumber"],
        "subjectKind": row.subject.kind.value,
        "expected": {} if rejected else row.expected,
        "planted": row.planted,
    }
