"""What stands between a client and a cluster, and spoils requests of one kind and their answers on the way."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.cluster.elasticsearch_node import LOOPBACK

_HEADERS = {
    "content-type": "application/vnd.elasticsearch+json;compatible-with=8",
    "x-elastic-product": "Elasticsearch",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes back; `length` differs from the body's when the connection breaks in it."""

    status: int
    body: bytes
    length: int


@dataclass(frozen=True, slots=True)
class Passing:
    """A request under way to a server."""

    upstream: str
    path: str
    headers: dict[str, str]
    body: bytes

    def forward(self) -> bytes:
        """The body of the server's answer."""
        headers = self.headers | {"content-length": str(len(self.body))}
        return forwarded(self.upstream, "POST", self.path, headers, self.body).body

    def forward_half(self) -> None:
        """The connection breaks before the server has the second half."""
        connection = http.client.HTTPConnection(urlsplit(self.upstream).netloc, timeout=30)
        connection.putrequest("POST", self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            connection.putheader(name, value)
        connection.endheaders(self.body[: len(self.body) // 2])
        connection.close()


Mischief = Callable[[Passing], Answer | None]
"""What comes back for a request; None: the connection ends without an answer."""


def honest(passing: Passing) -> Answer:
    """Nothing is wrong."""
    return _whole(passing.forward())


def cut_answer(passing: Passing) -> Answer:
    """All is done, and half of the answer arrives."""
    body = passing.forward()
    return Answer(200, body[: len(body) // 2], len(body))


def cut_request(passing: Passing) -> None:
    """Half of the request arrives, and no answer."""
    passing.forward_half()


def no_answer(passing: Passing) -> None:
    """All is done, and nobody says so."""
    passing.forward()


def partial_json(passing: Passing) -> Answer:
    """An answer that is no JSON since its end is missing."""
    return _whole(passing.forward()[:-20])


def fewer_items(passing: Passing) -> Answer:
    """The last record got lost, and the answer says nothing of it."""
    lines = passing.body.splitlines(keepends=True)
    shortened = Passing(passing.upstream, passing.path, passing.headers, b"".join(lines[:-2]))
    return _whole(shortened.forward())


def empty_object(passing: Passing) -> Answer:
    """Nothing was done, and nothing is said to be wrong."""
    return _whole(b'{"errors":false}')


def refused_items(passing: Passing) -> Answer:
    """Every second record is refused beside others that are taken in."""
    answer = json.loads(passing.forward())
    for item in answer["items"][::2]:
        [outcome] = item.values()
        outcome |= {"status": 500, "error": {"type": "io_exception"}}
    return _whole(json.dumps(answer).encode())


def too_busy(passing: Passing) -> Answer:
    """Records that the cluster has no room for."""
    count = passing.body.count(b'"version_type"')
    refusal = {"status": 429, "error": {"type": "es_rejected_execution_exception"}}
    return _whole(json.dumps({"errors": True, "items": [{"index": refusal}] * count}).encode())


def one_too_busy(passing: Passing) -> Answer:
    """Of several searches the cluster has no room for the last one."""
    refusal = {"type": "es_rejected_execution_exception", "reason": passing.body.decode()}
    answer = json.loads(passing.forward())
    answer["responses"][-1] = {"error": refusal, "status": 429}
    return _whole(json.dumps(answer).encode())


def one_less(passing: Passing) -> Answer:
    """Of several searches one is not answered."""
    answer = json.loads(passing.forward())
    answer["responses"].pop()
    return _whole(json.dumps(answer).encode())


def all_too_busy(passing: Passing) -> Answer:
    """A request that the cluster has no room for."""
    refusal = {"error": {"type": "es_rejected_execution_exception"}, "status": 429}
    body = json.dumps(refusal).encode()
    return Answer(429, body, len(body))


@dataclass
class BadProxy:
    """`spoil` says what happens to the next `times` requests of a kind; all else passes."""

    url: str
    spoil: Mischief
    times: int
    spoiled: int = 0

    def next_is_spoiled(self) -> bool:
        """Whether it is the turn of a mischief."""
        if self.spoiled >= self.times:
            return False
        self.spoiled += 1
        return True


@contextmanager
def bad_proxy(
    upstream: str, spoil: Mischief, times: int, kind: str = "_bulk"
) -> Iterator[BadProxy]:
    """A proxy on loopback, as long as the block lasts; `upstream` without TLS and password.

    `kind`: the last part of the paths of requests that are spoiled.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {k: v for k, v in self.headers.items() if k.lower() != "content-length"}
            headers |= {"content-length": str(len(body))}
            is_meant = urlsplit(self.path).path.endswith(f"/{kind}")
            if is_meant and proxy.next_is_spoiled():
                self._send(proxy.spoil(Passing(upstream, self.path, headers, body)))
            else:
                self._send(forwarded(upstream, self.command, self.path, headers, body))

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_any  # noqa: N815

        def _send(self, answer: Answer | None) -> None:
            self.close_connection = answer is None or answer.length != len(answer.body)
            if answer is None:
                return
            self.send_response(answer.status)
            for name, value in (_HEADERS | {"content-length": str(answer.length)}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    proxy = BadProxy(f"http://{LOOPBACK}:{server.server_port}", spoil, times)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def forwarded(
    upstream: str, method: str, path: str, headers: dict[str, str], body: bytes
) -> Answer:
    """The server's own answer."""
    connection = http.client.HTTPConnection(urlsplit(upstream).netloc, timeout=30)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        return Answer(answer.status, content, len(content))
    finally:
        connection.close()


def _whole(body: bytes) -> Answer:
    return Answer(200, body, len(body))
