"""The assembly of the API: routes and middleware. The only place that knows them all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from api.config import ApiConfig
from api.graphql.schema import build_schema, print_contract
from api.http.graphql_endpoint import GraphQLEndpoint
from api.http.middleware import AccessLog, Guard, SecurityHeaders
from api.http.probes import Readiness, healthz
from api.pages.landing import landing_page
from search.engine import Engine

ONE_DAY = 86_400


def create_app(config: ApiConfig, engine: Engine) -> ASGIApp:
    """The ASGI app. It closes the engine when the server that runs it ends."""
    schema = build_schema(config.datasets)._schema
    contract = print_contract(config.datasets)

    async def schema_text(_request: Request) -> Response:
        return PlainTextResponse(contract)

    @asynccontextmanager
    async def closing_the_engine(_app: object) -> AsyncIterator[None]:
        yield
        await engine.close()

    routes = [
        Route("/", landing_page(config)),
        Route("/graphql", GraphQLEndpoint(schema, engine, config)),
        Route("/schema.graphql", schema_text),
        Route("/healthz", healthz),
        Route("/readyz", Readiness(engine, config).__call__),
    ]
    app: ASGIApp = Router(routes, redirect_slashes=False, lifespan=closing_the_engine)
    app = CORSMiddleware(
        app,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        allow_headers=["content-type", "authorization", "x-api-key"],
        max_age=ONE_DAY,
    )
    app = SecurityHeaders(Guard(app))
    return AccessLog(app, [route.path for route in routes])
