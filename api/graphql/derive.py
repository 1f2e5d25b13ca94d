"""Declarations → GraphQL types. The only module with `Any`: what it makes exists at run time only.

What comes out is printed to schema.graphql and reviewed there. One :class:`Derived` serves one schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from inspect import Parameter, Signature
from types import GenericAlias
from typing import Annotated, Any, NamedTuple

import strawberry
from strawberry import UNSET

from api.graphql import types, words
from api.graphql.common_fields import check_declaration
from api.graphql.listing import DEFAULT_PAGE, Listing
from api.graphql.resolvers import list_records
from api.graphql.rows import record_values
from api.graphql.scalars import Cursor, DecimalText, IsoDate, Revision
from records.dataset import Dataset, Field, ValueType
from records.vocabulary import CodeTable, CreditCode, PersonalData, RecordStatus, Search
from search.engine import Document
from search.query import TOTAL_CAP, Order

ORDERS = ("decision_date",)
"""Fields by which the engines order a list; a dataset has those that it declares sortable."""

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


class _Spec(NamedTuple):
    """One field of a generated type."""

    type: Any
    text: str
    name: str | None = None
    mask: PersonalData | None = None
    default: Any = None

    def field(self, *, optional_input: bool = False) -> Any:
        options: dict[str, Any] = {"description": self.text, "name": self.name}
        if self.mask is not None:
            options["directives"] = [types.Masked(as_=types.Mask[self.mask.value])]
        if optional_input:
            options["default"] = UNSET
        elif self.default is not None:
            options["default"] = self.default
        return strawberry.field(**options)


_RECORD: Mapping[str, _Spec] = {
    "subject_kind": _Spec(types.SubjectKind, "主体类别 / kind of subject"),
    "subject_name": _Spec(str | None, "行政相对人名称 / name of the subject", mask=PersonalData.PERSON_NAME),
    "credit_code": _Spec(CreditCode | None, "统一社会信用代码 / unified social credit code of the subject"),
    "document_number": _Spec(str | None, "文书号 / number of the document", mask=PersonalData.ID_NUMBER),
    "authority": _Spec(str | None, "作出机关 / authority that decided"),
    "authority_code": _Spec(CreditCode | None, "作出机关统一社会信用代码 / credit code of the authority"),
    "decision_date": _Spec(IsoDate | None, "决定日期 / day of the decision"),
    "status": _Spec(RecordStatus, "当前状态，以来源为准，不随时间自变 / as the source states it; nothing that changes by itself with time"),
    "public_from": _Spec(IsoDate, "公示起始日 / visible from this day on"),
    "public_until": _Spec(IsoDate | None, "公示结束日（当日起不再公示），空为无期限 / no longer visible from this day on; null: no end"),
    "masked_fields": _Spec(
        list[str],
        "被遮盖或密封的字段，只取决于字段声明与主体类别，与有无值无关 / names of masked or sealed fields; "
        "follows from declaration and subject kind, never from whether the row had a value",
    ),
    "source": _Spec(types.Provenance, "数据来源 / where the record comes from"),
    "revision": _Spec(Revision, "最近变更的数据版本 / revision of its last change"),
}  # fmt: skip
"""Fields of the interface Record; `kind` comes before them."""


def ordered_by(dataset: Dataset) -> tuple[Field, ...]:
    """The fields that a dataset's list can be ordered by."""
    return tuple(f for f in dataset.fields if f.sort and f.name in ORDERS)


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
        return self._once(name, lambda: _enum(name, text.strip(), members))

    def code_filter(self, table: type[CodeTable]) -> Any:
        """The input `<Table>Filter`."""
        name, enum = f"{table.__name__}Filter", self.code_enum(table)
        fields = {"eq": _Spec(enum | None, _EQ), "in_": _Spec(_list(enum) | None, _IN, "in")}
        text = f"代码条件 / condition on a code: {words.english(table.__name__)}"
        return self._once(name, lambda: _optional_input(_bare(name), fields, text))

    def record_kind(self) -> Any:
        """The enum RecordKind: one member a kind that a dataset has."""
        members = {d.kind: f"{d.label} / {words.english(d.kind)}" for d in self.datasets}
        return self._once(
            "RecordKind", lambda: _enum("RecordKind", "记录种类 / kind of record", members)
        )

    def record_interface(self) -> Any:
        """The interface Record: what every dataset's type has."""
        fields = {"kind": _Spec(self.record_kind(), "记录种类 / kind of record"), **_RECORD}
        fields["status"] = fields["status"]._replace(type=self.code_enum(RecordStatus))

        def make() -> Any:
            cls = _class("Record", fields, types.Node)
            return strawberry.interface(cls, description="一条公示记录 / one published fact")

        return self._once("Record", make)

    def object_type(self, dataset: Dataset) -> Any:
        """The output type: fields of Record first, then the dataset's other public fields."""
        check_declaration(dataset)
        fields = {
            f.name: _Spec(self._output(f), words.of_field(f), f.api_name, f.personal)
            for f in dataset.public_fields
        }

        def make() -> Any:
            cls = _class(dataset.type_name, fields, self.record_interface())
            return strawberry.type(cls, description=words.of_dataset(dataset))

        return self._once(dataset.type_name, make)

    def _output(self, declared: Field) -> Any:
        if declared.table is None:
            return _OUTPUT[declared.type]
        enum = self.code_enum(declared.table)
        if declared.type is ValueType.CODES:
            return _list(enum)
        return enum if declared.name == "status" else enum | None

    def where_input(self, dataset: Dataset) -> Any:
        """The input `<Type>Where`."""
        name = f"{dataset.type_name}Where"
        cls = _bare(name)
        fields = {
            "and_": _Spec(_list(cls) | None, "全部满足，空列表不限制 / all hold; an empty list restricts nothing", "and"),
            "or_": _Spec(_list(cls) | None, "至少一个满足，空列表无结果 / at least one holds; an empty list matches nothing", "or"),
            "not_": _Spec(cls | None, "不满足 / does not hold", "not"),
            **{
                f.filter_name: _Spec(self._filter(f) | None, words.of_filter(f), words.camel(f.filter_name))
                for f in dataset.fields
                if f.filter
            },
            "subject_kind": _Spec(types.SubjectKindFilter | None, "按主体类别筛选 / filter by kind of subject"),
            "region": _Spec(
                types.StringFilter | None,
                "按行政区划代码筛选，自然人的记录没有区划 / filter by division code, which natural persons' records do not have",
            ),
        }  # fmt: skip
        text = (
            f"{dataset.label}的筛选条件：各项同时满足，空值不限制；嵌套不超过 4 层（含条件对象），条件不超过 50 个 / "
            f"filter of {words.english(dataset.name)}: all fields hold together, null restricts nothing; "
            "objects nest at most 4 deep (the operators' object included), at most 50 conditions"
        )
        return self._once(name, lambda: _optional_input(cls, fields, text))

    def _filter(self, declared: Field) -> Any:
        if declared.search is Search.TEXT:
            return types.TextFilter
        return self.code_filter(declared.table) if declared.table else _FILTERS[declared.type]

    def order_input(self, dataset: Dataset) -> Any:
        """The input `<Type>Order`; None when the list has one order only."""
        if not ordered_by(dataset):
            return None
        name, english = f"{dataset.type_name}Order", words.english(dataset.name)
        members = {
            f.name.upper(): f"{f.label} / {words.english(f.name)}" for f in ordered_by(dataset)
        }
        by = _enum(
            f"{name}Field", f"{dataset.label}的排序字段 / what {english} can be ordered by", members
        )
        newest_first = types.SortDirection.DESC
        fields = {
            "field": _Spec(by, "排序字段 / field"),
            "direction": _Spec(types.SortDirection, "方向 / direction", default=newest_first),
        }
        text = f"{dataset.label}的排序，没有值的排在最后 / order of {english}; missing values come last"
        return self._once(name, lambda: strawberry.input(_class(name, fields), description=text))

    def connection_type(self, dataset: Dataset) -> Any:
        """The types `<Type>Connection` and `<Type>Edge`; the source object is a Listing."""
        node, english = self.object_type(dataset), words.english(dataset.name)
        edge = _class(
            f"{dataset.type_name}Edge",
            {
                "cursor": _Spec(Cursor, "本条记录的游标 / cursor of this record"),
                "node": _Spec(node, "记录 / record"),
            },
        )
        edge = strawberry.type(
            edge, description=f"列表中的一条{dataset.label} / one of the listed {english}"
        )
        name = f"{dataset.type_name}Connection"

        def make() -> Any:
            cls = type(name, (), _connection_fields(node, edge))
            return strawberry.type(
                cls, description=f"{dataset.label}列表的一页 / one page of {english}"
            )

        return self._once(name, make)

    def root_field(self, dataset: Dataset) -> Any:
        """The field of Query that lists a dataset."""
        order = self.order_input(dataset)
        arguments = {
            "where": _argument(self.where_input(dataset) | None, UNSET, "筛选条件 / filter"),
            "first": _argument(int | None, DEFAULT_PAGE, "条数，1 至 100 / how many records, 1 to 100"),
            "after": _argument(Cursor | None, UNSET, "上一页末条的游标 / cursor of the last record of the page before"),
        }  # fmt: skip
        if order is not None:
            text = "排序，缺省最新在前 / order, newest first by default"
            arguments["order_by"] = _argument(order | None, UNSET, text)
        to_node = self.node_maker(dataset)

        def resolve(info: Any, **given: Any) -> Listing:
            chosen = given.get("order_by")
            return list_records(
                info.context,
                dataset,
                to_node,
                where=given.get("where"),
                order=_order(chosen) if chosen else Order(),
                first=given.get("first"),
                after=given.get("after"),
            )

        _sign(
            resolve,
            {"info": _argument(strawberry.Info), **arguments},
            self.connection_type(dataset),
        )
        text = f"{dataset.label}列表 / {words.english(dataset.name)}"
        return strawberry.field(resolver=resolve, name=dataset.api_name, description=text)

    def node_maker(self, dataset: Dataset) -> Callable[[Document], object]:
        """Makes the output object of one of the dataset's documents."""
        cls = self.object_type(dataset)
        return lambda document: cls(**record_values(dataset, document))


