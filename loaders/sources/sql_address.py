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
        database = url.database or _first(url.query.get("service_name"))
        place = f"{host}{port}/{database}"
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
    """The parts of an address; without `#` it names no table yet.

    Raises SourceError, which never quotes the address: a password may stand anywhere in a wrong one.
    """
    url, mark, table = text.rpartition("#")
    try:
        address = TableAddress(make_url(url if mark else text), table.strip() if mark else "")
    except (ArgumentError, ValueError):
        raise SourceError("数据库地址写法不对 / not the address of a database", _FIX) from None
    if _misread(address):
        raise SourceError(
            "地址中的用户名或密码含有特殊字符 / user or password hold characters that divide an address",
            "# @ / : ? % 须写成 / write them as %23 %40 %2F %3A %3F %25",
        )
    return address


def _misread(address: TableAddress) -> bool:
    """Whether what must not be shown stands where it would be."""
    url = address.url
    names = "" if url.get_backend_name() == "sqlite" else url.database or ""
    return any("@" in part for part in (url.host or "", names, address.table))
