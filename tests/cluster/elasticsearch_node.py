"""One node of Elasticsearch: its folders, its process, its pid."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.elasticsearch_build import Build, hand_over, unprivileged

LOOPBACK = "127.0.0.1"
_START_SECONDS = 180
_STOP_SECONDS = 30
# Below the ports that systems give to outgoing connections: a node that is started again finds its own
# port free.
_PORTS = range(20_000, 32_000)
# C1 alone starts in half the time; long runs would pay for it, tests do not run long.
_JAVA_OPTIONS = "-Xms512m -Xmx512m -XX:-AlwaysPreTouch -XX:TieredStopAtLevel=1"

Setting = str | int | bool | Sequence[str]


@dataclass(frozen=True, slots=True)
class Node:
    """A node with a folder of its own (config, data, logs), running or not."""

    name: str
    build: Build
    folder: Path
    port: int

    @property
    def pid(self) -> int:
        """The pid of the server itself, a Java process without children."""
        return int(self._pid_file.read_text(encoding="ascii"))

    @property
    def config(self) -> Path:
        """The folder of elasticsearch.yml; certificates must lie in it."""
        return self.folder / "config"

    def configure(self, settings: Mapping[str, Setting], files: Sequence[Path] = ()) -> None:
        """Write the configuration: settings beside those of every node, files beside them."""
        shutil.copytree(self.build.home / "config", self.config, dirs_exist_ok=True)
        for file in files:
            shutil.copy(file, self.config)
        for name in ("data", "logs", "tmp"):
            (self.folder / name).mkdir(exist_ok=True)
        every: dict[str, Setting] = {
            "node.name": self.name,
            "network.host": LOOPBACK,
            "http.port": self.port,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            # A disk that is nearly full would make every index read-only.
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
        # JSON values are YAML values.
        lines = [f"{name}: {json.dumps(value)}\n" for name, value in {**every, **settings}.items()]
        (self.config / "elasticsearch.yml").write_text("".join(lines), encoding="utf-8")
        self.folder.chmod(0o755)
        hand_over(self.folder)

    def launch(self) -> subprocess.Popen[bytes]:
        """Begin to start; the launcher ends with 0 when the node has started."""
        with (self.folder / "launcher.log").open("wb") as log:
            return subprocess.Popen(
                self.command("elasticsearch", "-d", "-p", str(self._pid_file)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment(),
                cwd=self.folder,
            )

    def await_start(self, launcher: subprocess.Popen[bytes]) -> None:
        """Return when the node has started; an AssertionError with the log's end when it has not."""
        try:
            code = launcher.wait(timeout=_START_SECONDS)
        except subprocess.TimeoutExpired:
            # The launcher takes its server with it.
            launcher.terminate()
            launcher.wait(timeout=_STOP_SECONDS)
            code = 1
        if code != 0:
            log = (self.folder / "launcher.log").read_text(encoding="utf-8", errors="replace")
            raise AssertionError(f"Elasticsearch did not start:\n{log[-3000:]}")

    def start(self) -> None:
        """Start with the data that is there, and wait for it."""
        self.await_start(self.launch())

    def stop(self) -> None:
        """An orderly end."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """The end of a power failure; nothing to do for a node that is dead."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Keep connections open but answer nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Go on after a pause."""
        os.kill(self.pid, signal.SIGCONT)

    @property
    def running(self) -> bool:
        """Whether its process lives, paused or not."""
        return self._pid_file.exists() and _lives(self.pid)

    def command(self, program: str, *arguments: str) -> list[str]:
        """A command line of the build, without root's rights."""
        return [*unprivileged(), str(self.build.home / "bin" / program), *arguments]

    def environment(self) -> dict[str, str]:
        """What the build's programs need of the environment."""
        return {
            "PATH": os.environ["PATH"],
            "HOSTNAME": self.name,
            "ES_JAVA_HOME": str(self.build.java),
            "ES_PATH_CONF": str(self.config),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_OPTS": _JAVA_OPTIONS,
        }

    @property
    def _pid_file(self) -> Path:
        return self.folder / "tmp" / "pid"

    def _end(self, how: signal.Signals) -> None:
        if self.running:
            end(self.pid, how)
        self._pid_file.unlink(missing_ok=True)


def end(pid: int, how: signal.Signals) -> None:
    """End a server, paused or not, and return when it is gone."""
    os.kill(pid, how)
    os.kill(pid, signal.SIGCONT)
    deadline = time.monotonic() + _STOP_SECONDS
    while _lives(pid):
        if time.monotonic() > deadline:
            raise AssertionError(f"Elasticsearch does not stop: pid {pid}")
        time.sleep(0.05)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody listens on, all different."""
    candidates = random.sample(_PORTS, len(_PORTS))
    return list(itertools.islice(filter(_is_free, candidates), count))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # The launcher is gone, and where nobody adopts orphans the dead stay in the table.
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
