"""One batch of changes → what becomes of the documents of an index; and when its names are counted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Protocol

from records.dataset import Dataset
from records.stored import ChangeBatch
from search.documents import to_document, to_tombstone
from search.engine import Document, IndexWriter
from search.plan import Grams
from search.statistics import TermStatistics
from search.subjects import terms_of, to_subject_document

_AT_ONCE = 1_000
_GROWTH = 10
"""Names are counted anew when there are a tenth more of them."""


class SubjectSource(Protocol):
    """What is counted; part of search.follower.JournalSource."""

    def subject_names(self) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """Names, of which a masked one is empty, and codes of every subject that exists."""

    def subject_count(self) -> int:
        """How many subjects exist."""


def apply_batch(writer: IndexWriter, batch: ChangeBatch, datasets: Sequence[Dataset]) -> None:
    """Bring an index from one revision to the next: records, subjects, and what stands for those that are gone."""
    declared = {dataset.name: dataset for dataset in datasets}
    deletes = {s.id: s.revision for s in batch.subjects if not s.exists}
    for record in batch.records:
        if record.dataset not in declared or not (record.visible or record.published_revision):
            deletes[record.id] = record.revision

    def documents() -> Iterator[Document]:
        for record in batch.records:
            if record.id not in deletes:
                make = to_document if record.visible else to_tombstone
                yield make(record, declared[record.dataset])

    subjects = (to_subject_document(s) for s in batch.subjects if s.exists)
    writer.apply(chain(documents(), subjects), deletes)


def recount(writer: IndexWriter, source: SubjectSource, between: Callable[[], None]) -> None:
    """Commit new term statistics, if there are enough more subjects than were counted.

    To count a million takes a minute: `between` runs every few hundredths of a second and may commit what
    changes meanwhile. Statistics follow from the subjects alone, so that every engine has the same.
    """
    count, state = source.subject_count(), writer.state
    if not count or (state.statistics and count * _GROWTH < state.names * (_GROWTH + 1)):
        return
    counted = TermStatistics.counted(_terms(source, between))
    version = str(writer.state.revision)
    writer.keep_statistics(version, counted)
    writer.commit(replace(writer.state, statistics=version, names=counted.names))


def _terms(source: SubjectSource, between: Callable[[], None]) -> Iterator[list[tuple[Grams, str]]]:
    for number, subject in enumerate(source.subject_names()):
        if number % _AT_ONCE == 0:
            between()
        yield terms_of(*subject)
