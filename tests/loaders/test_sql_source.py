"""Tables of databases (前置库): found, read, told in words of ours, loaded whole or from a mark on."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Date, DateTime, LargeBinary, Numeric

from loaders.pipeline import LoadOptions, load_file
from loaders.sources.sql_address import is_table_address, read_address
from loaders.sources.sql_values import text_of
from loaders.tables import load_table
from records.intake import Intake
from records.store import Store
from tests.loaders.rows import LICENSE, PENALTY, PERSON, headers_of
from tests.loaders.sql_tables import (
    ALL,
    PENALTY_ROW,
    by_code,
    contents,
    execute,
    load,
    make_table,
    numbered,
    refused,
)
from tests.support import LICENSES, PENALTIES

at = datetime.fromisoformat


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / '前置库.db'}"


# Addresses


@pytest.mark.parametrize(
    ("argument", "is_table"),
    [
        ("postgresql+psycopg://u:p@h/db#t", True), ("sqlite:///a.db#t", True), ("data/许可.csv", False),
        ("C#/许可.csv", False), ("/srv/a#b.xlsx", False),
    ],
)  # fmt: skip
def test_a_url_is_told_from_a_path(argument: str, is_table: bool) -> None:
    assert is_table_address(argument) is is_table


def test_an_address_is_shown_without_user_password_and_options() -> None:
    address = read_address("postgresql+psycopg://clerk:pa#ss@db.local:5433/front?sslkey=k#gov.xzcf")

    assert address.shown == "postgresql://db.local:5433/front#gov.xzcf"
    assert "pa#ss" not in repr(address)
    assert (
        address.identity == read_address("postgresql://other@db.local:5433/front#gov.xzcf").identity
    )


@pytest.mark.parametrize(
    "bad",
    [
        "x://u:hunter2@h:port/db#t", "postgresql://u:12#hunter2@h/db", "postgresql://u:1@hunter2@h/db#t",
        "postgresql://u/x:hunter2@h/db#t",
    ],
)  # fmt: skip
def test_a_bad_address_is_refused_without_quoting_it(bad: str, intake: Intake) -> None:
    report = load_table(bad, intake, ALL, LoadOptions())

    assert report.refused is not None
    assert "hunter2" not in str(report.as_json())


def test_an_address_without_a_table_is_refused_with_the_tables_there_are(
    url: str, intake: Intake
) -> None:
    make_table(url, "xzcf", [PENALTY_ROW])

    error = refused(url, intake)

    assert "names no table" in error.message
    assert error.suggestion.endswith("xzcf")


# Values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "TRUE"), (False, "FALSE"), (12, "12"), (91410329000000000000, "91410329000000000000"),
        (Decimal("0.200000"), "0.2"), (Decimal("1E+7"), "10000000"), (Decimal("0.0000001"), "0.0000001"),
        (0.1, "0.1"), (1e22, "10000000000000000000000"), (date(2026, 9, 1), "2026/09/01"),
        (at("2026-09-01"), "2026/09/01"), (at("2026-09-01T08:05:00"), "2026/09/01 08:05:00"),
        (at("2026-08-31T16:00:00+00:00"), "2026/09/01"),
        ({"名": [1, date(2026, 9, 1)]}, '{"名":[1,"2026/09/01"]}'), (["警告", "罚款"], '["警告","罚款"]'),
        (b"\x00", ""), (b"\xff", ""), ("仅授权".encode(), "仅授权"), ("仅授权".encode("gb18030"), "仅授权"),
        (memoryview(b"1"), "1"), ("原样 ", "原样 "),
    ],
)  # fmt: skip
def test_values_become_the_text_a_person_would_type(value: object, text: str) -> None:
    assert text_of(value) == text


# The whole table


def test_a_table_gives_the_same_records_as_the_csv(
    url: str, tmp_path: Path, store: Store, intake: Intake
) -> None:
    person = {**PENALTY, **PERSON, "行政处罚决定书文号": "伊市监罚〔2026〕16号"}
    with (tmp_path / "处罚.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers_of(PENALTIES))
        writer.writeheader()
        writer.writerows([PENALTY, person])
    typed: dict[str, object] = {
        "CF_JDRQ": date(2026, 9, 1), "CF_YXQ": at("2099-12-31"), "CF_NR_FK": Decimal("0.2"),
    }  # fmt: skip
    rows = [by_code(PENALTIES, row) | typed for row in (PENALTY, person)]
    make_table(
        url, "xzcf", rows, {"CF_JDRQ": Date(), "CF_YXQ": DateTime(), "CF_NR_FK": Numeric(18, 6)}
    )
    load_file(tmp_path / "处罚.csv", intake, ALL, LoadOptions())
    of_csv = contents(store)

    report = load(url, intake)

    assert (report.datasets, report.templates) == (["penalties"], ["V2.1"])
    assert report.counts["unchanged"] == 2
    assert contents(store) == of_csv


def test_columns_go_by_codes_in_lower_case(url: str, intake: Intake) -> None:
    make_table(url, "XZXK", [{k.lower(): v for k, v in by_code(LICENSES, LICENSE).items()}])

    assert load(url, intake, table="xzxk").counts["inserted"] == 1


def test_columns_may_have_the_chinese_names(url: str, intake: Intake) -> None:
    make_table(url, "行政处罚", [PENALTY])

    assert load(url, intake, table="行政处罚").counts["inserted"] == 1


def test_a_view_is_loaded_like_a_table(url: str, intake: Intake) -> None:
    make_table(url, "raw", [PENALTY_ROW])
    execute(url, "CREATE VIEW xzcf AS SELECT * FROM raw")

    assert load(url, intake).counts["inserted"] == 1


def test_columns_that_no_template_knows_are_named_and_not_read(url: str, intake: Intake) -> None:
    make_table(url, "xzcf", [PENALTY_ROW | {"internal_note": "x"}])

    assert any("internal_note" in note for note in load(url, intake).notes)


def test_columns_of_bytes_are_left_out_and_named(url: str, intake: Intake) -> None:
    make_table(url, "xzcf", [PENALTY_ROW | {"BZ": b"\x00\x01"}], {"BZ": LargeBinary()})

    report = load(url, intake)

    assert report.counts["inserted"] == 1
    assert any("BZ" in note and "bytes" in note for note in report.notes)


def test_bytes_in_a_column_of_text_are_found_before_any_row_is_loaded(
    url: str, intake: Intake
) -> None:
    make_table(url, "xzcf", [numbered(1, None, BZ="x"), numbered(2, None, BZ="y")])
    execute(url, "UPDATE xzcf SET BZ = x'0001' WHERE BZ = 'y'")

    report = load(url, intake)

    assert report.counts["inserted"] == 2
    assert any("BZ" in note and "bytes" in note for note in report.notes)


def test_columns_of_bytes_that_hold_text_are_read_as_text(
    url: str, store: Store, intake: Intake
) -> None:
    make_table(url, "xzcf", [numbered(1, None)])
    load(url, intake)
    before = contents(store)
    fresh = url.replace(".db", "2.db")
    rows = [numbered(1, None) | {"CF_WSH": "伊市监罚〔2026〕1号".encode("gb18030")}]
    make_table(fresh, "xzcf", rows, {"CF_WSH": LargeBinary()})

    assert load(fresh, intake).counts["unchanged"] == 1
    assert contents(store) == before


@pytest.mark.parametrize("column", ["CF_SYFW", "CF_ZT"])
def test_bytes_in_a_column_that_limits_publication_refuse_the_table(
    url: str, intake: Intake, column: str
) -> None:
    rows = [numbered(1, None, **{column: "1"}), numbered(2, None, **{column: "x"})]
    make_table(url, "xzcf", rows)
    execute(url, "UPDATE xzcf SET COL = x'FF' WHERE COL = 'x'".replace("COL", column))

    assert column in refused(f"{url}#xzcf", intake).message


def test_names_of_tables_and_columns_are_never_run(url: str, intake: Intake) -> None:
    odd = 'x"; DROP TABLE xzcf; --'
    make_table(url, "xzcf", [PENALTY_ROW | {odd: "1", "a%b": "2"}])
    make_table(url, odd, [PENALTY_ROW])

    assert load(url, intake, table=odd).counts["inserted"] == 1
    assert load(url, intake).counts["unchanged"] == 1
    assert "no such table" in refused(f"{url}#xzcf; DROP TABLE xzcf", intake).message
    assert load(url, intake).counts["unchanged"] == 1


# What goes wrong


def test_a_missing_file_is_missed_and_not_made(tmp_path: Path, intake: Intake) -> None:
    error = refused(f"sqlite:///{tmp_path}/none.db#t", intake)

    assert "no such SQLite file" in error.message
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, intake: Intake) -> None:
    (tmp_path / "a.db").write_text("行政相对人名称," * 200, encoding="utf-8")

    assert "cannot be reached or opened" in refused(f"sqlite:///{tmp_path}/a.db#t", intake).message


def test_a_table_that_does_not_exist_is_refused_with_names_alike(url: str, intake: Intake) -> None:
    make_table(url, "t_xzcf_2026", [PENALTY_ROW])
    for number in range(12):
        make_table(url, f"xzcf_{number}", [PENALTY_ROW])

    error = refused(f"{url}#xzcf", intake)

    assert "no such table" in error.message
    assert len(error.suggestion.split("、")) == 8


def test_a_missing_driver_is_named_with_its_package(intake: Intake) -> None:
    error = refused("mysql://clerk:hunter2@h/db#xzcf", intake)

    assert "mysqlclient" in error.message
    assert "pip install" in error.suggestion
    assert "hunter2" not in error.message + error.suggestion


def test_an_unknown_kind_of_database_is_refused(intake: Intake) -> None:
    assert "dialect" in refused("dm://clerk:hunter2@h/db#xzcf", intake).message


def test_a_server_that_does_not_answer_is_told_without_the_drivers_words(intake: Intake) -> None:
    error = refused("postgresql+psycopg://clerk:hunter2@127.0.0.1:1/front#xzcf", intake)

    assert error.message.startswith("postgresql://127.0.0.1:1/front#xzcf")
    assert "cannot be reached" in error.message
    assert "hunter2" not in error.message + error.suggestion


def test_a_table_that_is_no_template_is_refused_whole(url: str, intake: Intake) -> None:
    make_table(url, "staff", [{"name": "x", "wage": "1"}])

    assert refused(f"{url}#staff", intake).code == "UNKNOWN_TEMPLATE"
