"""A few subjects and records of an invented county, on a real index. Names and numbers are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from records.stored import RecordState, StoredRecord, StoredSubject
from records.values import JsonValue
from records.vocabulary import SubjectKind
from search.engine import Engine
from search.finding.found import Found, find_many
from search.follower import Follower
from tests.search.backends import DECLARED, Backend
from tests.search.journal import MemoryJournal
from tests.support import NOON, StillClock
from xincha.synthetic.numbers import credit_code

TODAY = NOON.date()
AUTHORITY = "伊川县市场监督管理局"


def made_id(number: int) -> str:
    """A well-formed id; ids sort like their numbers."""
    return f"{number:026d}"


def code_of(number: int, kind: str = "91") -> str:
    """A valid credit code."""
    return credit_code(kind, "410329", number)


async def find_subjects(engine: Engine, query: str, today: date) -> Found:
    """The subjects that one query finds."""
    (found,) = await find_many(engine, [query], today)
    return found


def firm(
    number: int,
    name: str,
    *,
    code: str | None = None,
    registrations: Sequence[str] = (),
    former: Sequence[str] = (),
    named: bool = True,
    anchors: Sequence[int] = (),
    completeness: int = 0,
) -> StoredSubject:
    """A subject without end; `anchors`: numbers of further ids of it."""
    code = code_of(number) if code is None else code
    return StoredSubject(
        id=made_id(number),
        anchors=tuple(map(made_id, (number, *anchors))),
        kind=SubjectKind.LEGAL_ENTITY if named else SubjectKind.INDIVIDUAL_BUSINESS,
        name=name,
        named=named,
        former_names=tuple(former),
        credit_code=code,
        registration_numbers=tuple(registrations),
        organization_code=code[8:17],
        region="410329",
        profile="",
        completeness=completeness,
        visible={"LICENSE": None},
        revision=0,
    )


def record(
    number: int,
    subject: StoredSubject | None,
    *,
    dataset: str = "penalties",
    anchor: str | None = None,
    decided: str = "2026-09-01",
    until: date | None = None,
    **public: JsonValue,
) -> StoredRecord:
    """A visible record of a subject; without one of a natural person."""
    view: dict[str, JsonValue] = {
        "subject_name": subject.name if subject else "贺*",
        "credit_code": (subject.credit_code or None) if subject else None,
        "document_number": f"伊市监{number}〔2026〕{number}号",
        "authority": AUTHORITY,
        "decision_date": decided,
        "status": "VALID",
    }
    if anchor is None:
        anchor = subject.id if subject else ""
    return StoredRecord(
        id=made_id(number),
        dataset=dataset,
        subject_kind=subject.kind if subject else SubjectKind.NATURAL_PERSON,
        anchor=anchor,
        public=view | public,
        public_from=date(2026, 9, 1),
        public_until=until,
        state=RecordState.PUBLISHED,
        revision=0,
        template="V2.1",
        loaded_at=NOON,
        updated_at=NOON,
    )


@dataclass
class Town:
    """An index that is brought up to what is put into it."""

    backend: Backend
    journal: MemoryJournal = field(default_factory=MemoryJournal)
    clock: StillClock = field(default_factory=StillClock)

    def __post_init__(self) -> None:
        self._follower = Follower(self.journal, self.backend.generations(), DECLARED, self.clock)

    def put(self, *items: StoredRecord | StoredSubject) -> None:
        """Publish records and subjects, under one revision."""
        records = [item for item in items if isinstance(item, StoredRecord)]
        subjects = [item for item in items if isinstance(item, StoredSubject)]
        self.journal.put(*records, subjects=subjects)
        self.follow()

    def follow(self) -> None:
        """Bring the index up to the journal."""
        self._follower.bring_up()

    def engine(self) -> Engine:
        """A reader; closed by whoever asked."""
        return self.backend.engine()
