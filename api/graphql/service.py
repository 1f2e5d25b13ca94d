"""What the service says of itself: `service { … }`."""

from __future__ import annotations

from datetime import UTC, datetime

import strawberry
from strawberry import Info, field

from api.graphql.context import RequestContext
from api.graphql.scalars import IsoDateTime, Revision
from api.graphql.types import DatasetField, Mask
from records.dataset import Dataset, Field, ValueType
from records.vocabulary import Scope
from search.query import SearchRequest

SERVICE_NAME = "信查 xincha"


MAX_INT = 2**31 - 1
"""The largest Int of GraphQL."""


async def _count(self: DatasetInfo, info: Info[RequestContext, None]) -> int:
    request = SearchRequest(dataset=self.name, today=info.context.today)
    return (await info.context.engine.count(request, cap=MAX_INT)).count


@strawberry.type(name="Dataset", description="数据集 / a kind of record")
class DatasetInfo:
    """The type Dataset."""

    name: str = field(description="名称 / name")
    label: str = field(description="中文名 / Chinese label")
    description: str = field(description="说明 / explanation")
    updated_at: IsoDateTime | None = field(description="最近变更时刻 / when its data last changed")
    fields: list[DatasetField] = field(description="字段，含密封字段 / its fields, sealed ones too")

    count: int = field(
        resolver=_count,
        description="当前公示的记录数 / records visible now",
    )


@strawberry.type(description="本服务 / this service")
class Service:
    """The type Service."""

    name: str = field(description="名称 / name")
    region: str = field(description="行政区划代码（GB/T 2260） / division code")
    version: str = field(description="软件版本 / version of the software")
    revision: Revision = field(
        description="数据版本，只增不减 / revision of the data, ever growing"
    )
    data_updated_at: IsoDateTime | None = field(
        description="数据最近变更时刻 / when the data last changed"
    )
    datasets: list[DatasetInfo] = field(description="数据集 / datasets")


async def describe_service(context: RequestContext) -> Service:
    """The service with its datasets, from one state of the index. Raises SearchError."""
    state = await context.engine.state()
    updated = dict(state.updated_at)
    return Service(
        name=SERVICE_NAME,
        region=context.config.region,
        version=context.config.version,
        revision=Revision(str(state.revision)),
        data_updated_at=_moment(max(updated.values(), default=None)),
        datasets=[
            DatasetInfo(
                name=dataset.name,
                label=dataset.label,
                description=dataset.description,
                updated_at=_moment(updated.get(dataset.name)),
                fields=dictionary(dataset),
            )
            for dataset in context.config.datasets
        ],
    )


def dictionary(dataset: Dataset) -> list[DatasetField]:
    """The data dictionary of a dataset, one line a field."""
    return [
        DatasetField(
            name=declared.api_name,
            label=declared.label,
            codes=list(declared.codes),
            type=_value_type(declared),
            mask=Mask[declared.personal.value] if declared.personal else None,
            sealed=declared.scope is Scope.SEALED,
            searchable=declared.search is not None,
            filterable=declared.filter,
            sortable=declared.sort,
            description=declared.description or None,
        )
        for declared in dataset.fields
    ]


_TYPE_NAMES = {
    ValueType.TEXT: "String",
    ValueType.CREDIT_CODE: "CreditCode",
    ValueType.MONEY: "Decimal",
    ValueType.DATE: "Date",
    ValueType.FLAG: "Boolean",
}


def _value_type(declared: Field) -> str:
    """The GraphQL type of the values; sealed codes have no enum in the schema and are text."""
    if declared.table is None:
        return _TYPE_NAMES[declared.type]
    name = declared.table.__name__ if declared.scope is Scope.PUBLIC else "String"
    return f"[{name}]" if declared.type is ValueType.CODES else name


def _moment(value: datetime | None) -> IsoDateTime | None:
    return None if value is None else IsoDateTime(value.astimezone(UTC).isoformat())
