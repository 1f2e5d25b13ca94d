"""What has changed since a revision: an outline of everything public that a caller can follow.

A page may end within the many records of one revision; its end then names the last of them, too. Only what
the index has followed to in whole is told, so that no record of a later revision can be missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import cast

import strawberry

from api.graphql.context import RequestContext
from api.graphql.errors import ApiError, Code
from api.graphql.listing import checked_size
from search.engine import Document
from search.query import (
    ANY,
    MAX_PAGE,
    SUBJECTS,
    TOMBSTONES,
    After,
    And,
    AnyOf,
    Between,
    Not,
    Order,
    SearchRequest,
)

_NO_SUBJECTS = Not(AnyOf("dataset", (SUBJECTS,)))
_OLDEST_FIRST = Order("revision", descending=False)


@strawberry.enum(description="变更的种类 / what happened to a record")
class ChangeKind(Enum):
    """The enum ChangeKind."""

    PUBLISHED = strawberry.enum_value(
        "PUBLISHED",
        description="在所给版本之后开始公示 / has become public since the revision given",
    )
    CHANGED = strawberry.enum_value("CHANGED", description="内容变更 / was changed")
    WITHDRAWN = strawberry.enum_value(
        "WITHDRAWN",
        description="不再公示，只余编号、种类与版本 / no longer public: only id, kind and revision remain",
    )


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change; `kind` is None for a profile, `node` for what is no longer public."""

    revision: str
    change: ChangeKind
    id: str
    kind: str | None
    node: object | None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes, the oldest first; `end_revision`: `after` of the next page."""

    nodes: list[ChangeRow]
    end_revision: str
    has_next_page: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a caller has seen: all up to a revision, or of that one up to a record.

    `since`: the revision up to which the caller had seen everything when it began with these pages.
    """

    revision: int
    id: str
    since: int

    @classmethod
    def of(cls, after: str) -> _Seen:
        """What the scalar Revision lets through: a revision, or the end of a page within one."""
        revision, *within = after.split(".")
        if not within:
            return cls(int(revision), "", int(revision))
        record_id, since = within
        return cls(int(revision), record_id, int(since))


async def read_changes(
    context: RequestContext,
    to_node: Callable[[Document], object],
    after: str | None,
    first: int | None,
) -> ChangePage:
    """The changes since a revision, or since the end of a page before; None: since the beginning.

    Raises ApiError BAD_PAGE_SIZE, BAD_CURSOR or SearchError.
    """
    size = checked_size("first", first, MAX_PAGE)
    seen = _Seen.of(after or "0")
    reached = (await context.engine.state()).revision
    if seen.revision > reached:
        raise _from_the_future()
    begin = seen.revision if seen.id else seen.revision + 1
    request = SearchRequest(
        ANY,
        context.today,
        And((Between("revision", begin, reached), _NO_SUBJECTS)),
        _OLDEST_FIRST,
        size,
        After(seen.revision, seen.id) if seen.id else None,
    )
    page = await context.engine.search(request)
    rows = [_row(hit.document, seen.since, to_node) for hit in page.hits]
    last = rows[-1] if page.has_more else None
    end = f"{last.revision}.{last.id}.{seen.since}" if last else str(reached)
    return ChangePage(rows, end, page.has_more)


def _row(document: Document, since: int, to_node: Callable[[Document], object]) -> ChangeRow:
    record_id = str(document["id"])
    revision = str(document["revision"])
    kind = str(document["kind"]) or None
    if document["dataset"] == TOMBSTONES:
        return ChangeRow(revision, ChangeKind.WITHDRAWN, record_id, kind, None)
    new = cast("int", document["published_revision"]) > since
    change = ChangeKind.PUBLISHED if new else ChangeKind.CHANGED
    return ChangeRow(revision, change, record_id, kind, to_node(document))


def _from_the_future() -> ApiError:
    return ApiError(
        Code.BAD_CURSOR,
        "所给版本尚未到达",
        "the index has not come to this revision yet",
        hint="稍后再试；数据若已重建，从 0 重新读取 / try again later; if the data was set up anew, begin at 0",
    )
