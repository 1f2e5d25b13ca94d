"""The schema: root fields written by hand, everything about datasets derived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated

import strawberry
from graphql import GraphQLInputObjectType
from strawberry import Info, Schema
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig

from api.graphql.context import RequestContext
from api.graphql.derive import Derived
from api.graphql.resolvers import read_documents
from api.graphql.scalars import SCALARS
from api.graphql.service import Service, describe_service
from api.graphql.types import Node
from records.dataset import Dataset
from search.engine import Document
from search.query import SUBJECTS

Makers = Mapping[str, Callable[[Document], object]]


def build_schema(datasets: Iterable[Dataset]) -> Schema:
    """The schema of these datasets. Raises DeclarationError for names that the API cannot take."""
    derived = Derived(tuple(datasets))
    makers = {dataset.name: derived.node_maker(dataset) for dataset in derived.datasets}
    makers[SUBJECTS] = derived.subject_maker()
    derived.complete_subject()
    fields = {
        "service": strawberry.field(
            resolver=_service, description="本服务及其数据集 / this service and its datasets"
        ),
        **_node_fields(makers),
        "subject": derived.subject_field(),
        "subjects": derived.subjects_field(),
        **{dataset.name: derived.root_field(dataset) for dataset in derived.datasets},
        **derived.search_fields(),
    }
    query = strawberry.type(type("Query", (), fields), description="查询 / queries")
    schema = Schema(
        query=query,
        types=[derived.object_type(dataset) for dataset in derived.datasets],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    key = schema._schema.get_type("SubjectKey")
    if isinstance(key, GraphQLInputObjectType):
        # strawberry checks it by a rule of its own; that of graphql-core names the place.
        key.is_one_of = True
    # strawberry has no way to describe an argument of a schema directive.
    masked = schema._schema.get_directive("masked")
    if masked is not None:
        masked.args["as"].description = "脱敏方式 / how the value is masked"
    return schema


def print_contract(datasets: Iterable[Dataset]) -> str:
    """The schema as SDL with its directives, ending in a newline: the text of schema.graphql."""
    return print_schema(build_schema(datasets)).rstrip() + "\n"


async def _service(info: Info[RequestContext, None]) -> Service:
    return await describe_service(info.context)


def _node_fields(makers: Makers) -> dict[str, object]:
    def to_node(document: Document | None) -> object:
        make = makers.get(str(document["dataset"])) if document else None
        return make(document) if make and document else None

    async def node(
        info: Info[RequestContext, None],
        id: Annotated[strawberry.ID, strawberry.argument(description="编号 / id")],
    ) -> Node | None:
        return to_node((await read_documents(info.context, [id]))[0])  # type: ignore[return-value]

    async def nodes(
        info: Info[RequestContext, None],
        ids: Annotated[
            list[strawberry.ID],
            strawberry.argument(description="编号，至多 100 个 / ids, at most 100"),
        ],
    ) -> list[Node | None]:
        return [to_node(d) for d in await read_documents(info.context, ids)]  # type: ignore[misc]

    return {
        "node": strawberry.field(
            resolver=node,
            description="按编号读取；不存在或不公示为空 / one object by id; null when it is not there or not public",
        ),
        "nodes": strawberry.field(
            resolver=nodes,
            description="按编号批量读取，顺序与请求相同 / several objects by id, in the order asked",
        ),
    }
