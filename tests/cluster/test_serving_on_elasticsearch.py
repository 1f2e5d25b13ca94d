"""One store, two servers, two engines: every answer is the same, to the letter."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from tests.cluster.elasticsearch import ElasticsearchServer
from tests.cluster.installation import Installation, rows

LISTS = {
    "licenses": ("License", ("DECISION_DATE", "VALID_UNTIL")),
    "penalties": ("Penalty", ("DECISION_DATE", "FINE_AMOUNT")),
}
WHERES = {
    "both": [
        "{}",
        "{status: {eq: VALID}}",
        "{not: {status: {eq: VALID}}}",
        "{subjectKind: {in: [LEGAL_ENTITY, NATURAL_PERSON]}}",
        '{decisionDate: {gte: "2025-01-01", lt: "2026-07-01"}}',
        '{content: {contains: "经营"}}',
        '{authority: {prefix: "伊川县"}}',
        '{or: [{region: {prefix: "4103"}}, {subjectKind: {eq: NATURAL_PERSON}}]}',
        '{and: [{authority: {prefix: "伊"}}, {not: {decisionDate: {lt: "2025-06-01"}}}]}',
        "{or: []}",
        '{documentNumber: {prefix: "伊"}}',
    ],
    "licenses": [
        "{category: {eq: GENERAL}}",
        '{validUntil: {gt: "2028-01-01"}}',
        '{validFrom: {lte: "2026-01-01"}, category: {in: [GENERAL, REGISTRATION]}}',
    ],
    "penalties": [
        "{category: {in: [FINE, WARNING]}}",
        '{fineAmount: {gte: "5000", lt: "100000"}}',
        '{violation: {contains: "安全"}, fineAmount: {gt: "0"}}',
        '{facts: {contains: "经查"}}',
    ],
}
_PAGE = """query ($after: Cursor) { %s(first: 17, after: $after, where: %s,
  orderBy: {field: %s, direction: %s}) {
    totalCount totalRelation pageInfo { hasNextPage endCursor } edges { cursor node { %s } } } }"""
_COUNTS = """{ %s(where: %s) { totalCount
  facets(fields: [CATEGORY, AUTHORITY, STATUS, SUBJECT_KIND, REGION], size: 50) {
    field buckets { value label count } }
  timeline { start count } years: timeline(interval: YEAR) { start count } } }"""
_SERVICE = """{ service { name region version revision dataUpdatedAt
  datasets { name label updatedAt count fields { name } } } }"""
_SUBJECTS = """query ($text: String) { subjects(query: $text) { totalCount totalRelation
  edges { cursor score node { id name creditCode region formerNames } } } }"""
_PARTS = {
    "Provenance": "{ provider template loadedAt updatedAt }",
    "Subject": "{ id name kind creditCode region formerNames }",
}
"""What is asked of fields that are objects."""
_MOST_PAGES = 4


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    made = Installation(tmp_path_factory.mktemp("house") / "home")
    folder = rows(tmp_path_factory.mktemp("files"), 1_200, seed=9, files=2)
    loaded = made.run("load", "--json", str(folder))
    assert (loaded.code, loaded.errors) == (0, "")
    return made


@pytest.fixture(scope="module")
def servers(
    installed: Installation, elasticsearch: ElasticsearchServer
) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """On tantivy, and on Elasticsearch by two workers. The second builds its index when it starts."""
    search = {"XINCHA_SEARCH_URL": elasticsearch.url, "XINCHA_SEARCH_INDEX": "served"}
    with (
        installed.serving() as embedded,
        replace(installed, search=search).serving("--workers", "2") as clustered,
        httpx.Client(base_url=embedded, timeout=30, trust_env=False) as one,
        httpx.Client(base_url=clustered, timeout=30, trust_env=False) as other,
    ):
        yield one, other


@pytest.fixture(scope="module")
def shown(servers: tuple[httpx.Client, httpx.Client]) -> dict[str, str]:
    """Every field that a record can be asked for, by list."""
    query = "{ __type(name: %s) { fields { name type { kind name ofType { kind name } } } } }"
    found = {}
    for name, (kind, _) in LISTS.items():
        answer = servers[0].post("/graphql", json={"query": query % f'"{kind}"'}).json()
        fields = [
            f"{f['name']} {_PARTS.get(_name_of(f['type']), '')}"
            for f in answer["data"]["__type"]["fields"]
        ]
        found[name] = " ".join(fields)
    return found


def _name_of(told: dict[str, object]) -> str:
    inner = told["ofType"] if told["kind"] == "NON_NULL" else told
    assert isinstance(inner, dict)
    return str(inner["name"])


def same(
    servers: tuple[httpx.Client, httpx.Client], query: str, **variables: object
) -> dict[str, dict[str, object]]:
    """The one answer of both."""
    body = {"query": query, "variables": variables}
    answers = [server.post("/graphql", json=body) for server in servers]
    assert [answer.status_code for answer in answers] == [200, 200], answers[0].text
    one, other = (answer.json() for answer in answers)
    assert "errors" not in one, one
    assert one == other
    data: dict[str, dict[str, object]] = one["data"]
    return data


def wheres(name: str) -> list[str]:
    return [*WHERES["both"], *WHERES[name]]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_pages_in_every_order(
    servers: tuple[httpx.Client, httpx.Client], shown: dict[str, str], name: str, direction: str
) -> None:
    nonempty = 0
    for where, field in itertools.product(wheres(name), LISTS[name][1]):
        query = _PAGE % (name, where, field, direction, shown[name])
        after: object = None
        for _ in range(_MOST_PAGES):
            # The cursor that one engine gave leads the other on.
            page = same(servers, query, after=after)[name]
            nonempty += bool(page["edges"])
            info = page["pageInfo"]
            assert isinstance(info, dict)
            if not info["hasNextPage"]:
                break
            after = info["endCursor"]
    assert nonempty > len(wheres(name))


@pytest.mark.parametrize("name", LISTS)
def test_counts(servers: tuple[httpx.Client, httpx.Client], name: str) -> None:
    counted = [same(servers, _COUNTS % (name, where))[name] for where in wheres(name)]
    assert len({str(counts["totalCount"]) for counts in counted}) > 5


def test_records_by_id(servers: tuple[httpx.Client, httpx.Client], shown: dict[str, str]) -> None:
    asked = same(servers, "{ licenses(first: 30) { nodes { id } } }")["licenses"]["nodes"]
    assert isinstance(asked, list)
    ids = [node["id"] for node in asked]
    assert len(ids) == 30
    fragments = " ".join(f"... on {kind} {{ {shown[name]} }}" for name, (kind, _) in LISTS.items())
    unknown = ids[0][:-4] + "AAAA"
    query = f"query ($ids: [ID!]!, $id: ID!) {{ nodes(ids: $ids) {{ {fragments} }} node(id: $id) {{ id }} }}"
    found = same(servers, query, ids=[*ids, unknown], id=ids[3])
    assert len([node for node in found["nodes"] if node]) >= 30
    assert found["node"] == {"id": ids[3]}


def test_the_service(servers: tuple[httpx.Client, httpx.Client]) -> None:
    service = same(servers, _SERVICE)["service"]
    datasets = service["datasets"]
    assert isinstance(datasets, list)
    counts = {dataset["name"]: dataset["count"] for dataset in datasets}
    assert all(counts[name] > 100 for name in LISTS)


def test_refusals(servers: tuple[httpx.Client, httpx.Client]) -> None:
    for query in (
        '{ penalties(where: {content: {contains: "一"}}) { totalCount } }',
        '{ penalties(after: "nonsense") { totalCount } }',
        "{ penalties(first: 1000000) { totalCount } }",
    ):
        one, other = (server.post("/graphql", json={"query": query}).json() for server in servers)
        assert one["errors"]
        assert one == other


def test_names_and_subjects(servers: tuple[httpx.Client, httpx.Client]) -> None:
    named = same(servers, "{ subjects(first: 40) { nodes { id name } } }")["subjects"]["nodes"]
    assert isinstance(named, list)
    assert len(named) == 40
    # A masked name is found by nothing.
    for name in sorted({node["name"] for node in named if "*" not in node["name"]})[::8]:
        for text in (name, name[:3], name[2:7]):
            found = same(servers, _SUBJECTS, text=text)["subjects"]["edges"]
            assert found or text != name
