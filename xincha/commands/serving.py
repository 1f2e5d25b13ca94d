"""serve: API and page. The parent keeps the index up to date, its workers only read."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from typing import Annotated, Literal

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from xincha.indexing import FollowerThread
from xincha.wiring import House, open_house

logger = logging.getLogger("xincha.serve")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve")(serve)


def serve(
    host: Annotated[str, typer.Option(help="监听地址 / address to listen on")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="端口 / port; 0: any free one")
    ] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="工作进程数 / worker processes")] = 1,
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], typer.Option(help="日志级别 / log level")
    ] = "info",
) -> None:
    """提供 API 与页面 / serve API and page until interrupted; stops gracefully."""
    run_server(open_house(), host, port, workers, log_level)


def run_server(
    house: House,
    host: str,
    port: int,
    workers: int,
    log_level: str = "info",
    greeting: Callable[[str], str] = lambda address: f"{address}/",
) -> None:
    """Serve until SIGINT or SIGTERM; finishes running requests first.

    `greeting` makes what is printed once the address is taken, from that address.
    """
    config = uvicorn.Config(
        "xincha.asgi:create",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=_logging(log_level),
        # uvicorn's own access log prints the query string, which may hold what somebody searched.
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    listener = _listen(config)
    follower = FollowerThread(house)
    follower.start()
    typer.echo(greeting(f"http://{host}:{listener.getsockname()[1]}"))
    try:
        Multiprocess(config, [listener]).run()
    finally:
        if not follower.stop():
            # Python would wait for requests that hang. Nothing is lost: they are sent again.
            logger.warning("stopped while the search engine hangs")
            logging.shutdown()
            os._exit(0)


def _logging(level: str) -> dict[str, object]:
    """One line an event on stderr; the workers are spawned and configure themselves from it too."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": level.upper(), "handlers": ["stderr"]},
    }


def _listen(config: uvicorn.Config) -> socket.socket:
    try:
        listener = config.bind_socket()
        # Two sockets may be bound to one port as long as neither listens; the workers would find out late.
        listener.listen(config.backlog)
    except (SystemExit, OSError):
        typer.echo(
            f"端口 {config.port} 不可用 / port {config.port} cannot be used → --port", err=True
        )
        raise typer.Exit(1) from None
    return listener
