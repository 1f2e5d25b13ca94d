"""generate: write synthetic official files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from records.clock import system_clock
from records.clock import today as present_day
from records.datasets import declared_datasets
from xincha.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("generate")(generate)


def generate(
    directory: Annotated[Path, typer.Argument(help="输出目录 / folder to write to")],
    subjects: Annotated[int, typer.Option(min=1, help="主体数 / number of subjects")] = 400,
    licenses: Annotated[int, typer.Option(min=0, help="许可行数 / license rows")] = 1000,
    penalties: Annotated[int, typer.Option(min=0, help="处罚行数 / penalty rows")] = 600,
    enterprises: Annotated[
        int, typer.Option(min=0, help="企业信息行数 / rows of enterprise profiles")
    ] = 0,
    listed: Annotated[
        int, typer.Option(min=0, help="名单行数 / rows of lists, over several of them")
    ] = 0,
    seed: Annotated[int, typer.Option(help="随机种子 / the same seed gives the same files")] = 1,
    template: Annotated[str, typer.Option(help="模板版本 / template generation")] = "V2.1",
    format: Annotated[
        Literal["xlsx", "xls", "csv", "xml", "json", "jsonl", "sql"],
        typer.Option(
            help="文件格式；sql 为 SQLite 表 / file format; sql: a table in a SQLite file"
        ),
    ] = "xlsx",
    encoding: Annotated[
        Literal["utf-8", "gb18030"], typer.Option(help="csv 的编码 / encoding of csv")
    ] = "utf-8",
    text_length: Annotated[
        int,
        typer.Option(
            min=0, help="每行长文本平均字数 / mean characters of a row's texts; 0: as they come"
        ),
    ] = 0,
    dirty: Annotated[
        float, typer.Option(min=0, max=1, help="含错行比例 / share of rows with a defect")
    ] = 0.02,
    today: Annotated[
        str, typer.Option(help="基准日期 YYYY-MM-DD / dates lie before it; default: today")
    ] = "",
) -> None:
    """生成合成的官方模板文件 / write synthetic official files, with a manifest of what is in them."""
    from xincha.synthetic import generate as write_files

    manifest = write_files(
        directory,
        datasets=declared_datasets(),
        subjects=subjects,
        licenses=licenses,
        penalties=penalties,
        listed=listed,
        enterprises=enterprises,
        seed=seed,
        template=template,
        format=format,
        encoding=encoding,
        text_length=text_length,
        region=Settings.load().region,
        dirty_share=dirty,
        today=_day(today),
    )
    for file in manifest.files:
        typer.echo(f"{directory / file.name}: {file.rows} rows")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else present_day(system_clock)
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD") from None
