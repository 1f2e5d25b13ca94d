"""What one row knows of its people, and what of it must stay readable: the making of its redactor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from records import identifiers
from records.business_names import parts_beside
from records.dataset import Field
from records.identifiers import normalize_code
from records.name_cells import names_in, people_at_the_beginning
from records.organization_forms import has_organization_form, looks_like_person_name
from records.places import may_hold_places
from records.quick_look import may_hold_part
from records.redaction import OwnValue, Redactor
from records.row_facts import SHORTEST_NUMBER, RowFacts, is_a_name
from records.shadow import squeeze
from records.vocabulary import PersonalData, SubjectKind


def row_redactor(row: RowFacts, *, show_representative: bool) -> Redactor:
    """The redactor of one row. It knows only what can recur in the row's texts and names."""
    masked = [row.name]
    if row.name_is_public:
        masked = [row.name[at.start : at.end] for at in row.people_of_name]
    names = [name for part in masked if may_hold_part(part, row.seen) for name in names_in(part)]
    if not show_representative:
        for field in row.roles.people:
            if (value := row.text(field.name)) and may_hold_part(value, row.seen):
                names += row.people_in(value)
    people = tuple(own_names(names))
    numbers = [
        OwnValue(value, field.personal or PersonalData.ID_NUMBER)
        for field in _personal_numbers(row)
        if _is_an_own_number(value := row.text(field.name), row.credit_code) and row.recurs(value)
    ]
    return Redactor(
        row.kind,
        (*people, *numbers),
        _ReadableOfRow(row, people),
        shapes=row.may_hold_numbers,
        places=may_hold_places(row.seen, row.kind),
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
        OwnValue(text, PersonalData.ID_NUMBER)
        for field, text in cells.items()
        if field.endswith("id_number") or field == "tax_number"
        if _is_an_own_number(text, "")
    ]
    return Redactor(SubjectKind.NATURAL_PERSON, (*own_names(names), *numbers))


def own_names(names: Iterable[str]) -> Iterator[OwnValue]:
    """Names as own values, longest first: 张三丰 before 张三."""
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        if is_a_name(name):
            yield OwnValue(name, PersonalData.PERSON_NAME)


def _personal_numbers(row: RowFacts) -> Iterator[Field]:
    """The fields whose numbers, or addresses, are those of people of the row."""
    yield from row.roles.numbers
    for field in row.roles.documents:
        if (value := row.text(field.name)) and not row.may_show_number(value):
            yield field
    if row.kind is SubjectKind.NATURAL_PERSON:
        yield from row.roles.codes
    for field in row.roles.addresses:
        if field.masked_for(row.kind):
            yield field


def _is_an_own_number(value: str, credit_code: str) -> bool:
    if not value or len(squeeze(value)) < SHORTEST_NUMBER:
        return False
    return not credit_code or normalize_code(value) != credit_code


class _ReadableOfRow:
    """What of a row stays readable, worked out when it is asked for."""

    def __init__(self, row: RowFacts, people: tuple[OwnValue, ...]) -> None:
        self._row = row
        self._people = [own.value for own in people]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(_readable_codes(self._row))

    @cached_property
    def names(self) -> tuple[str, ...]:
        return (*_readable_names(self._row), *_titles_of_laws(self._row, self._people))


def _readable_codes(row: RowFacts) -> Iterator[str]:
    if row.kind is SubjectKind.NATURAL_PERSON:
        return
    yield row.credit_code
    yield row.registration_number
    organization = identifiers.check_organization_code(row.text("organization_code"))
    if organization.valid:
        yield organization.normalized


def _readable_names(row: RowFacts) -> Iterator[str]:
    if row.name_is_public:
        yield from parts_beside(row.name, row.people_of_name)
    for field in row.roles.organs:
        if (value := row.text(field.name)) and has_organization_form(value):
            yield value


_TITLE = re.compile(
    r"《[\u3400-\u9fff（）()、]{2,40}(?:法|条例|办法|规定|规则|细则|通则|准则|标准)"
    r"(?:[（(][\u3400-\u9fff\d]{2,12}[)）])?》"
)
_LONGEST_COMMON_WORD = 2
_LAW_OF_THE_STATE = "《中华人民共和国"


def _titles_of_laws(row: RowFacts, names: list[str]) -> Iterator[str]:
    """Titles that hold a word which happens to be a name of the row: 安全 in 《…食品安全法》.

    Only a name as short as a word, unless the title is that of a law of the state; never one that is
    dealt with: 《关于对…的处理规定》.
    """
    for field in row.roles.texts:
        text = row.text(field.name)
        if "《" not in text or not any(name in text for name in names):
            continue
        for title in _TITLE.findall(text):
            held = [name for name in names if name in title]
            if held and all(_is_a_word_of(title, name) for name in held):
                yield title


def _is_a_word_of(title: str, name: str) -> bool:
    dealt_with = any(verb + name in title for verb in ("对", "关于", "给予", "准予"))
    short = len(name) <= _LONGEST_COMMON_WORD
    return not dealt_with and (short or title.startswith(_LAW_OF_THE_STATE))
