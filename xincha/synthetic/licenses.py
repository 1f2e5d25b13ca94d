"""Invented rows of the license table."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic import texts
from xincha.synthetic.numbers import adult_birthday
from xincha.synthetic.rows import (
    Row,
    World,
    authority_cells,
    decision_day,
    decision_number,
    draw_planted,
    draw_usage_scope,
    subject_cells,
)
from xincha.synthetic.subjects import Subject

_CATEGORIES = (
    ("普通", "GENERAL", 55),
    ("特许", "FRANCHISE", 5),
    ("认可", "RECOGNITION", 8),
    ("核准", "APPROVAL", 14),
    ("登记", "REGISTRATION", 14),
    ("其他-备案", "OTHER", 3),
    ("告知承诺制", "OTHER", 1),
)
_CATEGORY_WEIGHTS = [weight for *_, weight in _CATEGORIES]


def license_row(rng: Random, world: World, subject: Subject, serial: int) -> Row:
    """One license; `serial` makes its decision number unique."""
    decided = decision_day(rng, world.today)
    row = subject_cells(rng, subject, world.place, adult_birthday(rng, decided), decided)
    if subject.kind is SubjectKind.NATURAL_PERSON:
        item = rng.choice((texts.PERSON_LICENSE, texts.WORK_LICENSE))
    else:
        item = rng.choice(texts.LICENSE_ITEMS)
    key, certificate, name, scope = item
    authority = world.authorities[key]
    number = decision_number(rng, authority.sign, "许", decided.year, serial)
    content = texts.license_content(
        rng, name, scope, subject.name, draw_planted(rng, row, world), world.text_length
    )
    label, category, _ = rng.choices(_CATEGORIES, _CATEGORY_WEIGHTS)[0]
    row.cells |= {
        "document_name": f"准予{name}决定书",
        "document_number": number,
        "category": label,
        "certificate_name": certificate,
        "license_number": _license_number(rng, row, serial),
        "content": content,
        "remark": "/" if rng.random() < 0.05 else "",
    }
    row.expected |= {
        "documentNumber": number,
        "category": category,
        "certificateName": certificate,
        "publicUntil": None,
    }
    row.put_day(rng, "decision_date", decided)
    authority_cells(row, authority)
    _validity(rng, row, decided)
    _status(rng, row)
    _without_document(rng, row)
    row.old.cells["document_name"] = name
    draw_usage_scope(rng, row)
    row.serial = serial
    return row


def _license_number(rng: Random, row: Row, serial: int) -> str:
    """Drivers' and workers' certificates carry their holder's ID number, plain or after a T."""
    number = row.cells.get("person_id_number")
    holder = row.cells.get("person_id_type") == "身份证"
    if holder and isinstance(number, str) and rng.random() < 0.5:
        row.expected["licenseNumber"] = None
        return number if rng.random() < 0.5 else f"T{number}"
    written = f"豫洛许字{serial:07d}"
    row.expected["licenseNumber"] = written
    return written


def _validity(rng: Random, row: Row, decided: date) -> None:
    begins = decided + timedelta(days=rng.choice((0, 0, 0, 1, 15)))
    row.put_day(rng, "valid_from", begins)
    row.expected["validFrom"] = begins.isoformat()
    if rng.random() < 0.2:
        row.put_open_end(rng, "valid_until")
        row.expected |= {"validUntil": None, "permanent": True}
        return
    ends = begins + timedelta(days=rng.choice((365, 1095, 1825)) - 1)
    row.put_day(rng, "valid_until", ends)
    row.expected |= {"validUntil": ends.isoformat(), "permanent": False}


_STATES = (
    ("1", "VALID", "0", "VALID", 955),
    ("1", "VALID", "", "VALID", 10),
    ("1", "VALID", "2", "DISPUTED", 5),
    ("2", "INVALID", "1", "REVOKED", 20),
    ("2", "INVALID", "3", "OTHER", 10),
)
"""当前状态 since V2 and its meaning, the same state in V1 and its meaning, the share in thousandths."""
_STATE_WEIGHTS = [share for *_, share in _STATES]


def _status(rng: Random, row: Row) -> None:
    written, meant, old, old_meaning, _ = rng.choices(_STATES, _STATE_WEIGHTS)[0]
    row.cells["status"], row.expected["status"] = written, meant
    row.old.cells["status"], row.old.expected["status"] = old, old_meaning


def _without_document(rng: Random, row: Row) -> None:
    """A decision without a number of its own: later generations repeat 许可编号, V1 writes 空."""
    number = row.expected["licenseNumber"]
    if isinstance(number, str) and rng.random() < 0.05:
        row.cells["document_number"] = row.expected["documentNumber"] = number
        row.old.cells["document_number"] = "空"
        row.old.expected["documentNumber"] = None
