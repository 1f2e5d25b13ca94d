"""Files whose rows hold a planted person in every column: records, persons, and rows that are rejected."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl

from records.dataset import Dataset
from records.vocabulary import PersonalData
from tests.records.planted import (
    CARD,
    EMAIL,
    HOME,
    ID_NUMBER,
    ID_WITH_X,
    NAME,
    OLD_ID,
    PHONE,
    PLATE,
    SPELLINGS,
)
from tests.support import COMPANY_CODE

EVERYTHING = f"{NAME}，{ID_NUMBER}，{PHONE}，{CARD}，住{HOME}，{PLATE}，{EMAIL}"


def row(dataset: Dataset, number: int, **cells: str) -> dict[str, str]:
    """A good row of a company by field name, changed by `cells`."""
    base = {
        "subject_name": "伊川县青禾食品有限公司",
        "subject_category": "法人及非法人组织",
        "credit_code": COMPANY_CODE,
        "legal_representative": NAME,
        "legal_representative_id_type": "身份证",
        "legal_representative_id_number": ID_NUMBER,
        "document_name": "食品经营许可决定书",
        "document_number": f"伊市监〔2026〕{number}0号",
        "category": "普通",
        "categories": "罚款",
        "violation": "经营超过保质期的食品",
        "facts": "经查，当事人销售超过保质期的面包十二袋。",
        "legal_basis": "《中华人民共和国食品安全法》第一百二十四条",
        "content": "罚款人民币贰万元整。",
        "fine_amount": "2",
        "decision_date": "2026/09/01",
        "valid_from": "2026/09/01",
        "valid_until": "2031/08/31",
        "authority": "伊川县市场监督管理局",
        "authority_code": "11410329005376117P",
        "status": "1",
        "provider": "伊川县市场监督管理局",
        "provider_code": "11410329005376117P",
    }
    known = {field.name for field in dataset.fields}
    return {name: value for name, value in (base | cells).items() if name in known}


def person(dataset: Dataset, number: int, **cells: str) -> dict[str, str]:
    own = {
        "subject_name": NAME,
        "subject_category": "自然人",
        "credit_code": "",
        "legal_representative": "",
        "legal_representative_id_type": "",
        "legal_representative_id_number": "",
        "person_id_type": "身份证",
        "person_id_number": ID_NUMBER,
    }
    return row(dataset, number, **(own | cells))


def planted_rows(dataset: Dataset) -> list[dict[str, str]]:
    """Rows that become records, and rows that are rejected, with the person everywhere."""
    texts = [
        f.name for f in dataset.public_fields if f.personal is PersonalData.FREE_TEXT and f.columns
    ]
    numbers = iter(range(1_000, 10_000))
    rows = [
        person(dataset, next(numbers), tax_number=f"{ID_NUMBER}01", license_number=ID_NUMBER),
        person(dataset, next(numbers), license_number=f"T{ID_NUMBER}", person_id_number=ID_WITH_X),
        person(dataset, next(numbers), document_number=ID_NUMBER, person_id_number=OLD_ID),
        person(dataset, next(numbers), subject_category="", registration_number=OLD_ID),
        row(dataset, next(numbers), subject_name=NAME, subject_category="个体工商户",
            credit_code="92410329MA0000005A"),
        row(dataset, next(numbers), tax_number=ID_NUMBER, registration_number=OLD_ID,
            license_number=ID_WITH_X),
        row(dataset, next(numbers), authority=f"伊川县公安局（{PHONE}）", provider=f"大队 {ID_NUMBER}"),
    ]  # fmt: skip
    for spellings in SPELLINGS.values():
        for spelling in spellings:
            cells = dict.fromkeys(texts, f"经查，{spelling}，违法。")
            rows.append(row(dataset, next(numbers), **cells))
            rows.append(person(dataset, next(numbers), **cells))
    for name in (f.name for f in dataset.fields if f.columns):
        # Wrong in one column, with the person's values shifted into another.
        wrong = {"decision_date": "2026/13/45"}
        rows.append(person(dataset, next(numbers), **(wrong | {name: EVERYTHING})))
        rows.append(row(dataset, next(numbers), **({"decision_date": ID_NUMBER} | {name: PHONE})))
        rows.append(row(dataset, next(numbers), **({"credit_code": ID_NUMBER} | {name: CARD})))
    return rows


def headers(dataset: Dataset) -> dict[str, str]:
    return {field.name: column.header for field, column in dataset.columns_of("V2.1")}


def write_csv(path: Path, dataset: Dataset) -> None:
    columns = headers(dataset)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore", restval="")
        writer.writerow(columns)
        writer.writerows(planted_rows(dataset))


def write_xlsx(path: Path, dataset: Dataset) -> None:
    columns = headers(dataset)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    sheet.append([f"报送人：{EVERYTHING}"])
    sheet.append([*columns.values(), f"经办人{PHONE}"])
    for planted in planted_rows(dataset):
        sheet.append([planted.get(name, "") for name in columns])
    book.save(path)
