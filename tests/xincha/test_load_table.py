"""`xincha load URL#table`: reports, exit codes and rejections are those of files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.loaders.sql_tables import execute, make_table, numbered
from xincha.cli import app


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XINCHA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    address = "sqlite:///front.db"
    good, bad = numbered(1, "2026/09/01"), numbered(2, "2026/09/02", CF_JDRQ="2026-13-01")
    make_table(address, "xzcf", [good, bad])
    return address


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_table_is_reported_like_a_file(url: str) -> None:
    result = run("load", "--json", f"{url}#xzcf")

    report = json.loads(result.stdout)
    assert result.exit_code == 3
    assert report["file"] == "sqlite:///front.db#xzcf"
    assert (report["dataset"], report["template"]) == ("penalties", "V2.1")
    assert (report["read"], report["inserted"], report["rejected"]) == (2, 1, 1)
    assert "sqlite:///front.db#xzcf line 2, CF_JDRQ: BAD_DATE" in run("rejections").stdout


def test_what_has_changed_is_read_alone_until_full_is_asked_for(url: str) -> None:
    execute(url, "UPDATE xzcf SET CF_JDRQ = '2026/03/01'")
    command = ("load", "--json", "--updated-column", "SJC", f"{url}#xzcf")

    read = [json.loads(run(*more, *command[1:]).stdout)["read"] for more in [("load",)] * 2]
    whole = json.loads(run(*command, "--full").stdout)

    assert read == [2, 1]
    assert (whole["read"], whole["unchanged"]) == (2, 2)


def test_a_table_beside_files_and_with_workers(url: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")

    result = run("load", "--json", "--jobs", "2", f"{url}#xzcf", "a.csv")

    reports = {r["file"]: r for r in map(json.loads, result.stdout.splitlines())}
    assert result.exit_code == 1
    assert "refused" in reports["a.csv"]
    assert reports["sqlite:///front.db#xzcf"]["inserted"] == 1
