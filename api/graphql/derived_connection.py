"""Declarations → the connection of a dataset's list: its page, total, facets and timeline.

`Any` stands here because the node and the enums exist at run time only. Nothing is asked of the engine
that was not selected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from api.graphql import types, words
from api.graphql.choices import countable, timed
from api.graphql.counting import DEFAULT_BUCKETS, count_facets, count_over_time
from api.graphql.derived_classes import Spec, argument, list_of, make_class, make_enum, sign
from api.graphql.listing import Listed, Row
from api.graphql.scalars import Cursor
from records.dataset import Dataset
from search.query import MAX_PAGE, TOTAL_CAP


@dataclass(frozen=True)
class _Resolver:
    """One field of a connection: what answers it, what it returns, its arguments."""

    resolve: Any
    returns: Any
    text: str
    arguments: Mapping[str, tuple[Any, Any]]

    def field(self) -> Any:
        sign(self.resolve, {"self": argument(Listed), **self.arguments}, self.returns)
        return strawberry.field(resolver=self.resolve, description=self.text)


def make_connection(dataset: Dataset, node: Any) -> Any:
    """The types `<Type>Connection` and `<Type>Edge`; the source object is Listed."""
    edge = _edge(dataset, node)
    fields = {**_page(node, edge), **_totals(), "facets": _facets(dataset)}
    if timed(dataset):
        fields["timeline"] = _timeline(dataset)
    made = {name: resolver.field() for name, resolver in fields.items()}
    return strawberry.type(
        type(f"{dataset.type_name}Connection", (), made),
        description=f"{dataset.label}列表的一页 / one page of {words.english(dataset.name)}",
    )


def _edge(dataset: Dataset, node: Any) -> Any:
    fields = {
        "cursor": Spec(Cursor, "本条记录的游标 / cursor of this record"),
        "node": Spec(node, "记录 / record"),
        "score": Spec(
            float | None,
            "与 query 的符合程度，0 至 1；没有 query 时为空 / how well it fits the query, 0 to 1; null without one",
        ),
    }
    return strawberry.type(
        make_class(f"{dataset.type_name}Edge", fields),
        description=f"列表中的一条{dataset.label} / one of the listed {words.english(dataset.name)}",
    )


def _page(node: Any, edge: Any) -> dict[str, _Resolver]:
    async def edges(self: Listed) -> Any:
        return [edge(**_edge_values(row)) for row in (await self.rows()).rows]

    async def nodes(self: Listed) -> Any:
        return [row.node for row in (await self.rows()).rows]

    async def page_info(self: Listed) -> types.PageInfo:
        rows = await self.rows()
        return types.PageInfo(
            has_next_page=rows.has_more,
            has_previous_page=rows.has_previous,
            start_cursor=rows.first_cursor,
            end_cursor=rows.last_cursor,
        )

    return {
        "edges": _Resolver(edges, list_of(edge), "记录及其游标 / records with their cursors", {}),
        "nodes": _Resolver(nodes, list_of(node), "记录 / records", {}),
        "page_info": _Resolver(page_info, types.PageInfo, "分页信息 / about the page", {}),
    }


def _edge_values(row: Row) -> dict[str, object]:
    match = row.match
    return {"cursor": row.cursor, "node": row.node, "score": match.score if match else None}


def _totals() -> dict[str, _Resolver]:
    async def total_count(self: Listed) -> int:
        return (await self.total()).count

    async def total_relation(self: Listed) -> types.TotalRelation:
        exact = (await self.total()).exact
        return types.TotalRelation.EXACT if exact else types.TotalRelation.AT_LEAST

    count = f"符合条件的记录数，至多数到 {TOTAL_CAP} / how many records match, counted up to {TOTAL_CAP}"
    relation = "总数是否精确 / whether the total is exact"
    return {
        "total_count": _Resolver(total_count, int, count, {}),
        "total_relation": _Resolver(total_relation, types.TotalRelation, relation, {}),
    }


def _facets(dataset: Dataset) -> _Resolver:
    choices = countable(dataset)
    enum = make_enum(
        f"{dataset.type_name}Facet",
        f"{dataset.label}可按其取值计数的字段 / fields by whose values {words.english(dataset.name)} are counted",
        {choice.member: choice.text for choice in choices.values()},
    )

    async def facets(self: Listed, fields: Any, size: int | None) -> list[types.Facet]:
        return await count_facets(self, [choices[field.name] for field in fields], size)

    size = f"每个字段的取值数，1 至 {MAX_PAGE} / how many values of each field, 1 to {MAX_PAGE}"
    return _Resolver(
        facets,
        list[types.Facet],
        "按取值计数：与列表同样的条件，与排序、分页无关 / counts by value over all that the filter matches, "
        "whatever the order and page",
        {
            "fields": argument(
                list_of(enum), text="字段，重复的只计一次 / fields, each counted once"
            ),
            "size": argument(int | None, DEFAULT_BUCKETS, size),
        },
    )


def _timeline(dataset: Dataset) -> _Resolver:
    names = {declared.name.upper(): declared for declared in timed(dataset)}
    enum = make_enum(
        f"{dataset.type_name}DateField",
        f"{dataset.label}可按时间计数的日期 / dates by which {words.english(dataset.name)} are counted over time",
        {member: f"{f.label} / {words.english(f.name)}" for member, f in names.items()},
    )

    async def timeline(self: Listed, field: Any, interval: Any) -> list[types.TimeBucket]:
        return await count_over_time(self, names[field.name].name, interval)

    return _Resolver(
        timeline,
        list[types.TimeBucket],
        "按时间计数，时间先后为序，无记录的时段不列；没有该日期的记录不计 / counts over time, the earliest first; "
        "spans without records are left out, records without the date are not counted",
        {
            "field": argument(enum, next(iter(enum)), "日期字段 / date"),
            "interval": argument(types.Interval, types.Interval.MONTH, "时段长短 / length of a span"),
        },
    )  # fmt: skip
