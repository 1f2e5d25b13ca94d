"""The class of a penalty, by the content of its decision: what it imposes, by which procedure, in which field.

Which fields count and that several kinds go by the longest term: 国家发展改革委令第58号; that they do so under
第36号 too, that 责令关闭 is grave, and by which words a field is recognized is the county's choice. No threshold for 较大数额 or 巨额罚款 has been given: a fine alone,
however high, is ordinary, which is the shorter term.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from records.policy import PublicityClass
from records.simple_procedure import simple_procedure
from records.values import Value, Values
from records.vocabulary import CodeTable, PenaltyCategory


@dataclass(frozen=True, slots=True)
class Weight:
    """Every class that applies, why (fixed words, never the row's own), and whether the procedure was simple."""

    reasons: dict[PublicityClass, str]
    simple: bool


def weigh(values: Values) -> Weight:
    """What a penalty's row says of its class."""
    categories = _categories(values.get("categories"))
    if simple := simple_procedure(values):
        return Weight({PublicityClass.LIGHT: f"简易程序 / simple procedure: {simple}"}, simple=True)
    if categories and categories <= _LIGHT and not _costs_money(values):
        return Weight({PublicityClass.LIGHT: _named(categories)}, simple=False)
    reasons = {PublicityClass.ORDINARY: _named(categories) or "处罚类别未知 / no category known"}
    if grave := categories & _GRAVE | _revocation(categories, values):
        reasons[PublicityClass.GRAVE] = _named(grave)
    if field := _safety_field(values):
        reasons[PublicityClass.SAFETY] = field
    return Weight(reasons, simple=False)


def texts_of(values: Values, *names: str) -> list[str]:
    """The texts in these fields, those that are there."""
    return [text for name in names if isinstance(text := values.get(name), str)]


_LIGHT = {PenaltyCategory.WARNING, PenaltyCategory.PUBLIC_CRITICISM}
_GRAVE: frozenset[CodeTable] = frozenset(
    (PenaltyCategory.BAN_FROM_INDUSTRY, PenaltyCategory.CLOSURE)
)


def _categories(stated: Value) -> frozenset[CodeTable]:
    return frozenset(stated) if isinstance(stated, tuple) else frozenset()


@lru_cache(maxsize=1024)
def _named(categories: frozenset[CodeTable]) -> str:
    labels = "、".join(code.label for code in PenaltyCategory if code in categories)
    return labels and f"处罚类别 / category: {labels}"


def _costs_money(values: Values) -> bool:
    amounts = (values.get("fine_amount"), values.get("confiscated_amount"))
    return any(isinstance(amount, Decimal) and amount > 0 for amount in amounts)


_REVOCATION: frozenset[CodeTable] = frozenset((PenaltyCategory.REVOCATION_OF_LICENSE,))
_REVOKED = re.compile(
    r"(?P<not>不(?:再|予|得|应|宜|作)?|未(?:予|被|曾)?|免予?|暂缓|撤销|曾被?|暂扣(?:或者?|、|/|和)"
    r"|将|可以?|拟|建议|提请|(?:情节严重|逾期[^，。；]{0,12})的，(?:依法|可以?|将)?)?"
    r"(?P<revoked>(?<!被)吊销)(?!通知|或者?暂扣|、?暂扣|[^，。；]{0,16}(?:已撤销|已被撤销|予以撤销))"
)


def _revocation(categories: frozenset[CodeTable], values: Values) -> frozenset[CodeTable]:
    """Revocation for certain: 暂扣或者吊销 as one code names both, then the text must impose 吊销."""
    if PenaltyCategory.REVOCATION_OF_LICENSE not in categories:
        return frozenset()
    if PenaltyCategory.SUSPENSION_OF_LICENSE not in categories:
        return _REVOCATION
    content = "".join(text for text in texts_of(values, "content"))
    imposed = "吊销" in content and any(
        not found["not"] for found in _REVOKED.finditer("".join(content.split()))
    )
    return _REVOCATION if imposed else frozenset()


_FIELD = r"食品|(?<![农兽])药品|特种设备|安全生产|消防"
_OPEN, _CLOSE = "《〈<＜", "》〉>＞"
_LAW_OF_FIELD = re.compile(
    rf"[{_OPEN}][^{_CLOSE}]*?({_FIELD})[^{_CLOSE}]*[{_CLOSE}]"
    rf"|({_FIELD})(?=[^{_OPEN}{_CLOSE}，。；、违反按依据公司的者]{{0,16}}?(?:法|条例|规定|办法|规程|细则)"
    r"(?:实施条例|实施细则)?(?:\(|（|第[0-9一二三四五六七八九十百]|的规定|$|[，。；、]))"
)
_VIOLATION_IN_FIELD = re.compile(rf"({_FIELD})")
_AUTHORITY_OF_FIELD = re.compile(r"(药品监督|安全生产监督|应急管理|消防)")
_EVIDENCE = (
    ("处罚依据 / legal basis", _LAW_OF_FIELD, ("legal_basis",)),
    ("违法行为 / violation", _VIOLATION_IN_FIELD, ("violation", "penalty_name")),
    ("处罚机关 / authority", _AUTHORITY_OF_FIELD, ("authority",)),
)


def _safety_field(values: Values) -> str:
    """What puts the decision into one of the fields with a longer minimum, or nothing."""
    for label, pattern, names in _EVIDENCE:
        for text in texts_of(values, *names):
            if found := pattern.search(text):
                return f"{label}: {found[found.lastindex or 0]}"
    return ""
