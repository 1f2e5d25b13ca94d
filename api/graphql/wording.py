"""graphql-core's messages in two languages and without the values that they quote.

Only what is listed here is ever shown, and of it only names: everything else becomes one general
sentence. So a message of a future graphql-core version can lose detail, never gain a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One message: Chinese, English, and what to do about it."""

    chinese: str
    english: str
    hint: str = ""


_TYPE = r"'([\w!\[\]]+)'"
_TABLE: tuple[tuple[str, str, str], ...] = (
    (r"Cannot query field '(\w+)' on type '(\w+)'", "类型 {1} 没有字段 {0}", "type {1} has no field {0}"),
    (r"Unknown argument '(\w+)' on field '([\w.]+)'", "字段 {1} 没有参数 {0}", "field {1} has no argument {0}"),
    (r"Unknown argument '(\w+)' on directive '(@\w+)'", "指令 {1} 没有参数 {0}", "directive {1} has no argument {0}"),
    (r"Unknown directive '(@\w+)'", "没有指令 {0}", "there is no directive {0}"),
    (r"Directive '(@\w+)' may not be used", "指令 {0} 不能用在这里", "directive {0} may not be used here"),
    (r"Unknown fragment '(\w+)'", "没有片段 {0}", "there is no fragment {0}"),
    (r"Unknown type '(\w+)'", "没有类型 {0}", "there is no type {0}"),
    (r"Variable '(\$\w+)' is not defined", "变量 {0} 没有声明", "variable {0} is not declared"),
    (r"Variable '(\$\w+)' is never used", "变量 {0} 没有用到", "variable {0} is never used"),
    (r"Fragment '(\w+)' is never used", "片段 {0} 没有用到", "fragment {0} is never used"),
    (r"Fragment '(\w+)' cannot be spread here", "片段 {0} 不能用在这里", "fragment {0} cannot be spread here"),
    (r"Cannot spread fragment '(\w+)' within itself", "片段 {0} 引用了自身", "fragment {0} spreads itself"),
    (r"Fields '(\w+)' conflict", "同名的 {0} 取值不同，请用别名", "the fields called {0} differ, use aliases"),
    (r"Field '(\w+)' must not have a selection since type " + _TYPE, "字段 {0} 没有下级字段", "field {0} has no subfields"),
    (r"Field '(\w+)' of type " + _TYPE + r" must have", "字段 {0} 须选择下级字段", "field {0} needs a selection of subfields"),
    (r"Argument '([\w.]+)\((\w+):\)' of type " + _TYPE, "字段 {0} 缺少参数 {1}：{2}", "field {0} needs its argument {1}: {2}"),
    (r"Variable '(\$\w+)' of type " + _TYPE + " used in position expecting type " + _TYPE,
     "变量 {0} 的类型是 {1}，此处应为 {2}", "variable {0} has type {1}, here it must be {2}"),
    (r"Variable '(\$\w+)' cannot be non-input type", "变量 {0} 的类型不能作输入", "the type of variable {0} is no input type"),
    (r"The (\w+) operation is not supported", "本接口没有 {0} 操作", "this API has no {0} operations"),
    (r"This anonymous operation must be", "有多个操作时每个都须有名称", "with several operations each needs a name"),
    (r"Must provide operation name", "有多个操作，须给出 operationName", "there are several operations: give operationName"),
    (r"Unknown operation named", "没有 operationName 所指的操作", "there is no operation of that operationName"),
    (r"Must provide an operation", "文档中没有操作", "the document has no operation"),
    (r"There can be only one (\w+(?: \w+)?) named", "{0} 重名", "two of the same name: {0}"),
    (r"Maximum introspection depth exceeded", "内省嵌套太深", "the introspection is nested too deeply"),
    (r"Too many validation errors|Validation aborted|Too many errors", "错误太多，检查中止", "too many errors, checking was stopped"),
    (r"Variable values are nested too deeply", "变量嵌套太深", "the variables are nested too deeply"),
    (r"Expected (?:a )?value of non-null type " + _TYPE, "不能为空，应为 {0}", "must not be null, expected {0}"),
    (r"Expected value of type " + _TYPE + r" to include required field '(\w+)'", "{0} 缺少 {1}", "{0} lacks {1}"),
    (r"Expected value of type " + _TYPE + " not to include unknown", "{0} 中有未定义的字段", "{0} has a field that is not defined"),
    (r"Expected value of type " + _TYPE + " to be an object", "应为 {0} 对象", "expected an object of type {0}"),
    (r"Expected value of type " + _TYPE, "应为 {0}", "expected {0}"),
    (r"Within OneOf Input Object type '(\w+)', exactly one field must be", "{0} 须恰好给出一项，且不为空", "exactly one field of {0} must be given, and not be null"),
    (r"Expected variable '(\$\w+)' provided to field '(\w+)' for OneOf", "变量 {0} 须有值且不为空，它是唯一给出的 {1}", "variable {0} must have a value that is not null: it is the only {1}"),
    (r"Expected variable '(\$\w+)' provided", "变量 {0} 没有值", "variable {0} has no value"),
    (r"(Int|Float|String|Boolean|ID) cannot represent", "应为 {0}", "expected {0}"),
    (r"Enum '(\w+)' cannot represent", "应为 {0} 的一个值", "expected a value of {0}"),
    (r"Value '.*' does not exist in '(\w+)' enum", "应为 {0} 的一个值", "expected a value of {0}"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), zh, en) for pattern, zh, en in _TABLE)
_AT_PLACE = re.compile(
    r"(?:Variable|Argument) '(\$?\w+)' has invalid (?:default )?value(?: at ((?:\.\w+|\[\d+\])+))?: ",
    re.ASCII,
)
_SUGGESTION = re.compile(r" Did you mean (?:the enum value )?((?:'[\w.]+'|, | or )+)\?", re.ASCII)
_GENERAL = Wording("查询与接口定义不符", "the query does not fit the schema")


def describe(message: str, inner: Wording | None = None) -> Wording:
    """What may be shown of a message of graphql-core.

    `inner` replaces the part that speaks of the value, when that is already fit to be shown.
    """
    where = _AT_PLACE.match(message)
    if where is None:
        return inner or _look_up(message)
    found = inner or _look_up(message[where.end() :])
    # graphql-core builds the path from names of the schema and indexes only.
    name = _shown(where[1]) + (where[2] or "")
    chinese, english = ("变量", "variable") if name.startswith("$") else ("参数", "argument")
    return Wording(
        f"{chinese} {name}：{found.chinese}", f"{english} {name}: {found.english}", found.hint
    )


def _look_up(message: str) -> Wording:
    for pattern, chinese, english in _PATTERNS:
        if found := pattern.match(message):
            names = [_shown(name or "") for name in found.groups()]
            suggested = _SUGGESTION.match(message[found.end() :].lstrip("."))
            hint = f"是否指 / did you mean: {suggested[1]}" if suggested else ""
            return Wording(chinese.format(*names), english.format(*names), hint)
    return _GENERAL


def _shown(name: str) -> str:
    """A name of the caller's document, unless it could carry a number or an identity."""
    return "…" if len(name) > 60 or re.search(r"\d{4,}", name) or not name.isascii() else name
