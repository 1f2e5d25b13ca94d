"""One firm in four files under three names and two codes is one subject, in whatever order they come."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from records.by_hand import Withdrawal, withdraw
from records.vocabulary import SubjectKind
from tests.support import COMPANY_CODE, StillClock
from tests.xincha.asking import Row, asked, load_rows
from xincha.settings import Settings
from xincha.synthetic.numbers import credit_code, registration_number
from xincha.wiring import House, open_house

NUMBER = registration_number("410329", 7)
ORGAN = credit_code("11", "410329", 2)
NOW, FORMERLY = "伊川县青禾食品科技有限公司", "伊川县青禾食品有限公司"

FILES: dict[str, list[Row]] = {
    "profile": [
        {"名称": NOW, "统一社会信用代码": COMPANY_CODE, "注册号": NUMBER, "类型": "有限责任公司",
         "法定代表人": "贺青禾", "注册资本": "877.1万人民币", "成立日期": "2012-05-04", "登记状态": "存续"},
    ],
    "license": [
        {"行政许可决定书文号": "伊食许〔2014〕7号", "项目名称": "食品经营许可", "行政许可编码": "JY0001",
         "审批类别": "普通", "许可内容": "准予经营预包装食品", "行政相对人名称": FORMERLY,
         "行政相对人代码_3(工商登记码)": NUMBER, "法定代表人姓名": "贺青禾", "许可决定日期": "2014/03/02",
         "许可截止期": "2099/12/31", "许可机关": "伊川县市场监督管理局", "当前状态": "0",
         "地方编码": "410329", "数据更新时间戳": "2014/03/03"},
    ],
    "penalty": [
        {"行政相对人名称": FORMERLY, "行政相对人类别": "法人及非法人组织",
         "行政相对人代码_1(统一社会信用代码)": COMPANY_CODE, "法定代表人": "贺青禾",
         "行政处罚决定书文号": "伊市监罚〔2026〕15号", "违法行为类型": "经营超过保质期的食品",
         "违法事实": "销售超过保质期的面包十二袋", "处罚依据": "食品安全法第一百二十四条", "处罚类别": "罚款",
         "处罚内容": "罚款二万元", "罚款金额（万元）": "2", "处罚决定日期": "2026/09/01",
         "处罚有效期": "2099/12/31", "处罚机关": "伊川县市场监督管理局",
         "处罚机关统一社会信用代码": ORGAN, "数据来源单位": "伊川县市场监督管理局",
         "数据来源单位统一社会信用代码": ORGAN},
    ],
    "list": [
        {"企业名称": FORMERLY, "统一社会信用代码": COMPANY_CODE, "法定代表人": "贺青禾",
         "列入严重违法失信名单原因": "提交虚假材料取得登记", "列入日期": "2026-02-03",
         "列入决定机关名称": "伊川县市场监督管理局"},
    ],
}  # fmt: skip

SUBJECT = """query ($by: SubjectKey!) { subject(by: $by) {
  id kind name formerNames creditCode registrationNumber organizationCode region
  enterprise { name registeredCapital currency status }
  counts { licenses penalties redList blackList otherLists }
  licenses { totalCount nodes { subjectName subject { id } } }
  penalties { totalCount nodes { subjectName subject { id } } }
  listEntries { totalCount nodes { subjectName listCode subject { id } } }
} }"""
BY_CODE = {"creditCode": COMPANY_CODE}


def loaded(house: House, folder: Path, names: tuple[str, ...]) -> House:
    for name in names:
        load_rows(house, folder, name, FILES[name])
    return house


def of(house: House, **by: str) -> dict[str, object]:
    found = asked(house, SUBJECT, by=by)["subject"]
    assert isinstance(found, dict)
    return found


def id_of(house: House, dataset: str) -> str:
    return next(r.id for r in house.store.changes(0, 10).records if r.dataset == dataset)


def test_it_is_one_with_all_its_records(house: House, tmp_path: Path) -> None:
    loaded(house, tmp_path, ("license", "penalty", "list", "profile"))

    found = of(house, **BY_CODE)

    assert (found["name"], found["formerNames"]) == (NOW, [FORMERLY])
    assert (found["creditCode"], found["registrationNumber"]) == (COMPANY_CODE, NUMBER)
    assert (found["organizationCode"], found["region"]) == (COMPANY_CODE[8:17], "410329")
    assert found["kind"] == SubjectKind.LEGAL_ENTITY
    assert found["enterprise"] == {
        "name": NOW, "registeredCapital": "8771000", "currency": "CNY", "status": "ACTIVE",
    }  # fmt: skip
    assert found["counts"] == {
        "licenses": 1, "penalties": 1, "redList": 0, "blackList": 1, "otherLists": 0,
    }  # fmt: skip
    for records in ("licenses", "penalties", "listEntries"):
        listed = found[records]
        assert isinstance(listed, dict)
        assert listed["totalCount"] == 1
        assert listed["nodes"][0]["subject"]["id"] == found["id"]
    assert len(asked(house, "{ subjects { nodes { id } } }")["subjects"]["nodes"]) == 1  # type: ignore[index]


@pytest.mark.parametrize("order", list(permutations(FILES))[::5])
def test_the_order_of_files_does_not_matter(
    order: tuple[str, ...], house: House, clock: StillClock, tmp_path: Path
) -> None:
    first = loaded(house, tmp_path, ("license", "penalty", "list", "profile"))
    settings = Settings(home=tmp_path / "other", _env_file=None)
    other = loaded(open_house(settings, clock), tmp_path, order)

    one, two = of(first, **BY_CODE), of(other, **BY_CODE)

    # Ids are keyed: each house has its own.
    assert without_ids(one) == without_ids(two)
    other.store.close()


def without_ids(value: object) -> object:
    if isinstance(value, dict):
        return {k: without_ids(v) for k, v in value.items() if k != "id"}
    return [without_ids(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "text", [NOW, FORMERLY, "青禾食品", COMPANY_CODE, COMPANY_CODE[8:17], NUMBER, "伊食许[2014]7号"]
)
def test_every_name_and_number_of_it_finds_it(text: str, house: House, tmp_path: Path) -> None:
    loaded(house, tmp_path, ("license", "penalty", "list", "profile"))

    found = asked(
        house,
        """query ($text: String!) {
          search(query: $text) { nodes { __typename ... on Record { subject { creditCode } } ... on Subject { creditCode } } }
          licenses(query: $text) { totalCount }
        }""",
        text=text,
    )

    nodes = found["search"]["nodes"]  # type: ignore[index]
    codes = {(node.get("subject") or node)["creditCode"] for node in nodes}
    assert codes == {COMPANY_CODE}
    assert found["licenses"]["totalCount"] == 1  # type: ignore[index]


def test_withdrawing_the_profile_leaves_the_rest(house: House, tmp_path: Path) -> None:
    loaded(house, tmp_path, ("license", "penalty", "list", "profile"))
    before = of(house, **BY_CODE)

    withdraw(house.intake, house.datasets, [id_of(house, "enterprises")], Withdrawal.OTHER)
    after = of(house, **BY_CODE)

    assert after["id"] == before["id"]
    assert after["enterprise"] is None
    assert (after["name"], after["formerNames"]) == (FORMERLY, [])
    assert after["counts"] == before["counts"]


def test_with_its_last_visible_fact_it_is_gone_everywhere(house: House, tmp_path: Path) -> None:
    loaded(house, tmp_path, ("penalty", "profile"))
    subject_id = str(of(house, **BY_CODE)["id"])
    ids = [id_of(house, "enterprises"), id_of(house, "penalties")]

    withdraw(house.intake, house.datasets, ids, Withdrawal.REPAIRED)
    found = asked(
        house,
        """query ($id: ID!, $code: CreditCode!, $name: String!) {
          node(id: $id) { id }
          subject(by: {creditCode: $code}) { id }
          subjects { totalCount }
          named: subjects(query: $name) { totalCount nodes { id } }
          suggest(prefix: $name) { text }
          search(query: $name) { totalCount nodes { __typename } }
        }""",
        id=subject_id,
        code=COMPANY_CODE,
        name=NOW,
    )

    assert found == {
        "node": None,
        "subject": None,
        "subjects": {"totalCount": 0},
        "named": {"totalCount": 0, "nodes": []},
        "suggest": [],
        "search": {"totalCount": 0, "nodes": []},
    }


def test_an_id_from_before_the_codes_were_joined_still_names_it(
    house: House, tmp_path: Path
) -> None:
    loaded(house, tmp_path, ("license",))
    before = of(house, registrationNumber=NUMBER)

    loaded(house, tmp_path, ("profile", "penalty"))
    after = of(house, **BY_CODE)

    assert before["id"] != after["id"]
    assert of(house, id=str(before["id"])) == after
    assert asked(house, "query ($id: ID!) { node(id: $id) { id } }", id=before["id"]) == {
        "node": {"id": after["id"]}
    }
