"""source → template → validation → subject kind → intake: the road of one file into the store.

Resumable: each batch is committed with the line it ends on, and a killed load goes on behind it.
Idempotent: unchanged rows are not written. A file is refused whole before its first row is read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from loaders.headers import quotable
from loaders.preparing import Preparation, Prepared, prepare
from loaders.publication_limits import LIMITING_FIELDS, is_limiting
from loaders.refusals import uncomputed_limits, unread_limits
from loaders.sources import Sheet, Source, SourceRow, open_source
from loaders.templates import HEAD_ROWS, Template, header_test, recognize
from loaders.told import NOTHING_TOLD, Told
from loaders.workers import Assignment, Workers
from records.clock import today
from records.dataset import Dataset
from records.errors import NoTemplate, SourceError, TemplateError
from records.intake import Intake, Stated, take_in
from records.sources import COUNTS, Origin, SourceRun
from records.turns import in_turn

BATCH = 1000
_HEADERS_TOLD = 20
OnProgress = Callable[[int], None]
"""Called with the number of rows read so far of the present file."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What the operator said about the files; `lock_folder` keeps two loads of one file apart.

    `team`: worker processes that check and mask rows; without them this process does it all. `told`: what
    headers do not say.
    """

    dataset: str | None = None
    template: str | None = None
    provider: str = ""
    withdraw: bool = False
    team: Workers | None = None
    lock_folder: Path | None = None
    told: Told = NOTHING_TOLD


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
    *,
    name: str = "",
) -> FileReport:
    """Load one file, reported under `name` or its own.

    Never raises for what is in it: a refusal stands in the report.
    """
    report = FileReport(name or path.name)
    try:
        with open_source(path, header_test(datasets)) as source:
            load_source(source, _checksum(path), intake, datasets, options, report, on_progress)
    except SourceError as error:
        report.refused = error
    return report


def load_source(
    source: Source,
    checksum: str,
    intake: Intake,
    datasets: Sequence[Dataset],
    options: LoadOptions,
    report: FileReport,
    on_progress: OnProgress,
) -> None:
    """Load the sheets of an open source into the store. Raises SourceError when it is refused.

    `checksum` of its content makes it the same source when it comes again.
    """
    for sheet, template in _recognized(source, datasets, options, report):
        loader = _SheetLoader(template, intake, options, report)
        loader.run(sheet, checksum, on_progress)
    if not report.counts["read"]:
        report.notes.append("表头下没有数据行 / no data rows below the headers")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _recognized(
    source: Source, datasets: Sequence[Dataset], options: LoadOptions, report: FileReport
) -> list[tuple[Sheet, Template]]:
    """The sheets that are official templates. Raises TemplateError when none is."""
    report.notes.extend(source.notes)
    found: list[tuple[Sheet, Template]] = []
    refusals: dict[str, TemplateError] = {}
    for sheet in source.sheets:
        head = list(islice(sheet.rows(), HEAD_ROWS))
        try:
            template = recognize(
                head,
                datasets,
                dataset=options.dataset,
                template=options.template,
                told=options.told,
            )
            _refuse_lost_limits(sheet, template)
        except TemplateError as error:
            refusals[sheet.name] = error
            continue
        found.append((sheet, template))
        report.notes.extend(_columns_told(template))
    if not found and not refusals:
        raise SourceError(
            "文件中没有可见的工作表 / the file has no visible sheet",
            "请取消隐藏带模板的工作表 / unhide the sheet with the template",
        )
    if not found:
        raise min(refusals.values(), key=lambda error: isinstance(error, NoTemplate))
    for why, names in (
        ("不是模板的工作表，已跳过 / sheets skipped, no template", tuple(refusals)),
        ("隐藏的工作表，已跳过 / sheets skipped, hidden", source.hidden),
    ):
        if names:
            report.notes.append(f"{why}: {'、'.join(map(quotable, names))}")
    report.notes.extend(
        f"{quotable(name)}: {error.message} → {error.suggestion}"
        for name, error in refusals.items()
        if not isinstance(error, NoTemplate)
    )
    return found


def _columns_told(template: Template) -> Iterator[str]:
    for why, headers in (
        ("columns not loaded / 未识别的列", template.unknown_headers),
        ("columns of another generation, loaded / 其他版本的列，已装载", template.foreign_headers),
    ):
        if headers:
            more = f"…（{len(headers)}）" if len(headers) > _HEADERS_TOLD else ""
            yield f"{why}: {'、'.join(headers[:_HEADERS_TOLD])}{more}"


def _refuse_lost_limits(sheet: Sheet, template: Template) -> None:
    """Raise TemplateError where blank cells of a column that limits publication may have been filled."""
    if lost := [header for header in sheet.unread if is_limiting(template.dataset, header)]:
        raise unread_limits(lost)
    limits = [
        bound.header
        for bound in template.columns
        if bound.field.name in LIMITING_FIELDS and bound.field.table and not bound.column.required
    ]
    if sheet.uncomputed and limits:
        raise uncomputed_limits(limits, sheet.uncomputed)


def _batches(sheet: Sheet, after: int) -> Iterator[list[SourceRow]]:
    rows = (row for row in sheet.rows() if row.line > after)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _extra_told(places: set[int]) -> Iterator[str]:
    """Of columns without a header, by the letters that spreadsheet programs give them."""
    if places:
        letters = [_letters(at) for at in sorted(places)[:_HEADERS_TOLD]]
        more = f"…（{len(places)}）" if len(places) > _HEADERS_TOLD else ""
        yield (
            "没有表头的列中有内容，未装载；若是信息使用范围等列，请补上表头并重新装载"
            " / columns without a header hold data, not loaded: add headers and load again:"
            f" {'、'.join(letters)}{more}"
        )


def _letters(at: int) -> str:
    """0 → A, 26 → AA."""
    before, letter = divmod(at, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


class _SheetLoader:
    """Turns the rows of one sheet into records and rejections and commits them batch by batch."""

    def __init__(
        self, template: Template, intake: Intake, options: LoadOptions, report: FileReport
    ) -> None:
        self._template = template
        self._intake = intake
        self._options = options
        self._report = report
        self._masked = True
        self._extra: set[int] = set()

    def run(self, sheet: Sheet, checksum: str, on_progress: OnProgress) -> None:
        """Load the sheet from where an earlier pass was killed, or from its first row."""
        report, origin = self._report, self._origin(sheet, checksum)
        report.datasets.append(origin.dataset)
        report.templates.append(origin.template)
        with in_turn(self._intake.store, self._options.lock_folder, origin.identity):
            run = SourceRun.begin(self._intake.store, origin)
            self._masked = not run.repeated
            before = report.counts["read"]
            try:
                batches = _batches(sheet, after=max(run.position, self._template.header_line))
                for prepared in self._prepared(sheet, batches):
                    self._commit(run, prepared)
                    on_progress(before + run.counts["read"])
                run.finish()
            finally:
                report.counts.update(run.counts)
                report.reasons.update(run.reasons)
                report.notes.extend(_extra_told(self._extra))

    def _origin(self, sheet: Sheet, checksum: str) -> Origin:
        return Origin(
            name=self._report.file,
            sheet=sheet.name,
            checksum=checksum,
            dataset=self._template.dataset.name,
            template=self._template.generation,
            provider=self._options.provider,
            withdraw=self._options.withdraw,
            told=self._options.told.identity,
            resumable=sheet.resumable,
        )

    def _prepared(self, sheet: Sheet, batches: Iterator[list[SourceRow]]) -> Iterator[Prepared]:
        if team := self._options.team:
            assignment = self._assignment(sheet)
            yield from team.prepare(assignment, batches, self._today, lambda: self._masked)
            return
        preparation = Preparation(self._template, self._intake.door, self._options.provider)
        for rows in batches:
            yield prepare(preparation, rows, self._today(), masked=self._masked)

    def _assignment(self, sheet: Sheet) -> Assignment:
        return Assignment(
            head=tuple(islice(sheet.rows(), HEAD_ROWS)),
            dataset=self._template.dataset.name,
            generation=self._template.generation,
            door=self._intake.door,
            provider=self._options.provider,
            told=self._options.told,
        )

    def _today(self) -> date:
        return today(self._intake.store.clock)

    def _commit(self, run: SourceRun, prepared: Prepared) -> None:
        before = run.counts["unchanged"]
        template, batch = self._template, prepared.batch
        stated = Stated(template.dataset, template.generation, self._options.withdraw)
        missed = take_in(self._intake, run, stated, batch)
        self._report.warnings.update(prepared.warnings)
        self._extra.update(prepared.extra)
        if missed:
            self._report.warnings["NOTHING_TO_WITHDRAW"] += missed
        # Masks are made ahead of the comparison only while most rows turn out to need them.
        self._masked = 2 * (run.counts["unchanged"] - before) < len(batch.records)
