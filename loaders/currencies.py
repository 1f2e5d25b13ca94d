"""Currencies as registers write them: Chinese words, ISO 4217 letters and numbers → the three letters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from loaders.cells import Finding, Parsed, Severity
from records.folding import fold

YUAN_RENMINBI = "CNY"

_SPELLINGS: Mapping[str, str] = {
    "CNY": "156 人民币 人民幣 RMB CNH ¥ ￥ 本币 中国",
    "USD": "840 美元 美金 美 US$ $ 美国",
    "HKD": "344 港币 港幣 港元 港 香港币 香港 HK$",
    "MOP": "446 澳门币 澳门 澳門幣 澳币门 MOP$",
    "TWD": "901 新台币 新臺幣 台币 臺幣 台湾 新台 NTD NT$",
    "JPY": "392 日元 日圆 日币 日 日本",
    "EUR": "978 欧元 欧 € 欧洲货币",
    "GBP": "826 英镑 英磅 英 £",
    "CHF": "756 瑞士法郎 瑞郎",
    "CAD": "124 加拿大元 加元 加币 加拿大 加",
    "AUD": "036 澳大利亚元 澳元 澳大利亚 澳",
    "NZD": "554 新西兰元 新西兰 纽元",
    "SGD": "702 新加坡元 新加坡币 新加坡 新元 坡币",
    "KRW": "410 韩元 韩国元 韩圆 韩币 韩 韩国",
    "THB": "764 泰铢 泰国铢 泰币",
    "MYR": "458 林吉特 马来西亚林吉特 马币 马来西亚元",
    "IDR": "360 印度尼西亚卢比 印尼盾 印尼卢比",
    "INR": "356 印度卢比",
    "PHP": "608 菲律宾比索",
    "VND": "704 越南盾",
    "RUB": "643 俄罗斯卢布 卢布 俄卢布",
    "KZT": "398 哈萨克斯坦坚戈 坚戈",
    "MNT": "496 蒙古图格里克 图格里克",
    "SEK": "752 瑞典克朗",
    "DKK": "208 丹麦克朗",
    "NOK": "578 挪威克朗",
    "ZAR": "710 南非兰特",
    "BRL": "986 巴西雷亚尔",
    "AED": "784 阿联酋迪拉姆 迪拉姆",
    "SAR": "682 沙特里亚尔",
    "TRY": "949 土耳其里拉",
    "DEM": "276 280 德国马克 西德马克 马克",
    "FRF": "250 法国法郎 法郎",
    "ITL": "380 意大利里拉 里拉",
    "NLG": "528 荷兰盾",
    "BEF": "056 比利时法郎",
    "ATS": "040 奥地利先令",
    "ESP": "724 西班牙比塞塔",
    "FIM": "246 芬兰马克",
}  # fmt: skip
"""Old ones, too: capital was registered in them, and what was registered stays so."""

_LETTERS = {
    fold(spelling): letters
    for letters, spellings in _SPELLINGS.items()
    for spelling in (letters, *spellings.split())
}
_UNIT_WORDS = "元圆圓"


@lru_cache(maxsize=256)
def currency_of(text: str) -> str:
    """The ISO 4217 letters that a text names in words, letters or numbers; "" for none that is known.

    万美元, 美元（万元） and 036 as a spreadsheet leaves it (36, 36.0) are read, too.
    """
    folded = fold(text).removesuffix(".0")
    known = _LETTERS.get(folded) or (_LETTERS.get(folded.zfill(3)) if folded.isdecimal() else None)
    if known:
        return known
    word = "".join(c for c in folded if c not in "()万亿").rstrip(_UNIT_WORDS)
    word = word.removeprefix("元") or word
    return _LETTERS.get(word) or _LETTERS.get(f"{word}元") or ""


def read_currency(text: str) -> Parsed:
    """The cell of a column of currencies; one that is not known is left out with UNKNOWN_CODE."""
    return currency_of(text) or _UNKNOWN


_UNKNOWN = Finding(
    "UNKNOWN_CODE",
    Severity.WARN,
    "币种不能识别，未采用 / the currency is not known",
    "写明币种，如 人民币、美元、USD 或 156 / write the currency, as 人民币, USD or 156",
)
