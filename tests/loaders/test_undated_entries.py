"""An entry without a day counts from the day it was first loaded, whatever is loaded later."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from loaders.pipeline import LoadOptions
from records import tables
from records.by_hand import Withdrawal, publish, withdraw
from tests.support import COMPANY_CODE, StillClock
from xincha.commands.data import load_files
from xincha.wiring import House

HEADERS = "单位名称,统一社会信用代码/工商注册号,失信行为简况,信息报送机关,纳入理由,移出日期"


def load(house: House, folder: Path, reason: str, removed: str = "") -> None:
    row = f"伊川县青禾食品有限公司,{COMPANY_CODE},{reason},伊川县应急管理局,瞒报事故,{removed}"
    (folder / "list.csv").write_text(f"{HEADERS}\n{row}\n", encoding="utf-8")
    (report,) = load_files([folder / "list.csv"], house, LoadOptions())
    assert report.refused is None


def window(house: House) -> tuple[str, str, str]:
    records = tables.records
    with house.store.engine.connect() as connection:
        row = connection.execute(select(records)).one()
    return row.state, str(row.public_from), str(row.public_until)


def test_a_later_row_does_not_begin_the_term_anew(
    house: House, clock: StillClock, tmp_path: Path
) -> None:
    load(house, tmp_path, "发生事故")
    assert window(house) == ("published", "2026-11-25", "2027-11-25")
    clock.advance(days=40)
    load(house, tmp_path, "发生较大事故")
    assert window(house) == ("published", "2026-11-25", "2027-11-25")


def test_its_removal_ends_it(house: House, clock: StillClock, tmp_path: Path) -> None:
    load(house, tmp_path, "发生事故")
    clock.advance(days=40)
    load(house, tmp_path, "发生事故", removed="2026/12/20")
    assert window(house) == ("ended", "2026-11-25", "2026-12-20")


def test_brought_back_by_hand_it_keeps_its_first_day(
    house: House, clock: StillClock, tmp_path: Path
) -> None:
    load(house, tmp_path, "发生事故")
    with house.store.engine.connect() as connection:
        record_id = str(connection.scalar(select(tables.records.c.id)))
    withdraw(house.intake, house.datasets, [record_id], Withdrawal.OTHER)
    clock.advance(days=40)
    publish(house.intake, house.datasets, record_id, "复核")
    assert window(house) == ("published", "2026-11-25", "2027-11-25")
