"""One generation as a tantivy directory: its schema and its state document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import orjson
import tantivy

from records.errors import IndexUnavailable, SearchError
from search.engine import IndexState
from search.schema import PRESENT, IndexField, IndexSchema, Storage
from search.tantivy_engine.shortcuts import COMBINED, ID_RANGE

VERSION = 4
"""Of what this package makes of a schema."""

STORED = "stored"
"""The document, or the state, as JSON."""
CARD = IndexField("card", Storage.NUMBER)
"""Where the card of a subject stands."""
STATE_KEY = "state"
STATE_VALUE = "1"
_TOKENIZER = "xincha_pairs"


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


def fingerprint(schema: IndexSchema) -> str:
    """Of the schema and of how it is stored."""
    return f"tantivy-{VERSION}-{schema.fingerprint}"


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


def build_schema(schema: IndexSchema) -> tantivy.Schema:
    """What an empty index is made with."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(STATE_KEY, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(STORED, stored=True)
    for item in schema.fields:
        match item.storage:
            case Storage.KEYWORD | Storage.VALUE:
                counted = item in schema.counted
                tokenizer = _TOKENIZER if item == PRESENT else "raw"
                builder.add_text_field(
                    item.name, fast=counted, tokenizer_name=tokenizer, index_option="basic"
                )
            case Storage.TEXT:
                builder.add_text_field(
                    item.name, tokenizer_name=_TOKENIZER, index_option="position"
                )
            case Storage.GRAMS:
                builder.add_text_field(item.name, tokenizer_name=_TOKENIZER, index_option="basic")
            case Storage.ORDER:
                # Sorted by numbers, then by what is stored.
                pass
            case Storage.NUMBER:
                builder.add_integer_field(
                    item.name, indexed=item not in schema.unsearched, fast=True
                )
    builder.add_text_field(COMBINED.name, tokenizer_name=_TOKENIZER, index_option="basic")
    builder.add_integer_field(ID_RANGE.name, indexed=True)
    builder.add_integer_field(CARD.name, fast=True)
    return builder.build()


@dataclass(frozen=True)
class Committed:
    """What a commit says of itself. `cards`: bytes of the file of cards."""

    state: IndexState
    cards: int

    def as_bytes(self) -> bytes:
        """As JSON."""
        state = self.state
        content = {
            "revision": state.revision,
            "swept": state.swept.isoformat() if state.swept else None,
            "updated_at": {name: at.isoformat() for name, at in state.updated_at.items()},
            "statistics": state.statistics,
            "names": state.names,
            "cards": self.cards,
        }
        return orjson.dumps(content)


def read_committed(searcher: tantivy.Searcher, schema: tantivy.Schema) -> Committed:
    """What was committed with what the searcher sees."""
    query = tantivy.Query.term_query(schema, STATE_KEY, STATE_VALUE, index_option="basic")
    hits = searcher.search(query, 1).hits
    if not hits:
        return Committed(IndexState(), 0)
    raw = orjson.loads(stored_bytes(searcher, hits[0][1]))
    state = IndexState(
        revision=raw["revision"],
        swept=date.fromisoformat(raw["swept"]) if raw["swept"] else None,
        updated_at={k: datetime.fromisoformat(v) for k, v in raw["updated_at"].items()},
        statistics=raw["statistics"],
        names=raw["names"],
    )
    return Committed(state, raw["cards"])


def stored_bytes(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> bytes:
    """The stored JSON of one hit."""
    value = searcher.doc(address).get_first(STORED)
    if not isinstance(value, bytes):
        raise IndexUnavailable("the index holds a document without content / 索引内容不完整")
    return value
