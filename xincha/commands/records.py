"""explain, withdraw, publish, dispute: what an operator asks about single records and does to them."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer

from records import by_hand
from records.by_hand import Withdrawal
from records.explaining import explain as explain_record
from xincha.commands.explanation import as_json as explanation_as_json
from xincha.commands.explanation import as_text
from xincha.indexing import bring_index_up
from xincha.wiring import House, open_house

_Id = Annotated[str, typer.Argument(metavar="ID", help="记录编号 / id of the record")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("explain")(explain)
    app.command("withdraw")(withdraw)
    app.command("publish")(publish)
    app.command("dispute")(dispute)


def explain(
    record_id: _Id,
    as_json: Annotated[
        bool, typer.Option("--json", help="一个 JSON 对象 / one JSON object")
    ] = False,
) -> None:
    """说明记录为何公示或不公示、到何时、依据与来源 / why a record is shown or not, until when, from where."""
    house = open_house()
    found = explain_record(house.intake, house.datasets, record_id)
    if as_json:
        typer.echo(orjson.dumps(explanation_as_json(found)).decode())
        return
    for line in as_text(found):
        typer.echo(line)


def withdraw(
    record_ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="记录编号 / ids of the records")
    ],
    reason: Annotated[Withdrawal, typer.Option(help="撤下原因 / why")],
    note: Annotated[
        str,
        typer.Option(
            help="备注，脱敏后记入日志 / a note for the journal, masked before it is kept"
        ),
    ] = "",
) -> None:
    """撤下记录，再次装载也不恢复 / take records down; loading their rows again does not bring them back."""
    house = open_house()
    for taken in by_hand.withdraw(house.intake, house.datasets, record_ids, reason, note):
        told = "已撤下 / withdrawn" if taken.changed else "此前已撤下 / was withdrawn already"
        typer.echo(f"{taken.record_id}: {told}")
        if taken.earliest:
            typer.echo(
                f"  注意：早于最短公示期届满日 {taken.earliest} / note: before the earliest end on"
                f" application, {taken.earliest}; journaled",
                err=True,
            )
    _follow(house)


def publish(
    record_id: _Id,
    reason: Annotated[
        str,
        typer.Option(
            help="恢复公示的原因，脱敏后记入日志 / why, for the journal; masked before it is kept"
        ),
    ],
) -> None:
    """恢复公示被撤下的记录 / bring a withdrawn record back, if it may be shown today."""
    if not reason.strip():
        raise typer.BadParameter("请写明原因 / say why", param_hint="--reason")
    house = open_house()
    by_hand.publish(house.intake, house.datasets, record_id, reason)
    typer.echo(f"{record_id}: 已恢复公示 / published")
    _follow(house)


def dispute(
    record_id: _Id,
    clear: Annotated[
        bool, typer.Option("--clear", help="异议已处理 / the objection is settled")
    ] = False,
) -> None:
    """标记异议，处理后用 --clear 解除 / mark a record as disputed (异议), or clear the mark."""
    house = open_house()
    changed = by_hand.dispute(house.intake, house.datasets, record_id, disputed=not clear)
    if clear:
        told = "异议已解除 / cleared" if changed else "无人工异议标记 / was not marked by hand"
    else:
        told = "已标记异议 / marked as disputed" if changed else "此前已标记 / was marked already"
    typer.echo(f"{record_id}: {told}")
    _follow(house)


def _follow(house: House) -> None:
    bring_index_up(house, house.store.revision())
