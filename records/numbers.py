"""Finding ID numbers, phone numbers and bank accounts in text, in any spelling.

An unbroken run of 15 digits, or of 17 and a digit or X, is an ID number whatever it says. A broken one
needs a plausible birth date or a label, lest dates and amounts that stand side by side be taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from records import identifiers
from records.characters import DASHES, MIDDLE_DOTS
from records.finds import Find, found
from records.shadow import Shadow
from records.vocabulary import PersonalData

_BETWEEN = rf"[\s{DASHES}{MIDDLE_DOTS}./-]"
_CLUSTER = re.compile(rf"[0-9](?:(?:{_BETWEEN}{{0,3}}|\s{{4,20}})[0-9])+")
_GROUP = re.compile(r"[0-9]+")
_CHECK_X = re.compile(rf"{_BETWEEN}{{0,3}}X")
_MEASURED = re.compile(
    r"\s?[多余]?(?:[万亿千百]{0,2}[美欧港日]?元|[万亿]|角|股|吨|公斤|千克|克|升|平方|米|亩|件|个|瓶|盒|袋|公里)"
)

_STARRED = re.compile(r"(?<![0-9A-Z*])[0-9]{3,}[*X]{3,}[0-9*]*[0-9X*](?![0-9A-Z*])")
_SHOWN_OF_AN_ID = 8
_OLD_ID, _NEW_ID, _MOBILE_LENGTH = 15, 18, 11
_CARD_LENGTHS = range(16, 20)
_SHORTEST, _LONGEST = 10, 19
"""Digits of a landline with its area code, and of a bank card."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE_RUN = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}")
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")


@dataclass(frozen=True, slots=True)
class _Groups:
    """Consecutive groups of digits: where they stand in the shadow, and what they say together."""

    start: int
    end: int
    digits: str
    separators: frozenset[str]
    sizes: tuple[int, ...]


def find_numbers(shadow: Shadow) -> Iterator[Find]:
    """All ID numbers, phone numbers and bank accounts, by shape and by label. They may overlap."""
    # A spoken digit beside a number may belong to a name: 张三13800138642.
    for text in dict.fromkeys((shadow.digits, shadow.folded)):
        for cluster in _CLUSTER.finditer(text):
            yield from _in_cluster(shadow, text, cluster.start(), cluster.end())
    for pattern in (_LANDLINE, _BRACKETED_MOBILE):
        for phone in pattern.finditer(shadow.digits):
            yield found(shadow.span(*phone.span()), PersonalData.PHONE)
    if "*" in shadow.digits or "XXX" in shadow.digits:
        for starred in _STARRED.finditer(shadow.digits):
            yield from _partly_hidden(shadow, *starred.span())
    for needed, label, personal, cap in _LABELS:
        if any(sign in shadow.digits for sign in needed):
            for named in label.finditer(shadow.digits):
                yield from _after_label(shadow, named.end(), personal, cap)


def _partly_hidden(shadow: Shadow, start: int, end: int) -> Iterator[Find]:
    """An ID number or mobile number of which somebody hid the middle: the rest can be guessed."""
    written = shadow.digits[start:end]
    shown = sum(c.isdigit() for c in written)
    if len(written) in (_OLD_ID, _NEW_ID) and shown >= _SHOWN_OF_AN_ID:
        yield found(shadow.span(start, end), PersonalData.ID_NUMBER)
    elif len(written) == _MOBILE_LENGTH and written.startswith("1"):
        yield found(shadow.span(start, end), PersonalData.PHONE)


def _in_cluster(shadow: Shadow, text: str, start: int, end: int) -> Iterator[Find]:
    if end - start < _SHORTEST:
        return
    groups = [m.span() for m in _GROUP.finditer(text, start, end)]
    if sum(b - a for a, b in groups) < _SHORTEST:
        return
    i = 0
    while i < len(groups):
        taken, personal, stop = _longest_number(text, groups, i)
        if personal:
            yield found(shadow.span(groups[i][0], stop), personal)
        i += taken


def _longest_number(
    text: str, groups: list[tuple[int, int]], i: int
) -> tuple[int, PersonalData | None, int]:
    """How many groups from the i-th on make one number, of which class, and where it ends."""
    candidates: list[tuple[int, int, PersonalData, int]] = []
    for j in range(i, len(groups)):
        joined = _join(text, groups[i : j + 1])
        if j > i and len(joined.digits) > _LONGEST:
            break
        check = _CHECK_X.match(text, joined.end) if len(joined.digits) == _NEW_ID - 1 else None
        stop = check.end() if check else joined.end
        measured = not check and bool(_MEASURED.match(text, stop))
        personal = (_broken if j > i else _unbroken)(
            joined, "X" if check else "", measured=measured
        )
        if personal is PersonalData.BANK_ACCOUNT and _is_part_of_a_code(text, joined, stop):
            personal = None
        stands_alone = j > i and _unbroken(_join(text, groups[j : j + 1]), "", measured=False)
        if personal and (personal is PersonalData.ID_NUMBER or not stands_alone):
            candidates.append((_RANK[personal], j - i + 1, personal, stop))
        if stands_alone:
            break
    if not candidates:
        return 1, None, 0
    _, taken, personal, stop = max(candidates)
    return taken, personal, stop


