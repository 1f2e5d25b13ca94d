"""Currencies of registered capital by ISO 4217, old ones too: what was registered in them stays so."""

from __future__ import annotations

from collections.abc import Mapping

CURRENCIES: Mapping[str, str] = {
    "CNY": "人民币",
    "USD": "美元",
    "HKD": "港币",
    "MOP": "澳门币",
    "TWD": "新台币",
    "JPY": "日元",
    "EUR": "欧元",
    "GBP": "英镑",
    "CHF": "瑞士法郎",
    "CAD": "加拿大元",
    "AUD": "澳大利亚元",
    "NZD": "新西兰元",
    "SGD": "新加坡元",
    "KRW": "韩元",
    "THB": "泰铢",
    "MYR": "林吉特",
    "IDR": "印度尼西亚卢比",
    "INR": "印度卢比",
    "PHP": "菲律宾比索",
    "VND": "越南盾",
    "RUB": "俄罗斯卢布",
    "KZT": "哈萨克斯坦坚戈",
    "MNT": "蒙古图格里克",
    "SEK": "瑞典克朗",
    "DKK": "丹麦克朗",
    "NOK": "挪威克朗",
    "ZAR": "南非兰特",
    "BRL": "巴西雷亚尔",
    "AED": "阿联酋迪拉姆",
    "SAR": "沙特里亚尔",
    "TRY": "土耳其里拉",
    "DEM": "德国马克",
    "FRF": "法国法郎",
    "ITL": "意大利里拉",
    "NLG": "荷兰盾",
    "BEF": "比利时法郎",
    "ATS": "奥地利先令",
    "ESP": "西班牙比塞塔",
    "FIM": "芬兰马克",
}
"""Letters → Chinese name."""
