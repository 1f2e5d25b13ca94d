"""The codes of Chinese registers: their normal form, whether they hold, and if not, why.

统一社会信用代码 (GB 32100-2015), 组织机构代码 (GB 11714-1997), 工商注册号 (15 digits, ISO 7064 MOD 11,10),
公民身份号码 (GB 11643-1999) and 纳税人识别号. All functions are pure and never raise on any text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul
from string import ascii_uppercase, digits

from records.characters import DASHES, INVISIBLE
from records.widths import nfkc

_DROPPED = re.compile(rf"[\s{DASHES}{INVISIBLE}-]+")


class CodeKind(StrEnum):
    """What a verdict is about."""

    CREDIT_CODE = "CREDIT_CODE"
    ORGANIZATION_CODE = "ORGANIZATION_CODE"
    REGISTRATION_NUMBER = "REGISTRATION_NUMBER"
    ID_NUMBER = "ID_NUMBER"
    TAXPAYER_NUMBER = "TAXPAYER_NUMBER"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text is a code of its kind.

    `normalized`: the text in normal form, valid or not. `reason`: a stable short code, empty when
    valid; :func:`describe` puts it into words. `warnings`: what is odd about a code that is accepted.
    """

    kind: CodeKind
    normalized: str
    valid: bool
    reason: str = ""
    warnings: tuple[str, ...] = ()


_REASONS = {
    "MISSING": "没有填写，请补填 / missing: fill it in",
    "PLACEHOLDER": "“无代码”占位符，不是代码；个体工商户须另填工商注册号"
    " / the placeholder for “no code”: individual businesses must state a registration number instead",
    "ALL_ZEROS": "全为 0，不是代码；确无代码时填 17 个 0 加 X"
    " / all zeros is no code: where there is none, write 17 zeros and X",
    "LENGTH": "位数不对，请核对证照原件 / wrong number of characters: compare with the certificate",
    "ALPHABET": "含有此类代码不用的字符（信用代码不用 I、O、S、V、Z），请核对是否与 1、0、5、2 混淆"
    " / characters this code never has (no I, O, S, V, Z in a credit code): check for mix-ups with 1, 0, 5, 2",
    "CHECK_DIGIT": "校验位不符，有一位抄错或两位颠倒，请核对证照原件"
    " / check digit does not hold: a character is wrong or two are swapped, compare with the certificate",
    "NUMBER_FORMAT": "被电子表格改成了数值（如 4.1E+17），尾数已丢失；请将该列设为文本后重新填写"
    " / turned into a number by a spreadsheet (as 4.1E+17), digits are lost: format the column as text and retype",
    "LOOKS_LIKE_ID_NUMBER": "是身份证号码而不是信用代码；请移到证件号码列"
    " / an ID number, not a credit code: move it to the ID-number column",
    "BIRTH_DATE": "出生日期部分不成立，请核对证件 / the birth date in it is impossible: compare with the document",
}


def describe(reason: str) -> str:
    """A reason of a verdict in words, Chinese then English, with the fix; empty for ""."""
    return _REASONS.get(reason, reason)


def normalize_code(text: str) -> str:
    """Half width, upper case, without white space, hyphens and invisible characters."""
    if text.isalnum() and text.isascii():
        return text.upper()
    if not text.isascii():
        text = nfkc(text)
    return _DROPPED.sub("", text).upper()


_SPREADSHEET_NUMBER = re.compile(r"\d+(\.\d+)?E\+\d+|\d\.\d+E\d+|\d+\.0*")


def _unusable(normalized: str) -> str:
    """The reason that holds for every kind of code, or ""."""
    if not normalized:
        return "MISSING"
    if not normalized.isalnum() and _SPREADSHEET_NUMBER.fullmatch(normalized):
        return "NUMBER_FORMAT"
    return ""


def _no_code(normalized: str) -> str:
    return "" if normalized.rstrip("X").strip("0") else "PLACEHOLDER"


# --- 统一社会信用代码, GB 32100-2015 ---

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CHARACTERS = frozenset(_CREDIT_ALPHABET)
_CREDIT_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_CREDIT_DIGITS = bytes.maketrans(_CREDIT_ALPHABET.encode(), bytes(range(31)))
_CREDIT_LENGTH = 18
_PLACEHOLDER = "0" * 17 + "X"

_KINDS_OF_DEPARTMENT = {
    "1": "1239", "3": "123459", "5": "12349", "7": "129", "8": "19", "9": "123", "A": "19", "N": "1239", "Y": "1",
}  # fmt: skip
"""登记管理部门 + 机构类别. The few foreign offices of departments 2, 4 and 6 are left out: their codes
begin like the ID numbers of whole provinces."""


DIVISION = slice(2, 8)
"""登记管理机关行政区划码 in a credit code (GB 32100-2015, 4.3)."""
ORGANIZATION_PART = slice(8, 17)
"""主体标识码, the organization code, in a credit code (GB 32100-2015)."""


