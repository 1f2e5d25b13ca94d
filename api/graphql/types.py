"""The types that are the same for every dataset, written by hand."""

from __future__ import annotations

from enum import Enum

import strawberry
from strawberry import UNSET, field
from strawberry.schema_directive import Location

from api.graphql.scalars import Cursor, DecimalText, IsoDate, IsoDateTime
from records.vocabulary import CreditCode
from records.vocabulary import SubjectKind as Kind

_OPERATORS = "没有值的记录不符合任何条件 / a record without a value fails every operator"


@strawberry.enum(
    description="脱敏方式，对所有调用者相同 / how a value is masked; the same for every caller"
)
class Mask(Enum):
    """The enum Mask; members as in records.vocabulary.PersonalData."""

    PERSON_NAME = strawberry.enum_value(
        "PERSON_NAME", description="姓名：只显示姓氏 / personal name: surname only"
    )
    ID_NUMBER = strawberry.enum_value(
        "ID_NUMBER", description="证件号码：不显示 / identity number: not shown"
    )
    PHONE = strawberry.enum_value("PHONE", description="电话：不显示 / telephone: not shown")
    ADDRESS = strawberry.enum_value(
        "ADDRESS", description="住址：只到乡镇 / address: down to the township"
    )
    BANK_ACCOUNT = strawberry.enum_value(
        "BANK_ACCOUNT", description="银行账号：不显示 / bank account: not shown"
    )
    PLATE = strawberry.enum_value("PLATE", description="车牌：不显示 / number plate: not shown")
    EMAIL = strawberry.enum_value("EMAIL", description="邮箱：不显示 / e-mail address: not shown")
    FREE_TEXT = strawberry.enum_value(
        "FREE_TEXT",
        description="正文：其中的个人信息逐处遮盖 / prose: personal data in it is masked where it occurs",
    )


@strawberry.schema_directive(
    name="masked",
    locations=[Location.FIELD_DEFINITION],
    description="该字段可能含个人信息及其脱敏方式，对所有调用者相同 / "
    "the field may hold personal data and is masked like this, for every caller alike",
)
class Masked:
    """The directive `@masked(as:)`."""

    as_: Mask = strawberry.directive_field(name="as")


@strawberry.enum(description="主体类别 / kind of subject")
class SubjectKind(Enum):
    """The enum SubjectKind; members as in records.vocabulary."""

    LEGAL_ENTITY = strawberry.enum_value(
        Kind.LEGAL_ENTITY.value, description="法人及非法人组织 / legal entity or other organization"
    )
    INDIVIDUAL_BUSINESS = strawberry.enum_value(
        Kind.INDIVIDUAL_BUSINESS.value, description="个体工商户 / individual business"
    )
    NATURAL_PERSON = strawberry.enum_value(
        Kind.NATURAL_PERSON.value, description="自然人 / natural person"
    )


@strawberry.enum(description="排序方向 / direction of an order; missing values come last in both")
class SortDirection(Enum):
    """The enum SortDirection."""

    ASC = strawberry.enum_value("ASC", description="升序 / ascending")
    DESC = strawberry.enum_value("DESC", description="降序 / descending")


@strawberry.enum(description="总数的性质 / how exact a total is")
class TotalRelation(Enum):
    """The enum TotalRelation."""

    EXACT = strawberry.enum_value("EXACT", description="精确 / exact")
    AT_LEAST = strawberry.enum_value("AT_LEAST", description="至少 / at least that many")


@strawberry.enum(description="时间间隔 / length of a span of time")
class Interval(Enum):
    """The enum Interval; members as in search.tallies."""

    MONTH = strawberry.enum_value("MONTH", description="月 / month")
    QUARTER = strawberry.enum_value("QUARTER", description="季度 / quarter")
    YEAR = strawberry.enum_value("YEAR", description="年 / year")


@strawberry.interface(description="可按编号读取的对象 / what can be read by its id")
class Node:
    """The interface Node."""

    id: strawberry.ID = field(description="编号，永久不变 / id, never changes")


@strawberry.type(description="数据来源 / where a record comes from")
class Provenance:
    """The type Provenance. File and line stay inside."""

    provider: str | None = field(description="数据来源单位 / unit that provided the row")
    provider_code: CreditCode | None = field(
        description="数据来源单位统一社会信用代码 / credit code of the provider"
    )
    template: str = field(description="数据标准版本 / generation of the official template")
    loaded_at: IsoDateTime = field(description="首次入库时刻 / when the record was first loaded")
    updated_at: IsoDateTime = field(description="最近变更时刻 / when the record last changed")


@strawberry.type(description="分页信息 / about a page")
class PageInfo:
    """The type PageInfo (Relay)."""

    has_next_page: bool = field(description="后面还有记录 / more records follow")
    has_previous_page: bool = field(description="前面还有记录 / this is not the first page")
    start_cursor: Cursor | None = field(description="首条记录的游标 / cursor of the first record")
    end_cursor: Cursor | None = field(
        description="末条记录的游标，用作下一页的 after / cursor of the last record: `after` of the next page"
    )


@strawberry.type(
    description="一段文字，左闭右开，以 Unicode 码点计 / a span of text, half-open, in Unicode code points"
)
class Highlight:
    """The type Highlight."""

    start: int = field(description="起始位置 / first code point")
    end: int = field(description="结束位置，不含 / the code point after the last")


