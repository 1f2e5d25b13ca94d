"""The formats: the same bytes every time, the same values in each, official headers or column codes."""

from __future__ import annotations

import csv
import gc
import hashlib
import importlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import xlrd
from defusedxml.ElementTree import parse
from typer.testing import CliRunner

from records.datasets import declared_datasets
from records.errors import TemplateError
from xincha.cli import app
from xincha.synthetic import Manifest, generate
from xincha.synthetic.writers import ENDINGS, FORMATS, ROWS_PER_FILE, Encoding, Format

TODAY = date(2026, 11, 25)
COUNT = 40
_LICENSES = next(dataset for dataset in declared_datasets() if dataset.name == "licenses")


def write(
    directory: Path, format: Format, template: str = "V2.1", encoding: Encoding = "utf-8"
) -> Manifest:
    return generate(
        directory, datasets=declared_datasets(), licenses=COUNT, penalties=COUNT, subjects=30, seed=5,
        today=TODAY, template=template, format=format, encoding=encoding, dirty_share=0.0,
    )  # fmt: skip


def codes(template: str) -> list[str]:
    return [column.code for _, column in _LICENSES.columns_of(template)]


def content_of(element: Element) -> dict[str, str]:
    return {child.tag: child.text or "" for child in element}


def rows_of(path: Path, format: Format, template: str) -> list[Mapping[str, object]]:
    """The rows of a file of licenses by column code."""
    if format == "xml":
        return [content_of(fields) for fields in parse(path).iter("fields")]
    if format == "json":
        return list(json.loads(path.read_text(encoding="utf-8")))
    if format == "jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if format == "sql":
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("SELECT * FROM xk")]
    if format == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = [[*row] for row in csv.reader(file)][1:]
    else:
        sheet = xlrd.open_workbook(str(path)).sheet_by_index(0)
        table = [[str(cell.value) for cell in row] for row in sheet.get_rows()][2:-1]
    return [dict(zip(codes(template), row, strict=True)) for row in table]


@pytest.mark.parametrize("format", FORMATS)
def test_same_arguments_same_bytes(tmp_path: Path, format: Format) -> None:
    write(tmp_path / "a", format)
    write(tmp_path / "b", format)
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab"
    )
    assert first == second


@pytest.mark.parametrize("template", ["V1", "V2", "V2.1"])
@pytest.mark.parametrize("format", [f for f in FORMATS if f != "xlsx"])
def test_every_format_has_every_text_of_every_column(
    tmp_path: Path, format: Format, template: str
) -> None:
    write(tmp_path / "csv", "csv", template)
    write(tmp_path / format, format, template)
    wanted = rows_of(tmp_path / "csv" / "licenses.csv", "csv", template)
    found = rows_of(tmp_path / format / f"licenses.{ENDINGS[format]}", format, template)
    texts = [c for f, c in _LICENSES.columns_of(template) if f.type.value != "DATE"]

    assert [set(row) for row in found] == [set(codes(template))] * COUNT
    for column in texts:
        assert [row[column.code] or "" for row in found] == [row[column.code] for row in wanted]


def test_workbooks_carry_the_headers_of_their_generation(tmp_path: Path) -> None:
    write(tmp_path, "xls", "V1")
    sheet = xlrd.open_workbook(str(tmp_path / "licenses.xls")).sheet_by_index(0)
    assert sheet.row_values(1) == [column.header for _, column in _LICENSES.columns_of("V1")]
    assert sheet.cell_value(1, 10) == "行政相对人代码_5(居民身份证号)"
    assert str(sheet.cell_value(sheet.nrows - 1, 0)).startswith("表格说明")


def test_a_full_worksheet_goes_on_in_the_next_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("xincha.synthetic.generate")
    monkeypatch.setattr(module, "ROWS_PER_FILE", {**ROWS_PER_FILE, "xls": COUNT - 10})

    manifest = write(tmp_path, "xls")

    assert {file.name: file.rows for file in manifest.files} == {
        "licenses.xls": 30, "licenses-2.xls": 10, "penalties.xls": 30, "penalties-2.xls": 10,
    }  # fmt: skip
    assert ROWS_PER_FILE["xls"] + 3 <= 65_536


