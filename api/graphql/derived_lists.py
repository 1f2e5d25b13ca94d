"""Declarations → the fields that list records and subjects: of Query with a query text, of Subject without.

`Any` stands here because the types of arguments and connections exist at run time only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry import UNSET, Info

from api.graphql import types, words
from api.graphql.choices import default_order
from api.graphql.derived_classes import argument, page_arguments, sign
from api.graphql.filters import compile_where, filterable
from api.graphql.listing import Listed, Listing
from api.graphql.resolvers import Asked, Part, list_documents
from api.graphql.searching import Query, search_records, search_subjects
from api.graphql.subjects import SubjectOrder, filterable_subjects, order_of
from records.dataset import Dataset
from search.engine import Document
from search.finding.reading import LONGEST_QUERY
from search.query import Order

RELEVANCE = "RELEVANCE"
"""The member of every enum of orders that is no field."""

_WHERE = "筛选条件 / filter"


@dataclass(frozen=True)
class RecordList:
    """What the list of a dataset is made of: the types of its arguments and of what it returns."""

    dataset: Dataset
    where: Any
    order: Any
    connection: Any
    to_node: Callable[[Document], object]

    def root_field(self) -> Any:
        """The field of Query, which can be searched."""

        async def resolve(info: Any, query: Any = None, **given: Any) -> Listed:
            asked, by_relevance = self._asked(given)
            searched = Query(query or None, by_relevance)
            return await search_records(info.context, self.dataset, self.to_node, asked, searched)

        by_default = "排序，缺省：有 query 时按相关度，否则最新在前 / order; by default by relevance with a query, else newest first"
        arguments = {"query": query_argument(), **self._arguments(by_default)}
        sign(resolve, {"info": argument(Info), **arguments}, self.connection)
        return self._field(resolve)

    def part_field(self, part: Callable[[Any], Part]) -> Any:
        """A field of an object that has a part of the dataset."""

        def resolve(whole: Any, info: Any, **given: Any) -> Listing:
            asked, _ = self._asked(given)
            name = self.dataset.name
            return list_documents(info.context, name, self.to_node, asked, part(whole))

        arguments = self._arguments("排序，缺省最新在前 / order, newest first by default")
        signature = {"self": argument(object), "info": argument(Info), **arguments}
        sign(resolve, signature, self.connection)
        return self._field(resolve)

    def _arguments(self, by_default: str) -> dict[str, tuple[Any, Any]]:
        return {
            "where": argument(self.where | None, UNSET, _WHERE),
            "order_by": argument(self.order | None, UNSET, by_default),
            **page_arguments(),
        }

    def _asked(self, given: Any) -> tuple[Asked, bool]:
        """What was asked for, and whether by relevance."""
        chosen = _order(given.get("order_by"))
        where = compile_where(filterable(self.dataset), given.get("where"))
        order = chosen or default_order(self.dataset)
        return Asked(where, order, given.get("first"), given.get("after")), chosen is None

    def _field(self, resolve: Any) -> Any:
        text = f"{self.dataset.label}列表 / {words.english(self.dataset.name)}"
        return strawberry.field(resolver=resolve, name=self.dataset.api_name, description=text)


def subjects_field(where: Any, connection: Any, to_node: Callable[[Document], object]) -> Any:
    """The field of Query that lists subjects."""

    async def resolve(info: Any, query: Any = None, **given: Any) -> Listed:
        chosen = given.get("order_by") or None
        by_relevance = chosen is None or chosen.field.value == RELEVANCE
        asked = Asked(
            compile_where(filterable_subjects(info.context.today), given.get("where")),
            order_of(None if by_relevance else chosen),
            given.get("first"),
            given.get("after"),
        )
        searched = Query(query or None, by_relevance)
        return await search_subjects(info.context, to_node, asked, searched)

    by_default = "排序，缺省：有 query 时按相关度，否则按名称升序 / order; by default by relevance with a query, else by name from A to Z"
    arguments = {
        "query": query_argument(),
        "where": argument(where | None, UNSET, _WHERE),
        "order_by": argument(SubjectOrder | None, UNSET, by_default),
        **page_arguments(),
    }
    sign(resolve, {"info": argument(Info), **arguments}, connection)
    return strawberry.field(resolver=resolve, description="信用主体列表 / subjects")


def query_argument(*, required: bool = False) -> tuple[Any, Any]:
    """The argument `query`."""
    text = (
        f"检索文字：名称、拼音、首字母、代码、文号或正文，归一后至多 {LONGEST_QUERY} 字 / a name, its pinyin or initials, a code, "
        f"the number of a document or a text; at most {LONGEST_QUERY} characters after normalization"
    )
    return argument(str, text=text) if required else argument(str | None, UNSET, text)


def _order(chosen: Any) -> Order | None:
    """The order that was chosen; None for none and for by relevance."""
    if not chosen or chosen.field.value == RELEVANCE:
        return None
    descending = chosen.direction is not types.SortDirection.ASC
    return Order(str(chosen.field.value).lower(), descending)
