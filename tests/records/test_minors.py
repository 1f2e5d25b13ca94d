"""Who is a minor on the day of the decision, by number and by words, and what only speaks of minors.

A minor's case is never published (rule on penalties published online); minors are those under 18
(未成年人保护法 第二条), and 周岁 count from the day after the birthday (法释〔2006〕1号 第二条).
"""

from __future__ import annotations

from datetime import date

import pytest

from records.identifiers import id_check_character
from records.vocabulary import SubjectKind
from tests.support import PENALTIES, penalty

FIRM, PERSON = SubjectKind.LEGAL_ENTITY, SubjectKind.NATURAL_PERSON
FIELDS = ("facts", "content", "remark", "legal_basis", "violation")

MINOR = (
    "当事人系未成年人", "当事人未成年", "当事人为未成年人，依法从轻", "当事人未满18周岁", "当事人未满18周岁依法从轻处罚",
    "未满十八周岁", "已满十四周岁不满十八周岁", "已满十四周岁不满十八周岁的人有违法行为的，应当从轻", "当事人（17岁）",
    "当事人李某，男，17岁，无证驾驶", "当事人李某，未成年人", "未成年人李某无证驾驶", "违法行为人未成年", "李某系未成年人",
    "当事人（未成年人）无证驾驶", "对当事人（未成年人）从轻处罚", "当 事 人 系 未 成 年 人", "因其未满十六周岁", "未成年人",
    "17岁", "当事人现年十六周岁", "苗青禾未满18周岁", "苗青禾系未成年人", "苗某（17岁）无证驾驶", "苗某，未成年",
    "当事人是未成年人，其向他人出售香烟", "行政相对人系未成年人", "当事人对违法事实无异议且系未成年人", "应给予从轻处罚：当事人未满十六周岁",
)  # fmt: skip

ADULT = (
    "当事人为未成年人提供上网服务", "为未成年人文身", "当事人为未成年人文身", "当事人是未成年人李某的父亲", "系非未成年人",
    "当事人系非未成年人", "当事人不是未成年人", "未核实购买者是否为未成年人", "当事人向未成年人销售香烟",
    "当事人向未满18周岁的未成年人销售香烟", "当事人接纳未成年人", "当事人明知对方系未成年人，仍出售香烟",
    "招用已满十六周岁不满十八周岁的未成年工", "招用未满16周岁的童工", "向王某（未成年人）出售香烟",
    "《中华人民共和国未成年人保护法》第五十九条", "当事人已满18周岁", "当事人（18岁）", "当事人，27岁", "当事人117岁",
    "当事人为3岁的儿子买票", "当事人的儿子系未成年人", "未满18周岁的人员进入网吧", "禁止未成年人进入", "受害人王某系未成年人",
    "对未成年人王某文身",
)  # fmt: skip


@pytest.mark.parametrize("text", MINOR)
@pytest.mark.parametrize("name", FIELDS)
def test_who_is_called_a_minor_is_never_shown(name: str, text: str) -> None:
    values = penalty(subject_name="苗青禾", **{name: text})
    assert PENALTIES.publicity(values, PERSON).reason == "MINOR"


@pytest.mark.parametrize("text", ADULT)
@pytest.mark.parametrize("name", FIELDS)
def test_an_adult_whose_case_speaks_of_minors_is_shown(name: str, text: str) -> None:
    values = penalty(subject_name="苗青禾", **{name: text})
    assert PENALTIES.publicity(values, PERSON).reason == ""


def test_a_firm_is_no_minor() -> None:
    assert PENALTIES.publicity(penalty(facts="当事人系未成年人"), FIRM).published


@pytest.mark.parametrize("column", ["person_id_number", "resident_id_number"])
@pytest.mark.parametrize(
    ("born", "decided", "minor"),
    [
        (date(2008, 5, 16), date(2026, 5, 15), True),
        (date(2008, 5, 15), date(2026, 5, 15), True),
        (date(2008, 5, 14), date(2026, 5, 15), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (date(2008, 3, 1), date(2026, 3, 1), True),
        (date(2007, 12, 31), date(2026, 1, 1), False),
    ],
)
def test_eighteen_is_reached_on_the_day_after_the_birthday(
    column: str, born: date, decided: date, minor: bool
) -> None:
    first17 = f"410329{born:%Y%m%d}123"
    number = first17 + id_check_character(first17)
    values = penalty(decision_date=decided, **{column: number})
    assert (PENALTIES.publicity(values, PERSON).reason == "MINOR") is minor
