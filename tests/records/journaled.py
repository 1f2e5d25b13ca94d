"""A store with a few penalties, and what its journal says: for tests of changes by hand."""

from __future__ import annotations

from sqlalchemy import select

from records import tables
from records.intake import Intake, Stated
from records.sources import Origin, SourceRun
from records.stored import StoredRecord
from records.values import Value
from records.vocabulary import SubjectKind
from tests.support import PENALTIES, incoming, take


def load(
    intake: Intake,
    *rows: dict[str, Value],
    checksum: str = "a",
    takes_down: bool = False,
    kind: SubjectKind = SubjectKind.LEGAL_ENTITY,
) -> dict[str, int]:
    origin = Origin("file.csv", "", checksum, "penalties", "V2.1", withdraw=takes_down)
    run = SourceRun.begin(intake.store, origin)
    records = [incoming(intake, row, line=line, kind=kind) for line, row in enumerate(rows, 2)]
    take(intake, run, records, stated=Stated(PENALTIES, "V2.1", takes_down))
    run.finish()
    return {name: number for name, number in run.counts.items() if number}


def only(intake: Intake) -> StoredRecord:
    (record,) = intake.store.changes(0, 10).records
    return record


def journal(intake: Intake) -> list[tuple[str, str]]:
    query = select(tables.journal.c.change, tables.journal.c.reason).order_by(tables.journal.c.id)
    with intake.store.engine.connect() as connection:
        return [(row.change, row.reason) for row in connection.execute(query)]
