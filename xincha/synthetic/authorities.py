"""Invented authorities of a county: who grants and who punishes."""

from __future__ import annotations

from dataclasses import dataclass

from xincha.synthetic.names import Place
from xincha.synthetic.numbers import credit_code


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority with its credit code and the sign in its decision numbers."""

    name: str
    code: str
    sign: str


_OFFICES = {
    "market": ("市场监督管理局", "市监"),
    "emergency": ("应急管理局", "应急"),
    "traffic": ("公安局交通警察大队", "公交"),
    "police": ("公安局", "公"),
    "transport": ("交通运输局", "交"),
    "environment": ("生态环境局", "环"),
    "urban": ("城市管理局", "城管"),
    "health": ("卫生健康委员会", "卫"),
    "fire": ("消防救援大队", "消"),
    "land": ("自然资源局", "自然资"),
    "approval": ("行政审批和政务信息管理局", "行审"),
    "housing": ("住房和城乡建设局", "建"),
    "agriculture": ("农业农村局", "农"),
}


def authorities_of(place: Place) -> dict[str, Authority]:
    """All authorities of one county by their key."""
    return {
        key: Authority(
            place.county + name,
            credit_code("11", place.region, serial, digits_only=serial % 2 == 0),
            place.sign + sign,
        )
        for serial, (key, (name, sign)) in enumerate(_OFFICES.items(), start=101)
    }
