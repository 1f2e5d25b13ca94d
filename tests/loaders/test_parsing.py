"""Texts of cells → values: dates, codes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.cells import MISSING, Finding, clean
from loaders.code_tables import code_reader, codes_reader
from loaders.dates import OPEN_END, BadDate, is_open_end, read_date
from loaders.parsing import parser_for
from records.characters import INVISIBLE
from records.datasets.license import License
from records.vocabulary import (
    COMPOUND_SPELLINGS,
    CodeTable,
    LicenseCategory,
    PenaltyCategory,
    RecordStatus,
    SubjectCategory,
    UsageScope,
)
from tests.loaders.rows import BUREAU_CODE, headers_of, recognized
from tests.support import LICENSES

FIRST_OF_MARCH = date(2026, 3, 1)


def code_of(found: object) -> str:
    assert isinstance(found, Finding), found
    return found.code


@pytest.mark.parametrize(
    "text",
    [
        "2026/03/01", "2026/3/1", "2026-03-01", "2026-3-1", "2026.03.01", "2026.3.1", "20260301",
        "2026年3月1日", "2026年03月01日", "2026 年 3 月 1 日", "2026年3月1号", "2026 - 3 - 1",
        "２０２６／０３／０１", "2026－03－01", "2026—03—01", "2026-03-01 00:00:00", "2026/3/1 9:30",
        "2026-03-01T00:00:00", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00.000Z", "2026年3月1日止", "2026-03-01 00:00:00.0", "2026年3月1日9时30分", "20260301 09:30:00", " 2026/03/01 ",
    ],
)  # fmt: skip
def test_spellings_of_a_date(text: str) -> None:
    assert read_date(text) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-03/01", BadDate.SEPARATORS),
        ("2026.03-01", BadDate.SEPARATORS),
        ("2026年3-1", BadDate.SEPARATORS),
        ("2025/02/30", BadDate.IMPOSSIBLE),
        ("2025-13-01", BadDate.IMPOSSIBLE),
        ("20250230", BadDate.IMPOSSIBLE),
        ("2026-00-10", BadDate.IMPOSSIBLE),
        ("26/03/01", BadDate.TWO_DIGIT_YEAR),
        ("26年3月1日", BadDate.TWO_DIGIT_YEAR),
        ("1948/12/31", BadDate.TOO_EARLY),
        ("46082", BadDate.SERIAL_NUMBER),
        ("46082.5", BadDate.SERIAL_NUMBER),
        ("2026/6", BadDate.FORMAT),
        ("2026", BadDate.FORMAT),
        ("去年五月", BadDate.FORMAT),
        ("03/01/2026", BadDate.FORMAT),
        ("2026-03-01Z", BadDate.SEPARATORS),
        ("2026-03-01T16:00:00Z", BadDate.SEPARATORS),
    ],
)
def test_what_is_no_date_says_why(text: str, reason: BadDate) -> None:
    assert read_date(text) is reason


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1772294400000", FIRST_OF_MARCH),  # midnight in Shanghai
        ("1772294399999", date(2026, 2, 28)),
        ("1772380799999", FIRST_OF_MARCH),
        ("1000000000000", date(2001, 9, 9)),
        ("4102415999999", date(2099, 12, 31)),
        ("4102416000000", BadDate.FORMAT),
        ("9999999999999", BadDate.FORMAT),
        ("0000000000000", BadDate.FORMAT),
        ("177229440000", BadDate.FORMAT),
        ("17722944000000", BadDate.FORMAT),
    ],
)
def test_milliseconds_are_a_moment_whose_day_is_that_of_shanghai(
    text: str, day: date | BadDate
) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text", ["1900-1-1", "1900/01/01", "1899-12-31", "1900/1/0", "0000-00-00", "00:00:00"]
)
def test_dates_that_mean_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["长期", "长 期", "永久", "长期有效", "无固定期限", "无处罚期限"])
def test_words_for_an_open_end(text: str) -> None:
    assert read_date(text) == OPEN_END


@pytest.mark.parametrize(
    "text", ["2099/12/31", "2099-12-31", "9999-9-9", "99991231", "9999年12月31日"]
)
def test_dates_for_an_open_end(text: str) -> None:
    read = read_date(text)
    assert isinstance(read, date)
    assert is_open_end(read)


def test_a_far_date_is_a_date() -> None:
    read = read_date("2098/12/31")
    assert isinstance(read, date)
    assert not is_open_end(read)


@given(st.dates(date(1949, 1, 1)), st.sampled_from("-/."))
def test_every_day_is_read_in_every_spelling(day: date, separator: str) -> None:
    assert read_date(f"{day.year}{separator}{day.month}{separator}{day.day}") == day
    assert read_date(f"{day:%Y%m%d}") == day


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_of_dates(text: str) -> None:
    assert isinstance(read_date(text), date | BadDate | None)


LICENSE_CATEGORY = code_reader(LicenseCategory, {})


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("普通", LicenseCategory.GENERAL),
        (" 普 通 ", LicenseCategory.GENERAL),
        ("普通许可", LicenseCategory.GENERAL),
        ("01", LicenseCategory.GENERAL),
        ("1", LicenseCategory.GENERAL),
        ("1.0", LicenseCategory.GENERAL),
        ("０５", LicenseCategory.REGISTRATION),
        ("其他", LicenseCategory.OTHER),
        ("其他-备案", LicenseCategory.OTHER),
        ("其他－备案", LicenseCategory.OTHER),
        ("其它（备案）", LicenseCategory.OTHER),
    ],
)
def test_spellings_of_a_code(text: str, member: LicenseCategory) -> None:
    assert LICENSE_CATEGORY(text) is member


def test_an_unknown_code_is_other_with_a_warning() -> None:
    read = LICENSE_CATEGORY("告知承诺制")
    assert isinstance(read, Finding)
    assert (read.code, read.value) == ("UNKNOWN_CODE", LicenseCategory.OTHER)


def test_the_meanings_of_the_column_come_first() -> None:
    current = code_reader(RecordStatus, {"1": RecordStatus.VALID, "2": RecordStatus.INVALID})
    oldest = code_reader(RecordStatus, {"1": RecordStatus.REVOKED, "有效": RecordStatus.OTHER})
    assert (current("1.0"), current("2.0")) == (RecordStatus.VALID, RecordStatus.INVALID)
    assert (current("1"), oldest("1")) == (RecordStatus.VALID, RecordStatus.REVOKED)
    assert (current("有效"), oldest("有效")) == (RecordStatus.VALID, RecordStatus.OTHER)


@pytest.mark.parametrize("text", ["1", "仅政府部门内部共享"])
def test_shared_inside_the_government_only(text: str) -> None:
    assert code_reader(UsageScope, {})(text) is UsageScope.GOVERNMENT


@pytest.mark.parametrize("text", ["法人", "法人及非法人组织", "02", "3"])
def test_spellings_of_a_subject_category(text: str) -> None:
    assert code_reader(SubjectCategory, {})(text) is SubjectCategory.LEGAL_ENTITY


PENALTY_CATEGORIES = codes_reader(PenaltyCategory, {})
C = PenaltyCategory


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("罚款", (C.FINE,)),
        ("警告;罚款", (C.WARNING, C.FINE)),
        ("警告；罚款", (C.WARNING, C.FINE)),
        ("警告、罚款", (C.WARNING, C.FINE)),
        ("警告，罚款", (C.WARNING, C.FINE)),
        ("警告, 罚款", (C.WARNING, C.FINE)),
        ("警告/罚款", (C.WARNING, C.FINE)),
        ("警告\n罚款", (C.WARNING, C.FINE)),
        ("罚款;警告;罚款;", (C.FINE, C.WARNING)),
        ("警告罚款", (C.WARNING, C.FINE)),
        ("没收违法所得、没收非法财物", (C.CONFISCATION_OF_GAINS, C.CONFISCATION_OF_PROPERTY)),
        ("没收非法财务", (C.CONFISCATION_OF_PROPERTY,)),
        ("暂扣或者吊销许可证", (C.SUSPENSION_OF_LICENSE, C.REVOCATION_OF_LICENSE)),
        (
            "罚款;暂扣或者吊销许可证、暂扣或者吊销执照",
            (C.FINE, C.SUSPENSION_OF_LICENSE, C.REVOCATION_OF_LICENSE),
        ),
        ("暂扣许可证、暂扣执照", (C.SUSPENSION_OF_LICENSE,)),
        ("吊销许可证", (C.REVOCATION_OF_LICENSE,)),
        ("其他-责令改正", (C.OTHER,)),
        ("其他-责令改正、没收工具;罚款", (C.OTHER, C.FINE)),
        ("其他-罚款、警告", (C.OTHER,)),
        ("其他—罚款，警告", (C.OTHER,)),
        ("其它：罚款、警告", (C.OTHER,)),
        ("其他（罚款、警告）", (C.OTHER,)),
        ("其他（罚款、警告", (C.OTHER,)),
        ("其他（责令改正、罚款）、警告", (C.OTHER, C.WARNING)),
        ("警告、其他-罚款", (C.WARNING, C.OTHER)),
        ("其他、罚款", (C.OTHER, C.FINE)),
        ("给予警告", (C.WARNING,)),
        ("处以警告", (C.WARNING,)),
        ("行政警告", (C.WARNING,)),
        ("予以口头警告", (C.WARNING,)),
        ("警告的行政处罚", (C.WARNING,)),
        ("警告（口头）", (C.WARNING,)),
        ("警告（口头、书面）", (C.WARNING,)),
        ("警告（责令改正）", (C.WARNING,)),
        ("警告（罚款）", (C.WARNING, C.FINE)),
        ("1.警告；2.罚款", (C.WARNING, C.FINE)),
        ("警告，并处罚款", (C.WARNING, C.FINE)),
        ("给予警告并处罚款", (C.WARNING, C.FINE)),
        ("警告，责令改正", (C.WARNING,)),
        ("警告;责令限期改正", (C.WARNING,)),
        ("警告并责令限期改正", (C.WARNING,)),
        ("责令改正，给予警告", (C.WARNING,)),
        ("警告;其他-责令改正", (C.WARNING,)),
        ("其他（责令改正），警告", (C.WARNING,)),
        ("责令改正", ()),
        ("责令停产停业", (C.SUSPENSION_OF_BUSINESS,)),
        ("行政拘留", (C.DETENTION,)),
        ("限制从业（三年）", (C.BAN_FROM_INDUSTRY,)),
    ],
)
def test_several_codes_in_one_cell(text: str, members: tuple[PenaltyCategory, ...]) -> None:
    assert PENALTY_CATEGORIES(text) == members


def test_an_unknown_one_among_several_keeps_the_known_ones() -> None:
    read = PENALTY_CATEGORIES("罚款;训诫")
    assert isinstance(read, Finding)
    assert (read.code, read.value) == ("UNKNOWN_CODE", (C.FINE, C.OTHER))


@pytest.mark.parametrize(
    "text", ["警告（罚款500元）", "警告，训诫", "给予训诫", "行政处罚", "警告" * 4000]
)
def test_what_is_not_a_code_is_not_dropped(text: str) -> None:
    read = PENALTY_CATEGORIES(text)
    assert isinstance(read, Finding)
    assert isinstance(read.value, tuple)
    assert C.OTHER in read.value


def test_separators_alone_are_no_codes() -> None:
    assert PENALTY_CATEGORIES("；、") is None


@given(st.lists(st.sampled_from(list(PenaltyCategory)), min_size=1), st.sampled_from(";；、，,/"))
def test_joined_labels_come_apart_again(members: list[PenaltyCategory], separator: str) -> None:
    joined = separator.join(member.label for member in members)
    assert PENALTY_CATEGORIES(joined) == tuple(dict.fromkeys(members))


@pytest.mark.parametrize("text", COMPOUND_SPELLINGS)
def test_compound_spellings(text: str) -> None:
    assert PENALTY_CATEGORIES(text) == COMPOUND_SPELLINGS[text]


@pytest.mark.parametrize("table", [PenaltyCategory, LicenseCategory, SubjectCategory])
def test_known_spellings_are_read_at_once_as_they_are_piece_by_piece(
    table: type[CodeTable],
) -> None:
    read, read_several = code_reader(table, {}), codes_reader(table, {})
    texts = [text for member in table for text in member.spellings] + [*COMPOUND_SPELLINGS]
    for text, other in pairwise([*texts, texts[0]]):
        spaced = f"{text[:1]} {text[1:]}"
        assert read(text) == read(spaced)
        assert read_several(text) == read_several(spaced)
        assert read_several(f"{text};{other}") == read_several(f"{spaced};{other}")


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_of_codes(text: str) -> None:
    assert isinstance(PENALTY_CATEGORIES(text), tuple | Finding | None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "-",
        "--",
        "——",
        "\\N",
        "\\n",
        "N/A",
        "n/a",
        "空",
        "无",
        "暂无",
        "null",
        "NULL",
        "None",
        "／",
    ],
)
def test_spellings_of_nothing(text: str) -> None:
    assert text.casefold() in MISSING


@pytest.mark.parametrize("text", ["0", "无锡市", "空调", "x", "暂无号"])
def test_a_real_value_is_not_missing(text: str) -> None:
    assert text.casefold() not in MISSING


def test_control_characters_go_and_are_told() -> None:
    assert clean("伊川\x00县\x1f") == ("伊川县", True)
    assert clean("伊川\u200b县\ufeff") == ("伊川县", False)
    assert clean("一\r\n二\t三") == ("一\n二 三", False)
    assert clean("某\ud800")[0] == "某"


@given(
    st.text(
        st.sampled_from(f" 县a\n\r\x00\x0b\x1f\x85\xa0\u2028\u3000\ud800\ufffe{INVISIBLE}"),
        max_size=3,
    )
)
def test_what_needs_no_cleaning_is_left_as_cleaning_would_leave_it(text: str) -> None:
    assert clean(text) == clean(f"\t{text}")


def test_parsers_follow_the_declaration() -> None:
    template = recognized(*headers_of(LICENSES))
    parsers = {b.field.name: parser_for(b) for b in template.columns}
    assert parsers["decision_date"]("2026/03/01") == FIRST_OF_MARCH
    assert parsers["valid_until"]("长期") == OPEN_END
    assert parsers["authority_code"](BUREAU_CODE.lower()) == BUREAU_CODE
    assert parsers["status"]("2") is RecordStatus.INVALID
    assert code_of(parsers["credit_code"]("0" * 17 + "X")) == "PLACEHOLDER"
    assert code_of(parsers["document_number"]("2.02604E+15")) == "NUMBER_FORMAT"
    limit = License.dataset["document_name"].max_length
    assert code_of(parsers["document_name"]("许" * (limit + 1))) == "TEXT_TOO_LONG"
    assert parsers["document_name"]("许" * limit) == "许" * limit
