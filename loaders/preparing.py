"""Rows of text → a batch for the store: validation, subject kind, masks.

Needs no store, so that worker processes can do it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from loaders.sources import SourceRow
from loaders.templates import Template
from loaders.validation import Draft, Issue, Rejected, validate
from records.incoming import Batch, Door, IncomingRecord, incoming_record
from records.subject_kind import decide_kind
from records.values import Value


@dataclass(frozen=True, slots=True)
class Preparation:
    """How the rows of one sheet are prepared. `provider`: who provided them where the rows do not say."""

    template: Template
    door: Door
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch, how often each warning occurred in it, and positions of cells without a header."""

    batch: Batch
    warnings: Counter[str]
    extra: frozenset[int] = frozenset()


def prepare(
    preparation: Preparation, rows: Sequence[SourceRow], day: date, *, masked: bool
) -> Prepared:
    """Validate and judge consecutive rows (at least one) of a sheet on that day; `masked` makes the public views too.

    Never raises for what stands in a cell.
    """
    records: list[IncomingRecord] = []
    rejected: list[Mapping[str, object]] = []
    warnings: Counter[str] = Counter()
    extra: set[int] = set()
    read = 0
    for row in rows:
        outcome = validate(preparation.template, row, day)
        if outcome is None:
            continue
        read += 1
        if isinstance(outcome, Rejected):
            rejected.extend(_rejection(row.line, issue) for issue in outcome.issues)
        else:
            record = _record(preparation, row.line, outcome, masked=masked)
            warnings.update(record.warnings)
            extra.update(outcome.extra)
            records.append(record)
    batch = Batch(records, rejected, read, position=rows[-1].line)
    return Prepared(batch, warnings, frozenset(extra))


def _record(preparation: Preparation, line: int, draft: Draft, *, masked: bool) -> IncomingRecord:
    dataset = preparation.template.dataset
    values: dict[str, Value] = draft.values
    if preparation.provider and dataset.get("provider") is not None:
        values = {**values, "provider": values.get("provider") or preparation.provider}
    decision = decide_kind(values)
    door = preparation.door
    return incoming_record(
        door,
        dataset,
        values,
        decision.kind,
        line=line,
        warnings=(*(w.code for w in draft.warnings), *decision.warnings),
        public=door.public(dataset, values, decision.kind) if masked else "",
    )


def _rejection(line: int, issue: Issue) -> Mapping[str, object]:
    return {
        "line": line,
        "field": issue.field,
        "column": issue.column,
        "code": issue.code,
        "message": issue.message,
        "value": issue.value,
        "fix": issue.fix,
    }
