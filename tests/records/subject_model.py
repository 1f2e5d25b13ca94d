"""Loading rows about a few organizations, and what subjects they make, worked out in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import RowMapping, select

from records import tables
from records.brands import same_brand
from records.folding import fold
from records.identifiers import (
    credit_check_character,
    organization_check_character,
    registration_check_digit,
)
from records.intake import Intake, Stated
from records.sources import Origin, SourceRun
from records.store import Store
from records.stored import StoredSubject
from records.values import Value
from records.vocabulary import SubjectKind
from tests.support import DATASETS, incoming, take


def organization_code(number: int) -> str:
    return (body := f"{number:08d}") + organization_check_character(body)


def credit_code(number: int, kind: str = "91") -> str:
    return (body := f"{kind}410329{organization_code(number)}") + credit_check_character(body)


def registration_number(number: int) -> str:
    return (body := f"41032900{number:06d}") + registration_check_digit(body)


def load(
    intake: Intake,
    *rows: Mapping[str, Value],
    dataset: str = "penalties",
    kind: SubjectKind = SubjectKind.LEGAL_ENTITY,
    checksum: str = "a",
) -> None:
    declared = DATASETS[dataset]
    template = declared.templates[0]
    run = SourceRun.begin(intake.store, Origin("f.csv", "", checksum, dataset, template))
    records = [
        incoming(intake, dict(row), dataset=declared, kind=kind, line=line)
        for line, row in enumerate(rows, 2)
    ]
    take(intake, run, records, stated=Stated(declared, template))
    run.finish()


def kept(store: Store) -> dict[str, StoredSubject]:
    """The subjects that exist, by id, without the revision of their last change."""
    return {subject.id: replace(subject, revision=0) for subject in store.subjects()}


def one(store: Store) -> StoredSubject:
    (subject,) = store.subjects()
    return subject


def expected(store: Store) -> dict[str, StoredSubject]:
    """The same, made of the records alone, which are few."""
    with store.engine.connect() as connection:
        rows = connection.execute(select(tables.records)).mappings().all()
        previous = connection.execute(select(tables.previous_names)).all()
    organizations: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["registration_anchor"] and row["registration_anchor"] != row["anchor"]:
            organizations[row["registration_anchor"]].add(row["anchor"])
    joins = {number: min(codes) for number, codes in organizations.items() if len(codes) == 1}
    about: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in rows:
        if row["state"] == "published" and row["anchor"]:
            about[joins.get(row["anchor"], row["anchor"])].append(row)
    names = {row.name for row in previous}
    return {
        subject_id: _subject(
            subject_id, found, [n for n, code in joins.items() if code == subject_id], names
        )
        for subject_id, found in about.items()
    }


def _subject(
    subject_id: str, rows: Sequence[RowMapping], numbers: Iterable[str], previous: set[str]
) -> StoredSubject:
    anchors = (subject_id, *sorted(numbers))
    newest = sorted(rows, key=lambda row: (row["public_from"], row["id"]), reverse=True)
    profile = next((row for row in newest if row["dataset"] == "enterprises"), None)
    speaking = [profile, *newest] if profile else newest
    name = speaking[0]["public"]["subject_name"]
    others = [*sorted(previous), *(row["public"]["subject_name"] for row in newest)]
    former = {fold(o): o for o in reversed(others) if same_brand(o, name) and fold(o) != fold(name)}
    return StoredSubject(
        id=subject_id,
        anchors=anchors,
        kind=SubjectKind(speaking[0]["subject_kind"]),
        name=name,
        named=True,
        former_names=tuple(
            former[key] for key in dict.fromkeys(map(fold, others)) if key in former
        ),
        credit_code=_first(row["public"]["credit_code"] for row in speaking),
        registration_numbers=tuple(
            dict.fromkeys(
                row["registration_number"]
                for row in speaking
                if row["registration_anchor"] and row["registration_anchor"] in anchors
            )
        ),
        organization_code=_first(row["organization_code"] for row in speaking),
        region="410329",
        profile=profile["id"] if profile else "",
        completeness=sum(v not in (None, "", []) for v in profile["public"].values())
        if profile
        else 0,
        visible={
            kind: _last(row["public_until"] for row in rows if row["kind"] == kind)
            for kind in {row["kind"] for row in rows}
        },
        revision=0,
    )


def _first(values: Iterable[str | None]) -> str:
    return next(filter(None, values), "")


def _last(days: Iterable[date | None]) -> date | None:
    return None if None in (ends := list(days)) else max(day for day in ends if day)
