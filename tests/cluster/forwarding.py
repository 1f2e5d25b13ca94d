"""A port of another loopback address that leads to a server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer

from tests.cluster.elasticsearch_node import LOOPBACK


@contextmanager
def forwarding(host: str, port: int) -> Iterator[int]:
    """The port of `host` that leads to `port` of the loopback, as long as the block lasts."""

    class Forward(BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection((LOOPBACK, port)) as server:
                back = threading.Thread(target=pump, args=(server, self.request), daemon=True)
                back.start()
                pump(self.request, server)
                back.join()

    class Server(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server((host, 0), Forward) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on until one side ends."""
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
