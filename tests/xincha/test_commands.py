from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from records.datasets import declared_datasets
from records.errors import XinchaError
from tests.support import PENALTIES
from xincha.cli import app
from xincha.synthetic import generate
from xincha.wiring import open_house


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINCHA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    generate(
        folder,
        datasets=declared_datasets(),
        subjects=40,
        licenses=60,
        penalties=60,
        seed=3,
        format="csv",
        dirty_share=0.1,
        today=date(2026, 11, 20),
    )
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_load_prints_one_object_a_file_whose_counts_add_up(files: Path) -> None:
    result = run("load", "--json", str(files))

    reports = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert [r["dataset"] for r in reports] == ["licenses", "penalties"]
    for report in reports:
        assert set(report) == {
            "file", "dataset", "template", "read", "inserted", "updated", "unchanged", "withdrawn",
            "not_republished", "rejected", "reasons",
        }  # fmt: skip
        assert report["template"] == "V2.1"
        assert report["read"] == 60 == report["inserted"] + report["rejected"]
        assert sum(report["reasons"].values()) >= report["rejected"] > 0


def test_loading_again_changes_nothing_and_repeats_no_rejection(files: Path) -> None:
    run("load", str(files))
    before = run("rejections").stdout

    again = [json.loads(line) for line in run("load", "--json", str(files)).stdout.splitlines()]

    assert {r["inserted"] + r["updated"] for r in again} == {0}
    assert all(r["read"] == r["unchanged"] + r["rejected"] for r in again)
    assert run("rejections").stdout == before


def test_rejections_as_csv_name_file_line_column_and_fix(files: Path, tmp_path: Path) -> None:
    run("load", str(files))

    run("rejections", "--csv", str(tmp_path / "out.csv"))

    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["file", "sheet", "line", "column", "code", "message", "value", "fix"]
    assert all(row["file"] and row["column"] and row["message"] and row["fix"] for row in rows)
    assert all(int(row["line"]) >= 2 for row in rows)


def test_withdrawing_by_file_takes_records_down_until_published(files: Path) -> None:
    run("load", str(files))

    taken = json.loads(run("load", "--json", "--withdraw", str(files / "penalties.csv")).stdout)
    again = json.loads(run("load", "--json", str(files / "penalties.csv")).stdout)

    assert taken["withdrawn"] == again["not_republished"] == 60 - taken["rejected"]
    assert "ok   records" in run("check").stdout


def test_a_file_that_is_no_template_is_refused_whole_with_exit_1(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("姓名,工资\n甲,1\n", encoding="utf-8")

    result = run("load", str(other))

    assert result.exit_code == 1
    assert "refused / 拒收" in result.stdout
    assert run("rejections").stdout == ""


@pytest.mark.parametrize("spelling", ["penalties", "penalty", "Penalties"])
def test_a_dataset_goes_by_any_of_its_spellings(files: Path, spelling: str) -> None:
    result = run("load", "--dataset", spelling, str(files / "penalties.csv"))

    assert result.exit_code == 3


def test_wrong_use_is_exit_2_and_names_what_is_known(files: Path, tmp_path: Path) -> None:
    unknown = run("load", "--dataset", "nonsense", str(files))
    (tmp_path / "empty").mkdir()

    assert unknown.exit_code == 2
    assert "licenses" in unknown.stderr
    assert run("load", str(tmp_path / "empty")).exit_code == 2
    assert run("load", str(tmp_path / "missing.csv")).exit_code == 1
    assert run("load").exit_code == 2


def test_check_is_green_after_a_load_and_says_what_is_wrong_before(files: Path) -> None:
    before = run("check")
    run("load", str(files))
    after = run("check")

    assert before.exit_code == 1
    assert "BAD  index" in before.stdout
    assert after.exit_code == 0
    assert "BAD" not in after.stdout


def test_check_notices_an_index_that_lacks_a_record(files: Path, tmp_path: Path) -> None:
    run("load", str(files))
    pointer = tmp_path / "home" / "index" / "live"
    pointer.write_bytes(pointer.read_bytes().replace(b"g", b"x", 1))

    assert run("check").exit_code == 1
    assert run("load", str(files)).exit_code == 3
    assert run("check").exit_code == 0


def test_reindex_and_rollback_keep_the_index_equal_to_the_store(files: Path) -> None:
    run("load", str(files))

    assert run("reindex").exit_code == 0
    assert run("check").exit_code == 0
    assert run("reindex", "--rollback").exit_code == 0
    assert run("check").exit_code == 0


def test_schema_is_printed_compared_and_written(tmp_path: Path) -> None:
    copy = tmp_path / "copy.graphql"

    assert run("schema", "--check", str(copy)).exit_code == 1
    assert run("schema", "--write", str(copy)).exit_code == 0
    assert run("schema", "--check", str(copy)).exit_code == 0
    assert run("schema").stdout == copy.read_text(encoding="utf-8")


def test_help_is_in_chinese_and_english() -> None:
    for command in (
        "load",
        "rejections",
        "serve",
        "reindex",
        "check",
        "generate",
        "schema",
        "demo",
    ):
        shown = run(command, "--help").stdout
        assert re.search(r"[\u4e00-\u9fff]", shown), command
        assert re.search(r"[a-z]{4,} [a-z]{2,}", shown), command


def test_the_demo_loads_what_it_generates_and_can_be_repeated() -> None:
    first, second = run("demo", "--no-serve"), run("demo", "--no-serve")

    assert first.exit_code == second.exit_code == 0
    assert "unchanged 0" in first.stdout
    assert "inserted 0" in second.stdout
    assert PENALTIES.name in first.stdout


@pytest.mark.parametrize("lost", ["secret.key", "vault.key"])
def test_a_lost_key_is_named_and_never_replaced(files: Path, tmp_path: Path, lost: str) -> None:
    run("load", str(files))
    (tmp_path / "home" / lost).unlink()

    result = run("load", str(files))

    assert result.exit_code == 1
    assert isinstance(result.exception, XinchaError)
    assert lost in result.exception.message + result.exception.suggestion
    assert not (tmp_path / "home" / lost).exists()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE records SET public = replace(public, '伊川县', '某某县') WHERE state = 'published'",
        "UPDATE records SET sealed = x'00'",
        "UPDATE subjects SET name = replace(name, '伊川县', '某某县')",
        "UPDATE subjects SET living = 0 WHERE id IN (SELECT id FROM subjects WHERE living LIMIT 1)",
        "UPDATE records SET state = 'hidden' WHERE id IN (SELECT id FROM records WHERE state = 'published' LIMIT 1)",
        "UPDATE revision_counter SET value = value + 1",
    ],
)
def test_check_notices_a_store_that_was_changed_by_hand(files: Path, tampering: str) -> None:
    run("load", str(files))
    house = open_house()
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql(tampering)
    house.store.close()

    result = run("check")

    assert result.exit_code == 1
    assert "BAD " in result.stdout


def test_an_index_that_cannot_be_written_is_a_note_and_no_failure(
    files: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "index").write_text("a file where the folder should be")

    result = run("load", str(files))

    assert result.exit_code == 3
    assert "not searchable yet" in result.stderr
