"""Finding the id of a record, shown or not: by the number of its decision, or by its place in a file.

For the operator, whom no answer of the API tells the id of what is hidden, withdrawn or over. Of a record
only what its masked public view has is compared and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from sqlalchemy import Connection, select

from records import tables
from records.clock import today
from records.dataset import Dataset
from records.errors import RecordError
from records.explaining import why_not_shown
from records.folding import fold
from records.intake import Intake
from records.kept import Kept, find_kept
from records.privacy import has_personal_shape
from records.roles import roles_of
from records.stored import RecordState
from records.values import JsonValue

_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Match:
    """One record that was found; `why` is empty for one that is shown today.

    `file`, `sheet` and `line` are those of the row that leads. Values are those of the public view.
    """

    record_id: str
    dataset: str
    label: str
    state: RecordState
    why: str
    subject_name: str
    document_number: str
    decision_date: str
    file: str
    sheet: str
    line: int


def find_by_number(intake: Intake, datasets: Sequence[Dataset], number: str) -> list[Match]:
    """The records with this number of a decision or certificate, in whatever width, brackets and blanks.

    A last 号 may be missing. Reads every record once. Raises RecordError when there is none, and for what
    looks like a number of a person, by which nobody is looked up.
    """
    if has_personal_shape(number):
        raise RecordError(
            "这像证件、电话或账户号码，不能用来查找 / this looks like a personal number: nobody is looked up by one",
            "用文书号，或 --line 文件:行号 / give the number of the decision, or --line FILE:LINE",
        )
    wanted = _comparable(number)
    with intake.store.engine.connect() as connection:
        ids = [i for d in datasets for i in _with_number(connection, d, wanted)] if wanted else []
        if not ids:
            raise RecordError(
                "没有此文书号的记录 / no record has this number",
                "核对文书号；含个人信息而未公开的号码查不到，改用 --line 文件:行号 / check it; a number that"
                " is not public because it looks personal cannot be found: use --line FILE:LINE",
            )
        return _matches(connection, intake, datasets, ids)


def find_by_line(
    intake: Intake, datasets: Sequence[Dataset], file: str, line: int, sheet: str = ""
) -> list[Match]:
    """The records whose leading row stands in that line of a loaded file; `sheet` "": of any sheet.

    `file` is its name as reports have it, or a path that ends in it. Raises RecordError when there is none.
    """
    parts = PurePath(file).parts
    names = {file, *("/".join(parts[at:]) for at in range(len(parts)))}
    sources, records = tables.sources, tables.records
    with intake.store.engine.connect() as connection:
        named = select(sources.c.id).where(sources.c.name.in_(names))
        named = named.where(sources.c.sheet == sheet) if sheet else named
        source_ids = connection.scalars(named).all()
        there = records.c.source_id.in_(source_ids) & (records.c.line == line)
        ids = connection.scalars(select(records.c.id).where(there)).all() if source_ids else []
        if not ids:
            raise _nothing_in_line(connection, source_ids, line)
        return _matches(connection, intake, datasets, ids)


def _comparable(number: str) -> str:
    return fold(number).removesuffix("号")


def _with_number(connection: Connection, dataset: Dataset, wanted: str) -> Iterator[str]:
    fields = [
        field.name for field in roles_of(dataset).documents if field.name in roles_of(dataset).shown
    ]
    public, record_id = tables.records.c.public, tables.records.c.id
    query = select(record_id, *(public[name].as_string() for name in fields))
    query = query.where(tables.records.c.dataset == dataset.name)
    for found, *numbers in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        if any(number and _comparable(number) == wanted for number in numbers):
            yield found


def _nothing_in_line(connection: Connection, sources: Sequence[int], line: int) -> RecordError:
    if not sources:
        return RecordError(
            "没有装载过此文件 / no file of this name has been loaded",
            "用装载报告中的文件名 / give its name as the report of the load has it",
        )
    refused = tables.rejections
    query = select(refused.c.id).where(refused.c.source_id.in_(sources), refused.c.line == line)
    if connection.scalar(query.limit(1)) is not None:
        return RecordError(
            f"第 {line} 行未被接收 / line {line} was not accepted", "xincha rejections"
        )
    return RecordError(
        f"没有以第 {line} 行为准的记录 / no record is kept from line {line}",
        "行号含标题与表头；内容未变的记录仍记在更早的文件下：用 --number 文书号 / lines count title and header;"
        " what a later file did not change is kept under the earlier file: use --number",
    )


def _matches(
    connection: Connection, intake: Intake, datasets: Sequence[Dataset], ids: Sequence[str]
) -> list[Match]:
    labels = {dataset.name: dataset.label for dataset in datasets}
    day, sources = today(intake.store.clock), tables.sources
    places = {}
    found = find_kept(connection, ids)
    for source_id in {kept.source_id for kept in found}:
        query = select(sources.c.name, sources.c.sheet).where(sources.c.id == source_id)
        places[source_id] = connection.execute(query).one()
    matches = [
        _match(kept, labels.get(kept.dataset, kept.dataset), intake, day, *places[kept.source_id])
        for kept in found
    ]
    return sorted(matches, key=lambda match: (match.dataset, match.decision_date, match.record_id))


def _match(kept: Kept, label: str, intake: Intake, day: date, file: str, sheet: str) -> Match:
    view = kept.shown_view
    return Match(
        record_id=kept.id,
        dataset=kept.dataset,
        label=label,
        state=kept.state,
        why=why_not_shown(kept, day, hide_persons=intake.hide_natural_persons),
        subject_name=_text(view.get("subject_name")),
        document_number=_text(view.get("document_number")),
        decision_date=_text(view.get("decision_date")),
        file=file,
        sheet=sheet,
        line=kept.line,
    )


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
