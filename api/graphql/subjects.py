"""The subject, apart from its lists: what it shows of itself, and how one is found by a code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum

import strawberry
from strawberry import UNSET, field

from api.graphql.batches import BY_NAME, anchors_of
from api.graphql.context import RequestContext
from api.graphql.filters import MAX_VALUE, PERSONAL_NOTICE, Filterable
from api.graphql.resolvers import Part, is_id
from api.graphql.types import Mask, Masked, Node, SortDirection, SubjectKind
from records import identifiers
from records.privacy import has_personal_shape
from records.vocabulary import CreditCode
from search.engine import Document
from search.entries import day_number
from search.query import SUBJECTS, AnyOf, Between, Filter, Or, Order, SearchRequest


@strawberry.type(
    name="SubjectFields", description="信用主体的自有字段 / what a subject has of itself"
)
class SubjectFields(Node):
    """The fields of the type Subject that are no lists; `document` is where all of it comes from."""

    document: strawberry.Private[Document]
    kind: SubjectKind = field(
        description="主体类别，从不是自然人 / kind of subject, never a natural person"
    )
    name: str = field(
        description="现名，以企业基本信息为准；个体工商户以经营者姓名为名的遮盖 / present name, that of the profile if there is "
        "one; masked where an individual business is named like its operator",
        directives=[Masked(as_=Mask.PERSON_NAME)],
    )
    former_names: list[str] = field(description="曾用名，新的在前 / former names, the newest first")
    credit_code: CreditCode | None = field(
        description="统一社会信用代码 / unified social credit code"
    )
    registration_number: str | None = field(
        description="工商注册号（2015 年前，15 位）；有多个时以企业基本信息或最新记录所填为准 / registration number of before 2015, 15 "
        "digits; of several that of the profile or the newest record"
    )
    organization_code: str | None = field(
        description="组织机构代码（GB 11714），即信用代码第 9 至 17 位 / organization code: characters 9 to 17 of the credit code"
    )
    region: str | None = field(description="行政区划代码（GB/T 2260） / division code")


@strawberry.enum(description="主体的排序字段 / what subjects can be ordered by")
class SubjectOrderField(Enum):
    """The enum SubjectOrderField."""

    RELEVANCE = strawberry.enum_value(
        "RELEVANCE",
        description="相关度；没有 query 时按名称升序，方向不计 / how well it fits the query; by name from A to Z without one, "
        "whatever the direction",
    )
    NAME = strawberry.enum_value("NAME", description="现名，按拼音 / present name, by its pinyin")


@strawberry.input(description="主体的排序 / order of subjects")
class SubjectOrder:
    """The input SubjectOrder."""

    field: SubjectOrderField = strawberry.field(description="排序字段 / field")
    direction: SortDirection = strawberry.field(
        description="方向 / direction", default=SortDirection.DESC
    )


@strawberry.input(
    one_of=True,
    description="指定一个主体：恰好给出一项 / names one subject: exactly one of these is given",
)
class SubjectKey:
    """The input SubjectKey."""

    id: strawberry.ID | None = field(
        description="编号；合并前的编号仍然有效 / id; one of before a joining stays valid",
        default=UNSET,
    )
    credit_code: CreditCode | None = field(
        description="统一社会信用代码 / unified social credit code", default=UNSET
    )
    organization_code: str | None = field(
        description="组织机构代码，连字符可省 / organization code, with or without its hyphen",
        default=UNSET,
    )
    registration_number: str | None = field(
        description="工商注册号；有多个时任一均可 / registration number, of several any",
        default=UNSET,
    )


def subject_values(document: Document) -> dict[str, object]:
    """The attributes of a subject's output object; what it does not have is None."""
    return {
        "document": document,
        "id": document["id"],
        "kind": document["subject_kind"],
        "name": document["name"],
        "former_names": _several(document["former_names"]),
        "credit_code": document["credit_code"] or None,
        "registration_number": next(iter(_several(document["registration_numbers"])), None),
        "organization_code": document["organization_code"] or None,
        "region": document["region"] or None,
    }


def _several(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def part_of(subject: Document) -> Part:
    """What the lists of a subject are limited to: the records of all parties that it joins."""
    anchors = anchors_of(subject)
    main = str(subject["id"])
    others = tuple(anchor for anchor in anchors if anchor != main)
    return Part(AnyOf("anchor", anchors), (main, *others))


def order_of(chosen: SubjectOrder | None) -> Order:
    """The order of a list of subjects: by name, from A to Z when none is asked for."""
    return (
        Order(BY_NAME.field, descending=chosen.direction is SortDirection.DESC)
        if chosen
        else BY_NAME
    )


def filterable_subjects(today: date) -> Filterable:
    """What the input SubjectWhere asks for on that day."""

    def has_records(kinds: Sequence[str]) -> Filter:
        tomorrow = day_number(today) + 1
        return Or(tuple(Between(f"until_{kind}", tomorrow, None) for kind in dict.fromkeys(kinds)))

    return Filterable({"kind": "subject_kind"}, {}, {"has_records": has_records})


async def find_subject(context: RequestContext, key: SubjectKey) -> Document | None:
    """The visible subject that a key names. Raises SearchError."""
    if key.id:
        return await context.batches.subject(key.id) if is_id(key.id) else None
    if key.credit_code:
        organization = key.credit_code[identifiers.ORGANIZATION_PART]
        known = AnyOf("credit_code", (key.credit_code,))
        return await _first(context, Or((known, AnyOf("organization_code", (organization,)))))
    if key.organization_code:
        return await _by_number(
            context, "organization_code", key.organization_code, identifiers.check_organization_code
        )
    return await _by_number(
        context,
        "registration_numbers",
        key.registration_number or "",
        identifiers.check_registration_number,
    )


async def _by_number(
    context: RequestContext,
    field: str,
    number: str,
    check: Callable[[str], identifiers.Verdict],
) -> Document | None:
    """The subject of a valid number: no other is ever kept, least of all one of a person."""
    if len(number) > MAX_VALUE:
        return None
    verdict = check(number)
    if verdict.valid:
        return await _first(context, AnyOf(field, (verdict.normalized,)))
    if has_personal_shape(number):
        context.notices.add(PERSONAL_NOTICE)
    return None


async def _first(context: RequestContext, where: Filter) -> Document | None:
    request = SearchRequest(SUBJECTS, context.today, where, BY_NAME, first=1)
    page = await context.batches.search(request)
    return page.hits[0].document if page.hits else None
