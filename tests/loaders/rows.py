"""Rows of the V2.1 tables as a clerk writes them: cells by official header, numbers computed, names invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from loaders.sources import SourceRow
from loaders.templates import Template, recognize
from loaders.validation import Draft, Rejected, validate
from records.dataset import Dataset
from tests.support import DATASETS, LICENSES, PENALTIES

TODAY = date(2026, 11, 25)
COMPANY_CODE = "91410329MA0000015N"
BUREAU_CODE = "11410329MB0000019D"
SHOP_CODE = "92410329MA9K0001XN"
ID_NUMBER = "410329198601010012"
REGISTRATION_NUMBER = "410329600001234"

_DECIDED_BY_BUREAU = {
    "数据来源单位": "伊川县市场监督管理局",
    "数据来源单位统一社会信用代码": BUREAU_CODE,
}
PENALTY: Mapping[str, str] = {
    "行政相对人名称": "伊川县青禾食品有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1(统一社会信用代码)": COMPANY_CODE,
    "法定代表人": "贺青禾",
    "行政处罚决定书文号": "伊市监罚〔2026〕15号",
    "违法行为类型": "经营超过保质期的食品",
    "违法事实": "经查，当事人销售超过保质期的面包十二袋。",
    "处罚依据": "《中华人民共和国食品安全法》第一百二十四条",
    "处罚类别": "罚款",
    "处罚内容": "罚款人民币贰仟元整。",
    "罚款金额（万元）": "0.2",
    "处罚决定日期": "2026/09/01",
    "处罚有效期": "2099/12/31",
    "处罚机关": "伊川县市场监督管理局",
    "处罚机关统一社会信用代码": BUREAU_CODE,
    **_DECIDED_BY_BUREAU,
}
LICENSE: Mapping[str, str] = {
    "行政相对人名称": "伊川县青禾食品有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1(统一社会信用代码)": COMPANY_CODE,
    "法定代表人": "贺青禾",
    "行政许可决定文书名称": "准予食品经营许可决定书",
    "行政许可决定文书号": "伊食许〔2026〕7号",
    "许可类别": "普通",
    "许可内容": "准予经营预包装食品。",
    "许可决定日期": "2026/03/02",
    "有效期自": "2026/03/02",
    "有效期至": "2031/03/01",
    "许可机关": "伊川县市场监督管理局",
    "许可机关统一社会信用代码": BUREAU_CODE,
    "当前状态": "1",
    **_DECIDED_BY_BUREAU,
}
PERSON: Mapping[str, str] = {
    "行政相对人名称": "段小满",
    "行政相对人类别": "自然人",
    "行政相对人代码_1(统一社会信用代码)": "",
    "法定代表人": "",
    "证件类型": "身份证",
    "证件号码": ID_NUMBER,
}
SHOP: Mapping[str, str] = {
    "行政相对人名称": "伊川县城关镇小满面馆",
    "行政相对人类别": "个体工商户",
    "行政相对人代码_1(统一社会信用代码)": SHOP_CODE,
    "法定代表人": "段小满",
}
"""Who a row is about; to be merged into PENALTY or LICENSE."""


def headers_of(dataset: Dataset, generation: str = "V2.1") -> tuple[str, ...]:
    return tuple(column.header for _, column in dataset.columns_of(generation))


def codes_of(dataset: Dataset, generation: str = "V2.1") -> tuple[str, ...]:
    return tuple(column.code for _, column in dataset.columns_of(generation))


def sheet(*rows: tuple[str, ...]) -> list[SourceRow]:
    return [SourceRow(line, cells) for line, cells in enumerate(rows, 1)]


def recognized(*headers: str) -> Template:
    return recognize(sheet(headers), tuple(DATASETS.values()))


def read(
    base: Mapping[str, str], changes: Mapping[str, str] | None = None, today: date = TODAY
) -> Draft | Rejected | None:
    """Validate a row: `base` with `changes`, headers beyond the official ones at its end."""
    cells = {**base, **(changes or {})}
    dataset = PENALTIES if "处罚机关" in base else LICENSES
    official = headers_of(dataset)
    headers = (*official, *(header for header in cells if header not in official))
    return validate(
        recognized(*headers), SourceRow(2, tuple(cells.get(h, "") for h in headers)), today
    )


def accepted(base: Mapping[str, str], changes: Mapping[str, str] | None = None) -> Draft:
    outcome = read(base, changes)
    assert isinstance(outcome, Draft), outcome
    return outcome


def rejected(base: Mapping[str, str], changes: Mapping[str, str] | None = None) -> Rejected:
    outcome = read(base, changes)
    assert isinstance(outcome, Rejected), outcome
    return outcome


def reasons(base: Mapping[str, str], changes: Mapping[str, str] | None = None) -> set[str]:
    """Why a row is rejected, as `CODE field`."""
    return {f"{issue.code} {issue.field}" for issue in rejected(base, changes).issues}


def warnings(base: Mapping[str, str], changes: Mapping[str, str] | None = None) -> set[str]:
    """What is odd about an accepted row, as `CODE field`."""
    return {f"{w.code} {w.field}".rstrip() for w in accepted(base, changes).warnings}
