"""explain, withdraw, publish, dispute: from the command line to the answers of the API."""

from __future__ import annotations

import asyncio
import csv
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from records.clock import system_clock, today
from records.errors import RecordError
from tests.loaders.rows import PENALTY, headers_of
from tests.support import PENALTIES
from xincha.cli import app
from xincha.wiring import House, open_house

NUMBERS = ("伊市监罚〔2026〕15号", "伊市监罚〔2026〕16号")
DECIDED = today(system_clock) - timedelta(days=40)
PHONE = "13837912345"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINCHA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def house() -> Iterator[House]:
    opened = open_house()
    yield opened
    opened.store.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def month(folder: Path, name: str = "a.csv", **changes: str) -> Path:
    """A cumulative file of two decisions."""
    headers = headers_of(PENALTIES)
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        for number in NUMBERS:
            cells = {
                **PENALTY,
                "行政处罚决定书文号": number,
                "处罚决定日期": f"{DECIDED:%Y/%m/%d}",
                **changes,
            }
            writer.writerow([cells.get(header, "") for header in headers])
    return path


def load(path: Path, *options: str) -> dict[str, int]:
    report = json.loads(run("load", "--json", *options, str(path)).stdout)
    return {name: n for name, n in report.items() if isinstance(n, int) and n}


