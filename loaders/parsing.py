"""Text → typed value, by the declaration of the field: one parser a column, made once a sheet.

A parser takes the clean, non-empty text of a cell and returns its value, None where it says that there is
none, or a finding. The codes of findings are listed in loaders/validation.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from loaders.amounts import read_amount
from loaders.capital import read_capital
from loaders.cells import MISSING, NOT_FOUND, Finding, Parsed, Severity
from loaders.code_tables import code_reader, codes_reader
from loaders.currencies import read_currency
from loaders.dates import OPEN_END, BadDate, is_open_end, read_date
from loaders.generations import BoundColumn
from loaders.industries import read_industry
from loaders.publication_limits import LIMITING_FIELDS
from records import identifiers
from records.dataset import Field, ValueType
from records.identifiers import Verdict
from records.vocabulary import PersonalData, Scope, Search

Parser = Callable[[str], Parsed]

NO_CODE = "PLACEHOLDER"
"""Code of the finding for 0…0X, the placeholder for "has no code"."""

OWN_CODE = "credit_code"
_DECIDED = "decision_date"


def missing_spellings(field: Field) -> frozenset[str]:
    """What an empty cell of that field may hold; 暂无 in a date that may be open is 长期.

    A formula that found nothing says of a field that limits publication that it is not known.
    """
    if field.name in LIMITING_FIELDS:
        return MISSING - {NOT_FOUND}
    return MISSING - {"暂无"} if field.permanent_as else MISSING


def parser_for(bound: BoundColumn) -> Parser:
    """The parser of a column."""
    field, meanings = bound.field, bound.column.meanings
    if field.table is not None:
        several = field.type is ValueType.CODES
        read = (codes_reader if several else code_reader)(field.table, meanings)
        return partial(_words_only, read) if bound.foreign and meanings else read
    match field.type:
        case ValueType.CREDIT_CODE:
            return _credit_code_parser(field)
        case ValueType.DATE:
            return _date_parser(field)
        case ValueType.MONEY:
            return partial(read_capital if field.currency_in else read_amount, unit=bound.unit)
        case ValueType.FLAG:
            return _flag
        case _:
            return _text_parser(field)


def _words_only(read: Parser, text: str) -> Parsed:
    """A code of another generation that has a meaning of its own there says nothing here."""
    return _FOREIGN_CODE if text.isdigit() else read(text)


_FOREIGN_CODE = Finding(
    "UNKNOWN_CODE",
    Severity.WARN,
    "此模板没有这一列，数字代码的含义不明，未采用 / this template has no such column: a number says nothing",
    "写明文字，如 有效、撤销 / write the word, as 有效 or 撤销",
)


# --- texts and numbers of registers ---

_SPREADSHEET_NUMBER = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2}")
_LINE_BREAK = re.compile(r"\s*\n\s*")
_LOST_DIGITS = Finding(
    "NUMBER_FORMAT",
    Severity.LOST,
    "被电子表格改成了数值，尾数已丢失 / turned into a number by a spreadsheet, digits are lost",
    "将该列设为文本后重新填写 / format the column as text and retype the value",
)
_CHECKS: dict[str, Callable[[str], Verdict]] = {
    "organization_code": identifiers.check_organization_code,
    "registration_number": identifiers.check_registration_number,
    "tax_number": identifiers.check_taxpayer_number,
}
_VOCABULARIES: dict[str, Parser] = {"currency": read_currency, "industry": read_industry}


def _text_parser(field: Field) -> Parser:
    if read := _parser_by_name(field):
        return read
    if field.personal is PersonalData.PERSON_NAME:
        return partial(_name, field.max_length)
    if field.search is Search.CODE or field.personal is PersonalData.ID_NUMBER:
        return partial(_number_text, field.max_length)
    if field.personal is PersonalData.FREE_TEXT:
        return partial(_prose, field.max_length) if field.max_length else _as_it_is
    return partial(_line, field.max_length)


def _parser_by_name(field: Field) -> Parser | None:
    """The parser of a field whose name has a meaning for every dataset."""
    if field.name.endswith("id_number"):
        return _id_number
    if check := _CHECKS.get(field.name):
        public = field.scope is not Scope.SEALED
        return partial(_public_register_number if public else _register_number, check)
    return _VOCABULARIES.get(field.name)


def _as_it_is(text: str) -> Parsed:
    return text


_MARKUP = re.compile(r"</?(?:font|em|b|i|span|strong|mark)\b[^<>]*>", re.IGNORECASE)
"""What search answers of registers put around the words that were looked for."""


def _name(limit: int, text: str) -> Parsed:
    return _line(limit, _MARKUP.sub("", text).strip() if "<" in text else text)


def _prose(limit: int, text: str) -> Parsed:
    return text if len(text) <= limit else _too_long(limit, text)


def _line(limit: int, text: str) -> Parsed:
    text = _LINE_BREAK.sub("", text) if "\n" in text else text
    return text if not limit or len(text) <= limit else _too_long(limit, text)


def _number_text(limit: int, text: str) -> Parsed:
    return _LOST_DIGITS if _SPREADSHEET_NUMBER.fullmatch(text) else _line(limit, text)


def _too_long(limit: int, text: str) -> Finding:
    return Finding(
        "TEXT_TOO_LONG",
        Severity.WARN,
        f"超过该列通常长度 {limit} 个字符，原样接受 / longer than the usual {limit} characters, accepted",
        "核对是否把几列合并在一格 / check whether several columns stand in one cell",
        text,
    )


def _id_number(text: str) -> Parsed:
    if _SPREADSHEET_NUMBER.fullmatch(text):
        return _LOST_DIGITS
    verdict = identifiers.check_id_number(text)
    # A number of another shape is that of another document.
    doubtful = verdict.reason in ("BIRTH_DATE", "CHECK_DIGIT")
    return _doubtful("ID_CHECK_DIGIT", verdict, text) if doubtful else text


def _register_number(check: Callable[[str], Verdict], text: str) -> Parsed:
    verdict = check(text)
    if verdict.valid:
        return verdict.normalized
    if verdict.reason == "PLACEHOLDER":
        return None
    if verdict.reason == "NUMBER_FORMAT":
        return _LOST_DIGITS
    return _doubtful(f"BAD_{verdict.kind}", verdict, text)


def _public_register_number(check: Callable[[str], Verdict], text: str) -> Parsed:
    """One that does not hold and has the shape of an ID number is left out: it would be shown."""
    read = _register_number(check, text)
    personal = isinstance(read, Finding) and identifiers.has_id_shape(
        identifiers.normalize_code(text)
    )
    return replace(read, value=None) if isinstance(read, Finding) and personal else read


def _doubtful(code: str, verdict: Verdict, value: str) -> Finding:
    return Finding(code, Severity.WARN, identifiers.describe(verdict.reason), _COMPARE, value)


_COMPARE = "核对证照原件 / compare with the original document"


# --- 统一社会信用代码 ---


def _own_credit_code(text: str) -> Parsed:
    """The subject's own code must hold: everything is joined by it."""
    verdict = identifiers.check_credit_code(text)
    if verdict.valid:
        return _accepted(verdict)
    placeholder = verdict.reason == NO_CODE
    return Finding(
        NO_CODE if placeholder else "BAD_CREDIT_CODE",
        Severity.LOST if placeholder else Severity.REJECT,
        identifiers.describe(verdict.reason),
        _COMPARE,
    )


