"""A journal in memory: what the follower reads, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from records.stored import ChangeBatch, RecordState, StoredRecord, StoredSubject
from search.subjects import card_of, to_subject_document
from tests.support import NOON


@dataclass
class MemoryJournal:
    """Implements search.follower.JournalSource."""

    records: dict[str, StoredRecord] = field(default_factory=dict)
    subjects: dict[str, StoredSubject] = field(default_factory=dict)
    current: int = 0
    day: date | None = None

    def put(self, *records: StoredRecord, subjects: Iterable[StoredSubject] = ()) -> None:
        """Insert or replace, under one new revision."""
        self.current += 1
        moment = NOON + timedelta(seconds=self.current)
        for record in records:
            known = self.records.get(record.id)
            before = known.published_revision if known else 0
            shown_already = known is not None and known.visible
            self.records[record.id] = replace(
                record,
                revision=self.current,
                updated_at=moment,
                published_revision=self.current if record.visible and not shown_already else before,
            )
        for subject in subjects:
            self.subjects[subject.id] = replace(subject, revision=self.current)

    def withdraw(self, *ids: str) -> None:
        self.put(*(replace(self.records[i], state=RecordState.WITHDRAWN) for i in ids))

    def forget(self, *ids: str) -> None:
        """Subjects of which nothing is visible any more."""
        self.put(subjects=[replace(self.subjects[i], visible={}) for i in ids])

    def shown_subjects(self, today: date) -> list[StoredSubject]:
        """The subjects that must be found on that day."""
        return [
            s
            for s in self.subjects.values()
            if any(until is None or today < until for until in s.visible.values())
        ]

    def tombstones(self) -> list[StoredRecord]:
        """Records that were public and are no more."""
        return [r for r in self.records.values() if r.published_revision and not r.visible]

    def visible(self, today: date) -> list[StoredRecord]:
        """What must be found on that day."""
        return [
            r
            for r in self.records.values()
            if r.visible and (r.public_until is None or today < r.public_until)
        ]

    def revision(self) -> int:
        return self.current

    def swept(self) -> date | None:
        return self.day

    def sweep(self, today: date) -> None:
        if self.day is not None and self.day >= today:
            return
        moved = [*self._moved(today)]
        if moved:
            self.put(*moved)
        self.day = today

    def _moved(self, today: date) -> Iterable[StoredRecord]:
        for record in self.records.values():
            until = record.public_until
            if record.state is RecordState.PUBLISHED and until is not None and until <= today:
                yield replace(record, state=RecordState.ENDED)
            if record.state is RecordState.PENDING and record.public_from <= today:
                yield replace(record, state=RecordState.PUBLISHED)

    def changes(self, after: int, limit: int) -> ChangeBatch:
        revisions = [r.revision for r in self.records.values()]
        revisions += [s.revision for s in self.subjects.values()]
        newer = sorted(revision for revision in revisions if revision > after)
        upto = newer[limit - 1] if len(newer) >= limit else self.current
        return ChangeBatch(
            upto,
            tuple(r for r in self.records.values() if after < r.revision <= upto),
            tuple(s for s in self.subjects.values() if after < s.revision <= upto),
        )

    def subject_names(self) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        for subject in self.subjects.values():
            if subject.exists:
                card = card_of(to_subject_document(subject))
                yield card.names, card.codes

    def subject_count(self) -> int:
        return sum(subject.exists for subject in self.subjects.values())
