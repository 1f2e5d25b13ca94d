"""What one row knows of its people, and what of it must stay readable: the making of its redactor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from records import identifiers
from records.business_names import has_a_note, parts_beside, people_beside
from records.dataset import Dataset, Field, ValueType
from records.finds import TOKENS
from records.identifiers import normalize_code
from records.masks import NAME_SEPARATORS
from records.name_cells import mask_people, names_in, people_at_the_beginning
from records.numbers import find_numbers
from records.organization_forms import (
    has_organization_form,
    looks_like_person_name,
    names_its_operator,
    plain_name,
)
from records.redaction import OwnValue, Redactor, is_suspicious
from records.shadow import Shadow, Span, bare, squeeze
from records.values import Values
from records.vocabulary import PersonalData, Scope, Search, SubjectKind

_SHORTEST_NUMBER = 6
_SHORTEST_NAME = 2
_SHORTEST_LATIN_NAME = 4
_LONGEST_BARE_TRADE_NAME = 4

_NUMBERS = (
    PersonalData.ID_NUMBER,
    PersonalData.PHONE,
    PersonalData.BANK_ACCOUNT,
    PersonalData.PLATE,
    PersonalData.EMAIL,
)
_CODES_OF_THE_SUBJECT = (
    "credit_code",
    "registration_number",
    "organization_code",
    "institution_number",
    "social_organization_number",
)


def text_of(values: Values, name: str) -> str:
    """A text value of the row, "" where there is none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def name_is_public(values: Values, kind: SubjectKind) -> bool:
    """Whether the subject's name is an organization's, and not just a person's."""
    name = text_of(values, "subject_name")
    if kind is not SubjectKind.INDIVIDUAL_BUSINESS:
        return kind is SubjectKind.LEGAL_ENTITY
    if names_its_operator(name, text_of(values, "legal_representative")):
        return False
    if has_organization_form(name):
        return True
    parts = NAME_SEPARATORS.split(name)
    return len(plain_name(name)) > _LONGEST_BARE_TRADE_NAME and not any(
        looks_like_person_name(part) for part in parts
    )


def people_of_name(values: Values, kind: SubjectKind) -> list[Span]:
    """Where in the subject's public name people stand who are masked there and in every text."""
    name = text_of(values, "subject_name")
    if kind is not SubjectKind.INDIVIDUAL_BUSINESS and not has_a_note(name):
        return []
    representative = text_of(values, "legal_representative")
    operators = [
        own.value for own in own_names([representative, *_people_in(representative, kind)])
    ]
    return people_beside(name, kind, operators)


def own_credit_code(values: Values, kind: SubjectKind) -> str:
    """The subject's valid credit code in normal form; never one of a natural person."""
    verdict = identifiers.check_credit_code(text_of(values, "credit_code"))
    return verdict.normalized if verdict.valid and kind is not SubjectKind.NATURAL_PERSON else ""


def is_document_number(field: Field) -> bool:
    """A published number of a decision or certificate, which some put an ID number into."""
    return field.personal is PersonalData.ID_NUMBER and field.search is Search.CODE


def may_show_number(number: str, dataset: Dataset, values: Values, kind: SubjectKind) -> bool:
    """Whether a document number is one, and not the ID number, phone or bank card of somebody."""
    code = normalize_code(number)
    if code and code == own_credit_code(values, kind):
        return True
    folded = squeeze(number)
    if any(bare(own) in bare(number) for own in sealed_numbers(dataset, values)):
        return False
    if not is_suspicious(number):
        return True
    for found in find_numbers(Shadow(number)):
        part = number[found.span.start : found.span.end]
        whole = found.personal is PersonalData.ID_NUMBER or squeeze(part) == folded
        if whole and not _is_safe_part(part, values, kind):
            return False
    return True


def _is_safe_part(part: str, values: Values, kind: SubjectKind) -> bool:
    """Part of the subject's own code, as in 排污许可证 numbers: credit code and three signs."""
    own = own_credit_code(values, kind)
    registration = identifiers.check_registration_number(text_of(values, "registration_number"))
    codes = [own] if own else []
    if registration.valid and kind is not SubjectKind.NATURAL_PERSON:
        codes.append(registration.normalized)
    return any(normalize_code(part) in code for code in codes)


def row_redactor(
    dataset: Dataset, values: Values, kind: SubjectKind, *, show_representative: bool
) -> Redactor:
    """The redactor of one row of a dataset, its subject being of that kind."""
    credit_code = own_credit_code(values, kind)
    name = text_of(values, "subject_name")
    masked = [name]
    if name_is_public(values, kind):
        masked = [name[at.start : at.end] for at in people_of_name(values, kind)]
    names = [person for part in masked for person in names_in(part)]
    numbers: list[OwnValue] = []
    for field in dataset.fields:
        value = text_of(values, field.name)
        if not value or field.name == "subject_name":
            continue
        if field.personal is PersonalData.PERSON_NAME and not show_representative:
            names += _people_in(value, kind)
        elif _is_personal_number(field, value, dataset, values, kind):
            numbers += _own_number(value, field.personal or PersonalData.ID_NUMBER, credit_code)
        elif field.personal is PersonalData.ADDRESS and field.masked_for(kind):
            numbers += _own_number(value, PersonalData.ADDRESS, credit_code)
    people = list(own_names(names))
    readable = [*_readable_names(dataset, values, kind), *_titles_of_laws(dataset, values, people)]
    return Redactor(
        kind, (*people, *numbers), tuple(_readable_codes(values, kind)), tuple(readable)
    )