def _connection_fields(node: Any, edge: Any) -> dict[str, Any]:
    """Resolvers of a connection: nothing is asked of the engine that was not selected."""

    async def edges(self: Listing) -> Any:
        rows = await self.rows()
        pairs = zip(rows.cursors, rows.nodes, strict=True)
        return [edge(cursor=cursor, node=node) for cursor, node in pairs]

    async def nodes(self: Listing) -> Any:
        return list((await self.rows()).nodes)

    async def page_info(self: Listing) -> types.PageInfo:
        rows = await self.rows()
        return types.PageInfo(
            has_next_page=rows.has_more,
            has_previous_page=self.request.after is not None,
            start_cursor=rows.first_cursor,
            end_cursor=rows.last_cursor,
        )

    async def total_count(self: Listing) -> int:
        return (await self.total()).count

    async def total_relation(self: Listing) -> types.TotalRelation:
        exact = (await self.total()).exact
        return types.TotalRelation.EXACT if exact else types.TotalRelation.AT_LEAST

    described = {
        edges: (_list(edge), "记录及其游标 / records with their cursors"),
        nodes: (_list(node), "记录 / records"),
        page_info: (types.PageInfo, "分页信息 / about the page"),
        total_count: (int, f"符合条件的记录数，至多数到 {TOTAL_CAP} / how many records match, counted up to {TOTAL_CAP}"),
        total_relation: (types.TotalRelation, "总数是否精确 / whether the total is exact"),
    }  # fmt: skip
    for resolve, (returns, _) in described.items():
        _sign(resolve, {"self": _argument(Listing)}, returns)
    return {
        resolve.__name__: strawberry.field(resolver=resolve, description=text)
        for resolve, (_, text) in described.items()
    }


