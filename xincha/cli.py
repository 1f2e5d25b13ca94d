"""The command line: `xincha COMMAND`. Exit codes: 0 done, 1 failed, 2 wrong use, 3 done with rejections."""

from __future__ import annotations

import sys

import typer

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
    """Entry point: errors of ours become one line and exit code 1, never a traceback."""
    try:
        app()
    except XinchaError as error:
        typer.echo(f"xincha: {error.message}", err=True)
        if error.suggestion:
            typer.echo(f"  → {error.suggestion}", err=True)
        sys.exit(1)
