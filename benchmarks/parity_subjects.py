"""Subjects of given names, and how an index of them came to be: by many commits, changes and ends among them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.named_subjects import code_of, id_of, named_subject
from records.stored import StoredSubject
from search.engine import Document, IndexWriter
from search.statistics import TermStatistics
from search.subjects import terms_of, to_subject_document

COMMITS = 8
"""In which the subjects come in; as many change them, or take them away."""
_CHANGED, _ENDED = 0.1, 0.05


@dataclass(frozen=True)
class Subjects:
    """One a name, in the order given, which should be none: ties must not be broken by it."""

    names: Sequence[str]

    def write(self, writer: IndexWriter, today: date) -> None:
        """All commits; the names are counted as they came in."""
        for revision, (upserts, deletes) in enumerate(self._batches(), start=1):
            writer.apply(upserts, deletes)
            state = replace(writer.state, revision=revision, swept=today)
            if revision == COMMITS:
                statistics = self.statistics()
                writer.keep_statistics(str(revision), statistics)
                state = replace(state, statistics=str(revision), names=statistics.names)
            writer.commit(state)

    def statistics(self) -> TermStatistics:
        """Of the names as they came in."""
        return TermStatistics.counted(terms_of([name], [code_of(n)]) for n, name in self._numbered)

    def _batches(self) -> Iterator[tuple[Iterator[Document], Mapping[str, int]]]:
        rng = random.Random(20)  # noqa: S311  # the same in every run
        for revision in range(1, COMMITS + 1):
            came = self._numbered[revision - 1 :: COMMITS]
            yield (to_subject_document(_subject(n, name, revision)) for n, name in came), {}
        for revision in range(COMMITS + 1, 2 * COMMITS + 1):
            changed = rng.sample(self._numbered, int(len(self.names) * _CHANGED / COMMITS))
            ended = rng.sample(range(len(self.names)), int(len(self.names) * _ENDED / COMMITS))
            ends = {id_of(n): revision for n in ended}
            yield (
                (
                    to_subject_document(_changed(_subject(n, name, revision)))
                    for n, name in changed
                    if id_of(n) not in ends
                ),
                ends,
            )

    @property
    def _numbered(self) -> list[tuple[int, str]]:
        return list(enumerate(self.names))


def _subject(number: int, name: str, revision: int) -> StoredSubject:
    made = named_subject(number, name)
    return replace(made, completeness=number % 12, visible={"PENALTY": None}, revision=revision)


def _changed(subject: StoredSubject) -> StoredSubject:
    """It has another name now."""
    renamed = subject.name.replace("有限公司", "集团有限公司")
    return replace(subject, name=renamed, former_names=(subject.name,))
