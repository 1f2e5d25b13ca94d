"""A journal in memory: what the follower reads, without a database."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from records.stored import ChangeBatch, RecordState, StoredRecord
from tests.support import NOON


@dataclass
class MemoryJournal:
    """Implements search.follower.JournalSource."""

    records: dict[str, StoredRecord] = field(default_factory=dict)
    current: int = 0
    day: date | None = None

    def put(self, *records: StoredRecord) -> None:
        """Insert or replace, under one new revision."""
        self.current += 1
        moment = NOON + timedelta(seconds=self.current)
        for record in records:
            self.records[record.id] = replace(record, revision=self.current, updated_at=moment)

    def withdraw(self, *ids: str) -> None:
        self.put(*(replace(self.records[i], state=RecordState.WITHDRAWN) for i in ids))

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
        newer = sorted(
            (r for r in self.records.values() if r.revision > after), key=lambda r: r.revision
        )
        upto = newer[limit - 1].revision if len(newer) >= limit else self.current
        whole = itertools.takewhile(lambda r: r.revision <= upto, newer)
        return ChangeBatch(upto, tuple(whole))
