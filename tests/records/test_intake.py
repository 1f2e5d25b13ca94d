from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from records import tables
from records.incoming import IncomingRecord
from records.intake import Intake, Stated
from records.sources import Origin, SourceRun
from records.stored import RecordState
from records.vocabulary import PenaltyCategory, SubjectKind, UsageScope
from tests.support import PENALTIES, StillClock, incoming, penalty, take


def load(
    intake: Intake, *rows: IncomingRecord, checksum: str = "a", withdraw: bool = False
) -> SourceRun:
    origin = Origin("file.csv", "", checksum, "penalties", "V2.1", withdraw=withdraw)
    run = SourceRun.begin(intake.store, origin)
    take(intake, run, rows, stated=Stated(PENALTIES, "V2.1", withdraw))
    run.finish()
    return run


def counted(run: SourceRun) -> dict[str, int]:
    return {name: number for name, number in run.counts.items() if number}


def states(intake: Intake) -> list[str]:
    with intake.store.engine.connect() as connection:
        return list(connection.scalars(select(tables.records.c.state)))


def changes(intake: Intake) -> list[tuple[str, str]]:
    query = select(tables.journal.c.change, tables.journal.c.reason).order_by(tables.journal.c.id)
    with intake.store.engine.connect() as connection:
        return [(row.change, row.reason) for row in connection.execute(query)]


def test_a_new_row_is_inserted_published_and_journaled(intake: Intake) -> None:
    run = load(intake, incoming(intake, penalty()))

    assert counted(run) == {"read": 1, "inserted": 1}
    assert intake.store.revision() == 1
    assert changes(intake) == [("published", "file")]
    (record,) = intake.store.changes(0, 10).records
    assert record.visible
    assert record.public["document_number"] == "伊市监罚〔2026〕15号"


def test_loading_twice_changes_nothing(intake: Intake) -> None:
    load(intake, incoming(intake, penalty()))

    again = load(intake, incoming(intake, penalty()))
    other_file = load(intake, incoming(intake, penalty()), checksum="b")

    assert counted(again) == counted(other_file) == {"read": 1, "unchanged": 1}
    assert intake.store.revision() == 1
    assert len(changes(intake)) == 1


def test_a_changed_row_updates_its_record_and_keeps_the_id(intake: Intake) -> None:
    load(intake, incoming(intake, penalty()))
    (before,) = intake.store.changes(0, 10).records

    run = load(intake, incoming(intake, penalty(content="罚款人民币叁万元整。")), checksum="b")

    (after,) = intake.store.changes(1, 10).records
    assert counted(run) == {"read": 1, "updated": 1}
    assert after.id == before.id
    assert after.public["content"] == "罚款人民币叁万元整。"
    assert after.loaded_at == before.loaded_at


def test_a_file_that_was_loaded_before_does_not_undo_a_later_one(intake: Intake) -> None:
    first = penalty()
    load(intake, incoming(intake, first))
    load(intake, incoming(intake, penalty(content="罚款人民币叁万元整。")), checksum="b")

    again = load(intake, incoming(intake, first))
    anew = load(intake, incoming(intake, first), checksum="c")

    assert counted(again) == {"read": 1, "unchanged": 1}
    assert counted(anew) == {"read": 1, "updated": 1}


def test_a_file_that_was_killed_while_it_was_repeated_is_no_news_either(intake: Intake) -> None:
    load(intake, incoming(intake, penalty()))
    load(intake, incoming(intake, penalty(content="罚款人民币叁万元整。")), checksum="b")
    SourceRun.begin(intake.store, Origin("file.csv", "", "a", "penalties", "V2.1"))

    again = load(intake, incoming(intake, penalty()))

    assert counted(again) == {"read": 1, "unchanged": 1}


def test_a_file_that_states_a_decision_twice_settles_on_the_later_row(intake: Intake) -> None:
    first, second = penalty(content="一"), penalty(content="二")
    rows = (incoming(intake, first, line=2), incoming(intake, second, line=3))

    one = load(intake, *rows)
    two = load(intake, *rows)

    assert counted(one) == {"read": 2, "inserted": 1, "updated": 1}
    assert counted(two) == {"read": 2, "unchanged": 2}
    assert intake.store.changes(0, 10).records[0].public["content"] == "二"


def test_spellings_of_number_and_authority_are_one_record(intake: Intake) -> None:
    load(intake, incoming(intake, penalty()))

    run = load(
        intake,
        incoming(intake, penalty(document_number="伊市监罚(2026)15号", authority_code=None)),
        checksum="b",
    )

    assert counted(run) == {"read": 1, "updated": 1}


