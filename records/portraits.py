"""What the visible records of one subject say about it together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from records import identifiers
from records.anchors import PROFILE
from records.brands import same_brand
from records.folding import fold
from records.values import JsonValue
from records.vocabulary import SubjectKind

NEVER = date(9999, 12, 31)
"""In place of the day on which publicity ends, where it has no end."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Visible records that say the same about their subject; `record_id` is the newest of them.

    `kind`: of the records, PROFILE for a profile. `since`: from when that newest one is public. `until`: the
    first day on which none of them is, NEVER for no end. `name`, `credit_code` and `authority_code` as its
    public view has them; `view`: that of a profile whole. `registration_anchor`: of the registration number
    it states. Texts are empty where there is none.
    """

    kind: str
    since: str
    record_id: str
    until: date
    subject_kind: SubjectKind
    organization_code: str
    registration_number: str
    registration_anchor: str
    name: str
    credit_code: str
    authority_code: str
    view: Mapping[str, JsonValue] = field(default_factory=dict)

    @property
    def is_profile(self) -> bool:
        """Whether it describes the subject instead of being a fact about it."""
        return self.kind == PROFILE

    @property
    def is_named(self) -> bool:
        """Whether its name is readable: no mask in the place of a person's."""
        return is_readable(self.name, self.subject_kind)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A subject without its ids; see records.stored.StoredSubject. `conflicts`: names that are not its own."""

    kind: SubjectKind
    name: str
    named: bool
    former_names: tuple[str, ...]
    credit_code: str
    registration_numbers: tuple[str, ...]
    organization_code: str
    region: str
    profile: str
    completeness: int
    visible: Mapping[str, date | None]
    conflicts: int


def portrait(
    facts: Sequence[Fact], anchors: Collection[str], previous_names: Sequence[str]
) -> Portrait:
    """The portrait that at least one fact gives, the same in whatever order they come.

    `anchors`: all of the subject; registration numbers are its own if their anchors are among them.
    `previous_names`: earlier names of its profile, newest first.
    """
    newest = sorted(facts, key=lambda fact: (fact.since, fact.record_id), reverse=True)
    profiles = [fact for fact in newest if fact.is_profile]
    profile = next((p for p in profiles if p.organization_code), profiles[0] if profiles else None)
    # A profile speaks first; of records the newest.
    speakers = [profile, *newest] if profile else newest
    first = speakers[0]
    credit_code = next((code for f in speakers if (code := _credit_code(f.credit_code))), "")
    registered = [f.registration_number for f in speakers if f.registration_anchor in anchors]
    registration_numbers = tuple(dict.fromkeys(filter(None, registered)))
    named = first.is_named
    names = _names(first.name, profile, previous_names, newest) if named else _ONE_NAME
    return Portrait(
        kind=first.subject_kind,
        name=first.name,
        named=named,
        former_names=names.former,
        credit_code=credit_code,
        registration_numbers=registration_numbers,
        organization_code=next((f.organization_code for f in speakers if f.organization_code), ""),
        region=_region(credit_code, registration_numbers, speakers),
        profile=profile.record_id if profile else "",
        completeness=_filled(profile.view) if profile else 0,
        visible=_visible(facts),
        conflicts=names.conflicts,
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """The names under one code beside the present one: `former` of the subject, and how many nobody explains."""

    former: tuple[str, ...] = ()
    conflicts: int = 0


_ONE_NAME = _Names()


def _names(
    name: str, profile: Fact | None, previous_names: Sequence[str], newest: Sequence[Fact]
) -> _Names:
    stated = _stated_former_names(profile.view) if profile else ()
    found = dict.fromkeys((*previous_names, *(fact.name for fact in newest if fact.is_named)))
    others = [other for other in found if other and other != name]
    if not others and not stated:
        return _ONE_NAME
    known = [name, *stated]
    former = {fold(other): other for other in stated}
    unexplained = set()
    for other in others:
        if any(same_brand(other, one) for one in known):
            former.setdefault(fold(other), other)
        else:
            unexplained.add(fold(other))
    former.pop(fold(name), None)
    return _Names(tuple(former.values()), len(unexplained))


_MASKED_BESIDE = re.compile(
    r"[(（][^()（）]*\*[^()（）]*[)）]|(?:经营者|业主|负责人|店主|户主|法定代表人)[为是]?[:：\s]*[^\s*]*\*+"
)


def is_readable(name: str, kind: SubjectKind) -> bool:
    """Whether a public name can be read: one that is its operator's is masked, 老赵烟酒店（赵*） is not."""
    return kind is SubjectKind.LEGAL_ENTITY or "*" not in _MASKED_BESIDE.sub("", name)


_BETWEEN_NAMES = re.compile(r"[;；、\n]|(?<![A-Za-z.])[,，](?![A-Za-z ])")


def _stated_former_names(view: Mapping[str, JsonValue]) -> Sequence[str]:
    stated = view.get("former_names")
    parts = stated if isinstance(stated, list) else _BETWEEN_NAMES.split(str(stated or ""))
    # One that is masked is a person's, or looks like one.
    return [name for part in parts if (name := part.strip()) and "*" not in name]


def _credit_code(text: str) -> str:
    verdict = identifiers.check_credit_code(text) if text else None
    return verdict.normalized if verdict and verdict.valid else ""


_DIVISION_IN_REGISTRATION_NUMBER = slice(0, 6)


def _region(credit_code: str, registration_numbers: Sequence[str], speakers: Sequence[Fact]) -> str:
    if credit_code:
        return credit_code[identifiers.DIVISION]
    if registration_numbers:
        return registration_numbers[0][_DIVISION_IN_REGISTRATION_NUMBER]
    authorities = (_credit_code(fact.authority_code) for fact in speakers)
    return next((code[identifiers.DIVISION] for code in authorities if code), "")


def _filled(view: Mapping[str, JsonValue]) -> int:
    return sum(value not in (None, "", []) for value in view.values())


def _visible(facts: Iterable[Fact]) -> dict[str, date | None]:
    ends: dict[str, date] = {}
    for fact in facts:
        ends[fact.kind] = max(fact.until, ends.get(fact.kind, date.min))
    return {kind: None if ends[kind] == NEVER else ends[kind] for kind in sorted(ends)}
