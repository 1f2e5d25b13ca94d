"""Generations of an index in a cluster: implements search.engine.Generations.

A generation is an index. The aliases of the live and the previous one are moved in one step, so a reader sees
either the old live generation or the new one. An index without one of these aliases is being built or
rubbish; the highest number is the one being built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, cast

from elasticsearch import ApiError, Elasticsearch

from records.errors import IndexUnavailable
from search.elasticsearch_engine.clients import writing_client
from search.elasticsearch_engine.cluster import Cluster
from search.elasticsearch_engine.failures import error_type, guarded
from search.elasticsearch_engine.mapping import (
    SETTINGS,
    check_owner,
    fingerprint,
    fingerprint_in,
    is_one,
    mapping_of,
    state_in,
)
from search.elasticsearch_engine.names import Names, writing
from search.elasticsearch_engine.writer import ElasticsearchWriter
from search.engine import IndexState, IndexWriter
from search.schema import IndexSchema

_LOOK_SECONDS = 5.0
"""For one attempt to see what is there: a cluster that hangs is noticed before anything is sent to it."""


class Hold(Protocol):
    """A lock that is held."""

    def confirm(self) -> None:
        """Raise LockTimeout when it has been lost."""


Lock = AbstractContextManager[Hold]


@dataclass(frozen=True, slots=True)
class _Generation:
    name: str
    number: int
    aliases: frozenset[str]
    meta: Mapping[str, object]


class ElasticsearchGenerations:
    """`lock(seconds)` makes this process the only writer, among all machines that write this index."""

    def __init__(
        self, cluster: Cluster, schema: IndexSchema, lock: Callable[[float], Lock]
    ) -> None:
        self._cluster, self._schema, self._lock = cluster, schema, lock
        self._names = Names(cluster.index)
        self._hold: Hold | None = None

    @contextmanager
    def exclusive(self, timeout: float) -> Iterator[None]:
        """Hold the writer lock of this index. Raises LockTimeout."""
        with self._lock(timeout) as hold:
            self._hold = hold
            try:
                yield
            finally:
                self._hold = None

    def live(self) -> str | None:
        """The live generation if it is usable."""
        return self._usable(self._named(self._names.live))

    def previous(self) -> str | None:
        """The generation that was live before, if it is usable."""
        return self._usable(self._named(self._names.previous))

    def unfinished(self) -> str | None:
        """The generation being built, if it is usable."""
        return self._usable(_newest_unnamed(self._all(), self._names))

    def create(self) -> str:
        """A new, empty generation to be built; takes the place of an unfinished one."""
        everyone = self._everyone()
        unfinished = _newest_unnamed(self._own(everyone), self._names)
        name = self._names.generation(max((g.number for g in everyone), default=0) + 1)
        self._confirm()
        with guarded():
            self._create(name)
            if unfinished is not None:
                self._client.indices.delete(index=unfinished.name, ignore_unavailable=True)
        return name

    def writer(self, name: str) -> IndexWriter:
        """Open a generation for writing. Raises IndexUnavailable."""
        generation = next((g for g in self._all() if g.name == name), None)
        if generation is None:
            raise IndexUnavailable("the index is not there / 索引不存在", "run: xincha reindex")
        state = state_in(generation.meta, name)
        owner = self._cluster.owner
        return ElasticsearchWriter(self._client, self._schema, name, owner, state, self._confirm)

    def promote(self, name: str) -> None:
        """Make a generation the live one in one step; the live one becomes the previous."""
        live, previous = self._names.live, self._names.previous
        existing = self._all()
        if any(live in g.aliases for g in existing if g.name == name):
            return
        actions: list[dict[str, object]] = []
        for generation in existing:
            actions += [
                # Sent again after a lost answer, it finds nothing to remove.
                {"remove": {"index": generation.name, "alias": alias, "must_exist": False}}
                for alias in generation.aliases & {live, previous}
            ]
            if live in generation.aliases:
                actions.append({"add": {"index": generation.name, "alias": previous}})
        actions.append({"add": {"index": name, "alias": live}})
        self._confirm()
        with guarded():
            self._client.indices.update_aliases(actions=actions)

    def collect(self) -> None:
        """Remove what is neither live nor previous nor being built."""
        existing = self._all()
        unfinished = _newest_unnamed(existing, self._names)
        kept = {g.name for g in existing if g.aliases & {self._names.live, self._names.previous}}
        for generation in existing:
            if generation.name not in kept and generation is not unfinished:
                self._confirm()
                with guarded():
                    self._client.indices.delete(index=generation.name, ignore_unavailable=True)

    def state(self) -> IndexState | None:
        """The state of the live generation; None when there is no usable one. Needs no lock."""
        generation = self._named(self._names.live)
        if generation is None or self._usable(generation) is None:
            return None
        return state_in(generation.meta, generation.name)

    @cached_property
    def _client(self) -> Elasticsearch:
        return writing_client(self._cluster)

    def _confirm(self) -> None:
        if self._hold is not None:
            self._hold.confirm()

    def _create(self, name: str) -> None:
        try:
            self._client.indices.create(
                index=name,
                settings=SETTINGS,
                mappings=mapping_of(self._schema, self._cluster.owner),
                aliases={writing(name): {}},
            )
        except ApiError as refused:
            # An answer was lost and the request sent again; whoever else made it has our lock no longer.
            if error_type(refused.body) != "resource_already_exists_exception":
                raise

    def _usable(self, generation: _Generation | None) -> str | None:
        if generation is None or fingerprint_in(generation.meta) != fingerprint(self._schema):
            return None
        return generation.name

    def _named(self, alias: str) -> _Generation | None:
        return next((g for g in self._all() if alias in g.aliases), None)

    def _all(self) -> list[_Generation]:
        """All generations, in the order of their numbers. Raises IndexUnavailable for another store's."""
        return self._own(self._everyone())

    def _own(self, everyone: list[_Generation]) -> list[_Generation]:
        found = [g for g in everyone if is_one(g.meta)]
        for generation in found:
            check_owner(generation.meta, self._cluster.owner)
        return found

    def _everyone(self) -> list[_Generation]:
        """Also what somebody else made under such a name: it is none of ours to remove."""
        with guarded():
            found = self._client.options(request_timeout=_LOOK_SECONDS).indices.get(
                index=self._names.every,
                filter_path="*.aliases,*.mappings._meta",
                expand_wildcards="open,closed,hidden",
            )
        generations = []
        for name, content in found.items():
            if (number := self._names.number(name)) is not None:
                meta = content.get("mappings", {}).get("_meta", {})
                aliases = frozenset(cast("Mapping[str, object]", content.get("aliases", {})))
                generations.append(_Generation(name, number, aliases, meta))
        return sorted(generations, key=lambda g: g.number)


def _newest_unnamed(generations: list[_Generation], names: Names) -> _Generation | None:
    """The generation above all that an alias names; lower ones are left over."""
    pointed = {names.live, names.previous}
    last = max((g.number for g in generations if g.aliases & pointed), default=0)
    unnamed = [g for g in generations if g.number > last and not g.aliases & pointed]
    return unnamed[-1] if unnamed else None