def test_one_number_for_two_parties_is_two_records(intake: Intake) -> None:
    other = penalty(subject_name="伊川县白露餐饮有限公司", credit_code=None)

    run = load(intake, incoming(intake, penalty()), incoming(intake, other, line=3))

    assert counted(run) == {"read": 2, "inserted": 2}


def test_rows_can_be_withdrawn_by_file_even_before_they_were_published(intake: Intake) -> None:
    load(intake, incoming(intake, penalty()))
    other = penalty(document_number="伊市监罚〔2026〕16号")

    taken = load(
        intake,
        incoming(intake, penalty()),
        incoming(intake, other, line=3),
        checksum="w",
        withdraw=True,
    )
    late = load(intake, incoming(intake, other), checksum="c")

    assert counted(taken) == {"read": 2, "withdrawn": 2}
    assert counted(late) == {"read": 1, "not_republished": 1}
    assert set(states(intake)) == {RecordState.WITHDRAWN}


@pytest.mark.parametrize("scope", [UsageScope.GOVERNMENT, UsageScope.AUTHORIZED, UsageScope.OTHER])
def test_what_is_not_for_the_public_is_hidden_but_counts_as_inserted(
    intake: Intake, scope: UsageScope
) -> None:
    run = load(intake, incoming(intake, penalty(usage_scope=scope)))

    assert counted(run) == {"read": 1, "inserted": 1}
    assert states(intake) == [RecordState.HIDDEN]
    assert changes(intake) == []


def test_a_light_penalty_is_hidden(intake: Intake) -> None:
    warning = penalty(categories=(PenaltyCategory.WARNING,), fine_amount=None)

    load(intake, incoming(intake, warning))

    assert states(intake) == [RecordState.HIDDEN]


def test_natural_persons_can_be_hidden_as_a_whole(intake: Intake) -> None:
    strict = Intake(intake.store, intake.keys, hide_natural_persons=True)
    person = penalty(subject_name="贺青禾", credit_code=None)

    load(strict, incoming(strict, person, kind=SubjectKind.NATURAL_PERSON))

    assert states(intake) == [RecordState.HIDDEN]


def test_the_sweep_ends_what_has_run_out_and_journals_it_once(
    intake: Intake, clock: StillClock
) -> None:
    load(intake, incoming(intake, penalty(public_limit=date(2026, 11, 25))))
    intake.store.sweep(date(2026, 11, 25))
    assert states(intake) == [RecordState.PUBLISHED]

    clock.advance(days=1)
    intake.store.sweep(date(2026, 11, 26))
    intake.store.sweep(date(2026, 11, 26))

    assert states(intake) == [RecordState.ENDED]
    assert changes(intake) == [("published", "file"), ("withdrawn", "publicity ended")]
    assert intake.store.swept() == date(2026, 11, 26)


def test_a_batch_from_before_midnight_does_not_slip_past_the_sweep(
    intake: Intake, clock: StillClock
) -> None:
    intake.store.sweep(date(2026, 11, 26))

    load(intake, incoming(intake, penalty(public_limit=date(2026, 11, 25))))

    assert states(intake) == [RecordState.ENDED]


def test_a_failed_batch_leaves_nothing_and_the_run_where_it_was(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = SourceRun.begin(intake.store, Origin("f", "", "a", "penalties", "V2.1"))

    def fail(*_args: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("records.intake.save_progress", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        take(intake, run, [incoming(intake, penalty())])

    assert states(intake) == []
    assert run.position == 0
    assert intake.store.revision() == 0


def test_changes_come_in_whole_revisions(intake: Intake) -> None:
    for number in range(3):
        rows = [
            incoming(intake, penalty(document_number=f"伊罚〔{number}〕{n}号"), line=n + 2)
            for n in range(4)
        ]
        load(intake, *rows, checksum=str(number))

    first = intake.store.changes(0, 5)
    rest = intake.store.changes(first.revision, 100)

    assert (first.revision, len(first.records)) == (2, 8)
    assert (rest.revision, len(rest.records)) == (3, 4)
    assert intake.store.changes(3, 5).records == ()


def test_no_two_records_of_one_person_can_be_linked_by_what_the_store_hands_out(
    intake: Intake,
) -> None:
    person = penalty(subject_name="贺青禾", credit_code=None, person_id_number="0" * 18)
    rows = [
        incoming(intake, person | {"document_number": f"伊公罚〔2026〕{n}号"}, line=n,
                 kind=SubjectKind.NATURAL_PERSON)
        for n in (2, 3)
    ]  # fmt: skip
    load(intake, *rows)

    first, second = intake.store.changes(0, 10).records

    assert first.anchor == second.anchor == ""
    assert first.public["subject_name"] == second.public["subject_name"] == "贺*"
    assert first.loaded_at - second.loaded_at == timedelta()
