"""A real PostgreSQL on loopback, with a data directory of its own, stopped by its own pid."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
PASSWORD = "s3cret/of:tests@"
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; the superuser logs in with PASSWORD."""

    port: int

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database, with user and password."""
        password = PASSWORD.replace("/", "%2F").replace(":", "%3A").replace("@", "%40")
        return f"postgresql+psycopg://{SUPERUSER}:{password}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make an empty database; its address."""
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return self.url(database)

    def connect(self, database: str) -> psycopg.Connection:
        """A connection of the superuser, committing each statement."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=SUPERUSER,
            password=PASSWORD,
            dbname=database,
            autocommit=True,
        )


def binaries() -> Path | None:
    """The folder with initdb and postgres, None where PostgreSQL and its user are not installed."""
    if os.getuid() == 0 and SUPERUSER not in {user.pw_name for user in pwd.getpwall()}:
        return None
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return newest[-1].parent if newest else None


@contextmanager
def running_postgres(programs: Path) -> Iterator[PostgresServer]:
    """A server that lives as long as the block."""
    with TemporaryDirectory(prefix="xincha-postgres-") as place:
        folder = Path(place)
        data, password = folder / "data", folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        if os.getuid() == 0:
            for path in (folder, password):
                shutil.chown(path, SUPERUSER)
        subprocess.run(
            [
                *_unprivileged(), str(programs / "initdb"), "-D", str(data), "-U", SUPERUSER, "-A",
                "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--locale=C", "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )  # fmt: skip
        with _served(programs, data, folder) as server:
            yield server


@contextmanager
def _served(programs: Path, data: Path, folder: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(_free_port())
    settings = (
        "listen_addresses=127.0.0.1", f"port={server.port}", f"unix_socket_directories={folder}",
        "fsync=off", "lc_messages=C",
    )  # fmt: skip
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*_unprivileged(), str(programs / "postgres"), "-D", str(data), *options],
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        _wait_until_ready(server, process)
        yield server
    finally:
        # SIGINT is PostgreSQL's fast stop; whoever started it as another user has to pass it on.
        process.send_signal(2)
        process.wait(timeout=30)


def _unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root. setpriv replaces itself, so that the pid is the server's."""
    if os.getuid() != 0:
        return []
    return ["setpriv", f"--reuid={SUPERUSER}", f"--regid={SUPERUSER}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.connect("postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("PostgreSQL did not start")
