"""What an operator changes by hand: taking records down, bringing them back, marking them as disputed.

Each change is journaled with its reason, which is searched for personal values before it is stored. Several
records change together or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import orjson
from sqlalchemy import Connection, update

from records import tables
from records.anchors import anchors_of, subject_columns
from records.clock import today
from records.database import Json
from records.dataset import Dataset
from records.errors import RecordError
from records.explaining import why_not_shown
from records.intake import Intake
from records.kept import Kept, find_kept
from records.one_line import one_line
from records.own_values import row_redactor
from records.policy import term_of
from records.privacy import mask
from records.publicity import REASONS, Publicity
from records.row_facts import RowFacts
from records.store import get_meta, next_revision, write_journal
from records.stored import RecordState
from records.vocabulary import PersonalData, RecordStatus


class Withdrawal(StrEnum):
    """Why a record is taken down."""

    REPAIRED = "repaired"
    REVOKED = "revoked"
    OBJECTION_UPHELD = "objection-upheld"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one record: `changed` False when it was withdrawn already.

    `noted`: it was withdrawn already, for another reason; this one now stands beside it in the journal.
    `earliest`: the day before which a repair should not have ended publicity; None if it was no such.
    """

    record_id: str
    changed: bool
    noted: bool = False
    earliest: date | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a record: `changed` False when it stood so already; `noted`: the journal has a line of it.

    `why`: what keeps it from being shown at all, so that no reader sees the mark; empty if it is shown.
    """

    record_id: str
    changed: bool
    noted: bool
    why: str


LONGEST_NOTE = 500
"""Characters of a note or reason."""


def withdraw(
    intake: Intake,
    datasets: Sequence[Dataset],
    record_ids: Sequence[str],
    reason: Withdrawal,
    note: str = "",
) -> list[Taken]:
    """Take records down; they stay down when their rows are loaded again, until :func:`publish`.

    A repair before the earliest day is done and noted in the journal: the authority may have decided it.
    Raises RecordError when one of them is unknown or the note too long, VaultError for a note without the
    vault key.
    """
    note = _checked(note)
    with intake.store.writing() as connection:
        day = _today(intake, connection)
        taken: list[Taken] = []
        revision = 0
        for kept in find_kept(connection, record_ids):
            was_down = kept.state is RecordState.WITHDRAWN
            earliest = _earliest(kept, day) if reason is Withdrawal.REPAIRED else None
            words = [reason.value, note and _redacted(intake, datasets, kept, note)]
            if earliest:
                words.append(f"before {earliest}, the earliest end on application / 早于最短公示期")
            text = ": ".join(filter(None, words))
            if was_down and text == kept.reason:
                taken.append(Taken(kept.id, changed=False))
                continue
            revision = revision or next_revision(connection)
            _change(intake, connection, kept, revision, "withdrawn", text,
                    state=RecordState.WITHDRAWN, reason=text)  # fmt: skip
            taken.append(Taken(kept.id, not was_down, was_down, earliest))
        return taken


def publish(intake: Intake, datasets: Sequence[Dataset], record_id: str, reason: str) -> str:
    """Bring a withdrawn record back, as its rows and today's terms have it; its id comes out.

    Raises RecordError when it is unknown, not withdrawn, or may not be shown today, or the reason is too
    long or empty; VaultError without the vault key.
    """
    reason = _checked(reason)
    if not reason:
        raise RecordError("没有写明原因 / no reason is given", "--reason 原因 / why")
    with intake.store.writing() as connection:
        (kept,) = find_kept(connection, [record_id])
        if kept.state is not RecordState.WITHDRAWN:
            raise RecordError(
                f"{kept.id}: 未被撤下 / is not withdrawn, its state is {kept.state}",
                f"xincha explain {kept.id}",
            )
        dataset = kept.declared(datasets)
        values = kept.values(intake.keys, dataset)
        publicity = dataset.publicity(values, kept.subject_kind).beginning(kept.public_from)
        state, why = intake.door.state(publicity, kept.subject_kind, _today(intake, connection))
        if state is not RecordState.PUBLISHED:
            raise _not_shown(kept, publicity, state, why)
        revision = next_revision(connection)
        public = intake.door.public(dataset, values, kept.subject_kind)
        anchors = anchors_of(intake.keys, dataset, values, kept.subject_kind)
        _change(
            intake, connection, kept, revision, "published",
            _redacted(intake, datasets, kept, reason),
            state=state, reason="", published_revision=revision, public=Json(public),
            earlier_anchor=tables.records.c.anchor,
            earlier_registration_anchor=tables.records.c.registration_anchor,
            **subject_columns(dataset, kept.subject_kind, orjson.loads(public), anchors),
            public_from=publicity.public_from,
            public_until=publicity.public_until,
            publicity_class=publicity.publicity_class,
            rule=publicity.rule,
        )  # fmt: skip
        return kept.id


def dispute(
    intake: Intake,
    datasets: Sequence[Dataset],
    record_id: str,
    *,
    disputed: bool = True,
    note: str = "",
) -> Marked:
    """Show a record as 异议, or no longer. One that is not shown is marked all the same, for later.

    Raises RecordError when it is unknown, its dataset knows no objections or the note is too long, VaultError for
    a note without the vault key.
    """
    note = _checked(note)
    with intake.store.writing() as connection:
        (kept,) = find_kept(connection, [record_id])
        _check_disputable(kept.id, kept.declared(datasets))
        changed = kept.disputed is not disputed
        if changed or note:
            words = ["disputed" if disputed else "dispute cleared"]
            words += [_redacted(intake, datasets, kept, note)] if note else []
            revision = next_revision(connection)
            _change(
                intake, connection, kept, revision, "changed", ": ".join(words), disputed=disputed
            )
        day = _today(intake, connection)
        why = why_not_shown(kept, day, hide_persons=intake.hide_natural_persons)
        return Marked(kept.id, changed, changed or bool(note), why)


def _check_disputable(record_id: str, dataset: Dataset) -> None:
    status = dataset.get("status")
    if (
        status is None
        or status.table is None
        or RecordStatus.DISPUTED.name not in status.table.__members__
    ):
        raise RecordError(
            f"{record_id}: 该数据集没有异议状态 / its dataset has no state of objection",
            "更正来源数据后重新装载 / correct the row and load it again",
        )


def _checked(text: str) -> str:
    """The operator's words in one line: the journal prints one line an event."""
    text = one_line(text)
    if len(text) > LONGEST_NOTE:
        raise RecordError(
            f"备注过长：{len(text)} 字 / the note is too long: {len(text)} characters",
            f"至多 {LONGEST_NOTE} 字，写明决定书文号即可 / at most {LONGEST_NOTE}: the number of the"
            " decision is enough",
        )
    return text


