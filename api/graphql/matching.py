"""Batch match: for each of many names and codes one verdict on which subject it is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import strawberry
from strawberry import UNSET, field

from api.graphql.context import RequestContext
from api.graphql.errors import ApiError, Code
from api.graphql.listing import Match
from api.graphql.queries import QUERY_NOTICE
from api.graphql.relevant import match_of
from search.engine import Document
from search.finding.verdicts import Stated, Verdict, judge
from search.query import MAX_PAGE


@strawberry.input(
    description="待核查的一行，至少填一项名称或代码 / one row to be matched: at least a name or a code"
)
class MatchInput:
    """The input MatchInput."""

    id: str = field(description="调用方的行号，原样返回 / the caller's own key, returned as it is")
    name: str | None = field(description="名称 / name", default=UNSET)
    credit_code: str | None = field(
        description="统一社会信用代码 / unified social credit code", default=UNSET
    )
    registration_number: str | None = field(
        description="工商注册号 / registration number", default=UNSET
    )


@strawberry.enum(description="核查结论 / verdict")
class MatchStatus(Enum):
    """The enum MatchStatus."""

    FOUND = strawberry.enum_value(
        "FOUND", description="唯一，代码或名称一致 / exactly one subject has the code or name"
    )
    AMBIGUOUS = strawberry.enum_value(
        "AMBIGUOUS", description="多个主体一致，须补代码 / several have it: add a code"
    )
    POSSIBLE = strawberry.enum_value(
        "POSSIBLE", description="相近，须人工核对 / similar: to be checked by hand"
    )
    NOT_FOUND = strawberry.enum_value("NOT_FOUND", description="没有 / none")
    INVALID = strawberry.enum_value(
        "INVALID", description="所填不能核查，见 message / cannot be matched as given, see message"
    )


@dataclass(frozen=True, slots=True)
class MatchedSubject:
    """A subject that a row may be."""

    subject: Document
    match: Match


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """The verdict on one row."""

    id: str
    status: MatchStatus
    message: str | None
    candidates: list[MatchedSubject]


async def match_rows(context: RequestContext, queries: Sequence[MatchInput]) -> list[MatchedRow]:
    """One verdict a row, in order. Raises ApiError BAD_PAGE_SIZE for more than 100 rows, or SearchError."""
    if len(queries) > MAX_PAGE:
        raise ApiError(
            Code.BAD_PAGE_SIZE,
            f"一次最多核查 {MAX_PAGE} 行",
            f"at most {MAX_PAGE} rows at a time",
            limit=MAX_PAGE,
        )
    stated = [
        Stated(_text(q.name), _text(q.credit_code), _text(q.registration_number)) for q in queries
    ]
    verdicts = await judge(context.engine, stated, context.today)
    if any(verdict.personal for verdict in verdicts):
        context.notices.add(QUERY_NOTICE)
    documents = await _documents(context, verdicts)
    return [_row(q.id, verdict, documents) for q, verdict in zip(queries, verdicts, strict=True)]


async def _documents(context: RequestContext, verdicts: Sequence[Verdict]) -> dict[str, Document]:
    ids = dict.fromkeys(ranked.card.id for verdict in verdicts for ranked in verdict.candidates)
    if not ids:
        return {}
    found = await context.engine.get(list(ids), context.today)
    return {str(document["id"]): document for document in found if document is not None}


def _row(row_id: str, verdict: Verdict, documents: dict[str, Document]) -> MatchedRow:
    candidates = [
        MatchedSubject(document, match_of(ranked))
        for ranked in verdict.candidates
        if (document := documents.get(ranked.card.id)) is not None
    ]
    return MatchedRow(row_id, MatchStatus[verdict.status.name], verdict.message or None, candidates)


def _text(value: str | None) -> str:
    return value if isinstance(value, str) else ""
