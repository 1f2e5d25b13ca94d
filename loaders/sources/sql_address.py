"""Addresses of tables: a SQLAlchemy URL, `#`, and the table as `table` or `schema.table`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from records.errors import SourceError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9_+.-]*://")
_FIX = (
    "写成 URL#表名，例如 / write it as URL#table, e.g. "
    "postgresql+psycopg://user@host/database#table, sqlite:////srv/data.db#table"
)


def is_table_address(text: str) -> bool:
    """Whether an argument of the command line is the address of a table and not a path."""
    return _ADDRESS.match(text) is not None


@dataclass(frozen=True, slots=True)
class TableAddress:
    """Where a table is. `url` holds the password and is never shown; `shown` is fit for everyone."""

    url: URL = field(repr=False)
    table: str

    @property
    def shown(self) -> str:
        """Kind of database, host, port, database and table: no user, no password, no options."""
        url = self.url
        host = url.host or _first(url.query.get("host"))
        port = f":{url.port}" if url.port else ""
        place = f"{host}{port}/{url.database or ''}"
        return f"{url.get_backend_name()}://{place}#{self.table}"

    @property
    def identity(self) -> str:
        """Digest of the address, the same for every user and password."""
        return hashlib.sha256(self.shown.encode()).hexdigest()


def _first(value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else ",".join(value)


def read_address(text: str) -> TableAddress:
    """The parts of an address. Raises SourceError, which never quotes it: a password may stand anywhere."""
    url, _, table = text.rpartition("#")
    if not url or not table.strip():
        raise SourceError("地址没有指明表 / the address names no table", _FIX)
    try:
        return TableAddress(make_url(url), table.strip())
    except (ArgumentError, ValueError):
        raise SourceError("数据库地址写法不对 / not the address of a database", _FIX) from None
