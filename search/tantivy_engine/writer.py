"""Writing one generation, and opening it for that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import tantivy

from records.errors import SearchError
from search.engine import Document, IndexState
from search.schema import ID, PRESENT, IndexSchema, id_rank
from search.statistics import TermStatistics
from search.subjects import NAME_KEY, card_of
from search.tantivy_engine import term_files
from search.tantivy_engine.cards import CardWriter
from search.tantivy_engine.index import (
    CARD,
    STATE_KEY,
    STATE_VALUE,
    STORED,
    Committed,
    build_schema,
    fingerprint,
    guarded,
    open_index,
    read_committed,
)
from search.tantivy_engine.shortcuts import COMBINED, ID_RANGE, Shortcuts, id_range, tokens_of

_HEAP = 96_000_000
_THREADS = 1


@dataclass(frozen=True)
class TantivyBackend:
    """Implements search.generations.Backend."""

    schema: IndexSchema

    @property
    def fingerprint(self) -> str:
        """Of the schema and of how it is stored."""
        return fingerprint(self.schema)

    def create(self, path: Path) -> None:
        """Make an empty index in an existing directory. Raises IndexUnavailable."""
        with guarded():
            tantivy.Index(build_schema(self.schema), path=str(path), reuse=False)

    def is_readable(self, path: Path) -> bool:
        """Whether the directory holds an index of a format that this tantivy reads."""
        try:
            with guarded():
                return tantivy.Index.is_compatible(str(path))
        except SearchError:
            return False

    def writer(self, path: Path) -> TantivyWriter:
        """Open for writing. Raises IndexUnavailable."""
        with guarded():
            index = open_index(path)
            # The lock first: whoever has it may cut the file of cards.
            writer = index.writer(_HEAP, _THREADS)
            committed = read_committed(index.searcher(), index.schema)
            cards = CardWriter(path, committed.cards)
            return TantivyWriter(self.schema, path, writer, cards, committed.state)

    def state(self, path: Path) -> IndexState:
        """The committed state. Raises IndexUnavailable."""
        with guarded():
            index = open_index(path)
            return read_committed(index.searcher(), index.schema).state


@dataclass
class TantivyWriter:
    """Implements search.engine.IndexWriter."""

    schema: IndexSchema
    path: Path
    writer: tantivy.IndexWriter
    cards: CardWriter
    state: IndexState
    _shortcuts: Shortcuts = field(init=False)

    def __post_init__(self) -> None:
        self._shortcuts = Shortcuts(self.schema)

    def apply(self, upserts: Iterable[Document], deletes: Mapping[str, int]) -> None:
        """Add or replace documents, delete by record id; visible after commit."""
        with guarded():
            for record_id in deletes:
                self.writer.delete_documents_by_term(ID.name, record_id)
            for document in upserts:
                self.writer.delete_documents_by_term(ID.name, str(document["id"]))
                self.writer.add_document(self._tantivy_document(document))

    def keep_statistics(self, version: str, statistics: TermStatistics) -> None:
        """Keep term statistics beside the index, before the commit whose state names their version."""
        with guarded():
            term_files.keep(self.path, version, statistics)

    def commit(self, state: IndexState) -> None:
        """Make everything applied since the last commit and this state visible at once."""
        document = tantivy.Document()
        document.add_text(STATE_KEY, STATE_VALUE)
        with guarded():
            document.add_bytes(STORED, Committed(state, self.cards.sync()).as_bytes())
            self.writer.delete_documents_by_term(STATE_KEY, STATE_VALUE)
            self.writer.add_document(document)
            self.writer.commit()
            term_files.keep_only(self.path, state.statistics)
        self.state = state

    def close(self) -> None:
        """Release the writer when its merges are done; what was not committed is gone."""
        with guarded():
            self.cards.close()
            self.writer.rollback()
            self.writer.wait_merging_threads()

    def _tantivy_document(self, document: Document) -> tantivy.Document:
        made = tantivy.Document()
        entry = self.schema.entry(document)
        # One text of all: a call for each costs more than to split them again.
        entry[PRESENT.name] = " ".join(tokens_of(entry, PRESENT.name))
        if entry.pop(NAME_KEY.name, None) is not None:
            made.add_integer(CARD.name, self.cards.append(card_of(document)))
        for name, value in entry.items():
            if isinstance(value, int):
                made.add_integer(name, value)
            elif isinstance(value, str):
                made.add_text(name, value)
            else:
                for token in value:
                    made.add_text(name, token)
        made.add_text(COMBINED.name, " ".join(self._shortcuts.terms(entry)))
        made.add_integer(ID_RANGE.name, id_range(id_rank(str(document["id"]))))
        made.add_bytes(STORED, orjson.dumps(document))
        return made
