"""Asking the app in process, and reading its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx
import orjson

POST_HEADERS = {"content-type": "application/json"}


@dataclass(frozen=True)
class Answer:
    """One HTTP answer with a JSON body."""

    response: httpx.Response

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.text

    def at(self, *path: str | int) -> object:
        """The value at a path below `data`."""
        assert "errors" not in self._body(), self.text
        return self.find("data", *path)

    def find(self, *path: str | int) -> object:
        """The value at a path of the body; None where there is nothing."""
        value: object = self._body()
        for step in path:
            if isinstance(step, int) and isinstance(value, list):
                value = value[step]
            elif isinstance(value, dict):
                value = value.get(step)
            else:
                return None
        return value

    def list_at(self, *path: str | int) -> list[object]:
        found = self.at(*path)
        assert isinstance(found, list)
        return found

    def code(self, index: int = 0) -> object:
        return self.find("errors", index, "extensions", "code")

    def message(self, index: int = 0) -> str:
        return str(self.find("errors", index, "message"))

    def _body(self) -> dict[str, object]:
        body = self.response.json()
        assert isinstance(body, dict)
        return body


class Client:
    """A caller of one app."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def ask(
        self,
        query: str,
        variables: Mapping[str, object] | None = None,
        operation_name: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """POST one GraphQL request."""
        content = {"query": query, "variables": variables, "operationName": operation_name}
        return await self.send(orjson.dumps(content), headers)

    async def send(self, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """POST these bytes to /graphql."""
        sent = {**POST_HEADERS, **(headers or {})}
        return Answer(await self.http.post("/graphql", content=body, headers=sent))

    async def get(self, path: str, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Answer(await self.http.get(path, headers=named))
