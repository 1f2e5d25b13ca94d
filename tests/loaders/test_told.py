"""Mapping files: what the columns of a file mean, and what every row says without a column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loaders.sources import SourceRow
from loaders.templates import Template, recognize
from loaders.told import Told, read_mapping
from loaders.validation import Draft, validate
from records.errors import TemplateError
from records.lists import find_list
from tests.support import COMPANY_CODE, DATASETS

ALL = tuple(DATASETS.values())
TODAY = date(2026, 11, 25)
FIRM = "伊川县青禾食品有限公司"


def template_of(headers: str, told: Told) -> Template:
    return recognize([SourceRow(1, tuple(headers.split()))], ALL, told=told)


def of_list(code: str) -> Told:
    known = find_list(code)
    assert known is not None
    return Told(known.stated)


def mapped(tmp_path: Path, text: str, code: str = "OVERLOAD") -> Told:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    return read_mapping(tmp_path / "map.toml", of_list(code), ALL)


MAPPING = """
[columns]
"单位" = "企业名称"
"信用码" = "creditCode"
"为什么" = "reason"
"是否公示" = ""
[values]
"列入日期" = 2026-03-02
"authority" = "伊川县交通运输局"
"""


def test_a_mapping_file_says_what_columns_mean_and_what_every_row_says(tmp_path: Path) -> None:
    found = template_of("单位 信用码 为什么 是否公示", mapped(tmp_path, MAPPING))
    row = validate(found, SourceRow(2, (FIRM, COMPANY_CODE, "超限三次", "否")), TODAY)
    assert isinstance(row, Draft)
    assert row.values["subject_name"] == FIRM
    assert row.values["credit_code"] == COMPANY_CODE
    assert row.values["reason"] == "超限三次"
    assert row.values["listed_on"] == date(2026, 3, 2)
    assert row.values["authority"] == "伊川县交通运输局"


def test_a_cell_counts_more_than_what_every_row_says(tmp_path: Path) -> None:
    found = template_of("单位 列入日期", mapped(tmp_path, MAPPING))
    row = validate(found, SourceRow(2, (FIRM, "2026年07月13日")), TODAY)
    assert isinstance(row, Draft)
    assert row.values["listed_on"] == date(2026, 7, 13)


@pytest.mark.parametrize(
    "text",
    [
        '[columns]\n"甲" = "没有的列"',
        '[columns\n"甲" = 1',
        '[rows]\n"甲" = "企业名称"',
        '[columns]\n"甲" = ["企业名称"]',
        "columns = 1",
    ],
)
def test_a_mapping_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateError) as refused:
        mapped(tmp_path, text)
    assert "[columns]" in refused.value.suggestion


def test_a_value_that_its_column_would_reject_is_refused(tmp_path: Path) -> None:
    told = mapped(tmp_path, '[values]\n"列入日期" = "2026/13/01"')
    with pytest.raises(TemplateError):
        template_of("企业名称 失信行为", told)