def _is_part_of_a_code(text: str, run: _Groups, stop: int) -> bool:
    """17 digits and a letter: a credit code, even one that is misspelled."""
    return (
        len(run.digits) == _NEW_ID - 1 and text[stop : stop + 1].isalpha() and text[stop].isascii()
    )


_RANK = {PersonalData.ID_NUMBER: 3, PersonalData.PHONE: 2, PersonalData.BANK_ACCOUNT: 1}


def _join(text: str, groups: list[tuple[int, int]]) -> _Groups:
    gaps = (text[a[1] : b[0]].strip() or " " for a, b in pairwise(groups))
    return _Groups(
        groups[0][0],
        groups[-1][1],
        "".join(text[a:b] for a, b in groups),
        frozenset(gaps),
        tuple(b - a for a, b in groups),
    )


def _unbroken(run: _Groups, last: str, *, measured: bool) -> PersonalData | None:
    digits = run.digits
    if last or len(digits) in (_OLD_ID, _NEW_ID) or _holds_id_number(digits):
        return PersonalData.ID_NUMBER
    if measured:
        return None
    if _is_phone(digits):
        return PersonalData.PHONE
    return PersonalData.BANK_ACCOUNT if _is_card(digits) else None


def _broken(run: _Groups, last: str, *, measured: bool) -> PersonalData | None:
    number = run.digits + last
    if _is_plausible_id_number(number):
        return PersonalData.ID_NUMBER
    if measured or last or len(run.separators) > 1:
        return None
    if _MOBILE.fullmatch(number.removeprefix("86")) and run.sizes[0] != _NO_PHONE_BEGINS:
        return PersonalData.PHONE
    card = _is_card(number) and _is_grouped_as_card(run.sizes)
    return (
        PersonalData.BANK_ACCOUNT if card and not identifiers.is_valid_credit_code(number) else None
    )


def _is_plausible_id_number(number: str) -> bool:
    if identifiers.birth_date(number) is None:
        return False
    if len(number) == _OLD_ID:
        return _PROVINCE.match(number) is not None
    return not number.startswith(("19", "20")) or identifiers.check_id_number(number).valid


def _is_grouped_as_card(sizes: tuple[int, ...]) -> bool:
    """In fours, in single digits, or prefix and rest; not 2303-350424-04-01-773095, a project."""
    fours = set(sizes[:-1]) == {4} and sizes[-1] <= 4
    return fours or set(sizes) == {1} or (len(sizes) <= 2 and sizes[0] >= _CARD_PREFIX)


_NO_PHONE_BEGINS = 2
"""Two digits, then others: more often an item number before a date than a phone number."""
_CARD_PREFIX = 6


def _holds_id_number(digits: str) -> bool:
    """Taxpayer numbers of 17 and 20 digits, and ID numbers that ran into their neighbors."""
    if len(digits) == _NEW_ID - 1:
        return bool(_PROVINCE.match(digits)) and any(
            identifiers.birth_date(number) for number in (digits[:_OLD_ID], digits + "0")
        )
    if len(digits) <= _NEW_ID:
        return False
    windows = [m.group(1) for m in _ID_WINDOW.finditer(digits)]
    taxpayer = len(digits) <= _TAXPAYER_LENGTH and any(
        identifiers.birth_date(w) for w in windows if digits.startswith(w) or digits.endswith(w)
    )
    return taxpayer or any(identifiers.check_id_number(w).valid for w in windows)


_TAXPAYER_LENGTH = 20
_ID_WINDOW = re.compile(rf"(?=((?:{_PROVINCE.pattern})[0-9]{{4}}(?:19|20)[0-9]{{10}}))")


def _is_phone(digits: str) -> bool:
    if len(digits) == 2 * _MOBILE_LENGTH:
        return bool(_MOBILE.match(digits) and _MOBILE.match(digits, _MOBILE_LENGTH))
    mobile = _MOBILE.fullmatch(digits.removeprefix("00").removeprefix("86"))
    return bool(mobile or _LANDLINE_RUN.fullmatch(digits))


