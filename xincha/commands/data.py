"""load, rejections: what goes in and what did not."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from loaders.pipeline import FileReport, LoadOptions, OnProgress, load_file
from loaders.sources.files import FoundFile, find_files
from loaders.sources.sql_address import is_table_address
from loaders.tables import WHOLE_TABLES, TableOptions, load_table
from loaders.told import NOTHING_TOLD, Told, read_mapping
from loaders.workers import workers
from records.dataset import Dataset
from records.errors import TemplateError
from records.lists import LIST_CODES, find_list
from records.sources import rejections
from xincha.commands.reports import ReportPrinter, file_progress
from xincha.indexing import bring_index_up
from xincha.wiring import House, open_house

DONE, FAILED, WRONG_USE, WITH_REJECTIONS = 0, 1, 2, 3


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("load")(load)
    app.command("rejections")(show_rejections)


def load(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="文件、目录或 URL#表 / files, folders, or tables of databases (URL#table)"
        ),
    ],
    dataset: Annotated[
        str | None, typer.Option(help="数据集 / dataset, instead of detecting it")
    ] = None,
    template: Annotated[
        str | None, typer.Option(help="模板版本 / template generation, instead of detecting it")
    ] = None,
    list_code: Annotated[
        str | None,
        typer.Option("--list", help="名单代码 / which list it is, where its headers do not say"),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help="列名对照文件 / TOML file: what the columns of the file mean"),
    ] = None,
    provider: Annotated[
        str, typer.Option(help="报送单位 / who provided the files, where rows do not say")
    ] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="撤下文件中的记录 / take the file's records down")
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(min=1, max=64, help="校验与脱敏的进程数 / processes that check and mask rows"),
    ] = 1,
    updated_column: Annotated[
        str, typer.Option(help="表的更新时间列：只读取新改动的行 / tables: read changed rows only")
    ] = "",
    full: Annotated[
        bool, typer.Option("--full", help="仍读取整张表 / tables: read all rows nevertheless")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="每个文件一行 JSON / one JSON object a file")
    ] = False,
) -> None:
    """装载官方模板文件 / load official template files; the same file twice changes nothing."""
    house = open_house()
    told = _told(list_code, mapping, house.datasets)
    with workers(jobs) as team:
        options = LoadOptions(
            dataset=_dataset_name(dataset, house.datasets),
            template=template,
            provider=provider,
            withdraw=withdraw,
            team=team,
            told=told,
        )
        how = TableOptions(updated_column, full)
        reports = load_files(paths, house, options, how, as_json=as_json)
    bring_index_up(house, house.store.revision(), quiet=as_json)
    raise typer.Exit(_exit_code(reports))


def load_files(
    paths: Sequence[str | Path],
    house: House,
    options: LoadOptions,
    how: TableOptions = WHOLE_TABLES,
    *,
    as_json: bool = False,
) -> list[FileReport]:
    """Load files, folders, archives and tables into the store, printing a report each; exit 2 when there is none."""
    tables = [path for path in paths if isinstance(path, str) and is_table_address(path)]
    files = [Path(path) for path in paths if path not in tables]
    alone = replace(options, lock_folder=house.lock_folder)
    printer = ReportPrinter(as_json=as_json)
    reports: list[FileReport] = []
    with file_progress(shown=not as_json and sys.stdout.isatty()) as show:
        for found in find_files(files, house.settings.home / "unpacked", printer.note):
            report = _load_one(found, house, alone, show(found.name))
            if not found.meant and report.refused and not report.datasets:
                printer.note(f"{found.name}: 未读取，不是模板 / not read, no template")
                continue
            printer.show(report)
            reports.append(report)
        for address in tables:
            progress = show(address.rpartition("#")[2])
            report = load_table(address, house.intake, house.datasets, alone, how, progress)
            printer.show(report)
            reports.append(report)
    printer.finish(reports)
    if not reports:
        typer.echo("没有可装载的文件 / no file to load", err=True)
        raise typer.Exit(WRONG_USE)
    return reports


def _dataset_name(given: str | None, datasets: tuple[Dataset, ...]) -> str | None:
    """The dataset meant by any of its spellings: plural, singular, hyphen or underscore."""
    if given is None:
        return None
    wanted = given.lower().replace("-", "_")
    for dataset in datasets:
        if wanted in {dataset.name, dataset.api_name.lower(), _singular(dataset)}:
            return dataset.name
    known = ", ".join(d.name.replace("_", "-") for d in datasets)
    typer.echo(f"未知数据集 / unknown dataset; known: {known}", err=True)
    raise typer.Exit(WRONG_USE)


def _told(code: str | None, mapping: Path | None, datasets: tuple[Dataset, ...]) -> Told:
    """What the operator said of the files that their headers do not."""
    known = find_list(code) if code is not None else None
    if code is not None and known is None:
        codes = ", ".join(f"{value} {name}" for value, name in LIST_CODES.items())
        typer.echo(f"未知名单 / unknown list; known: {codes}", err=True)
        raise typer.Exit(WRONG_USE)
    told = Told(known.stated) if known else NOTHING_TOLD
    try:
        return told if mapping is None else read_mapping(mapping, told, datasets)
    except TemplateError as error:
        typer.echo(f"{error.message}\n{error.suggestion}", err=True)
        raise typer.Exit(WRONG_USE) from None


def _singular(dataset: Dataset) -> str:
    """`ListEntry` → `list_entry`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", dataset.type_name).lower()


def _load_one(
    found: FoundFile, house: House, options: LoadOptions, on_progress: OnProgress
) -> FileReport:
    if found.refused is not None:
        return FileReport(found.name, refused=found.refused)
    report = load_file(
        found.path, house.intake, house.datasets, options, on_progress, name=found.name
    )
    if (error := report.refused) is not None:
        # Readers know the file by the name under which it lies on the disk.
        message = error.message.replace(found.path.name, found.name)
        report.refused = type(error)(message, error.suggestion)
    return report


def _exit_code(reports: list[FileReport]) -> int:
    if any(report.refused for report in reports):
        return FAILED
    return WITH_REJECTIONS if any(r.counts["rejected"] for r in reports) else DONE


_REJECTION_COLUMNS = ("file", "sheet", "line", "column", "code", "message", "value", "fix")


def show_rejections(
    source: Annotated[
        int | None, typer.Option(help="来源编号 / number of one source; default: all")
    ] = None,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", help="写入 CSV 文件 / write them to a csv file")
    ] = None,
) -> None:
    """未接收的行及其原因、修正办法（值已脱敏） / rejected rows, why, and how to fix them (masked)."""
    rows = rejections(open_house().store, source)
    if csv_file is not None:
        with csv_file.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, _REJECTION_COLUMNS, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return
    for row in rows:
        place = f"{row['file']}{' / ' + str(row['sheet']) if row['sheet'] else ''}"
        typer.echo(f"{place} line {row['line']}, {row['column']}: {row['code']}")
        value = f" [{row['value']}]" if row["value"] else ""
        typer.echo(f"    {row['message']}{value}\n    → {row['fix']}")
