"""Declarations → the joints between subjects, profiles and records: lists and counts of a subject, and back.

`Any` stands here because the types of records exist at run time only. Nothing is asked of the engine one
object at a time: see api/graphql/batches.py.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import strawberry

from api.graphql import words
from api.graphql.derived_classes import Spec, argument, make_class, sign
from api.graphql.resolvers import Part
from api.graphql.subjects import SubjectFields, SubjectKey, find_subject, part_of, subject_values
from records.dataset import Dataset
from records.errors import IndexUnavailable
from search.engine import Document
from search.query import SearchRequest

_NO_PERSON = "自然人为空：同一自然人的记录不互相关联 / null for a natural person, whose records are never linked to one another"
_MORE_THAN_ONE = "OTHER_"
"""What a kind begins with that stands for several: its count is called by the plural."""


def bare_subject() -> Any:
    """The type Subject without its joints; types that refer to it are made before it is complete."""
    return type("Subject", (SubjectFields,), {})


def complete_subject(cls: Any, joints: Mapping[str, Any]) -> Any:
    """Give the type Subject its joints, which are fields with resolvers."""
    for name, joint in joints.items():
        setattr(cls, name, joint)
    return strawberry.type(
        cls,
        name="Subject",
        description="信用主体（不含自然人）：本县公示的一个组织或个体工商户的全部信息；有存续的基本信息或在公示的记录时存在。"
        "以经营者姓名为名的个体工商户名称遮盖，只能按代码找到 / a subject: everything the county publishes about one "
        "organization or individual business; exists while it has a living profile or a visible record. An individual "
        "business whose name is its operator's name shows it masked and is found by code only",
    )


def subject_of_record(subject: Any) -> Spec:
    """The field `subject` of a record."""

    async def resolve(self: Any, info: Any) -> Any:
        found = await info.context.batches.subject(self.anchor) if self.anchor else None
        return subject(**subject_values(found)) if found else None

    return Spec(subject | None, f"信用主体；{_NO_PERSON}", resolve=resolve)


def subject_of_profile(subject: Any) -> Spec:
    """The field `subject` of a profile."""

    async def resolve(self: Any, info: Any) -> Any:
        found = await info.context.batches.subject(self.anchor)
        if found is None:
            # There is none without its profile: the index changed between two of its answers.
            raise IndexUnavailable("the index changed while it was read", "ask again")
        return subject(**subject_values(found))

    return Spec(subject, "信用主体 / the subject that it describes", resolve=resolve)


def with_anchor(cls: Any) -> Any:
    """A class of records or profiles that also knows by what their subject is found."""
    cls.__annotations__["anchor"] = strawberry.Private[str]
    return cls


def profile_field(dataset: Dataset, node: Any, to_node: Callable[[Document], object]) -> Any:
    """The field of Subject that shows its profile."""

    async def resolve(self: Any, info: Any) -> Any:
        profile = str(self.document["profile"] or "")
        found = await info.context.batches.document(profile) if profile else None
        return to_node(found) if found and found["dataset"] == dataset.name else None

    text = (
        f"{dataset.label} / {words.english(dataset.type_name)} profile; null when none is published"
    )
    return Spec(node | None, text, resolve=resolve).field()


def counts_field(datasets: Sequence[Dataset]) -> Any:
    """The field of Subject that counts its visible records by kind."""
    names = {kind: _count_name(dataset, kind) for dataset in datasets for kind in dataset.kinds}
    labels = {
        names[kind]: Spec(int, f"{label} / {words.english(names[kind])}")
        for dataset in datasets
        for kind, label in dataset.kinds.items()
    }
    counts = strawberry.type(
        make_class("RecordCounts", labels),
        description="在公示的记录数，等于相应列表的总数 / visible records: the totals of the lists",
    )

    async def resolve(self: Any, info: Any) -> Any:
        context = info.context
        where = part_of(self.document).where
        requests = [SearchRequest(d.name, context.today, where) for d in datasets]
        found = await asyncio.gather(*(context.batches.values(r, "kind") for r in requests))
        total = sum(map(Counter, found), Counter[str]())
        return counts(**{name: total[kind] for kind, name in names.items()})

    return Spec(counts, "各类公示记录数 / visible records by kind", resolve=resolve).field()


def _count_name(dataset: Dataset, kind: str) -> str:
    """The plural of the dataset where all its records are of one kind, else the kind: `red_list`."""
    if len(dataset.kinds) == 1:
        return dataset.name
    return kind.lower() + ("s" if kind.startswith(_MORE_THAN_ONE) else "")


def list_of_subject(subject: Any) -> Part:
    """A list of a subject has its records only."""
    return part_of(subject.document)


def found_subject(subject: Any) -> Any:
    """The field of Query that finds one subject."""

    async def resolve(info: Any, by: SubjectKey) -> Any:
        found = await find_subject(info.context, by)
        return subject(**subject_values(found)) if found else None

    arguments = {
        "info": argument(strawberry.Info),
        "by": argument(SubjectKey, text="主体的编号或代码 / id or code of the subject"),
    }
    sign(resolve, arguments, subject | None)
    return strawberry.field(
        resolver=resolve,
        description="按编号或代码读取信用主体；没有公示信息的为空 / one subject by id or code; null when nothing of it is published",
    )
