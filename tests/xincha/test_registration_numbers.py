"""A firm that was registered under several numbers is found by each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import COMPANY_CODE
from tests.xincha.asking import Row, asked, load_rows
from xincha.synthetic.numbers import registration_number
from xincha.wiring import House

NAME = "伊川县青禾食品有限公司"
SHOWN, OLDER = registration_number("410329", 7), registration_number("410300", 8)


def a_license(number: str, code: str = "") -> Row:
    return {
        "行政许可决定书文号": f"伊食许〔2014〕{number}号", "项目名称": "食品经营许可",
        "行政许可编码": "JY0001", "审批类别": "普通", "许可内容": "准予经营预包装食品",
        "行政相对人名称": NAME, "行政相对人代码_1(统一社会信用代码)": code,
        "行政相对人代码_3(工商登记码)": number, "法定代表人姓名": "贺青禾",
        "许可决定日期": "2014/03/02", "许可截止期": "2099/12/31", "许可机关": "伊川县市场监督管理局",
        "当前状态": "0", "地方编码": "410329", "数据更新时间戳": "2014/03/03",
    }  # fmt: skip


PROFILE: Row = {
    "名称": NAME, "统一社会信用代码": COMPANY_CODE, "注册号": SHOWN, "类型": "有限责任公司",
    "法定代表人": "贺青禾", "成立日期": "2012-05-04", "登记状态": "存续",
}  # fmt: skip


@pytest.fixture
def firm(house: House, tmp_path: Path) -> House:
    """Two licenses that state a number only; its profile ties one of them to its code, a third license the other."""
    tie = {**a_license(OLDER, COMPANY_CODE), "行政许可决定书文号": "伊食许〔2015〕9号"}
    load_rows(house, tmp_path, "licenses", [a_license(SHOWN), a_license(OLDER), tie])
    load_rows(house, tmp_path, "profile", [PROFILE])
    return house


@pytest.mark.parametrize("number", [SHOWN, OLDER])
def test_it_is_found_by_each_number(number: str, firm: House) -> None:
    found = asked(
        firm,
        """query ($number: String!, $part: String!) {
          subject(by: {registrationNumber: $number}) {
            creditCode registrationNumber licenses { totalCount }
          }
          subjects(query: $number) { nodes { creditCode } }
          licenses(query: $number) { totalCount }
          suggest(prefix: $part) { text }
          match(queries: [{id: "1", registrationNumber: $number}]) { status }
        }""",
        number=number,
        part=number[:9],
    )

    assert found == {
        "subject": {
            "creditCode": COMPANY_CODE, "registrationNumber": SHOWN, "licenses": {"totalCount": 3},
        },
        "subjects": {"nodes": [{"creditCode": COMPANY_CODE}]},
        "licenses": {"totalCount": 3},
        "suggest": [{"text": NAME}],
        "match": [{"status": "FOUND"}],
    }  # fmt: skip


def test_it_is_found_by_a_part_within_a_number(firm: House) -> None:
    found = asked(
        firm,
        "query ($part: String!) { subjects(query: $part) { nodes { creditCode } } }",
        part=OLDER[3:13],
    )

    assert found == {"subjects": {"nodes": [{"creditCode": COMPANY_CODE}]}}