def _credit_code_parser(field: Field) -> Parser:
    if field.also_holds:
        return partial(_own_code_or_number, field.also_holds)
    return _own_credit_code if field.name == OWN_CODE else _code_of_a_body


def _own_code_or_number(other: str, text: str) -> Parsed:
    """A valid registration number may stand in the place of a code: it belongs to the field `other`."""
    read = _own_credit_code(text)
    if isinstance(read, Finding) and read.severity is Severity.REJECT:
        verdict = identifiers.check_registration_number(text)
        if verdict.valid:
            return replace(_NUMBER_AS_CODE, value=verdict.normalized, belongs_to=other)
    return read


_NUMBER_AS_CODE = Finding(
    "REGISTRATION_NUMBER_AS_CODE",
    Severity.WARN,
    "信用代码列中是注册号 / a registration number in the column of the credit code",
    "补填统一社会信用代码 / fill in the credit code",
)


def _credit_code(text: str) -> Parsed:
    """The code of an authority: a wrong one is left out, the authority's name remains."""
    verdict = identifiers.check_credit_code(text)
    if verdict.valid:
        return _accepted(verdict)
    message = identifiers.describe(verdict.reason)
    return Finding("BAD_CREDIT_CODE", Severity.WARN, message, _COMPARE)


_code_kept = lru_cache(maxsize=1024)(_credit_code)


def _code_of_a_body(text: str) -> Parsed:
    """The same, remembered: authorities are few. What may be a person's number is not."""
    return (_code_kept if identifiers.is_like_a_credit_code(text) else _credit_code)(text)


def _accepted(verdict: Verdict) -> Parsed:
    if not verdict.warnings:
        return verdict.normalized
    return Finding(
        verdict.warnings[0],
        Severity.WARN,
        "校验位成立，但组成不常见 / the check character holds, but the code is unusually composed",
        _COMPARE,
        verdict.normalized,
    )


# --- dates and flags ---


def _date_parser(field: Field) -> Parser:
    if field.permanent_as:
        return _date_or_open_end
    return _date if field.name == _DECIDED else _date_or_none


def _date(text: str) -> Parsed:
    read = read_date(text)
    if not isinstance(read, BadDate):
        return read
    return Finding(
        "BAD_DATE",
        Severity.REJECT,
        read.value,
        "写作 YYYY/MM/DD，如 2026/03/01；长期写 2099/12/31"
        " / write YYYY/MM/DD, as 2026/03/01; for an open end 2099/12/31",
    )


def _date_or_open_end(text: str) -> Parsed:
    if text == "暂无":
        return OPEN_END
    read = _date(text)
    return OPEN_END if isinstance(read, date) and is_open_end(read) else read


def _date_or_none(text: str) -> Parsed:
    """长期 in a date that cannot be open means that none is stated."""
    read = _date(text)
    return None if isinstance(read, date) and is_open_end(read) else read


_FLAGS = {
    "是": True, "有": True, "TRUE": True, "Y": True, "YES": True, "1": True,
    "否": False, "FALSE": False, "N": False, "NO": False, "0": False,
}  # fmt: skip


def _flag(text: str) -> Parsed:
    read = _FLAGS.get(text.upper())
    if read is not None:
        return read
    return Finding(
        "UNKNOWN_CODE",
        Severity.LOST,
        "不是“是”或“否” / neither 是 nor 否",
        "填 是 或 否 / write 是 or 否",
    )
