"""Adding a dataset is adding one file: everything else follows from the declaration."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from records import datasets
from tests.support import COMPANY_CODE
from xincha.cli import app
from xincha.dictionary import render_dictionary
from xincha.wiring import open_house

DECLARATION = '''
from datetime import date
from decimal import Decimal

from records.fields import TEN_THOUSAND_YUAN, Record, column
from records.publicity import without_end
from records.vocabulary import CodeTable, CreditCode, PersonalData, Scope, Search, Text, entry


class PledgeKind(CodeTable):
    """承诺类型"""

    REPAIR = entry("信用修复", "1")
    LICENSING = entry("容缺受理", "2")
    OTHER = entry("其他")


class Commitment(Record, name="commitments", label="信用承诺", publicity=without_end()):
    """信用承诺 / a public commitment."""

    subject_name: Text = column("承诺人", "CN_MC", required=True, personal=PersonalData.PERSON_NAME)
    credit_code: CreditCode = column("统一社会信用代码", "CN_XYDM", filter=True)
    person_id_number: Text = column(
        "证件号码", "CN_ZJHM", scope=Scope.SEALED, personal=PersonalData.ID_NUMBER
    )
    document_number: Text = column("承诺书编号", "CN_BH", required=True, filter=True, search=Search.CODE)
    kind_of_pledge: PledgeKind = column("承诺类型", "CN_LX", filter=True, raw_as="kind_text")
    pledge: Text = column(
        "承诺内容", "CN_NR", personal=PersonalData.FREE_TEXT, filter=True, search=Search.TEXT
    )
    amount: Decimal = column("承诺金额（万元）", "CN_JE", unit=TEN_THOUSAND_YUAN, filter=True)
    decision_date: date = column("承诺日期", "CN_RQ", required=True, filter=True, sort=True)
    authority: Text = column("受理单位", "CN_SLDW", filter=True)
'''
ROWS = f"""承诺人,统一社会信用代码,证件号码,承诺书编号,承诺类型,承诺内容,承诺金额（万元）,承诺日期,受理单位
伊川县青禾食品有限公司,{COMPANY_CODE},,诺〔2026〕1号,信用修复,承诺按期整改，联系电话13800138000,1.5,2026/10/01,伊川县市场监督管理局
郝立冬,,41032919870612431X,诺〔2026〕2号,容缺受理,承诺补齐材料,,2026/10/02,伊川县行政审批局
伊川县青禾食品有限公司,{COMPANY_CODE},,诺〔2026〕3号,信用修复,承诺,,2026/13/01,伊川县市场监督管理局
"""


@pytest.fixture
def _declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "datasets"
    folder.mkdir()
    (folder / "commitment.py").write_text(DECLARATION, encoding="utf-8")
    monkeypatch.setattr(datasets, "__path__", [*datasets.__path__, str(folder)])
    monkeypatch.setenv("XINCHA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    yield
    sys.modules.pop("records.datasets.commitment", None)


async def ask(query: str) -> dict[str, object]:
    house = open_house()
    transport = httpx.ASGITransport(house.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
        answer = (await client.post("/graphql", json={"query": query})).json()
    house.store.close()
    assert "errors" not in answer, answer
    data: dict[str, object] = answer["data"]
    return data


@pytest.mark.usefixtures("_declared")
def test_one_class_is_loaded_stored_indexed_answered_and_documented(tmp_path: Path) -> None:
    file = tmp_path / "承诺.csv"
    file.write_text(ROWS, encoding="utf-8")

    loaded = CliRunner().invoke(app, ["load", "--json", str(file)])

    report = json.loads(loaded.output)
    assert (report["dataset"], report["inserted"], report["reasons"]) == (
        "commitments",
        2,
        {"BAD_DATE": 1},
    )
    data = asyncio.run(
        ask(
            """{
              commitments(where: {amount: {gte: "15000"}, pledge: {contains: "按期整改"},
                                  kindOfPledge: {eq: REPAIR}}) {
                totalCount nodes { kind subjectName creditCode amount kindOfPledge kindText pledge }
              }
              all: commitments(orderBy: {field: DECISION_DATE}) { nodes { subjectName maskedFields } }
              service { datasets { name label count } }
            }"""
        )
    )
    assert data["commitments"] == {
        "totalCount": 1,
        "nodes": [
            {
                "kind": "COMMITMENT",
                "subjectName": "伊川县青禾食品有限公司",
                "creditCode": COMPANY_CODE,
                "amount": "15000",
                "kindOfPledge": "REPAIR",
                "kindText": "信用修复",
                "pledge": "承诺按期整改，联系电话【电话】",
            }
        ],
    }
    assert data["all"] == {
        "nodes": [
            {
                "subjectName": "郝*",
                "maskedFields": ["subjectName", "personIdNumber", "kindText", "pledge"],
            },
            {
                "subjectName": "伊川县青禾食品有限公司",
                "maskedFields": ["personIdNumber", "kindText", "pledge"],
            },
        ]
    }
    assert {"name": "commitments", "label": "信用承诺", "count": 2} in data["service"]["datasets"]  # type: ignore[index]
    dictionary = render_dictionary(datasets.declared_datasets())
    assert "承诺书编号" in dictionary
    assert "CN_BH" in dictionary
    assert "type Commitment implements" in CliRunner().invoke(app, ["schema"]).output
