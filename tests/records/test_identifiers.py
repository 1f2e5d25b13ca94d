"""The codes: what holds, what does not, and why. All numbers are computed here, none is real."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from records.identifiers import (
    Verdict,
    birth_date,
    check_credit_code,
    check_id_number,
    check_organization_code,
    check_registration_number,
    check_taxpayer_number,
    credit_check_character,
    describe,
    has_id_shape,
    id_check_character,
    is_also_id_number,
    is_valid_credit_code,
    normalize_code,
    organization_check_character,
    registration_check_digit,
)

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(registrar: str = "91", division: str = "410329", body: str = "MA3X1234") -> str:
    first17 = registrar + division + body + organization_check_character(body)
    return first17 + credit_check_character(first17)


def id_number(first17: str = "41032919900101123") -> str:
    return first17 + id_check_character(first17)


def registration_number(first14: str = "41032960001234") -> str:
    return first14 + registration_check_digit(first14)


def reasons(*verdicts: Verdict) -> list[str]:
    return [v.reason for v in verdicts]


bodies = st.text(string.digits + "ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8)
divisions = st.from_regex(r"\A[1-9][0-9]{5}\Z")


@given(st.sampled_from(["11", "52", "91", "92", "93", "N2", "Y1", "A1"]), divisions, bodies)
def test_a_computed_credit_code_is_valid_and_any_changed_character_is_not(
    registrar: str, division: str, body: str
) -> None:
    code = credit_code(registrar, division, body)
    if is_also_id_number(code):
        return
    assert check_credit_code(code).valid
    for i in range(18):
        changed = CREDIT_ALPHABET[(CREDIT_ALPHABET.index(code[i]) + 1) % 31]
        assert not check_credit_code(code[:i] + changed + code[i + 1 :]).valid


@given(divisions, st.from_regex(r"\A[0-9]{8}\Z"))
def test_credit_codes_agree_with_stdnum_where_it_has_no_flaw(division: str, digits: str) -> None:
    """stdnum wrongly rejects codes whose first eight characters are not digits, and takes 18 zeros."""
    code = credit_code("91", division, digits)
    assert uscc.is_valid(code)
    assert check_credit_code(code).valid or is_also_id_number(code)


@given(st.dates(date(1986, 1, 1), date(2010, 12, 31)), st.integers(0, 999))
def test_id_numbers_agree_with_stdnum_where_it_has_no_flaw(born: date, order: int) -> None:
    """stdnum wrongly rejects birth dates before the division had its code (410329: 1986)."""
    number = id_number(f"410329{born:%Y%m%d}{order:03}")
    assert ric.is_valid(number)
    assert check_id_number(number).valid
    assert birth_date(number) == born


@pytest.mark.parametrize("registrar", ["N2", "N1", "Y1", "A1", "59", "35", "93"])
def test_codes_of_every_registrar_are_valid(registrar: str) -> None:
    verdict = check_credit_code(credit_code(registrar))
    assert verdict.valid
    assert verdict.warnings == ()


def test_an_unknown_registrar_only_warns() -> None:
    verdict = check_credit_code(credit_code("G4"))
    assert verdict.valid
    assert verdict.warnings == ("UNKNOWN_REGISTRAR",)


def test_a_wrong_organization_check_digit_only_warns() -> None:
    first17 = "91410329MA3X1234" + "X"
    assert organization_check_character("MA3X1234") != "X"
    verdict = check_credit_code(first17 + credit_check_character(first17))
    assert verdict.valid
    assert verdict.warnings == ("ORGANIZATION_CHECK_DIGIT",)


def _code_that_is_also_an_id_number(registrar: str, *, organization_holds: bool) -> str:
    """Digits that pass both check characters, with a birth date of 1990 in the middle."""
    for order in range(1_000_000):
        first17 = f"{registrar}0101199001{order % 28 + 1:02}{order:06}"[:17]
        number = first17 + id_check_character(first17)
        holds = organization_check_character(number[8:16]) == number[16]
        if number[17] == credit_check_character(first17) and holds == organization_holds:
            return number
    raise AssertionError("no such code")


def test_an_all_digit_code_that_could_be_an_id_number_needs_everything_to_hold() -> None:
    code = _code_that_is_also_an_id_number("51", organization_holds=True)
    assert check_credit_code(code).valid
    assert is_also_id_number(code)


def test_an_id_number_that_happens_to_pass_the_credit_check_is_none() -> None:
    by_organization = _code_that_is_also_an_id_number("51", organization_holds=False)
    by_registrar = _code_that_is_also_an_id_number("41", organization_holds=True)
    assert (
        reasons(check_credit_code(by_organization), check_credit_code(by_registrar))
        == ["LOOKS_LIKE_ID_NUMBER"] * 2
    )


def test_an_id_number_in_the_credit_code_column_is_named_as_such() -> None:
    assert check_credit_code(id_number()).reason == "LOOKS_LIKE_ID_NUMBER"


def test_an_all_digit_credit_code_is_valid() -> None:
    code = next(c for n in range(100) if (c := credit_code("11", body=f"005382{n:02}")).isdigit())
    assert code.isdigit()
    assert check_credit_code(code).valid


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "MISSING"),
        ("  ", "MISSING"),
        ("00000000000000000X", "PLACEHOLDER"),
        ("０００００００００００００００００ｘ", "PLACEHOLDER"),
        ("000000000000000000", "ALL_ZEROS"),
        ("91410329MA3X1234", "LENGTH"),
        ("91410329MA3X12345I", "ALPHABET"),
        ("4.1E+17", "NUMBER_FORMAT"),
        ("4.10329E17", "NUMBER_FORMAT"),
        ("914103291234567.0", "NUMBER_FORMAT"),
        ("某某公司", "LENGTH"),
    ],
)
def test_reasons_of_credit_codes(text: str, reason: str) -> None:
    verdict = check_credit_code(text)
    assert (verdict.valid, verdict.reason) == (False, reason)


def test_a_wrong_check_character_is_told() -> None:
    code = credit_code()
    wrong = code[:17] + CREDIT_ALPHABET[(CREDIT_ALPHABET.index(code[17]) + 1) % 31]
    assert check_credit_code(wrong).reason == "CHECK_DIGIT"


def test_spellings_of_a_code_are_one_code() -> None:
    code = credit_code()
    full_width = code.translate({ord(c): ord(c) + 0xFEE0 for c in string.printable[:62]})
    for spelled in (
        code.lower(), f" {code} ", f"{code[:8]}-{code[8:]}", f"{code[:2]} {code[2:8]} {code[8:]}",
        f"{code[:9]}\u200b{code[9:]}\ufeff", full_width, code[:4] + "\u3000" + code[4:], code + "\n",
    ):  # fmt: skip
        assert normalize_code(spelled) == code
        assert is_valid_credit_code(spelled)


@given(bodies)
def test_organization_codes_hold_with_and_without_hyphen(body: str) -> None:
    check = organization_check_character(body)
    assert check_organization_code(body + check).valid or not body.strip("0")
    assert check_organization_code(f"{body}-{check}".lower()).normalized == body + check


def test_reasons_of_organization_codes() -> None:
    wrong = "MA3X1234" + ("1" if organization_check_character("MA3X1234") != "1" else "2")
    checked = [check_organization_code(t) for t in ("", "000000000", "1234", "MA3X1234中", wrong)]
    assert reasons(*checked) == ["MISSING", "PLACEHOLDER", "LENGTH", "ALPHABET", "CHECK_DIGIT"]


@given(st.from_regex(r"\A[1-9][0-9]{13}\Z"), st.integers(0, 13))
def test_a_computed_registration_number_holds_and_a_changed_digit_does_not(
    first14: str, i: int
) -> None:
    number = registration_number(first14)
    assert check_registration_number(number).valid
    changed = number[:i] + str((int(number[i]) + 1) % 10) + number[i + 1 :]
    assert not check_registration_number(changed).valid


def test_reasons_of_registration_numbers() -> None:
    checked = [
        check_registration_number(t) for t in ("", "0" * 15, "4103292600123", "41032960001234X")
    ]
    assert reasons(*checked) == ["MISSING", "PLACEHOLDER", "LENGTH", "ALPHABET"]


def test_id_numbers_of_any_division_and_of_15_digits_are_valid() -> None:
    for number in (
        id_number("41032919620312002"),
        id_number("83000019900101001"),
        "410329620312002",
    ):
        assert check_id_number(number).valid
    assert birth_date("410329620312002") == date(1962, 3, 12)


def test_reasons_of_id_numbers() -> None:
    good = id_number()
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    checked = [
        check_id_number(t)
        for t in ("", "4103", good[:16] + "AB", id_number("41032919901301123"), wrong)
    ]
    assert reasons(*checked) == ["MISSING", "LENGTH", "ALPHABET", "BIRTH_DATE", "CHECK_DIGIT"]


@pytest.mark.parametrize(
    "text",
    [
        "999999999999999",
        "99999999999999999x",
        "4103 2919 9001 0112 34",
        "４１０３２９１９９００１０１１２３Ｘ",
    ],
)
def test_the_shape_of_an_id_number_never_depends_on_its_content(text: str) -> None:
    assert has_id_shape(text)


@pytest.mark.parametrize("text", ["", "12345678901234", "1234567890123456", "91410329MA3X123456"])
def test_other_shapes(text: str) -> None:
    assert not has_id_shape(text)
    assert birth_date(text) is None


def test_a_birth_date_must_be_possible() -> None:
    assert birth_date(id_number("41032919900230123")) is None
    assert birth_date(id_number("41032928900101123")) is None


def test_taxpayer_numbers_of_every_length() -> None:
    company = "410329MA3X1234" + organization_check_character("MA3X1234")
    for number in (
        company,
        credit_code(),
        id_number(),
        id_number() + "01",
        "410329900101123" + "A1",
    ):
        verdict = check_taxpayer_number(number)
        assert verdict.valid, verdict
        assert verdict.warnings == ()


def test_reasons_of_taxpayer_numbers() -> None:
    checked = [
        check_taxpayer_number(t)
        for t in ("", "0" * 15, "123", "41032919901301123001", "A10329123456789")
    ]
    assert reasons(*checked) == ["MISSING", "PLACEHOLDER", "LENGTH", "BIRTH_DATE", "ALPHABET"]


@given(st.text(max_size=30))
def test_no_text_raises_and_every_reason_has_words(text: str) -> None:
    checks = (
        check_credit_code, check_organization_code, check_registration_number, check_id_number,
        check_taxpayer_number,
    )  # fmt: skip
    for check in checks:
        verdict = check(text)
        assert verdict.valid == (verdict.reason == "")
        assert verdict.valid or " / " in describe(verdict.reason)


@given(st.text(string.printable + "０９Ａｚ－　\u200b\ufeff—某", max_size=30))
def test_normal_form_is_stable(text: str) -> None:
    assert normalize_code(normalize_code(text)) == normalize_code(text)
