"""The generator: what it writes is official, valid where it says so, the same every time, and counted."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import TypedDict, cast

import pytest
from openpyxl import load_workbook
from stdnum import luhn
from stdnum.cn import ric, uscc

from records.dataset import Dataset
from records.datasets import declared_datasets
from records.errors import TemplateError
from records.vocabulary import LicenseCategory, PenaltyCategory, SubjectKind
from xincha.synthetic import Manifest, generate, names, numbers
from xincha.synthetic.authorities import authorities_of
from xincha.synthetic.generate import make_rows
from xincha.synthetic.generations import wording
from xincha.synthetic.rows import Outcome, Row, World
from xincha.synthetic.texts import MAX_FACTS, MIN_FACTS
from xincha.synthetic.writers import Format


class Expectation(TypedDict):
    file: str
    line: int
    outcome: str
    documentNumber: str


TODAY = date(2026, 11, 25)
DECISIONS = [dataset for dataset in declared_datasets() if "V2.1" in dataset.templates]
ROWS = 1500


def world(seed: int = 3) -> World:
    place = names.place_of("410329")
    return World(seed, place, authorities_of(place), 400, TODAY)


def made(dataset: Dataset, template: str, count: int = ROWS, dirty: float = 0.02) -> list[Row]:
    words = wording(dataset, template, uniform_dates=False)
    return list(make_rows(dataset.name, count, world(), dirty, words))


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    return {dataset.name: made(dataset, "V2.1") for dataset in DECISIONS}


@pytest.fixture(scope="module")
def every_row(rows: dict[str, list[Row]]) -> list[Row]:
    return [row for several in rows.values() for row in several]


def write(directory: Path, format: Format, seed: int = 5, count: int = 120) -> Manifest:
    return generate(
        directory, datasets=declared_datasets(), licenses=count, penalties=count, subjects=60,
        seed=seed, today=TODAY, format=format, dirty_share=0.1,
    )  # fmt: skip


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def expectations(directory: Path) -> list[Expectation]:
    text = (directory / "expected.jsonl").read_text(encoding="utf-8")
    return [cast("Expectation", json.loads(line)) for line in text.splitlines()]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_same_arguments_same_bytes(tmp_path: Path, format: Format) -> None:
    write(tmp_path / "a", format)
    write(tmp_path / "b", format)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_another_seed_other_rows(tmp_path: Path) -> None:
    write(tmp_path / "a", "csv", seed=5)
    write(tmp_path / "b", "csv", seed=6)
    first, second = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert first["licenses.csv"] != second["licenses.csv"]


@pytest.mark.parametrize("dataset", DECISIONS, ids=lambda dataset: dataset.name)
def test_headers_are_the_official_ones(tmp_path: Path, dataset: Dataset) -> None:
    write(tmp_path, "csv", count=10)
    with (tmp_path / f"{dataset.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        headers = next(csv.reader(file))
    assert headers == [column.header for _, column in dataset.columns_of("V2.1")]


def test_workbook_has_title_above_and_note_below(tmp_path: Path) -> None:
    write(tmp_path, "xlsx", count=10)
    workbook = load_workbook(tmp_path / "penalties.xlsx", read_only=True)
    first = [row[0] for row in workbook.worksheets[0].iter_rows(values_only=True)]
    workbook.close()
    assert first[0] == "行政处罚信息"
    assert first[1] == "行政相对人名称"
    assert str(first[-1]).startswith("表格说明")
    assert len(first) == 2 + 10 + 1


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_lines_are_those_a_person_sees(tmp_path: Path, format: Format) -> None:
    write(tmp_path, format, count=30)
    path = tmp_path / f"licenses.{format}"
    if format == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            table: list[tuple[object, ...]] = [tuple(row) for row in csv.reader(file)]
    else:
        workbook = load_workbook(path)
        table = list(workbook.worksheets[0].iter_rows(values_only=True))
    wanted = [
        e for e in expectations(tmp_path) if e["file"] == path.name and e["outcome"] == "visible"
    ]
    assert wanted
    assert all(e["documentNumber"] in table[e["line"] - 1] for e in wanted)


def test_manifest_counts_what_the_lines_say(tmp_path: Path) -> None:
    manifest = write(tmp_path, "csv")
    written = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    for report in manifest.files:
        lines = [e for e in expectations(tmp_path) if e["file"] == report.name]
        outcomes = Counter(e["outcome"] for e in lines)
        assert report.rows == len(lines) == 120
        assert (report.visible, report.hidden) == (outcomes["visible"], outcomes["hidden"])
        assert report.records == report.visible + report.hidden
        assert sum(report.rejected.values()) == outcomes["rejected"] == 12
    assert written["files"][0]["rejected"] == manifest.files[0].rejected


def test_a_template_without_generator_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        generate(
            tmp_path,
            datasets=(),
            licenses=1,
            penalties=1,
            subjects=1,
            seed=1,
            today=TODAY,
            template="V9",
        )


def test_credit_codes_hold(every_row: list[Row]) -> None:
    codes = {row.expected["creditCode"] for row in every_row} - {None}
    assert len(codes) > 100
    assert all(uscc.is_valid(str(code)) for code in codes if str(code)[:8].isdigit())
    assert any(str(code)[:17].isdigit() for code in codes)


def test_village_codes_hold_too() -> None:
    code = numbers.credit_code("N2", "410329", 7)
    assert numbers.code_check_digit(code[:17]) == code[17]


def test_serials_make_different_codes() -> None:
    made = {numbers.credit_code("91", "410329", serial, digits_only=True) for serial in range(5000)}
    assert len(made) == 5000


def test_id_numbers_and_cards_hold() -> None:
    rng = Random(2)
    for _ in range(300):
        number = numbers.id_number(rng, "410329", numbers.adult_birthday(rng, TODAY))
        assert ric.calc_check_digit(number) == number[17]
        assert not uscc.is_valid(number)
        assert luhn.is_valid(numbers.bank_card(rng))
        assert not luhn.is_valid(numbers.case_number(rng, "410329"))


def test_facts_have_the_length_of_real_ones(rows: dict[str, list[Row]]) -> None:
    lengths = [len(str(row.cells["facts"])) for row in rows["penalties"]]
    assert min(lengths) >= MIN_FACTS - 40
    assert max(lengths) <= MAX_FACTS


def test_a_fifth_of_the_texts_hold_planted_values(rows: dict[str, list[Row]]) -> None:
    def planted(row: Row) -> bool:
        names_of_people = set(row.subject.private_names)
        text = str(row.cells["facts"])
        return any(value in text for value in row.planted if value not in names_of_people)

    share = sum(map(planted, rows["penalties"])) / ROWS
    assert 0.12 < share < 0.22


def test_planted_values_are_expected_nowhere(every_row: list[Row]) -> None:
    public = "\n".join(json.dumps(row.expected, ensure_ascii=False) for row in every_row)
    planted = {value for row in every_row for value in row.planted}
    assert len(planted) > 1000
    assert not [value for value in planted if value in public]


def test_given_names_share_no_character_with_other_names() -> None:
    rng = Random(4)
    place = names.place_of("410329")
    others = "".join(
        maker(rng, place)
        for _ in range(500)
        for maker in (
            names.company_name, names.shop_name, names.cooperative_name,
            names.collective_name, names.institution_name, names.society_name,
        )
    )  # fmt: skip
    assert not set(names.GIVEN) & (
        set(others) | set(names.SHOP_GIVEN) | set("".join(names.VILLAGES))
    )


def test_every_kind_of_subject_occurs(every_row: list[Row]) -> None:
    assert {row.subject.kind for row in every_row} == set(SubjectKind)
    shops = [
        row.subject for row in every_row if row.subject.kind is SubjectKind.INDIVIDUAL_BUSINESS
    ]
    assert any(shop.code == numbers.NO_CODE and shop.registration_number for shop in shops)
    assert any(shop.name == shop.representative and shop.shown_name.endswith("*") for shop in shops)
    assert any(shop.representative in shop.name == shop.shown_name for shop in shops)


def categories(row: Row) -> list[str]:
    stated = row.expected["categories"]
    return stated if isinstance(stated, list) else []


def test_every_category_occurs(rows: dict[str, list[Row]]) -> None:
    penalties = {code for row in rows["penalties"] for code in categories(row)}
    licenses = {row.expected["category"] for row in rows["licenses"]}
    assert penalties == {code.name for code in PenaltyCategory}
    assert licenses == {code.name for code in LicenseCategory}


def test_every_outcome_and_reason_occurs(rows: dict[str, list[Row]]) -> None:
    reasons = {(row.outcome, reason) for row in rows["penalties"] for reason in row.reasons}
    assert reasons == {
        *((Outcome.HIDDEN, r) for r in ("LIGHT", "SIMPLE_PROCEDURE", "MINOR", "ENDED")),
        *((Outcome.REJECTED, r) for r in ("REQUIRED_MISSING", "BAD_CREDIT_CODE", "BAD_DATE")),
        *((Outcome.REJECTED, r) for r in ("DATE_IN_FUTURE", "BAD_AMOUNT")),
    }


def test_no_decision_lies_in_the_future(every_row: list[Row]) -> None:
    assert all(str(row.expected["decisionDate"]) <= TODAY.isoformat() for row in every_row)


def test_money_comes_out_in_yuan(rows: dict[str, list[Row]]) -> None:
    amounts = {
        str(row.cells.get("fine_amount")): row.expected["fineAmount"] for row in rows["penalties"]
    }
    assert amounts["0.2"] == "2000"
    assert amounts["12.345678"] == "123456.78"
