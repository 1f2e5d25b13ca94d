"""What the fields that list and read do, apart from the types that they return."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from api.graphql import cursors
from api.graphql.context import RequestContext
from api.graphql.errors import ApiError, Code
from api.graphql.filters import EVERYTHING, PERSONAL_NOTICE, Compiled
from api.graphql.listing import DEFAULT_PAGE, Listing, checked_size
from search.engine import Document
from search.query import MAX_PAGE, And, Filter, Order, SearchRequest

_RECORD_ID = re.compile(r"[0-9a-v]{26}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was asked for."""

    where: Compiled
    order: Order
    first: int | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """What a list inside of an object is limited to.

    `ids`: all ids of the object. Cursors are bound to the first one; those of the others stay valid.
    """

    where: Filter
    ids: tuple[str, ...]


def list_documents(
    context: RequestContext,
    dataset: str,
    to_node: Callable[[Document], object],
    asked: Asked,
    part: Part | None = None,
) -> Listing:
    """A page of one dataset, or of the part of it that an object has.

    Raises ApiError BAD_PAGE_SIZE, BAD_CURSOR or QUERY_TOO_EXPENSIVE.
    """
    if part is not None:
        context.batches.admit()
    if asked.where.personal:
        context.notices.add(PERSONAL_NOTICE)
    key = context.config.cursor_key
    request = SearchRequest(
        dataset=dataset,
        today=context.today,
        where=asked.where.filter,
        order=asked.order,
        first=checked_size("first", asked.first, DEFAULT_PAGE),
    )
    listed = [cursors.fingerprint(request, scope) for scope in (part.ids if part else ("",))]
    if asked.after is not None:
        request = replace(request, after=cursors.decode(key, asked.after, *listed))
    if part is None:
        return Listing(context.engine, request, key, listed[0], to_node)
    # Spelled as what counts are asked of, so that both are asked once.
    every = request.where == EVERYTHING
    where = part.where if every else And((part.where, request.where))
    return Listing(context.batches, replace(request, where=where), key, listed[0], to_node)


async def read_documents(context: RequestContext, ids: Sequence[str]) -> list[Document | None]:
    """The visible documents of these ids, in order; None for what is not there, for whatever reason.

    A subject has several ids. Raises ApiError BAD_PAGE_SIZE for more than 100 ids.
    """
    if len(ids) > MAX_PAGE:
        raise ApiError(
            Code.BAD_PAGE_SIZE,
            f"一次最多 {MAX_PAGE} 个编号",
            f"at most {MAX_PAGE} ids at a time",
            limit=MAX_PAGE,
        )
    return await asyncio.gather(*(_read_document(context, document_id) for document_id in ids))


async def _read_document(context: RequestContext, document_id: str) -> Document | None:
    if not is_id(document_id):
        return None
    found = await context.batches.document(document_id)
    return found if found is not None else await context.batches.subject(document_id)


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return _RECORD_ID.fullmatch(text) is not None
