"""Declarations → the fields of Query that search across datasets: search, suggest, match and changes.

`Any` stands here because their types refer to types of records, which exist at run time only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from operator import or_
from typing import Annotated, Any

import strawberry
from strawberry import UNSET, Info

from api.graphql import types, words
from api.graphql.changes import ChangeKind, read_changes
from api.graphql.derived_classes import (
    Spec,
    argument,
    list_of,
    make_class,
    make_enum,
    page_arguments,
    sign,
)
from api.graphql.derived_connection import (
    Resolver,
    edge_values,
    page_fields,
    relation_of,
    total_fields,
)
from api.graphql.derived_lists import query_argument
from api.graphql.listing import DEFAULT_PAGE, checked_size
from api.graphql.matching import MatchInput, MatchStatus, match_rows
from api.graphql.scalars import Cursor, Revision
from api.graphql.search_box import BoxListing, BoxQuery, kinds_of, search_everything
from api.graphql.suggesting import DEFAULT_SUGGESTIONS, suggest
from records.dataset import Dataset
from records.vocabulary import PersonalData
from search.engine import Document
from search.query import MAX_PAGE

ToNode = Callable[[Document], object]

_CURSOR = Spec(Cursor, "本条的游标 / cursor of this result")


def search_field(
    datasets: Sequence[Dataset], nodes: Sequence[Any], makers: Mapping[str, ToNode]
) -> Any:
    """The field `search`; `nodes`: the types of what it finds, `makers`: by dataset what makes them."""
    kinds = kinds_of(datasets)
    kind = make_enum(
        "SearchKind",
        "检索结果的种类 / kind of search result",
        {name: _kind_text(name, dataset) for name, dataset in kinds.items()},
    )
    connection = _search_connection(nodes, kind)

    async def resolve(info: Any, query: str, **given: Any) -> BoxListing:
        chosen = given.get("kinds")
        wanted = (
            kinds if chosen is None or chosen is UNSET else {k.name: kinds[k.name] for k in chosen}
        )
        first = checked_size("first", given.get("first"), DEFAULT_PAGE)
        asked = BoxQuery(query, wanted, first, given.get("after"))
        return await search_everything(info.context, partial(_made, makers), asked)

    sign(
        resolve,
        {
            "info": argument(Info),
            "query": query_argument(required=True),
            "kinds": argument(list_of(kind) | None, UNSET, "种类，缺省为全部 / kinds, all by default"),
            **page_arguments(),
        },
        connection,
    )  # fmt: skip
    return strawberry.field(
        resolver=resolve,
        description="一框搜索：名称、代码、文号、正文；主体在与其同分的记录之前，至多 200 条 / one box: names, codes, document "
        "numbers, text; a subject before its equally scored records, at most 200 results",
    )


def _made(makers: Mapping[str, ToNode], document: Document) -> object:
    return makers[str(document["dataset"])](document)


def _kind_text(name: str, dataset: Dataset | None) -> str:
    label = dataset.label if dataset else "信用主体"
    return f"{label} / {words.english(name)}"


def _search_connection(nodes: Sequence[Any], kind: Any) -> Any:
    members: Any = reduce(or_, nodes)
    about = strawberry.union("SearchResult", description="主体或记录 / a subject or a record")
    result = Annotated[members, about]
    score = "与 query 的符合程度，0 至 1；只有正文相符的为空 / how well it fits, 0 to 1; null where only its text does"
    edge = strawberry.type(
        make_class("SearchEdge", {
            "cursor": _CURSOR,
            "node": Spec(result, "主体或记录 / subject or record"),
            "score": Spec(float | None, score),
        }),
        description="一条检索结果 / one search result",
    )  # fmt: skip
    count = strawberry.type(
        make_class("KindCount", {
            "kind": Spec(kind, "种类 / kind"),
            "count": Spec(int, "符合的条数 / how many match"),
            "relation": Spec(types.TotalRelation, "是否精确 / whether the count is exact"),
        }),
        description="一种结果的条数 / how many results there are of one kind",
    )  # fmt: skip

    async def counts(self: BoxListing) -> Any:
        return [
            count(kind=kind[name], count=total.count, relation=relation_of(total))
            for name, total in (await self.counts()).items()
        ]

    counted = Resolver(counts, list_of(count), "各种类的条数 / counts by kind", {})
    fields = {**page_fields(result, edge, edge_values), **total_fields(), "counts": counted}
    return strawberry.type(
        type("SearchConnection", (), {name: field.field() for name, field in fields.items()}),
        description="检索结果的一页 / one page of search results",
    )


def suggest_field(subject: Any, to_subject: ToNode) -> Any:
    """The field `suggest`."""
    text = "名称；输入所对应的主体的现名或曾用名 / name that was found, present or former"
    suggestion = strawberry.type(
        make_class("Suggestion", {
            "text": Spec(str, text, mask=PersonalData.PERSON_NAME),
            "subject": Spec(subject | None, "有此名称的主体 / the subject that has it"),
            "highlights": Spec(list[types.Highlight], "text 中符合的部分 / the parts of text that match"),
        }),
        description="一条输入提示 / one suggestion",
    )  # fmt: skip

    async def resolve(info: Any, prefix: str, first: int | None = DEFAULT_SUGGESTIONS) -> Any:
        return [
            suggestion(
                text=found.text, subject=to_subject(found.subject), highlights=found.highlights
            )
            for found in await suggest(info.context, prefix, first)
        ]

    size = f"条数，1 至 {MAX_PAGE} / how many, 1 to {MAX_PAGE}"
    prefix = "已输入的文字：名称、拼音（末音节可不全）、首字母或代码的开头 / what was typed: the beginning of a name, of its pinyin, even within a syllable, of its initials or of a code"
    sign(
        resolve,
        {
            "info": argument(Info),
            "prefix": argument(str, text=prefix),
            "first": argument(int | None, DEFAULT_SUGGESTIONS, size),
        },
        list_of(suggestion),
    )
    return strawberry.field(
        resolver=resolve,
        description="输入提示：从第一个字起；从不提示自然人 / suggestions, from the first character on; never a natural person",
    )


def _match_types(subject: Any) -> tuple[Any, Any]:
    """The types of a candidate and of the verdict on a row."""
    candidate = strawberry.type(
        make_class("MatchCandidate", {
            "subject": Spec(subject, "主体 / subject"),
            "score": Spec(float, "符合程度，0 至 1 / how well it fits, 0 to 1"),
            "matched_name": Spec(
                str | None, "据以比较的名称 / the name that was compared", mask=PersonalData.PERSON_NAME
            ),
            "explanation": Spec(list[types.ScorePart], "得分的由来 / how the score came about"),
        }),
        description="可能的主体 / a subject that it may be",
    )  # fmt: skip
    result = strawberry.type(
        make_class("MatchResult", {
            "id": Spec(str, "所给行号 / the key that was given"),
            "status": Spec(MatchStatus, "结论 / verdict"),
            "message": Spec(str | None, "说明，不含所给的值 / explanation, without the values given"),
            "candidates": Spec(list_of(candidate), "可能的主体，最相符的在前 / subjects that it may be, the best first"),
        }),
        description="一行的核查结论 / the verdict on one row",
    )  # fmt: skip
    return candidate, result


def match_field(subject: Any, to_subject: ToNode) -> Any:
    """The field `match`."""
    candidate, result = _match_types(subject)

    async def resolve(info: Any, queries: list[MatchInput]) -> Any:
        return [
            result(
                id=row.id,
                status=row.status,
                message=row.message,
                candidates=[
                    candidate(
                        subject=to_subject(found.subject),
                        score=found.match.score,
                        matched_name=found.match.name,
                        explanation=list(found.match.explanation),
                    )
                    for found in row.candidates
                ],
            )
            for row in await match_rows(info.context, queries)
        ]

    text = f"待核查的行，至多 {MAX_PAGE} 行 / rows to be matched, at most {MAX_PAGE}"
    sign(
        resolve,
        {"info": argument(Info), "queries": argument(list[MatchInput], text=text)},
        list_of(result),
    )
    return strawberry.field(
        resolver=resolve,
        description="批量核查：每行一个结论 / batch match: one verdict a row, explained",
    )


def _change_types(record_kind: Any) -> tuple[Any, Any]:
    """The types of a change and of a page of them."""
    change = strawberry.type(
        make_class("Change", {
            "revision": Spec(Revision, "变更所在的版本 / revision of the change"),
            "change": Spec(ChangeKind, "变更的种类 / what happened"),
            "id": Spec(strawberry.ID, "记录编号 / id of the record"),
            "kind": Spec(record_kind | None, "记录种类；企业基本信息为空 / kind of record; null for a profile"),
            "node": Spec(types.Node | None, "变更后的内容；不再公示的为空 / what it is now; null when no longer public"),
        }),
        description="一项变更；不再公示的只有编号、种类与版本 / one change; of what is no longer public only id, kind and revision",
    )  # fmt: skip
    connection = strawberry.type(
        make_class("ChangeConnection", {
            "nodes": Spec(list_of(change), "变更，旧的在前 / changes, the oldest first"),
            "end_revision": Spec(Revision, "下一页的 after；可停在同一版本的各记录之间 / `after` of the next page; may stand between the records of one revision"),
            "has_next_page": Spec(bool, "后面还有 / more follow"),
        }),
        description="变更的一页 / one page of changes",
    )  # fmt: skip
    return change, connection


def changes_field(record_kind: Any, makers: Mapping[str, ToNode]) -> Any:
    """The field `changes`; `makers`: by dataset what makes the objects of its documents."""
    change, connection = _change_types(record_kind)

    async def resolve(info: Any, after: Any = UNSET, first: int | None = MAX_PAGE) -> Any:
        page = await read_changes(info.context, partial(_made, makers), after or None, first)
        rows = [
            change(
                revision=row.revision, change=row.change, id=row.id, kind=row.kind, node=row.node
            )
            for row in page.nodes
        ]
        return connection(
            nodes=rows, end_revision=page.end_revision, has_next_page=page.has_next_page
        )

    after = "上一页的 endRevision；缺省从头读取 / endRevision of the page before; from the beginning by default"
    sign(
        resolve,
        {
            "info": argument(Info),
            "after": argument(Revision | None, UNSET, after),
            "first": argument(int | None, MAX_PAGE, f"条数，1 至 {MAX_PAGE} / how many, 1 to {MAX_PAGE}"),
        },
        connection,
    )  # fmt: skip
    return strawberry.field(
        resolver=resolve,
        description="变更流：记录与企业基本信息，不含主体；到期也是变更。从头读取即得全部公示内容 / changes of records and profiles, not of "
        "subjects; an ending at midnight is a change too. From the beginning on it holds everything public",
    )
