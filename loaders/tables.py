"""Tables of databases → the store, beside files: the whole table, or what has changed since the last load."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from loaders.pipeline import FileReport, LoadOptions, OnProgress, load_source
from loaders.sources.sql_address import TableAddress, read_address
from loaders.sources.sql_source import OpenTable, Since, open_table
from loaders.sources.sql_stamps import stamp_as_text, stamp_from_text
from loaders.templates import header_test
from records.dataset import Dataset
from records.errors import SourceError
from records.intake import Intake
from records.table_passes import FinishedPass, Mark, last_mark, settle
from records.turns import in_turn

_UNNAMED = "（数据库表 / table）"


@dataclass(frozen=True, slots=True)
class TableOptions:
    """`updated_column`: says when a row was changed; only rows changed since the last load are read.

    `full`: read all of them nevertheless, and begin from there next time.
    """

    updated_column: str = ""
    full: bool = False


WHOLE_TABLES: Final = TableOptions()


def load_table(
    address: str,
    intake: Intake,
    datasets: Sequence[Dataset],
    options: LoadOptions,
    how: TableOptions = WHOLE_TABLES,
    on_progress: OnProgress = lambda _rows: None,
) -> FileReport:
    """Load one table, named by its address without user and password in report and rejections.

    Never raises for what is in it or wrong with it: a refusal stands in the report.
    """
    report = FileReport(_UNNAMED)
    try:
        table = read_address(address)
        report.file = table.shown
        # Rows of an older moment must not replace those of a newer one.
        with in_turn(intake.store, options.lock_folder, table.identity):
            _load(table, intake, datasets, options, how, report, on_progress)
    except SourceError as error:
        report.refused = error
    return report


def _load(
    address: TableAddress,
    intake: Intake,
    datasets: Sequence[Dataset],
    options: LoadOptions,
    how: TableOptions,
    report: FileReport,
    on_progress: OnProgress,
) -> None:
    store, vault, key = intake.store, intake.vault, _key(address, options, how)
    old = last_mark(store, vault, key) if how.updated_column and not how.full else None
    since = None
    if how.updated_column:
        stamp = stamp_from_text(old.stamp) if old else None
        since = Since(how.updated_column, stamp, store.clock())
    with open_table(address, header_test(datasets), since) as table:
        # Keyed: of the one row of an incremental pass a plain digest could be guessed.
        checksum = intake.keys.digest("content", f"table {table.checksum}".encode())
        load_source(table.source, checksum, intake, datasets, options, report, on_progress)
    finished = FinishedPass(report.file, checksum, old if table.incremental else None)
    settle(store, finished, vault, key, _mark(table, checksum))


def _mark(table: OpenTable, checksum: str) -> Mark | None:
    if table.mark is None:
        return None
    stamp = stamp_as_text(table.mark)
    return Mark(stamp, checksum, table.unstamped, table.read_again)


def _key(address: TableAddress, options: LoadOptions, how: TableOptions) -> str:
    """Names the mark: a load with other options is another load, and has not read anything yet."""
    parts = (
        address.identity, how.updated_column.casefold(), options.dataset or "", options.template or "",
        options.provider, str(options.withdraw), *([options.told.identity] if options.told.identity else ()),
    )  # fmt: skip
    return "table:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:56]
