"""Licenses and penalties of an invented county, as many as asked, in some ten microseconds each.

Whatever is slow to invent is drawn once, into pools whose entries are as frequent as they are to be; a
record then picks from them by the bits of a scrambled number, so that any of them can be made alone.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from benchmarks import lists_words as words
from records.stored import ChangeBatch, RecordState, StoredRecord
from records.values import JsonValue
from records.vocabulary import SubjectKind
from xincha.synthetic.numbers import credit_code

T = TypeVar("T")

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)
HUGE_DAY = date(2021, 3, 1)
"""On which everything of an old system was taken over: one in twenty records."""
HUGE_AMOUNT = "2000.00"
"""One in six fines."""
YEARS = 12
_REVISION = 5_000
_SMALL, _LARGE = 1 << 12, 1 << 16
_MASK = (1 << 64) - 1
_RECORDS_OF_A_SUBJECT = 15


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom records are about; natural persons have neither code nor name of their own."""

    kind: SubjectKind
    name: str
    code: str | None


@dataclass(frozen=True)
class Corpus:
    """So many records; a journal that hands them out again and again, five thousand a revision."""

    documents: int

    def revision(self) -> int:
        """The last one."""
        return -(-self.documents // _REVISION)

    def sweep(self, today: date) -> None:
        """Nothing ends."""

    def subject_names(self) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """It has no subjects."""
        return iter(())

    def subject_count(self) -> int:
        """None."""
        return 0

    def swept(self) -> date | None:
        """Always today."""
        return TODAY

    def changes(self, after: int, limit: int) -> ChangeBatch:
        """The revisions after one, whole."""
        upto = min(self.revision(), after + max(1, limit // _REVISION))
        numbers = range(after * _REVISION, min(upto * _REVISION, self.documents))
        return ChangeBatch(upto, tuple(map(self.record, numbers)))

    def record(self, number: int) -> StoredRecord:
        """The record of that number: two of five are penalties."""
        bits, more = scrambled(number), scrambled(number + self.documents)
        person = bits % 100 < 14
        # Squared: the first subjects have thousands of records, most have a few.
        place = int(((more & _MASK >> 16) / (1 << 48)) ** 2 * len(self.subjects))
        subject = _PERSON if person else self.subjects[place]
        decided = self.days[bits >> 8 & _LARGE - 1]
        year = decided.year if decided else 2020
        authority = self.authorities[bits >> 24 & _SMALL - 1]
        public: dict[str, JsonValue] = {
            "subject_name": subject.name,
            "credit_code": subject.code,
            "document_number": f"伊{authority[0][3:5]}字〔{year}〕{number}号",
            "authority": authority[0],
            "authority_code": authority[1],
            "status": self.statuses[bits >> 36 & _LARGE - 1],
            "decision_date": None if decided is None else decided.isoformat(),
        }
        penalty = more % 5 < 2
        public |= self._penalty(number, more) if penalty else self._license(number, more)
        since = decided or HUGE_DAY
        return StoredRecord(
            id=self._id(number),
            dataset="penalties" if penalty else "licenses",
            subject_kind=subject.kind,
            anchor="",
            public=public,
            public_from=since,
            public_until=TODAY + timedelta(days=1 + more % 1000) if penalty else None,
            state=RecordState.PUBLISHED,
            revision=number // _REVISION + 1,
            template="V2.1",
            loaded_at=NOW,
            updated_at=NOW,
        )

    def _id(self, number: int) -> str:
        """Like a digest: nothing else of a record follows from it."""
        parts = scrambled(number + 2 * self.documents), scrambled(number + 3 * self.documents)
        return "".join([_PAIRS[part >> 10 * n & 1023] for part in parts for n in range(6)])

    def _license(self, number: int, bits: int) -> dict[str, JsonValue]:
        valid = self.ends[bits >> 8 & _LARGE - 1]
        return {
            "category": self.license_categories[bits >> 24 & _SMALL - 1],
            "license_number": self.license_numbers[bits >> 36 & _SMALL - 1]
            or f"JY1410{number:09d}",
            "content": self._text(number, bits, 3),
            "valid_from": (self.days[bits >> 12 & _LARGE - 1] or HUGE_DAY).isoformat(),
            "valid_until": valid,
        }

    def _penalty(self, number: int, bits: int) -> dict[str, JsonValue]:
        return {
            "categories": list(self.penalty_categories[bits >> 24 & _SMALL - 1]),
            "violation": self.texts[bits >> 20 & _SMALL - 1],
            "facts": self._text(number, bits, 4),
            "content": self.texts[bits >> 28 & _SMALL - 1],
            "fine_amount": self.amounts[bits >> 8 & _LARGE - 1],
        }

    def _text(self, number: int, bits: int, pieces: int) -> str:
        parts = [self.texts[bits >> 6 + 13 * n & _SMALL - 1] for n in range(pieces)]
        parts.append(self.goods[bits >> 10 & _LARGE - 1])
        if number % words.EVERY == 0:
            parts.append(words.SELDOM)
        return "".join(parts)

    @cached_property
    def subjects(self) -> list[Subject]:
        """From the one with the most records down."""
        rng, regions = _rng(1), words.skewed_regions()
        kinds = (SubjectKind.LEGAL_ENTITY, SubjectKind.INDIVIDUAL_BUSINESS)
        return [
            Subject(
                kinds[serial % 3 == 0],
                f"伊川县第{serial}{words.TRADES[serial % len(words.TRADES)]}有限公司",
                credit_code("91", rng.choice(regions), serial),
            )
            for serial in range(1, 2 + self.documents // _RECORDS_OF_A_SUBJECT)
        ]

    @cached_property
    def authorities(self) -> list[tuple[str, str | None]]:
        """Names and codes; one in 40 records has a name only."""
        found = [
            (name, credit_code("11", "410329", serial) if serial % 11 else None)
            for serial, name in enumerate(words.authorities(), 1)
        ]
        return _pool(2, _SMALL, found, lambda rank: 1 / (rank + 1) ** 1.3)

    @cached_property
    def days(self) -> list[date | None]:
        """Of decisions: more of late, few at weekends, many before a year ends."""
        days = [TODAY - timedelta(days=back) for back in range(YEARS * 365)]
        weights = [
            (1 - 0.7 * back / len(days)) * (0.05 if day.weekday() > 4 else 1) * _season(day)
            for back, day in enumerate(days)
        ]
        rng = _rng(3)
        rare: list[date | None] = [HUGE_DAY] * (_LARGE // 20) + [None] * (_LARGE // 100)
        return rng.choices(days, weights, k=_LARGE - len(rare)) + rare

    @cached_property
    def ends(self) -> list[str | None]:
        """Of licenses; every fifth is without."""
        rng = _rng(4)
        days = [TODAY + timedelta(days=rng.randrange(-3_000, 5_000)) for _ in range(_LARGE)]
        return [None if n % 5 == 0 else day.isoformat() for n, day in enumerate(days)]

    @cached_property
    def amounts(self) -> list[str | None]:
        """Of fines: round ones, precise ones, none."""
        rng = _rng(5)
        makers: list[Callable[[], str | None]] = [
            lambda: None,
            lambda: HUGE_AMOUNT,
            lambda: f"{rng.choice((50, 100, 200, 500, 1000, 3000, 5000, 10000, 50000)):.2f}",
            lambda: f"{round(rng.lognormvariate(8, 1.5), -2):.2f}",
            lambda: f"{rng.lognormvariate(8, 2):.2f}",
            lambda: f"{rng.lognormvariate(8, 1.5):.2f}",
        ]
        return [makers[n % len(makers)]() for n in range(_LARGE)]

    @cached_property
    def texts(self) -> list[str]:
        """Sentences of about forty characters."""
        rng = _rng(6)
        return ["".join(rng.choices(words.PHRASES, k=rng.randint(3, 5))) for _ in range(_SMALL)]

    @cached_property
    def goods(self) -> list[str]:
        """What a text is about, from everyday to hardly ever."""
        return _pool(7, _LARGE, words.goods(), lambda rank: 1 / (rank + 1))

    @cached_property
    def statuses(self) -> list[str]:
        """One in 2,000 is OTHER."""
        names = ["VALID", "INVALID", "REVOKED", "DISPUTED", "OTHER"]
        return _pool(8, _LARGE, names, lambda rank: (0.93, 0.04, 0.02, 0.0095, 0.0005)[rank])

    @cached_property
    def license_categories(self) -> list[str]:
        """Mostly the first ones."""
        names = ["GENERAL", "REGISTRATION", "APPROVAL", "RECOGNITION", "OTHER", "FRANCHISE"]
        return _pool(9, _SMALL, names, lambda rank: 1 / 3.5**rank)

    @cached_property
    def license_numbers(self) -> list[str]:
        """Numbers that many licenses share; empty for one of its own."""
        return _pool(10, _SMALL, ["", *words.SHARED], lambda rank: 0.001 if rank else 1)

    @cached_property
    def penalty_categories(self) -> list[list[str]]:
        """One category, of every fifth penalty two."""
        one = _pool(11, _SMALL, list(words.CATEGORIES), lambda rank: 1 / 2**rank)
        other = _pool(12, _SMALL, list(words.CATEGORIES), lambda rank: 1 / 1.4**rank)
        return [
            [first, second] if n % 5 == 0 and first != second else [first]
            for n, (first, second) in enumerate(zip(one, other, strict=True))
        ]


_PAIRS = ["".join(pair) for pair in itertools.product("0123456789abcdefghijklmnopqrstuv", repeat=2)]
_PERSON = Subject(SubjectKind.NATURAL_PERSON, "贺*", None)


def scrambled(number: int) -> int:
    """64 bits that look drawn, others for every number."""
    number = number * 0x9E3779B97F4A7C15 & _MASK
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _MASK
    return number ^ number >> 31


def _pool(seed: int, size: int, values: Sequence[T], weight: Callable[[int], float]) -> list[T]:
    """Values in the shares of the weights of their ranks; each stands in it at least once."""
    weights = [weight(rank) for rank in range(len(values))]
    cumulated = list(itertools.accumulate(weights))
    drawn = _rng(seed).choices(values, cum_weights=cumulated, k=size - len(values))
    return [*values, *drawn]


def _season(day: date) -> float:
    return (1.0, 0.4, 1.2, 1.0, 1.0, 1.1, 0.9, 0.9, 1.1, 0.8, 1.4, 1.8)[day.month - 1]


def _rng(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # repeatable, guards nothing
