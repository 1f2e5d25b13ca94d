"""What one invented row is, and the cells that licenses and penalties share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic import names, numbers
from xincha.synthetic.authorities import Authority
from xincha.synthetic.personal import Planted, plant, spell_id_number
from xincha.synthetic.subjects import Subject

Cell = str | float | Decimal | date
Expected = str | bool | list[str] | None

YEARS_BACK = 3
PLANTED_SHARE = 0.2
RESTRICTED_SHARE = 0.02
"""Decisions that V1 marks as for the government only or on authorization (信息使用范围 1, 2)."""
OPEN_END = date(2099, 12, 31)
"""How the standard writes 长期."""


class Outcome(StrEnum):
    """What becomes of a row: shown, kept but not shown, or not accepted."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class World:
    """What all rows of one run share; `text_length`: mean characters of their texts, 0 as they come."""

    seed: int
    place: names.Place
    authorities: Mapping[str, Authority]
    subjects: int
    today: date
    text_length: int = 0


@dataclass(slots=True)
class Old:
    """How a V1 file states the decision where it differs.

    `cells` by field name, or by column code where a field has two columns. `hidden`: why it may not be
    shown as V1 states it, None where it is what the later generations say.
    """

    cells: dict[str, Cell] = field(default_factory=dict)
    expected: dict[str, Expected] = field(default_factory=dict)
    hidden: str | None = None


@dataclass(slots=True)
class Row:
    """One row: cells by field name, and what must come of it.

    `expected` maps GraphQL fields to the values that must come out, `planted` holds the values that
    must come out nowhere. `days` are the days that its date cells spell. `old` is what V1 says of the
    decision in its own words. `defect` names what was spoiled. `kind_is_certain`: also where no
    column says the category of the subject. `serial` numbers the decisions of a dataset.
    """

    subject: Subject
    cells: dict[str, Cell]
    expected: dict[str, Expected]
    decided: date
    planted: list[str] = field(default_factory=list)
    outcome: Outcome = Outcome.VISIBLE
    reasons: tuple[str, ...] = ()
    days: dict[str, date] = field(default_factory=dict)
    old: Old = field(default_factory=Old)
    defect: str = ""
    serial: int = 0
    simple_procedure: bool = False
    kind_is_certain: bool = False

    def put_day(self, rng: Random, name: str, day: date) -> None:
        """A date cell, spelled in one of the ways that files have."""
        self.days[name] = day
        self.cells[name] = spell_date(rng, day)

    def put_open_end(self, rng: Random, name: str) -> None:
        """A date cell that says 长期."""
        self.days[name] = OPEN_END
        self.cells[name] = spell_open_end(rng)

    def hide(self, reason: str) -> None:
        """The row is accepted but may not be shown."""
        self.outcome, self.reasons = Outcome.HIDDEN, (reason,)

    def reject(self, code: str) -> None:
        """The row must be refused with that code."""
        self.outcome, self.reasons = Outcome.REJECTED, (code,)


def subject_cells(
    rng: Random, subject: Subject, place: names.Place, born: date, decided: date
) -> Row:
    """A row with columns 1 to 13 of both templates: who the decision is about."""
    cells: dict[str, Cell] = {
        "subject_name": subject.name,
        "subject_category": _CATEGORIES[subject.kind],
    }
    shown: dict[str, Expected] = {
        "subjectKind": subject.kind.value,
        "subjectName": subject.shown_name,
    }
    row = Row(subject, cells, shown, decided)
    row.planted.extend(subject.private_names)
    row.expected["creditCode"] = subject.shown_code
    if subject.kind is SubjectKind.NATURAL_PERSON:
        _person_cells(rng, row, place, born)
    else:
        _organization_cells(rng, row, place, born)
    return row


_CATEGORIES = {
    SubjectKind.LEGAL_ENTITY: "法人及非法人组织",
    SubjectKind.INDIVIDUAL_BUSINESS: "个体工商户",
    SubjectKind.NATURAL_PERSON: "自然人",
}


