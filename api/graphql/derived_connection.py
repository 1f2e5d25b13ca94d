"""Declarations → the connection of a dataset's list: its page, total, facets and timeline.

`Any` stands here because the node and the enums exist at run time only. Nothing is asked of the engine
that was not selected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from api.graphql import types, words
from api.graphql.choices import Listable
from api.graphql.counting import DEFAULT_BUCKETS, count_facets, count_over_time
from api.graphql.derived_classes import Spec, argument, list_of, make_class, make_enum, sign
from api.graphql.listing import Listed, Row
from api.graphql.scalars import Cursor
from records.vocabulary import PersonalData
from search.query import MAX_PAGE, TOTAL_CAP, Total

_NAMED: Mapping[str, Spec] = {
    "matched_name": Spec(
        str | None,
        "据以找到的名称（现名或曾用名），没有 query 时为空 / the present or former name that it was found by; null without a query",
        mask=PersonalData.PERSON_NAME,
    ),
    "highlights": Spec(
        list[types.Highlight], "名称中符合的部分 / the parts of matchedName that match"
    ),
    "explanation": Spec(list[types.ScorePart], "得分的由来 / how the score came about"),
}
"""Fields of an edge whose node is found by name."""


@dataclass(frozen=True)
class Resolver:
    """One field of a connection: what answers it, what it returns, its arguments."""

    resolve: Any
    returns: Any
    text: str
    arguments: Mapping[str, tuple[Any, Any]]

    def field(self) -> Any:
        """The field for strawberry."""
        sign(self.resolve, {"self": argument(Listed), **self.arguments}, self.returns)
        return strawberry.field(resolver=self.resolve, description=self.text)


def make_connection(lists: Listable, node: Any) -> Any:
    """The types `<Type>Connection` and `<Type>Edge`; the source object is Listed."""
    edge = _edge(lists, node)
    values = _named_values if lists.named else edge_values
    fields = {**page_fields(node, edge, values), **total_fields(), "facets": _facets(lists)}
    if lists.dates:
        fields["timeline"] = _timeline(lists)
    made = {name: resolver.field() for name, resolver in fields.items()}
    return strawberry.type(
        type(f"{lists.type_name}Connection", (), made),
        description=f"{lists.label}列表的一页 / one page of {lists.english}",
    )


def _edge(lists: Listable, node: Any) -> Any:
    fields = {
        "cursor": Spec(Cursor, "本条记录的游标 / cursor of this record"),
        "node": Spec(node, "记录 / record"),
        "score": Spec(
            float | None,
            "与 query 的符合程度，0 至 1：编号一致为 1，否则同其主体；没有 query 或只有编号的一部分、正文相符时为空 / how well it fits the query, "
            "0 to 1: 1 by a number of its own, else as its subject does; null without a query and where only a part of a number or a text does",
        ),
    }
    if lists.named:
        fields |= _NAMED
    return strawberry.type(
        make_class(f"{lists.type_name}Edge", fields),
        description=f"列表中的一条{lists.label} / one of the listed {lists.english}",
    )


def page_fields(
    node: Any, edge: Any, values: Callable[[Row], dict[str, object]]
) -> dict[str, Resolver]:
    """The fields of every connection that show its page; the source has `rows()` (see Listed)."""

    async def edges(self: Listed) -> Any:
        return [edge(**values(row)) for row in (await self.rows()).rows]

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
        "edges": Resolver(edges, list_of(edge), "记录及其游标 / records with their cursors", {}),
        "nodes": Resolver(nodes, list_of(node), "记录 / records", {}),
        "page_info": Resolver(page_info, types.PageInfo, "分页信息 / about the page", {}),
    }


def edge_values(row: Row) -> dict[str, object]:
    """The attributes of an edge."""
    score = row.match.score if row.match else None
    return {"cursor": row.cursor, "node": row.node, "score": score}


def _named_values(row: Row) -> dict[str, object]:
    match = row.match
    return {
        **edge_values(row),
        "matched_name": match.name if match else None,
        "highlights": list(match.highlights) if match else [],
        "explanation": list(match.explanation) if match else [],
    }


def total_fields() -> dict[str, Resolver]:
    """The fields of every connection that count all of its list; the source has `total()` (see Listed)."""

    async def total_count(self: Listed) -> int:
        return (await self.total()).count

    async def total_relation(self: Listed) -> types.TotalRelation:
        return relation_of(await self.total())

    count = f"符合条件的记录数，至多数到 {TOTAL_CAP} / how many records match, counted up to {TOTAL_CAP}"
    relation = "总数是否精确 / whether the total is exact"
    return {
        "total_count": Resolver(total_count, int, count, {}),
        "total_relation": Resolver(total_relation, types.TotalRelation, relation, {}),
    }


def relation_of(total: Total) -> types.TotalRelation:
    """Whether a total is exact, as callers are told."""
    return types.TotalRelation.EXACT if total.exact else types.TotalRelation.AT_LEAST


def _facets(lists: Listable) -> Resolver:
    choices = lists.counted
    enum = make_enum(
        f"{lists.type_name}Facet",
        f"{lists.label}可按其取值计数的字段 / fields by whose values {lists.english} are counted",
        {choice.member: choice.text for choice in choices.values()},
    )

    async def facets(self: Listed, fields: Any, size: int | None) -> list[types.Facet]:
        return await count_facets(self, [choices[field.name] for field in fields], size)

    size = f"每个字段的取值数，1 至 {MAX_PAGE} / how many values of each field, 1 to {MAX_PAGE}"
    return Resolver(
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


def _timeline(lists: Listable) -> Resolver:
    names = {declared.name.upper(): declared for declared in lists.dates}
    enum = make_enum(
        f"{lists.type_name}DateField",
        f"{lists.label}可按时间计数的日期 / dates by which {lists.english} are counted over time",
        {member: f"{f.label} / {words.english(f.name)}" for member, f in names.items()},
    )

    async def timeline(self: Listed, field: Any, interval: Any) -> list[types.TimeBucket]:
        return await count_over_time(self, names[field.name].name, interval)

    return Resolver(
        timeline,
        list[types.TimeBucket],
        "按时间计数，时间先后为序，无记录的时段不列；没有该日期的记录不计 / counts over time, the earliest first; "
        "spans without records are left out, records without the date are not counted",
        {
            "field": argument(enum, next(iter(enum)), "日期字段 / date"),
            "interval": argument(types.Interval, types.Interval.MONTH, "时段长短 / length of a span"),
        },
    )  # fmt: skip
