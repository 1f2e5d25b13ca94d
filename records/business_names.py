"""The registered name of a business as it may be shown: its trade name, without the person beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from records.name_cells import mask_people, people_in
from records.organization_forms import form_of, has_organization_form, names_its_operator
from records.shadow import Shadow, Span, squeeze
from records.vocabulary import SubjectKind

_BRACKETED = re.compile(r"(?<=[(（])[^()（）]{2,12}(?=[)）])")
_LABELLED = re.compile(
    r"(?:实际经营者|经营者|业主|负责人|店主|户主|法定代表人)[为是]?[:：\s]*"
    r"(?P<name>[\u3400-\u9fff·•]{2,12}|(?:[\u3400-\u9fff]\s){1,3}[\u3400-\u9fff])"
)
_END_OF_A_TRADE_NAME = re.compile(r"[^\u3400-\u9fff\w]")
_NOTE_WITHIN = re.compile(r"[(（][^()（）]*[)）](?=[\u3400-\u9fff])")
_OUTSIDE = " \t()（）[]【】:：,，、-—"
_SHORTEST_PART = 2


def has_a_note(name: str) -> bool:
    """A cheap look: whether anything stands in round brackets."""
    return _BRACKETED.search(name) is not None


def people_beside(name: str, kind: SubjectKind, operators: list[str]) -> list[Span]:
    """Where in a public name people stand who are no part of the trade name, in order, not overlapping.

    In any name: the operator alone in brackets. In that of an individual business also whoever is labelled
    as one, and the operator wherever no organization form follows: 郭小满 in 郭小满烩面馆 stays.
    """
    spans = [
        Span(*note.span())
        for note in _BRACKETED.finditer(name)
        if any(names_its_operator(note.group(), operator) for operator in operators)
    ]
    if kind is SubjectKind.INDIVIDUAL_BUSINESS:
        spans = [*_operators(name, operators), *_labelled(name), *spans]
    apart: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or other.end <= span.start for other in apart):
            apart.append(span)
    return sorted(apart, key=lambda span: span.start)


def mask_beside(name: str, people: list[Span]) -> str:
    """The name with these people masked: 老赵烟酒店（赵立冬） → 老赵烟酒店（赵*）."""
    shown, at = "", 0
    for span in people:
        shown += name[at : span.start] + (mask_people(name[span.start : span.end]) or "*")
        at = span.end
    return shown + name[at:]


def parts_beside(name: str, people: list[Span]) -> Iterator[str]:
    """The parts of the name that stay readable around these people."""
    edges = [Span(0, 0), *people, Span(len(name), len(name))]
    for before, after in pairwise(edges):
        part = name[before.end : after.start].strip(_OUTSIDE) if people else name
        if len(squeeze(part)) >= _SHORTEST_PART:
            yield part


def _labelled(name: str) -> Iterator[Span]:
    for found in _LABELLED.finditer(name):
        people = people_in(found["name"])
        if people and not has_organization_form(found["name"]):
            start, end = found.span("name")
            at = found["name"].find(people[0])
            yield Span(start, start + at + len(people[0]) if at >= 0 else end)


def _operators(name: str, operators: list[str]) -> Iterator[Span]:
    shadow = Shadow(name)
    for operator in operators:
        for span in shadow.find_squeezed(squeeze(operator)):
            if not _in_a_trade_name(name, span):
                yield span


def _in_a_trade_name(name: str, span: Span) -> bool:
    """Whether the word that goes on after the person ends in an organization form."""
    before = _END_OF_A_TRADE_NAME.split(name[: span.start])[-1]
    after = _END_OF_A_TRADE_NAME.split(_NOTE_WITHIN.sub("", name[span.end :]), maxsplit=1)[0]
    person = squeeze(name[span.start : span.end])
    return 0 < len(form_of(before + person + after)) <= len(after)
