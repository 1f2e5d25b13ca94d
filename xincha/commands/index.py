"""reindex, check: the copy that is searched, and whether all is well."""

from __future__ import annotations

from typing import Annotated

import typer

from xincha.checks import CHECKS
from xincha.indexing import PATIENCE, following
from xincha.wiring import open_house


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("reindex")(reindex)
    app.command("check")(check)


def reindex(
    rollback: Annotated[
        bool, typer.Option("--rollback", help="回到上一代索引 / go back to the previous generation")
    ] = False,
) -> None:
    """重建索引并切换，服务不中断 / build a new index beside the live one and swap; resumable."""
    follower = open_house().follower
    with following("reindex / 重建索引") as on_progress:
        act = follower.rollback if rollback else follower.reindex
        state = act(PATIENCE, on_progress)
    typer.echo(f"live index at revision {state.revision} / 当前索引版本 {state.revision}")


def check() -> None:
    """检查数据库、索引、密钥、主体、时区 / store, index, keys, journal lag, subjects, time zone: one line each."""
    house = open_house()
    wrong = False
    for examine in CHECKS:
        finding = examine(house)
        wrong = wrong or not finding.good
        mark = "BAD " if not finding.good else "note" if finding.note else "ok  "
        typer.echo(f"{mark} {finding.name}: {finding.text}")
    raise typer.Exit(1 if wrong else 0)
