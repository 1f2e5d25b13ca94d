"""10,000 rows broken by chance: each is a record or a rejection with a reason, and no row is lost."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import orjson
import pytest
from sqlalchemy import select

from loaders.pipeline import FileReport, LoadOptions, load_source
from loaders.sources import Sheet, Source, SourceRow
from loaders.validation import Rejected, validate
from records.dataset import Dataset
from records.intake import Intake
from records.sources import COUNTS, rejections
from records.store import Store
from records.tables import records
from tests.loaders.old_rows import V1_LICENSE, V1_PENALTY, V2_LICENSE, V2_PENALTY
from tests.loaders.rows import (
    COMPANY_CODE,
    ID_NUMBER,
    LICENSE,
    PENALTY,
    PERSON,
    REGISTRATION_NUMBER,
    SHOP,
    TODAY,
    headers_of,
    recognized,
)
from tests.support import DATASETS, LICENSES, PENALTIES

ROWS = 1_700
"""Of each table: more than 10,000 in all."""
SEED = 20261125
PHONE = "13800000000"
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
HOSTILE = (
    "\0", "\x07", "\x1b[31m", "\x7f", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad", "\ud800",
    "\udfff", "\U000e0041", "\ufffd", "\u0301", "\r\n", "\t", "\v", "\u2028", "\N{GRINNING FACE}", "𠮷",
)  # fmt: skip
VALUES = (
    "", "/", "-", "--", "无", "空", "\\N", "null", "None", "#REF!", "#N/A", "TRUE", "0", "-1", "1e400", "-1E-9",
    "4.10329E+17", "1,234.56", "￥200", "２０２６/０９/０１", "2026-02-30", "2026/13/01", "20260901", "46266",
    "1900-1-1", "9999-9-9", "0000-00-00", "26/9/1", "2026年9月", "2026/9-1", "二〇二六年九月一日", "=1+1",
    "=cmd|'/C calc'!A0", "@SUM(A1)", "'2026/09/01", "00000000000000000X", "0" * 18, COMPANY_CODE.lower(),
    COMPANY_CODE[:17], ID_NUMBER, ID_NUMBER[:17], ID_NUMBER.lower(), REGISTRATION_NUMBER, PHONE,
    f"段小满{ID_NUMBER}", f"电话{PHONE}", "inf", "nan", "½", "①", "²", "٣", "<script>alert(1)</script>",
    "' OR 1=1 --", "{{7*7}}", "%s%n", "9" * 400,
)  # fmt: skip

Cells = list[str]
Mutate = Callable[[random.Random, Cells, int], None]


def swap(chance: random.Random, cells: Cells, at: int) -> None:
    other = chance.randrange(len(cells))
    cells[at], cells[other] = cells[other], cells[at]


def delete(_: random.Random, cells: Cells, at: int) -> None:
    del cells[at]


def duplicate(_: random.Random, cells: Cells, at: int) -> None:
    cells.insert(at, cells[at])


def cut_row(_: random.Random, cells: Cells, at: int) -> None:
    del cells[at + 1 :]


def cut_cell(chance: random.Random, cells: Cells, at: int) -> None:
    cells[at] = cells[at][: chance.randrange(len(cells[at]) + 1)]


def replace(chance: random.Random, cells: Cells, at: int) -> None:
    cells[at] = chance.choice(VALUES)


def insert(chance: random.Random, cells: Cells, at: int) -> None:
    place = chance.randrange(len(cells[at]) + 1)
    cells[at] = cells[at][:place] + chance.choice(HOSTILE) + cells[at][place:]


def change_character(chance: random.Random, cells: Cells, at: int) -> None:
    if cells[at]:
        place = chance.randrange(len(cells[at]))
        other = chr(chance.choice((chance.randrange(128), chance.randrange(0x11_0000))))
        cells[at] = cells[at][:place] + other + cells[at][place + 1 :]


def widen(_: random.Random, cells: Cells, at: int) -> None:
    cells[at] = cells[at].translate(FULL_WIDTH)


def space(_: random.Random, cells: Cells, at: int) -> None:
    cells[at] = " ".join(cells[at])


def repeat(chance: random.Random, cells: Cells, at: int) -> None:
    cells[at] *= chance.choice((2, 3, 50))


def misread(chance: random.Random, cells: Cells, at: int) -> None:
    written, read = chance.choice(
        (("utf-8", "gb18030"), ("gb18030", "latin-1"), ("utf-8", "latin-1"))
    )
    cells[at] = cells[at].encode(written, "replace").decode(read, "replace")


MUTATIONS: tuple[Mutate, ...] = (
    swap, delete, duplicate, cut_row, cut_cell, replace, replace, insert, change_character, widen, space,
    repeat, misread,
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A template, rows of it, and which of its columns hold the number and a text that may tell anything."""

    dataset: Dataset
    generation: str
    document: str
    text: str
    bases: tuple[Mapping[str, str], ...]

    @property
    def headers(self) -> tuple[str, ...]:
        return headers_of(self.dataset, self.generation)