def _is_card(digits: str) -> bool:
    return len(digits) in _CARD_LENGTHS and passes_luhn(digits)


def passes_luhn(digits: str) -> bool:
    """Whether a run of digits holds by ISO/IEC 7812 (Luhn), as bank card numbers do."""
    total = 0
    for i, c in enumerate(reversed(digits)):
        value = int(c) * (1 + i % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and bool(digits.strip("0"))


_LANDLINE = re.compile(
    rf"(?<![0-9])(?:\+?86{_BETWEEN}{{0,2}}[(]?0?|[(]?0)(?:10|2[0-9]|[3-9][0-9]{{2}})[)]?{_BETWEEN}{{0,2}}"
    rf"[2-8][0-9]{{2,3}}{_BETWEEN}?[0-9]{{4}}(?![0-9])"
)
_BRACKETED_MOBILE = re.compile(
    rf"[(]1[3-9][0-9][)]{_BETWEEN}{{0,2}}[0-9]{{4}}{_BETWEEN}?[0-9]{{4}}(?![0-9])"
)

_LABELS = (
    (
        ("身", "证件", "护照", "通行证", "ID"),
        re.compile(
            r"身\s?份\s?证(?:件)?(?:号码?)?|身份号码|(?<!许可)证件号码?|护照号?码?|通行证号?码?|ID\s?(?:NO|CARD|NUMBER)\b"
        ),
        PersonalData.ID_NUMBER,
        18,
    ),
    (
        ("话", "手", "联系方式", "联系号码", "座机", "传真", "TEL", "MOBILE", "PHONE"),
        re.compile(
            r"电\s?话(?!业务)|手\s?机|联系方式|联系号码|座机|传真|\bTEL\b|\bMOBILE\b|\bPHONE\b"
        ),
        PersonalData.PHONE,
        12,
    ),
    (
        ("账", "帐", "賬", "卡", "开户", "存折"),
        re.compile(r"[账帐賬]\s?[号户戶]|卡\s?号|银行卡|信用卡|储蓄卡|借记卡|开户行?|存折"),
        PersonalData.BANK_ACCOUNT,
        30,
    ),
)
"""Words of which one is needed, label, class of what follows it, with how many digits at most."""

_GAPS = {
    PersonalData.ID_NUMBER: re.compile(r"[^0-9。；;]{0,12}?(?=[A-Z]{0,3}[0-9])"),
    PersonalData.PHONE: re.compile(r"[^0-9。；;，,、]{0,10}?(?=[0-9])"),
    PersonalData.BANK_ACCOUNT: re.compile(r"[^0-9。；;]{0,24}?(?=[0-9])"),
}
_NEXT = re.compile(r"[、,，/;；或及和\s]{1,3}(?=[0-9]{7})")
_RUN = re.compile(rf"[A-Z]{{0,3}}[0-9](?:[*X]|{_BETWEEN}{{0,3}}[0-9*X])*")
_RUN_WITH_COMMAS = re.compile(rf"[A-Z]{{0,3}}[0-9](?:[*X]|(?:{_BETWEEN}{{0,3}}|[，,、])[0-9*X])*")
_FEWEST = {PersonalData.ID_NUMBER: 6, PersonalData.PHONE: 7, PersonalData.BANK_ACCOUNT: 6}
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-./年][0-9]{1,2}(?![0-9])")


def _after_label(shadow: Shadow, at: int, personal: PersonalData, cap: int) -> Iterator[Find]:
    text = shadow.digits
    gap = _GAPS[personal].match(text, at)
    while gap:
        shape = _RUN_WITH_COMMAS if personal is PersonalData.ID_NUMBER else _RUN
        run = shape.match(text, gap.end())
        if not run or _DATE.match(text, gap.end()):
            return
        end = _end_of_number(text, run.start(), run.end(), cap)
        count = sum(c in "0123456789*" for c in text[run.start() : end])
        if count < _FEWEST[personal] or (count < _OLD_ID and _MEASURED.match(text, end)):
            return
        yield found(shadow.span(run.start(), end), personal)
        gap = _NEXT.match(text, end)


def _end_of_number(text: str, start: int, end: int, cap: int) -> int:
    """Where the labelled number ends: whole groups, at most `cap` digits; always the first group."""
    stop, count = start, 0
    for group in re.finditer(r"[0-9A-Z*]+", text[start:end]):
        size = len(group.group())
        if stop > start and (count + size > cap or count in _COMPLETE.get(cap, ())):
            break
        count += size
        stop = start + group.end()
    return stop


_COMPLETE = {18: (18,), 12: (8, 11, 12)}
"""Lengths at which a number is complete, whatever digits follow after a space."""
