"""source → template → validation → subject kind → intake: the road of one file into the store.

Resumable: each batch is committed with the line it ends on, and a killed load goes on behind it.
Idempotent: unchanged rows are not written. A file is refused whole before its first row is read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from filelock import FileLock

from loaders.headers import quotable
from loaders.sources import Sheet, Source, SourceRow, open_source
from loaders.templates import HEAD_ROWS, Template, header_test, recognize
from loaders.validation import Draft, Issue, Rejected, validate
from records.clock import today
from records.dataset import Dataset
from records.errors import SourceError, TemplateError
from records.intake import IncomingRecord, Intake, take_in
from records.sources import COUNTS, Origin, SourceRun
from records.subject_kind import decide_kind

BATCH = 1000
OnProgress = Callable[[int], None]
"""Called with the number of rows read so far of the present file."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the operator said about the files; `lock_folder` keeps two loads of one file apart."""

    dataset: str | None = None
    template: str | None = None
    provider: str = ""
    withdraw: bool = False
    lock_folder: Path | None = None


@dataclass
class FileReport:
    """What became of one file.

    `refused` says why it was not loaded; counts beside it are of rows committed before damage inside the
    file was reached.
    """

    file: str
    datasets: list[str] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    refused: SourceError | None = None

    def as_json(self) -> dict[str, object]:
        """The object that `load --json` prints: fixed keys, all counts present."""
        report: dict[str, object] = {
            "file": self.file,
            "dataset": ",".join(dict.fromkeys(self.datasets)),
            "template": ",".join(dict.fromkeys(self.templates)),
            **{name: self.counts[name] for name in COUNTS},
            "reasons": dict(self.reasons.most_common()),
        }
        if self.refused is not None:
            report["refused"] = {
                "code": self.refused.code,
                "message": self.refused.message,
                "fix": self.refused.suggestion,
            }
        return report


def load_file(
    path: Path,
    intake: Intake,
    datasets: Sequence[Dataset],
    options: LoadOptions,
    on_progress: OnProgress = lambda _rows: None,
) -> FileReport:
    """Load one file. Never raises for what is in it: a refusal stands in the report."""
    report = FileReport(path.name)
    try:
        with open_source(path, header_test(datasets)) as source:
            checksum = _checksum(path)
            for sheet, template in _recognized(source, datasets, options, report):
                loader = _SheetLoader(template, intake, options, report)
                loader.run(sheet, checksum, on_progress)
    except SourceError as error:
        report.refused = error
    return report


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _recognized(
    source: Source, datasets: Sequence[Dataset], options: LoadOptions, report: FileReport
) -> list[tuple[Sheet, Template]]:
    """The sheets that are official templates. Raises TemplateError when none is."""
    found: list[tuple[Sheet, Template]] = []
    refusals: dict[str, TemplateError] = {}
    for sheet in source.sheets:
        head = list(islice(sheet.rows(), HEAD_ROWS))
        try:
            template = recognize(head, datasets, dataset=options.dataset, template=options.template)
        except TemplateError as error:
            refusals[sheet.name] = error
            continue
        found.append((sheet, template))
        for why, headers in (
            ("columns not loaded / 未识别的列", template.unknown_headers),
            (
                "columns of another generation, loaded / 其他版本的列，已装载",
                template.foreign_headers,
            ),
        ):
            if headers:
                report.notes.append(f"{why}: {'、'.join(headers)}")
    if not found and not refusals:
        raise SourceError(
            "the file has no visible sheet / 文件中没有可见的工作表",
            "add a sheet with the template",
        )
    if not found:
        raise next(iter(refusals.values()))
    for why, names in (
        ("不是模板的工作表，已跳过 / sheets skipped, no template", tuple(refusals)),
        ("隐藏的工作表，已跳过 / sheets skipped, hidden", source.hidden),
    ):
        if names:
            report.notes.append(f"{why}: {'、'.join(map(quotable, names))}")
    return found


def _alone(folder: Path | None, origin: Origin) -> AbstractContextManager[object]:
    """Two loads of one source take turns, so that its rows are counted and rejected once."""
    if folder is None:
        return nullcontext()
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / f"{origin.identity}.lock")


def _batches(sheet: Sheet, after: int) -> Iterator[list[SourceRow]]:
    rows = (row for row in sheet.rows() if row.line > after)
    while batch := list(islice(rows, BATCH)):
        yield batch


class _SheetLoader:
    """Turns the rows of one sheet into records and rejections and commits them batch by batch."""

    def __init__(
        self, template: Template, intake: Intake, options: LoadOptions, report: FileReport
    ) -> None:
        self._template = template
        self._intake = intake
        self._options = options
        self._report = report

    def run(self, sheet: Sheet, checksum: str, on_progress: OnProgress) -> None:
        """Load the sheet from where an earlier pass was killed, or from its first row."""
        report, origin = self._report, self._origin(sheet, checksum)
        report.datasets.append(origin.dataset)
        report.templates.append(origin.template)
        with _alone(self._options.lock_folder, origin):
            run = SourceRun.begin(self._intake.store, origin)
            before = report.counts["read"]
            try:
                for batch in _batches(sheet, after=max(run.position, self._template.header_line)):
                    self._commit(run, batch)
                    on_progress(before + run.counts["read"])
                run.finish()
            finally:
                report.counts.update(run.counts)
                report.reasons.update(run.reasons)

    def _origin(self, sheet: Sheet, checksum: str) -> Origin:
        return Origin(
            name=self._report.file,
            sheet=sheet.name,
            checksum=checksum,
            dataset=self._template.dataset.name,
            template=self._template.generation,
            provider=self._options.provider,
            withdraw=self._options.withdraw,
        )

    def _commit(self, run: SourceRun, rows: Sequence[SourceRow]) -> None:
        day = today(self._intake.store.clock)
        incoming: list[IncomingRecord] = []
        rejected: list[Mapping[str, object]] = []
        read = 0
        for row in rows:
            outcome = validate(self._template, row, day)
            if outcome is None:
                continue
            read += 1
            if isinstance(outcome, Rejected):
                rejected.extend(_rejection(row.line, issue) for issue in outcome.issues)
            else:
                incoming.append(self._record(row.line, outcome))
        take_in(
            self._intake,
            run,
            incoming,
            rejected,
            read=read,
            position=rows[-1].line,
            withdraw=self._options.withdraw,
        )

    def _record(self, line: int, draft: Draft) -> IncomingRecord:
        decision = decide_kind(draft.values)
        warnings = (*(w.code for w in draft.warnings), *decision.warnings)
        self._report.warnings.update(warnings)
        return IncomingRecord(
            intake=self._intake,
            dataset=self._template.dataset,
            template=self._template.generation,
            values=draft.values,
            kind=decision.kind,
            warnings=warnings,
            line=line,
            provider=self._options.provider,
        )


def _rejection(line: int, issue: Issue) -> Mapping[str, object]:
    return {
        "line": line,
        "field": issue.field,
        "column": issue.column,
        "code": issue.code,
        "message": issue.message,
        "value": issue.value,
        "fix": issue.fix,
    }
