from __future__ import annotations

import pytest

from records.brands import brand, same_brand


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("伊川县恒通建材有限公司", "恒通"),
        ("洛阳市恒通商贸有限责任公司", "恒通"),
        ("河南省洛阳市恒通（集团）股份有限公司", "恒通"),
        ("恒通（河南）建材有限公司", "恒通"),
        ("伊川县城关镇郭小满烩面馆", "郭小满"),
        ("伊川县人民政府", "伊川县"),
        ("建材有限公司", "建材"),
        ("", ""),
    ],
)
def test_the_brand_is_between_region_and_industry(name: str, expected: str) -> None:
    assert brand(name) == expected


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("伊川县恒通建材有限公司", "伊川县恒通建材厂", True),
        ("伊川县恒通建材有限公司", "洛阳恒通商贸有限公司", True),
        ("伊川县恒通建材有限公司", "伊川县盛达建材有限公司", False),
        ("伊川县公安局", "伊川县教育局", False),
        ("伊川县恒通建材有限公司", "伊川县 恒通建材有限公司", True),
        ("建材有限公司", "商贸有限公司", False),
    ],
)
def test_one_bearer_has_one_brand(first: str, second: str, same: bool) -> None:
    assert same_brand(first, second) is same
    assert same_brand(second, first) is same