_P, _L = "行政处罚决定书文号", "行政许可决定文书号"
_OLD_PERSON = {
    "行政相对人名称": "段小满",
    "行政相对人代码_1(统一社会信用代码)": "",
    "法定代表人": "",
    "证件类型": "身份证",
    "证件号码": ID_NUMBER,
}
TABLES = (
    Table(PENALTIES, "V2.1", _P, "违法事实", (PENALTY, {**PENALTY, **PERSON}, {**PENALTY, **SHOP})),
    Table(LICENSES, "V2.1", _L, "许可内容", (LICENSE, {**LICENSE, **PERSON}, {**LICENSE, **SHOP})),
    Table(PENALTIES, "V2", _P, "违法事实", (V2_PENALTY, {**V2_PENALTY, **_OLD_PERSON})),
    Table(LICENSES, "V2", _L, "许可内容", (V2_LICENSE, {**V2_LICENSE, **_OLD_PERSON})),
    Table(PENALTIES, "V1", _P, "处罚事由", (V1_PENALTY, {**V1_PENALTY, **_OLD_PERSON})),
    Table(
        LICENSES,
        "V1",
        "行政许可决定书文号",
        "许可内容",
        (V1_LICENSE, {**V1_LICENSE, **_OLD_PERSON}),
    ),
)


def mutated(table: Table, number: int) -> Iterator[SourceRow]:
    """Rows below a header, every one with a number of its own and with numbers of a person in a text."""
    chance = random.Random(f"{SEED} {table.dataset.name} {table.generation}")
    for line in range(2, number + 2):
        base = chance.choice(table.bases)
        written = {**base, table.document: f"{base[table.document]}之{line}"}
        written[table.text] = f"{base[table.text]}段小满（身份证号{ID_NUMBER}，电话{PHONE}）"
        cells = [written.get(header, "") for header in table.headers]
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            if cells:
                chance.choice(MUTATIONS)(chance, cells, chance.randrange(len(cells)))
        yield SourceRow(line, tuple(cells))


def digits(text: object) -> str:
    """What stays of a text when everything but letters and digits in ASCII is taken out."""
    return re.sub("[^0-9A-Za-z]", "", unicodedata.normalize("NFKC", str(text)))


def public_views(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        found = connection.execute(select(records.c.public)).scalars().all()
    return [orjson.dumps(view).decode() for view in found]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: f"{t.dataset.name} {t.generation}")
def test_every_row_is_a_record_or_a_rejection_with_a_reason(table: Table, intake: Intake) -> None:
    rows = list(mutated(table, ROWS))
    source = Source((Sheet("", lambda: iter([SourceRow(1, table.headers), *rows])),))
    report = FileReport("mutated")
    load_source(
        source, "0", intake, tuple(DATASETS.values()), LoadOptions(), report, lambda _rows: None
    )
    assert report.templates == [table.generation]

    template = recognized(*table.headers)
    outcomes = {row.line: validate(template, row, TODAY) for row in rows}
    no_data = [row for row in rows if outcomes[row.line] is None]
    public = public_views(intake.store)
    assert report.counts["read"] == ROWS - len(no_data)
    assert all(sum(1 for cell in row.cells if cell.strip()) < 3 for row in no_data)
    assert sum(report.counts[name] for name in COUNTS[1:]) == report.counts["read"]
    assert len(public) == report.counts["inserted"]
    assert min(report.counts["inserted"], report.counts["rejected"]) > ROWS // 10

    rejected = list(rejections(intake.store))
    lines = {line for line, outcome in outcomes.items() if isinstance(outcome, Rejected)}
    assert {row["line"] for row in rejected} == lines
    assert len(lines) == report.counts["rejected"]
    assert all(row["code"] and row["message"] and row["fix"] and row["column"] for row in rejected)

    # Neither what is quoted of a row nor what is published of it holds a number of a person.
    quoted = [digits((row["message"], row["value"], row["column"])) for row in rejected]
    assert [text for text in quoted if ID_NUMBER in text or PHONE in text] == []
    assert [text for text in public if ID_NUMBER in text or PHONE in text] == []
