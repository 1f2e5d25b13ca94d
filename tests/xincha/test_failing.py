"""What the command says when something breaks that it did not expect: no traceback, no row."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.loaders.rows import PENALTY, headers_of
from tests.support import PENALTIES, XINCHA
from xincha import cli


def test_a_broken_store_is_named_without_a_row(tmp_path: Path) -> None:
    environment = os.environ | {"XINCHA_HOME": str(tmp_path / "home")}
    file = tmp_path / "cf.csv"
    headers = headers_of(PENALTIES)
    cells = [PENALTY.get(header, "") for header in headers]
    file.write_text(f"{','.join(headers)}\n{','.join(cells)}\n", encoding="utf-8")
    subprocess.run([XINCHA, "check"], env=environment, capture_output=True, check=False)
    with sqlite3.connect(tmp_path / "home" / "xincha.db") as database:
        database.execute("DROP TABLE records")

    done = subprocess.run(
        [XINCHA, "load", str(file)], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "OperationalError" in done.stderr
    assert "Traceback" not in done.stderr
    assert "INSERT" not in done.stderr
    assert "青禾" not in done.stderr


def test_an_unexpected_error_is_named_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ValueError("段小满")

    monkeypatch.setattr(cli, "app", fail)

    with pytest.raises(SystemExit, match="1"):
        cli.main()

    said = capsys.readouterr().err
    assert "ValueError (test_failing.py:" in said
    assert "段小满" not in said
