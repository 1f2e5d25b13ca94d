"""What is asked of the lists: every filter, with values that many and few records have."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from benchmarks import lists_words as words
from benchmarks.lists_corpus import HUGE_AMOUNT, HUGE_DAY, TODAY, Corpus
from records.values import JsonValue
from search.entries import day_number
from search.query import And, AnyOf, Between, Contains, Filter, Not, Or, Order, Prefix

DATASETS = ("licenses", "penalties")
ORDERS = {
    "licenses": ("decision_date", "valid_until"),
    "penalties": ("decision_date", "fine_amount"),
}
FACETS = {
    "licenses": ("authority", "category", "status", "subject_kind", "region"),
    "penalties": ("authority", "categories", "status", "subject_kind", "region"),
}
TEXTS = {"licenses": ("content",), "penalties": ("facts", "content", "violation")}
DATES = {
    "licenses": ("decision_date", "valid_from", "valid_until"),
    "penalties": ("decision_date",),
}
HUGE = {
    "decision_date": day_number(HUGE_DAY),
    "fine_amount": int(float(HUGE_AMOUNT) * 100),
}
"""Values that a twentieth to a sixth of the records have."""
Named = Mapping[str, Filter]


def orders(dataset: str) -> list[Order]:
    """Every order, both directions."""
    return [Order(field, way) for field, way in itertools.product(ORDERS[dataset], (True, False))]


def equalities(corpus: Corpus, dataset: str) -> dict[tuple[str, str], Filter]:
    """By field and `common` or `rare`: every filter for one value."""
    subjects, authorities = corpus.subjects, corpus.authorities
    last = next(authority for authority in reversed(authorities[:72]) if authority[1])
    values: dict[str, tuple[str | None, str | None]] = {
        "credit_code": (subjects[0].code, subjects[-1].code),
        "document_number": (_number(corpus, dataset, 0), _number(corpus, dataset, 9_999)),
        "authority": (authorities[0][0], last[0]),
        "authority_code": (authorities[0][1], last[1]),
        "status": ("VALID", "OTHER"),
        "subject_kind": ("LEGAL_ENTITY", "NATURAL_PERSON"),
        "region": (words.REGIONS[0], words.REGIONS[-1]),
        **_own(dataset),
    }
    return {
        (field, how): AnyOf(field, (value,))
        for field, pair in values.items()
        for how, value in zip(("common", "rare"), pair, strict=True)
        if value is not None
    }


def _own(dataset: str) -> dict[str, tuple[str | None, str | None]]:
    if dataset == "penalties":
        return {"categories": (words.CATEGORIES[0], words.CATEGORIES[-1])}
    return {
        "category": ("GENERAL", "FRANCHISE"),
        "license_number": (words.SHARED[0], "JY1410000000007"),
    }


def _number(corpus: Corpus, dataset: str, start: int) -> str:
    records = (corpus.record(number) for number in itertools.count(start))
    found = next(record for record in records if record.dataset == dataset)
    return str(found.public["document_number"])


def pairs(corpus: Corpus, dataset: str) -> Iterator[tuple[str, Filter]]:
    """Every two of them over two fields."""
    singles = equalities(corpus, dataset)
    for one, other in itertools.combinations(singles, 2):
        if one[0] != other[0]:
            name = f"{one[1]} {one[0]} & {other[1]} {other[0]}"
            yield name, And((singles[one], singles[other]))


def ranges(dataset: str) -> dict[str, Filter]:
    """Narrow and wide, open and closed."""
    found: dict[str, Filter] = {}
    for field in DATES[dataset]:
        found |= {
            f"{field}, 3 days of late": _days(field, 13, 10),
            f"{field}, 3 days long ago": _days(field, 3_003, 3_000),
            f"{field}, 2 years of late": _days(field, 730, None),
            f"{field}, 2 years long ago": _days(field, 3_000, 2_270),
            f"{field}, all but a year": _days(field, None, 365),
        }
    if dataset == "penalties":
        found |= {
            "fine_amount, narrow": Between("fine_amount", 1_234_500, 1_235_500),
            "fine_amount, wide": Between("fine_amount", 100_000, 5_000_000),
            "fine_amount, from 1,000,000": Between("fine_amount", 100_000_000, None),
            "fine_amount, up to 1,000": Between("fine_amount", None, 100_000),
        }
    return found


def _days(field: str, since: int | None, until: int | None) -> Filter:
    low, high = (None if n is None else day_number(_back(n)) for n in (since, until))
    return Between(field, low, high)


def _back(days: int) -> date:
    return TODAY - timedelta(days=days)


def contained(dataset: str) -> dict[str, Filter]:
    """Texts that many, some, few and no records hold."""
    return {
        f"{field} contains {name}": Contains(field, text)
        for field in TEXTS[dataset]
        for name, text in (
            ("a common text", words.PHRASES[1]),
            ("two common texts on end", words.PHRASES[1] + words.PHRASES[2]),
            ("three on end", "".join(words.PHRASES[3:6])),
            ("a pair", "食品"),
            ("a rare word", words.goods()[-1]),
            ("a text of a handful", words.SELDOM),
            ("common pairs that never meet", words.PHRASES[1][:4] + words.PHRASES[8][:4]),
            ("no known pair", "鼍鼐"),
        )
    }


def beside(corpus: Corpus, dataset: str, asked: Named) -> Iterator[tuple[str, Filter]]:
    """Each of them together with equality filters."""
    singles = equalities(corpus, dataset)
    for (name, part), (field, how) in itertools.product(
        asked.items(),
        itertools.product(("authority", "status", "subject_kind"), ("common", "rare")),
    ):
        yield f"{name} & {how} {field}", And((part, singles[field, how]))


def trees(corpus: Corpus, dataset: str) -> dict[str, Filter]:
    """`or`, `not`, beginnings."""
    singles = equalities(corpus, dataset)
    status, authority = singles["status", "rare"], singles["authority", "common"]
    person, region = singles["subject_kind", "rare"], singles["region", "common"]
    year: JsonValue = str(TODAY.year)
    return {
        "not a person": Not(person),
        "rare status or common authority": Or((status, authority)),
        "not a common authority, in a region": And((Not(authority), region)),
        "two regions": AnyOf("region", words.REGIONS[:2]),
        "two rare regions": AnyOf("region", words.REGIONS[-2:]),
        "beginning of authority": Prefix("authority", "伊川县市"),
        "beginning of document number, rare": Prefix("document_number", f"伊市场字〔{year}〕123"),
        "beginning of document number, common": Prefix("document_number", f"伊市场字〔{year}〕"),
        "or of a range and a text": Or(
            (_days("decision_date", 400, 390), Contains(TEXTS[dataset][0], words.SELDOM))
        ),
        "not a range, a region": And((Not(_days("decision_date", 300, None)), region)),
    }
