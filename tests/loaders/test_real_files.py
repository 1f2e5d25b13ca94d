"""Real files and rows as they were met, kept outside the project: XINCHA_DATA names their folder."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import pytest

from loaders.pipeline import LoadOptions
from records.sources import rejections
from tests.loaders.rows import PENALTY, headers_of
from tests.support import PENALTIES
from xincha.commands.data import load_files
from xincha.wiring import House

DATA = Path(os.environ.get("XINCHA_DATA", ""))
pytestmark = pytest.mark.skipif(
    "XINCHA_DATA" not in os.environ, reason="XINCHA_DATA names no folder of real files"
)


LISTS = ("work_safety_blacklist_ocr_37.csv", "illegal_fundraising_ocr.csv")
"""Known by their headers: tests/loaders/test_real_lists.py."""


def real_files() -> list[Path]:
    folder = DATA / "credit_records"
    files = sorted(p for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else []
    return [path for path in files if path.name not in LISTS]


@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name)
def test_a_file_that_is_no_template_is_refused_with_a_clear_report(
    path: Path, house: House
) -> None:
    (report,) = load_files([path], house, LoadOptions())
    assert report.refused is not None
    assert report.refused.message
    assert report.refused.suggestion
    assert house.store.revision() == 0


def malformed() -> list[list[str]]:
    with gzip.open(DATA / "malformed_rows.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def test_odd_names_and_codes_are_records_or_rejections_and_none_is_lost(
    house: House, tmp_path: Path
) -> None:
    headers = headers_of(PENALTIES)
    rows = []
    for number, odd in enumerate(malformed(), 1):
        cells = {
            **PENALTY,
            "行政处罚决定书文号": f"伊市监罚〔2026〕{number}号",
            "行政相对人名称": odd[3] if len(odd) > 3 else "",
            "行政相对人代码_1(统一社会信用代码)": odd[4] if len(odd) > 4 else "",
        }
        rows.append([cells.get(header, "") for header in headers])
    with (tmp_path / "odd.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *rows])

    (report,) = load_files([tmp_path / "odd.csv"], house, LoadOptions())

    assert report.refused is None
    assert report.counts["read"] == len(rows) == 781
    assert report.counts["inserted"] + report.counts["rejected"] == len(rows)
    told = list(rejections(house.store))
    assert len({row["line"] for row in told}) == report.counts["rejected"]
    assert all(row["code"] and row["message"] and row["fix"] for row in told)