def test_a_long_worksheet_leaves_no_file_open(tmp_path: Path) -> None:
    generate(
        tmp_path, datasets=declared_datasets(), licenses=1100, penalties=0, subjects=30, seed=5,
        today=TODAY, format="xls",
    )  # fmt: skip
    gc.collect()  # an open file would be told of now, and warnings are errors
    sheet = xlrd.open_workbook(str(tmp_path / "licenses.xls")).sheet_by_index(0)
    assert sheet.nrows == 2 + 1100 + 1


def test_csv_in_either_encoding_says_the_same(tmp_path: Path) -> None:
    write(tmp_path / "u", "csv")
    write(tmp_path / "g", "csv", encoding="gb18030")
    chinese = (tmp_path / "g" / "penalties.csv").read_bytes()
    assert (
        chinese.decode("gb18030").encode("utf-8-sig")
        == (tmp_path / "u" / "penalties.csv").read_bytes()
    )


def test_only_csv_has_a_choice_of_encoding(tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        write(tmp_path, "xml", encoding="gb18030")


def test_the_command_writes_what_its_options_say(tmp_path: Path) -> None:
    how = ["--template", "V1", "--format", "csv", "--encoding", "gb18030", "--text-length", "400"]
    much = ["--licenses", "30", "--penalties", "0"]

    result = CliRunner().invoke(app, ["generate", str(tmp_path), *how, *much])

    assert result.exit_code == 0, result.output
    content = (tmp_path / "licenses.csv").read_text(encoding="gb18030")
    assert content.startswith("行政许可决定书文号,项目名称")
    assert len(content) > 30 * 400


def test_messages_and_databases_have_iso_dates(tmp_path: Path) -> None:
    for format in ("xml", "sql"):
        write(tmp_path, format)
        rows = rows_of(tmp_path / f"licenses.{ENDINGS[format]}", format, "V2.1")
        assert all(date.fromisoformat(str(row["XK_JDRQ"])) <= TODAY for row in rows)


def test_amounts_are_numbers_where_a_format_has_numbers(tmp_path: Path) -> None:
    write(tmp_path, "json")
    write(tmp_path, "sql")
    objects = json.loads((tmp_path / "penalties.json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(tmp_path / "penalties.sqlite")) as connection:
        stored = [row[0] for row in connection.execute("SELECT CF_NR_FK FROM cf")]
    amounts = [row["CF_NR_FK"] for row in objects]
    assert any(isinstance(amount, float) for amount in amounts)
    assert stored == [None if amount == "" else amount for amount in amounts]


def test_every_message_stands_in_an_envelope_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "xml")
    root = parse(tmp_path / "licenses.xml").getroot()
    assert root is not None
    assert root.tag == "ExchangeMessages"
    assert [child.tag for child in root] == ["ExchangeMessage"] * COUNT
    assert [child.tag for child in root[0]] == ["Header", "Body"]
    assert [number.text for number in root.iter("sn")] == [str(n) for n in range(1, COUNT + 1)]


def test_manifest_tells_how_it_was_made_and_what_the_files_are(tmp_path: Path) -> None:
    manifest = generate(
        tmp_path, datasets=declared_datasets(), licenses=200, penalties=200, subjects=90, seed=7,
        today=TODAY, template="V2", format="json", dirty_share=0.1,
    )  # fmt: skip
    written = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))

    asked = {name: written[name] for name in ("seed", "template", "format", "encoding", "today")}
    assert asked == {
        "seed": 7, "template": "V2", "format": "json", "encoding": "utf-8", "today": "2026-11-25",
    }  # fmt: skip
    assert (written["dirty_share_asked"], written["dirty_share_made"]) == (0.1, 0.1)
    for file, report in zip(written["files"], manifest.files, strict=True):
        content = (tmp_path / report.name).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert sum(file["defects"].values()) == sum(file["rejected"].values()) == 20
        assert file["defects"].keys() <= written["defects"].keys()
