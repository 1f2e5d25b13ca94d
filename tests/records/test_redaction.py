"""What is taken out of a text, and, tested as hard, what must come through whole."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identifiers import (
    credit_check_character,
    id_check_character,
    organization_check_character,
    registration_check_digit,
)
from records.redaction import Kept, OwnValue, Redactor
from records.vocabulary import PersonalData, SubjectKind

COMPANY = Redactor(SubjectKind.LEGAL_ENTITY)
PERSON = Redactor(SubjectKind.NATURAL_PERSON)


def company(own: tuple[OwnValue, ...] = (), **readable: tuple[str, ...]) -> Redactor:
    return Redactor(SubjectKind.LEGAL_ENTITY, own, Kept(**readable))


ALL_DIGITS = next(
    code
    for n in range(100)
    if (first17 := f"11410329005382{n:02}" + organization_check_character(f"005382{n:02}"))
    and (code := first17 + credit_check_character(first17)).isdigit()
)
WITH_LETTERS = "91410329MA0000007U"
REGISTRATION = "41032900001234" + registration_check_digit("41032900001234")

NOTICE = (
    "经查，当事人于2026年1月5日在其经营场所销售标签不符合规定的食品，货值金额共计1280.50元，违法所得320元。"
    "上述行为违反了《中华人民共和国食品安全法》第六十七条第一款的规定，依据《中华人民共和国食品安全法》第一百二十五条"
    "第一款第（二）项的规定，责令当事人改正上述违法行为，并决定给予以下行政处罚：1.没收违法所得320元；2.罚款5000元。"
    "当事人应当自收到本处罚决定书之日起十五日内缴纳罚款，逾期不缴纳的，每日按罚款数额的百分之三加处罚款。"
)

READABLE = [
    NOTICE,
    "伊市监罚〔2026〕15号",
    "伊公（交）行罚决字〔2026〕0001234号",
    "豫0329执1234号",
    "（2026）豫0329行审123号",
    "豫交运管许可洛字410329001234号",
    "JY14103290012345",
    "豫洛食药监械经营许20260001号",
    "建字第41032920260012号",
    "4103292026000123",
    "项目代码2026-410329-04-01-773095",
    "罚款人民币15000000000元",
    "罚款15000元，没收违法所得13800138000元",
    "货值金额12,345.67元，罚款 1500.00 元 2000.00 元",
    "2026-01-05至2026-02-05，2026.01.05-2026.12.31",
    "2026年01月05日08时30分至2026年02月05日",
    "20260105-20260205",
    "2026/01/05 2027/01/04",
    "批号20260105001，条形码6901234567892",
    "共计1234567890.12元",
    f"伊川县青禾食品有限公司（统一社会信用代码：{WITH_LETTERS}）",
    f"统一社会信用代码{WITH_LETTERS.lower()}",
    f"许可机关统一社会信用代码{ALL_DIGITS}",
    "投诉举报电话12345、12315",
    "IP电话业务（限Phone-Phone的电话业务）、900/1800MHz移动通信业务",
    "《中华人民共和国道路交通安全法》第九十一条第一款",
    "《河南省食品小作坊管理条例》第十五条第（三）项",
    "河南省人民政府令第176号",
    "国家市场监督管理总局令第42号",
    "伊川县住房和城乡建设局、伊川县城市管理局",
    "伊川县公安局交通警察大队、伊川县人民法院",
    "当事人到伊川县政务服务中心3楼大厅缴纳",
    "豫A类许可、新A型设备、川菜、云南白药",
    "国药准字H20205027",
    "GB 7718-2011、GB/T 36104-2018、Q/LYQ 0001S-2025",
    "住宿业、住宅小区物业、住院部、住友商事",
    "住宅小区内的房屋维修",
    "超载3.5吨，车长13800毫米",
    "限速80公里，车速138公里",
    "一二三四五六七八九十",
    "二〇二六年一月五日",
    "罚款壹万贰仟叁佰肆拾伍元陆角柒分",
    "每日按罚款数额的百分之三加处罚款",
    "查获香烟共计1234条，价值567890元",
    "营业执照、身份证复印件各1份，电话记录2份，账户明细3页",
    "其账户于2026年1月5日扣划50000元",
    "身份证有效期2026年1月5日至2036年1月5日",
    "第1300号 第1301号 第1302号",
]


@pytest.mark.parametrize("text", READABLE)
def test_what_is_not_personal_comes_through_whole(text: str) -> None:
    assert COMPANY.text(text) == text


PLACES_OF_BUSINESS = [
    "在伊川县城关镇人民路12号经营的店铺",
    "住所：河南省洛阳市伊川县城关镇人民路12号",
    "伊川县产业集聚区伊龙大道与科技路交叉口向东100米",
    "伊川县白沙镇白沙村的采石场",
]


@pytest.mark.parametrize("text", PLACES_OF_BUSINESS)
def test_where_a_company_is_stays_readable(text: str) -> None:
    assert COMPANY.text(text) == text


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("在伊川县城关镇人民路12号经营", "在【住址】经营"),
        ("系伊川县水寨镇杨楼村村民", "系【住址】村民"),
        ("住伊川县水寨镇杨楼村三组17号，无业", "住【住址】，无业"),
        ("地址：城关镇翠竹苑3号楼2单元501室，电话", "地址：【住址】，电话"),
    ],
)
def test_where_a_person_is_does_not(text: str, redacted: str) -> None:
    assert PERSON.text(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "送达至阳光小区3号楼2单元501室",
        "水寨镇杨楼村三组17号的张某",
        "机械厂家属院5号楼3单元",
        "家住伊川县水寨镇杨楼村",
        "户籍地：伊川县水寨镇杨楼村17号",
    ],
)
def test_homes_are_taken_out_of_a_companys_texts_too(text: str) -> None:
    assert "【住址】" in COMPANY.text(text)
    assert not {"阳光", "杨楼", "机械厂"} & {
        w for w in ("阳光", "杨楼", "机械厂") if w in COMPANY.text(text)
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("当事人张三13800138642。", "当事人张三【电话】。"),
        ("王五6222021702008642118收款", "王五【银行账号】收款"),
        ("电联13800138642一次", "电联【电话】一次"),
    ],
)
def test_spoken_digits_beside_a_number_do_not_hide_it(text: str, shown: str) -> None:
    assert COMPANY.text(text) == shown


def test_each_class_has_its_token() -> None:
    text = "身份证号41032919900101123X，电话13800138642，账号41001234567，车牌豫C8K642，邮箱a.b@example.com，家住杨楼村"
    assert COMPANY.text(text) == (
        "身份证号【身份证号】，电话【电话】，账号【银行账号】，车牌【车牌】，邮箱【邮箱】，家住【住址】"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("豫C8K642超限超载三次", "【车牌】超限超载三次"),
        ("豫C8K642挂靠于该公司", "【车牌】挂靠于该公司"),
        ("豫C 8K6 42领取罚单", "【车牌】领取罚单"),
        ("豫CD12345警告一次", "【车牌】警告一次"),
        ("牵引豫C1234挂车辆", "牵引【车牌】车辆"),
        ("豫C·1 2 3 4 超", "【车牌】"),
    ],
)
def test_a_plate_takes_no_word_behind_it(text: str, shown: str) -> None:
    assert COMPANY.text(text) == shown


def test_neighboring_numbers_are_told_apart() -> None:
    text = "13800138642、13900139753 2026-01-05 410329199001011234"
    assert COMPANY.text(text) == "【电话】、【电话】 2026-01-05 【身份证号】"


def test_an_unbroken_run_is_an_id_number_whatever_it_says() -> None:
    for number in (
        "999999999999999",
        "000000000000001",
        "99999999999999999X",
        "123456789012345678",
    ):
        assert COMPANY.text(f"编号{number}。") == "编号【身份证号】。"


def test_a_broken_run_needs_a_date_or_a_label() -> None:
    assert COMPANY.text("编号999999 99999999 9999") == "编号999999 99999999 9999"
    assert COMPANY.text("身份证号码999999 99999999 9999。") == "身份证号码【身份证号】。"


def test_partly_hidden_id_numbers_are_hidden_whole() -> None:
    assert COMPANY.text("身份证号4103**********123X") == "身份证号【身份证号】"


@pytest.mark.parametrize("code", [WITH_LETTERS, ALL_DIGITS, REGISTRATION])
def test_the_subjects_own_codes_stay_in_any_spelling(code: str) -> None:
    redactor = company(codes=(code,))
    for spelled in (code, f"{code[:8]} {code[8:]}", code.lower(), f"{code}，"):
        assert redactor.text(f"代码{spelled}。") == f"代码{spelled}。"


def test_a_certificate_number_may_begin_with_the_subjects_code() -> None:
    for code in (WITH_LETTERS, ALL_DIGITS):
        assert company(codes=(code,)).text(f"{code}001V") == f"{code}001V"


def test_other_registration_numbers_do_not() -> None:
    assert COMPANY.text(f"注册号{REGISTRATION}") == "注册号【身份证号】"


def _id_number_that_is_also_a_credit_code() -> str:
    for order in range(1_000_000):
        first17 = f"510101199001{order % 28 + 1:02}{order:06}"[:17]
        number = first17 + id_check_character(first17)
        both = number[17] == credit_check_character(first17)
        if both and organization_check_character(number[8:16]) == number[16]:
            return number
    raise AssertionError("no such number")


def test_a_code_that_could_be_an_id_number_stays_only_if_it_is_the_rows_own() -> None:
    number = _id_number_that_is_also_a_credit_code()
    assert COMPANY.text(number) == "【身份证号】"
    assert company(codes=(number,)).text(number) == number


def named(name: str, **readable: tuple[str, ...]) -> Redactor:
    return company((OwnValue(name, PersonalData.PERSON_NAME),), **readable)


@pytest.mark.parametrize(
    "spelled", ["贺青禾", "贺 青 禾", "贺\u3000青禾", "贺·青禾", "贺\u200b青禾"]
)
def test_own_names_are_masked_wherever_they_recur(spelled: str) -> None:
    assert (
        named("贺青禾").text(f"法定代表人{spelled}到场，{spelled}签字")
        == "法定代表人贺*到场，贺*签字"
    )


def test_a_name_inside_the_subjects_name_stays_and_elsewhere_does_not() -> None:
    redactor = named("贺青禾", names=("贺青禾食品有限公司",))
    assert redactor.text("贺青禾食品有限公司的贺青禾") == "贺青禾食品有限公司的贺*"


def test_a_number_inside_the_subjects_name_does_not_stay() -> None:
    redactor = company(names=("青禾13800138642食品店",))
    assert redactor.text("青禾13800138642食品店") == "青禾【电话】食品店"


def test_latin_names_are_whole_words() -> None:
    redactor = named("Alan Lim")
    assert redactor.text("ALAN LIM signed, alan-lim too; Alan Limited did not") == (
        "A* signed, A* too; Alan Limited did not"
    )


def test_authorities_keep_their_names() -> None:
    assert named("高明").numbers("高明区人民政府 13800138642") == "高明区人民政府 【电话】"


def test_overlapping_finds_leave_one_token() -> None:
    assert PERSON.text("住址：水寨镇杨楼村17号（电话13800138642）。").count("【") <= 2


separators = st.sampled_from(["", " ", "-", ".", "\u200b", "\u3000", "–", "\n", " - "])
glue = st.sampled_from(["", "号", "：", "（", "A", "，", "证"])
births = st.dates(date(1920, 1, 1), date(2015, 12, 31))


@given(
    births, st.integers(0, 999), st.lists(separators, min_size=18, max_size=18), st.booleans(), glue
)
def test_no_separators_hide_an_id_number(
    born: date, order: int, between: list[str], wide: bool, around: str
) -> None:
    first17 = f"410329{born:%Y%m%d}{order:03}"
    number = first17 + id_check_character(first17)
    written = number.translate({i: i + 0xFEE0 for i in range(0x30, 0x5B)}) if wide else number
    spelled = "".join(c + s for c, s in zip(written, between, strict=True)).strip()
    assert COMPANY.text(f"当事人{around}{spelled}{around}。").count("【身份证号】") == 1


@given(
    st.from_regex(r"\A1[3-9][0-9]{9}\Z"),
    st.sampled_from(["", " ", "-", ".", "\u200b", "\u3000"]),
    glue,
)
def test_no_separators_hide_a_mobile_number(phone: str, between: str, around: str) -> None:
    spelled = between.join((phone[:3], phone[3:7], phone[7:]))
    assert "【电话】" in COMPANY.text(f"当事人{around}{spelled}，")


@given(st.text("0123456789X xＸ０-.，年月日号元张三住村路@豫CＣ　\u200b〔〕*", max_size=60))
def test_redacting_twice_changes_nothing_more_of_numbers(text: str) -> None:
    once = COMPANY.numbers(text)
    assert COMPANY.numbers(once).count("【") >= once.count("【")


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    for redactor in (COMPANY, PERSON):
        assert isinstance(redactor.text(text), str)
        assert isinstance(redactor.numbers(text), str)


def test_a_text_without_finds_costs_little() -> None:
    """Measured about 15 microseconds; the bound leaves room for a slow machine."""
    redactor = named("贺青禾")
    runs = []
    for _ in range(20):
        start = time.perf_counter()
        for _ in range(50):
            redactor.text(NOTICE)
        runs.append((time.perf_counter() - start) / 50)
    assert min(runs) < 200e-6


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 5000,
        "1" * 20000,
        "4103 " * 4000,
        "住" * 5000,
        "村" * 5000,
        "路1号" * 3000,
        "a@" * 5000,
        "豫C" * 5000,
        "九" * 20000,
        "身份证" * 3000,
        "伊川县" * 4000,
    ],
)
def test_hostile_texts_cost_no_more_than_their_length(text: str) -> None:
    start = time.perf_counter()
    PERSON.text(text)
    assert time.perf_counter() - start < 5