def _order(chosen: Any) -> Order:
    descending = chosen.direction is not types.SortDirection.ASC
    return Order(str(chosen.field.value).lower(), descending)


def _list(element: Any) -> Any:
    """`list[element]` of an element known at run time only."""
    return GenericAlias(list, (element,))


def _argument(annotation: Any, default: Any = Parameter.empty, text: str = "") -> tuple[Any, Any]:
    if text:
        annotation = Annotated[annotation, strawberry.argument(description=text)]
    return annotation, default


def _sign(resolve: Any, arguments: Mapping[str, tuple[Any, Any]], returns: Any) -> None:
    """Give a resolver the signature that strawberry reads."""
    parameters = [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=annotation, default=default)
        for name, (annotation, default) in arguments.items()
    ]
    resolve.__signature__ = Signature(parameters, return_annotation=returns)
    resolve.__annotations__ = {"return": returns}


def _enum(name: str, text: str, members: Mapping[str, str]) -> Any:
    """An enum whose values are its names; `members` maps them to descriptions."""
    make: Any = Enum
    made = make(
        name, {m: strawberry.enum_value(m, description=about) for m, about in members.items()}
    )
    return strawberry.enum(made, description=text)


def _bare(name: str) -> Any:
    return type(name, (), {})


def _class(name: str, fields: Mapping[str, _Spec], base: type = object) -> Any:
    cls = type(name, (base,), {attribute: spec.field() for attribute, spec in fields.items()})
    cls.__annotations__ = {attribute: spec.type for attribute, spec in fields.items()}
    return cls


def _optional_input(cls: Any, fields: Mapping[str, _Spec], text: str) -> Any:
    """An input whose fields may all be left out; its fields may refer to itself."""
    cls.__annotations__ = {attribute: spec.type for attribute, spec in fields.items()}
    for attribute, spec in fields.items():
        setattr(cls, attribute, spec.field(optional_input=True))
    return strawberry.input(cls, description=text)
