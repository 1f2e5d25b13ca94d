"""Entry, removal, repair and objection of list entries, by files and by hand, from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.support import COMPANY_CODE
from xincha.cli import app
from xincha.synthetic.writers import FORMATS, Format, Layout, table_writer

FIRM = "伊川县青禾食品有限公司"
REGISTER = (
    "企业名称,统一社会信用代码,法定代表人,列入经营异常名录原因类型名称,列入日期,列入决定机关名称,移出日期,移出原因\n"
    "{name},{code},贺青禾,通过登记的住所或者经营场所无法联系的,2026-03-02,伊川县市场监督管理局,{removed}\n"
)
TAX = (
    "纳税人名称,统一社会信用代码,案件性质,主要违法事实,录入时间,移出时间\n"
    "{name},{code},虚开发票,虚开发票十二份,2026-03-02,{removed}\n"
)
DEBTORS = (
    "iname,sexy,age,cardNum,courtName,caseCode,gistId,duty,disruptTypeName,publishDate,partyTypeName\n"
    "郝立冬,男,45,4103291981****0012,伊川县人民法院,（2026）豫0329执123号,（2025）豫0329民初77号,"
    "偿还段小满借款五万元,违反财产报告制度,2026年07月13日,0\n"
)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINCHA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def load(folder: Path, text: str, *options: str, name: str = "a.csv") -> dict[str, object]:
    (folder / name).write_text(text, encoding="utf-8")
    report: dict[str, object] = json.loads(run("load", "--json", *options, str(folder / name)))
    return report


def filled(table: str, removed: str = "") -> str:
    more = "," if table is REGISTER else ""
    return table.format(name=FIRM, code=COMPANY_CODE, removed=removed or more)


def found(name: str = "a.csv", line: int = 2) -> str:
    return str(json.loads(run("find", "--json", "--line", f"{name}:{line}"))["id"])


def explained(record_id: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(run("explain", "--json", record_id))
    return told


def journal(record_id: str) -> list[tuple[str, str]]:
    events = json.loads(run("explain", "--json", record_id))["journal"]
    return [(event["change"], event["reason"]) for event in events]


def test_an_entry_is_shown_for_the_term_of_its_list(tmp_path: Path) -> None:
    assert load(tmp_path, filled(TAX))["inserted"] == 1
    told = explained(found())
    assert (told["shown"], told["publicFrom"], told["lastDay"]) == (
        True,
        "2026-03-02",
        "2029-03-01",
    )
    assert told["because"] == "重大税收违法失信主体"


def test_a_row_that_comes_again_with_its_removal_ends_the_entry(tmp_path: Path) -> None:
    load(tmp_path, filled(TAX))
    record_id = found()
    assert load(tmp_path, filled(TAX, "2026-06-01"), name="b.csv")["updated"] == 1
    told = explained(record_id)
    assert (told["shown"], told["lastDay"]) == (False, "2026-05-31")
    assert journal(record_id) == [("published", "file"), ("withdrawn", "REMOVED")]


def test_an_older_row_does_not_bring_a_removed_entry_back(tmp_path: Path) -> None:
    load(tmp_path, filled(TAX))
    record_id = found()
    load(tmp_path, filled(TAX, "2026-06-01"), name="b.csv")
    later = filled(TAX).replace("十二份", "13份")
    assert load(tmp_path, later, name="c.csv")["not_republished"] == 1
    assert explained(record_id)["shown"] is False


def test_the_removal_counts_whatever_the_order_of_rows(tmp_path: Path) -> None:
    removed, entered = filled(TAX, "2026-06-01"), filled(TAX)
    load(tmp_path, removed + entered.split("\n", 1)[1])
    assert explained(found())["shown"] is False


def test_a_removal_by_mistake_is_taken_back_by_hand(tmp_path: Path) -> None:
    load(tmp_path, filled(TAX, "2026-06-01"))
    record_id = found()
    run("withdraw", record_id, "--reason", "other")
    assert load(tmp_path, filled(TAX), name="b.csv")["not_republished"] == 1
    run("publish", record_id, "--reason", "移出有误")
    assert explained(record_id)["shown"] is True


def test_a_removal_from_the_register_of_abnormal_operation_is_shown(tmp_path: Path) -> None:
    load(tmp_path, filled(REGISTER))
    record_id = found()
    removed = filled(REGISTER, "2026-06-01,已变更住所登记")
    assert load(tmp_path, removed, name="b.csv")["updated"] == 1
    assert explained(record_id)["shown"] is True


@pytest.mark.parametrize("reason", ["repaired", "revoked", "objection-upheld", "other"])
def test_a_withdrawn_entry_stays_down_until_it_is_published(tmp_path: Path, reason: str) -> None:
    load(tmp_path, filled(TAX))
    record_id = found()
    run("withdraw", record_id, "--reason", reason)
    assert load(tmp_path, filled(TAX), name="b.csv")["not_republished"] == 1
    assert explained(record_id)["shown"] is False
    run("publish", record_id, "--reason", "复核")
    assert explained(record_id)["shown"] is True


def test_a_repair_before_the_earliest_day_of_the_list_is_noted(tmp_path: Path) -> None:
    text = filled(TAX).replace("案件性质", "列入严重违法失信名单原因").replace("纳税人", "企业")
    load(tmp_path, text.replace("主要违法事实,录入时间,移出时间", "备注,列入日期,移出日期"))
    record_id = found()
    run("withdraw", record_id, "--reason", "repaired")
    assert "2027-03-02" in str(explained(record_id)["why"])


def test_an_objection_is_marked(tmp_path: Path) -> None:
    load(tmp_path, filled(TAX))
    record_id = found()
    run("dispute", record_id)
    assert explained(record_id)["disputed"] is True
    run("dispute", record_id, "--clear")
    assert explained(record_id)["disputed"] is False


def test_a_removal_does_not_bring_a_withdrawn_entry_back(tmp_path: Path) -> None:
    load(tmp_path, filled(REGISTER))
    record_id = found()
    run("withdraw", record_id, "--reason", "objection-upheld")
    load(tmp_path, filled(REGISTER, "2026-06-01,已变更住所登记"), name="b.csv")
    assert explained(record_id)["shown"] is False


def test_a_file_may_take_entries_down(tmp_path: Path) -> None:
    load(tmp_path, filled(TAX))
    assert load(tmp_path, filled(TAX), "--withdraw")["withdrawn"] == 1


def test_a_person_on_a_list_is_masked_and_found_by_its_case(tmp_path: Path) -> None:
    load(tmp_path, DEBTORS)
    (match,) = run("find", "--json", "--number", "(2026)豫0329执123号").splitlines()
    assert json.loads(match)["subjectName"] == "郝*"
    by_basis = run("find", "--number", "（2025）豫0329民初77号")
    assert "郝*" in by_basis
    record_id = json.loads(match)["id"]
    # Neither its letters and digits nor the minutes of its journal are those of a person.
    told = re.sub(r"\d\d:\d\d", "", run("explain", record_id)).replace(record_id, "")
    for clear in ("立冬", "段小满", "19810", "0012", "45"):
        assert clear not in told


def test_which_list_it_is_can_be_told(tmp_path: Path) -> None:
    table = f"企业名称,统一信用代码\n{FIRM},{COMPANY_CODE}\n"
    (tmp_path / "map.toml").write_text('[values]\n"列入日期" = "2026-03-02"\n', encoding="utf-8")
    report = load(
        tmp_path, table, "--dataset", "list-entry", "--list", "overload", "--mapping", "map.toml"
    )
    assert (report["inserted"], report["template"]) == (1, "OVERLOAD")
    assert explained(found())["publicFrom"] == "2026-03-02"


def test_a_list_that_is_not_known_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(filled(TAX), encoding="utf-8")
    result = CliRunner().invoke(app, ["load", "--list", "NAUGHTY", "a.csv"])
    assert result.exit_code == 2
    assert "JUDGMENT_DEBTOR 失信被执行人" in result.output


def test_workers_read_what_was_told(tmp_path: Path) -> None:
    table = f"企业名称,统一信用代码\n{FIRM},{COMPANY_CODE}\n"
    report = load(tmp_path, table, "--list", "OVERLOAD", "--jobs", "2")
    assert report["inserted"] == 1


@pytest.mark.parametrize("format", FORMATS)
def test_lists_come_in_every_format(tmp_path: Path, format: Format) -> None:
    headers = ["企业名称", "统一社会信用代码", "列入经营异常名录原因类型名称", "列入日期"]
    codes = ["entName", "uniscId", "speCause_CN", "abntime"]
    path = tmp_path / f"list.{format}"
    layout = Layout("经营异常名录", headers, codes, frozenset(), "jyyc")
    with table_writer(path, format, "utf-8", layout) as write:
        write([FIRM, COMPANY_CODE, "无法联系", "2026-03-02"])
    where = f"sqlite:///{path}#jyyc" if format == "sql" else str(path)
    report = json.loads(run("load", "--json", where))
    assert (report["dataset"], report["template"], report["inserted"]) == (
        "list_entries",
        "ABNORMAL_OPERATION",
        1,
    )
