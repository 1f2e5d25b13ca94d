"""Columns that limit publication: whatever is wrong with them, nothing is published for it."""

from __future__ import annotations

import pytest

from records.vocabulary import RecordStatus, UsageScope
from tests.loaders.old_rows import V1_LICENSE, V1_PENALTY, Cells, values_of, warnings_of

SCOPE, STATE = "信息使用范围", "当前状态"
BOTH = (V1_LICENSE, V1_PENALTY)


@pytest.mark.parametrize("base", BOTH)
@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#n/a", "#VALUE!"])
def test_a_cell_that_cannot_be_used_is_not_a_blank_one(base: Cells, cell: str) -> None:
    for header, name, unknown in _UNKNOWN:
        row = {**base, header: cell}
        assert values_of(row)[name] is unknown
        assert f"SPREADSHEET_ERROR {name}" in warnings_of(row)


_UNKNOWN = (
    (SCOPE, "usage_scope", UsageScope.OTHER),
    (STATE, "status", RecordStatus.OTHER),
)


@pytest.mark.parametrize("cell", ["=1+0", "\x02", "#REF！"])
def test_what_is_no_code_is_not_public(cell: str) -> None:
    assert values_of({**V1_LICENSE, SCOPE: cell})["usage_scope"] is UsageScope.OTHER


@pytest.mark.parametrize("cell", ["", "/", " "])
def test_a_blank_cell_stays_blank(cell: str) -> None:
    assert "usage_scope" not in values_of({**V1_LICENSE, SCOPE: cell})
