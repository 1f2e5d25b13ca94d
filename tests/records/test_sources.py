from __future__ import annotations

from collections import Counter

from records.intake import Intake
from records.sources import COUNTS, Origin, SourceRun, rejections, save_progress
from records.store import Store
from tests.support import incoming, penalty, take

ORIGIN = Origin("a.csv", "", "sum", "penalties", "V2.1")


def rejection(line: int, code: str = "BAD_DATE") -> dict[str, object]:
    return {
        "line": line,
        "field": "decision_date",
        "column": "处罚决定日期",
        "code": code,
        "message": "不是日期 / not a date",
        "value": "2026-13-01",
        "fix": "YYYY/MM/DD",
    }


def advance(store: Store, run: SourceRun, line: int) -> None:
    progress = run.advanced(Counter(read=1, rejected=1), Counter(BAD_DATE=1), line)
    with store.writing() as connection:
        save_progress(connection, progress, [rejection(line)])
    run.update(progress)


def test_an_unfinished_pass_goes_on_where_it_was(store: Store) -> None:
    advance(store, SourceRun.begin(store, ORIGIN), 7)

    resumed = SourceRun.begin(store, ORIGIN)

    assert resumed.position == 7
    assert resumed.counts == dict.fromkeys(COUNTS, 0) | {"read": 1, "rejected": 1}
    assert resumed.reasons == {"BAD_DATE": 1}


def test_a_finished_pass_starts_anew_and_its_rejections_are_not_repeated(store: Store) -> None:
    for _ in range(2):
        run = SourceRun.begin(store, ORIGIN)
        assert run.position == 0
        advance(store, run, 7)
        run.finish()

    assert len(list(rejections(store))) == 1


def test_the_same_file_is_the_same_source_whatever_its_name(store: Store) -> None:
    first = SourceRun.begin(store, ORIGIN)
    renamed = Origin("b.csv", "", "sum", "penalties", "V2.1")
    changed = Origin("a.csv", "", "other", "penalties", "V2.1")

    assert SourceRun.begin(store, renamed).source_id == first.source_id
    assert SourceRun.begin(store, changed).source_id != first.source_id


def test_rejections_say_where_what_and_how_to_fix(intake: Intake) -> None:
    run = SourceRun.begin(intake.store, ORIGIN)

    take(intake, run, [incoming(intake, penalty())], [rejection(3)])

    assert list(rejections(intake.store)) == [
        {
            "source": run.source_id,
            "file": "a.csv",
            "sheet": "",
            "line": 3,
            "column": "处罚决定日期",
            "code": "BAD_DATE",
            "message": "不是日期 / not a date",
            "value": "2026-13-01",
            "fix": "YYYY/MM/DD",
        }
    ]
    assert list(rejections(intake.store, source_id=run.source_id + 1)) == []


def test_a_row_with_two_defects_counts_once_but_gives_both_reasons(intake: Intake) -> None:
    run = SourceRun.begin(intake.store, ORIGIN)
    other = rejection(3, "REQUIRED_MISSING") | {"field": "content"}

    take(intake, run, [], [rejection(3), other])

    assert run.counts["rejected"] == 1
    assert run.reasons == {"BAD_DATE": 1, "REQUIRED_MISSING": 1}
