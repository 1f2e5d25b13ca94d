"""Archives and workbooks with bytes changed by chance: refused or read, never anything else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from loaders.sources import open_source
from loaders.sources.files import find_files
from records.errors import SourceError
from tests.loaders import bad_files as bad
from tests.loaders.bad_files import HEADERS, ROW, SECOND

XLSX = bad.workbook_bytes(bad.book({"处罚": [HEADERS, ROW, SECOND], "旧": [HEADERS]}))
CSV = bad.text(HEADERS, ROW).encode("gb18030")
ZIP = bad.zipped({"部门/a.csv": CSV, "b.xlsx": XLSX, "c/": b"", "~$d.xlsx": b"x"})


def damaged(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        at = chance.randrange(len(data))
        match chance.randrange(5):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                data[at] ^= 1 << chance.randrange(8)
            case 2:
                del data[at : at + chance.choice((1, 4, 64))]
            case 3:
                data[at:at] = chance.randbytes(chance.choice((1, 4, 64)))
            case 4:
                # The directory stands at the end: most of what can go wrong is told there.
                data[-chance.randrange(1, min(400, len(data)))] = chance.choice((0, 1, 255))
        if not data:
            break
    return bytes(data)


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_archive(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(damaged(ZIP, random.Random(seed)))
    for found in find_files([path], tmp_path / "s", lambda _note: None):
        assert found.refused is None or found.refused.suggestion
        assert found.path.exists()


def read(path: Path) -> SourceError | None:
    """Every row of a file, or why it cannot be read."""
    try:
        with open_source(path) as source:
            for sheet in source.sheets:
                list(sheet.rows())
    except SourceError as error:
        return error
    return None


@pytest.mark.parametrize("seed", range(300))
@pytest.mark.parametrize(
    ("name", "content"), [("x.xlsx", XLSX), ("x.csv", CSV)], ids=["xlsx", "csv"]
)
def test_a_damaged_file(name: str, content: bytes, seed: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(damaged(content, random.Random(seed)))
    error = read(path)
    assert error is None or (error.message and error.suggestion)


@pytest.mark.parametrize("seed", range(300))
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_workbook_with_a_damaged_part(part: str, seed: int, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    chance = random.Random(seed)
    path.write_bytes(bad.remade_part(XLSX, part, lambda data: damaged(data, chance)))
    error = read(path)
    assert error is None or error.suggestion