async def _ask(house: House) -> dict[str, tuple[str, str]]:
    transport = httpx.ASGITransport(house.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha") as client:
        query = "{ penalties { nodes { id documentNumber status } } }"
        answer = (await client.post("/graphql", json={"query": query})).json()
    nodes = answer["data"]["penalties"]["nodes"]
    return {node["documentNumber"]: (node["id"], node["status"]) for node in nodes}


def shown(house: House) -> dict[str, tuple[str, str]]:
    """What the API lists: (id, status) by document number."""
    return asyncio.run(_ask(house))


def told(record_id: str) -> dict[str, object]:
    result = run("explain", "--json", record_id)
    assert result.exit_code == 0, result.output
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def journaled(record_id: str) -> list[tuple[str, str]]:
    events = told(record_id)["journal"]
    assert isinstance(events, list)
    return [(event["change"], event["reason"]) for event in events]


def test_a_withdrawn_record_stays_out_of_the_api_until_it_is_published(
    tmp_path: Path, house: House
) -> None:
    load(month(tmp_path))
    gone, kept = NUMBERS
    record_id = shown(house)[gone][0]

    assert run("withdraw", record_id, "--reason", "revoked").exit_code == 0
    assert set(shown(house)) == {kept}
    assert load(month(tmp_path)) == {"read": 2, "unchanged": 1, "not_republished": 1}
    changed = month(tmp_path, "b.csv", 处罚内容="罚款人民币叁仟元整。")
    assert load(changed) == {"read": 2, "updated": 1, "not_republished": 1}
    assert run("reindex").exit_code == 0
    assert set(shown(house)) == {kept}

    assert run("publish", record_id, "--reason", "撤下有误").exit_code == 0

    assert shown(house)[gone] == (record_id, "VALID")
    assert journaled(record_id) == [
        ("published", "file"),
        ("withdrawn", "revoked"),
        ("published", "撤下有误"),
    ]
    # It took over the corrected row while it was down.
    assert load(changed) == {"read": 2, "unchanged": 2}
    assert run("check").exit_code == 0


def test_what_a_file_took_down_is_published_one_by_one(tmp_path: Path, house: House) -> None:
    load(month(tmp_path))
    record_id = shown(house)[NUMBERS[0]][0]
    assert load(month(tmp_path), "--withdraw") == {"read": 2, "withdrawn": 2}
    assert shown(house) == {}

    run("publish", record_id, "--reason", "恢复")

    assert set(shown(house)) == {NUMBERS[0]}


def test_publishing_what_has_ended_is_refused(tmp_path: Path, house: House) -> None:
    load(month(tmp_path))
    record_id = shown(house)[NUMBERS[0]][0]
    ended = month(tmp_path, "b.csv", 公示截止期=f"{DECIDED + timedelta(days=1):%Y/%m/%d}")
    load(ended, "--withdraw")

    result = run("publish", record_id, "--reason", "恢复")

    assert result.exit_code == 1
    assert isinstance(result.exception, RecordError)
    assert "publicity ended" in result.exception.message
    assert shown(house) == {}


def test_an_early_repair_is_done_with_a_note(tmp_path: Path, house: House) -> None:
    load(month(tmp_path))
    record_id = shown(house)[NUMBERS[0]][0]

    result = run("withdraw", record_id, "--reason", "repaired", "--note", f"电话{PHONE}")

    assert result.exit_code == 0
    assert "before the earliest end" in result.stderr
    assert set(shown(house)) == {NUMBERS[1]}
    change, reason = journaled(record_id)[-1]
    assert change == "withdrawn"
    assert reason.startswith("repaired: 电话【电话】: before ")
    assert PHONE not in reason


def test_a_disputed_record_says_so_in_every_answer_and_outlives_a_load(
    tmp_path: Path, house: House
) -> None:
    load(month(tmp_path))
    record_id = shown(house)[NUMBERS[0]][0]

    assert run("dispute", record_id).exit_code == 0
    load(month(tmp_path, "b.csv", 处罚内容="罚款人民币叁仟元整。"))
    run("reindex")

    assert {number: status for number, (_, status) in shown(house).items()} == {
        NUMBERS[0]: "DISPUTED",
        NUMBERS[1]: "VALID",
    }
    assert run("dispute", record_id, "--clear").exit_code == 0
    assert shown(house)[NUMBERS[0]][1] == "VALID"


def test_a_withdrawn_record_is_found_explained_and_brought_back_without_its_id(
    tmp_path: Path, house: House
) -> None:
    load(month(tmp_path))
    asked = NUMBERS[0].replace("〔", "(").replace("〕", ")")
    record_id = json.loads(run("find", "--json", "--number", asked).stdout)["id"]
    run("withdraw", record_id, "--reason", "repaired")
    assert set(shown(house)) == {NUMBERS[1]}

    by_number = run("find", "--number", asked).stdout
    by_line = run("find", "--line", "a.csv:2").stdout

    assert by_number == by_line
    for expected in (record_id, "已撤下 / withdrawn", NUMBERS[0], "a.csv line 2"):
        assert expected in by_number
    run("publish", f" {record_id.upper()}", "--reason", "撤下有误")
    assert set(shown(house)) == set(NUMBERS)


def test_explain_prints_rule_place_and_journal(tmp_path: Path, house: House) -> None:
    load(month(tmp_path))
    record_id = shown(house)[NUMBERS[1]][0]

    text = run("explain", record_id).stdout

    for expected in (record_id, NUMBERS[1], "是 / yes", "a.csv line 3, V2.1", "公示 / published: 由文件载入 / by a file [a.csv]", "待县级主管部门确认|第36号|第58号"):  # fmt: skip
        assert any(word in text for word in expected.split("|")), expected
    assert "贺青禾" not in text


def test_explain_says_in_both_languages_what_was_done(tmp_path: Path, house: House) -> None:
    load(month(tmp_path))
    record_id = shown(house)[NUMBERS[0]][0]
    run("withdraw", record_id, "--reason", "repaired", "--note", "伊信修〔2026〕3号")
    run("dispute", record_id, "--note", "file")

    text = run("explain", record_id).stdout

    assert "否 / no — 已撤下 / withdrawn: 信用修复 / repaired: 伊信修〔2026〕3号" in text
    assert "撤下 / withdrawn: 信用修复 / repaired: 伊信修" in text
    assert "变更 / changed: 标记异议 / disputed: file" in text


def test_explain_tells_programs_the_same(tmp_path: Path, house: House) -> None:
    load(month(tmp_path))
    answer = told(shown(house)[NUMBERS[0]][0])

    assert (answer["shown"], answer["publicFrom"]) == (True, DECIDED.isoformat())
    assert set(answer) == {
        "id", "dataset", "subject", "shown", "state", "why", "heldBack", "disputed", "record", "publicFrom",
        "lastDay", "fullTerm", "earliestEnd", "class", "because", "rule", "sources", "loadedAt", "updatedAt", "warnings",
        "journal",
    }  # fmt: skip
    [source] = json.loads(json.dumps(answer["sources"]))
    assert (source["file"], source["line"], source["template"]) == ("a.csv", 2, "V2.1")


@pytest.mark.parametrize(
    "command",
    [
        ("explain",),
        ("dispute",),
        ("withdraw", "--reason", "other"),
        ("publish", "--reason", "恢复"),
    ],
)
def test_an_unknown_id_is_exit_1_and_named(command: tuple[str, ...]) -> None:
    unknown = "0123456789abcdefghijklmnop"

    result = run(*command, unknown)

    assert result.exit_code == 1
    assert isinstance(result.exception, RecordError)
    assert unknown in result.exception.message


def test_wrong_use_is_exit_2(tmp_path: Path) -> None:
    assert run("withdraw", "x", "--reason", "nonsense").exit_code == 2
    assert run("withdraw", "x").exit_code == 2
    assert run("publish", "x").exit_code == 2
    assert run("publish", "x", "--reason", " ").exit_code == 2
    assert run("explain").exit_code == 2
    assert run("find").exit_code == 2
    assert run("find", "--number", "x", "--line", "a.csv:2").exit_code == 2
    assert run("find", "--line", "a.csv").exit_code == 2


@pytest.mark.parametrize("command", ["find", "explain", "withdraw", "publish", "dispute"])
def test_help_is_in_chinese_and_english(command: str) -> None:
    shown_help = run(command, "--help").stdout

    assert re.search(r"[\u4e00-\u9fff]", shown_help)
    assert re.search(r"[a-z]{4,} [a-z]{2,}", shown_help)


def test_what_readers_do_not_see_yet_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(month(tmp_path))
    house = open_house()
    record_id = asyncio.run(_ask(house))[NUMBERS[0]][0]
    house.store.close()
    # Nobody listens there.
    monkeypatch.setenv("XINCHA_SEARCH_URL", "http://127.0.0.1:9")

    result = run("withdraw", record_id, "--reason", "repaired", "--note", "x")

    assert result.exit_code == 1
    assert "withdrawn" in result.stdout
    assert "still shown" in result.stderr
