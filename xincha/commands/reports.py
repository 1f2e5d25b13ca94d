"""How a load tells what it does: a bar on a terminal, a report a file, one line for thousands of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import orjson
import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from loaders.pipeline import FileReport, OnProgress
from records.sources import COUNTS

BLOCKS = 100
"""Files told in full; of those behind them only the ones in which something is wrong."""


@contextmanager
def file_progress(*, shown: bool) -> Iterator[Callable[[str], OnProgress]]:
    """One bar for all files: called with a name, it gives what counts the rows of that file."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
        transient=True,
        disable=not shown,
    ) as bar:
        task = bar.add_task("", total=None)

        def show(name: str) -> OnProgress:
            bar.reset(task, description=name)
            return lambda rows: bar.update(task, completed=rows)

        yield show


class ReportPrinter:
    """Prints reports as they come: JSON, one object a file, or text."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._printed = 0

    def note(self, text: str) -> None:
        """What the operator should know beside the reports: never in the JSON."""
        typer.echo(text, err=self._as_json)

    def show(self, report: FileReport) -> None:
        """One file is done."""
        if self._as_json:
            typer.echo(orjson.dumps(report.as_json()).decode())
            for note in report.notes:
                self.note(f"{report.file}: {note}")
            return
        self._printed += 1
        if self._printed <= BLOCKS or report.refused or report.counts["rejected"]:
            _print(report)

    def finish(self, reports: Sequence[FileReport]) -> None:
        """All files are done: where some were not told of, what came of all of them together."""
        if self._as_json or len(reports) <= BLOCKS:
            return
        counts: Counter[str] = Counter()
        for report in reports:
            counts.update(report.counts)
        refused = sum(report.refused is not None for report in reports)
        told = ", ".join(f"{name} {counts[name]}" for name in COUNTS)
        self.note(
            f"共 {len(reports)} 个文件 / {len(reports)} files, refused {refused}; rows: {told}"
        )


def _once(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _print(report: FileReport) -> None:
    typer.echo(f"{report.file}: {_once(report.datasets)} {_once(report.templates)}".rstrip())
    if report.refused is not None:
        typer.echo(f"  refused / 拒收: {report.refused.message}")
        typer.echo(f"  → {report.refused.suggestion}")
    if report.datasets:
        typer.echo("  " + ", ".join(f"{name} {report.counts[name]}" for name in COUNTS))
    for code, number in report.reasons.most_common():
        typer.echo(f"    rejected / 不予接收 {code}: {number}")
    for code, number in report.warnings.most_common():
        typer.echo(f"    warning / 提示 {code}: {number}")
    for note in report.notes:
        typer.echo(f"  {note}")
