"""Subjects as the store keeps them: what joins them, what they are called, what is visible of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from records.by_hand import Withdrawal, publish, withdraw
from records.errors import RecordError
from records.intake import Intake
from records.keys import KeyRing
from records.store import Store
from records.subject_conflicts import Conflict, subject_conflicts
from records.values import Value
from records.vocabulary import ListColor, SubjectKind, UsageScope
from tests.records.subject_model import (
    credit_code,
    expected,
    kept,
    load,
    one,
    organization_code,
    registration_number,
)
from tests.support import DATASETS, StillClock, penalty
from tests.support import license as a_license

ALL = tuple(DATASETS.values())
NAME = "伊川县恒通建材有限公司"
OLD_NAME = "伊川县恒通建材厂"
CODE = credit_code(1)
ENDS = date(2027, 9, 1)


def by_number(number: int = 1, **values: Value) -> dict[str, Value]:
    """A license of a firm that states its old registration number only."""
    row = a_license(subject_name=OLD_NAME, registration_number=registration_number(number))
    return row | {"credit_code": None} | values


def profile(**values: Value) -> dict[str, Value]:
    """A profile with both codes."""
    row: dict[str, Value] = {
        "subject_name": NAME,
        "credit_code": CODE,
        "registration_number": registration_number(1),
        "legal_representative": "贺青禾",
        "established_on": date(2012, 5, 8),
    }
    return row | values


def record_id(store: Store, dataset: str) -> str:
    (found,) = (r.id for r in store.changes(0, 100).records if r.dataset == dataset)
    return found


def test_records_of_one_code_are_one_subject(intake: Intake) -> None:
    load(intake, penalty(subject_name=NAME, credit_code=CODE))
    load(intake, a_license(subject_name=NAME, credit_code=CODE), dataset="licenses")

    subject = one(intake.store)

    assert {r.anchor for r in intake.store.changes(0, 10).records} == {subject.id}
    assert subject.anchors == (subject.id,)
    assert (subject.name, subject.named) == (NAME, True)
    assert (subject.credit_code, subject.organization_code) == (CODE, organization_code(1))
    assert subject.region == "410329"
    assert subject.visible == {"LICENSE": None, "PENALTY": ENDS}


def test_a_firm_known_by_several_codes_and_names_is_one_subject(intake: Intake) -> None:
    load(intake, by_number(), dataset="licenses")
    old_id = one(intake.store).id
    load(intake, penalty(subject_name=OLD_NAME, credit_code=CODE))
    assert len(kept(intake.store)) == 2
    load(intake, profile(), dataset="enterprises")
    entry: dict[str, Value] = {
        "subject_name": NAME, "credit_code": CODE, "color": ListColor.BLACK, "list_name": "黑名单",
        "list_code": "BLACK_LIST", "listed_on": date(2026, 9, 1), "authority": "伊川县市场监督管理局",
    }  # fmt: skip
    load(intake, entry, dataset="list_entries")

    subject = one(intake.store)

    assert subject.name == NAME
    assert subject.former_names == (OLD_NAME,)
    assert old_id in subject.anchors
    assert subject.registration_numbers == (registration_number(1),)
    assert subject.visible.keys() >= {"LICENSE", "PENALTY", "ENTERPRISE"}
    assert len(intake.store.changes(0, 100).subjects) == 2
    assert kept(intake.store) == expected(intake.store)


def test_without_its_profile_a_subject_is_what_its_records_say(intake: Intake) -> None:
    load(intake, by_number(), dataset="licenses")
    load(intake, profile(), dataset="enterprises")
    old_id = record_id(intake.store, "licenses")

    withdraw(intake, ALL, [record_id(intake.store, "enterprises")], Withdrawal.OTHER)

    subject = one(intake.store)
    assert (subject.name, subject.former_names) == (OLD_NAME, ())
    assert (subject.profile, subject.completeness) == ("", 0)
    assert subject.visible == {"LICENSE": None}
    # What the rows say of the codes joins, shown or not.
    assert subject.organization_code == ""
    assert subject.registration_numbers == (registration_number(1),)
    assert any(
        r.anchor in subject.anchors for r in intake.store.changes(0, 9).records if r.id == old_id
    )


def test_a_subject_of_which_nothing_is_visible_is_gone_with_its_name(
    intake: Intake, clock: StillClock
) -> None:
    load(intake, penalty(public_limit=date(2026, 11, 25)))
    before = one(intake.store)

    clock.advance(days=1)
    intake.store.sweep(date(2026, 11, 26))

    assert intake.store.subject_count() == 0
    (gone,) = intake.store.changes(before.revision, 10).subjects
    assert (gone.id, gone.exists, gone.name, gone.credit_code) == (before.id, False, "", "")
    assert gone.revision == intake.store.revision()


def test_a_record_that_is_never_shown_makes_no_subject(intake: Intake) -> None:
    load(intake, penalty(usage_scope=UsageScope.GOVERNMENT))

    assert intake.store.changes(0, 10).subjects == ()


def test_a_natural_person_has_no_anchor_and_no_subject(intake: Intake) -> None:
    row = penalty(subject_name="张三", credit_code=None, person_id_number="410329199001010010")
    load(intake, row, kind=SubjectKind.NATURAL_PERSON)

    batch = intake.store.changes(0, 10)

    assert [record.anchor for record in batch.records] == [""]
    assert batch.subjects == ()


def test_without_any_code_the_folded_name_is_the_key(intake: Intake) -> None:
    for line, name in enumerate(("伊川县（城关）恒通建材厂", "伊川县(城关)恒通建材厂")):
        load(intake, penalty(subject_name=name, credit_code=None,
                             document_number=f"伊市监罚〔2026〕{line}1号"), checksum=name)  # fmt: skip
    load(intake, penalty(subject_name="伊川县(城关)恒通建材厂", document_number="伊市监罚〔2026〕7号"),
         checksum="c")  # fmt: skip

    assert len(kept(intake.store)) == 2


def test_a_quite_different_name_under_one_code_is_not_shown(intake: Intake) -> None:
    load(intake, penalty(subject_name=NAME, credit_code=CODE))
    other = a_license(subject_name="洛阳盛达物流有限公司", credit_code=CODE)
    load(intake, other, dataset="licenses")

    subject = one(intake.store)

    assert (subject.name, subject.former_names) == (NAME, ())
    assert subject_conflicts(intake.store, 5).names == Conflict(1, (subject.id,))


@pytest.mark.parametrize(
    ("earlier", "former", "conflicts"),
    [(OLD_NAME, (OLD_NAME,), 0), ("洛阳盛达物流有限公司", (), 1)],
)
def test_a_renamed_profile_keeps_its_earlier_name(
    intake: Intake, earlier: str, former: tuple[str, ...], conflicts: int
) -> None:
    load(intake, profile(subject_name=earlier), profile(), dataset="enterprises")
    assert one(intake.store).former_names == former

    load(intake, profile(subject_name=earlier), dataset="enterprises", checksum="b")
    load(intake, profile(), dataset="enterprises", checksum="c")

    assert one(intake.store).former_names == former
    assert subject_conflicts(intake.store, 5).names.count == conflicts


def test_stated_former_names_are_taken_but_those_of_people(intake: Intake) -> None:
    stated = "伊川县顺达建材厂、张三、 伊川县 恒通建材有限公司"
    load(intake, profile(former_names=stated), dataset="enterprises")

    assert one(intake.store).former_names == ("伊川县顺达建材厂",)


def test_a_business_named_after_its_operator_is_found_by_code_only(intake: Intake) -> None:
    kind = SubjectKind.INDIVIDUAL_BUSINESS
    code = credit_code(3, "92")
    row = penalty(subject_name="贺青禾", credit_code=code, decision_date=date(2026, 9, 2))
    load(intake, row, kind=kind)
    shop = a_license(subject_name="贺青禾烟酒店", credit_code=code)
    load(intake, shop, dataset="licenses", kind=kind)

    subject = one(intake.store)

    assert (subject.name, subject.named, subject.former_names) == ("贺*", False, ())
    assert list(intake.store.subject_names()) == [((), (code, organization_code(3)))]


def test_what_does_not_change_a_subject_leaves_it_at_its_revision(intake: Intake) -> None:
    load(intake, penalty())
    before = one(intake.store)

    load(intake, penalty(content="改"), checksum="b")

    assert one(intake.store) == before


def test_a_sweep_of_many_subjects_works_in_parts(
    intake: Intake, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.subjects._AT_ONCE", 3)
    rows = [
        penalty(credit_code=credit_code(n), public_limit=date(2026, 11, 25),
                registration_number=registration_number(n),
                document_number=f"伊市监罚〔2026〕{n}1号") for n in range(10)
    ]  # fmt: skip
    load(intake, *rows)
    assert kept(intake.store) == expected(intake.store)

    clock.advance(days=1)
    intake.store.sweep(date(2026, 11, 26))

    assert intake.store.subject_count() == 0


@pytest.fixture
def other(tmp_path: Path, keys: KeyRing, clock: StillClock) -> Iterator[Intake]:
    store = Store.open(f"sqlite:///{tmp_path / 'other.db'}", keys, clock)
    yield Intake(store, keys)
    store.close()


_NAMES = (NAME, OLD_NAME, "洛阳恒通商贸有限公司", "伊川县恒通建材（集团）有限公司")


def _row(random: Random, serial: int) -> tuple[str, dict[str, Value]]:
    organization, number = random.choice((0, 1, 2)), random.choice((0, 0, 1, 2))
    values: dict[str, Value] = {
        "subject_name": random.choice(_NAMES),
        "credit_code": credit_code(organization) if organization else None,
        "registration_number": registration_number(number) if number else None,
        "document_number": f"伊市监罚〔2026〕{serial + 10}号",
        "decision_date": date(2026, 9, 1) + timedelta(days=random.randrange(60)),
        "authority_code": "11410329005376111D",
    }
    if random.random() < 0.5:
        return "licenses", a_license(**values)
    limit = date(2026, 11, random.randrange(20, 31)) if random.random() < 0.4 else None
    return "penalties", penalty(**values, public_limit=limit)


@pytest.mark.parametrize("seed", range(5))
def test_subjects_are_what_records_make_them_in_any_order(
    intake: Intake, other: Intake, clock: StillClock, seed: int
) -> None:
    random = Random(seed)
    rows = [_row(random, serial) for serial in range(24)]
    shuffled = random.sample(rows, len(rows))

    for target, order in ((intake, rows), (other, shuffled)):
        for at in range(0, len(order), 4):
            for dataset in ("licenses", "penalties"):
                part = [row for name, row in order[at : at + 4] if name == dataset]
                load(target, *part, dataset=dataset, checksum=f"{dataset}{at}")

    assert kept(intake.store) == expected(intake.store) == kept(other.store)
    ids = sorted(record.id for record in intake.store.changes(0, 100).records)
    steps: list[Callable[[], object]] = [
        lambda: withdraw(intake, ALL, random.sample(ids, 3), Withdrawal.OTHER),
        lambda: _publish(intake, random.choice(ids)),
        lambda: _a_day_later(intake, clock),
        lambda: _corrected(intake, random),
    ]
    for step in random.choices(steps, k=8):
        step()
        assert kept(intake.store) == expected(intake.store)


def _publish(intake: Intake, record: str) -> None:
    try:
        publish(intake, ALL, record, "撤下有误")
    except RecordError:
        return


def _a_day_later(intake: Intake, clock: StillClock) -> None:
    clock.advance(days=1)
    intake.store.sweep(clock().date())


def _corrected(intake: Intake, random: Random) -> None:
    dataset, row = _row(random, random.randrange(24))
    load(intake, row, dataset=dataset, checksum=str(random.random()))
