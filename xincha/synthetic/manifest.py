"""What was written: counts a file, for comparison with what a load reports."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson

from xincha.synthetic.rows import Outcome, Row


@dataclass(slots=True)
class FileReport:
    """Counts of one file: `rows` = `records` + rejected, `records` = `visible` + `hidden`."""

    name: str
    dataset: str
    rows: int = 0
    records: int = 0
    visible: int = 0
    hidden: int = 0
    hidden_reasons: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)

    def count(self, row: Row) -> None:
        """Add one row."""
        self.rows += 1
        if row.outcome is Outcome.REJECTED:
            _tally(self.rejected, row.reasons)
            return
        self.records += 1
        if row.outcome is Outcome.VISIBLE:
            self.visible += 1
        else:
            self.hidden += 1
            _tally(self.hidden_reasons, row.reasons)


def _tally(counts: dict[str, int], reasons: tuple[str, ...]) -> None:
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """One run: its arguments and the report of every file. `today` is the day the outcomes hold for."""

    seed: int
    template: str
    region: str
    today: str
    files: tuple[FileReport, ...]

    @property
    def visible(self) -> int:
        """Records that must be shown, over all files."""
        return sum(report.visible for report in self.files)

    @property
    def rejected(self) -> int:
        """Rows that must be refused, over all files."""
        return sum(report.rows - report.records for report in self.files)

    def write(self, path: Path) -> None:
        """As JSON, keys sorted."""
        options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
        path.write_bytes(orjson.dumps(asdict(self), option=options) + b"\n")
