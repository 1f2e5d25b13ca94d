"""What a box offers while somebody types: names of subjects, those that begin so first."""

from __future__ import annotations

from dataclasses import dataclass

from api.graphql.context import RequestContext
from api.graphql.listing import checked_size
from api.graphql.queries import read_text
from api.graphql.types import Highlight
from search.engine import Document
from search.finding.suggestions import suggestions

DEFAULT_SUGGESTIONS = 10


@dataclass(frozen=True, slots=True)
class Suggested:
    """A name that is offered, the subject that has it, and what of the name was typed."""

    text: str
    subject: Document
    highlights: list[Highlight]


async def suggest(context: RequestContext, prefix: str, first: int | None) -> list[Suggested]:
    """The names to offer, at most `first` (1..100). Nothing for a blank prefix.

    Raises ApiError BAD_PAGE_SIZE, QueryTooLong or SearchError.
    """
    size = checked_size("first", first, DEFAULT_SUGGESTIONS)
    typed = read_text(context, prefix)
    if not typed.text:
        return []
    offered = suggestions(typed.text, await context.batches.find(typed.text))[:size]
    documents = await context.batches.documents([ranked.card.id for ranked in offered])
    return [
        Suggested(ranked.name, document, [Highlight(start=a, end=b) for a, b in ranked.highlights])
        for ranked, document in zip(offered, documents, strict=True)
        if document is not None
    ]
