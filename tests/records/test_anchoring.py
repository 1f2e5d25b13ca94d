"""Stores of an earlier version: their records get anchors when they are opened with the vault key."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config

from records.anchoring import anchor_records, lacks_anchors
from records.by_hand import Withdrawal, publish, withdraw
from records.database import MIGRATIONS, migrate, writing
from records.errors import VaultError
from records.intake import Intake
from records.keys import KeyRing
from records.store import Store
from records.stored import StoredSubject
from records.vocabulary import SubjectKind
from tests.records.subject_model import credit_code, kept, load, registration_number
from tests.support import DATASETS, penalty

ALL = tuple(DATASETS.values())


def made_earlier(store: Store) -> None:
    """Bring it back to what the version before subjects kept, and forward again."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(store.engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    migrate(store.engine)


@pytest.fixture
def subjects(intake: Intake) -> dict[str, StoredSubject]:
    """Three subjects and a person, before the store became one of an earlier version."""
    rows = [
        penalty(credit_code=credit_code(n), registration_number=registration_number(n),
                document_number=f"伊市监罚〔2026〕{n}1号") for n in range(3)
    ]  # fmt: skip
    load(intake, *rows)
    person = penalty(subject_name="张三", credit_code=None, person_id_number="410329199001010010")
    load(intake, person, kind=SubjectKind.NATURAL_PERSON, checksum="b")
    found = kept(intake.store)
    made_earlier(intake.store)
    return found


def test_opening_with_the_vault_key_makes_the_same_subjects(
    intake: Intake, subjects: dict[str, StoredSubject], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.anchoring._AT_ONCE", 2)
    before = intake.store.revision()
    assert lacks_anchors(intake.store)
    assert kept(intake.store) == {}

    assert anchor_records(intake.store, intake.keys, ALL) == 3

    assert len(subjects) == 3
    assert kept(intake.store) == subjects
    # A follower has to hear of them.
    assert len(intake.store.changes(before, 10).records) == 3
    assert anchor_records(intake.store, intake.keys, ALL) == 0
    assert not lacks_anchors(intake.store)


def test_what_was_stopped_goes_on(intake: Intake, subjects: dict[str, StoredSubject]) -> None:
    with pytest.raises(VaultError):
        anchor_records(intake.store, KeyRing(intake.keys.secret), ALL)
    assert anchor_records(intake.store, intake.keys, ()) == 0

    assert anchor_records(intake.store, intake.keys, ALL) == len(subjects)


def test_a_new_store_has_nothing_to_make_up_for(intake: Intake) -> None:
    made_earlier(intake.store)

    assert not lacks_anchors(intake.store)


def test_when_a_record_appeared_is_read_from_the_journal(intake: Intake) -> None:
    load(intake, penalty())
    (record,) = intake.store.changes(0, 10).records
    withdraw(intake, ALL, [record.id], Withdrawal.OTHER)
    publish(intake, ALL, record.id, "撤下有误")
    load(intake, penalty(content="改"), checksum="b")
    (published,) = intake.store.changes(0, 10).records

    made_earlier(intake.store)

    (migrated,) = intake.store.changes(0, 10).records
    assert published.published_revision == migrated.published_revision == 3
