"""What an index looks like in Elasticsearch, derived from the index schema; and the state kept beside it.

`_meta` of the mapping holds the state: it is written after the documents that it speaks of are visible, so a
reader sees documents that are as new as the state says, or newer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from records.errors import IndexUnavailable
from search.engine import IndexState
from search.schema import ID, IndexField, IndexSchema, Storage

VERSION = 2
"""Of what this package makes of a schema."""

_MADE_BY = "elasticsearch-"
STORED = "stored"
"""The document as it is shown; the only part of a source that is kept."""
CARD = "card"
"""What ranking knows of a subject; in a column of its own."""

SETTINGS: Mapping[str, object] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # Only a commit makes documents visible.
    "refresh_interval": "-1",
    # How long a deletion keeps an older version of the document away.
    "gc_deletes": "1h",
}

_TOKENS: Mapping[str, object] = {
    "type": "text",
    "analyzer": "whitespace",
    "norms": False,
    "similarity": "boolean",
}


def fingerprint(schema: IndexSchema) -> str:
    """Of the schema and of how it is stored."""
    return f"{_MADE_BY}{VERSION}-{schema.fingerprint}"


def mapping_of(schema: IndexSchema, owner: str) -> dict[str, object]:
    """The mapping of an empty index: nothing that is not declared gets in."""
    fields = {field.name: _property(field, schema) for field in schema.fields}
    return {
        "dynamic": "strict",
        "_source": {"includes": [STORED]},
        "_meta": meta_of(IndexState(), fingerprint(schema), owner),
        "properties": {
            **fields,
            STORED: {"type": "object", "enabled": False},
            CARD: {"type": "binary", "doc_values": True},
        },
    }


def _property(field: IndexField, schema: IndexSchema) -> Mapping[str, object]:
    searched = field not in schema.unsearched
    match field.storage:
        case Storage.NUMBER:
            return {"type": "long", "index": searched}
        case Storage.TEXT:
            return {**_TOKENS, "index_options": "positions"}
        case Storage.GRAMS:
            return {**_TOKENS, "index_options": "docs"}
        case Storage.ORDER:
            return {"type": "keyword", "index": False, "doc_values": True}
        case Storage.KEYWORD | Storage.VALUE:
            by_document = field in schema.counted or field == ID
            return {"type": "keyword", "index": searched, "doc_values": by_document}


def meta_of(state: IndexState, made_with: str, owner: str) -> dict[str, object]:
    """The `_meta` of an index in this state."""
    return {
        "fingerprint": made_with,
        "owner": owner,
        "revision": state.revision,
        "swept": state.swept.isoformat() if state.swept else None,
        "updated_at": {name: at.isoformat() for name, at in state.updated_at.items()},
        "statistics": state.statistics,
        "names": state.names,
    }


def fingerprint_in(meta: Mapping[str, object]) -> str:
    """What an index was built with; empty when it does not say."""
    return str(meta.get("fingerprint", ""))


def is_one(meta: Mapping[str, object]) -> bool:
    """Whether an index was made by this program, of whatever version."""
    return fingerprint_in(meta).startswith(_MADE_BY)


def check_owner(meta: Mapping[str, object], owner: str) -> None:
    """Raises IndexUnavailable for the index of another store."""
    if meta.get("owner") != owner:
        raise IndexUnavailable(
            "the index in the search engine belongs to another store / 检索引擎中的索引属于另一数据库",
            "give XINCHA_SEARCH_INDEX a name of its own; or, when that store is gone, delete its indexes",
        )


def state_in(meta: Mapping[str, object], index: str) -> IndexState:
    """The state in a `_meta` of an index of ours. Raises IndexUnavailable when it holds none."""
    revision, swept, updated = (meta.get(k) for k in ("revision", "swept", "updated_at"))
    statistics, names = meta.get("statistics", ""), meta.get("names", 0)
    if not (isinstance(revision, int) and isinstance(updated, dict) and isinstance(names, int)):
        raise IndexUnavailable(
            "the index does not say what it holds / 索引状态缺失", "run: xincha reindex"
        )
    return IndexState(
        revision=revision,
        swept=date.fromisoformat(str(swept)) if swept else None,
        updated_at={str(k): datetime.fromisoformat(str(v)) for k, v in updated.items()},
        statistics=str(statistics),
        names=names,
        commit=f"{index}/{revision}/{swept}/{statistics}",
    )
