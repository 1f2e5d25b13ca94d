"""One seed is one set of decisions; V1 and V2 say them in their own columns and words."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from records.datasets import declared_datasets
from records.vocabulary import SubjectKind
from xincha.synthetic.authorities import authorities_of
from xincha.synthetic.generate import make_rows
from xincha.synthetic.generations import wording
from xincha.synthetic.names import place_of
from xincha.synthetic.numbers import NO_CODE
from xincha.synthetic.rows import Outcome, Row, World

TODAY = date(2026, 11, 25)
COUNT = 1500
DATASETS = {dataset.name: dataset for dataset in declared_datasets()}
Rows = dict[tuple[str, str], list[Row]]


def made(name: str, template: str, dirty: float = 0.0, length: int = 0) -> list[Row]:
    place = place_of("410329")
    world = World(3, place, authorities_of(place), 400, TODAY, length)
    words = wording(DATASETS[name], template, uniform_dates=False)
    return list(make_rows(name, COUNT, world, dirty, words))


@pytest.fixture(scope="module")
def rows() -> Rows:
    names = ("licenses", "penalties")
    return {(n, t): made(n, t) for n in names for t in ("V1", "V2", "V2.1")}


def written(row: Row, name: str, template: str) -> dict[str, object]:
    words = wording(DATASETS[name], template, uniform_dates=False)
    return dict(zip([c.code for _, c in words.columns], words.cells(row), strict=True))


@pytest.mark.parametrize("name", ["licenses", "penalties"])
@pytest.mark.parametrize("template", ["V1", "V2"])
def test_a_template_changes_the_words_and_not_the_decisions(
    rows: Rows, name: str, template: str
) -> None:
    same = ("subjectName", "creditCode", "authority", "decisionDate")
    for old, new in zip(rows[name, template], rows[name, "V2.1"], strict=True):
        assert old.subject == new.subject
        assert old.serial == new.serial
        assert [old.expected[field] for field in same] == [new.expected[field] for field in same]
        if name == "penalties":
            assert old.cells["facts"] == new.cells["facts"]


@pytest.mark.parametrize("name", ["licenses", "penalties"])
def test_the_same_decisions_are_dirty_in_every_template(name: str) -> None:
    dirty = {
        template: [row.serial for row in made(name, template, 0.1) if row.defect]
        for template in ("V1", "V2", "V2.1")
    }
    assert dirty["V1"] == dirty["V2"] == dirty["V2.1"]
    assert len(dirty["V1"]) == COUNT // 10


@pytest.mark.parametrize(("name", "prefix"), [("licenses", "XK"), ("penalties", "CF")])
def test_code_5_of_v1_is_an_id_number(rows: Rows, name: str, prefix: str) -> None:
    organizations = persons = 0
    for row in rows[name, "V1"]:
        number = written(row, name, "V1")[f"{prefix}_XDR_SFZ"]
        if row.subject.kind is SubjectKind.NATURAL_PERSON:
            assert number == row.cells["person_id_number"]
            persons += 1
        else:
            assert number == row.cells.get("legal_representative_id_number", "")
            organizations += bool(number)
        assert not number or number in row.planted
    assert organizations > 100 < persons


def test_codes_of_v1_stand_under_its_own_numbers(rows: Rows) -> None:
    headers = [column.header for _, column in DATASETS["licenses"].columns_of("V1")]
    assert headers[6:11] == [
        "行政相对人代码_1(统一社会信用代码)",
        "行政相对人代码_2(组织机构代码)",
        "行政相对人代码_3(工商登记码)",
        "行政相对人代码_4(税务登记号)",
        "行政相对人代码_5(居民身份证号)",
    ]
    for row in rows["licenses", "V1"]:
        cells = written(row, "licenses", "V1")
        assert cells["XK_XDR_GSDJ"] == row.subject.registration_number
        assert cells["XK_XDR_SHXYM"] != NO_CODE
        assert cells["XK_XDR_ZDM"] in {"", row.subject.code[8:17]}


def test_states_are_turned_round(rows: Rows) -> None:
    meant = {"VALID": {"1"}, "INVALID": {"2"}}
    old_meant = {"VALID": {"0", ""}, "REVOKED": {"1"}, "DISPUTED": {"2"}, "OTHER": {"3"}}
    seen = set()
    for new, old in zip(rows["licenses", "V2"], rows["licenses", "V1"], strict=True):
        assert written(new, "licenses", "V2")["XK_ZT"] in meant[str(new.expected["status"])]
        state = written(old, "licenses", "V1")["XK_ZT"]
        assert state in old_meant[str(old.expected["status"])]
        seen.add((new.expected["status"], state))
    assert seen == {
        ("VALID", ""),
        ("VALID", "0"),
        ("VALID", "2"),
        ("INVALID", "1"),
        ("INVALID", "3"),
    }


def test_what_v1_restricts_is_hidden_there_and_nowhere_else(rows: Rows) -> None:
    restricted = [r for r in rows["licenses", "V1"] if r.cells["usage_scope"] in {"1", "2"}]
    assert 0.01 < len(restricted) / COUNT < 0.035
    assert {(r.outcome, r.reasons) for r in restricted} == {(Outcome.HIDDEN, ("USAGE_SCOPE",))}
    later = {r.serial: r for r in rows["licenses", "V2.1"]}
    assert all(later[r.serial].outcome is Outcome.VISIBLE for r in restricted)


def test_a_license_without_a_document_number_is_known_by_its_own(rows: Rows) -> None:
    nameless = [r for r in rows["licenses", "V1"] if r.cells["document_number"] == "空"]
    later = {r.serial: r for r in rows["licenses", "V2.1"]}
    assert nameless
    for row in nameless:
        cells = written(row, "licenses", "V1")
        assert (cells["XK_WSH"], row.expected["documentNumber"]) == ("空", None)
        assert cells["XK_BM"] == later[row.serial].cells["document_number"]


def test_dates_of_v1_are_written_one_way(rows: Rows) -> None:
    for name, code in (("licenses", "XK_JZQ"), ("penalties", "CF_JDRQ")):
        for row in rows[name, "V1"]:
            for column in (code, "SJC"):
                text = str(written(row, name, "V1")[column])
                assert f"{datetime.strptime(text, '%Y/%m/%d'):%Y/%m/%d}" == text  # noqa: DTZ007
            assert (
                row.decided.strftime("%Y/%m/%d") <= str(row.cells["updated_stamp"]) <= "2026/11/25"
            )


def test_penalties_of_v1_have_two_categories_of_its_own_words(rows: Rows) -> None:
    words = {
        "", "警告", "罚款", "没收违法所得、没收非法财物", "责令停产停业", "行政拘留", "通报批评", "其他",
        "暂扣或者吊销许可证、暂扣或者吊销执照",
    }  # fmt: skip
    stated = [written(row, "penalties", "V1") for row in rows["penalties", "V1"]]
    pairs = {(cells["CF_CFLB1"], cells["CF_CFLB2"]) for cells in stated}
    assert {word for pair in pairs for word in pair} == words
    assert all(first for first, _ in pairs)
    assert ("警告", "罚款") in pairs


def test_what_a_generation_cannot_say_is_not_expected_of_it(rows: Rows) -> None:
    for row in rows["penalties", "V1"]:
        assert row.expected["fineAmount"] is row.expected["authorityCode"] is None
    assert all(row.expected["validFrom"] is None for row in rows["licenses", "V1"])
    assert any(row.expected["fineAmount"] for row in rows["penalties", "V2"])
    assert {row.expected["status"] for row in rows["penalties", "V2"]} == {"VALID"}


@pytest.mark.parametrize("mean", [330, 900])
def test_texts_are_as_long_as_asked_and_no_two_alike(mean: int) -> None:
    licenses, penalties = (made(name, "V2.1", length=mean) for name in ("licenses", "penalties"))
    texts = [str(row.cells["content"]) for row in licenses]
    texts += [
        f"{row.cells['facts']}{row.cells['legal_basis']}{row.cells['content']}" for row in penalties
    ]
    assert abs(sum(map(len, texts[:COUNT])) / COUNT - mean) < mean * 0.05
    assert abs(sum(map(len, texts[COUNT:])) / COUNT - mean) < mean * 0.05
    assert len(set(texts)) > 0.99 * len(texts)
