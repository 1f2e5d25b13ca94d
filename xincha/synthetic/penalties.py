"""Invented rows of the penalty table."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic import sanctions, texts
from xincha.synthetic.numbers import adult_birthday, case_number, minor_birthday
from xincha.synthetic.rows import (
    Row,
    World,
    authority_cells,
    decision_day,
    decision_number,
    draw_planted,
    plain_money,
    spell_date,
    spell_open_end,
    subject_cells,
)
from xincha.synthetic.sanctions import Sanction, Weight
from xincha.synthetic.subjects import Subject

_MINOR_SHARE = 0.03


def penalty_row(rng: Random, world: World, subject: Subject, serial: int) -> Row:
    """One penalty; `serial` makes its decision number unique."""
    decided = decision_day(rng, world.today)
    person = subject.kind is SubjectKind.NATURAL_PERSON
    minor = person and rng.random() < _MINOR_SHARE
    born = (minor_birthday if minor else adult_birthday)(rng, decided)
    row = subject_cells(rng, subject, world.place, born)
    if minor and row.cells["person_id_type"] == "护照号":
        minor = False  # nothing in the row says how old its holder is
    violation = texts.TRAFFIC if person and rng.random() < 0.6 else rng.choice(texts.VIOLATIONS)
    sanction = sanctions.draw_sanction(rng, violation, subject.kind)
    authority = world.authorities[violation.authority]
    if violation is texts.TRAFFIC and rng.random() < 0.5:
        number = case_number(rng, world.place.region)
    else:
        number = decision_number(rng, authority.sign, "罚", decided.year, serial)
    row.cells["document_number"] = row.expected["documentNumber"] = number
    authority_cells(row, authority, decided)
    _texts(rng, row, world, violation, sanction)
    _imposed(rng, row, sanction)
    row.cells["decision_date"] = spell_date(rng, decided)
    _publicity(rng, row, world.today, decided, sanction, minor=minor)
    return row


def _texts(
    rng: Random, row: Row, world: World, violation: texts.Violation, sanction: Sanction
) -> None:
    planted = draw_planted(rng, row, world)
    if sanction.weight is not Weight.SIMPLE and rng.random() < 0.08:
        planted += texts.FULL_PROCEDURE
    row.cells |= {
        "violation": violation.type,
        "facts": texts.facts(rng, violation, row.subject.name, planted),
        "legal_basis": violation.legal_basis,
        "content": f"依据{violation.legal_basis}的规定，决定给予以下行政处罚：{sanction.wording}。",
        "remark": sanction.remark or ("/" if rng.random() < 0.05 else ""),
    }


def _imposed(rng: Random, row: Row, sanction: Sanction) -> None:
    row.cells |= {
        "categories": sanction.categories,
        "revoked_certificate": sanction.certificate,
        "valid_until": spell_open_end(rng),
    }
    if sanction.fine is not None:
        row.cells["fine_amount"] = sanction.fine
    if sanction.confiscated is not None:
        row.cells["confiscated_amount"] = sanction.confiscated
    row.expected |= {
        "categories": list(sanction.meaning),
        "fineAmount": plain_money(sanction.fine),
        "confiscatedAmount": plain_money(sanction.confiscated),
        "status": "VALID",
    }


def _publicity(
    rng: Random, row: Row, today: date, decided: date, sanction: Sanction, *, minor: bool
) -> None:
    ends = sanctions.public_until(sanction.weight, decided)
    if rng.random() < 0.1:
        last = decided + timedelta(days=rng.choice((90, 180, 365, 1200)))
        row.cells["public_limit"] = spell_date(rng, last)
        ends = min(ends, last + timedelta(days=1))
    row.expected["publicUntil"] = ends.isoformat()
    reason = sanctions.hidden_because(sanction.weight, row.subject.kind, minor=minor)
    if not reason and ends <= today:
        reason = "ENDED"
    if reason:
        row.hide(reason)
