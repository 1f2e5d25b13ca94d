"""One key for an authority under its code and its names, so that a row with only one finds the other.

Kept as digests: what stands in an authority's column is not always an authority.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from records import tables

_authorities = tables.authorities


class Authorities:
    """The keys of the authorities that a batch names; those it learns are written at once."""

    def __init__(self, connection: Connection, aliases: Iterable[str]) -> None:
        self._connection = connection
        wanted = _authorities.c.alias.in_(sorted(set(aliases)))
        query = select(_authorities.c.alias, _authorities.c.key).where(wanted)
        self._known: dict[str, str] = {row.alias: row.key for row in connection.execute(query)}

    def key(self, aliases: tuple[str, ...]) -> str:
        """The authority's key, "" for none. A row that names both code and name joins them."""
        found = next((self._known[alias] for alias in aliases if alias in self._known), None)
        # Made from the name, which every generation has: ids must not depend on which comes first.
        key = found or (aliases[-1] if aliases else "")
        for alias in aliases:
            if alias not in self._known:
                self._connection.execute(_authorities.insert().values(alias=alias, key=key))
                self._known[alias] = key
        return key
