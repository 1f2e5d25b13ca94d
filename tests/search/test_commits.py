"""How often a follower commits: a commit costs as much as hundreds of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace

import pytest

from search.engine import Document, IndexState, IndexWriter
from search.follower import Follower
from search.statistics import TermStatistics
from tests.search.corpus import records
from tests.search.journal import MemoryJournal


@dataclass
class CountingWriter:
    """A writer that notes the revisions of its commits."""

    writer: IndexWriter
    commits: list[int] = field(default_factory=list)

    @property
    def state(self) -> IndexState:
        return self.writer.state

    def apply(self, upserts: Iterable[Document], deletes: Mapping[str, int]) -> None:
        self.writer.apply(upserts, deletes)

    def keep_statistics(self, version: str, statistics: TermStatistics) -> None:
        self.writer.keep_statistics(version, statistics)

    def commit(self, state: IndexState) -> None:
        self.commits.append(state.revision)
        self.writer.commit(state)

    def close(self) -> None:
        self.writer.close()


@pytest.mark.parametrize(
    ("after", "commits"), [(0.0, [1, 2, 3, 3]), (3_600.0, [3])], ids=["each batch", "once"]
)
def test_commits_come_after_so_many_seconds_and_at_the_end(
    journal: MemoryJournal, follower: Follower, after: float, commits: list[int]
) -> None:
    follower.bring_up()
    for record in records(3):
        journal.put(record)
    patient = replace(follower, batch=1, live_commit=after)
    name = follower.generations.live()
    assert name is not None
    with (
        follower.generations.exclusive(0),
        closing(CountingWriter(follower.generations.writer(name))) as writer,
    ):
        assert patient.follow(writer).revision == 3

    assert list(dict.fromkeys(writer.commits)) == list(dict.fromkeys(commits))
    assert len(writer.commits) <= len(commits)
    assert follower.generations.state() == writer.state
