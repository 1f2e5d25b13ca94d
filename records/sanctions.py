"""The class of a penalty, by the content of its decision: what it imposes, by which procedure, in which field.

Which fields count and that several kinds go by the longest term: 国家发展改革委令第58号, 第36号. By which words
a field is recognized is the county's choice. No threshold for 较大数额 or 巨额罚款 has been given: a fine alone,
however high, is ordinary, which is the shorter term.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from records.policy import PublicityClass
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
    if simple := _simple_procedure(values):
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
_GRAVE: set[CodeTable] = {PenaltyCategory.BAN_FROM_INDUSTRY, PenaltyCategory.CLOSURE}


def _categories(stated: Value) -> set[CodeTable]:
    return set(stated) if isinstance(stated, tuple) else set()


def _named(categories: set[CodeTable]) -> str:
    labels = "、".join(code.label for code in PenaltyCategory if code in categories)
    return labels and f"处罚类别 / category: {labels}"


def _costs_money(values: Values) -> bool:
    amounts = (values.get("fine_amount"), values.get("confiscated_amount"))
    return any(isinstance(amount, Decimal) and amount > 0 for amount in amounts)


def _revocation(categories: set[CodeTable], values: Values) -> set[CodeTable]:
    """Revocation for certain: 暂扣或者吊销 as one code names both, then the text must say 吊销."""
    revocation: set[CodeTable] = {PenaltyCategory.REVOCATION_OF_LICENSE}
    if not revocation <= categories:
        return set()
    if PenaltyCategory.SUSPENSION_OF_LICENSE not in categories:
        return revocation
    return revocation if any("吊销" in text for text in texts_of(values, "content")) else set()


_SIMPLE_PROCEDURE = re.compile(
    r"(?<!不适用)(?<!不符合)(?<!非)简易程序(?![^，。；]{0,6}转)|当场(?:作出|予以|给予)?(?:的)?(?:行政)?处罚|简罚|当罚|当场罚款"
)
_IN_SHORT = ("document_number", "remark")
_IN_FULL = (*_IN_SHORT, "facts", "content", "legal_basis", "violation")


def _simple_procedure(values: Values) -> str:
    """The words that say so, or nothing."""
    for text in texts_of(values, *_IN_FULL):
        if found := _SIMPLE_PROCEDURE.search(text):
            return found[0]
    return "当场" if any("当场" in text for text in texts_of(values, *_IN_SHORT)) else ""


_FIELD = r"食品|(?<![农兽])药品|特种设备|安全生产|消防"
_LAW_OF_FIELD = re.compile(rf"《[^》]*?({_FIELD})[^》]*》")
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
                return f"{label}: {found[1]}"
    return ""
