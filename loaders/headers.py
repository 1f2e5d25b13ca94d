"""Header texts of official templates, brought to the form in which they are compared.

Files write one header in many ways: wrapped, starred, with notes and units in brackets, full or half
width. 行政相对人代码_N(X) means X, whatever N is: the numbering differs between the generations.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from loaders.money_units import UNITS, stated_unit
from records.characters import INVISIBLE
from records.datasets import declared_datasets
from records.folding import fold
from records.privacy import mask, masked_input
from records.subject_kind import looks_like_person_name
from records.vocabulary import PersonalData

_NOTE = re.compile(
    r"\([^()]*(?:必填|选填|必选|可选|格式|示例|例如|非必)[^()]*\)|非?必填项?|选填项?"
)
_IGNORED = re.compile(rf"[*、，,;；.。:：\"'“”{INVISIBLE}]+")
_NUMBERED = re.compile(r".*代码[_-]?\d+(?:\((?P<meaning>.+)\))?")
_BRACKETED_END = re.compile(r"(?<=.)\([^()]*\)$")
_UNIT = re.compile(rf"\((?:单位)?(?:人民币)?(?:{'|'.join(UNITS)})(?:人民币)?\)$")
_NUMBER = re.compile(r"(?:\d[\s-]?){6,}[\dXx]")
_LONGEST_QUOTED = 30
_LONGEST_KEPT = 60


@dataclass(frozen=True, slots=True)
class Header:
    """One header cell.

    `seen`: as written, on one line. `full`: the whole text in comparable form. `key`: what it is looked
    up by, "" for a number without a meaning. `bare_key`: the same without a note in brackets at its end,
    as in 证件号码（自然人）. `amount_key` and `unit`: the same without the unit in brackets, and what that
    unit is worth in yuan, None where the header states none. `odd_unit`: it states one that is not known.
    """

    seen: str
    full: str
    key: str
    bare_key: str
    amount_key: str
    unit: Decimal | None
    odd_unit: bool


def read_header(text: str) -> Header:
    """Header cell → its comparable forms."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _read_header(text)


def _read_header(text: str) -> Header:
    folded = fold(text)
    full = _IGNORED.sub("", _NOTE.sub("", folded))
    numbered = _NUMBERED.fullmatch(full)
    key = (numbered["meaning"] or "") if numbered else full
    unit = _UNIT.search(key)
    worth, certain = stated_unit(folded)
    return Header(
        seen=" ".join(text.split()),
        full=full,
        key=key,
        bare_key=_BRACKETED_END.sub("", key),
        amount_key=key[: unit.start()] if unit else key,
        unit=worth,
        odd_unit=not certain,
    )


_kept = lru_cache(maxsize=4096)(_read_header)
"""A message of one record comes with its headers; ten thousand of them repeat the same few."""


@lru_cache(maxsize=512)
def quotable(text: str) -> str:
    """A header as an error may quote it: short and masked like a cell, which it may be.

    Only words that headers are made of, and what templates call their columns, stay although they could be
    names: 计划编号, 成立日期, entName.
    """
    shown = " ".join(unicodedata.normalize("NFKC", text).split())
    if fold(shown) in _declared():
        return shown
    if not looks_like_person_name(shown):
        shown = masked_input(shown, {})
    shown = _WORDS.sub(_masked_name, _NUMBER.sub("…", shown))
    return shown if len(shown) <= _LONGEST_QUOTED else shown[: _LONGEST_QUOTED - 1] + "…"


@lru_cache(maxsize=1)
def _declared() -> frozenset[str]:
    """Every header and code of a column of any template, as they are compared."""
    return frozenset(
        fold(text)
        for dataset in declared_datasets()
        for field in dataset.fields
        for text in (*field.also, *(t for c in field.columns for t in (c.header, c.code)))
    )


def _masked_name(found: re.Match[str]) -> str:
    label, word = found["label"] or "", found["word"]
    if looks_like_person_name(found[0]):
        label, word = "", found[0]
    if _HEADER_WORDS.fullmatch(found[0]) or not looks_like_person_name(word):
        return found[0]
    return label + (mask(PersonalData.PERSON_NAME, word) or "*")


_WORDS = re.compile(
    r"(?P<label>法定代表人|[\u3400-\u9fff]{2}人)?"
    r"(?P<word>[\u3400-\u9fff·]+(?: [\u3400-\u9fff])*|(?<![A-Za-z_])[A-Za-z]{2,}(?:[ .][A-Za-z]+)*(?![A-Za-z_]))"
)
_HEADER_WORDS = re.compile(
    r"[\u3400-\u9fff]{0,2}(?:编号|日期|时间|单位|名称|内容|类别|类型|部门|地点|金额|等级|代码|号码|电话|方式"
    r"|措施|程度|住址|人员|说明|来源|依据|结果|状态|机关|期限|事项|备注|标志|标识|情况|范围|属性|项目|数量|网址|链接|网站)\d*"
    r"|是否(?:对外|公示|公开|公布|共享|涉密){1,2}|公[示开]"
    r"|(?:经办|承办|审核|审批|申请|负责|当事|联系|填报|填表|制表|复核|相对|许可|公示|经营|管理)人\d*"
    r"|有效期[自至]?|车牌号?|邮箱|[一二三四五六七八九十]类|万元|盖章|时限|公告|行业|文号|路段|区划|曾用名|信息项|许可证号?|单号|年度|年份|计划|字典|汇总|目录"
    r"|许可(?:信息|数据|明细|公示)?表?"
    # Abbreviations of Chinese field names have no vowels (BZ, DFBM), names do.
    r"|[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{2,6}\d*|(?i:no|id|name|date|type|remarks?|status|number|code|unit)"
)
