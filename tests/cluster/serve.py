"""`make cluster` and `make cluster-stop`: an Elasticsearch that stays, to develop against."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import typer
from filelock import FileLock

from tests.cluster.elasticsearch import ElasticsearchServer, single_node, wait_until_ready
from tests.cluster.elasticsearch_build import missing, unpack
from tests.cluster.elasticsearch_node import LOOPBACK, end, free_ports

_USUAL_PORT = 9200


@dataclass(frozen=True, slots=True)
class Started:
    """What is remembered of the server that was started last."""

    url: str
    pid: int


def start(place: Path) -> Started:
    """The server in this folder, started unless it runs; its data survive a stop."""
    with FileLock(place / "lock"):
        running = find(place)
        if running is not None:
            return running
        build_folder = place / "build"
        shutil.rmtree(build_folder, ignore_errors=True)
        build_folder.mkdir()
        node_folder = place / "node"
        node_folder.mkdir(exist_ok=True)
        node = single_node(unpack(build_folder), node_folder, _port())
        node.start()
        started = Started(f"http://{LOOPBACK}:{node.port}", node.pid)
        (place / "started.json").write_text(json.dumps(asdict(started)), encoding="utf-8")
        wait_until_ready(ElasticsearchServer(started.url))
        return started


def stop(place: Path) -> bool:
    """End the server of this folder; whether there was one."""
    with FileLock(place / "lock"):
        running = find(place)
        if running is not None:
            end(running.pid, signal.SIGTERM)
        return running is not None


def find(place: Path) -> Started | None:
    """The server of this folder, if it runs."""
    state = place / "started.json"
    if not state.exists():
        return None
    remembered = Started(**json.loads(state.read_text(encoding="utf-8")))
    try:
        with httpx.Client(base_url=remembered.url, trust_env=False) as client:
            nodes = client.get("/_nodes/_local/process").raise_for_status().json()["nodes"]
    except httpx.HTTPError:
        return None
    # After a restart of the machine, pid and port may be somebody else's.
    pids = [node["process"]["id"] for node in nodes.values()]
    return remembered if pids == [remembered.pid] else None


def home() -> Path:
    """A folder of this user, made on first use.

    Not in the tree nor in the cache: Elasticsearch leaves root, and another user can read neither
    when they lie in root's home. Not in /tmp either, which is emptied under running servers.
    """
    place = Path(f"/var/tmp/xincha-cluster-{os.getuid()}")  # noqa: S108  # checked below
    place.mkdir(mode=0o755, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != os.getuid():
        raise PermissionError(f"{place} belongs to another user")
    return place


def _port() -> int:
    with socket.socket() as probe:
        taken = probe.connect_ex((LOOPBACK, _USUAL_PORT)) == 0
    return free_ports(1)[0] if taken else _USUAL_PORT


def main(action: str) -> None:
    """What make calls: start or stop."""
    if action == "stop":
        ended = stop(home())
        typer.echo("已停止 / stopped" if ended else "没有在运行 / not running")
        return
    reason = missing()
    if reason is not None:
        typer.echo(f"无法启动 / cannot start: {reason}", err=True)
        raise SystemExit(1)
    typer.echo(f"XINCHA_SEARCH_URL={start(home()).url}")
    typer.echo("停止 / to stop: make cluster-stop", err=True)


if __name__ == "__main__":
    main(sys.argv[1])