def _person_cells(rng: Random, row: Row, place: names.Place, born: date) -> None:
    number = numbers.id_number(rng, place.region, born)
    if rng.random() < 0.03:
        passport = f"E{rng.randrange(10**7, 10**8)}"
        row.cells |= {"person_id_type": "护照号", "person_id_number": passport}
        row.planted.append(passport)
        return
    spelled = spell_id_number(rng, number) if rng.random() < 0.2 else number
    row.cells |= {"person_id_type": "身份证", "person_id_number": spelled}
    row.planted.extend(dict.fromkeys((spelled, number)))


def _organization_cells(rng: Random, row: Row, place: names.Place, born: date) -> None:
    subject, cells = row.subject, row.cells
    cells["credit_code"] = subject.code.lower() if rng.random() < 0.01 else subject.code
    cells["legal_representative"] = subject.representative
    if subject.registration_number:
        cells["registration_number"] = subject.registration_number
    if subject.shown_code and rng.random() < 0.1:
        cells["organization_code"] = subject.code[8:17]
    if rng.random() < 0.5:
        number = numbers.id_number(rng, place.region, born)
        cells |= {
            "legal_representative_id_type": "身份证",
            "legal_representative_id_number": number,
        }
        row.planted.append(number)
        if subject.kind is SubjectKind.INDIVIDUAL_BUSINESS and rng.random() < 0.3:
            cells["tax_number"] = f"{number}01"


def draw_planted(rng: Random, row: Row, world: World) -> str:
    """In about one row of five a sentence with personal values, noted in the row; else ""."""
    if rng.random() >= PLANTED_SHARE:
        return ""
    planted: Planted = plant(rng, row.subject, world.place, world.today)
    row.planted.extend(planted.values)
    return planted.sentence


def decision_day(rng: Random, today: date) -> date:
    """A day of the last three years; rarely a few months earlier, so that publicity has ended."""
    days = 365 * YEARS_BACK
    return today - timedelta(days=rng.randrange(days + (120 if rng.random() < 0.1 else 0)))


def spell_date(rng: Random, day: date) -> Cell:
    """A date as files spell it: mostly 2026/03/01 as the standard has it, some as date cells."""
    match rng.randrange(20):
        case 0 | 1 | 2:
            return day
        case 3:
            return f"{day:%Y-%m-%d}"
        case 4:
            return f"{day.year}-{day.month}-{day.day}"
        case 5:
            return f"{day.year}.{day.month}.{day.day}"
        case 6:
            return f"{day.year}年{day.month}月{day.day}日"
        case _:
            return f"{day:%Y/%m/%d}"


def spell_open_end(rng: Random) -> str:
    """长期 as files spell it."""
    return rng.choice(("2099/12/31", "2099/12/31", "2099-12-31", "9999-9-9", "长期"))


def draw_usage_scope(rng: Random, row: Row) -> None:
    """V1's 信息使用范围: mostly blank or 0; 1 and 2 mean that the decision may never be public."""
    if rng.random() < RESTRICTED_SHARE:
        row.old.cells["usage_scope"] = rng.choice(("1", "2"))
        row.old.hidden = "USAGE_SCOPE"
    else:
        row.old.cells["usage_scope"] = rng.choice(("", "0"))


def authority_cells(row: Row, authority: Authority) -> None:
    """Who decided; the authority provides the row itself."""
    row.cells |= {
        "authority": authority.name,
        "authority_code": authority.code,
        "provider": authority.name,
        "provider_code": authority.code,
    }
    row.expected |= {
        "authority": authority.name,
        "authorityCode": authority.code,
        "decisionDate": row.decided.isoformat(),
        "publicFrom": row.decided.isoformat(),
    }


def decision_number(rng: Random, sign: str, kind: str, year: int, serial: int) -> str:
    """A decision number; the serial makes it unique within its kind."""
    match rng.randrange(10):
        case 0:
            return f"（{sign[0]}）{sign[1:]}{kind}字〔{year}〕第{serial}号"
        case 1:
            return f"{sign}{kind}[{year}]{serial}号"
        case _:
            return f"{sign}{kind}〔{year}〕{serial}号"


def plain_money(amount: Decimal | None) -> str | None:
    """An amount given in 万元 as yuan, in the shortest decimal form."""
    if amount is None:
        return None
    yuan = format(amount * 10_000, "f")
    return yuan.rstrip("0").rstrip(".") if "." in yuan else yuan
