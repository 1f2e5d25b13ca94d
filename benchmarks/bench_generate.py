"""How fast synthetic official files are written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.measurement import Measurement, stopwatch
from records.datasets import declared_datasets
from xincha.synthetic import generate
from xincha.synthetic.writers import FORMATS, Format

_ROWS: dict[Format, int] = {"csv": 20_000}
_FEWER_ROWS = 4_000
_TEXT_LENGTH = 330


def measure() -> Iterator[Measurement]:
    """Rows a second by format; texts as long as those that the load is measured with."""
    for format in FORMATS:
        rows = _ROWS.get(format, _FEWER_ROWS)
        with tempfile.TemporaryDirectory() as folder, stopwatch() as watch:
            generate(
                Path(folder), datasets=declared_datasets(), licenses=rows // 2, penalties=rows // 2,
                subjects=rows // 4, seed=1, today=date(2026, 11, 25), format=format,
                dirty_share=0.01, text_length=_TEXT_LENGTH,
            )  # fmt: skip
        yield Measurement(f"generate {format}", rows / watch.seconds, "rows/s", f"{rows:,} rows")
