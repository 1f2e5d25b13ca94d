"""What an index looks like in Elasticsearch, as the server itself says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from records.errors import IndexUnavailable
from search.documents import to_document
from search.elasticsearch_engine.mapping import CARD, STORED, meta_of, state_in
from search.engine import IndexState
from search.schema import ID, IndexSchema, Storage
from search.subjects import NAME_KEY
from tests.cluster.elasticsearch import ElasticsearchServer
from tests.search.backends import DECLARED, ElasticsearchBackend, elasticsearch_backend
from tests.search.corpus import records
from tests.support import DATASETS, NOON

SCHEMA = IndexSchema(DECLARED)

Property = dict[str, object]


@pytest.fixture
def backend(elasticsearch: ElasticsearchServer, tmp_path: Path) -> Iterator[ElasticsearchBackend]:
    with elasticsearch_backend(elasticsearch, tmp_path) as made:
        yield made


@pytest.fixture
def index(backend: ElasticsearchBackend) -> str:
    return backend.generations().create()


@pytest.fixture
def properties(client: Elasticsearch, index: str) -> dict[str, Property]:
    found: dict[str, Property] = client.indices.get_mapping(index=index)[index]["mappings"][
        "properties"
    ]
    return found


def test_every_field_is_mapped_and_nothing_else(properties: dict[str, Property]) -> None:
    assert set(properties) == {field.name for field in SCHEMA.fields} | {STORED, CARD}


def test_a_field_is_stored_as_its_kind(properties: dict[str, Property]) -> None:
    types = {
        Storage.NUMBER: "long",
        Storage.TEXT: "text",
        Storage.KEYWORD: "keyword",
        Storage.VALUE: "keyword",
        Storage.GRAMS: "text",
        Storage.ORDER: "keyword",
    }
    assert {f.name: properties[f.name]["type"] for f in SCHEMA.fields} == {
        f.name: types[f.storage] for f in SCHEMA.fields
    }


def test_what_no_filter_asks_is_not_indexed(properties: dict[str, Property]) -> None:
    indexed = {f for f in SCHEMA.fields if properties[f.name].get("index", True)}
    assert indexed == set(SCHEMA.fields) - SCHEMA.unsearched
    assert SCHEMA.unsearched


def test_tokens_of_texts_have_places_and_those_of_names_have_not(
    properties: dict[str, Property],
) -> None:
    def options(storage: Storage) -> set[object]:
        found = [properties[f.name] for f in SCHEMA.fields if f.storage is storage]
        return {p.get("index_options", "positions") for p in found}

    assert options(Storage.TEXT) == {"positions"}
    assert options(Storage.GRAMS) == {"docs"}
    assert not any(
        properties[f.name]["norms"] for f in SCHEMA.fields if properties[f.name]["type"] == "text"
    )


def test_of_keywords_only_those_that_are_counted_or_sorted_by_are_kept_by_document(
    properties: dict[str, Property],
) -> None:
    keywords = {f for f in SCHEMA.fields if properties[f.name]["type"] == "keyword"}
    kept = {f for f in keywords if properties[f.name].get("doc_values", True)}
    sorted_by = {ID, NAME_KEY}
    assert kept == {f for f in SCHEMA.counted if f in keywords} | sorted_by
    assert kept < keywords


def test_an_undeclared_field_is_refused(client: Elasticsearch, index: str) -> None:
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=index, document={"undeclared": 1})


def test_the_document_shown_may_hold_anything(client: Elasticsearch, index: str) -> None:
    shown = {"a.b": 1, "a": {"": [None, "2026-13-41", 2**63, {"x": "龘"}]}}
    client.index(index=index, id="1", document={STORED: shown}, refresh=True)
    assert client.get(index=index, id="1")["_source"] == {STORED: shown}


def test_only_the_document_shown_is_kept_of_a_source(
    backend: ElasticsearchBackend, client: Elasticsearch, index: str
) -> None:
    with closing(backend.generations().writer(index)) as writer:
        for revision, record in enumerate(records(3), start=1):
            writer.apply([to_document(record, DATASETS[record.dataset])], {})
            writer.commit(IndexState(revision))

    hits = client.search(index=index)["hits"]["hits"]
    assert len(hits) == 3
    for hit in hits:
        assert set(hit["_source"]) == {STORED}
        assert hit["_source"][STORED]["id"] == hit["_id"]


def test_only_a_commit_shows_documents_and_deletions_are_remembered(
    client: Elasticsearch, index: str
) -> None:
    settings = client.indices.get_settings(index=index)[index]["settings"]["index"]
    assert settings["refresh_interval"] == "-1"
    assert settings["gc_deletes"] == "1h"
    assert settings["number_of_shards"] == "1"


@pytest.mark.parametrize("meta", [{}, {"revision": 1}, {"revision": "1", "updated_at": {}}])
def test_an_index_that_does_not_say_its_state_is_to_be_built_anew(meta: dict[str, object]) -> None:
    with pytest.raises(IndexUnavailable) as raised:
        state_in(meta, "index")
    assert "reindex" in raised.value.suggestion


def test_a_state_is_read_as_it_was_written() -> None:
    state = IndexState(7, date(2026, 11, 25), {"penalties": NOON}, "2026/7", 1_000)
    assert state_in(meta_of(state, "", ""), "index") == state


def test_a_state_tells_its_index_from_the_one_before() -> None:
    meta: dict[str, object] = {"revision": 1, "updated_at": {}}
    assert state_in(meta, "a-000001").commit != state_in(meta, "a-000002").commit
    assert state_in(meta, "a-000001").commit != state_in(meta | {"revision": 2}, "a-000001").commit
    for other in ({"swept": "2026-11-25"}, {"statistics": "2"}):
        assert state_in(meta, "a-000001").commit != state_in(meta | other, "a-000001").commit
