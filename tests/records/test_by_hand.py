"""Taking records down, bringing them back, marking them as disputed: in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from alembic.config import Config

from records.by_hand import Withdrawal, publish, withdraw
from records.database import MIGRATIONS, migrate, writing
from records.errors import RecordError
from records.intake import Intake
from records.stored import RecordState
from records.values import Value
from records.vocabulary import RecordStatus, SubjectKind, UsageScope
from tests.records.journaled import journal, load, only
from tests.support import LICENSES, PENALTIES, StillClock, penalty

DATASETS = (PENALTIES, LICENSES)
PHONE = "13837912345"


def test_a_withdrawn_record_stays_away_until_it_is_published(intake: Intake) -> None:
    load(intake, penalty())
    record_id = only(intake).id

    withdraw(intake, DATASETS, [record_id], Withdrawal.REVOKED)
    same = load(intake, penalty())
    changed = load(intake, penalty(content="改"), checksum="b")
    by_file = load(intake, penalty(), checksum="w", takes_down=True)

    assert same == changed == {"read": 1, "not_republished": 1}
    assert by_file == {"read": 1, "unchanged": 1}
    assert only(intake).state is RecordState.WITHDRAWN

    publish(intake, DATASETS, record_id, "撤下有误")

    assert only(intake).visible
    assert load(intake, penalty()) == {"read": 1, "unchanged": 1}
    assert load(intake, penalty(content="改"), checksum="c") == {"read": 1, "updated": 1}
    assert only(intake).visible
    assert journal(intake) == [
        ("published", "file"),
        ("withdrawn", "revoked"),
        ("published", "撤下有误"),
        ("changed", "file"),
    ]


def test_what_a_file_took_down_before_it_was_ever_shown_can_be_published(intake: Intake) -> None:
    load(intake, penalty(), takes_down=True)

    publish(intake, DATASETS, only(intake).id, "恢复")

    assert only(intake).visible
    assert only(intake).public["document_number"] == "伊市监罚〔2026〕15号"


def test_the_sweep_neither_brings_a_withdrawn_record_back_nor_ends_it(
    intake: Intake, clock: StillClock
) -> None:
    load(intake, penalty(public_limit=date(2026, 11, 25)))
    withdraw(intake, DATASETS, [only(intake).id], Withdrawal.OTHER)

    clock.advance(days=1)
    intake.store.sweep(date(2026, 11, 26))

    assert only(intake).state is RecordState.WITHDRAWN


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"public_limit": date(2026, 11, 24)}, "publicity ended"),
        ({"decision_date": date(2023, 11, 25)}, "publicity ended"),
        ({"usage_scope": UsageScope.GOVERNMENT}, "信息使用范围"),
        ({"status": RecordStatus.REVOKED}, "has been revoked"),
        ({"remark": "简易程序"}, "轻微类别"),
        ({"decision_date": date(2026, 12, 1)}, "begins on 2026-12-01"),
    ],
)
def test_publishing_never_shows_what_may_not_be_public(
    intake: Intake, values: dict[str, Value], told: str
) -> None:
    load(intake, penalty(**values), takes_down=True)
    revision = intake.store.revision()

    with pytest.raises(RecordError, match=told):
        publish(intake, DATASETS, only(intake).id, "恢复")

    assert only(intake).state is RecordState.WITHDRAWN
    assert intake.store.revision() == revision


def test_publishing_obeys_a_county_that_shows_no_natural_persons(intake: Intake) -> None:
    person = penalty(subject_name="贺青禾", credit_code=None)
    load(intake, person, takes_down=True, kind=SubjectKind.NATURAL_PERSON)
    strict = Intake(intake.store, intake.keys, hide_natural_persons=True)

    with pytest.raises(RecordError, match="no natural persons"):
        publish(strict, DATASETS, only(intake).id, "恢复")


def test_publishing_follows_the_last_sweep_when_the_clock_is_behind(intake: Intake) -> None:
    load(intake, penalty(public_limit=date(2026, 11, 25)), takes_down=True)
    intake.store.sweep(date(2026, 11, 26))

    with pytest.raises(RecordError, match="publicity ended"):
        publish(intake, DATASETS, only(intake).id, "恢复")


def test_only_what_is_withdrawn_can_be_published(intake: Intake) -> None:
    load(intake, penalty())

    with pytest.raises(RecordError, match="its state is published"):
        publish(intake, DATASETS, only(intake).id, "恢复")


def test_one_unknown_id_leaves_all_as_they_are_and_is_named(intake: Intake) -> None:
    load(intake, penalty())
    unknown = "0123456789abcdefghijklmnop"

    with pytest.raises(RecordError, match=unknown):
        withdraw(intake, DATASETS, [only(intake).id, unknown], Withdrawal.OTHER)

    assert only(intake).visible


@pytest.mark.parametrize(
    ("given", "named"),
    [(PHONE, False), ("410329198601010012", False), ("贺青禾", False), ("abc", True)],
)
def test_what_is_given_for_an_id_is_not_echoed_when_it_may_be_personal(
    intake: Intake, given: str, named: bool
) -> None:
    with pytest.raises(RecordError) as caught:
        withdraw(intake, DATASETS, [given], Withdrawal.OTHER)

    assert (given in caught.value.message) is named


def test_withdrawing_twice_for_one_reason_is_journaled_once(intake: Intake) -> None:
    load(intake, penalty())
    record_id = only(intake).id

    first = withdraw(intake, DATASETS, [record_id, record_id], Withdrawal.OTHER)
    again = withdraw(intake, DATASETS, [record_id], Withdrawal.OTHER)

    assert [(taken.changed, taken.noted) for taken in (*first, *again)] == [
        (True, False),
        (False, False),
    ]
    assert [change for change, _ in journal(intake)] == ["published", "withdrawn"]


def test_another_reason_for_what_is_down_already_is_kept(intake: Intake) -> None:
    load(intake, penalty(decision_date=date(2025, 1, 1)), takes_down=True)
    record_id = only(intake).id

    (taken,) = withdraw(intake, DATASETS, [record_id], Withdrawal.REPAIRED, "伊信修〔2026〕3号")

    assert (taken.changed, taken.noted) == (False, True)
    assert journal(intake)[-1] == ("withdrawn", "repaired: 伊信修〔2026〕3号")
    assert only(intake).state is RecordState.WITHDRAWN


def test_several_records_go_under_one_revision(intake: Intake) -> None:
    load(intake, penalty(), penalty(document_number="伊市监罚〔2026〕16号"))
    before = intake.store.revision()
    ids = [record.id for record in intake.store.changes(0, 10).records]

    withdraw(intake, DATASETS, ids, Withdrawal.OTHER)

    assert intake.store.revision() == before + 1
    assert not [record for record in intake.store.changes(0, 10).records if record.visible]


@pytest.mark.parametrize(
    ("decided", "earliest"),
    [(date(2026, 8, 26), date(2026, 11, 26)), (date(2026, 8, 25), None)],
)
def test_a_repair_before_the_minimum_is_done_and_noted(
    intake: Intake, decided: date, earliest: date | None
) -> None:
    load(intake, penalty(decision_date=decided))

    (taken,) = withdraw(intake, DATASETS, [only(intake).id], Withdrawal.REPAIRED)

    assert (taken.changed, taken.earliest) == (True, earliest)
    change, reason = journal(intake)[-1]
    assert change == "withdrawn"
    assert (str(earliest) in reason) is bool(earliest)


def test_only_a_repair_can_be_early(intake: Intake) -> None:
    load(intake, penalty(decision_date=date(2026, 11, 20)))

    (taken,) = withdraw(intake, DATASETS, [only(intake).id], Withdrawal.REVOKED)

    assert taken.earliest is None
    assert journal(intake)[-1] == ("withdrawn", "revoked")


def test_a_store_from_before_disputes_keeps_its_records(intake: Intake) -> None:
    load(intake, penalty())
    before, config = only(intake), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(intake.store.engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")

    migrate(intake.store.engine)

    assert replace(only(intake), anchor=before.anchor) == before
