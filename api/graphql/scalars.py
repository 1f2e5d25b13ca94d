"""The custom scalars. Values are strings on both sides of the API; input is checked and normalized."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NewType, NoReturn

import strawberry
from graphql import FloatValueNode, IntValueNode, StringValueNode, ValueNode
from strawberry.types.scalar import ScalarDefinition

from api.graphql.errors import ApiError, BadValue, Code
from records import identifiers
from records.vocabulary import CreditCode

IsoDate = NewType("IsoDate", str)
IsoDateTime = NewType("IsoDateTime", str)
DecimalText = NewType("DecimalText", str)
Cursor = NewType("Cursor", str)
Revision = NewType("Revision", str)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_REVISION = re.compile(r"(\d{1,19})((?:\.[0-9a-v]{26}\.\d{1,19})?)", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?", re.ASCII)
MAX_CURSOR = 2_048
"""Characters; one of a list by name holds a name."""
MAX_CODE = 100


def parse_date(value: object) -> str:
    """`2026-11-23`. Raises BadValue."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    raise BadValue("应为日期，如 2026-11-23", "expected a date like 2026-11-23")


def parse_decimal(value: object) -> str:
    """A decimal of at most 15 digits before the point, as text or number. Raises BadValue."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    text = str(value) if is_number or isinstance(value, str) else ""
    if _DECIMAL.fullmatch(text):
        return text
    raise BadValue('应为十进制数，如 "20000.50"', 'expected a decimal like "20000.50"')


def parse_credit_code(value: object) -> str:
    """A valid code in normalized form. Raises ApiError BAD_CREDIT_CODE with the reason."""
    if not isinstance(value, str) or len(value) > MAX_CODE:
        raise _bad_code(identifiers.describe("LENGTH" if isinstance(value, str) else "ALPHABET"))
    verdict = identifiers.check_credit_code(value)
    if not verdict.valid:
        raise _bad_code(identifiers.describe(verdict.reason))
    return verdict.normalized


def parse_cursor(value: object) -> str:
    """Any short text; its signature is checked where it is used. Raises BadValue or ApiError."""
    if not isinstance(value, str):
        raise BadValue("应为上一页给出的游标", "expected a cursor of an earlier page")
    if len(value) > MAX_CURSOR:
        raise bad_cursor()
    return value


def bad_cursor() -> ApiError:
    """The cursor was not made for this request, or not by us."""
    return ApiError(
        Code.BAD_CURSOR,
        "游标无效或属于另一查询",
        "the cursor is not valid or belongs to another request",
        hint="筛选和排序须与上一页一致，或去掉 after / keep where and orderBy, or leave after out",
    )


def _bad_code(reason: str) -> ApiError:
    return ApiError(
        Code.BAD_CREDIT_CODE,
        "统一社会信用代码无效",
        "this is no valid unified social credit code",
        hint=reason,
    )


def parse_revision(value: object) -> str:
    """A revision as it was given out, in one spelling. Raises BadValue."""
    if isinstance(value, str) and (found := _REVISION.fullmatch(value)):
        return str(int(found[1])) + found[2]
    raise BadValue(
        '应为先前给出的数据版本号，如 "1024"', 'expected a revision that was given out, like "1024"'
    )


def _output_only(_value: object) -> NoReturn:
    raise BadValue("此类型只用于输出", "this type is for output only")


def _scalar(name: str, description: str, parse: Callable[[object], str]) -> ScalarDefinition:
    """A scalar whose literals and variables go through the same check."""

    def parse_literal(node: ValueNode, _variables: object = None) -> str:
        is_text = isinstance(node, StringValueNode | IntValueNode | FloatValueNode)
        value: object = getattr(node, "value", None) if is_text else None
        if isinstance(node, IntValueNode) and name != "Decimal":
            value = None
        try:
            return parse(value)
        except (BadValue, ApiError) as error:
            raise error.at(node) from None

    return strawberry.scalar(
        name=name, description=description, parse_value=parse, parse_literal=parse_literal
    )


SCALARS: dict[object, ScalarDefinition] = {
    IsoDate: _scalar("Date", "日期，如 2026-11-23 / calendar date like 2026-11-23", parse_date),
    IsoDateTime: _scalar(
        "DateTime",
        "时刻，RFC 3339，总带时差 / moment, RFC 3339, always with its UTC offset",
        _output_only,
    ),
    DecimalText: _scalar(
        "Decimal",
        "精确十进制数，以字符串表示；金额以元计，从不以万元计 / "
        "exact decimal as a string; money is in yuan (元), never in 万元",
        parse_decimal,
    ),
    CreditCode: _scalar(
        "CreditCode",
        "统一社会信用代码（GB 32100-2015），18 位大写；输入时核对校验码，全角、小写、空格、连字符先归一 / "
        "unified social credit code, 18 characters, upper case; the check digit of input is verified "
        "after normalization of width, case, blanks and hyphens, else BAD_CREDIT_CODE",
        parse_credit_code,
    ),
    Cursor: _scalar(
        "Cursor",
        "游标：不透明、带签名，只对同一查询有效 / opaque, signed, valid for the same request only",
        parse_cursor,
    ),
    Revision: _scalar(
        "Revision",
        "数据版本号，64 位整数的字符串；changes 的 endRevision 可停在同一版本的各记录之间，此时另带位置 / number of the journal "
        "as a string (64 bit); an endRevision of changes that stands between the records of one revision says where, too",
        parse_revision,
    ),
}
