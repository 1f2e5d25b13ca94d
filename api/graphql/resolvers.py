"""What the root fields do, apart from the types that they return."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from api.graphql import cursors
from api.graphql.context import RequestContext
from api.graphql.errors import ApiError, Code
from api.graphql.filters import PERSONAL_NOTICE, compile_where
from api.graphql.listing import DEFAULT_PAGE, Listing, checked_size
from records.dataset import Dataset
from search.engine import Document
from search.query import MAX_PAGE, Order, SearchRequest

_RECORD_ID = re.compile(r"[0-9a-v]{26}", re.ASCII)


def list_records(
    context: RequestContext,
    dataset: Dataset,
    to_node: Callable[[Document], object],
    *,
    where: object,
    order: Order,
    first: int | None,
    after: str | None,
) -> Listing:
    """A page of one dataset. Raises ApiError BAD_FILTER, BAD_PAGE_SIZE or BAD_CURSOR."""
    compiled = compile_where(dataset, where)
    if compiled.personal:
        context.notices.add(PERSONAL_NOTICE)
    key = context.config.cursor_key
    request = SearchRequest(
        dataset=dataset.name,
        today=context.today,
        where=compiled.filter,
        order=order,
        first=checked_size("first", first, DEFAULT_PAGE),
    )
    listed = cursors.fingerprint(request)
    if after is not None:
        request = replace(request, after=cursors.decode(key, after, listed))
    return Listing(context.engine, request, key, listed, to_node)


async def read_records(context: RequestContext, ids: Sequence[str]) -> list[Document | None]:
    """The visible documents of these ids, in order; None for what is not there, for whatever reason.

    Raises ApiError BAD_PAGE_SIZE for more than 100 ids.
    """
    if len(ids) > MAX_PAGE:
        raise ApiError(
            Code.BAD_PAGE_SIZE,
            f"一次最多 {MAX_PAGE} 个编号",
            f"at most {MAX_PAGE} ids at a time",
            limit=MAX_PAGE,
        )
    possible = [record_id for record_id in ids if _RECORD_ID.fullmatch(record_id)]
    if not possible:
        return [None] * len(ids)
    unique = list(dict.fromkeys(possible))
    documents = await context.engine.get(unique, context.today)
    found = dict(zip(unique, documents, strict=True))
    return [found.get(record_id) for record_id in ids]
