"""Merged cells as a person sees them: one value beside several rows counts for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from loaders.sources import SourceRow, open_source
from loaders.sources.merged_cells import Merge, unmerged
from tests.loaders.rows import sheet
from tests.loaders.test_excel_source import SHEET, rewritten, rows_of


def cells(merges: Sequence[Merge], *rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [row.cells for row in unmerged(sheet(*rows), merges)]


def test_the_value_counts_for_every_covered_row() -> None:
    rows = [("a", "1"), ("", "2"), ("", "3"), ("", "4")]
    assert cells([Merge(0, 1, 3)], *rows) == [("a", "1"), ("a", "2"), ("a", "3"), ("", "4")]


def test_rows_that_end_before_the_merge_are_lengthened() -> None:
    assert cells([Merge(2, 1, 2)], ("1", "", "x"), ("2",)) == [("1", "", "x"), ("2", "", "x")]


def test_a_row_of_several_lines_stays_one_row() -> None:
    merges = [Merge(0, 1, 2), Merge(1, 1, 2)]
    assert cells(merges, ("a", "1"), (), ("b", "2")) == [("a", "1"), (), ("b", "2")]


def test_a_cell_of_its_own_is_kept() -> None:
    assert cells([Merge(0, 1, 2)], ("a", "1"), ("b", "2")) == [("a", "1"), ("b", "2")]


def test_one_merge_follows_the_other() -> None:
    merges = [Merge(0, 1, 2), Merge(0, 3, 4)]
    assert [c[0] for c in cells(merges, ("a", "1"), ("", "2"), ("b", "3"), ("", "4"))] == list(
        "aabb"
    )


def test_an_empty_merge_fills_nothing() -> None:
    assert cells([Merge(5, 1, 9)], ("a",), ("b",)) == [("a",), ("b",)]


def workbook(tmp_path: Path, *merges: str) -> list[SourceRow]:
    book = Workbook()
    table = book.worksheets[0]
    for row in (("名称", "内容", "x"), ("甲", "1", "p"), ("乙", "2", "q"), ("丙", "3", "r")):
        table.append(row)
    for merge in merges:
        table.merge_cells(merge)
    book.save(tmp_path / "x.xlsx")
    with open_source(tmp_path / "x.xlsx") as source:
        return list(source.sheets[0].rows())


def test_merges_of_a_workbook_are_found(tmp_path: Path) -> None:
    rows = workbook(tmp_path, "A2:A4", "C3:C4")
    assert [row.cells for row in rows[1:]] == [("甲", "1", "p"), ("甲", "2", "q"), ("甲", "3", "q")]


@pytest.mark.parametrize("merge", ["A2:B2", "A2:B4"])
def test_merges_across_columns_stay_as_they_are(tmp_path: Path, merge: str) -> None:
    assert workbook(tmp_path, merge)[1].cells == ("甲", "", "p")


def test_a_merge_down_to_the_end_of_all_sheets_adds_no_rows(tmp_path: Path) -> None:
    workbook(tmp_path, "B2:B3")
    path = rewritten(tmp_path / "x.xlsx", SHEET, lambda text: text.replace("B2:B3", "B2:B1048576"))
    assert [row.cells[1] for row in rows_of(path)] == ["内容", "1", "1", "3"]
