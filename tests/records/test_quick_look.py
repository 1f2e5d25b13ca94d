"""A quick look never says that there is nothing where the search finds something."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from records.contacts import find_emails, find_plates
from records.name_cells import names_in
from records.numbers import find_numbers
from records.places import find_places, may_hold_places
from records.privacy import public_view
from records.quick_look import (
    as_seen,
    digits_in,
    may_hold_name,
    may_hold_numbers,
    may_hold_own_number,
    may_hold_part,
)
from records.redaction import Redactor
from records.shadow import Shadow, bare, squeeze
from records.vocabulary import SubjectKind
from tests.records.planted import SPELLINGS
from tests.support import PENALTIES, penalty

Kind = SubjectKind
SIGNS = (
    " \n\t-—–－_~·•./．／,，、;；。:：()（）[]*＊×xX@＠\u200b\ufeff\u3000"
    "0123456789０１９①②⑨⑩⓪²³٠١۳㊀㈠⒈〇零一二两三壹贰叁OoIiLlＯｌΧхaZＡÀ"
    "豫京梯容张王欧阳李村路街住室号楼组院区镇乡县市元万年月日"
)
WORDS = [
    *(s for spellings in SPELLINGS.values() for s in spellings),
    "身份证号", "身 份 证", "证件号码", "护照", "通行证", "ID NO", "id card", "电话", "手 机", "联系方式",
    "座机", "传真", "Tel", "mobile", "账号", "帐 户", "卡号", "银行卡", "开户行", "存折", "(AT)", "[at]", "（At）",
    "住址：", "现住", "家住", "户籍地", "籍贯", "住所地为", "经营地址：", "地址在", "居住于", "小区", "单元", "号楼",
    "家属院", "公寓", "花园", "社区", "大道", "胡同", "3室", "村三组", "村村民", "伊川县", "水寨镇", "人民路12号",
    "410329", "19900101", "1380013", "8642", "0379", "010", "+86", "86", "12345", "XXXX", "***", "豫C", "京A·",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(st.sampled_from(SIGNS), max_size=6)), max_size=8
).map("".join)
NAMES = st.text(
    st.sampled_from("张王欧阳李小满和等经理家（）()、/ ·Aa12\u200b㊀⼀一"), min_size=2, max_size=8
)


@given(TEXTS | st.text())
@example("13800一38642")
@example("138．0013．8642")
@example("电话：6l3O66I2")
@example("豫,C12345")
@example("guo[at]example.com")
def test_numbers_and_contacts(text: str) -> None:
    shadow = Shadow(text)
    finds = [*find_numbers(shadow), *find_plates(shadow), *find_emails(shadow)]
    assert may_hold_numbers(as_seen(text)) or finds == []


@given(TEXTS | st.text(), st.sampled_from(Kind))
def test_places(text: str, kind: Kind) -> None:
    assert may_hold_places(as_seen(text), kind) or list(find_places(Shadow(text), kind)) == []


@given(TEXTS, NAMES, TEXTS)
@example("", "郭小满㊀", "")
@example("", "（1", "")
@example("", "12", "月")
def test_own_names(before: str, name: str, after: str) -> None:
    text, wanted = before + name + after, squeeze(name)
    if wanted and any(Shadow(text).find_squeezed(wanted)):
        assert may_hold_name(wanted, as_seen(text))


@given(TEXTS, NAMES, NAMES)
def test_names_out_of_a_cell(before: str, cell: str, after: str) -> None:
    for name in names_in(cell):
        wanted = squeeze(name)
        text = before + name + after
        if len(wanted) > 1 and any(Shadow(text).find_squeezed(wanted)):
            assert may_hold_part(cell, as_seen(text))


@given(TEXTS, st.sampled_from(WORDS) | st.text(st.sampled_from(SIGNS), min_size=1), TEXTS)
@example("", "41032919790305004X", "")
def test_own_numbers(before: str, number: str, after: str) -> None:
    text, wanted = before + number + after, bare(number)
    if wanted and any(Shadow(text).find_bare(wanted)):
        assert may_hold_own_number(wanted, digits_in(as_seen(text)))


@given(TEXTS, TEXTS)
def test_texts_looked_at_together_hold_what_each_of_them_holds(one: str, other: str) -> None:
    together = as_seen("。".join([one, other]))
    for text in (one, other):
        seen = as_seen(text)
        assert may_hold_numbers(together) or not may_hold_numbers(seen)
        for kind in Kind:
            assert may_hold_places(together, kind) or not may_hold_places(seen, kind)


@given(TEXTS, NAMES, st.sampled_from(Kind))
def test_a_row_is_masked_as_if_every_text_was_searched(text: str, name: str, kind: Kind) -> None:
    row = penalty(facts=text, legal_representative=name)
    quick = public_view(PENALTIES, row, kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Redactor, "is_needed", True)
        assert public_view(PENALTIES, row, kind) == quick


@pytest.mark.parametrize(
    "text", ["2026年3月1日", "罚款59699.99元", "第三十四条第（十）项、第一百二十四条"]
)
def test_ordinary_numbers_are_no_reason_to_search(text: str) -> None:
    assert not may_hold_numbers(text)


def test_separators_of_names_are_no_reason_to_trust_a_cell() -> None:
    assert all(may_hold_part(f"张三{sign}李四", "") for sign in "、，/")
