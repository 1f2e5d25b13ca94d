"""How long a row takes at the door: to read its cells, to decide whose it is, to mask it.

Rows have full texts of 300 characters and more, one in five holds personal values, one in a hundred a
defect. Each figure is the best of several runs over the same rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.measurement import Measurement, stopwatch
from loaders.sources import SourceRow, open_source
from loaders.templates import HEAD_ROWS, header_test, recognize
from loaders.validation import Draft, validate
from records.clock import system_clock, today
from records.datasets import declared_datasets
from records.privacy import public_view
from records.subject_kind import decide_kind
from xincha.synthetic import generate

T = TypeVar("T")
R = TypeVar("R")
_ROWS = 2000
"""Of each dataset."""
_RUNS = 5


def measure() -> Iterator[Measurement]:
    """µs a row for validation, decision of the kind and masks, by dataset."""
    with tempfile.TemporaryDirectory() as folder:
        generate(
            Path(folder), datasets=declared_datasets(), licenses=_ROWS, penalties=_ROWS,
            subjects=_ROWS // 2, seed=1, today=today(system_clock), format="csv", text_length=320,
            dirty_share=0.01,
        )  # fmt: skip
        for path in sorted(Path(folder).glob("*.csv")):
            yield from _measure(path)


def _measure(path: Path) -> Iterator[Measurement]:
    datasets, day = declared_datasets(), today(system_clock)
    with open_source(path, header_test(datasets)) as source:
        rows = list(source.sheets[0].rows())
    template = recognize(rows[:HEAD_ROWS], datasets)
    read: Callable[[SourceRow], object] = lambda row: validate(template, row, day)  # noqa: E731
    yield Measurement(f"{path.stem}: validate", _best(read, rows), "µs/row")
    drafts = [d.values for row in rows if isinstance(d := validate(template, row, day), Draft)]
    yield Measurement(f"{path.stem}: decide the kind", _best(decide_kind, drafts), "µs/row")
    judged = [(values, decide_kind(values).kind) for values in drafts]
    masked = _best(lambda row: public_view(template.dataset, *row), judged)
    yield Measurement(f"{path.stem}: mask", masked, "µs/row")


def _best(work: Callable[[T], R], rows: Sequence[T]) -> float:
    seconds = []
    for _ in range(_RUNS):
        with stopwatch() as watch:
            for row in rows:
                work(row)
        seconds.append(watch.seconds)
    return 1e6 * min(seconds) / len(rows)
