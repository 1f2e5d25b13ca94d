"""Dates of PostgreSQL that Python's calendar does not have: `infinity`, and years after 9999.

The driver would stop at the first of them; here one cell is text, and the rest of the table is read.
"""

from __future__ import annotations

from psycopg import Connection, DataError
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Loader
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader

_WORDS = {"infinity": "长期", "-infinity": ""}


class Endless(str):
    """The text of a date outside the years 1 to 9999."""

    __slots__ = ()


class _Tolerant(Loader):
    """Reads a value as the driver does, and as text where it cannot."""

    usual: type[Loader]

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        super().__init__(oid, context)
        self._usual = self.usual(oid, context)

    def load(self, data: Buffer) -> object:
        """One value from the server."""
        try:
            return self._usual.load(data)
        except DataError:
            text = bytes(data).decode(errors="replace")
            return Endless(_WORDS.get(text, text))


class _Date(_Tolerant):
    usual = DateLoader


class _Timestamp(_Tolerant):
    usual = TimestampLoader


class _Timestamptz(_Tolerant):
    usual = TimestamptzLoader


def tolerate_endless_dates(connection: object) -> None:
    """Make a driver's connection read them as :class:`Endless`; connections of other drivers stay."""
    if isinstance(connection, Connection):
        connection.adapters.register_loader("date", _Date)
        connection.adapters.register_loader("timestamp", _Timestamp)
        connection.adapters.register_loader("timestamptz", _Timestamptz)
