"""Invented numbers with valid check digits.

The computations are this package's own: checking lives in records/identifiers.py, and a generator that
borrowed it could not show that it is right.
Sources: GB 32100-2015 (credit code), GB 11714-1997 (organization code), GB 11643-1999 (ID number),
工商注册号 per ISO 7064 MOD 11,10, bank cards per ISO/IEC 7812-1 (Luhn), plates per GA 36-2018.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NO_CODE = "0" * 17 + "X"
"""The placeholder that the national template prescribes for "no credit code"."""

_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CODE_VALUES = {letter: value for value, letter in enumerate(CODE_ALPHABET)}
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_LETTER_BODIES = 31**6
_DIGIT_BODIES = 10**8
_SPREAD = 48_271  # prime: different serials of one prefix never give the same body


def organization_code(body: str) -> str:
    """9 characters of GB 11714 from the first 8."""
    total = sum(
        weight * int(letter, 36) for weight, letter in zip(_ORGANIZATION_WEIGHTS, body, strict=True)
    )
    return body + "0123456789X0"[11 - total % 11]


def credit_code(prefix: str, region: str, serial: int, *, digits_only: bool = False) -> str:
    """18 characters of GB 32100: department and kind, division, organization code, check digit.

    Different serials give different codes. With `digits_only` no letter stands in the serial part; the
    check digits may still be letters.
    """
    if digits_only:
        body = f"{serial * _SPREAD % _DIGIT_BODIES:08d}"
    else:
        body = "MA" + _base31(serial * _SPREAD % _LETTER_BODIES, 6)
    head = prefix + region + organization_code(body)
    return head + code_check_digit(head)


def code_check_digit(head: str) -> str:
    """The 18th character of a credit code from the 17 before it."""
    total = sum(
        weight * _CODE_VALUES[letter] for weight, letter in zip(_CODE_WEIGHTS, head, strict=True)
    )
    return CODE_ALPHABET[-total % 31]


def broken_code(code: str) -> str:
    """The same credit code with a wrong check digit."""
    return code[:-1] + CODE_ALPHABET[(_CODE_VALUES[code[-1]] + 7) % 31]


def registration_number(region: str, serial: int) -> str:
    """工商注册号: 15 digits, the last one the check digit."""
    head = region + f"6{serial * _SPREAD % 10**7:07d}"
    return head + _registration_check(head)


def id_number(rng: Random, region: str, born: date) -> str:
    """居民身份证号: 18 characters. Never one that could be read as a credit code."""
    while True:
        head = f"{region}{born:%Y%m%d}{rng.randrange(1000):03d}"
        number = head + id_check_digit(head)
        if code_check_digit(head) != number[17]:
            return number


def id_check_digit(head: str) -> str:
    """The 18th character of an ID number from the 17 before it."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, head, strict=True))
    return _ID_CHECKS[total % 11]


def old_id_number(number: str) -> str:
    """The 15-digit form of an ID number of the 20th century; "" where it would pass as 工商注册号."""
    old = number[:6] + number[8:17]
    return "" if number[6:8] != "19" or _registration_check(old[:14]) == old[14] else old


def adult_birthday(rng: Random, decided: date) -> date:
    """A birthday of someone between 19 and 70 on that day."""
    return decided - timedelta(days=rng.randrange(19 * 366, 70 * 365))


def minor_birthday(rng: Random, decided: date) -> date:
    """A birthday of someone between 14 and 17 on that day."""
    return decided - timedelta(days=rng.randrange(14 * 366, 17 * 365))


def phone_number(rng: Random) -> str:
    """手机号: 11 digits."""
    return (
        rng.choice(("137", "138", "150", "158", "183", "187", "199"))
        + f"{rng.randrange(10**8):08d}"
    )


def bank_card(rng: Random) -> str:
    """银行卡号: 16 or 19 digits that pass the Luhn check."""
    head = rng.choice(("621700", "622848", "621226"))
    body = head + "".join(str(rng.randrange(10)) for _ in range(rng.choice((9, 12))))
    return body + _luhn_digit(body)


def case_number(rng: Random, region: str) -> str:
    """A 16-digit decision number as the traffic police write it; never one that passes the Luhn check."""
    body = f"{region}{rng.randrange(10**9):09d}"
    return body + str((int(_luhn_digit(body)) + 3) % 10)


def license_plate(rng: Random) -> str:
    """车牌号 of Luoyang: 豫C and five characters with at most two letters, or a new-energy plate of six."""
    tail = [str(rng.randrange(10)) for _ in range(5)]
    if rng.random() < 0.2:
        return f"豫C{rng.choice('DF')}{''.join(tail)}"
    for place in rng.sample(range(5), rng.randrange(3)):
        tail[place] = rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
    return f"豫C{''.join(tail)}"


def _base31(number: int, width: int) -> str:
    letters = []
    for _ in range(width):
        number, rest = divmod(number, 31)
        letters.append(CODE_ALPHABET[rest])
    return "".join(reversed(letters))


def _registration_check(head: str) -> str:
    product = 10
    for digit in head:
        product = 2 * ((product + int(digit)) % 10 or 10) % 11
    return str((11 - product) % 10)


def _luhn_digit(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)
