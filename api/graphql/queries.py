"""Reading `query` and `prefix`: what may be searched for of what a caller typed."""

from __future__ import annotations

from api.graphql.context import RequestContext
from search.finding.reading import QueryText, read_query

QUERY_NOTICE = (
    "查询文字有证件号码、电话或银行卡号的形式，不予检索，结果为空 / "
    "the query has the shape of an identity number, telephone or bank card: not searched, nothing found"
)


def read_text(context: RequestContext, text: str | None) -> QueryText:
    """What is searched for; tells the caller when it is a personal number. Raises QueryTooLong."""
    asked = read_query(text)
    if asked.personal:
        context.notices.add(QUERY_NOTICE)
    return asked