def credit_check_character(first17: str) -> str:
    """The 18th character that belongs to 17 characters of the credit-code alphabet (GB 32100)."""
    total = sum(map(mul, first17.encode().translate(_CREDIT_DIGITS), _CREDIT_WEIGHTS))
    return _CREDIT_ALPHABET[-total % 31]


def check_credit_code(text: str) -> Verdict:
    """统一社会信用代码: alphabet and check character decide; the rest only warns.

    Reasons: MISSING, PLACEHOLDER, ALL_ZEROS, NUMBER_FORMAT, LENGTH, ALPHABET, CHECK_DIGIT,
    LOOKS_LIKE_ID_NUMBER. Warnings: ORGANIZATION_CHECK_DIGIT, UNKNOWN_REGISTRAR.
    """
    code = normalize_code(text)
    written = len(code) == _CREDIT_LENGTH and _CREDIT_CHARACTERS.issuperset(code)
    reason = ("" if written else _unusable(code)) or _credit_code_reason(code)
    if reason:
        return Verdict(CodeKind.CREDIT_CODE, code, False, reason)
    warnings = _credit_code_warnings(code)
    if warnings and _is_plausible_id_number(code):
        return Verdict(CodeKind.CREDIT_CODE, code, False, "LOOKS_LIKE_ID_NUMBER")
    return Verdict(CodeKind.CREDIT_CODE, code, True, "", warnings)


def _credit_code_reason(code: str) -> str:
    if code == _PLACEHOLDER:
        return "PLACEHOLDER"
    if len(code) != _CREDIT_LENGTH:
        return "LENGTH"
    if not code.strip("0"):
        return "ALL_ZEROS"
    if not _CREDIT_CHARACTERS.issuperset(code):
        return "ALPHABET"
    if credit_check_character(code[:17]) == code[17]:
        return ""
    return "LOOKS_LIKE_ID_NUMBER" if _is_plausible_id_number(code) else "CHECK_DIGIT"


def _credit_code_warnings(code: str) -> tuple[str, ...]:
    found = []
    if organization_check_character(code[8:16]) != code[16]:
        found.append("ORGANIZATION_CHECK_DIGIT")
    if code[1] not in _KINDS_OF_DEPARTMENT.get(code[0], ""):
        found.append("UNKNOWN_REGISTRAR")
    return tuple(found)


def is_valid_credit_code(text: str) -> bool:
    """Whether the text is a valid 统一社会信用代码 in any spelling."""
    return check_credit_code(text).valid


def is_like_a_credit_code(text: str) -> bool:
    """Whether a text is written like a credit code and holds a letter that no ID number has."""
    return _LIKE_A_CREDIT_CODE.fullmatch(text) is not None


_LIKE_A_CREDIT_CODE = re.compile(r"(?![0-9]{17})[0-9A-Za-z]{18}")


def is_also_id_number(code: str) -> bool:
    """Whether a valid credit code could as well be somebody's ID number: digits, date, check character."""
    return _is_plausible_id_number(normalize_code(code))


# --- 组织机构代码, GB 11714-1997 ---

_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANIZATION_DIGITS = bytes.maketrans((digits + ascii_uppercase).encode(), bytes(range(36)))
_ORGANIZATION_SHAPE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORGANIZATION_LENGTH = 9


def organization_check_character(first8: str) -> str:
    """The 9th character that belongs to 8 characters 0–9, A–Z (GB 11714)."""
    total = sum(map(mul, first8.encode().translate(_ORGANIZATION_DIGITS), _ORGANIZATION_WEIGHTS))
    remainder = -total % 11
    return "X" if remainder == 10 else str(remainder)


def check_organization_code(text: str) -> Verdict:
    """组织机构代码, with or without its hyphen.

    Reasons: MISSING, PLACEHOLDER, NUMBER_FORMAT, LENGTH, ALPHABET, CHECK_DIGIT.
    """
    code = normalize_code(text)
    return Verdict(
        CodeKind.ORGANIZATION_CODE, code, not (reason := _organization_reason(code)), reason
    )


def _organization_reason(code: str) -> str:
    if reason := _unusable(code) or _no_code(code):
        return reason
    if len(code) != _ORGANIZATION_LENGTH:
        return "LENGTH"
    if not code.isascii() or not _ORGANIZATION_SHAPE.fullmatch(code):
        return "ALPHABET"
    return "" if organization_check_character(code[:8]) == code[8] else "CHECK_DIGIT"


# --- 工商注册号, 15 digits, until 2015 ---

_REGISTRATION_LENGTH = 15


