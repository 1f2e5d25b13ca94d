"""Writing one generation: implements search.engine.IndexWriter by bulk requests.

Documents are made while the cluster takes in those before them. Each carries its revision as its version: a
writer that was overtaken without noticing cannot put an older record in place of a newer one. Whatever is not
confirmed, record by record, is an error, and the state is not written; whoever follows next sends it again.
"""

from __future__ import annotations

import base64
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain

import orjson
from elasticsearch import ApiError, Elasticsearch

from search.elasticsearch_engine.failures import (
    error_type,
    guarded,
    is_read_only,
    refusal,
    unreadable,
)
from search.elasticsearch_engine.mapping import CARD, STORED, fingerprint, meta_of
from search.elasticsearch_engine.names import writing
from search.elasticsearch_engine.term_statistics import Part, every_part, is_part_of, parts_of
from search.engine import Document, IndexState
from search.query import SUBJECTS
from search.schema import IndexSchema
from search.statistics import TermStatistics
from search.subjects import card_as_bytes, card_of

logger = logging.getLogger("xincha.search")

_CHUNK_BYTES = 2_000_000
_SENDERS = 2
_IN_FLIGHT = _SENDERS + 1
"""Chunks under way: two that the cluster works at, one that it finds waiting."""
_MOST_PARTS = 1_000
"""Of statistics, that are looked at in order to delete them."""
_BUSY = frozenset({429, 503})
_BUSY_SECONDS = (0.5, 1, 2, 4, 8, 15)
"""Pauses before what the cluster was too busy for is sent again."""

Operation = tuple[bytes, bytes]
"""The action and, but for a deletion, the source of one document."""


