"""People named in cells that hold more than a bare name: masked in the column and in every text."""

from __future__ import annotations

import time

import pytest

from records.name_cells import mask_people, names_in
from records.privacy import masked_input, public_view
from records.values import Value
from records.vocabulary import SubjectKind
from tests.support import PENALTIES, penalty

Kind = SubjectKind


def of_a_person(cell: str, facts: str) -> dict[str, Value]:
    """A row about a natural person, named by that cell."""
    return penalty(subject_name=cell, credit_code=None, legal_representative=None, facts=facts)


PAIRS = [f"孙晓梅{between}周大勇" for between in (" ", "\n", "和", "&", "+", "与", "及")]
DECORATED = [
    "孙晓梅13937906512", "孙晓梅410329198302154321", "孙晓梅女士", "孙晓梅 男", "姓名：孙晓梅", "个人：孙晓梅",
    "当事人孙晓梅", "孙晓梅-司机", "孙晓梅夫妇", "孙晓梅。", "“孙晓梅”", "孙晓梅1", "伊川县鸦岭镇李沟村孙晓梅",
]  # fmt: skip


@pytest.mark.parametrize("cell", PAIRS)
def test_each_of_several_persons_in_a_cell_is_masked_in_texts(cell: str) -> None:
    values = of_a_person(cell, "孙晓梅无证经营，周大勇在场")
    view = public_view(PENALTIES, values, Kind.NATURAL_PERSON)
    assert view["facts"] == "孙*无证经营，周*在场"
    assert str(view["subject_name"]).replace("\n", "、") == "孙*、周*"


@pytest.mark.parametrize("cell", DECORATED)
def test_a_name_is_found_among_titles_labels_numbers_and_places(cell: str) -> None:
    values = of_a_person(cell, "孙晓梅无证经营")
    view = public_view(PENALTIES, values, Kind.NATURAL_PERSON)
    assert (view["subject_name"], view["facts"]) == ("孙*", "孙*无证经营")


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("钱多宝 13937906512", "钱*"),
        ("钱多宝 周大勇", "钱*、周*"),
        ("负责人钱多宝", "钱*"),
        ("经理钱多宝", "钱*"),
        ("法定代表人：钱多宝", "钱*"),
        ("钱多宝先生", "钱*"),
        ("伊川县国资有限公司（委派代表：钱多宝）", "伊川县国资有限公司（委派代表：钱*）"),
        ("伊川县国资有限公司委派代表钱多宝", "伊川县国资有限公司委派代表钱*"),
    ],
)
def test_a_representative_is_found_among_titles_and_principals(cell: str, column: str) -> None:
    values = penalty(legal_representative=cell, facts="钱多宝到场，食品经理不在")
    view = public_view(PENALTIES, values, Kind.LEGAL_ENTITY)
    assert view["legal_representative"] == column
    assert view["facts"] == "钱*到场，食品经理不在"


@pytest.mark.parametrize(
    "cell", ["李四和" * 3000, "和" * 9000, "孙 " * 9000, "村" * 9000, "“1" * 9000]
)
def test_hostile_name_cells_cost_no_more_than_their_length(cell: str) -> None:
    start = time.perf_counter()
    names_in(cell)
    mask_people(cell)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("老赵烟酒店（赵立冬）", "老赵烟酒店（赵*）"),
        ("老赵烟酒店(业主赵立冬,男)", "老赵烟酒店(业主赵*,男)"),
        ("老赵烟酒店（负责人：赵立冬 身份证）", "老赵烟酒店（负责人：赵* 身份证）"),
        ("老赵烟酒店 赵立冬", "老赵烟酒店 赵*"),
        ("老赵烟酒店-赵立冬", "老赵烟酒店-赵*"),
        ("老赵烟酒店经营者赵立冬", "老赵烟酒店经营者赵*"),
        ("伊川县赵立冬", "伊川县赵*"),
        ("伊川县鸦岭镇李沟村赵立冬家", "伊川县鸦岭镇李沟村赵*家"),
        ("老赵烟酒店（经营者:赵立冬）", "老赵烟酒店（经营者:赵*）"),
        ("赵立冬烟酒店（赵 立 冬）", "赵立冬烟酒店（赵*）"),
        ("伊川县赵立冬烩面馆", "伊川县赵立冬烩面馆"),
        ("伊川县赵立冬（城关）烩面馆", "伊川县赵立冬（城关）烩面馆"),
    ],
)
def test_an_operator_beside_the_trade_name_is_masked_in_column_and_texts(
    name: str, column: str
) -> None:
    values = penalty(subject_name=name, legal_representative="赵立冬", facts=f"{name}售假")
    view = public_view(PENALTIES, values, Kind.INDIVIDUAL_BUSINESS)
    assert view["subject_name"] == column
    assert str(view["facts"]).replace("【住址】", "伊川县鸦岭镇李沟村") == f"{column}售假"


def test_a_labelled_operator_is_masked_without_the_column_that_names_him() -> None:
    name = "老赵烟酒店（经营者:赵立冬）"
    values = penalty(subject_name=name, legal_representative=None, facts="赵立冬售假")
    view = public_view(PENALTIES, values, Kind.INDIVIDUAL_BUSINESS)
    assert (view["subject_name"], view["facts"]) == ("老赵烟酒店（经营者:赵*）", "赵*售假")


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        ("孙晓梅（身份证410329198302154321，电话", "孙*（身份证【身份证号】，电话"),
        ("孙晓梅13937906512", "孙*"),
        ("孙晓梅，无业", "孙*，无业"),
        ("孙晓梅 周大勇", "孙* 周*"),
        ("当事人孙晓梅，与孙晓梅同行", "当事人孙*，与孙*同行"),
        ("伊市监罚〔2026〕15号", "伊市监罚〔2026〕15号"),
        ("伊食许字第7号", "伊食许字第7号"),
    ],
)
def test_reports_quote_no_name_at_the_beginning_of_a_shifted_cell(cell: str, quoted: str) -> None:
    assert masked_input(cell, {"subject_name": "伊川县", "fine_amount": cell}) == quoted


@pytest.mark.parametrize("name", ["安全", "食品"])
@pytest.mark.parametrize("kind", Kind)
def test_a_word_in_the_title_of_a_law_is_nobodys_name(kind: Kind, name: str) -> None:
    law = "违反《中华人民共和国食品安全法》和《河南省食品安全管理条例（修正）》第十条"
    values = penalty(legal_representative=name, legal_basis=law, facts=f"{name}到场")
    view = public_view(PENALTIES, values, kind)
    assert (view["legal_basis"], view["facts"]) == (law, f"{name[0]}*到场")


@pytest.mark.parametrize("title", ["《关于对孙梅的处理规定》", "《孙晓梅经营规定》", "《孙梅》"])
def test_a_title_that_is_no_laws_hides_nobody(title: str) -> None:
    name = "孙晓梅" if "晓" in title else "孙梅"
    view = public_view(
        PENALTIES, penalty(legal_representative=name, legal_basis=title), Kind.LEGAL_ENTITY
    )
    assert name not in str(view["legal_basis"])
