"""What a finder hands back, and the labelled tokens that stand where a value was taken out of a text."""

from __future__ import annotations

from dataclasses import dataclass

from records.shadow import Span
from records.vocabulary import PersonalData

TOKENS: dict[PersonalData, str] = {
    PersonalData.ID_NUMBER: "【身份证号】",
    PersonalData.PHONE: "【电话】",
    PersonalData.BANK_ACCOUNT: "【银行账号】",
    PersonalData.PLATE: "【车牌】",
    PersonalData.EMAIL: "【邮箱】",
    PersonalData.ADDRESS: "【住址】",
}


@dataclass(frozen=True, slots=True)
class Find:
    """A personal value in a text: where it stands, its class, and what is written in its place."""

    span: Span
    personal: PersonalData
    replacement: str


def found(span: Span, personal: PersonalData) -> Find:
    """A find of a class that has a token."""
    return Find(span, personal, TOKENS[personal])
