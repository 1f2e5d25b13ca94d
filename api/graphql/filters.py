"""`where` inputs → the engine's filter, with their limits.

Null and absent mean no restriction; `in: []` and `or: []` match nothing; `and: []` and `{}` everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum

from strawberry import UNSET

from api.graphql.errors import ApiError, Code
from records.dataset import Dataset, ValueType
from search.analysis import LONGEST_KEYWORD, normalize_text
from search.finding.reading import is_personal
from search.query import And, AnyOf, Between, Contains, Filter, Not, Or, Prefix

MAX_DEPTH = 4
MAX_LEAVES = 50
MAX_VALUES = 100
MAX_VALUE = LONGEST_KEYWORD
"""Characters of one value: nothing longer is compared, and to look for personal numbers takes its time."""
MIN_TEXT, MAX_TEXT = 2, 64

EVERYTHING: Filter = And()
NOTHING: Filter = Or()
COMMON_FIELDS = ("subject_kind", "region")
"""Fields of every `where` input that are not declared columns."""

PERSONAL_NOTICE = (
    "条件中有证件号码、电话或银行卡号形式的值，不予检索，结果为空 / "
    "a value has the shape of an identity number, telephone or bank card: not searched, nothing found"
)

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A filter, and whether it asked for something in the shape of a personal number."""

    filter: Filter
    personal: bool


@dataclass(frozen=True, slots=True)
class Filterable:
    """What a `where` input asks for: by its attributes the fields of the index, and of these the types.

    `lists`: attributes that are lists of codes without operators, and the filter of such a list.
    """

    fields: Mapping[str, str]
    types: Mapping[str, ValueType]
    lists: Mapping[str, Callable[[tuple[str, ...]], Filter]] = field(default_factory=dict)


def filterable(dataset: Dataset) -> Filterable:
    """What the `where` input of a dataset asks for."""
    asked = [f for f in dataset.fields if f.filter]
    return Filterable({f.filter_name: f.name for f in asked}, {f.name: f.type for f in asked})


def compile_where(asked: Filterable, where: object) -> Compiled:
    """The filter of a `where` input (None: no restriction). Raises ApiError BAD_FILTER.

    A value in the shape of a personal number makes the whole filter match nothing: an answer that
    depended on the rest of the filter could be used to probe.
    """
    if where is None or where is UNSET:
        return Compiled(EVERYTHING, personal=False)
    compiler = _Compiler(asked)
    found = compiler.where(where, 1)
    return Compiled(NOTHING if compiler.personal else found, compiler.personal)


@dataclass(slots=True)
class _Compiler:
    asked: Filterable
    leaves: int = 0
    personal: bool = field(default=False)

    def where(self, item: object, depth: int) -> Filter:
        _check_depth(depth)
        parts: list[Filter] = []
        for name, value in _given(item).items():
            match name:
                case "and_":
                    parts.append(And(tuple(self.where(part, depth + 1) for part in _items(value))))
                case "or_":
                    parts.append(Or(tuple(self.where(part, depth + 1) for part in _items(value))))
                case "not_":
                    parts.append(Not(self.where(value, depth + 1)))
                case _ if name in self.asked.lists:
                    self.count(1)
                    parts.append(self.asked.lists[name](_texts(value)))
                case _:
                    _check_depth(depth + 1)
                    parts.extend(self.leaf(self.asked.fields.get(name, name), value))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def leaf(self, name: str, operators: object) -> list[Filter]:
        given = _given(operators)
        self.count(len(given))
        value_type = self.asked.types.get(name, ValueType.TEXT)
        return [self.operator(name, value_type, op, value) for op, value in given.items()]

    def count(self, leaves: int) -> None:
        self.leaves += leaves
        if self.leaves > MAX_LEAVES:
            raise _bad_filter(f"条件多于 {MAX_LEAVES} 个", f"more than {MAX_LEAVES} conditions")

    def operator(self, name: str, value_type: ValueType, operator: str, value: object) -> Filter:
        if value_type is ValueType.DATE:
            return _range(name, operator, *_day(str(value)))
        if value_type is ValueType.MONEY:
            return _range(name, operator, *_cents(Decimal(str(value))))
        values = _texts(value)
        if value_type is ValueType.TEXT and any(map(is_personal, values)):
            self.personal = True
        match operator:
            case "contains":
                return Contains(name, _checked_text(values[0]))
            case "prefix":
                return Prefix(name, values[0])
            case _:
                return AnyOf(name, values) if values else NOTHING


def _given(item: object) -> dict[str, object]:
    """What the caller set: null is as good as absent."""
    return {k: v for k, v in vars(item).items() if v is not None and v is not UNSET}


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _texts(value: object) -> tuple[str, ...]:
    items = _items(value)
    if len(items) > MAX_VALUES:
        raise _bad_filter(f"in 多于 {MAX_VALUES} 个值", f"more than {MAX_VALUES} values in `in`")
    texts = tuple(str(item.value if isinstance(item, Enum) else item) for item in items)
    if any(len(text) > MAX_VALUE for text in texts):
        raise _bad_filter(
            f"条件的值多于 {MAX_VALUE} 字", f"a value has more than {MAX_VALUE} characters"
        )
    return texts


def _checked_text(text: str) -> str:
    if not MIN_TEXT <= len(normalize_text(text)) <= MAX_TEXT:
        raise _bad_filter(
            f"contains 归一后须为 {MIN_TEXT} 至 {MAX_TEXT} 字",
            f"contains needs {MIN_TEXT} to {MAX_TEXT} characters after normalization",
        )
    return text


def _day(text: str) -> tuple[int, int]:
    days = (date.fromisoformat(text) - _EPOCH) // timedelta(days=1)
    return days, days


def _cents(amount: Decimal) -> tuple[int, int]:
    """The amount in 分, rounded down and up: between two 分 no stored amount is equal to it."""
    cents = amount * 100
    return int(cents.to_integral_value(ROUND_FLOOR)), int(cents.to_integral_value(ROUND_CEILING))


def _range(name: str, operator: str, floor: int, ceiling: int) -> Filter:
    match operator:
        case "eq":
            return Between(name, floor, ceiling) if floor == ceiling else NOTHING
        case "gt":
            return Between(name, floor + 1, None)
        case "gte":
            return Between(name, ceiling, None)
        case "lt":
            return Between(name, None, ceiling - 1)
        case _:
            return Between(name, None, floor)


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _bad_filter(
            f"where 嵌套多于 {MAX_DEPTH} 层", f"where is nested more than {MAX_DEPTH} deep"
        )


def _bad_filter(chinese: str, english: str) -> ApiError:
    return ApiError(Code.BAD_FILTER, chinese, english)
