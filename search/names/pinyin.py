"""Letters as they are typed → syllables: parted by spaces and apostrophes, or found in a row of letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from search.names import readings
from search.names.characters import simplify, written
from search.names.syllables import syllables, without_tones

MOST_SPELLINGS = 3
_LONGEST_SYLLABLE = 6
_LETTERS_A_SYLLABLE = 1.8
"""Fewer on average are initials or an abbreviation, no pinyin."""
_RUN = re.compile(r"[a-z]+|[^\sa-z]")
_VOWEL = re.compile(r"[aeiouv]")
_TYPED_ALSO = {"lue": "lve", "nue": "nve"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to part a text into syllables: their signs, those of what sounds alike, and the letters.

    `tail`: letters at the end that are the beginning of one more syllable, or "".
    """

    signs: str
    blurred: str
    letters: str
    tail: str = ""


def spellings(shown: str) -> tuple[Spelling, ...]:
    """The likeliest ways to read a text as pinyin, fewest syllables first; none when it is something else.

    Chinese characters and digits within it stand for themselves.
    """
    typed = without_tones(shown)
    runs = _RUN.findall(typed)
    latin = [run for run in runs if run.isascii() and run.isalpha()]
    if not any(len(run) > 1 for run in latin):
        return ()
    choices = [
        list(_choices(run, last=at == len(runs) - 1, parted=len(latin) > 1))
        for at, run in enumerate(runs)
    ]
    if not all(choices):
        return ()
    ways = islice(product(*choices), MOST_SPELLINGS**2)
    joined = sorted(
        (_joined(way) for way in ways), key=lambda one: (len(one.signs), one.tail != "")
    )
    return tuple(dict.fromkeys(joined[:MOST_SPELLINGS]))


def parted_by_letters(shown: str) -> bool:
    """Whether the user parted every letter from the next: initials, no syllables."""
    runs = _RUN.findall(without_tones(shown))
    return len(runs) > 1 and all(len(run) == 1 for run in runs)


def _joined(parts: Sequence[tuple[tuple[str, ...], str]]) -> Spelling:
    syllables = [syllable for part, _ in parts for syllable in part]
    signs = readings.signs_of(syllables)
    return Spelling(signs, readings.blurred(signs), "".join(readings.spelled(signs)), parts[-1][1])


def _choices(run: str, *, last: bool, parted: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Syllables, and the unfinished one that only the last run may have, perhaps alone."""
    if not (run.isascii() and run.isalpha()):
        yield (
            tuple(
                readings.spelled(
                    readings.read(as_written := written(run), simplify(as_written)).signs
                )
            ),
            "",
        )
        return
    whole = _parted(run)
    if not parted:
        whole = tuple(way for way in whole if len(run) >= _LETTERS_A_SYLLABLE * len(way))
    yield from ((way, "") for way in whole)
    if whole or not last:
        return
    for length in range(len(run) - 1, -1, -1):
        tail = run[length:]
        if tail in _begun() and (ways := _parted(run[:length])):
            yield from ((way, tail) for way in ways)
            return


@lru_cache(maxsize=1_000)
def _parted(run: str) -> tuple[tuple[str, ...], ...]:
    best: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(run) + 1):
        ways = [
            (*way, _TYPED_ALSO.get(syllable, syllable))
            for begin in range(max(0, end - _LONGEST_SYLLABLE), end)
            if (syllable := run[begin:end]) in _known()
            for way in best[begin]
        ]
        best.append(sorted(ways, key=len)[:MOST_SPELLINGS])
    return tuple(best[-1])


@cache
def _known() -> frozenset[str]:
    return frozenset({s for s in syllables().sign_of if _VOWEL.search(s)} | {*_TYPED_ALSO})


@cache
def _begun() -> frozenset[str]:
    return frozenset(s[:length] for s in _known() for length in range(1, len(s)))
