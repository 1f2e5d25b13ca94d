"""The schema follows from the declarations."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from records.dataset import Dataset, Field, ValueType
from records.errors import BadQuery
from records.stored import StoredRecord
from records.vocabulary import PersonalData, SubjectKind
from search.documents import to_document, to_tombstone
from search.entries import LARGEST
from search.schema import IndexSchema, Storage
from tests.search.corpus import CITY, COUNTY, random_record
from tests.support import DATASETS, PENALTIES

SCHEMA = IndexSchema(tuple(DATASETS.values()))
COMPANY = replace(
    random_record(random.Random(1), "penalties"), subject_kind=SubjectKind.LEGAL_ENTITY
)


def entry(record: StoredRecord = COMPANY, **public: str | None) -> dict[str, object]:
    document = to_document(replace(record, public={**record.public, **public}), PENALTIES)
    return dict(SCHEMA.entry(document))


def changed(dataset: Dataset, name: str, **values: object) -> Dataset:
    fields: list[Field] = [
        replace(f, **values) if f.name == name else f  # type: ignore[arg-type]
        for f in dataset.fields
    ]
    return replace(dataset, fields=tuple(fields))


ASKED = [Storage.KEYWORD, Storage.NUMBER, Storage.TEXT]


def ways_to_ask(dataset: str, field: str) -> list[Storage]:
    found = []
    for storage in ASKED:
        with suppress(BadQuery):
            assert SCHEMA.resolve(dataset, field, storage) in SCHEMA.fields
            found.append(storage)
    return found


def test_every_filter_and_order_has_a_field() -> None:
    for dataset in DATASETS.values():
        for field in dataset.fields:
            ways = ways_to_ask(dataset.name, field.name)
            assert len(ways) == (field.filter or field.sort or field.facet)
            if field.sort:
                assert ways == [Storage.NUMBER]


def test_facets_and_sortable_dates_are_counted_and_nothing_else() -> None:
    for dataset in DATASETS.values():
        for field in dataset.fields:
            if field.facet:
                assert SCHEMA.values(dataset.name, field.name) in SCHEMA.counted
            else:
                with pytest.raises(BadQuery):
                    SCHEMA.values(dataset.name, field.name)
            if field.sort and field.type is ValueType.DATE:
                assert SCHEMA.months(dataset.name, field.name) in SCHEMA.unsearched
            else:
                with pytest.raises(BadQuery):
                    SCHEMA.months(dataset.name, field.name)


def test_names_are_unique_and_shared_by_equal_kinds() -> None:
    names = [field.name for field in SCHEMA.fields]
    assert len(names) == len(set(names))
    in_licenses = SCHEMA.resolve("licenses", "content", Storage.TEXT)
    assert in_licenses == SCHEMA.resolve("penalties", "content", Storage.TEXT)


def test_money_is_in_fen_and_days_count_from_1970() -> None:
    found = entry(fine_amount="20000.01", decision_date="1970-01-31")
    assert found["fine_amount_number"] == 2_000_001
    assert found["decision_date_number"] == 30
    assert entry(fine_amount="9" * 30)["fine_amount_number"] == LARGEST
    assert entry(fine_amount="-0.01")["fine_amount_number"] == -1


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_has_no_value_is_not_there(nothing: str | None) -> None:
    found = entry(fine_amount=None, facts=nothing, authority=nothing)
    names = {"fine_amount_number", "facts_text", "authority_keyword"}
    assert not names & set(found)
    present = found["present"]
    assert isinstance(present, list)
    assert not names & set(present)


def test_texts_of_a_person_are_not_indexed() -> None:
    person = replace(COMPANY, subject_kind=SubjectKind.NATURAL_PERSON)
    found = entry(person, facts="经查，贺某", content="罚款", credit_code=None)
    assert not {n for n in found if n.endswith("_text")} - {"codes_text"}
    assert not {"region_keyword", "credit_code_keyword"} & set(found)
    assert "document_number_keyword" in entry(person, document_number="伊罚1号")


def test_codes_of_a_person_are_what_may_be_filtered() -> None:
    careless = IndexSchema((changed(PENALTIES, "credit_code", personal=PersonalData.PHONE),))
    public = {**COMPANY.public, "document_number": "罚1", "credit_code": COUNTY}
    person = replace(COMPANY, subject_kind=SubjectKind.NATURAL_PERSON, public=public)
    assert careless.entry(to_document(person, PENALTIES))["codes_text"] == "罚1"
    company = replace(COMPANY, public=public)
    assert "91" in str(careless.entry(to_document(company, PENALTIES))["codes_text"]).split()


def test_a_tombstone_is_a_document_of_its_id_kind_and_revision_alone() -> None:
    gone = replace(COMPANY, revision=7, anchor=COMPANY.id)
    found = SCHEMA.entry(to_tombstone(gone, PENALTIES))
    assert set(found) == {
        "id", "dataset", "id_rank", "kind_keyword", "revision_number", "present",
    }  # fmt: skip
    assert found["revision_number"] == 7


def test_no_text_of_a_person_is_indexed_however_it_is_declared() -> None:
    careless = changed(PENALTIES, "facts", personal=None)
    person = replace(COMPANY, subject_kind=SubjectKind.NATURAL_PERSON)
    shown = replace(person, public={**person.public, "facts": "经查，从事经营。"})
    assert "facts_text" not in IndexSchema((careless,)).entry(to_document(shown, careless))


@pytest.mark.parametrize("personal", sorted(set(PersonalData) - {PersonalData.ID_NUMBER}))
def test_personal_columns_of_a_person_cannot_be_filtered(personal: PersonalData) -> None:
    """However a dataset declares them."""
    careless = changed(PENALTIES, "subject_name", filter=True, personal=personal)
    schema = IndexSchema((careless,))
    person = replace(COMPANY, subject_kind=SubjectKind.NATURAL_PERSON)
    assert "subject_name_keyword" not in schema.entry(to_document(person, careless))
    assert "subject_name_keyword" in schema.entry(to_document(COMPANY, careless))


def test_the_region_is_the_subjects_before_the_authoritys() -> None:
    city = CITY
    assert entry(credit_code=COUNTY, authority_code=city)["region_keyword"] == ["410329"]
    assert entry(credit_code=None, authority_code=COUNTY)["region_keyword"] == ["410329"]
    assert "region_keyword" not in entry(credit_code=COUNTY[:-1] + "0", authority_code=None)


def test_a_person_has_no_region() -> None:
    person = replace(COMPANY, subject_kind=SubjectKind.NATURAL_PERSON)
    by_authority = replace(person, public={**person.public, "authority_code": COUNTY})
    assert to_document(by_authority, PENALTIES)["region"] is None


def test_the_fingerprint_changes_with_what_is_indexed_and_only_then() -> None:
    def of(*penalties: Dataset) -> IndexSchema:
        return IndexSchema(tuple({**DATASETS, **{d.name: d for d in penalties}}.values()))

    relabeled = of(changed(PENALTIES, "facts", label="别名"))
    unfiltered = of(changed(PENALTIES, "facts", filter=False))
    exact = of(changed(PENALTIES, "facts", search=None))
    no_code = of(changed(PENALTIES, "document_number", search=None))
    prints = [s.fingerprint for s in (SCHEMA, of(), relabeled, unfiltered, exact, no_code)]
    assert prints[0] == prints[1] == prints[2]
    assert len(set(prints)) == 4


def test_the_document_holds_all_that_is_shown() -> None:
    document = to_document(COMPANY, PENALTIES)
    assert dict(COMPANY.public).items() <= document.items()
    assert {
        "id", "dataset", "kind", "subject_kind", "region", "public_from", "public_until", "revision",
        "template", "loaded_at", "updated_at", "provider", "provider_code",
    } <= set(document)  # fmt: skip
    assert "party" not in document


def test_only_one_package_knows_the_embedded_engine() -> None:
    root = Path(__file__).parents[2]
    imports = re.compile(r"^\s*(?:from|import) tantivy\b", re.MULTILINE)
    knowing = {
        path.parent.name
        for folder in ("api", "loaders", "records", "search", "xincha")
        for path in (root / folder).rglob("*.py")
        if imports.search(path.read_text(encoding="utf-8"))
    }
    assert knowing == {"tantivy_engine"}
