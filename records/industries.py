"""国民经济行业分类: the sections (门类) of GB/T 4754-2017 with its amendment of 2019."""

from __future__ import annotations

from collections.abc import Mapping

SECTIONS = (
    ("A", "农、林、牧、渔业", 5),
    ("B", "采矿业", 12),
    ("C", "制造业", 43),
    ("D", "电力、热力、燃气及水生产和供应业", 46),
    ("E", "建筑业", 50),
    ("F", "批发和零售业", 52),
    ("G", "交通运输、仓储和邮政业", 60),
    ("H", "住宿和餐饮业", 62),
    ("I", "信息传输、软件和信息技术服务业", 65),
    ("J", "金融业", 69),
    ("K", "房地产业", 70),
    ("L", "租赁和商务服务业", 72),
    ("M", "科学研究和技术服务业", 75),
    ("N", "水利、环境和公共设施管理业", 79),
    ("O", "居民服务、修理和其他服务业", 82),
    ("P", "教育", 83),
    ("Q", "卫生和社会工作", 85),
    ("R", "文化、体育和娱乐业", 90),
    ("S", "公共管理、社会保障和社会组织", 96),
    ("T", "国际组织", 97),
)
"""Letter, name, last division."""

_DIVISIONS = (
    "农业", "林业", "畜牧业", "渔业", "房地产业", "保险业", "居民服务业", "卫生", "零售业", "批发业", "住宿业", "餐饮业",
)  # fmt: skip
LABELS: Mapping[str, str] = {
    name: name for name in (*(name for _, name, _ in SECTIONS), *_DIVISIONS)
}
"""Names of industries, which are no names of people although some look like them (金融业)."""
