"""What the generator says must become of a row is what the door makes of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import TypedDict, cast

import pytest

from loaders.sources import open_source
from loaders.templates import HEAD_ROWS, header_test, recognize
from loaders.validation import Draft, Rejected, validate
from records.dataset import Dataset, ValueType
from records.datasets import declared_datasets
from records.privacy import public_view
from records.publicity import Publicity
from records.subject_kind import decide_kind
from records.values import JsonValue
from xincha.synthetic import generate
from xincha.synthetic.writers import Format

TODAY = date(2026, 11, 25)
ROWS = 1500
FEWER: dict[Format, int] = {"xlsx": 500, "xml": 700, "json": 700, "jsonl": 700}


class Expectation(TypedDict):
    file: str
    line: int
    outcome: str
    reasons: list[str]
    subjectKind: str
    expected: dict[str, JsonValue]
    planted: list[str]


Judged = dict[int, Draft | Rejected]


WRITTEN = [
    ("V2.1", "csv"), ("V2", "csv"), ("V1", "csv"), ("V2.1", "xlsx"), ("V1", "xml"), ("V2", "json"),
    ("V2.1", "jsonl"),
]  # fmt: skip


@pytest.fixture(scope="module", params=WRITTEN, ids="-".join)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    template, format = request.param[0], cast("Format", request.param[1])
    path, count = tmp_path_factory.mktemp(format), FEWER.get(format, ROWS)
    generate(
        path, datasets=declared_datasets(), licenses=count, penalties=count,
        subjects=900, seed=9, today=TODAY, template=template, format=format, dirty_share=0.1,
    )  # fmt: skip
    return path


def judge(path: Path, dataset: Dataset) -> Judged:
    with open_source(path, header_test([dataset])) as source:
        [sheet] = source.sheets
        rows = iter(sheet.rows())
        head = list(islice(rows, HEAD_ROWS))
        template = recognize(head, [dataset])
        # A sheet may be read once only: the rows behind the header are among those already taken.
        behind = chain((row for row in head if row.line > template.header_line), rows)
        judged = {row.line: validate(template, row, TODAY) for row in behind}
    return {line: verdict for line, verdict in judged.items() if verdict is not None}


Case = tuple[Dataset, Expectation, Draft | Rejected]


@pytest.fixture(scope="module")
def cases(folder: Path) -> list[Case]:
    return list(pairs(folder))


def pairs(folder: Path) -> Iterator[Case]:
    text = (folder / "expected.jsonl").read_text(encoding="utf-8")
    expectations = [cast("Expectation", json.loads(line)) for line in text.splitlines()]
    for dataset in declared_datasets():
        own = [e for e in expectations if e["file"].startswith(dataset.name)]
        if own:
            judged = judge(folder / own[0]["file"], dataset)
            assert judged.keys() == {e["line"] for e in own}
            yield from ((dataset, e, judged[e["line"]]) for e in own)


def accepted(cases: list[Case]) -> Iterator[tuple[Dataset, Expectation, Draft]]:
    for dataset, expectation, verdict in cases:
        if expectation["outcome"] != "rejected":
            assert isinstance(verdict, Draft), verdict
            yield dataset, expectation, verdict


def open_today(publicity: Publicity) -> bool:
    until = publicity.public_until
    return (
        publicity.published and publicity.public_from <= TODAY and (until is None or until > TODAY)
    )


def test_rejections_and_their_codes(cases: list[Case]) -> None:
    found, wanted = Counter[str](), Counter[str]()
    for _, expectation, verdict in cases:
        if isinstance(verdict, Rejected):
            found.update({issue.code for issue in verdict.issues})
        if expectation["outcome"] == "rejected":
            wanted.update(expectation["reasons"])
            assert isinstance(verdict, Rejected), expectation["reasons"]
            assert {issue.code for issue in verdict.issues} == set(expectation["reasons"])
    assert found == wanted


def test_kinds_of_subject(cases: list[Case]) -> None:
    named_like_operator_without_code = 0
    for _, expectation, draft in accepted(cases):
        assert decide_kind(draft.values).kind == expectation["subjectKind"]
        shown = expectation["expected"]
        named_like_operator_without_code += (
            shown["creditCode"] is None
            and "registration_number" in draft.values
            and str(shown["subjectName"]).endswith("*")
        )
    assert named_like_operator_without_code


def test_who_is_shown(cases: list[Case]) -> None:
    for dataset, expectation, draft in accepted(cases):
        publicity = dataset.publicity(draft.values, decide_kind(draft.values).kind)
        shown = "visible" if open_today(publicity) else "hidden"
        assert shown == expectation["outcome"], (
            expectation["line"],
            expectation["reasons"],
            publicity,
        )
        assert publicity.reason == "".join(set(expectation["reasons"]) - {"ENDED"})
        assert publicity.public_from.isoformat() == expectation["expected"]["publicFrom"]
        if expectation["outcome"] == "hidden" and "ENDED" not in expectation["reasons"]:
            continue  # never shown: there is no day on which it ends
        until = publicity.public_until
        assert (until and until.isoformat()) == expectation["expected"]["publicUntil"]


def same(type: ValueType, shown: JsonValue, wanted: JsonValue) -> bool:
    if type is ValueType.MONEY and isinstance(shown, str) and isinstance(wanted, str):
        return Decimal(shown) == Decimal(wanted)
    return (shown or None) == (wanted or None)


def test_what_must_come_through_whole(cases: list[Case]) -> None:
    compared = 0
    for dataset, expectation, draft in accepted(cases):
        view = public_view(dataset, draft.values, decide_kind(draft.values).kind)
        for field in dataset.public_fields:
            if field.api_name in expectation["expected"]:
                wanted = expectation["expected"][field.api_name]
                assert same(field.type, view.get(field.name), wanted), (field.name, wanted)
                compared += 1
    assert compared > 5 * len(cases)


def test_planted_values_are_nowhere(cases: list[Case]) -> None:
    planted = 0
    for dataset, expectation, verdict in cases:
        if isinstance(verdict, Draft):
            shown = repr(public_view(dataset, verdict.values, decide_kind(verdict.values).kind))
        else:
            shown = repr(verdict.issues)
        assert not [value for value in expectation["planted"] if value in shown]
        planted += len(expectation["planted"])
    assert planted > len(cases)
