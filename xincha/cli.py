"""The command line: `xincha COMMAND`. Exit codes: 0 done, 1 failed, 2 wrong use, 3 done with rejections."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import NoReturn

import typer
from sqlalchemy.exc import SQLAlchemyError

from records.errors import XinchaError
from xincha import __version__
from xincha.commands import data, demo, generating, index, records, schema, serving

app = typer.Typer(
    name="xincha",
    help="信查：县级公共信用信息的公开数据与查询接口 / open data and query API for public-credit records.",
    no_args_is_help=True,
    # A traceback with local variables would print rows.
    pretty_exceptions_enable=False,
    add_completion=False,
)
for group in (data, generating, records, index, serving, schema, demo):
    group.register(app)


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="版本 / print the version and exit"),
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Entry point: errors become a line or two and exit code 1, never a traceback.

    The texts of errors that are not ours may quote rows and stay unsaid.
    """
    try:
        app()
    except XinchaError as error:
        _fail(error.message, error.suggestion)
    except SQLAlchemyError as error:
        _fail(
            f"数据库出错 / the store failed: {type(error).__name__}",
            "检查磁盘空间、权限和 XINCHA_DATABASE_URL，运行 xincha check；装载可以重新运行，会从中断处继续"
            " / check disk space, permissions and XINCHA_DATABASE_URL, run xincha check; a load may be run"
            " again and goes on where it stopped",
        )
    except Exception as error:  # noqa: BLE001
        place = traceback.extract_tb(error.__traceback__)[-1]
        _fail(
            f"程序内部错误 / internal error: {type(error).__name__}"
            f" ({Path(place.filename).name}:{place.lineno})",
            "请连同此行报告 / report it with this line",
        )


def _fail(message: str, suggestion: str) -> NoReturn:
    typer.echo(f"xincha: {message}", err=True)
    if suggestion:
        typer.echo(f"  → {suggestion}", err=True)
    sys.exit(1)
