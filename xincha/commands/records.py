"""find, explain, withdraw, publish, dispute: what an operator asks about single records and does to them."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer

from records import by_hand
from records.by_hand import Withdrawal
from records.explaining import explain as explain_record
from records.lookup import find_by_line, find_by_number
from xincha.commands.data import FAILED
from xincha.commands.explanation import as_json as explanation_as_json
from xincha.commands.explanation import as_text, match_as_json, match_as_text
from xincha.indexing import bring_index_up
from xincha.wiring import House, open_house

_LINE_DIGITS = 19
_Id = Annotated[str, typer.Argument(metavar="ID", help="记录编号 / id of the record")]

_Note = Annotated[
    str,
    typer.Option(help="备注，脱敏后记入日志 / a note for the journal, masked before it is kept"),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("find")(find)
    app.command("explain")(explain)
    app.command("withdraw")(withdraw)
    app.command("publish")(publish)
    app.command("dispute")(dispute)


def find(
    number: Annotated[
        str, typer.Option(help="文书号或证书编号 / number of the decision or certificate")
    ] = "",
    line: Annotated[
        str, typer.Option(metavar="FILE:LINE", help="已装载文件的一行 / a line of a loaded file")
    ] = "",
    sheet: Annotated[
        str, typer.Option(help="与 --line 同用：工作表 / with --line: only this sheet")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="每条记录一个 JSON 对象 / one JSON object a record")
    ] = False,
) -> None:
    """查记录编号，未公示的也能查到 / find the id of a record, shown or not."""
    if bool(number.strip()) is bool(line):
        raise typer.BadParameter(
            "写明其一 / give one of: --number 文书号, --line FILE:LINE",
            param_hint="--number / --line",
        )
    place = _place(line) if line else ("", 0)
    house = open_house()
    if line:
        matches = find_by_line(house.intake, house.datasets, *place, sheet)
    else:
        matches = find_by_number(house.intake, house.datasets, number)
    for match in matches:
        for text in [match_as_json(match)] if as_json else match_as_text(match):
            typer.echo(text)


def _place(given: str) -> tuple[str, int]:
    file, _, line = given.rpartition(":")
    if not (file and line.isascii() and line.isdecimal() and len(line) < _LINE_DIGITS):
        raise typer.BadParameter("如 / like 行政处罚.xlsx:15", param_hint="--line")
    return file, int(line)


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
    note: _Note = "",
) -> None:
    """撤下记录，再次装载也不恢复 / take records down; loading their rows again does not bring them back."""
    house = open_house()
    for taken in by_hand.withdraw(house.intake, house.datasets, record_ids, reason, note):
        told = "已撤下 / withdrawn" if taken.changed else "此前已撤下 / was withdrawn already"
        if taken.noted:
            told += "，本次原因已补记 / ; this reason is journaled too"
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
    published = by_hand.publish(house.intake, house.datasets, record_id, reason)
    typer.echo(f"{published}: 已恢复公示 / published")
    _follow(house)


def dispute(
    record_id: _Id,
    clear: Annotated[
        bool, typer.Option("--clear", help="异议已处理 / the objection is settled")
    ] = False,
    note: _Note = "",
) -> None:
    """标记异议，处理后用 --clear 解除 / mark a record as disputed (异议), or clear the mark."""
    house = open_house()
    marked = by_hand.dispute(house.intake, house.datasets, record_id, disputed=not clear, note=note)
    if clear:
        told = (
            "异议已解除 / cleared" if marked.changed else "无人工异议标记 / was not marked by hand"
        )
    else:
        told = (
            "已标记异议 / marked as disputed"
            if marked.changed
            else "此前已标记 / was marked already"
        )
    if marked.noted and not marked.changed:
        told += "，备注已记入日志 / ; the note is journaled"
    typer.echo(f"{marked.record_id}: {told}")
    if marked.why:
        typer.echo(
            f"  注意：该记录未公示，读者看不到此标记 / note: the record is not shown, so no reader sees the"
            f" mark: xincha explain {marked.record_id}",
            err=True,
        )
    _follow(house)


def _follow(house: House) -> None:
    if bring_index_up(house, house.store.revision()) is None:
        # Whoever takes a record down relies on its being gone.
        raise typer.Exit(FAILED)
