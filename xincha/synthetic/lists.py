"""Invented entries in several known lists, each in the table of its own: entries, removals, minors.

The terms stand here once more: a generator that borrowed them from the program could not show that it is
right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic import numbers
from xincha.synthetic.defects import Defect
from xincha.synthetic.rows import (
    Row,
    World,
    decision_day,
    decision_number,
    draw_planted,
    subject_cells,
)
from xincha.synthetic.sanctions import months_later
from xincha.synthetic.subjects import Subject, subject

_PERSON = SubjectKind.NATURAL_PERSON


@dataclass(frozen=True, slots=True)
class _List:
    """One list: its color and code, the months that entries are shown (0: until removed), whom it has.

    `reason`: the key of the cell with the reason; `day`: the date that is the day of entry; `office`: the key
    of its authority, "" where its table has none; `removals`: share of entries that were taken out.
    """

    color: str
    months: int
    reason: str
    reasons: tuple[str, ...]
    code: str = ""
    day: str = "listed_on"
    office: str = ""
    people: bool = False
    organizations: bool = True
    numbered: bool = False
    stays: bool = False
    removals: float = 0.15


_DISHONEST = (
    "拒不履行生效法律文书确定的义务",
    "违反财产报告制度",
    "伪造、变造许可文件",
    "恶意逃避债务",
)
_HONORS = ("守合同重信用企业", "质量信得过单位", "诚信示范单位")
LISTS: Mapping[str, _List] = {
    "JUDGMENT_DEBTOR": _List(
        "BLACK", 24, "reason", _DISHONEST, office="court", people=True, numbered=True
    ),
    "TAX": _List("BLACK", 36, "主要违法事实", ("采取偷税手段，不缴应纳税款", "虚开增值税普通发票")),
    "ABNORMAL_OPERATION": _List(
        "OTHER", 0, "speCause_CN",
        ("未依照规定的期限公示年度报告的", "通过登记的住所或者经营场所无法联系的"),
        office="market", stays=True, removals=0.4,
    ),
    "WAGE_ARREARS": _List("BLACK", 36, "reason", ("克扣、无故拖欠农民工工资",), office="labor"),
    "TAX_GRADE_A": _List("RED", 12, "", (), day="", removals=0),
    "BLACK_LIST": _List(
        "BLACK", 12, "reason", _DISHONEST, day="decision_date", office="market", numbered=True
    ),
    "RED_LIST": _List(
        "RED", 36, "reason", _HONORS, day="decision_date", office="market", numbered=True, removals=0
    ),
    "PERSON_BLACK_LIST": _List(
        "BLACK", 12, "reason", _DISHONEST, code="BLACK_LIST", day="decision_date", office="market",
        people=True, organizations=False, numbered=True,
    ),
}  # fmt: skip
"""By the name of the table."""


def listed(template: str, world: World) -> Iterator[Subject]:
    """Subjects that may stand on that list, each once; first those that other files are about."""
    kind = LISTS[template]
    for serial in count():
        about = subject(world.seed, serial, world.place)
        wanted = kind.people if about.kind is _PERSON else kind.organizations
        if wanted and about.code != numbers.NO_CODE:
            yield about


def entry_row(template: str, rng: Random, world: World, about: Subject, serial: int) -> Row:
    """One entry in that list; `serial` makes its number unique."""
    kind = LISTS[template]
    day = min(decision_day(rng, world.today), world.today)
    minor = template == "JUDGMENT_DEBTOR" and about.kind is _PERSON and rng.random() < 0.1
    born = (numbers.minor_birthday if minor else numbers.adult_birthday)(rng, day)
    row = subject_cells(rng, about, world.place, born, day)
    row.kind_is_certain, row.serial = True, serial
    row.expected |= {
        "color": kind.color,
        "listCode": kind.code or template,
        "status": "VALID",
        "documentNumber": None,
        "authority": None,
        "removedOn": None,
    }
    if kind.reason:
        row.cells[kind.reason] = rng.choice(kind.reasons) + "。" + draw_planted(rng, row, world)
    if template == "TAX":
        row.cells["案件性质"] = "偷税"
    if template == "JUDGMENT_DEBTOR":
        _as_the_court_has_it(rng, row, day, born)
    _office(rng, row, world, kind, serial)
    _days(rng, row, world, kind, day)
    if minor:
        row.hide("MINOR")
    return row


def _as_the_court_has_it(rng: Random, row: Row, day: date, born: date) -> None:
    """One column for numbers of people, masked as courts mask them, and codes of organizations."""
    row.cells["duty"] = "偿还借款本金及利息"
    number = row.subject.code
    if row.subject.kind is _PERSON:
        clear = numbers.id_number(rng, "410329", born)
        number = f"{clear[:10]}****{clear[14:]}"
        row.planted += [clear, number]
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        row.cells |= {"sex": rng.choice("男女"), "age": str(age)}
    elif row.subject.kind is SubjectKind.LEGAL_ENTITY and rng.random() < 0.3:
        number = row.subject.code[8:17]
        row.expected["creditCode"] = None
    row.cells["resident_id_number"] = number


def _office(rng: Random, row: Row, world: World, kind: _List, serial: int) -> None:
    if kind.office == "court":
        name = f"{world.place.county}人民法院"
        year = row.decided.year
        number = f"（{year}）豫{world.place.region[2:]}执{serial}号"
        basis = f"（{year - 1}）豫{world.place.region[2:]}民初{serial}号"
        row.cells["basis_number"] = row.expected["basisNumber"] = basis
    elif kind.office == "labor":
        name, number = f"{world.place.county}人力资源和社会保障局", ""
    elif kind.office:
        authority = world.authorities[kind.office]
        name = authority.name
        number = decision_number(rng, authority.sign, "信", row.decided.year, serial)
    else:
        return
    row.cells["authority"] = row.expected["authority"] = name
    if kind.numbered:
        row.cells["document_number"] = row.expected["documentNumber"] = number


def _days(rng: Random, row: Row, world: World, kind: _List, day: date) -> None:
    """The day of entry, the end of publicity, and in some rows the day of removal."""
    if kind.day:
        row.put_day(rng, kind.day, day)
        row.expected["listedOn"] = day.isoformat()
        begin = day
    else:
        year = world.today.year - rng.choice((1, 1, 1, 2))
        row.cells["list_year"] = rng.choice((f"{year}", f"{year}年度"))
        row.expected["listedOn"] = None
        begin = date(year + 1, 1, 1)
    if kind.day == "decision_date":
        row.expected["decisionDate"] = day.isoformat()
    ends = months_later(begin, kind.months) if kind.months else date.max
    if rng.random() < kind.removals and day < world.today:
        removed = day + timedelta(days=rng.randrange(1, (world.today - day).days + 1))
        row.put_day(rng, "removed_on", removed)
        row.expected["removedOn"] = removed.isoformat()
        if not kind.stays:
            ends = min(ends, removed)
    row.expected["publicFrom"] = begin.isoformat()
    row.expected["publicUntil"] = None if ends == date.max else ends.isoformat()
    if ends <= world.today:
        row.hide("ENDED")


def _nameless(rng: Random, row: Row, _template: str, _today: date) -> bool:
    row.cells["subject_name"] = rng.choice(("", "/", "无"))
    return True


def _wrong_check_digit(_rng: Random, row: Row, template: str, _today: date) -> bool:
    if row.subject.shown_code is None:
        return False
    column = "resident_id_number" if template == "JUDGMENT_DEBTOR" else "credit_code"
    row.cells[column] = numbers.broken_code(row.subject.shown_code)
    return True


def _impossible_day(rng: Random, row: Row, template: str, _today: date) -> bool:
    row.cells[LISTS[template].day or "listed_on"] = rng.choice(("2025/02/30", "去年五月", "2025.6"))
    return True


def _day_in_future(rng: Random, row: Row, _template: str, today: date) -> bool:
    for name in ("removed_on", "decision_date"):
        row.cells.pop(name, None)
    row.cells["listed_on"] = f"{today + timedelta(days=rng.randrange(2, 400)):%Y/%m/%d}"
    return True


LIST_DEFECTS: tuple[Defect, ...] = (
    Defect(
        "entry-without-name",
        "REQUIRED_MISSING",
        "没有主体名称 / the name of the subject is missing",
        _nameless,
    ),
    Defect(
        "entry-wrong-check-digit",
        "BAD_CREDIT_CODE",
        "统一社会信用代码校验位不符 / the check digit of the credit code is wrong",
        _wrong_check_digit,
    ),
    Defect(
        "entry-impossible-date",
        "BAD_DATE",
        "列入日期不存在或不是日期 / the day of entry does not exist or is no date",
        _impossible_day,
    ),
    Defect(
        "entry-in-future",
        "DATE_IN_FUTURE",
        "列入日期晚于基准日期 / the day of entry lies in the future",
        _day_in_future,
    ),
)
TABLES: Mapping[str, str] = {f"list_entries-{name}": name for name in LISTS}
"""The tables that are written of the dataset, by the name of the file."""
ROWS: Mapping[str, Callable[[Random, World, Subject, int], Row]] = {
    table: partial(entry_row, name) for table, name in TABLES.items()
}
SUBJECTS: Mapping[str, Callable[[World], Iterator[Subject]]] = {
    table: partial(listed, name) for table, name in TABLES.items()
}
