"""Columns that limit publication: whatever is wrong with them, nothing is published for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from loaders.pipeline import LoadOptions, load_file
from records.intake import Intake
from records.vocabulary import RecordStatus, UsageScope
from tests.loaders.old_rows import (
    V1_LICENSE,
    V1_PENALTY,
    V2_PENALTY,
    Cells,
    values_of,
    warnings_of,
)
from tests.support import DATASETS

SCOPE, STATE = "信息使用范围", "当前状态"
BOTH = (V1_LICENSE, V1_PENALTY)


@pytest.mark.parametrize("base", BOTH)
@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#n/a", "#VALUE!"])
def test_a_cell_that_cannot_be_used_is_not_a_blank_one(base: Cells, cell: str) -> None:
    for header, name, unknown in _UNKNOWN:
        row = {**base, header: cell}
        assert values_of(row)[name] is unknown
        assert f"SPREADSHEET_ERROR {name}" in warnings_of(row)


_UNKNOWN = (
    (SCOPE, "usage_scope", UsageScope.OTHER),
    (STATE, "status", RecordStatus.OTHER),
)


@pytest.mark.parametrize("cell", ["=1+0", "\x02", "#REF！"])
def test_what_is_no_code_is_not_public(cell: str) -> None:
    assert values_of({**V1_LICENSE, SCOPE: cell})["usage_scope"] is UsageScope.OTHER


@pytest.mark.parametrize("cell", ["", "/", " "])
def test_a_blank_cell_stays_blank(cell: str) -> None:
    assert "usage_scope" not in values_of({**V1_LICENSE, SCOPE: cell})


@pytest.mark.parametrize(
    ("row", "refused"),
    [({**V1_LICENSE, SCOPE: "=1+0"}, True), ({**V2_PENALTY, "备注": "=1+0"}, False)],
)
def test_formulas_without_a_value_refuse_a_sheet_with_a_scope(
    intake: Intake, tmp_path: Path, row: Cells, refused: bool
) -> None:
    workbook = Workbook()
    for cells in (list(row), list(row.values())):
        workbook.worksheets[0].append(cells)
    workbook.save(tmp_path / "许可.xlsx")

    report = load_file(tmp_path / "许可.xlsx", intake, tuple(DATASETS.values()), LoadOptions())

    assert (report.refused is not None and "公式" in report.refused.message) is refused