@strawberry.type(
    description="得分的一项：各项 value × weight 之和即得分，权重之和为 1 / "
    "one part of a score, which is the sum of value × weight; weights add up to 1"
)
class ScorePart:
    """The type ScorePart."""

    feature: str = field(description="所比较的特征 / what was compared")
    value: float = field(description="取值，0 至 1 / its value, 0 to 1")
    weight: float = field(description="权重 / its weight")


@strawberry.type(
    description="字段的一个取值及其记录数 / one value of a field, and how many records of the list have it"
)
class FacetBucket:
    """The type FacetBucket."""

    value: str = field(
        description="取值，可用于 where：代码为枚举值，其他为多数记录的写法 / value as `where` takes it: "
        "the enum member of a code, else the spelling that most of its records have"
    )
    label: str = field(
        description="中文名，没有代码表时同取值 / Chinese label; the value itself where it is no code"
    )
    count: int = field(description="记录数 / how many records")


@strawberry.type(description="按一个字段的取值计数 / a list counted by the values of one field")
class Facet:
    """The type Facet."""

    field: str = strawberry.field(description="字段，同所请求的枚举值 / field, as it was asked for")
    buckets: list[FacetBucket] = strawberry.field(
        description="取值，记录多的在前；没有值的记录不计 / values, most records first; "
        "a record without a value is in none, one with several in each"
    )


@strawberry.type(description="一段时间内的记录数 / how many records fall into a span of time")
class TimeBucket:
    """The type TimeBucket."""

    start: IsoDate = field(description="起始日 / first day")
    count: int = field(description="记录数 / how many records")


@strawberry.type(description="数据集的一个字段 / one field of a dataset")
class DatasetField:
    """The type DatasetField: one line of the data dictionary."""

    name: str = field(description="字段名 / name of the field")
    label: str = field(description="官方中文列名 / official Chinese column name")
    codes: list[str] = field(description="国家标准列代码 / national column codes")
    type: str = field(description="值的类型 / type of the values")
    mask: Mask | None = field(description="脱敏方式 / how it is masked")
    sealed: bool = field(
        description="从不公开，只在密封部分 / never public, only in the sealed part"
    )
    searchable: bool = field(description="可检索 / its text can be searched")
    filterable: bool = field(description="可筛选 / can be used in where")
    sortable: bool = field(description="可排序 / can be used in orderBy")
    description: str | None = field(description="说明 / explanation")


@strawberry.input(
    description=f"文本条件；括号、全角、大小写、空白不计 / text; brackets, width, case and blanks do not matter\n\n{_OPERATORS}"
)
class StringFilter:
    """The input StringFilter."""

    eq: str | None = field(description="等于 / equal", default=UNSET)
    in_: list[str] | None = field(
        description="等于其中之一，空列表无结果 / one of these, an empty list matches nothing",
        name="in",
        default=UNSET,
    )
    prefix: str | None = field(description="开头是 / begins with", default=UNSET)


@strawberry.input(description="正文条件 / prose; never reaches natural persons' texts")
class TextFilter:
    """The input TextFilter."""

    contains: str = field(
        description="含有连续的这段文字，归一后 2 至 64 字 / holds this contiguous text, 2 to 64 characters after normalization"
    )


@strawberry.input(description=f"信用代码条件 / credit code\n\n{_OPERATORS}")
class CreditCodeFilter:
    """The input CreditCodeFilter."""

    eq: CreditCode | None = field(description="等于 / equal", default=UNSET)
    in_: list[CreditCode] | None = field(
        description="等于其中之一，空列表无结果 / one of these, an empty list matches nothing",
        name="in",
        default=UNSET,
    )


@strawberry.input(description=f"日期条件 / date\n\n{_OPERATORS}")
class DateFilter:
    """The input DateFilter."""

    eq: IsoDate | None = field(description="等于 / equal", default=UNSET)
    gt: IsoDate | None = field(description="晚于 / after", default=UNSET)
    gte: IsoDate | None = field(description="不早于 / on or after", default=UNSET)
    lt: IsoDate | None = field(description="早于 / before", default=UNSET)
    lte: IsoDate | None = field(description="不晚于 / on or before", default=UNSET)


@strawberry.input(description=f"数额条件，以元计 / amount in yuan\n\n{_OPERATORS}")
class DecimalFilter:
    """The input DecimalFilter."""

    eq: DecimalText | None = field(description="等于 / equal", default=UNSET)
    gt: DecimalText | None = field(description="大于 / greater", default=UNSET)
    gte: DecimalText | None = field(description="大于或等于 / greater or equal", default=UNSET)
    lt: DecimalText | None = field(description="小于 / less", default=UNSET)
    lte: DecimalText | None = field(description="小于或等于 / less or equal", default=UNSET)


@strawberry.input(description=f"主体类别条件 / kind of subject\n\n{_OPERATORS}")
class SubjectKindFilter:
    """The input SubjectKindFilter."""

    eq: SubjectKind | None = field(description="等于 / equal", default=UNSET)
    in_: list[SubjectKind] | None = field(
        description="等于其中之一，空列表无结果 / one of these, an empty list matches nothing",
        name="in",
        default=UNSET,
    )
