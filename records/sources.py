"""Sources and rejections: what was loaded, how far, and which rows were not accepted and why.

A source is recognized by its content (checksum, sheet, dataset, template, way of loading), not by its
file name: the same file loaded again is the same source, its rejections are replaced, not repeated.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Connection, delete, select, update

from records import tables
from records.store import Store

COUNTS: Final = (
    "read", "inserted", "updated", "unchanged", "withdrawn", "not_republished", "rejected",
)  # fmt: skip
_LOADING, _DONE = "loading", "done"
_sources = tables.sources


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: what the operator sees, and what makes it the same source again.

    `resumable`: whether a pass that was killed is taken up where it stopped, or begun anew. `told`: what
    the operator said of it that its headers do not.
    """

    name: str
    sheet: str
    checksum: str
    dataset: str
    template: str
    provider: str = ""
    withdraw: bool = False
    resumable: bool = True
    told: str = ""

    @property
    def identity(self) -> str:
        """Digest of everything that makes two loads the same source."""
        parts = (self.checksum, self.sheet, self.dataset, self.template, self.provider)
        said = (str(self.withdraw), *([self.told] if self.told else ()))
        return hashlib.sha256("\0".join((*parts, *said)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a source has come: counts as in COUNTS, reasons of rejection, last committed line."""

    source_id: int
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    position: int = 0


class SourceRun:
    """One pass over a source; begun anew, or taken up where a killed process left it."""

    def __init__(self, store: Store, progress: Progress, *, repeated: bool = False) -> None:
        self._store = store
        self._progress = progress
        self.repeated = repeated
        """Whether the source was loaded to its end before, so that no row of it is news."""

    @classmethod
    def begin(cls, store: Store, origin: Origin) -> SourceRun:
        """Find or make the source. A pass that had finished starts again from its first line."""
        with store.writing() as connection:
            row = connection.execute(
                select(_sources).where(_sources.c.identity == origin.identity)
            ).one_or_none()
            if row is None:
                return cls(store, Progress(_insert(connection, store, origin)))
            repeated = row.finished_at is not None
            if row.status == _LOADING and origin.resumable:
                saved = row.counts
                progress = Progress(
                    row.id, Counter(saved["counts"]), Counter(saved["reasons"]), row.position
                )
                return cls(store, progress, repeated=repeated)
            progress = Progress(row.id)
            connection.execute(
                delete(tables.rejections).where(tables.rejections.c.source_id == row.id)
            )
            save_progress(connection, progress, ())
            return cls(store, progress, repeated=repeated)

    @property
    def source_id(self) -> int:
        """The source's number in the store."""
        return self._progress.source_id

    @property
    def position(self) -> int:
        """The last line whose row is committed."""
        return self._progress.position

    @property
    def counts(self) -> dict[str, int]:
        """Counts of the whole pass, every name of COUNTS present."""
        return {name: self._progress.counts[name] for name in COUNTS}

    @property
    def reasons(self) -> dict[str, int]:
        """Rejection codes and how often each occurred, most frequent first."""
        return dict(self._progress.reasons.most_common())

    def advanced(self, counts: Counter[str], reasons: Counter[str], position: int) -> Progress:
        """The progress after one more batch; the run itself changes only on :meth:`update`."""
        now = self._progress
        return replace(
            now,
            counts=now.counts + counts,
            reasons=now.reasons + reasons,
            position=max(position, now.position),
        )

    def update(self, progress: Progress) -> None:
        """Take over what has been committed."""
        self._progress = progress

    def finish(self) -> None:
        """Mark the pass as complete."""
        with self._store.writing() as connection:
            connection.execute(
                update(_sources)
                .where(_sources.c.id == self.source_id)
                .values(status=_DONE, finished_at=self._store.clock())
            )


def _insert(connection: Connection, store: Store, origin: Origin) -> int:
    insert = _sources.insert().values(
        identity=origin.identity,
        name=origin.name,
        sheet=origin.sheet,
        checksum=origin.checksum,
        dataset=origin.dataset,
        template=origin.template,
        provider=origin.provider,
        status=_LOADING,
        position=0,
        counts={"counts": {}, "reasons": {}},
        started_at=store.clock(),
    )
    return int(connection.execute(insert.returning(_sources.c.id)).scalar_one())


def save_progress(
    connection: Connection, progress: Progress, rejected: Sequence[Mapping[str, object]]
) -> None:
    """Within the batch's transaction: where the source stands, and its new rejections."""
    connection.execute(
        update(_sources)
        .where(_sources.c.id == progress.source_id)
        .values(
            status=_LOADING,
            position=progress.position,
            counts={"counts": dict(progress.counts), "reasons": dict(progress.reasons)},
        )
    )
    if rejected:
        rows = [{**item, "source_id": progress.source_id} for item in rejected]
        connection.execute(tables.rejections.insert(), rows)


def rejections(store: Store, source_id: int | None = None) -> Iterator[dict[str, object]]:
    """Rejected rows in order: source, file, sheet, line, column, code, message, value, fix."""
    table = tables.rejections
    query = (
        select(
            table.c.source_id.label("source"),
            _sources.c.name.label("file"),
            _sources.c.sheet,
            table.c.line,
            table.c.column,
            table.c.code,
            table.c.message,
            table.c.value,
            table.c.fix,
        )
        .join(_sources, _sources.c.id == table.c.source_id)
        .order_by(table.c.source_id, table.c.line, table.c.id)
    )
    if source_id is not None:
        query = query.where(table.c.source_id == source_id)
    with store.engine.connect() as connection:
        for row in connection.execution_options(yield_per=500).execute(query).mappings():
            yield dict(row)
