"""Notes of operators, and marks of open objections: what the journal keeps of them and readers see."""

from __future__ import annotations

import pytest

from records.by_hand import Withdrawal, dispute, publish, withdraw
from records.errors import RecordError, VaultError
from records.intake import Intake, Stated
from records.keys import KeyRing
from records.sources import Origin, SourceRun
from records.stored import RecordState
from records.values import Value
from records.vocabulary import UsageScope
from tests.records.journaled import journal, load, only
from tests.support import LICENSES, PENALTIES, incoming, penalty, take
from tests.support import license as a_license

DATASETS = (PENALTIES, LICENSES)
PHONE = "13837912345"


FORGED = "备注\n2026-11-25 10:00 published: file [x.csv]\r\x1b[31m\x07\u2028\u202e尾"


def test_a_note_stays_one_line_without_controls(intake: Intake) -> None:
    load(intake, penalty())
    record_id = only(intake).id

    withdraw(intake, DATASETS, [record_id], Withdrawal.OTHER, FORGED)
    publish(intake, DATASETS, record_id, FORGED)
    dispute(intake, DATASETS, record_id, note=FORGED)

    told = [reason for _, reason in journal(intake)]
    assert len(told) == 4
    assert all(reason.isprintable() for reason in told), told


def test_a_number_broken_by_controls_is_masked(intake: Intake) -> None:
    load(intake, penalty())

    withdraw(intake, DATASETS, [only(intake).id], Withdrawal.OTHER, "电话1383791\u200b2345")

    assert journal(intake)[-1] == ("withdrawn", "other: 电话【电话】")


def test_a_long_note_is_refused_and_changes_nothing(intake: Intake) -> None:
    load(intake, penalty())

    with pytest.raises(RecordError, match="too long: 501"):
        withdraw(intake, DATASETS, [only(intake).id], Withdrawal.OTHER, "长" * 501)

    assert only(intake).visible


def test_bringing_back_needs_a_reason_that_can_be_read(intake: Intake) -> None:
    load(intake, penalty(), takes_down=True)

    with pytest.raises(RecordError, match="no reason"):
        publish(intake, DATASETS, only(intake).id, "\x1b\u200b")

    assert only(intake).state is RecordState.WITHDRAWN


def test_personal_values_never_get_into_the_journal(intake: Intake) -> None:
    load(intake, penalty())
    record_id = only(intake).id

    withdraw(intake, DATASETS, [record_id], Withdrawal.OTHER, f"贺青禾来电{PHONE}申请")
    publish(intake, DATASETS, record_id, f"法定代表人贺青禾，电话{PHONE}")

    told = "".join(reason for _, reason in journal(intake))
    assert "贺青禾" not in told
    assert PHONE not in told
    assert "贺*" in told
    assert "【电话】" in told


def test_a_note_needs_the_vault_key_and_a_bare_reason_does_not(intake: Intake) -> None:
    load(intake, penalty())
    record_id = only(intake).id
    without = Intake(intake.store, KeyRing(intake.keys.secret))

    with pytest.raises(VaultError):
        withdraw(without, DATASETS, [record_id], Withdrawal.OTHER, "备注")
    assert only(intake).visible

    withdraw(without, DATASETS, [record_id], Withdrawal.OTHER)
    assert not only(intake).visible


def test_a_dispute_shows_until_it_is_cleared_whatever_is_loaded(intake: Intake) -> None:
    load(intake, penalty())
    record_id = only(intake).id

    assert dispute(intake, DATASETS, record_id).changed
    assert not dispute(intake, DATASETS, record_id).changed
    assert only(intake).public["status"] == "DISPUTED"
    load(intake, penalty(content="改"), checksum="b")
    assert only(intake).public["status"] == "DISPUTED"
    assert only(intake).visible

    assert dispute(intake, DATASETS, record_id, disputed=False).changed
    assert only(intake).public["status"] == "VALID"
    assert only(intake).public["content"] == "改"
    assert [pair for pair in journal(intake) if "dispute" in pair[1]] == [
        ("changed", "disputed"),
        ("changed", "dispute cleared"),
    ]


def test_a_dispute_keeps_its_note_also_when_the_mark_stands(intake: Intake) -> None:
    load(intake, penalty())
    record_id = only(intake).id

    dispute(intake, DATASETS, record_id, note=f"申请人电话{PHONE}")
    again = dispute(intake, DATASETS, record_id, note="补充材料")

    assert (again.changed, again.noted) == (False, True)
    assert [reason for _, reason in journal(intake)][1:] == [
        "disputed: 申请人电话【电话】",
        "disputed: 补充材料",
    ]


@pytest.mark.parametrize(
    ("values", "why"), [({}, ""), ({"usage_scope": UsageScope.GOVERNMENT}, "USAGE_SCOPE")]
)
def test_a_dispute_says_when_nobody_can_see_it(
    intake: Intake, values: dict[str, Value], why: str
) -> None:
    load(intake, penalty(**values))

    assert dispute(intake, DATASETS, only(intake).id).why == why


def test_a_license_can_be_disputed_too(intake: Intake) -> None:
    run = SourceRun.begin(intake.store, Origin("f", "", "l", "licenses", "V2.1"))
    row = incoming(intake, a_license(), dataset=LICENSES)
    take(intake, run, [row], stated=Stated(LICENSES, "V2.1"))

    dispute(intake, DATASETS, only(intake).id)

    assert only(intake).public["status"] == "DISPUTED"
