"""The lists that are known: red, black and others; who founded them, for how long entries are shown.

One row a list, nothing else says what a list is. Its term stands in records/policy.py under the same code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from records.folding import fold
from records.policy import ListCode
from records.vocabulary import CodeTable, ListColor

if TYPE_CHECKING:
    from records.values import Value, Values


@dataclass(frozen=True, slots=True)
class KnownList:
    """One list. `basis`: the act it rests on, "" where none was found. `also`: other names it has in files.

    `stays`: an entry that was taken out stays visible with the day of its removal, as the law of the list
    has it; elsewhere publicity ends on that day. `grade`: what a grade that a row states must hold, where
    tables have other grades, too.
    """

    code: ListCode
    name: str
    color: ListColor
    basis: str
    stays: bool = False
    also: tuple[str, ...] = ()
    grade: str = ""

    @property
    def stated(self) -> Mapping[str, CodeTable | str]:
        """What every row of the list says."""
        return {"list_code": self.code.value, "list_name": self.name, "color": self.color}


_RED, _BLACK, _OTHER = ListColor.RED, ListColor.BLACK, ListColor.OTHER
_C = ListCode

LISTS: tuple[KnownList, ...] = (
    KnownList(
        _C.JUDGMENT_DEBTOR, "失信被执行人", _BLACK,
        "最高人民法院《关于公布失信被执行人名单信息的若干规定》（2013年，2017年修正）",
        also=("失信被执行人名单", "老赖"),
    ),
    KnownList(
        _C.TAX, "重大税收违法失信主体", _BLACK,
        "国家税务总局令第54号《重大税收违法失信主体信息公布管理办法》",
        also=("税务违法黑名单", "重大税收违法案件", "重大税收违法案件当事人名单"),
    ),
    KnownList(
        _C.ABNORMAL_OPERATION, "经营异常名录", _OTHER,
        "《企业信息公示暂行条例》", stays=True, also=("经营异常", "异常经营名录"),
    ),
    KnownList(
        _C.SERIOUSLY_ILLEGAL, "严重违法失信名单", _BLACK,
        "国家市场监督管理总局令第44号《市场监督管理严重违法失信名单管理办法》",
        also=("严重违法失信企业名单", "严重违法失信企业"),
    ),
    KnownList(
        _C.WAGE_ARREARS, "拖欠农民工工资失信联合惩戒对象名单", _BLACK,
        "人力资源和社会保障部令第45号", also=("拖欠农民工工资", "拖欠农民工工资黑名单"),
    ),
    KnownList(
        _C.WORK_SAFETY, "安全生产领域失信联合惩戒对象", _BLACK,
        "", also=("安全生产", "安全生产黑名单", "安全生产领域"),
    ),
    KnownList(
        _C.GOVERNMENT_PROCUREMENT, "政府采购严重违法失信行为记录名单", _BLACK,
        "", also=("政府采购", "政府采购严重违法失信"),
    ),
    KnownList(
        _C.MILITARY_PROCUREMENT, "军队采购失信名单", _BLACK, "", also=("军队采购严重违法失信",),
    ),
    KnownList(
        _C.ILLEGAL_FUNDRAISING, "非法集资失信主体", _BLACK,
        "", also=("非法集资", "非法集资名单"),
    ),
    KnownList(
        _C.OVERLOAD, "严重违法超限超载运输失信当事人", _BLACK, "",
        also=("超限超载", "严重违法失信超限超载", "严重违法失信超限超载运输车辆相关责任主体"),
    ),
    KnownList(_C.ECOMMERCE, "电子商务领域失信企业", _BLACK, "", also=("电子商务", "电商黑名单")),
    KnownList(
        _C.TAX_GRADE_A, "A级纳税人", _RED,
        "", also=("纳税信用A级", "A级纳税人名单"), grade="A",
    ),
    KnownList(
        _C.CUSTOMS_ADVANCED, "海关高级认证企业", _RED,
        "", also=("海关高级认证",), grade="高级认证",
    ),
    KnownList(_C.BLACK_LIST, "黑名单", _BLACK, "", also=("严重失信主体名单",)),
    KnownList(_C.RED_LIST, "红名单", _RED, "", also=("诚实守信", "守信红名单")),
    KnownList(_C.OTHER_LIST, "其他名单", _OTHER, "", also=("重点关注名单",)),
)  # fmt: skip

LIST_CODES: Mapping[str, str] = {known.code.value: known.name for known in LISTS}
LIST_NAMES: Mapping[str, str] = {known.name: known.name for known in LISTS}
_BY_CODE: Mapping[str, KnownList] = {known.code.value: known for known in LISTS}
_BY_NAME: Mapping[str, KnownList] = {
    fold(name): known for known in LISTS for name in (known.name, known.code.value, *known.also)
}


def list_of(code: Value) -> KnownList | None:
    """The list of that code; None for an unknown one."""
    return _BY_CODE.get(code) if isinstance(code, str) else None


def find_list(text: str) -> KnownList | None:
    """The list meant by its code or by any of its names, in any case and width; or None."""
    found = _BY_NAME.get(fold(text))
    return found or _BY_CODE.get(fold(text).replace("-", "_"))


def is_of_its_grade(known: KnownList, grade: Value) -> bool:
    """Whether a row that states that grade, or none, is an entry of the list at all."""
    return not isinstance(grade, str) or fold(known.grade) in fold(grade)


def entry_follows(values: Values) -> Mapping[str, Value]:
    """What an entry says by what it says: the list of its code or name, its day of entry."""
    code, name = values.get("list_code"), values.get("list_name")
    named = find_list(code) if isinstance(code, str) else None
    if isinstance(name, str) and (named is None or named.code in _UNNAMED):
        named = find_list(name) or named
    if named is None:
        named = _UNNAMED_OF.get(values.get("color"), _BY_CODE[ListCode.OTHER_LIST])
    follows: dict[str, Value] = dict(named.stated)
    if named.code in _UNNAMED and isinstance(name, str) and find_list(name) is None:
        follows["list_name"] = name
    if values.get("listed_on") is None and values.get("decision_date") is not None:
        follows["listed_on"] = values.get("decision_date")
    return follows


_UNNAMED = frozenset((ListCode.BLACK_LIST, ListCode.RED_LIST, ListCode.OTHER_LIST))
"""Lists that are not one list: an entry may have the name of its own."""
_UNNAMED_OF: Mapping[Value, KnownList] = {_BY_CODE[code].color: _BY_CODE[code] for code in _UNNAMED}
