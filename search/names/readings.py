"""How names are read: one syllable a character, by the most usual reading and by the phrases that deviate.

A reading is kept as a text of one sign a syllable, so that it is as long as the name and is compared as
names are; signs lie in the private use area and say nothing outside this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

_FIRST_SIGN = 0xE000
_LONGEST_PHRASE = 4
_DIACRITICS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True)
class Readings:
    """`usual`: characters → signs; `phrases` that are read otherwise, and with what they begin.

    `spelling`: signs → syllables in letters, `sign_of` the reverse; `alike`: signs → the sign of what sounds
    alike to many ears; `initials`: signs → first letters.
    """

    usual: Mapping[str, str]
    phrases: Mapping[str, str]
    begins: frozenset[str]
    spelling: Mapping[str, str]
    sign_of: Mapping[str, str]
    alike: Mapping[str, str]
    initials: Mapping[str, str]


class _Table(dict[str, str]):
    """What is not in it stands for itself. Several times faster than str.translate on short texts."""

    def __missing__(self, key: str) -> str:
        return key


def read(written: str, simplified: str) -> str:
    """The reading of a name, a sign a syllable; letters and digits stand for themselves.

    `written` and `simplified`: the name in both scripts, of one length.
    """
    tables = readings()
    signs = "".join(map(tables.usual.__getitem__, written))
    if tables.begins.isdisjoint(simplified):
        return signs
    return _with_phrases(signs, simplified, tables)


def blurred(signs: str) -> str:
    """The reading with what sounds alike made one: zh and z, ang and an, n and l, and so on."""
    return "".join(map(readings().alike.__getitem__, signs))


def initials(signs: str) -> str:
    """The first letters of its syllables."""
    return "".join(map(readings().initials.__getitem__, signs))


def spelled(signs: str) -> list[str]:
    """Its syllables in letters."""
    return list(map(readings().spelling.__getitem__, signs))


def signs_of(syllables: Iterable[str]) -> str:
    """The reading that these syllables make."""
    return "".join(map(readings().sign_of.__getitem__, syllables))


def without_tones(text: str) -> str:
    """Pinyin with tone marks as it is typed: lǜ → lv."""
    decomposed = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return unicodedata.normalize("NFC", _DIACRITICS.sub("", decomposed))


def _with_phrases(signs: str, text: str, tables: Readings) -> str:
    parts, at, copied = [], 0, 0
    while at < len(text) - 1:
        if text[at] in tables.begins:
            for length in range(_LONGEST_PHRASE, 1, -1):
                if (reading := tables.phrases.get(text[at : at + length])) is not None:
                    parts += [signs[copied:at], reading]
                    at += len(reading)
                    copied = at
                    break
            else:
                at += 1
        else:
            at += 1
    return "".join((*parts, signs[copied:]))


@cache
def readings() -> Readings:
    """The tables; made at first use in about 0.4 s."""
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    toneless = cache(without_tones)
    usual = {chr(point): toneless(all_of.split(",")[0]) for point, all_of in pinyin_dict.items()}
    sign_of = {s: chr(_FIRST_SIGN + n) for n, s in enumerate(sorted({*usual.values(), *_LACKING}))}
    phrases = {}
    for phrase, spoken in phrases_dict.items():
        if len(phrase) <= _LONGEST_PHRASE and len(phrase) == len(spoken):
            said = [toneless(one[0]) for one in spoken]
            if said != [usual.get(c) for c in phrase] and sign_of.keys() >= set(said):
                phrases[phrase] = "".join(sign_of[s] for s in said)
    return Readings(
        _Table({character: sign_of[syllable] for character, syllable in usual.items()}),
        phrases,
        frozenset(phrase[0] for phrase in phrases),
        _Table({sign: syllable for syllable, sign in sign_of.items()}),
        sign_of,
        _alike(sign_of),
        _Table({sign: syllable[0] for syllable, sign in sign_of.items()}),
    )


_LACKING = ("lve", "nve")


def _alike(sign_of: Mapping[str, str]) -> _Table:
    first: dict[str, str] = {}
    for syllable, sign in sign_of.items():
        first.setdefault(_blur(syllable), sign)
    return _Table({sign: first[_blur(syllable)] for syllable, sign in sign_of.items()})


def _blur(syllable: str) -> str:
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")):
        if syllable.startswith(one) and len(syllable) > 1:
            syllable = other + syllable[len(one) :]
            break
    if syllable.endswith(("ang", "eng", "ing")):
        syllable = syllable[:-1]
    return syllable.replace("v", "u")
