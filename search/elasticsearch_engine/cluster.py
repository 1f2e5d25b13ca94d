"""Where a cluster is, as the setting says it. Imports no client: the setting is read by every command."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

_PORT = 9200
_HOST = re.compile(r"[\w.:-]+")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster and what of it is ours.

    `hosts`: addresses without user and password. `ca`: certificates to trust instead of the system's.
    `index`: the beginning of the names of all indexes and aliases. `owner`: tells our indexes from those of
    another store under the same names.
    """

    hosts: tuple[str, ...]
    index: str
    login: tuple[str, str] | None = field(default=None, repr=False)
    ca: Path | None = None
    owner: str = ""


def parse_cluster(addresses: str, index: str, ca: Path | None = None) -> Cluster:
    """The cluster of a setting: full addresses separated by commas, `https://user:password@host:9200,…`.

    A missing port is 9200. Raises ValueError; its text does not quote the addresses.
    """
    parts = [_split(text.strip()) for text in addresses.split(",")]
    hosts = tuple(_host(part) for part in parts)
    logins = {login for part in parts if (login := _login(part)) is not None}
    if len(logins) > 1:
        raise ValueError("all addresses must have the same user and password")
    if len({part.scheme for part in parts}) > 1:
        raise ValueError("all addresses must be of https, or all of http")
    if ca is not None and any(part.scheme != "https" for part in parts):
        raise ValueError("certificates need addresses with https")
    return Cluster(hosts, index, next(iter(logins), None), ca)


def check_certificates(path: Path) -> None:
    """Raises ValueError when a file holds no certificates that can be trusted."""
    try:
        ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError):
        raise ValueError("not a readable file of certificates (PEM)") from None


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        # Its text quotes the address, with the password.
        raise ValueError("not an address of http or https") from None


def _host(part: SplitResult) -> str:
    try:
        port = part.port or _PORT
    except ValueError:
        raise ValueError("a port is no number up to 65535") from None
    if part.scheme not in {"http", "https"} or not part.hostname:
        raise ValueError("not an address of http or https")
    if part.query or part.fragment:
        raise ValueError("an address has no ? and no #; write them in a password as %3F and %23")
    if "@" in part.path:
        raise ValueError("an address has no @ behind a /; write / in a password as %2F")
    if not _can_be_looked_up(part.hostname):
        raise ValueError("not the name or address of a host")
    if part.hostname.replace(".", "").isdigit() and not _is_address(part.hostname):
        raise ValueError("an IPv4 address has four numbers up to 255")
    host = f"[{part.hostname}]" if ":" in part.hostname else part.hostname
    return f"{part.scheme}://{host}:{port}{part.path.rstrip('/')}"


def _can_be_looked_up(host: str) -> bool:
    try:
        return _HOST.fullmatch(host) is not None and bool(host.encode("idna"))
    except UnicodeError:
        return False


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _login(part: SplitResult) -> tuple[str, str] | None:
    if not part.username:
        return None
    return unquote(part.username), unquote(part.password or "")
