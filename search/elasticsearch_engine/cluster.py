"""Where a cluster is and how it is spoken to: addresses, certificates, clients."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict
from urllib.parse import SplitResult, unquote, urlsplit

from elasticsearch import AsyncElasticsearch, Elasticsearch, OrjsonSerializer

_PORT = 9200
_BACKOFF = 5
"""Seconds for which a host that did not answer is asked last, at most."""
_READ_SECONDS, _WRITE_SECONDS = 2.5, 60.0
"""Of one attempt."""
_RETRIES = 3
_RETRIED = (429, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster and what of it is ours.

    `hosts`: addresses without user and password. `ca`: certificates to trust instead of the system's.
    `index`: the beginning of the names of all indexes and aliases.
    """

    hosts: tuple[str, ...]
    index: str
    login: tuple[str, str] | None = field(default=None, repr=False)
    ca: Path | None = None

    def reading(self) -> AsyncElasticsearch:
        """A client for one event loop. Must be closed in it."""
        return AsyncElasticsearch(
            **self._options(),
            basic_auth=self.login,
            request_timeout=_READ_SECONDS,
            retry_on_timeout=True,
        )

    def writing(self) -> Elasticsearch:
        """A blocking client that waits as long as a cluster needs to choose a new master."""
        return Elasticsearch(
            **self._options(),
            basic_auth=self.login,
            request_timeout=_WRITE_SECONDS,
            retry_on_timeout=False,
        )

    def _options(self) -> _Options:
        options: _Options = {
            "hosts": self.hosts,
            "serializer": OrjsonSerializer(),
            "max_retries": _RETRIES,
            "retry_on_status": _RETRIED,
            "max_dead_node_backoff": _BACKOFF,
        }
        if self.ca is not None:
            options["ca_certs"] = str(self.ca)
        return options


class _Options(TypedDict, total=False):
    hosts: tuple[str, ...]
    serializer: OrjsonSerializer
    max_retries: int
    retry_on_status: tuple[int, ...]
    max_dead_node_backoff: float
    ca_certs: str


def parse_cluster(addresses: str, index: str, ca: Path | None = None) -> Cluster:
    """The cluster of a setting: full addresses separated by commas, `https://user:password@host:9200,…`.

    A missing port is 9200. Raises ValueError; its text does not quote the addresses.
    """
    parts = [urlsplit(text.strip()) for text in addresses.split(",")]
    hosts = tuple(_host(part) for part in parts)
    logins = {login for part in parts if (login := _login(part)) is not None}
    if len(logins) > 1:
        raise ValueError("all addresses must have the same user and password")
    if ca is not None and any(part.scheme != "https" for part in parts):
        raise ValueError("certificates need addresses with https")
    return Cluster(hosts, index, next(iter(logins), None), ca)


def _host(part: SplitResult) -> str:
    if part.scheme not in {"http", "https"} or not part.hostname:
        raise ValueError("not an address of http or https")
    if part.query or part.fragment:
        raise ValueError("an address has no ? and no #; write them in a password as %3F and %23")
    host = f"[{part.hostname}]" if ":" in part.hostname else part.hostname
    return f"{part.scheme}://{host}:{part.port or _PORT}{part.path.rstrip('/')}"


def _login(part: SplitResult) -> tuple[str, str] | None:
    if not part.username:
        return None
    return unquote(part.username), unquote(part.password or "")
