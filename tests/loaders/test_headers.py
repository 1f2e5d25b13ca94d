"""What errors may quote of a header, which may be a cell of a data row."""

from __future__ import annotations

import pytest

from loaders.headers import quotable
from records.dataset import Dataset
from tests.loaders.rows import codes_of, headers_of
from tests.support import DATASETS


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("孙晓梅", "晓梅"),
        ("经办人：孙晓梅", "晓梅"),
        ("备注（孙晓梅）", "晓梅"),
        ("孙 晓 梅", "晓"),
        ("欧阳人杰", "人杰"),
        ("经办人孙晓梅", "晓梅"),
        ("Sun Xiaomei", "Xiaomei"),
        ("阿依古丽·买买提", "买买提"),
        ("鸦岭镇李沟村3组", "李沟村"),
        ("豫CK1234", "1234"),
        ("sunxm83@163.com", "sunxm83"),
        ("139 3790 6512", "3790"),
        ("４１０３２９１９８６０１０１００１２", "1986"),
    ],
)
def test_personal_values_are_masked(text: str, personal: str) -> None:
    assert personal not in quotable(text)


@pytest.mark.parametrize(
    "text",
    [
        "序号", "备注2", "经办人", "案件来源", "企业名称", "计划编号", "成立日期", "单位名称", "时间", "金额（万元）",
        "强制措施", "许可证号", "住所", "CF_XDR_LB", "BZ", "remark", "行政相对人代码_5", "数据使用范围说明",
    ],
)  # fmt: skip
def test_plain_headers_stay_readable(text: str) -> None:
    assert quotable(text) == quotable(text.replace("（", "(").replace("）", ")"))
    assert "*" not in quotable(text)
    assert "【" not in quotable(text)


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda d: d.name)
def test_official_headers_stay_readable(dataset: Dataset) -> None:
    for generation in dataset.templates:
        for header in (*headers_of(dataset, generation), *codes_of(dataset, generation)):
            assert "*" not in quotable(header)
            assert "【" not in quotable(header)
