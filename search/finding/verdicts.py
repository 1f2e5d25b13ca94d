"""Which subject a stated name or code means: one verdict a row, with what speaks for it.

A code decides, and a name beside it only raises doubts. Names that belong to persons are in no index, so
that they can neither be found nor compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from records import identifiers
from records.errors import QueryTooLong
from search.engine import Engine
from search.finding.found import Found, find_many
from search.finding.reading import LONGEST_QUERY, QueryText, is_personal, read_query
from search.names.analysis import normalize_name
from search.names.ranking import Ranked, rank
from search.plan import Candidate, Card
from search.statistics import TermStatistics

MOST_CANDIDATES = 5
LEAST_LIKENESS = 0.65
"""Of a name that may be a slip of the pen of another one. Less is chance: regions, trades and forms recur."""

_CREDIT_CODE = 18


class Status(Enum):
    """What comes out; api/graphql/matching.py says what each means."""

    FOUND = 1
    AMBIGUOUS = 2
    POSSIBLE = 3
    NOT_FOUND = 4
    INVALID = 5


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row states of a subject; "" for what it does not."""

    name: str = ""
    credit_code: str = ""
    registration_number: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict; `message` never quotes what was stated. `personal`: it looked like a personal number."""

    status: Status
    message: str = ""
    candidates: tuple[Ranked, ...] = ()
    personal: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that can be judged: its codes in normal form, strongest first, and its name."""

    codes: tuple[str, ...] = ()
    name: str = ""


async def judge(engine: Engine, rows: Sequence[Stated], today: date) -> list[Verdict]:
    """One verdict a row, in order, for one request of the engine. Raises SearchError."""
    read = [_read(row) for row in rows]
    texts = [t for row in read if isinstance(row, _Row) for t in (*row.codes, row.name) if t]
    unique = list(dict.fromkeys(texts))
    found = dict(zip(unique, await find_many(engine, unique, today), strict=True))
    statistics = await engine.statistics()
    return [row if isinstance(row, Verdict) else _verdict(row, found, statistics) for row in read]


def _read(row: Stated) -> _Row | Verdict:
    """What is to be looked up, or why nothing can be."""
    credit = identifiers.check_credit_code(row.credit_code)
    registration = identifiers.check_registration_number(row.registration_number)
    codes = []
    for label, verdict in (
        ("统一社会信用代码 / credit code", credit),
        ("工商注册号 / registration number", registration),
    ):
        if verdict.reason == "MISSING":
            continue
        if not verdict.valid:
            personal = is_personal(verdict.normalized)
            return _invalid(f"{label}：{identifiers.describe(verdict.reason)}", personal=personal)
        codes.append(verdict.normalized)
    try:
        name = read_query(row.name)
    except QueryTooLong:
        return _invalid(
            f"名称归一后不得多于 {LONGEST_QUERY} 字 / a name has at most {LONGEST_QUERY} characters after normalization"
        )
    return _named(tuple(codes), name)


def _named(codes: tuple[str, ...], name: QueryText) -> _Row | Verdict:
    if name.personal:
        return _invalid(
            "名称有证件号码、电话或银行卡号的形式，不予核查 / the name has the shape of an identity number, telephone or "
            "bank card: not looked up",
            personal=True,
        )
    if not codes and not normalize_name(name.text):
        return _invalid(
            "名称、统一社会信用代码、工商注册号至少填一项 / give a name, a credit code or a registration number"
        )
    return _Row(codes, name.text)


def _verdict(row: _Row, found: dict[str, Found], statistics: TermStatistics) -> Verdict:
    for code in row.codes:
        known = _with_code(code, found[code])
        if len(known) > 1:
            return Verdict(
                Status.AMBIGUOUS,
                "多个主体填报此代码 / several subjects state this code",
                known[:MOST_CANDIDATES],
            )
        if known:
            return _known(row.name, known, statistics)
    by_name = _by_name(row.name, found[row.name]) if row.name else _NOBODY
    if row.codes and by_name.candidates:
        return Verdict(
            Status.POSSIBLE,
            "没有此代码的主体；名称相同或相近的见候选 / no subject has this code; candidates have the name or a similar one",
            by_name.candidates,
        )
    return by_name


def _with_code(code: str, found: Found) -> tuple[Ranked, ...]:
    """Those that have the code, or of a credit code at least the organization code that is a part of it."""
    wanted = {code, code[identifiers.ORGANIZATION_PART]} if len(code) == _CREDIT_CODE else {code}
    return tuple(r for r in (*found.subjects, *found.unfit) if wanted.intersection(r.card.codes))


def _known(name: str, known: tuple[Ranked, ...], statistics: TermStatistics) -> Verdict:
    """Of a subject that has the code. A name that may not be shown is not compared, either."""
    card = known[0].card
    if normalize_name(name) and any(card.names) and not _is_like(name, card, statistics):
        return Verdict(
            Status.POSSIBLE,
            "代码一致，名称相差较大，请核对 / the code is known, but the name is very different: check both",
            known,
        )
    return Verdict(Status.FOUND, "", known)


def _is_like(name: str, card: Card, statistics: TermStatistics) -> bool:
    ranked = rank(name, [[Candidate(card, 0)]], statistics)
    return any(found.score >= LEAST_LIKENESS for found in ranked)


def _by_name(name: str, found: Found) -> Verdict:
    wanted = normalize_name(name)
    equal = tuple(
        r for r in found.subjects if any(wanted == normalize_name(n) for n in r.card.names)
    )
    if len(equal) == 1:
        return Verdict(Status.FOUND, "", equal)
    if equal:
        return Verdict(
            Status.AMBIGUOUS,
            "多个主体同名，请补充代码 / several subjects have this name: add a code",
            equal[:MOST_CANDIDATES],
        )
    alike = tuple(r for r in found.subjects if r.score >= LEAST_LIKENESS and r.name)
    if alike:
        return Verdict(
            Status.POSSIBLE,
            "没有同名主体，相近的见候选 / no subject has this very name; similar ones are candidates",
            alike[:MOST_CANDIDATES],
        )
    return _NOBODY


_NOBODY = Verdict(
    Status.NOT_FOUND,
    "没有此代码、此名称或相近名称的主体 / no subject has this code, this name or a similar one",
)


def _invalid(message: str, *, personal: bool = False) -> Verdict:
    return Verdict(Status.INVALID, message, personal=personal)
