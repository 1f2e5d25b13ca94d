"""A table loaded again: whole, or from the mark of the last load on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Date, DateTime, String, select

from loaders.sources.stamp_shapes import sort_in_time
from loaders.tables import TableOptions
from records import tables
from records.intake import Intake
from records.sources import rejections
from records.store import Store
from tests.loaders.sql_tables import (
    PENALTY_ROW,
    Kind,
    execute,
    load,
    make_table,
    numbered,
    refused,
)

BY_STAMP = TableOptions(updated_column="SJC")
at = datetime.fromisoformat


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / '前置库.db'}"


def test_loading_again_changes_nothing_also_where_a_decision_stands_twice(
    url: str, store: Store, intake: Intake
) -> None:
    first = PENALTY_ROW | {"CF_NR": "罚款人民币壹仟元整。", "ID": "1"}
    make_table(url, "xzcf", [first, PENALTY_ROW | {"ID": "2"}], key="ID")
    load(url, intake)
    revision = store.revision()

    again = load(url, intake)

    assert again.counts["unchanged"] == 2
    assert store.revision() == revision


def test_a_changed_row_is_taken_wherever_it_stands(url: str, intake: Intake) -> None:
    rows = [numbered(n, None) | {"ID": str(n)} for n in range(4)]
    make_table(url, "xzcf", rows, key="ID")
    load(url, intake)
    execute(
        url, "DELETE FROM xzcf WHERE ID = '0'", "UPDATE xzcf SET CF_SY = '另有事实' WHERE ID = '3'"
    )

    again = load(url, intake)

    assert (again.counts["unchanged"], again.counts["updated"]) == (2, 1)


def test_rejections_of_an_earlier_pass_are_replaced(url: str, store: Store, intake: Intake) -> None:
    make_table(url, "xzcf", [numbered(1, None), numbered(2, None, CF_JDRQ="2026-13-01")])
    assert load(url, intake).counts["rejected"] == 1
    execute(url, "UPDATE xzcf SET CF_NR = 'x' WHERE CF_WSH LIKE '%1号'")
    load(url, intake)
    (rejected,) = rejections(store)
    assert rejected["file"] == f"{url}#xzcf"
    assert (rejected["line"], rejected["column"]) == (2, "CF_JDRQ")

    execute(url, "UPDATE xzcf SET CF_JDRQ = '2026-03-01'")
    load(url, intake)

    assert list(rejections(store)) == []


STAMPS: Mapping[str, tuple[Kind, list[object]]] = {
    "text": (String(), ["2026/09/01", "2026/09/02", "2026/09/03"]),
    "integers": (BigInteger(), [1788192000000, 1788192000001, 1788192000002]),
    "moments": (DateTime(), [at(f"2026-09-0{n}T08:00:00") for n in (1, 2, 3)]),
    "days": (Date(), [date(2026, 9, n) for n in (1, 2, 3)]),
}


@pytest.mark.parametrize("kind", STAMPS)
def test_only_rows_changed_since_the_last_load_are_read(
    kind: str, url: str, intake: Intake
) -> None:
    column, stamps = STAMPS[kind]
    rows = [numbered(n, stamp) for n, stamp in enumerate(stamps)]
    make_table(url, "xzcf", rows, {"SJC": column})
    first = load(url, intake, BY_STAMP)
    execute(
        url,
        "UPDATE xzcf SET CF_SY = '另有事实', SJC = (SELECT max(SJC) FROM xzcf) WHERE CF_WSH LIKE '%0号'",
    )

    second = load(url, intake, BY_STAMP)

    assert (first.counts["read"], first.counts["inserted"]) == (3, 3)
    assert (second.counts["read"], second.counts["updated"]) == (2, 1)
    assert second.counts["unchanged"] == 1
    assert any("incremental" in note for note in second.notes)


@pytest.mark.parametrize("odd", ["bad stamp", "2024/5/9", "2024年5月1日", "", 20240509])
def test_a_stamp_written_otherwise_hides_no_later_change(
    url: str, intake: Intake, odd: object
) -> None:
    make_table(url, "xzcf", [numbered(1, "2024-05-01 00:00:00"), numbered(2, "x")])
    execute(url, f"UPDATE xzcf SET SJC = {odd!r} WHERE SJC = 'x'")  # noqa: S608
    load(url, intake, BY_STAMP)
    execute(
        url,
        "UPDATE xzcf SET CF_SY = '另有事实', SJC = '2024-06-01 00:00:00' WHERE CF_WSH LIKE '%1号'",
    )

    second = load(url, intake, BY_STAMP)

    assert second.counts["updated"] == 1
    assert any("whole table" in note for note in second.notes)


@pytest.mark.parametrize(
    ("stamps", "sorted_in_time"),
    [
        (["2026-09-01", "2026-09-02 08:00:00", "2026-09-03 08:00:00.000001"], True),
        (["20260901", "20260902"], True), (["1788192000", "1788192000000"], False), (["9", "10"], False),
        (["2026/9/1"], False), (["01.09.2026"], False), (["2026-09", "2026-1"], False), ([1, "1"], False),
        (["2026-09-01T08:00:00+08:00", "2026-09-01T00:30:00+00:00"], False), ([1, 2], True), ([], True),
    ],
)  # fmt: skip
def test_stamps_are_compared_only_where_their_order_is_that_of_time(
    stamps: list[object], sorted_in_time: bool
) -> None:
    assert sort_in_time(stamps) is sort_in_time(reversed(stamps)) is sorted_in_time


def test_rows_without_a_stamp_are_always_read(url: str, intake: Intake) -> None:
    rows = [numbered(1, "2026/09/01"), numbered(2, "2026/09/02"), numbered(3, None)]
    make_table(url, "xzcf", rows)
    load(url, intake, BY_STAMP)
    execute(url, "UPDATE xzcf SET CF_SY = '另有事实' WHERE SJC IS NULL")

    second = load(url, intake, BY_STAMP)

    assert (second.counts["read"], second.counts["updated"]) == (2, 1)


def test_a_stamp_of_the_future_does_not_hide_later_changes(url: str, intake: Intake) -> None:
    rows = [numbered(1, "2026/09/01"), numbered(2, "2062/09/01"), numbered(3, "2026/09/02")]
    make_table(url, "xzcf", rows)
    load(url, intake, BY_STAMP)
    execute(url, "UPDATE xzcf SET CF_SY = '另有事实', SJC = '2026/10/01' WHERE CF_WSH LIKE '%1号'")

    second = load(url, intake, BY_STAMP)

    assert (second.counts["read"], second.counts["updated"]) == (3, 1)


def test_full_reads_all_rows(url: str, intake: Intake) -> None:
    make_table(url, "xzcf", [numbered(n, f"2026/09/0{n}") for n in (1, 2, 3)])
    load(url, intake, BY_STAMP)

    assert load(url, intake, TableOptions("sjc", full=True)).counts["unchanged"] == 3
    assert load(url, intake, BY_STAMP).counts["unchanged"] == 1


def test_a_table_made_anew_is_read_whole(url: str, intake: Intake) -> None:
    make_table(url, "xzcf", [numbered(n, f"2026/09/0{n}") for n in (1, 2, 3)])
    load(url, intake, BY_STAMP)
    execute(url, "DELETE FROM xzcf WHERE SJC = '2026/09/03'", "UPDATE xzcf SET CF_SY = '另有事实'")

    report = load(url, intake, BY_STAMP)

    assert report.counts["updated"] == 2
    assert any("whole table" in note for note in report.notes)


def test_a_table_whose_stamps_are_now_written_otherwise_is_read_whole(
    url: str, intake: Intake
) -> None:
    make_table(url, "xzcf", [numbered(n, f"2025/0{n}/01") for n in (1, 2, 3)])
    load(url, intake, BY_STAMP)
    execute(url, "UPDATE xzcf SET SJC = replace(SJC, '/', '-')")
    execute(url, "UPDATE xzcf SET SJC = '2026-01-01' WHERE CF_WSH LIKE '%1号'")

    assert load(url, intake, BY_STAMP).counts["read"] == 3
    assert load(url, intake, BY_STAMP).counts["read"] == 1


def test_rejections_of_rows_not_read_again_stay_and_others_are_not_repeated(
    url: str, store: Store, intake: Intake
) -> None:
    bad = {"CF_JDRQ": "2026-13-01"}
    rows = [
        numbered(1, None, **bad), numbered(2, "2026/09/01", **bad), numbered(3, "2026/09/02"),
        numbered(4, "2026/09/03", **bad),
    ]  # fmt: skip
    make_table(url, "xzcf", rows)
    load(url, intake, BY_STAMP)
    assert len(list(rejections(store))) == 3

    for day in ("04", "05"):
        execute(url, f"UPDATE xzcf SET SJC = '2026/09/{day}' WHERE CF_WSH LIKE '%3号'")  # noqa: S608
        load(url, intake, BY_STAMP)

    assert len(list(rejections(store))) == 3


def test_a_column_of_stamps_that_does_not_exist_is_refused(url: str, intake: Intake) -> None:
    make_table(url, "xzcf", [numbered(1, "2026/09/01")])

    error = refused(f"{url}#xzcf", intake, TableOptions("SJ_C"))

    assert "--updated-column" in error.message
    assert "SJC" in error.suggestion


def test_the_mark_is_kept_sealed(url: str, store: Store, intake: Intake) -> None:
    make_table(url, "xzcf", [numbered(1, "2026/09/17")])
    load(url, intake, BY_STAMP)

    with store.engine.connect() as connection:
        kept = " ".join(
            v for _, v in connection.execute(select(tables.meta.c.key, tables.meta.c.value))
        )

    assert "2026/09/17" not in kept
