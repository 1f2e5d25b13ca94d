"""What was written: counts a file, for comparison with what a load reports."""

from __future__ import annotations

from collections.abc import Mapping
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
    defects: dict[str, int] = field(default_factory=dict)
    sha256: str = ""

    def count(self, row: Row) -> None:
        """Add one row."""
        self.rows += 1
        if row.outcome is Outcome.REJECTED:
            _tally(self.rejected, row.reasons)
            _tally(self.defects, (row.defect,))
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
    """One run: its arguments and the report of every file. `today` is the day the outcomes hold for.

    `defects`: what each kind of defect is, by its name.
    """

    seed: int
    template: str
    format: str
    encoding: str
    region: str
    today: str
    subjects: int
    text_length: int
    dirty_share_asked: float
    defects: Mapping[str, str]
    files: tuple[FileReport, ...]

    @property
    def visible(self) -> int:
        """Records that must be shown, over all files."""
        return sum(report.visible for report in self.files)

    @property
    def rejected(self) -> int:
        """Rows that must be refused, over all files."""
        return sum(report.rows - report.records for report in self.files)

    @property
    def dirty_share_made(self) -> float:
        """Rows with a defect among all rows; 0 without rows."""
        rows = sum(report.rows for report in self.files)
        return self.rejected / rows if rows else 0.0

    def write(self, path: Path) -> None:
        """As JSON, keys sorted."""
        options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
        content = asdict(self) | {"dirty_share_made": self.dirty_share_made}
        path.write_bytes(orjson.dumps(content, option=options) + b"\n")
