"""What several tests use: a clock that stands still, and rows written by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from records.datasets import declared_datasets
from records.fields import Dataset
from records.intake import IncomingRecord, Intake
from records.values import Value
from records.vocabulary import LicenseCategory, PenaltyCategory, RecordStatus, SubjectKind

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
    return IncomingRecord(
        intake=intake,
        dataset=dataset,
        template="V2.1",
        values=values,
        kind=kind,
        warnings=(),
        line=line,
        provider="",
    )
