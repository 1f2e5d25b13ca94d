"""The example dataset of CONTRIBUTING.md works: it is loaded, printed and queried without another line."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from api.graphql.schema import print_contract
from loaders.sources import open_source
from loaders.templates import recognize
from loaders.validation import Draft, validate
from records.dataset import Dataset
from records.fields import Record
from xincha.dictionary import render_dictionary

ROOT = Path(__file__).parents[2]
MODULE = "example_of_contributing"


@pytest.fixture
def example(tmp_path: Path) -> Iterator[Dataset]:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [code] = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    path = tmp_path / "commitment.py"
    path.write_text(code, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(MODULE, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Declarations look up the names of their annotations in their module.
    sys.modules[MODULE] = module
    spec.loader.exec_module(module)
    [declared] = [
        value.dataset
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Record) and "dataset" in vars(value)
    ]
    yield declared
    del sys.modules[MODULE]


def test_its_rows_are_read(example: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "commitments.csv"
    path.write_text(
        "承诺主体名称,承诺编号,承诺类型,承诺内容,保证金额（万元）,承诺日期,承诺有效期至,受理单位\n"
        "伊川县试例商贸有限公司,承诺〔2026〕1号,主动型,依法经营,0.5,2026/3/1,2099/12/31,伊川县某局\n",
        encoding="utf-8",
    )
    with open_source(path) as source:
        [sheet] = source.sheets
        head, row = sheet.rows()
        template = recognize([head, row], [example])
        draft = validate(template, row, date(2026, 11, 25))
    assert isinstance(draft, Draft)
    assert draft.values["deposit"] == Decimal(5000)
    assert draft.values["permanent"] is True
    assert draft.values["decision_date"] == date(2026, 3, 1)


def test_it_is_in_the_contract(example: Dataset) -> None:
    contract = print_contract([example])
    assert "type Commitment implements" in contract
    assert "commitments(" in contract


def test_it_is_in_the_dictionary(example: Dataset) -> None:
    assert "## 信用承诺 / `commitments`" in render_dictionary([example])
