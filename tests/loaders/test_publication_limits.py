"""Columns that limit publication: whatever is wrong with them, nothing is published for it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from loaders.pipeline import LoadOptions, load_file
from records.intake import Intake
from records.vocabulary import RecordStatus, UsageScope
from tests.loaders.bad_files import changed_part
from tests.loaders.old_rows import (
    V1_LICENSE,
    V1_PENALTY,
    V2_PENALTY,
    Cells,
    values_of,
    warnings_of,
)
from tests.support import DATASETS

SHEET = "xl/worksheets/sheet1.xml"
SCOPE, STATE = "信息使用范围", "当前状态"
ALL = tuple(DATASETS.values())
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


@pytest.mark.parametrize("computed", [False, True])
def test_a_zero_that_only_holds_the_place_of_a_value_is_no_scope(
    intake: Intake, tmp_path: Path, computed: bool
) -> None:
    path = tmp_path / "许可.xlsx"
    _xlsx(path, {**V1_LICENSE, SCOPE: "=1+0"})
    content = changed_part(path.read_bytes(), SHEET, "<f>1+0</f><v />", "<f>1+0</f><v>0</v>")
    if computed:
        content = changed_part(content, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    path.write_bytes(content)

    report = load_file(path, intake, ALL, LoadOptions())

    assert (report.refused is None) is computed


LINE = ",".join(V1_LICENSE.values())


@pytest.mark.parametrize(
    ("lines", "rejected"),
    [
        (LINE.removesuffix("0"), 1),
        (LINE.removesuffix(",,0"), 1),
        (LINE.removesuffix(",0") + "\n" + LINE, 1),
        (LINE.removesuffix("0") + "\n", 0),
        (LINE.removesuffix("0") + '""', 0),
        (LINE, 0),
    ],
)
def test_a_row_that_breaks_off_before_its_scope_is_rejected(
    intake: Intake, tmp_path: Path, lines: str, rejected: int
) -> None:
    (tmp_path / "许可.csv").write_text(",".join(V1_LICENSE) + "\n" + lines, encoding="utf-8")

    report = load_file(tmp_path / "许可.csv", intake, ALL, LoadOptions())

    assert report.reasons["ROW_INCOMPLETE"] == report.counts["rejected"] == rejected


def test_a_scope_whose_header_is_blank_is_named_by_its_letter(
    intake: Intake, tmp_path: Path
) -> None:
    headers = list(V1_LICENSE)
    lines = [[*headers[:-1], "", "自编序号"], [*V1_LICENSE.values(), "1"]]
    (tmp_path / "许可.csv").write_text("\n".join(map(",".join, lines)), encoding="utf-8")

    report = load_file(tmp_path / "许可.csv", intake, ALL, LoadOptions())

    assert report.warnings["EXTRA_CELLS"] == 1
    assert any(note.endswith(": T") for note in report.notes)


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_a_workbook_leaves_out_empty_cells(intake: Intake, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"许可.{suffix}"
    row = {**V1_LICENSE, SCOPE: ""}
    (_xlsx if suffix == "xlsx" else _xls)(path, row)

    assert load_file(path, intake, ALL, LoadOptions()).counts["inserted"] == 1


def _xlsx(path: Path, row: Cells) -> None:
    workbook = Workbook()
    for cells in (list(row), list(row.values())):
        workbook.worksheets[0].append(cells)
    workbook.save(path)


def _xls(path: Path, row: Cells) -> None:
    workbook = xlwt.Workbook()
    table = workbook.add_sheet("许可")
    for line, cells in enumerate((list(row), list(row.values()))):
        for column, cell in enumerate(cells):
            if cell:
                table.write(line, column, cell)
    workbook.save(str(path))


@pytest.mark.parametrize(
    ("row", "refused"),
    [({**V1_LICENSE, SCOPE: "=1+0"}, True), ({**V2_PENALTY, "备注": "=1+0"}, False)],
)
def test_formulas_without_a_value_refuse_a_sheet_with_a_scope(
    intake: Intake, tmp_path: Path, row: Cells, refused: bool
) -> None:
    _xlsx(tmp_path / "许可.xlsx", row)

    report = load_file(tmp_path / "许可.xlsx", intake, ALL, LoadOptions())

    assert (report.refused is not None and "公式" in report.refused.message) is refused
