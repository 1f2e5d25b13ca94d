"""Which words say that a penalty was decided under the simple procedure, and which only sound like it.

Simple procedure: the county shows none of it; a natural person's may not even be reported (河南省社会信用条例
第十三条). What it is called: 行政处罚法 (当场作出行政处罚决定, 适用普通程序). Everyday words must not hide a
firm's penalty, which has to be shown (国家发展改革委令第36号, 第58号).
"""

from __future__ import annotations

import pytest

from records.policy import PublicityClass
from records.vocabulary import SubjectKind
from tests.support import PENALTIES, penalty

FIRM, PERSON = SubjectKind.LEGAL_ENTITY, SubjectKind.NATURAL_PERSON

SIMPLE = {
    "document_number": (
        "伊公当罚〔2026〕15号", "伊简罚〔2026〕15号", "伊简易罚字〔2026〕1号", "伊公简字〔2026〕1号", "伊简处〔2026〕1号",
        "伊公当处罚〔2026〕1号", "伊当处〔2026〕1号", "伊简罚决字〔2026〕1号", "伊当场罚字〔2026〕1号", "伊公（当）罚〔2026〕1号",
        "伊 简 罚〔2026〕1号",
    ),
    "remark": (
        "当场", "简易", "缴清；当场", "当场处罚", "现场处罚", "简易程序", "简易程序（已转账缴款）", "拒不履行当场处罚决定",
        "简易程序，不转为普通程序",
    ),
    "facts": (
        "适用简易程序作出处罚", "适用简易程序 银行转账", "适用简易程序案件转交入档", "简 易 程 序", "简易\n程序", "简易处罚",
        "现场处罚决定书", "当场予以罚款50元", "当场收缴罚款", "当场给予警告并罚款", "当场罚款", "不服简易程序处罚",
        "当事人不符合规定的行为适用简易程序处罚", "由普通程序转为简易程序", "不适用普通程序，适用简易程序",
        "执法人员当场对其处以罚款二百元", "未戴头盔适用简易程序处罚",
        "曾某适用简易程序处罚", "不按规定停车当场处罚", "驾驶非机动车适用简易程序",
    ),
    "content": (
        "当场处罚决定", "当场处以罚款", "当场决定罚款", "适用简易程序处罚决定已转送", "当场作出罚款200元的行政处罚",
        "当场处100元罚款", "当场作出了行政处罚决定", "当场给予当事人罚款50元的行政处罚",
    ),
    "legal_basis": ("《行政处罚法》规定的简易程序", "可以当场作出行政处罚决定"),
    "violation": ("简易程序案件",),
}  # fmt: skip

NOT_SIMPLE = {
    "document_number": ("伊市监罚〔2026〕1号", "《应当罚款》1号"),
    "remark": (
        "当场检查发现", "当场送达", "当场制作笔录", "当场责令改正", "当事人当场缴纳罚款", "不适用简易程序",
        "由简易程序依法转为普通程序", "案件由简易程序改为一般程序", "应当罚款",
    ),
    "facts": (
        "不适用简易程序", "不符合适用简易程序的条件", "非简易程序", "不宜适用简易程序", "未适用简易程序", "不能适用简易程序",
        "不得适用简易程序", "不应适用简易程序", "不属于简易程序", "不适用《行政处罚法》关于简易程序的规定", "不适用当场处罚",
        "不能当场作出行政处罚决定", "曾被适用简易程序处罚两次，本次适用普通程序", "拒不履行当场处罚决定",
        "由简易程序转为普通程序", "简易程序转一般程序", "执法人员当场查获", "当场送达行政处罚决定书", "当场警告当事人",
        "搭建简易生产用房", "在施工现场处罚款", "当场作出责令改正决定并处罚款",
        "当场作出询问笔录后处罚款", "此前被当场处罚过", "当事人曾于2024年因占道经营被适用简易程序处罚", "违法停车不当场处罚",
    ),
    "content": (
        "应当罚款", "适当罚款", "应当罚没", "过罚相当罚款", "不当罚款", "从简罚款", "不予当场处罚",
    ),
    "legal_basis": ("《精简罚则》", "依照《行政处罚法》应当罚款"),
    "violation": ("拒绝履行当场处罚决定",),
}  # fmt: skip


def every(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in table.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), every(SIMPLE))
def test_what_says_simple_procedure_is_never_shown(name: str, text: str) -> None:
    firm, person = (PENALTIES.publicity(penalty(**{name: text}), k) for k in (FIRM, PERSON))

    assert (firm.reason, person.reason) == ("LIGHT", "SIMPLE_PROCEDURE")
    assert firm.publicity_class is PublicityClass.LIGHT
    assert "简易程序 / simple procedure: " in firm.because


@pytest.mark.parametrize(("name", "text"), every(NOT_SIMPLE))
@pytest.mark.parametrize("kind", [FIRM, PERSON])
def test_what_only_sounds_like_it_is_shown(name: str, text: str, kind: SubjectKind) -> None:
    assert PENALTIES.publicity(penalty(**{name: text}), kind).published


def test_one_place_that_says_so_is_enough() -> None:
    both = penalty(facts="一案不适用简易程序，本案适用简易程序。")
    assert PENALTIES.publicity(both, PERSON).reason == "SIMPLE_PROCEDURE"
