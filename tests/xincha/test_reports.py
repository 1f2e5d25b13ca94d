"""What a load prints: a report a file, one line for many of them, JSON without anything between."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from loaders.pipeline import LoadOptions
from tests.loaders.bad_files import HEADERS, ROW, in_csv, zipped
from xincha.commands import reports
from xincha.commands.data import load_files
from xincha.wiring import House


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    """Four files of one record each, of which the last is refused, and one that is none."""
    folder = tmp_path / "报送"
    folder.mkdir()
    for number in range(3):
        row = [cell.replace("99号", f"{number}号") for cell in ROW]
        in_csv(HEADERS, row, name=f"{number}.csv")(folder)
    in_csv(["名称", "x"], name="9.csv")(folder)
    (folder / "说明.docx").write_bytes(zipped({"word/document.xml": b""}))
    return folder


def test_few_files_are_told_in_full(
    messages: Path, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    load_files([messages], house, LoadOptions())
    told = capsys.readouterr().out
    assert [f"{n}.csv: penalties V2.1" in told for n in range(3)] == [True] * 3
    assert "files" not in told
    assert "说明.docx: 未读取" in told


def test_of_many_files_those_with_something_wrong_are_told_and_all_are_summed_up(
    messages: Path,
    house: House,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reports, "BLOCKS", 1)
    found = load_files([messages], house, LoadOptions())
    told = capsys.readouterr().out
    assert len(found) == 4
    assert "0.csv" in told
    assert "1.csv" not in told
    assert "9.csv" in told
    assert "4 files, refused 1; rows: read 3, inserted 3" in told


def test_json_is_one_object_a_file_and_notes_go_elsewhere(
    messages: Path,
    house: House,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reports, "BLOCKS", 1)
    load_files([messages], house, LoadOptions(), as_json=True)
    printed = capsys.readouterr()
    objects = [orjson.loads(line) for line in printed.out.splitlines()]
    assert [item["file"] for item in objects] == ["0.csv", "1.csv", "2.csv", "9.csv"]
    assert objects[3]["refused"]["fix"]
    assert "说明.docx" in printed.err


def test_a_member_of_an_archive_is_the_same_source_as_the_file_alone(
    house: House, tmp_path: Path
) -> None:
    path = in_csv(HEADERS, ROW, name="a.csv")(tmp_path)
    archive = tmp_path / "month.zip"
    archive.write_bytes(zipped({"部门/许可.csv": path.read_bytes()}))
    (alone,) = load_files([path], house, LoadOptions())
    (member,) = load_files([archive], house, LoadOptions())
    assert alone.counts["inserted"] == member.counts["unchanged"] == 1
    assert member.file == "month.zip/部门/许可.csv"
    with house.store.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from sources").scalar_one() == 1