def worst_case_redactor(cells: Mapping[str, str]) -> Redactor:
    """For the cells of a rejected row, by field name: its subject may be a natural person."""
    names = [
        name
        for field, text in cells.items()
        if field in ("subject_name", "legal_representative") or looks_like_person_name(text)
        for name in names_in(text)
    ]
    names += [name for text in cells.values() for name in people_at_the_beginning(text)]
    numbers = [
        number
        for field, text in cells.items()
        if field.endswith("id_number") or field == "tax_number"
        for number in _own_number(text, PersonalData.ID_NUMBER, "")
    ]
    return Redactor(SubjectKind.NATURAL_PERSON, (*own_names(names), *numbers))


def own_names(names: Iterable[str]) -> Iterator[OwnValue]:
    """Names as own values, longest first: 张三丰 before 张三. Single characters are no names."""
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        if len(squeeze(name)) >= (_SHORTEST_LATIN_NAME if name.isascii() else _SHORTEST_NAME):
            yield OwnValue(name, PersonalData.PERSON_NAME, mask_people(name) or "*")


def _people_in(value: str, kind: SubjectKind) -> list[str]:
    names = names_in(value)
    if kind is SubjectKind.NATURAL_PERSON:
        return names
    return [name for name in names if not has_organization_form(name)]


_TITLE = re.compile(
    r"《[\u3400-\u9fff（）()、]{2,40}(?:法|条例|办法|规定|规则|细则|通则|准则|标准)"
    r"(?:[（(][\u3400-\u9fff\d]{2,12}[)）])?》"
)
_LONGEST_COMMON_WORD = 2
_LAW_OF_THE_STATE = "《中华人民共和国"


def _titles_of_laws(dataset: Dataset, values: Values, people: list[OwnValue]) -> Iterator[str]:
    """Titles that hold a word which happens to be a name of the row: 安全 in 《…食品安全法》.

    Only a name as short as a word, unless the title is that of a law of the state; never one that is
    dealt with: 《关于对…的处理规定》.
    """
    names = [own.value for own in people]
    for field in dataset.fields:
        for title in _TITLE.findall(text_of(values, field.name)):
            held = [name for name in names if name in title]
            if held and all(_is_a_word_of(title, name) for name in held):
                yield title


def _is_a_word_of(title: str, name: str) -> bool:
    dealt_with = any(verb + name in title for verb in ("对", "关于", "给予", "准予"))
    short = len(name) <= _LONGEST_COMMON_WORD
    return not dealt_with and (short or title.startswith(_LAW_OF_THE_STATE))


def _is_personal_number(
    field: Field, value: str, dataset: Dataset, values: Values, kind: SubjectKind
) -> bool:
    if is_document_number(field):
        return not may_show_number(value, dataset, values, kind)
    if field.personal in _NUMBERS:
        return True
    return kind is SubjectKind.NATURAL_PERSON and field.name in _CODES_OF_THE_SUBJECT


def _own_number(value: str, personal: PersonalData, credit_code: str) -> Iterator[OwnValue]:
    is_public = bool(credit_code) and normalize_code(value) == credit_code
    if len(squeeze(value)) >= _SHORTEST_NUMBER and not is_public:
        yield OwnValue(value, personal, TOKENS[personal])


def sealed_numbers(dataset: Dataset, values: Values) -> Iterator[str]:
    """Numbers of the people of a row, from the columns declared for them."""
    own = own_credit_code(values, SubjectKind.LEGAL_ENTITY)
    for field in dataset.fields:
        value = text_of(values, field.name)
        sealed = field.personal in _NUMBERS and field.scope is Scope.SEALED
        if sealed and len(squeeze(value)) >= _SHORTEST_NUMBER and normalize_code(value) != own:
            yield value


def _readable_codes(values: Values, kind: SubjectKind) -> Iterator[str]:
    if kind is SubjectKind.NATURAL_PERSON:
        return
    yield own_credit_code(values, kind)
    for check, name in _OLD_CODES:
        verdict = check(text_of(values, name))
        if verdict.valid:
            yield verdict.normalized


_OLD_CODES = (
    (identifiers.check_registration_number, "registration_number"),
    (identifiers.check_organization_code, "organization_code"),
)


def _readable_names(dataset: Dataset, values: Values, kind: SubjectKind) -> Iterator[str]:
    if name_is_public(values, kind):
        yield from parts_beside(text_of(values, "subject_name"), people_of_name(values, kind))
    for field in dataset.fields:
        value = text_of(values, field.name)
        organ = (
            field.personal is None
            and field.type is ValueType.TEXT
            and field.scope is not Scope.SEALED
        )
        if organ and has_organization_form(value):
            yield value
