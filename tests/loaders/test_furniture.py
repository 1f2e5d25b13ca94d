"""Rows that are no data, and rows that only look like it."""

from __future__ import annotations

import pytest

from loaders.sources import SourceRow
from loaders.validation import Rejected, validate
from tests.loaders.rows import (
    COMPANY_CODE,
    PENALTY,
    TODAY,
    accepted,
    headers_of,
    recognized,
)
from tests.support import PENALTIES

BLANK = ("",) * 30


@pytest.mark.parametrize(
    "cells",
    [
        (),
        BLANK,
        (" ", "\u3000", "\t"),
        ("/",) * 30,
        ("表格说明：1.日期格式为YYYY/MM/DD",),
        ("", "表格说明", ""),
        ("填表说明：金额单位为万元", *BLANK),
        ("注：本表由数据来源单位填报",),
        ("3", "表格说明：1.日期格式为YYYY/MM/DD"),
        ("4", "填表人：段小满", "审核人：贺青禾"),
        ("5", "合计", "", "12.5"),
        ("合计",),
        ("合计", "", "", "12.5"),
        ("总 计：", "3条"),
        ("填表人：段小满", "", "审核人：贺青禾", "2026/11/01"),
        headers_of(PENALTIES),
        tuple(f" {header}" for header in headers_of(PENALTIES)),
    ],
    ids=str,
)
def test_rows_that_are_no_data(cells: tuple[str, ...]) -> None:
    assert validate(recognized(*headers_of(PENALTIES)), SourceRow(9, cells), TODAY) is None


@pytest.mark.parametrize(
    "name", ["注册会计师事务所有限公司", "合计餐饮管理有限公司", "说明书印刷厂"]
)
def test_a_subject_is_no_foot(name: str) -> None:
    accepted({**PENALTY, "行政相对人名称": name})
    template = recognized(*headers_of(PENALTIES))
    assert isinstance(validate(template, SourceRow(9, (name,)), TODAY), Rejected)


def test_a_note_with_other_cells_filled_is_no_foot() -> None:
    template = recognized(*headers_of(PENALTIES))
    row = SourceRow(9, ("备注", "法人及非法人组织", COMPANY_CODE))
    assert isinstance(validate(template, row, TODAY), Rejected)
