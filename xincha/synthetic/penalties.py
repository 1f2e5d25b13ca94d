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
    draw_usage_scope,
    plain_money,
    subject_cells,
)
from xincha.synthetic.sanctions import Sanction, Weight, v1_categories
from xincha.synthetic.subjects import Subject

_MINOR_SHARE = 0.03


def penalty_row(rng: Random, world: World, subject: Subject, serial: int) -> Row:
    """One penalty; `serial` makes its decision number unique."""
    decided = decision_day(rng, world.today)
    person = subject.kind is SubjectKind.NATURAL_PERSON
    minor = person and rng.random() < _MINOR_SHARE
    born = (minor_birthday if minor else adult_birthday)(rng, decided)
    row = subject_cells(rng, subject, world.place, born, decided)
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
    authority_cells(row, authority)
    _texts(rng, row, world, violation, sanction)
    _imposed(rng, row, sanction)
    row.put_day(rng, "decision_date", decided)
    limit = _limit(rng, row)
    _publicity(row, world.today, sanction, limit, minor=minor)
    row.old.cells |= {
        "penalty_name": f"{violation.type}案",
        "penalty_code": f"豫洛罚字{serial:07d}",
        "dishonesty_degree": _DISHONESTY[sanction.weight],
    }
    draw_usage_scope(rng, row)
    _as_v1(rng, row, world.today, sanction, limit)
    row.serial, row.simple_procedure = serial, sanction.weight is Weight.SIMPLE
    return row


def _texts(
    rng: Random, row: Row, world: World, violation: texts.Violation, sanction: Sanction
) -> None:
    planted = draw_planted(rng, row, world)
    if sanction.weight is not Weight.SIMPLE and rng.random() < 0.08:
        planted += texts.FULL_PROCEDURE
    basis = violation.legal_basis
    content = f"依据{basis}的规定，决定给予以下行政处罚：{sanction.wording}。"
    length = texts.draw_facts_length(rng, world.text_length, basis, content)
    row.cells |= {
        "violation": violation.type,
        "facts": texts.facts(rng, violation, row.subject.name, planted, length),
        "legal_basis": basis,
        "content": content,
        "remark": sanction.remark or ("/" if rng.random() < 0.05 else ""),
    }


def _imposed(rng: Random, row: Row, sanction: Sanction) -> None:
    row.cells |= {
        "categories": sanction.categories,
        "revoked_certificate": sanction.certificate,
    }
    row.put_open_end(rng, "valid_until")
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


def _limit(rng: Random, row: Row) -> date:
    """The day after a stated 公示截止期; without one a day that never comes."""
    if rng.random() >= 0.1:
        return date.max
    last = row.decided + timedelta(days=rng.choice((90, 180, 365, 1200)))
    row.put_day(rng, "public_limit", last)
    return last + timedelta(days=1)


def _publicity(row: Row, today: date, sanction: Sanction, limit: date, *, minor: bool) -> None:
    ends = min(limit, sanctions.public_until(sanction.weight, row.decided))
    row.expected["publicUntil"] = ends.isoformat()
    reason = sanctions.hidden_because(sanction.weight, row.subject.kind, minor=minor)
    if not reason and ends <= today:
        reason = "ENDED"
    if reason:
        row.hide(reason)


_DISHONESTY = {Weight.LIGHT: "0", Weight.SIMPLE: "", Weight.ORDINARY: "1", Weight.GRAVE: "3"}
_OLD_STATES = (("0", "VALID"), ("", "VALID"), ("1", "REVOKED"), ("2", "DISPUTED"), ("3", "OTHER"))
_OLD_STATE_WEIGHTS = (85, 12, 1, 1, 1)


def _as_v1(rng: Random, row: Row, today: date, sanction: Sanction, limit: date) -> None:
    """V1 knows fewer kinds of penalty, in two columns, and a state, which later penalties have not."""
    old = row.old
    codes, meaning = v1_categories(sanction.meaning)
    old.cells |= {"CF_CFLB1": codes[0], "CF_CFLB2": codes[1] if len(codes) > 1 else ""}
    state, meant = rng.choices(_OLD_STATES, _OLD_STATE_WEIGHTS)[0]
    old.cells["status"] = state
    # What 责令关闭 and 限制从业 weigh cannot be told from 其他.
    weight = Weight.ORDINARY if set(meaning) == {"OTHER"} else sanction.weight
    ends = min(limit, sanctions.public_until(weight, row.decided))
    old.expected |= {
        "status": meant,
        "categories": list(meaning),
        "publicUntil": ends.isoformat(),
    }
    if old.hidden or "MINOR" in row.reasons:
        return
    if meant == "REVOKED":
        old.hidden = meant
    elif row.reasons in {(), ("ENDED",)}:
        old.hidden = "ENDED" if ends <= today else ""
