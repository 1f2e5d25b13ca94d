"""One generation as a tantivy directory: its schema, its state document, writing to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import orjson
import tantivy

from records.errors import IndexUnavailable, SearchError
from search.engine import Document, IndexState
from search.schema import ID, IndexSchema, Storage, id_rank
from search.tantivy_engine.shortcuts import COMBINED, ID_RANGE, Shortcuts, id_range

VERSION = 3
"""Of what this package makes of a schema."""

STORED = "stored"
"""The document, or the state, as JSON."""
_STATE_KEY = "state"
_STATE_VALUE = "1"
_TOKENIZER = "xincha_pairs"
_HEAP = 96_000_000
_THREADS = 1


@contextmanager
def guarded() -> Iterator[None]:
    """Turn whatever tantivy raises into a SearchError; its messages may quote values and are dropped."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise IndexUnavailable(
            f"the index cannot be used: {type(error).__name__} / 索引不可用",
            "run: xincha check; if it stays so: xincha reindex",
        ) from None
    except BaseException as error:
        # A Rust panic is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise SearchError("the search engine failed / 检索引擎出错") from None


def open_index(path: Path) -> tantivy.Index:
    """Open a directory; reading takes place at the commit of the last `reload`. Raises ValueError."""
    index = tantivy.Index.open(str(path))
    _register(index)
    index.config_reader("manual")
    index.reload()
    return index


def _register(index: tantivy.Index) -> None:
    """Tokenizers live in memory only: without them a writer refuses documents."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyzer)


def _build_schema(schema: IndexSchema) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_STATE_KEY, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(STORED, stored=True)
    for item in schema.fields:
        match item.storage:
            case Storage.KEYWORD | Storage.VALUE:
                counted = item in schema.counted
                builder.add_text_field(
                    item.name, fast=counted, tokenizer_name="raw", index_option="basic"
                )
            case Storage.TEXT:
                builder.add_text_field(
                    item.name, tokenizer_name=_TOKENIZER, index_option="position"
                )
            case Storage.GRAMS:
                builder.add_text_field(
                    item.name, tokenizer_name=_TOKENIZER, index_option="basic"
                )
            case Storage.NUMBER:
                builder.add_integer_field(
                    item.name, indexed=item not in schema.unsearched, fast=True
                )
    builder.add_text_field(COMBINED.name, tokenizer_name=_TOKENIZER, index_option="basic")
    builder.add_integer_field(ID_RANGE.name, indexed=True)
    return builder.build()


def read_state(searcher: tantivy.Searcher, schema: tantivy.Schema) -> IndexState:
    """The state that was committed with what the searcher sees."""
    query = tantivy.Query.term_query(schema, _STATE_KEY, _STATE_VALUE, index_option="basic")
    hits = searcher.search(query, 1).hits
    if not hits:
        return IndexState()
    raw = orjson.loads(stored_bytes(searcher, hits[0][1]))
    return IndexState(
        revision=raw["revision"],
        swept=date.fromisoformat(raw["swept"]) if raw["swept"] else None,
        updated_at={k: datetime.fromisoformat(v) for k, v in raw["updated_at"].items()},
    )


def stored_bytes(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> bytes:
    """The stored JSON of one hit."""
    value = searcher.doc(address).get_first(STORED)
    if not isinstance(value, bytes):
        raise IndexUnavailable("the index holds a document without content / 索引内容不完整")
    return value


@dataclass(frozen=True)
class TantivyBackend:
    """Implements search.generations.Backend."""

    schema: IndexSchema

    @property
    def fingerprint(self) -> str:
        """Of the schema and of how it is stored."""
        return f"tantivy-{VERSION}-{self.schema.fingerprint}"

    def create(self, path: Path) -> None:
        """Make an empty index in an existing directory. Raises IndexUnavailable."""
        with guarded():
            tantivy.Index(_build_schema(self.schema), path=str(path), reuse=False)

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
            state = read_state(index.searcher(), index.schema)
            return TantivyWriter(self.schema, index.writer(_HEAP, _THREADS), state)

    def state(self, path: Path) -> IndexState:
        """The committed state. Raises IndexUnavailable."""
        with guarded():
            index = open_index(path)
            return read_state(index.searcher(), index.schema)


@dataclass
class TantivyWriter:
    """Implements search.engine.IndexWriter."""

    schema: IndexSchema
    writer: tantivy.IndexWriter
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

    def commit(self, state: IndexState) -> None:
        """Make everything applied since the last commit and this state visible at once."""
        content = {
            "revision": state.revision,
            "swept": state.swept.isoformat() if state.swept else None,
            "updated_at": {name: at.isoformat() for name, at in state.updated_at.items()},
        }
        document = tantivy.Document()
        document.add_text(_STATE_KEY, _STATE_VALUE)
        document.add_bytes(STORED, orjson.dumps(content))
        with guarded():
            self.writer.delete_documents_by_term(_STATE_KEY, _STATE_VALUE)
            self.writer.add_document(document)
            self.writer.commit()
        self.state = state

    def close(self) -> None:
        """Release the writer when its merges are done; what was not committed is gone."""
        with guarded():
            self.writer.rollback()
            self.writer.wait_merging_threads()

    def _tantivy_document(self, document: Document) -> tantivy.Document:
        made = tantivy.Document()
        entry = self.schema.entry(document)
        for name, value in entry.items():
            if isinstance(value, int):
                made.add_integer(name, value)
            elif isinstance(value, str):
                made.add_text(name, value)
            else:
                for token in value:
                    made.add_text(name, token)
        # One text of all: a call for each costs more than to split them again.
        made.add_text(COMBINED.name, " ".join(self._shortcuts.terms(entry)))
        made.add_integer(ID_RANGE.name, id_range(id_rank(str(document["id"]))))
        made.add_bytes(STORED, orjson.dumps(document))
        return made
