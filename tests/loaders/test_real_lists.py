"""Real lists as they were published, kept outside the project: XINCHA_DATA names their folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders.pipeline import FileReport, LoadOptions
from loaders.told import NOTHING_TOLD, Told, read_mapping
from records.lists import find_list
from records.sources import rejections
from xincha.commands.data import load_files
from xincha.wiring import House

DATA = Path(os.environ.get("XINCHA_DATA", "")) / "credit_records"
pytestmark = pytest.mark.skipif(
    "XINCHA_DATA" not in os.environ, reason="XINCHA_DATA names no folder of real files"
)
ENTRIES = "list_entries"


@dataclass(frozen=True)
class RealList:
    """One file: the list that has to be told, a mapping, its rows, and how many at least are accepted."""

    file: str
    code: str = ""
    mapping: str = ""
    rows: int = 0
    least: int = 0


LISTS = (
    RealList("ecommerce_blacklist_500.csv", "ECOMMERCE", rows=500, least=400),
    RealList("original_excel/91855.xlsx", "ECOMMERCE", rows=500, least=400),
    RealList("transport_overload_blacklist_270.csv", "OVERLOAD", rows=270, least=260),
    RealList(
        "original_excel/93516.xls",
        "OVERLOAD",
        '[columns]\n"所在省份" = "province"\n[values]\n"列入日期" = "2017-11-01"\n"认定单位" = "交通运输部"',
        rows=270,
        least=260,
    ),
    RealList(
        "work_safety_blacklist_ocr_37.csv",
        mapping='[columns]\n"失信行为筒况" = "失信行为简况"',
        rows=36,
        least=20,
    ),
    RealList("illegal_fundraising_ocr.csv", rows=144, least=70),
    RealList(
        "finance_judgment_debtor_ocr.csv",
        "JUDGMENT_DEBTOR",
        '[columns]\n"汍行法院" = "执行法院"',
        rows=181,
        least=90,
    ),
    RealList("military_procurement_suppliers.csv", "MILITARY_PROCUREMENT", rows=20, least=20),
)


def told(real: RealList, house: House, folder: Path) -> Told:
    known = find_list(real.code) if real.code else None
    said = Told(known.stated) if known else NOTHING_TOLD
    if not real.mapping:
        return said
    (folder / "mapping.toml").write_text(real.mapping, encoding="utf-8")
    return read_mapping(folder / "mapping.toml", said, house.datasets)


def loaded(real: RealList, house: House, folder: Path) -> FileReport:
    options = LoadOptions(dataset=ENTRIES if real.code else None, told=told(real, house, folder))
    (report,) = load_files([DATA / real.file], house, options)
    return report


@pytest.mark.parametrize("real", LISTS, ids=lambda real: real.file)
def test_a_real_list_loads_as_far_as_its_columns_allow(
    real: RealList, house: House, tmp_path: Path
) -> None:
    report = loaded(real, house, tmp_path)
    assert report.refused is None
    assert report.datasets == [ENTRIES]
    counts = report.counts
    assert counts["read"] == real.rows
    assert (
        sum(counts[name] for name in ("inserted", "updated", "unchanged", "rejected")) == real.rows
    )
    assert counts["inserted"] + counts["updated"] >= real.least
    told_of = list(rejections(house.store))
    assert len({row["line"] for row in told_of}) == counts["rejected"]
    assert all(row["code"] and row["message"] and row["fix"] for row in told_of)


@pytest.mark.parametrize("real", LISTS, ids=lambda real: real.file)
def test_a_real_list_loaded_again_changes_nothing(
    real: RealList, house: House, tmp_path: Path
) -> None:
    loaded(real, house, tmp_path)
    before = house.store.revision()
    again = loaded(real, house, tmp_path)
    assert again.counts["inserted"] == again.counts["updated"] == 0
    assert house.store.revision() == before
