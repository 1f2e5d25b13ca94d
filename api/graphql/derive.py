"""Declarations → GraphQL types. `Any` stands here because what it makes exists at run time only.

What comes out is printed to schema.graphql and reviewed there. One :class:`Derived` serves one schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry
from strawberry import UNSET

from api.graphql import types, words
from api.graphql.choices import default_order, sortable
from api.graphql.common_fields import check_declaration
from api.graphql.derived_classes import (
    Spec,
    argument,
    bare_class,
    list_of,
    make_class,
    make_enum,
    optional_input,
    sign,
)
from api.graphql.derived_connection import make_connection
from api.graphql.listing import DEFAULT_PAGE, Listing
from api.graphql.resolvers import list_records
from api.graphql.rows import record_values
from api.graphql.scalars import Cursor, DecimalText, IsoDate, Revision
from records.dataset import Dataset, Field, ValueType
from records.vocabulary import CodeTable, CreditCode, PersonalData, RecordStatus, Search
from search.engine import Document
from search.query import Order

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
"""Fields of the interface Record; `kind` comes before them."""


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
        """The interface Record: what every dataset's type has."""
        fields = {"kind": Spec(self.record_kind(), "记录种类 / kind of record"), **_RECORD}
        fields["status"] = fields["status"]._replace(type=self.code_enum(RecordStatus))

        def make() -> Any:
            cls = make_class("Record", fields, types.Node)
            return strawberry.interface(cls, description="一条公示记录 / one published fact")

        return self._once("Record", make)

    def object_type(self, dataset: Dataset) -> Any:
        """The output type: fields of Record first, then the dataset's other public fields."""
        check_declaration(dataset)
        fields = {
            f.name: Spec(self._output(f), words.of_field(f), f.api_name, f.personal)
            for f in dataset.public_fields
        }

        def make() -> Any:
            cls = make_class(dataset.type_name, fields, self.record_interface())
            return strawberry.type(cls, description=words.of_dataset(dataset))

        return self._once(dataset.type_name, make)

    def _output(self, declared: Field) -> Any:
        if declared.table is None:
            return _OUTPUT[declared.type]
        enum = self.code_enum(declared.table)
        if declared.type is ValueType.CODES:
            return list_of(enum)
        return enum if declared.name == "status" else enum | None

    def where_input(self, dataset: Dataset) -> Any:
        """The input `<Type>Where`."""
        name = f"{dataset.type_name}Where"
        cls = bare_class(name)
        fields = {
            "and_": Spec(list_of(cls) | None, "全部满足，空列表不限制 / all hold; an empty list restricts nothing", "and"),
            "or_": Spec(list_of(cls) | None, "至少一个满足，空列表无结果 / at least one holds; an empty list matches nothing", "or"),
            "not_": Spec(cls | None, "不满足 / does not hold", "not"),
            **{
                f.filter_name: Spec(self._filter(f) | None, words.of_filter(f), words.camel(f.filter_name))
                for f in dataset.fields
                if f.filter
            },
            "subject_kind": Spec(types.SubjectKindFilter | None, "按主体类别筛选 / filter by kind of subject"),
            "region": Spec(
                types.StringFilter | None,
                "按行政区划代码筛选，自然人的记录没有区划 / filter by division code, which natural persons' records do not have",
            ),
        }  # fmt: skip
        text = (
            f"{dataset.label}的筛选条件：各项同时满足，空值不限制；嵌套不超过 4 层（含条件对象），条件不超过 50 个，一个值不超过 240 字 / "
            f"filter of {words.english(dataset.name)}: all fields hold together, null restricts nothing; "
            "objects nest at most 4 deep (the operators' object included), at most 50 conditions, 240 characters in a value"
        )
        return self._once(name, lambda: optional_input(cls, fields, text))

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
            {f.name.upper(): f"{f.label} / {words.english(f.name)}" for f in sortable(dataset)},
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
        name = f"{dataset.type_name}Connection"
        return self._once(name, lambda: make_connection(dataset, self.object_type(dataset)))

    def root_field(self, dataset: Dataset) -> Any:
        """The field of Query that lists a dataset."""
        newest_first = default_order(dataset)
        arguments = {
            "where": argument(self.where_input(dataset) | None, UNSET, "筛选条件 / filter"),
            "order_by": argument(self.order_input(dataset) | None, UNSET, "排序，缺省最新在前 / order, newest first by default"),
            "first": argument(int | None, DEFAULT_PAGE, "条数，1 至 100 / how many records, 1 to 100"),
            "after": argument(Cursor | None, UNSET, "上一页末条的游标 / cursor of the last record of the page before"),
        }  # fmt: skip
        to_node = self.node_maker(dataset)

        def resolve(info: Any, **given: Any) -> Listing:
            chosen = given.get("order_by")
            return list_records(
                info.context,
                dataset,
                to_node,
                where=given.get("where"),
                order=_order(chosen) if chosen else newest_first,
                first=given.get("first"),
                after=given.get("after"),
            )

        sign(
            resolve,
            {"info": argument(strawberry.Info), **arguments},
            self.connection_type(dataset),
        )
        text = f"{dataset.label}列表 / {words.english(dataset.name)}"
        return strawberry.field(resolver=resolve, name=dataset.api_name, description=text)

    def node_maker(self, dataset: Dataset) -> Callable[[Document], object]:
        """Makes the output object of one of the dataset's documents."""
        cls = self.object_type(dataset)
        return lambda document: cls(**record_values(dataset, document))


def _order(chosen: Any) -> Order:
    descending = chosen.direction is not types.SortDirection.ASC
    return Order(str(chosen.field.value).lower(), descending)
