"""schema: the printed contract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.graphql.schema import print_contract
from records.datasets import declared_datasets


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("schema")(schema)


def schema(
    check: Annotated[
        Path | None,
        typer.Option(help="与文件比较 / compare with this file; exit 1 when it is out of date"),
    ] = None,
    write: Annotated[Path | None, typer.Option(help="写入文件 / write it to this file")] = None,
) -> None:
    """打印 GraphQL 契约 / print schema.graphql, or compare or write the tree's copy."""
    text = print_contract(declared_datasets())
    if check is not None:
        if not check.is_file() or check.read_text(encoding="utf-8") != text:
            typer.echo(
                f"{check} 已过期 / is out of date; run: xincha schema --write {check}", err=True
            )
            raise typer.Exit(1)
        return
    if write is not None:
        write.write_text(text, encoding="utf-8")
        return
    typer.echo(text, nl=False)
