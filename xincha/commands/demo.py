"""demo: what `make demo` runs: synthetic official files, loaded and served."""

from __future__ import annotations

from typing import Annotated

import typer

from loaders.pipeline import LoadOptions
from records.clock import system_clock, today
from records.datasets import declared_datasets
from xincha.commands.data import load_files
from xincha.commands.serving import run_server
from xincha.indexing import bring_index_up
from xincha.settings import Settings
from xincha.wiring import open_house

QUERIES = (
    "{ penalties(first: 3) { totalCount nodes { subjectName documentNumber fineAmount } } }",
    "{ licenses(first: 3, where: {category: {eq: GENERAL}}) { nodes { subjectName validUntil } } }",
    '{ search(query: "yichuan shipin", first: 3) { nodes { __typename ... on Subject { name } ... on Record { subjectName documentNumber } } } }',
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo")(demo)


def demo(
    host: Annotated[str, typer.Option(help="监听地址 / address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口 / port")] = 8000,
    serve: Annotated[
        bool, typer.Option(help="装载后启动服务 / serve after loading; --no-serve: only load")
    ] = True,
) -> None:
    """生成示例数据、装载并启动服务 / generate sample data, load it, serve page and API."""
    from xincha.synthetic import generate

    settings = Settings.load()
    house = open_house(settings)  # first: it closes HOME to other users
    files = settings.home / "demo"
    if not (files / "manifest.json").exists():
        generate(
            files,
            datasets=declared_datasets(),
            subjects=400,
            licenses=1000,
            penalties=600,
            enterprises=300,
            listed=240,
            seed=1,
            region=settings.region,
            today=today(system_clock),
        )
    load_files([files], house, LoadOptions())
    bring_index_up(house, house.store.revision())
    if not serve:
        return
    run_server(house, host, port, workers=1, greeting=_greeting)


def _greeting(address: str) -> str:
    queries = (f"  curl -s -G {address}/graphql --data-urlencode 'query={q}'" for q in QUERIES)
    return "\n".join(
        (
            f"页面 / page: {address}/",
            "示例查询 / sample queries:",
            *queries,
            "Ctrl-C 停止 / stops it",
        )
    )
