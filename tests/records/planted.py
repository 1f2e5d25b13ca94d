"""A person who does not exist, planted into rows in every spelling, and the search for what is left."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from records.identifiers import id_check_character
from records.vocabulary import PersonalData

NAME = "郭小满"
ID_NUMBER = "41032919870612431" + id_check_character("41032919870612431")
ID_WITH_X = "41032919790305004X"
OLD_ID = "410329620312002"
PHONE = "13800138642"
LANDLINE = "0379-68306642"
CARD = "6222021702008642118"
PLATE = "豫C8K642"
NEW_ENERGY_PLATE = "豫CD86420"
EMAIL = "guo.xiaoman@example.com"
HOME = "河南省洛阳市伊川县水寨镇杨楼村三组17号"

FULL_WIDTH = {i: i + 0xFEE0 for i in range(0x21, 0x7F)}
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
FORMAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")


def spellings_of_a_number(number: str) -> list[str]:
    """One number as people, spreadsheets and scanners write it."""
    return [
        number,
        number.translate(FULL_WIDTH),
        number.lower(),
        " ".join((number[:6], number[6:14], number[14:])),
        " ".join(number[i : i + 4] for i in range(0, len(number), 4)),
        "-".join((number[:6], number[6:14], number[14:])),
        ".".join((number[:6], number[6:14], number[14:])),
        " ".join(number),
        "\u200b".join(number),
        number[:10] + "\n" + number[10:],
        number[:6] + "\u3000" + number[6:],
        number[:8] + "\u2013" + number[8:],
        number.translate(CHINESE),
        number.translate(FORMAL),
    ]


def spellings_of_a_phone(phone: str) -> list[str]:
    """One mobile number as people write it."""
    a, b, c = phone[:3], phone[3:7], phone[7:]
    return [
        phone, f"{a} {b} {c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", f"+86 {phone}", f"+86-{a}-{b}-{c}", f"0086{phone}",
        phone.translate(FULL_WIDTH), " ".join(phone), phone.translate(CHINESE), f"{a}\u200b{b}{c}",
        f"{a}{b}\n{c}",
    ]  # fmt: skip


SPELLINGS: Mapping[PersonalData, list[str]] = {
    PersonalData.ID_NUMBER: [
        *spellings_of_a_number(ID_NUMBER),
        *spellings_of_a_number(ID_WITH_X),
        OLD_ID,
        OLD_ID.translate(FULL_WIDTH),
        f"{OLD_ID[:6]} {OLD_ID[6:12]} {OLD_ID[12:]}",
        f"T{ID_NUMBER}",
        f"{ID_NUMBER}01",
        f"{OLD_ID}A1",
        f"No.{ID_NUMBER}A",
        ID_WITH_X.replace("X", "×"),
        f"身份证号{ID_NUMBER[:6]}，{ID_NUMBER[6:14]}，{ID_NUMBER[14:]}",
        f"身 份 证 {OLD_ID[:5]} {OLD_ID[5:]}",
        ID_NUMBER.replace("0", "O"),
    ],
    PersonalData.PHONE: [
        *spellings_of_a_phone(PHONE),
        LANDLINE,
        "（0379）68306642",
        "0379 6830 6642",
        "037968306642",
        "86-379-68306642",
        "(138)00138642",
        "电话：68306642",
        "联系电话为6830-6642",
    ],
    PersonalData.BANK_ACCOUNT: [
        CARD,
        CARD.translate(FULL_WIDTH),
        " ".join(CARD[i : i + 4] for i in range(0, len(CARD), 4)),
        "-".join(CARD[i : i + 4] for i in range(0, len(CARD), 4)),
        "\u200b".join(CARD),
        "账号：41001234567",
        "开户行：某银行伊川支行，账号 4100 1234 567",
        "卡号41001234567",
        "账 号 41001234567",
    ],
    PersonalData.PLATE: [
        PLATE, "豫C·8K642", "豫C 8K642", "豫C-8K642", "豫c8k642", PLATE.translate(FULL_WIDTH), "豫 C · 8K642",
        NEW_ENERGY_PLATE, "豫C·D86420", "豫C8642挂", "豫C8642学", "豫C8K6\u200b42",
    ],
    PersonalData.EMAIL: [
        EMAIL, EMAIL.upper(), EMAIL.translate(FULL_WIDTH), EMAIL.replace("@", " @ "), EMAIL.replace("@", "(at)"),
        EMAIL.replace("m@", "\u200bm@"),
    ],
    PersonalData.ADDRESS: [
        f"住址：{HOME}", f"家住{HOME}", f"现住{HOME}", f"户籍地：{HOME}", f"家庭住址{HOME}", f"住{HOME}",
        f"户籍所在地为{HOME}",
    ],
    PersonalData.PERSON_NAME: [
        NAME, "郭 小 满", "郭\u3000小满", "郭\u200b小满", "郭·小满", "郭\n小满",
    ],
}  # fmt: skip

_TRACES: Mapping[PersonalData, list[str]] = {
    PersonalData.ID_NUMBER: [ID_NUMBER, ID_WITH_X, OLD_ID],
    PersonalData.PHONE: [PHONE, "68306642"],
    PersonalData.BANK_ACCOUNT: [CARD, "41001234567"],
    PersonalData.PLATE: ["8K642", "86420", "8642挂", "8642学"],
    PersonalData.EMAIL: ["XIAOMAN", "EXAMPLE"],
    PersonalData.ADDRESS: ["杨楼", "三组", "17号"],
    PersonalData.PERSON_NAME: ["小满"],
}
_TO_DIGITS = str.maketrans("〇零一壹二贰三叁四肆五伍六陆七柒八捌九玖", "00112233445566778899")
_ENOUGH = 7


def traces_of(personal: PersonalData, shown: str) -> Iterator[str]:
    """Parts of the planted person's values that can still be read in what is shown."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", shown).upper() if c.isalnum())
    for clear in _TRACES[personal]:
        parts = [clear] if len(clear) <= _ENOUGH else [
            clear[i : i + _ENOUGH] for i in range(len(clear) - _ENOUGH + 1)
        ]  # fmt: skip
        yield from (part for part in parts if part in plain or part in plain.translate(_TO_DIGITS))
