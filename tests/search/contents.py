"""All that an index holds, read past the engine: files, documents, terms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson
import tantivy
from elasticsearch import Elasticsearch

from search.elasticsearch_engine.clients import writing_client
from search.elasticsearch_engine.names import Names
from search.generations import read_pointer
from search.schema import IndexSchema, Storage
from search.tantivy_engine.index import STORED
from tests.search.backends import DECLARED, Backend, ElasticsearchBackend, TantivyBackend

_NO_TERMS = {Storage.NUMBER, Storage.ORDER}
_FIELDS = [f.name for f in IndexSchema(DECLARED).fields if f.storage not in _NO_TERMS]


class Contents(Protocol):
    """The live generation of an index."""

    def files(self) -> list[bytes]:
        """Everything on the disk."""

    def documents(self) -> list[str]:
        """What is kept of each record, as JSON."""

    def is_term(self, token: str) -> bool:
        """Whether some record has exactly this term in some field."""

    def has_term_with(self, part: str) -> bool:
        """Whether some record has a term in which this stands."""


@dataclass(frozen=True)
class TantivyContents:
    home: Path

    def files(self) -> list[bytes]:
        return _read(self.home)

    def documents(self) -> list[str]:
        found = self._searcher()
        hits = found.search(tantivy.Query.all_query(), 100).hits
        stored = [found.doc(address).get_first(STORED) for _, address in hits]
        return [
            orjson.dumps(orjson.loads(raw)).decode() for raw in stored if isinstance(raw, bytes)
        ]

    def is_term(self, token: str) -> bool:
        return token in self._terms()

    def has_term_with(self, part: str) -> bool:
        return any(part in term for term in self._terms())

    def _terms(self) -> set[str]:
        found = self._searcher()
        return {term for name in _FIELDS for term, _ in found.terms_with_prefix(name, "")}

    def _searcher(self) -> tantivy.Searcher:
        return tantivy.Index.open(str(self.home / read_pointer(self.home).live)).searcher()


@dataclass(frozen=True)
class ElasticsearchContents:
    client: Elasticsearch
    live: str

    def files(self) -> list[bytes]:
        """The log of operations is among them, in which all that was sent stands as it was sent."""
        (settings,) = self.client.indices.get_settings(index=self.live).values()
        (node,) = self.client.nodes.stats(metric="fs")["nodes"].values()
        (data,) = node["fs"]["data"]
        return _read(Path(data["path"]) / "indices" / settings["settings"]["index"]["uuid"])

    def documents(self) -> list[str]:
        hits = self.client.search(index=self.live, size=100)["hits"]["hits"]
        return [orjson.dumps(hit["_source"]).decode() for hit in hits]

    def is_term(self, token: str) -> bool:
        return self._is_found([{"term": {name: token}} for name in _FIELDS])

    def has_term_with(self, part: str) -> bool:
        literal = "".join(c if c.isalnum() else f"\\{c}" for c in part)
        return self._is_found([{"regexp": {name: f".*{literal}.*"}} for name in _FIELDS])

    def _is_found(self, any_of: list[dict[str, dict[str, str]]]) -> bool:
        query = {"bool": {"should": any_of}}
        return bool(self.client.count(index=self.live, query=query)["count"])


@contextmanager
def contents_of(backend: Backend) -> Iterator[Contents]:
    """The contents of an index, as long as the block lasts."""
    match backend:
        case TantivyBackend(home):
            yield TantivyContents(home)
        case ElasticsearchBackend(cluster):
            with writing_client(cluster) as client:
                yield ElasticsearchContents(client, Names(cluster.index).live)


def _read(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
