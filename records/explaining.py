"""Why a record is shown or not, until when, under which rule, and from where it came.

For the operator; still nothing personal: of the record only what its masked public view has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from records import tables
from records.clock import today
from records.dataset import Dataset
from records.intake import Intake
from records.kept import Kept, find_kept
from records.policy import Term, term_of
from records.publicity import Publicity
from records.sealed import Copy
from records.stored import RecordState
from records.subjects import subject_of
from records.values import JsonValue
from records.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class Origin:
    """One row that states the record: its file, sheet ("" where there is none), line and template."""

    file: str
    sheet: str
    line: int
    template: str
    provider: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record's journal; `file` is empty for what was done by hand or by time."""

    at: datetime
    change: str
    reason: str
    file: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything `xincha explain` tells.

    `subject`: id of its subject, empty for a natural person. `why`: the code of what keeps it from being shown, or empty. `held_back`: the same for a withdrawn record,
    were it brought back. `because`: what gave the class, in fixed words; both are empty when it cannot be
    told. `term`: the row of the policy table, None for one of an earlier table. `origins`: the row that leads
    first. `public_from` is None for what is never shown, `last_day` and `min_until` for what has no such day.
    `full_term`: the last day by the rule alone, where a stated 公示截止期 comes before it.
    """

    record_id: str
    dataset: str
    label: str
    subject: str
    state: RecordState
    why: str
    held_back: str
    disputed: bool
    view: Mapping[str, JsonValue]
    public_from: date | None
    last_day: date | None
    full_term: date | None
    min_until: date | None
    publicity_class: str
    because: str
    rule: str
    term: Term | None
    origins: Sequence[Origin]
    loaded_at: datetime
    updated_at: datetime
    warnings: Sequence[str]
    journal: Sequence[Event]

    @property
    def shown(self) -> bool:
        """Whether readers see it today."""
        return not self.why


_DAY = timedelta(days=1)
PUBLICITY_ENDED = "publicity ended"
"""`why` of a record whose last day is over."""
_SHOWN = ("subject_name", "document_number", "authority", "decision_date", "status")


def explain(intake: Intake, datasets: Sequence[Dataset], record_id: str) -> Explanation:
    """Explain one record as of today. Raises RecordError for an unknown id.

    Without the vault key what gave the class is not told, nor the rows of other generations.
    """
    with intake.store.engine.connect() as connection:
        (kept,) = find_kept(connection, [record_id])
        rows = dict(kept.copies(intake.keys)) if intake.keys.vault else {}
        origins = list(_origins(connection, kept, rows))
        journal = list(_journal(connection, kept.id))
        subject = subject_of(connection, kept.anchor)
    day = today(intake.store.clock)
    why = why_not_shown(kept, day, hide_persons=intake.hide_natural_persons)
    term = term_of(kept.rule)
    dataset = next((d for d in datasets if d.name == kept.dataset), None)
    judged = _judged(intake, dataset, kept)
    (public_from, last_day), view = _days(kept), kept.shown_view
    return Explanation(
        record_id=kept.id,
        dataset=kept.dataset,
        label=dataset.label if dataset else kept.dataset,
        subject=subject,
        state=kept.state,
        why=why,
        held_back=_held_back(intake, kept, judged, day),
        disputed=kept.disputed,
        view={name: view[name] for name in _SHOWN if view.get(name)},
        public_from=public_from,
        last_day=last_day,
        full_term=_full_term(kept, term),
        min_until=_min_until(kept, term) if public_from else None,
        publicity_class=kept.publicity_class,
        # A record that was judged by an earlier policy was judged for another reason.
        because=judged.because if judged and judged.publicity_class == kept.publicity_class else "",
        rule=kept.rule,
        term=term,
        origins=origins,
        loaded_at=kept.loaded_at,
        updated_at=kept.updated_at,
        warnings=kept.warnings,
        journal=journal,
    )


def why_not_shown(kept: Kept, day: date, *, hide_persons: bool) -> str:
    """What keeps the record from being shown on that day, as every query sees it, swept or not; or ""."""
    if kept.state is not RecordState.PUBLISHED:
        return kept.reason or kept.state.value
    if kept.public_until is not None and kept.public_until <= day:
        return PUBLICITY_ENDED
    if hide_persons and kept.subject_kind is SubjectKind.NATURAL_PERSON:
        return "NATURAL_PERSON"
    return ""


def _judged(intake: Intake, dataset: Dataset | None, kept: Kept) -> Publicity | None:
    """What today's rules say of its rows; None where they cannot be opened."""
    if dataset is None or intake.keys.vault is None:
        return None
    judged = dataset.publicity(kept.values(intake.keys, dataset), kept.subject_kind)
    return judged.beginning(kept.public_from)


def _held_back(intake: Intake, kept: Kept, judged: Publicity | None, day: date) -> str:
    if kept.state is not RecordState.WITHDRAWN or judged is None:
        return ""
    state, why = intake.door.state(judged, kept.subject_kind, day)
    return "" if state is RecordState.PUBLISHED else why or state.value


def _days(kept: Kept) -> tuple[date | None, date | None]:
    """The first and the last day on which it may be shown; None for what has no such day."""
    until = kept.public_until
    if kept.state is RecordState.HIDDEN or (until is not None and until <= kept.public_from):
        return None, None
    return kept.public_from, until - _DAY if until else None


def _full_term(kept: Kept, term: Term | None) -> date | None:
    by_rule = term.until(kept.public_from) if term else None
    if by_rule is None or kept.public_until is None or kept.public_until >= by_rule:
        return None
    return by_rule - _DAY


def _min_until(kept: Kept, term: Term | None) -> date | None:
    """The earliest end on application, if publicity has not ended by itself by then."""
    earliest = term.min_until(kept.public_from) if term else None
    ends = kept.public_until
    return None if earliest and ends and earliest >= ends else earliest


def _origins(connection: Connection, kept: Kept, rows: Mapping[str, Copy]) -> Iterator[Origin]:
    places = {kept.template: (kept.source_id, kept.line)}
    places |= {template: (row.source, row.line) for template, row in rows.items()}
    sources = tables.sources
    for template, (source, line) in places.items():
        found = connection.execute(select(sources).where(sources.c.id == source)).one()
        yield Origin(found.name, found.sheet, line, template, found.provider)


def _journal(connection: Connection, record_id: str) -> Iterator[Event]:
    journal, sources = tables.journal, tables.sources
    query = (
        select(journal.c.at, journal.c.change, journal.c.reason, sources.c.name)
        .join(sources, sources.c.id == journal.c.source_id, isouter=True)
        .where(journal.c.record_id == record_id)
        .order_by(journal.c.id)
    )
    for row in connection.execute(query):
        yield Event(row.at, row.change, row.reason, row.name or "")
