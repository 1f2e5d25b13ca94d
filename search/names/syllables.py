"""Tables of how Chinese characters are read, made of the dictionaries of pypinyin."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.uint32]

LONGEST_PHRASE = 4
_FIRST_SIGN = 0xE000
_END = 0x33000
"""Behind the last Chinese character."""
_DIACRITICS = re.compile("[\u0300-\u036f]+")
_TYPED_ONLY = ("lve", "nve")
_LEAST_PHRASES, _LEAST_SHARE = 3, 0.08
"""Of the phrases with a character, those that another reading needs to count as one that people know."""


@dataclass(frozen=True)
class Syllables:
    """Tables by code point: what stands there for each character, or sign; and phrases read otherwise.

    `deviating`: characters that some phrase reads otherwise, and `pairs` of them and a neighbor there.
    `spelling`: signs → syllables in letters, `sign_of` the reverse.
    """

    usual: Points
    second: Points
    alike: Points
    initials: Points
    deviating: npt.NDArray[np.bool_]
    phrases: Mapping[str, str]
    pairs: frozenset[str]
    spelling: Mapping[str, str]
    sign_of: Mapping[str, str]


@cache
def syllables() -> Syllables:
    """The tables; made at first use in about 0.3 s."""
    usual, said = _dictionaries()
    sign_of = {
        syllable: chr(_FIRST_SIGN + number)
        for number, syllable in enumerate(sorted({*usual.values(), *_TYPED_ONLY}))
    }
    deviating = [
        (phrase, at)
        for phrase, spoken in said.items()
        if len(phrase) <= LONGEST_PHRASE and sign_of.keys() >= set(spoken)
        for at, character in enumerate(phrase)
        if usual.get(character) != spoken[at]
    ]
    marks = np.zeros(_END, np.bool_)
    marks[[ord(phrase[at]) for phrase, at in deviating]] = True
    second = _second(said, usual)
    return Syllables(
        usual=_table({c: sign_of[s] for c, s in usual.items()}),
        second=_table({c: sign_of[s] for c, s in second.items() if s in sign_of}),
        alike=_alike(sign_of),
        initials=_table({sign: s[0] for s, sign in sign_of.items()}),
        deviating=marks,
        phrases={phrase: "".join(sign_of[s] for s in said[phrase]) for phrase, _ in deviating},
        pairs=frozenset(p[b : b + 2] for p, at in deviating for b in (at - 1, at) if b >= 0),
        spelling={sign: s for s, sign in sign_of.items()},
        sign_of=sign_of,
    )


def _dictionaries() -> tuple[dict[str, str], dict[str, list[str]]]:
    """The most usual reading of each character, and the readings of phrases."""
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    toneless = cache(without_tones)
    usual = {
        chr(point): toneless(spoken.partition(",")[0])
        for point, spoken in pinyin_dict.items()
        if point < _END
    }
    said = {
        phrase: [toneless(spoken[0]) for spoken in all_spoken]
        for phrase, all_spoken in phrases_dict.items()
        if len(phrase) == len(all_spoken)
    }
    return usual, said


def without_tones(text: str) -> str:
    """Pinyin with tone marks as it is typed: lǜ → lv."""
    decomposed = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return unicodedata.normalize("NFC", _DIACRITICS.sub("", decomposed))


def _alike(sign_of: Mapping[str, str]) -> Points:
    first: dict[str, str] = {}
    for syllable, sign in sign_of.items():
        first.setdefault(_blur(syllable), sign)
    return _table({sign: first[_blur(s)] for s, sign in sign_of.items()})


def _second(said: Mapping[str, list[str]], usual: Mapping[str, str]) -> dict[str, str]:
    """Of characters of two common readings the one that is not the usual."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, spoken in said.items():
        for character, syllable in zip(phrase, spoken, strict=True):
            counts[character][syllable] += 1
    found = {}
    for character, spoken_so in counts.items():
        others = Counter({s: n for s, n in spoken_so.items() if s != usual.get(character)})
        for syllable, times in others.most_common(1):
            if times >= max(_LEAST_PHRASES, _LEAST_SHARE * spoken_so.total()):
                found[character] = syllable
    return found


def _table(entries: Mapping[str, str]) -> Points:
    table = np.arange(_END, dtype=np.uint32)
    table[[ord(key) for key in entries]] = [ord(value) for value in entries.values()]
    return table


def _blur(syllable: str) -> str:
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")):
        if syllable.startswith(one) and len(syllable) > 1:
            syllable = other + syllable[len(one) :]
            break
    if syllable.endswith(("ang", "eng", "ing")):
        syllable = syllable[:-1]
    return syllable.replace("v", "u")
