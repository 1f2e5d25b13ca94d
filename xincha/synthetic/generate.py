"""Write official files of invented records, and beside them what must become of every row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import BinaryIO

import orjson

from records.dataset import Dataset, ValueType
from records.errors import TemplateError
from xincha.synthetic import lists
from xincha.synthetic.authorities import authorities_of
from xincha.synthetic.defects import DEFECTS, Defect, spoil
from xincha.synthetic.enterprises import PROFILE_DEFECTS, enterprise_row, organizations
from xincha.synthetic.generations import Wording, restate, wording
from xincha.synthetic.licenses import license_row
from xincha.synthetic.manifest import FileReport, Manifest
from xincha.synthetic.names import place_of
from xincha.synthetic.penalties import penalty_row
from xincha.synthetic.rows import Outcome, Row, World
from xincha.synthetic.subjects import Subject, subject
from xincha.synthetic.writers import (
    ENDINGS,
    ROWS_PER_FILE,
    SPELLS_ISO_DATES,
    Encoding,
    Format,
    Layout,
    RowWriter,
    table_writer,
)

TEMPLATES = ("V2.1", "V2", "V1")

_MAKERS: Mapping[str, Callable[[Random, World, Subject, int], Row]] = {
    "licenses": license_row,
    "penalties": penalty_row,
    "enterprises": enterprise_row,
    **lists.ROWS,
}
_TABLES: Mapping[str, Mapping[str, str]] = {"list_entries": lists.TABLES}
"""Datasets of which several tables are written: the generation of each, by the name of its file."""
_ONE_A_SUBJECT: Mapping[str, Callable[[World], Iterator[Subject]]] = {
    "enterprises": organizations,
    **lists.SUBJECTS,
}
_DEFECTS: Mapping[str, Sequence[Defect]] = {
    "enterprises": PROFILE_DEFECTS,
    **dict.fromkeys(lists.TABLES, lists.LIST_DEFECTS),
}
"""Of datasets whose rows are no decisions."""
NOTES: Mapping[str, str] = {
    defect.name: defect.note for defects in (DEFECTS, *_DEFECTS.values()) for defect in defects
}


def generate(
    directory: Path,
    *,
    datasets: Sequence[Dataset],
    licenses: int,
    penalties: int,
    enterprises: int = 0,
    listed: int = 0,
    subjects: int,
    seed: int,
    today: date,
    template: str = "V2.1",
    format: Format = "xlsx",
    encoding: Encoding = "utf-8",
    region: str = "410329",
    dirty_share: float = 0.02,
    text_length: int = 0,
) -> Manifest:
    """Write the files of `licenses` and `penalties` rows about `subjects` subjects into `directory`.

    `enterprises`: profiles of so many of those subjects, and of more where there are not enough. `listed`:
    entries in lists, divided among the files of several lists.

    The seed decides what was decided, `template` (V2.1, V2, V1), `format` and `encoding` (of csv) only how
    it is written. `dirty_share` of the rows carry one known defect each. `today` is the day the outcomes
    hold for: decisions are dated up to it. `text_length`: mean characters of facts, legal basis and content
    together, 0 as they come; texts below some 250 are not to be had. The same arguments give the same
    bytes. Beside the files stand `manifest.json` (counts a file) and `expected.jsonl` (one line a row: what
    must come out, what must not). Raises TemplateError for what cannot be generated.
    """
    _check(template, format, encoding)
    directory.mkdir(parents=True, exist_ok=True)
    place = place_of(region)
    world = World(seed, place, authorities_of(place), max(subjects, 1), today, text_length)
    counts = {
        "licenses": licenses,
        "penalties": penalties,
        "enterprises": enterprises,
        "list_entries": listed,
    }
    reports: list[FileReport] = []
    with (directory / "expected.jsonl").open("wb") as expectations:
        for dataset in datasets:
            tables = _TABLES.get(dataset.name, {dataset.name: template})
            shares = _divided(counts.get(dataset.name, 0), len(tables))
            for (table, generation), share in zip(tables.items(), shares, strict=True):
                words = wording(dataset, generation, uniform_dates=format in SPELLS_ISO_DATES)
                rows = make_rows(table, share, world, dirty_share, words)
                target = _Target(directory, table, dataset, words, format, encoding)
                reports += _write_files(target, rows, expectations)
    manifest = Manifest(
        seed=seed,
        template=template,
        format=format,
        encoding=encoding,
        region=region,
        today=today.isoformat(),
        subjects=world.subjects,
        text_length=text_length,
        dirty_share_asked=dirty_share,
        defects=NOTES,
        files=tuple(reports),
    )
    manifest.write(directory / "manifest.json")
    return manifest


def _divided(whole: int, parts: int) -> list[int]:
    """Shares as equal as they can be, larger ones first."""
    return [whole // parts + (at < whole % parts) for at in range(parts)]


def _check(template: str, format: Format, encoding: Encoding) -> None:
    if template not in TEMPLATES:
        raise TemplateError(
            f"不能生成模板 {template} 的文件 / files of template {template} cannot be generated",
            f"use {', '.join(TEMPLATES)}",
        )
    if encoding != "utf-8" and format != "csv":
        raise TemplateError(
            f"{format} 文件没有编码可选 / {format} files have no choice of encoding",
            "use --format csv, or leave --encoding out",
        )


def make_rows(
    name: str, count: int, world: World, dirty_share: float, words: Wording
) -> Iterator[Row]:
    """`count` rows of the dataset of that name; nothing for a dataset that has no generator.

    Defects are spread evenly, so that every share and every kind of defect is met also in small files.
    """
    maker = _MAKERS.get(name)
    if maker is None:
        return
    each = _ONE_A_SUBJECT[name](world) if name in _ONE_A_SUBJECT else None
    spoiled, defects = 0, _DEFECTS.get(name, DEFECTS)
    for serial in range(1, count + 1):
        # Each row draws for itself: another day or another count leaves the other rows as they are.
        rng = Random(f"{world.seed}:{name}:{serial}")
        drawn = int(world.subjects * rng.random() ** 2)
        about = next(each) if each else subject(world.seed, drawn, world.place)
        row = restate(maker(rng, world, about, serial), words, world)
        if int(serial * dirty_share) > spoiled:
            spoil(rng, row, words.template, world.today, spoiled, defects)
            spoiled += 1
        yield row


@dataclass(frozen=True, slots=True)
class _Target:
    directory: Path
    name: str
    dataset: Dataset
    words: Wording
    format: Format
    encoding: Encoding

    def layout(self) -> Layout:
        columns = self.words.columns
        codes = [column.key for _, column in columns]
        prefix, sign, _ = codes[0].partition("_")
        return Layout(
            title=f"{self.dataset.label}信息",
            headers=[column.header for _, column in columns],
            codes=codes,
            amounts=frozenset(c.code for f, c in columns if f.type is ValueType.MONEY),
            table=prefix.lower() if sign else self.dataset.name,
        )


def _write_files(
    target: _Target, rows: Iterator[Row], expectations: BinaryIO
) -> Iterator[FileReport]:
    name, format = target.name, target.format
    for number, first in enumerate(rows, start=1):
        stem = name if number == 1 else f"{name}-{number}"
        report = FileReport(f"{stem}.{ENDINGS[format]}", target.dataset.name)
        path = target.directory / report.name
        with table_writer(path, format, target.encoding, target.layout()) as write:
            content = chain([first], islice(rows, ROWS_PER_FILE[format] - 1))
            _write_rows(content, target.words, write, report, expectations)
        with path.open("rb") as file:
            report.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        yield report


def _write_rows(
    rows: Iterable[Row],
    words: Wording,
    write: RowWriter,
    report: FileReport,
    expectations: BinaryIO,
) -> None:
    for row in rows:
        line = write(words.cells(row))
        report.count(row)
        expectations.write(orjson.dumps(_expectation(report, line, row)) + b"\n")


def _expectation(report: FileReport, line: int, row: Row) -> Mapping[str, object]:
    rejected = row.outcome is Outcome.REJECTED
    return {
        "decision": f"{report.dataset}:{row.serial}",
        "file": report.name,
        "line": line,
        "outcome": row.outcome.value,
        "reasons": row.reasons,
        "defect": row.defect,
        "documentNumber": row.expected.get("documentNumber"),
        "subjectKind": row.expected["subjectKind"],
        "expected": {} if rejected else row.expected,
        "planted": row.planted,
    }