def _today(intake: Intake, connection: Connection) -> date:
    """The present day, or the one for which the window was brought up to date, whichever is later."""
    day, swept = today(intake.store.clock), get_meta(connection, "swept")
    return max(day, date.fromisoformat(swept)) if swept else day


def _earliest(kept: Kept, day: date) -> date | None:
    term = term_of(kept.rule)
    if term is None or not term.is_early(kept.public_from, day):
        return None
    return term.min_until(kept.public_from)


def _redacted(intake: Intake, datasets: Sequence[Dataset], kept: Kept, text: str) -> str:
    """The operator's words without personal values: the row's own, and whatever has their shape."""
    dataset = kept.declared(datasets)
    values = kept.values(intake.keys, dataset)
    row = RowFacts(dataset, values, kept.subject_kind, beside=text)
    own = row_redactor(row, show_representative=False)
    return mask(PersonalData.FREE_TEXT, own.text(text)) or ""


def _not_shown(kept: Kept, publicity: Publicity, state: RecordState, why: str) -> RecordError:
    told = {
        RecordState.ENDED: f"公示期已满 / publicity ended before {publicity.public_until}",
        RecordState.PENDING: f"尚未开始 / publicity begins on {publicity.public_from}",
    }.get(state, REASONS.get(why, why))
    return RecordError(
        f"{kept.id}: 不得公示，仍为撤下 / may not be shown, stays withdrawn: {told}",
        f"see its row and rule: xincha explain {kept.id}; all terms: docs/publicity.md",
    )


def _change(
    intake: Intake,
    connection: Connection,
    kept: Kept,
    revision: int,
    change: str,
    journaled: str,
    **columns: object,
) -> None:
    now = intake.store.clock()
    table = tables.records
    connection.execute(
        update(table)
        .where(table.c.id == kept.id)
        .values(revision=revision, updated_at=now, **columns)
    )
    write_journal(connection, [kept.id], revision=revision, change=change, reason=journaled, at=now)