def registration_check_digit(first14: str) -> str:
    """The 15th digit that belongs to 14 digits (ISO 7064 MOD 11,10)."""
    product = 10
    for digit in first14:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def check_registration_number(text: str) -> Verdict:
    """工商注册号: 6 digits registrar, 8 sequence, 1 check.

    Reasons: MISSING, PLACEHOLDER, NUMBER_FORMAT, LENGTH, ALPHABET, CHECK_DIGIT.
    """
    code = normalize_code(text)
    return Verdict(
        CodeKind.REGISTRATION_NUMBER, code, not (reason := _registration_reason(code)), reason
    )


def _registration_reason(code: str) -> str:
    if reason := _unusable(code) or _no_code(code):
        return reason
    if len(code) != _REGISTRATION_LENGTH:
        return "LENGTH"
    if not _is_digits(code):
        return "ALPHABET"
    return "" if registration_check_digit(code[:14]) == code[14] else "CHECK_DIGIT"


# --- 公民身份号码, GB 11643-1999, and its 15-digit predecessor ---

_ID_SHAPE = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]")
_ID_LENGTHS = (15, 18)
_DIGIT_VALUE = {c: int(c) for c in digits}
_ID_WEIGHTS = tuple(pow(2, 17 - i, 11) for i in range(17))
_EARLIEST, _LATEST = 1900, 2099


def id_check_character(first17: str) -> str:
    """The 18th character that belongs to 17 digits (GB 11643)."""
    total = sum(map(mul, map(_DIGIT_VALUE.__getitem__, first17), _ID_WEIGHTS))
    return "10X98765432"[total % 11]


def has_id_shape(text: str) -> bool:
    """Whether the text is 15 digits, or 17 digits and a digit or X, in any spelling.

    Never depends on place, birth date or check digit: masks rely on it.
    """
    return _ID_SHAPE.fullmatch(normalize_code(text)) is not None


def birth_date(text: str) -> date | None:
    """The birth date in an ID number of 15 or 18 characters; None if there is none or it is impossible."""
    number = normalize_code(text)
    return _born(number) if _ID_SHAPE.fullmatch(number) else None


def _born(number: str) -> date | None:
    digits = "19" + number[6:12] if len(number) == _REGISTRATION_LENGTH else number[6:14]
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if _EARLIEST <= born.year <= _LATEST else None


def check_id_number(text: str) -> Verdict:
    """公民身份号码 of 18 characters, or of 15 digits (no check digit).

    The division is not checked: it may be abolished. Reasons: MISSING, NUMBER_FORMAT, LENGTH, ALPHABET,
    BIRTH_DATE, CHECK_DIGIT.
    """
    number = normalize_code(text)
    return Verdict(CodeKind.ID_NUMBER, number, not (reason := _id_reason(number)), reason)


def _id_reason(number: str) -> str:
    if reason := _unusable(number):
        return reason
    if len(number) not in _ID_LENGTHS:
        return "LENGTH"
    if not _ID_SHAPE.fullmatch(number):
        return "ALPHABET"
    if _born(number) is None:
        return "BIRTH_DATE"
    if len(number) == _CREDIT_LENGTH and id_check_character(number[:17]) != number[17]:
        return "CHECK_DIGIT"
    return ""


def _is_plausible_id_number(number: str) -> bool:
    return len(number) == _CREDIT_LENGTH and not _id_reason(number)


# --- 纳税人识别号 ---

_TAXPAYER_SHAPES = {
    15: re.compile(r"[0-9]{6}[0-9A-Z]{9}"),
    17: re.compile(r"[0-9]{15}[0-9A-Z]{2}"),
    18: re.compile(r"[0-9A-Z]{18}"),
    20: re.compile(r"[0-9]{17}[0-9X][0-9A-Z]{2}"),
}


def check_taxpayer_number(text: str) -> Verdict:
    """纳税人识别号: 15 (division + organization code), 17 or 20 (ID number + 2), 18 (credit code or ID number).

    Reasons: MISSING, PLACEHOLDER, NUMBER_FORMAT, LENGTH, ALPHABET, and those of the number inside.
    Warning: ORGANIZATION_CHECK_DIGIT.
    """
    number = normalize_code(text)
    reason = _taxpayer_reason(number)
    warnings: tuple[str, ...] = ()
    if not reason and len(number) == _REGISTRATION_LENGTH and _organization_reason(number[6:]):
        warnings = ("ORGANIZATION_CHECK_DIGIT",)
    return Verdict(CodeKind.TAXPAYER_NUMBER, number, not reason, reason, warnings)


def _taxpayer_reason(number: str) -> str:
    if reason := _unusable(number) or _no_code(number):
        return reason
    shape = _TAXPAYER_SHAPES.get(len(number))
    if shape is None:
        return "LENGTH"
    if not shape.fullmatch(number):
        return "ALPHABET"
    if len(number) == _CREDIT_LENGTH:
        return "" if _is_plausible_id_number(number) else _credit_code_reason(number)
    return "" if len(number) == _REGISTRATION_LENGTH else _id_reason(number[:-2])


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
