"""What several tests use: a clock that stands still, and rows written by hand."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx

from records.clock import today
from records.dataset import Dataset
from records.datasets import declared_datasets
from records.incoming import Batch, IncomingRecord, incoming_record
from records.intake import Intake, Stated, take_in
from records.sources import SourceRun
from records.values import Value
from records.vocabulary import LicenseCategory, PenaltyCategory, RecordStatus, SubjectKind
from search.query import MAX_PAGE, After, Order, SearchRequest
from xincha.wiring import House

XINCHA = str(Path(sys.executable).with_name("xincha"))

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""2026-11-25 12:00 in Shanghai."""


@dataclass
class StillClock:
    """A clock that shows what it was last set to."""

    now: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += timedelta(**delta)


DATABASES = ("sqlite", "postgresql")
"""What may keep the store."""

DATASETS = {dataset.name: dataset for dataset in declared_datasets()}
LICENSES: Dataset = DATASETS["licenses"]
PENALTIES: Dataset = DATASETS["penalties"]

COMPANY_CODE = "91410329MA0000007U"
"""A synthetic credit code with valid check digits."""


def penalty(**values: Value) -> dict[str, Value]:
    """A penalty of a company as validation hands it over, changed by `values`."""
    row: dict[str, Value] = {
        "subject_name": "伊川县青禾食品有限公司",
        "credit_code": COMPANY_CODE,
        "legal_representative": "贺青禾",
        "document_number": "伊市监罚〔2026〕15号",
        "violation": "经营超过保质期的食品",
        "facts": "经查，当事人销售超过保质期的面包十二袋。",
        "legal_basis": "《中华人民共和国食品安全法》第一百二十四条",
        "categories": (PenaltyCategory.FINE,),
        "category_text": "罚款",
        "content": "罚款人民币贰万元整。",
        "fine_amount": Decimal(20000),
        "decision_date": date(2026, 9, 1),
        "valid_until": None,
        "permanent": True,
        "authority": "伊川县市场监督管理局",
        "authority_code": "11410329005376111D",
        "status": RecordStatus.VALID,
        "provider": "伊川县市场监督管理局",
    }
    return row | values


def license(**values: Value) -> dict[str, Value]:
    """A license of a company as validation hands it over, changed by `values`."""
    row: dict[str, Value] = {
        "subject_name": "伊川县青禾食品有限公司",
        "credit_code": COMPANY_CODE,
        "legal_representative": "贺青禾",
        "document_name": "食品经营许可决定书",
        "document_number": "伊食许〔2026〕7号",
        "category": LicenseCategory.GENERAL,
        "category_text": "普通",
        "content": "准予经营预包装食品。",
        "decision_date": date(2026, 3, 2),
        "valid_from": date(2026, 3, 2),
        "valid_until": date(2031, 3, 1),
        "permanent": False,
        "authority": "伊川县市场监督管理局",
        "status": RecordStatus.VALID,
    }
    return row | values


def incoming(
    intake: Intake,
    values: dict[str, Value],
    *,
    dataset: Dataset = PENALTIES,
    kind: SubjectKind = SubjectKind.LEGAL_ENTITY,
    line: int = 2,
) -> IncomingRecord:
    """One row on its way into the store."""
    return incoming_record(intake.door, dataset, values, kind, line=line)


_PENALTIES_NOW = Stated(PENALTIES, "V2.1")


def take(
    intake: Intake,
    run: SourceRun,
    rows: Sequence[IncomingRecord],
    rejected: Sequence[Mapping[str, object]] = (),
    *,
    stated: Stated = _PENALTIES_NOW,
) -> None:
    """Commit rows as one batch; its lines count from 2."""
    read = len(rows) + len({item["line"] for item in rejected})
    take_in(intake, run, stated, Batch(rows, rejected, read, position=read + 1))


def index_contents(house: House) -> dict[str, dict[str, object]]:
    """Every visible document of the live index by id, without what depends on when it was loaded."""
    return asyncio.run(_index_contents(house))


async def _index_contents(house: House) -> dict[str, dict[str, object]]:
    engine = house.engine()
    volatile = {"revision", "published_revision", "loaded_at", "updated_at"}
    found: dict[str, dict[str, object]] = {}
    for dataset in house.datasets:
        after = None
        while True:
            request = SearchRequest(
                dataset.name,
                today(house.clock),
                order=Order("revision"),
                first=MAX_PAGE,
                after=after,
            )
            page = await engine.search(request)
            for hit in page.hits:
                document = {k: v for k, v in hit.document.items() if k not in volatile}
                assert str(document["id"]) not in found
                found[str(document["id"])] = document
            if not page.has_more:
                break
            after = After(page.hits[-1].sort_value, str(page.hits[-1].document["id"]))
    await engine.close()
    return found


@contextmanager
def running_server(
    environment: Mapping[str, str], *options: str, log: Path | None = None
) -> Iterator[str]:
    """`xincha serve` on a free loopback port; yields its address; stopped by its own pid."""
    output = log.open("wb") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        [XINCHA, "serve", "--port", "0", *options],
        env=os.environ | dict(environment),
        stdout=subprocess.PIPE,
        stderr=output,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        _wait_until_ready(found.group())
        yield found.group()
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()
        if log:
            output.close()  # type: ignore[union-attr]  # a file when there is a log


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server did not become ready")
