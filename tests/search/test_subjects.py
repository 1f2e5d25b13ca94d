"""A subject's document, card, place and order; what the index holds of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from records.stored import StoredSubject
from records.vocabulary import SubjectKind
from search.entries import LARGEST, day_number
from search.index_fields import Storage
from search.name_order import name_key, name_numbers
from search.plan import Card, Grams
from search.query import SUBJECTS
from search.schema import IndexSchema
from search.subjects import (
    GRAMS,
    card_as_bytes,
    card_from_bytes,
    card_of,
    place,
    to_subject_document,
    until_field,
)
from tests.search.corpus import COUNTY
from tests.support import DATASETS

SCHEMA = IndexSchema(tuple(DATASETS.values()))
MILL = StoredSubject(
    id="0" * 26,
    anchors=("0" * 26, "1" * 26),
    kind=SubjectKind.LEGAL_ENTITY,
    name="伊川县青禾食品有限公司",
    named=True,
    former_names=("伊川县青禾面粉厂",),
    credit_code=COUNTY,
    registration_numbers=("410329000000001", "410329000000003"),
    organization_code=COUNTY[8:17],
    region="410329",
    profile="2" * 26,
    completeness=9,
    visible={"PENALTY": date(2027, 1, 1), "LICENSE": date(2026, 12, 1)},
    revision=4,
)
MASKED = replace(MILL, name="贺*", named=False, former_names=("贺某面馆",))

names = st.text(st.sampled_from("伊川县重庆乐银行ab(1 。" + "\x01"), max_size=18)


def test_the_document_lasts_as_long_as_its_last_record() -> None:
    assert to_subject_document(MILL)["public_until"] == "2027-01-01"
    living = replace(MILL, visible={**MILL.visible, "ENTERPRISE": None})
    assert to_subject_document(living)["public_until"] is None


def test_each_kind_has_its_own_end() -> None:
    found = SCHEMA.entry(
        to_subject_document(replace(MILL, visible={**MILL.visible, "ENTERPRISE": None}))
    )
    assert found[until_field("PENALTY").name] == day_number(date(2027, 1, 1))
    assert found[until_field("ENTERPRISE").name] == LARGEST
    assert until_field("RED_LIST").name not in found


def test_a_card_survives_being_kept() -> None:
    card = card_of(to_subject_document(MILL))
    assert card == Card(
        MILL.id, (MILL.name, *MILL.former_names), (COUNTY, COUNTY[8:17], *MILL.registration_numbers),
        MILL.anchors, 9,
    )  # fmt: skip
    assert card_from_bytes(card_as_bytes(card)) == card


def test_a_masked_subject_is_found_by_its_codes_alone() -> None:
    document = to_subject_document(MASKED)
    found = SCHEMA.entry(document)
    assert card_of(document).names == ("",)
    assert GRAMS[Grams.CODES].name in found
    assert not {GRAMS[grams].name for grams in Grams if grams is not Grams.CODES} & set(found)


def test_shorter_names_come_first_then_ids() -> None:
    documents = [
        to_subject_document(replace(MILL, name=name, id=number * 26))
        for name, number in (("伊川面粉", "v"), ("伊川县面粉", "0"), ("伊川县面粉", "1"))
    ]
    places = [place(document) for document in documents]
    assert places == sorted(set(places))
    assert places[0] > 0
    assert place(to_subject_document(replace(MILL, name="厂" * 9_000, id="v" * 26))) < 2**63 - 1


def test_every_asked_field_of_subjects_is_in_the_index() -> None:
    asked = {"credit_code": Storage.KEYWORD, "anchors": Storage.KEYWORD, "id": Storage.KEYWORD}
    asked |= {"name_order": Storage.NUMBER, "until_PENALTY": Storage.NUMBER}
    for name, storage in asked.items():
        assert SCHEMA.resolve(SUBJECTS, name, storage) in SCHEMA.fields
    assert {f.name for f in SCHEMA.fields} >= set(SCHEMA.entry(to_subject_document(MILL)))


@given(st.lists(names, max_size=12))
def test_numbers_never_contradict_the_order_of_names(found: list[str]) -> None:
    for one, other in pairwise(sorted(map(name_key, found))):
        assert name_numbers(one) <= name_numbers(other)


def test_names_sort_by_their_readings() -> None:
    found = ["重庆面馆", "厂", "伊川县面馆", "伊川面馆", "阿里面馆", "重点面馆", "3号面馆"]
    assert sorted(found, key=name_key) == [
        "3号面馆", "阿里面馆", "厂", "重庆面馆", "伊川面馆", "伊川县面馆", "重点面馆",
    ]  # fmt: skip
