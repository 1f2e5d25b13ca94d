"""What a load tells about the file beyond its rows."""

from __future__ import annotations

from pathlib import Path

import xlwt
from openpyxl import Workbook

from loaders.pipeline import LoadOptions, load_file
from records.intake import Intake
from records.sources import rejections
from tests.loaders.rows import PENALTY, headers_of
from tests.support import DATASETS, PENALTIES


def test_skipped_sheets_are_named(tmp_path: Path, intake: Intake) -> None:
    workbook = Workbook()
    headers = headers_of(PENALTIES)
    workbook.worksheets[0].append(headers)
    workbook.worksheets[0].append([PENALTY.get(header, "") for header in headers])
    workbook.create_sheet("字典").append(["代码", "含义"])
    workbook.create_sheet("贺青禾").append(["x"])
    workbook.create_sheet("旧表").sheet_state = "hidden"
    workbook.save(tmp_path / "报送.xlsx")

    report = load_file(tmp_path / "报送.xlsx", intake, tuple(DATASETS.values()), LoadOptions())

    assert report.counts["inserted"] == 1
    skipped, hidden = report.notes
    assert skipped.endswith(": 字典、贺*")
    assert hidden.endswith(": 旧表")


def test_a_withdrawal_that_meets_no_record_says_so(tmp_path: Path, intake: Intake) -> None:
    headers = headers_of(PENALTIES)
    cells = [PENALTY.get(header, "") for header in headers]
    file = tmp_path / "撤下.csv"
    file.write_text(f"{','.join(headers)}\n{','.join(cells)}\n", encoding="utf-8")
    datasets, withdraw = tuple(DATASETS.values()), LoadOptions(withdraw=True)

    missed = load_file(file, intake, datasets, withdraw)

    assert missed.counts["withdrawn"] == 1
    assert missed.warnings["NOTHING_TO_WITHDRAW"] == 1
    assert load_file(file, intake, datasets, withdraw).warnings["NOTHING_TO_WITHDRAW"] == 0


def test_a_sheet_whose_name_is_not_printable_is_loaded(tmp_path: Path, intake: Intake) -> None:
    workbook, headers = xlwt.Workbook(), headers_of(PENALTIES)
    sheet = workbook.add_sheet("penalty")
    for column, header in enumerate(headers):
        sheet.write(0, column, header)
        sheet.write(1, column, PENALTY.get(header, "") if header != "处罚决定日期" else "?")
    path = tmp_path / "报送.xls"
    workbook.save(str(path))
    path.write_bytes(path.read_bytes().replace(b"penalty", b"pena\0ty"))

    report = load_file(path, intake, tuple(DATASETS.values()), LoadOptions())

    assert report.counts["rejected"] == 1
    (rejected,) = rejections(intake.store)
    assert rejected["sheet"] == "pena\N{REPLACEMENT CHARACTER}ty"