@dataclass
class ElasticsearchWriter:
    """One generation, open for writing; `confirm` raises when somebody else may be writing by now."""

    client: Elasticsearch
    schema: IndexSchema
    index: str
    owner: str
    state: IndexState
    confirm: Callable[[], None]
    _sender: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_SENDERS, thread_name_prefix="bulk")
    )
    _sent: list[Future[None]] = field(default_factory=list)

    def apply(self, upserts: Iterable[Document], deletes: Mapping[str, int]) -> None:
        """Add or replace documents, delete by record id; visible after commit."""
        operations = chain(
            (_deletion(record_id, revision) for record_id, revision in deletes.items()),
            map(self._upsert, upserts),
        )
        self._send_all(operations)

    def keep_statistics(self, version: str, statistics: TermStatistics) -> None:
        """Keep them as documents; versions before the one that the state names are deleted."""
        # Of two writers at one revision none deletes what the other keeps.
        revision = 2 * self.state.revision + 1
        kept = (version, self.state.statistics)
        old = [i for i in self._statistics() if not any(is_part_of(i, v) for v in kept)]
        self._send_all(
            chain(
                (_deletion(document_id, revision - 1) for document_id in old),
                (_keeping(part, revision) for part in parts_of(version, statistics)),
            )
        )

    def commit(self, state: IndexState) -> None:
        """Make everything applied since the last commit visible, then this state."""
        self._await_all_but(0)
        with guarded():
            self._refresh()
            self.confirm()
            meta = meta_of(state, fingerprint(self.schema), self.owner)
            self.client.indices.put_mapping(index=self.index, meta=meta)
        self.state = state

    def close(self) -> None:
        """Stop sending; what was sent and not committed is sent again by whoever follows next."""
        self._sender.shutdown(cancel_futures=True)

    def _send_all(self, operations: Iterable[Operation]) -> None:
        for chunk in _chunks(operations):
            self._await_all_but(_IN_FLIGHT - 1)
            self._sent.append(self._sender.submit(self._send, chunk))

    def _statistics(self) -> list[str]:
        """The documents of all versions that can be seen."""
        with guarded():
            found = self.client.search(
                index=self.index,
                query=every_part(),
                size=_MOST_PARTS,
                source=False,
                allow_partial_search_results=False,
            )
        return [str(hit["_id"]) for hit in found["hits"]["hits"]]

    def _await_all_but(self, number: int) -> None:
        """Wait for the oldest chunks. One that failed stays: without it nothing is ever committed."""
        while len(self._sent) > number:
            self._sent[0].result()
            del self._sent[0]

    def _upsert(self, document: Document) -> Operation:
        entry = self.schema.entry(document)
        if document["dataset"] == SUBJECTS:
            entry[CARD] = base64.b64encode(card_as_bytes(card_of(document))).decode()
        columns, stored = orjson.dumps(entry), orjson.dumps(document)
        action = _action("index", str(document["id"]), document["revision"])
        # One object of both: a copy of the entry would take longer than its bytes.
        return action, b'%b,"%b":%b}' % (columns[:-1], STORED.encode(), stored)

    def _send(self, chunk: Sequence[Operation]) -> None:
        """Send until every operation is confirmed. Raises IndexUnavailable."""
        for pause in (*_BUSY_SECONDS, None):
            chunk = self._unconfirmed(chunk)
            if not chunk:
                return
            if pause is not None:
                time.sleep(pause)
        raise refusal(429, "")

    def _unconfirmed(self, chunk: Sequence[Operation]) -> Sequence[Operation]:
        """Send; the operations that the cluster was too busy for. Raises IndexUnavailable."""
        outcomes = self._outcomes(chunk)
        if len(outcomes) != len(chunk):
            raise unreadable()
        again = []
        for operation, (status, error) in zip(chunk, outcomes, strict=True):
            if _is_busy(status, error):
                again.append(operation)
            elif not _is_done(status, error):
                raise refusal(status, error)
        return again

    def _outcomes(self, chunk: Sequence[Operation]) -> Sequence[tuple[int, str]]:
        """Status and type of error of each operation, as far as the cluster answers."""
        with guarded():
            try:
                answer = self.client.bulk(
                    index=writing(self.index),
                    # Lines that are JSON already are sent as they are.
                    operations=[line for operation in chunk for line in operation if line],  # type: ignore[misc]
                    require_alias=True,
                    filter_path="errors,items.*.status,items.*.error.type",
                )
            except ApiError as refused:
                outcome = int(refused.status_code), error_type(refused.body)
                if _is_busy(*outcome):
                    return [outcome] * len(chunk)
                raise
        return _items(answer.body)

    def _refresh(self) -> None:
        for pause in (*_BUSY_SECONDS, None):
            shards = self.client.indices.refresh(index=self.index)["_shards"]
            # A copy that is nowhere does not count as failed.
            if shards["successful"] and not shards["failed"]:
                return
            if pause is not None:
                time.sleep(pause)
        raise refusal(503, "")


def _items(body: object) -> Sequence[tuple[int, str]]:
    items = body.get("items") if isinstance(body, dict) else None
    try:
        outcomes = [next(iter(item.values())) for item in items or ()]
        return [(int(o["status"]), str(o.get("error", {}).get("type", ""))) for o in outcomes]
    except (AttributeError, LookupError, StopIteration, TypeError, ValueError):
        raise unreadable() from None


def _is_busy(status: int, error: str) -> bool:
    return status in _BUSY and not is_read_only(status, error)


def _is_done(status: int, error: str) -> bool:
    """Whether the index is as the operation wants it: as new, or newer."""
    if error == "version_conflict_engine_exception":
        logger.info("the index has a later revision of a record than the one sent")
        return True
    # There was nothing to delete.
    return status < 300 or (status == 404 and not error)


def _keeping(part: Part, revision: int) -> Operation:
    return _action("index", part.id, revision), orjson.dumps(part.source)


def _deletion(record_id: str, revision: int) -> Operation:
    return _action("delete", record_id, revision), b""


def _action(what: str, record_id: str, revision: object) -> bytes:
    version = {"_id": record_id, "version": revision, "version_type": "external_gte"}
    return orjson.dumps({what: version})


def _chunks(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    chunk: list[Operation] = []
    size = 0
    for operation in operations:
        chunk.append(operation)
        size += len(operation[0]) + len(operation[1])
        if size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
