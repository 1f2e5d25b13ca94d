"""From the cells of a file to the decision whether the row may be shown."""

from __future__ import annotations

import pytest

from records.publicity import Publicity
from records.vocabulary import SubjectKind
from tests.loaders.old_rows import V1_PENALTY, V2_PENALTY, changed, draft_of
from tests.support import PENALTIES

_NO_MONEY = {"处罚内容": "依法作出处罚。", "罚款金额（万元）": ""}


def publicity(base: dict[str, str], **cells: str) -> Publicity:
    return PENALTIES.publicity(draft_of(changed(base, cells)).values, SubjectKind.LEGAL_ENTITY)


@pytest.mark.parametrize(
    "cell",
    [
        "警告", "给予警告", "处以警告", "行政警告", "警告（口头）", "警告，责令改正", "警告;责令限期改正", "警告并责令改正",
        "警告;其他-责令改正", "给予通报批评",
    ],
)  # fmt: skip
def test_a_bare_warning_is_never_shown_however_it_is_written(cell: str) -> None:
    found = publicity(dict(V2_PENALTY), **_NO_MONEY, 处罚类别=cell)

    assert (found.published, found.reason) == (False, "LIGHT")


@pytest.mark.parametrize(
    "cell", ["警告，并处罚款", "警告（罚款500元）", "警告，没收违法所得", "责令改正", "警告;训诫"]
)
def test_more_than_a_warning_is_shown(cell: str) -> None:
    assert publicity(dict(V2_PENALTY), **_NO_MONEY, 处罚类别=cell).published


def test_what_the_cell_says_stays_beside_its_codes() -> None:
    values = draft_of(changed(V2_PENALTY, {"处罚类别": "警告，责令改正"})).values
    assert values["category_text"] == "警告，责令改正"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", ""), ("0", ""), ("2", ""), ("3", ""), ("其他", ""), ("有效", ""), ("1", "REVOKED"), ("撤销", "REVOKED"),
        ("无效", "INVALID"), ("已修复", "STATUS_UNKNOWN"), ("9", "STATUS_UNKNOWN"),
    ],
)  # fmt: skip
def test_an_unknown_state_of_a_penalty_is_not_shown(cell: str, reason: str) -> None:
    assert publicity(dict(V1_PENALTY), 当前状态=cell).reason == reason
