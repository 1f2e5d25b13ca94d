"""Declarations → GraphQL types. `Any` stands here because what it makes exists at run time only.

What comes out is printed to schema.graphql and reviewed there. One :class:`Derived` serves one schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry

from api.graphql import types, words
from api.graphql.choices import SUBJECT_LISTS, lists_of, sortable
from api.graphql.common_fields import check_declaration
from api.graphql.derived_classes import (
    Spec,
    bare_class,
    list_of,
    make_class,
    make_enum,
    optional_input,
    where_input,
)
from api.graphql.derived_connection import make_connection
from api.graphql.derived_lists import RELEVANCE, RecordList, subjects_field
from api.graphql.derived_searches import changes_field, match_field, search_field, suggest_field
from api.graphql.derived_subject import (
    bare_subject,
    complete_subject,
    counts_field,
    found_subject,
    list_of_subject,
    profile_field,
    subject_of_profile,
    subject_of_record,
    with_anchor,
)
from api.graphql.rows import profile_values, record_values
from api.graphql.scalars import DecimalText, IsoDate, Revision
from api.graphql.subjects import subject_values
from records.dataset import Dataset, Field, ValueType
from records.vocabulary import CodeTable, CreditCode, PersonalData, RecordStatus, Search
from search.engine import Document
from search.query import SUBJECTS

_OUTPUT: Mapping[ValueType, Any] = {
    ValueType.TEXT: str | None,
    ValueType.CREDIT_CODE: CreditCode | None,
    ValueType.MONEY: DecimalText | None,
    ValueType.DATE: IsoDate | None,
    ValueType.FLAG: bool,
}
_FILTERS: Mapping[ValueType, Any] = {
    ValueType.TEXT: types.StringFilter,
    ValueType.CREDIT_CODE: types.CreditCodeFilter,
    ValueType.MONEY: types.DecimalFilter,
    ValueType.DATE: types.DateFilter,
}
_EQ = "等于 / equal"
_IN = "等于其中之一，空列表无结果 / one of these, an empty list matches nothing"
_BY_KIND = "按主体类别筛选 / filter by kind of subject"
_BY_REGION = "按行政区划代码筛选，自然人的记录没有区划 / filter by division code, which natural persons' records do not have"
_WHERE = "筛选条件 / filter"


_KIND = "记录种类 / kind of record"
_RECORD: Mapping[str, Spec] = {
    "subject_kind": Spec(types.SubjectKind, "主体类别 / kind of subject"),
    "subject_name": Spec(str | None, "行政相对人名称 / name of the subject", mask=PersonalData.PERSON_NAME),
    "credit_code": Spec(CreditCode | None, "统一社会信用代码 / unified social credit code of the subject"),
    "document_number": Spec(str | None, "文书号 / number of the document", mask=PersonalData.ID_NUMBER),
    "authority": Spec(str | None, "作出机关 / authority that decided"),
    "authority_code": Spec(CreditCode | None, "作出机关统一社会信用代码 / credit code of the authority"),
    "decision_date": Spec(IsoDate | None, "决定日期 / day of the decision"),
    "status": Spec(RecordStatus, "当前状态，以来源为准，不随时间自变 / as the source states it; nothing that changes by itself with time"),
    "public_from": Spec(IsoDate, "公示起始日 / visible from this day on"),
    "public_until": Spec(IsoDate | None, "公示结束日（当日起不再公示），空为无期限 / no longer visible from this day on; null: no end"),
    "masked_fields": Spec(
        list[str],
        "被遮盖或密封的字段，只取决于字段声明与主体类别，与有无值无关 / names of masked or sealed fields; "
        "follows from declaration and subject kind, never from whether the row had a value",
    ),
    "source": Spec(types.Provenance, "数据来源 / where the record comes from"),
    "revision": Spec(Revision, "最近变更的数据版本 / revision of its last change"),
}  # fmt: skip
"""Fields of the interface Record; `kind` and `subject` come before them."""

_PROFILE: Mapping[str, Spec] = {
    "region": Spec(str | None, "行政区划代码（GB/T 2260） / division code"),
    **{name: _RECORD[name] for name in ("masked_fields", "source", "revision")},
}
"""Fields of a profile beside the declared ones; `subject` comes before them."""


@dataclass
class Derived:
    """The generated types of one schema. Every method makes its type once."""

    datasets: tuple[Dataset, ...]
    _made: dict[str, Any] = field(default_factory=dict)

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def code_enum(self, table: type[CodeTable]) -> Any:
        """The enum of a code table; the Chinese labels stand in the descriptions."""
        name = table.__name__
        members = {m.name: f"{m.label} / {words.english(m.name)}" for m in table}
        text = f"代码表 / code table: {words.english(name)}\n\n{words.first_line(table.__doc__)}"
        return self._once(name, lambda: make_enum(name, text.strip(), members))

    def code_filter(self, table: type[CodeTable]) -> Any:
        """The input `<Table>Filter`."""
        name, enum = f"{table.__name__}Filter", self.code_enum(table)
        fields = {"eq": Spec(enum | None, _EQ), "in_": Spec(list_of(enum) | None, _IN, "in")}
        text = f"代码条件 / condition on a code: {words.english(table.__name__)}"
        return self._once(name, lambda: optional_input(bare_class(name), fields, text))

    def record_kind(self) -> Any:
        """The enum RecordKind: one member a kind that a dataset has."""
        members = {
            kind: f"{label} / {words.english(kind)}"
            for dataset in self.datasets
            for kind, label in dataset.kinds.items()
        }
        return self._once(
            "RecordKind", lambda: make_enum("RecordKind", "记录种类 / kind of record", members)
        )

    def record_interface(self) -> Any:
        """The interface Record: what every type of records has."""
        subject = self.subject_type()
        fields = {
            "kind": Spec(self.record_kind(), _KIND),
            "subject": subject_of_record(subject),
            **_RECORD,
        }
        fields["status"] = fields["status"]._replace(type=self.code_enum(RecordStatus))

        def make() -> Any:
            cls = with_anchor(make_class("Record", fields, types.Node))
            return strawberry.interface(cls, description="一条公示记录 / one published fact")

        return self._once("Record", make)

    def object_type(self, dataset: Dataset) -> Any:
        """The output type: fields of Record first, then the dataset's other public fields.

        A profile is no Record: it has its declared fields and those of every profile.
        """
        check_declaration(dataset)
        fields = {
            f.name: Spec(self._output(f), words.of_field(f), f.api_name, f.personal)
            for f in dataset.public_fields
        }

        def make() -> Any:
            if dataset.profile:
                own = {"subject": subject_of_profile(self.subject_type()), **_PROFILE}
                cls = with_anchor(make_class(dataset.type_name, {**fields, **own}, types.Node))
            else:
                cls = make_class(dataset.type_name, fields, self.record_interface())
            return strawberry.type(cls, description=words.of_dataset(dataset))

        return self._once(dataset.type_name, make)

    def subject_type(self) -> Any:
        """The type Subject; it is completed by :meth:`complete_subject`, as its lists refer to it."""
        return self._once("Subject", bare_subject)

    def complete_subject(self) -> Any:
        """Give Subject its profile, counts and lists, once all other types are made."""
        cls = self.subject_type()
        profiles = {
            words.snake(d.type_name): profile_field(d, self.object_type(d), self.node_maker(d))
            for d in self.datasets
            if d.profile
        }
        records = [d for d in self.datasets if not d.profile]
        lists = {d.name: self._list_of(d).part_field(list_of_subject) for d in records}
        return complete_subject(cls, {**profiles, "counts": counts_field(records), **lists})

    def _output(self, declared: Field) -> Any:
        if declared.table is None:
            return str if declared.always else _OUTPUT[declared.type]
        enum = self.code_enum(declared.table)
        if declared.type is ValueType.CODES:
            return list_of(enum)
        return enum if declared.always or declared.name == "status" else enum | None

    def where_input(self, dataset: Dataset) -> Any:
        """The input `<Type>Where`."""
        declared = {
            f.filter_name: Spec(
                self._filter(f) | None, words.of_filter(f), words.camel(f.filter_name)
            )
            for f in dataset.fields
            if f.filter
        }
        common = (
            {}
            if dataset.profile
            else {"subject_kind": Spec(types.SubjectKindFilter | None, _BY_KIND)}
        )
        fields = {**declared, **common, "region": Spec(types.StringFilter | None, _BY_REGION)}
        name = f"{dataset.type_name}Where"
        return self._once(
            name, lambda: where_input(name, dataset.label, words.english(dataset.name), fields)
        )

    def subject_where(self) -> Any:
        """The input SubjectWhere."""
        kinds = list_of(self.record_kind()) | None
        fields = {
            "kind": Spec(types.SubjectKindFilter | None, _BY_KIND),
            "credit_code": Spec(types.CreditCodeFilter | None, "按统一社会信用代码筛选 / filter by credit code"),
            "region": Spec(types.StringFilter | None, "按行政区划代码筛选 / filter by division code"),
            "has_records": Spec(kinds, "有其中任一种公示记录，空列表无结果 / has visible records of one of these kinds; an empty list matches nothing"),
        }  # fmt: skip
        return self._once(
            "SubjectWhere", lambda: where_input("SubjectWhere", "信用主体", "subjects", fields)
        )

    def _filter(self, declared: Field) -> Any:
        if declared.search is Search.TEXT:
            return types.TextFilter
        return self.code_filter(declared.table) if declared.table else _FILTERS[declared.type]

    def order_input(self, dataset: Dataset) -> Any:
        """The input `<Type>Order`."""
        name, english = f"{dataset.type_name}Order", words.english(dataset.name)
        by = make_enum(
            f"{name}Field",
            f"{dataset.label}的排序字段 / what {english} can be ordered by",
            {
                RELEVANCE: "相关度；没有 query 时为缺省顺序，方向不计 / how well it fits the query; the default order without one, whatever the direction",
                **{
                    f.name.upper(): f"{f.label} / {words.english(f.name)}"
                    for f in sortable(dataset)
                },
            },
        )
        newest_first = types.SortDirection.DESC
        fields = {
            "field": Spec(by, "排序字段 / field"),
            "direction": Spec(types.SortDirection, "方向 / direction", default=newest_first),
        }
        text = f"{dataset.label}的排序，没有值的排在最后 / order of {english}; missing values come last"
        return self._once(
            name, lambda: strawberry.input(make_class(name, fields), description=text)
        )

    def connection_type(self, dataset: Dataset) -> Any:
        """The type `<Type>Connection`."""
        lists = lists_of(dataset)
        return self._once(
            f"{lists.type_name}Connection",
            lambda: make_connection(lists, self.object_type(dataset)),
        )

    def root_field(self, dataset: Dataset) -> Any:
        """The field of Query that lists a dataset."""
        return self._list_of(dataset).root_field()

    def _list_of(self, dataset: Dataset) -> RecordList:
        return RecordList(
            dataset,
            self.where_input(dataset),
            self.order_input(dataset),
            self.connection_type(dataset),
            self.node_maker(dataset),
        )

    def subjects_field(self) -> Any:
        """The field of Query that lists subjects."""
        connection = make_connection(SUBJECT_LISTS, self.subject_type())
        return subjects_field(self.subject_where(), connection, self.subject_maker())

    def search_fields(self) -> dict[str, Any]:
        """The fields of Query that search across datasets, or tell what has changed in any."""
        subject, to_subject = self.subject_type(), self.subject_maker()
        facts = [d for d in self.datasets if not d.profile]
        makers = {d.name: self.node_maker(d) for d in self.datasets}
        found = {**makers, SUBJECTS: to_subject}
        nodes = [subject, *map(self.object_type, facts)]
        return {
            "search": search_field(facts, nodes, found),
            "suggest": suggest_field(subject, to_subject),
            "match": match_field(subject, to_subject),
            "changes": changes_field(self.record_kind(), makers),
        }

    def subject_field(self) -> Any:
        """The field of Query that finds one subject."""
        return found_subject(self.subject_type())

    def node_maker(self, dataset: Dataset) -> Callable[[Document], object]:
        """Makes the output object of one of the dataset's documents."""
        cls = self.object_type(dataset)
        values = profile_values if dataset.profile else record_values
        return lambda document: cls(**values(dataset, document))

    def subject_maker(self) -> Callable[[Document], object]:
        """Makes the output object of a subject's document."""
        cls = self.subject_type()
        return lambda document: cls(**subject_values(document))
