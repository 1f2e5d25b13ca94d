"""Who is named in one cell of a name column: one person, several, with titles, notes, numbers, a place.

Fails closed: what cannot be told apart is taken for a name as it stands, besides what was found in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from records.masks import NAME_SEPARATORS, mask_name
from records.organization_forms import has_organization_form, looks_like_person_name, plain_name
from records.surnames import COMPOUND, SINGLE

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_ROLE = (
    "(?:姓名|名字|名称|户名|个人|自然人|公民|当事人|被处罚人|被处罚者|行政相对人|相对人|违法行为人|违法人|行为人"
    "|主要负责人|负责人|总经理|经理|法定代表人|法人代表|法人|委派代表|授权代表|代表人|代表|执行事务合伙人|合伙人|投资人"
    "|实际经营者|经营者|经营人|业主|户主|店主|老板|车主|司机|驾驶员|驾驶人|申请人|被申请人|联系人|董事长|执行董事|董事|厂长"
    "|院长|校长|所长|站长|队长|主任|书记|村民|居民|职工|员工|委托代理人|代理人|监护人|同案人|其?(?:丈夫|妻子|妻|夫|父亲|母亲|父|母|儿子|女儿|子|女|兄|弟|姐|妹)|曾用名|又名|别名|原名|绰号|小名)"
)
_LABEL = re.compile(rf"{_ROLE}[为是系叫]?[:\s]*")
_NOISE = re.compile(
    rf"{_ROLE}|[男女]|[男女]?性别?|性别[男女]?|先生|女士|小姐|同志|师傅|老师|夫妇|夫妻|农民|务工|无业|个体.*|工商.*|群众|党员"
    r"|.族|已婚|未婚|已故|小学|初中|高中|大专|本科|文盲|身份|身份证.*|证件.*|电话.*|手机.*|联系.*|住址?|地址|号码?|年龄|岁|等"
)
_TAIL = re.compile(
    rf"^(?P<name>[{_HAN}]{{2,4}}?)(?:先生|女士|小姐|同志|师傅|老师|夫妇|夫妻|兄弟|姐妹|父子|父女|母子|母女|一家|家属|本人|个人"
    rf"|经理|老板|主任|书记|司机|车主|等|系|在|经营|开办|开设|承包|自建|驾驶|雇|的|无证|身份|电话|手机|联系|出生).*$"
)
_SHORT_TAIL = re.compile(rf"^(?P<name>[{_HAN}]{{3,4}})[男女家]$")
_PLACE = re.compile(rf"^.*(?:[县市区镇乡村组屯寨庄号户室]|街道|社区|小区|公司|单位|厂|{_ROLE})")
_BREAKS = re.compile(rf"[^{_HAN}A-Za-z\s·•・‧.'’-]+|(?<=[{_HAN}])[-.'’]+|[-.'’]+(?=[{_HAN}])")
_ALSO = re.compile("[和与及跟同]")
_WORDS_OF_HAN = re.compile(rf"[{_HAN}·•・‧]+")
_WORDS_OF_LATIN = re.compile(r"[A-Za-z][A-Za-z.'’-]*(?:\s+[A-Za-z][A-Za-z.'’-]*)*")
_LONGEST_HAN_NAME = 4
_LONGEST_LEAD = 40
_GLUED = {5: (2, 3), 6: (3,)}

_WORDS_OF_CELLS = "".join(
    pattern.pattern for pattern in (_NOISE, _TAIL, _SHORT_TAIL, _PLACE, _ALSO, _LABEL)
)
_MEANINGFUL = re.compile("[\u3400-\u9fff]").findall(_WORDS_OF_CELLS + "".join(COMPOUND) + "某")
_PLAIN_NAME = re.compile(
    f"(?![{''.join(sorted(set(_MEANINGFUL)))}])[{''.join(sorted(SINGLE))}]"
    f"(?:(?![{''.join(sorted(set(_MEANINGFUL)))}])[\u3400-\u9fff]){{1,2}}"
)
_NOTES = re.compile(r"[(\[【〔]([^)\]】〕]*)[)\]】〕]?")
_NO_NAME = re.compile(r"^[男女]|个体|经营户|工商|公司|[\d:：]|身份|已")
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十两]+)?[人名位户].*$|等$")


def is_a_plain_name(text: str) -> bool:
    """A quick look: a surname and one or two characters that mean nothing else to this module."""
    return _PLAIN_NAME.fullmatch(text) is not None


def names_in(text: str) -> list[str]:
    """The names that one cell holds: the persons found in it, and every part of it as it stands."""
    if is_a_plain_name(text):
        return [text]
    plain = plain_name(text)
    notes = _NOTES.findall(plain)
    bare = [_LABEL.sub("", note, count=1) for note in notes if not _NO_NAME.search(note)]
    pieces = [*NAME_SEPARATORS.split(_NOTES.sub("、", plain)), *bare]
    whole = [name for piece in pieces if (name := _AND_OTHERS.sub("", piece).strip())]
    people = people_in(text) or _unrecognized(plain)
    if people:
        whole = [name for name in whole if not _is_noise(name)]
    return list(dict.fromkeys([*people, *whole]))


def _unrecognized(plain: str) -> list[str]:
    """The words of a cell that might be a name nobody knows the surname of."""
    words = (word for part in _BREAKS.split(_NOTES.sub("、", plain)) for word in _words(part))
    return [w for w in words if 1 < len(w) <= _LONGEST_HAN_NAME and not _is_noise(w)]


def people_in(text: str) -> list[str]:
    """What in a cell is recognized as the name of a person, in order of appearance."""
    if is_a_plain_name(text):
        return [text]
    found = [
        name
        for part in _BREAKS.split(plain_name(text))
        for word in _words(part)
        for name in _people_in_word(word)
    ]
    return list(dict.fromkeys(found))


_BEGINNING = re.compile(
    rf"[\s“”\"'(\[【]*(?P<words>[{_HAN}·•・‧]{{2,20}})(?!\s*[〔\[【(]\s*(?:19|20)\d\d)(?![{_HAN}·•・‧])"
)
_LONGEST_NAME_CELL = 40


def people_at_the_beginning(text: str) -> list[str]:
    """Persons that a cell of any column begins with, as in a shifted row; none in 伊市监罚〔2026〕7号."""
    plain = plain_name(text)
    found = _BEGINNING.match(plain)
    if not found or found["words"].endswith(("第", "字")):
        return []
    people = people_in(found["words"])
    return people_in(plain) if people and len(plain) <= _LONGEST_NAME_CELL else people


def mask_people(text: str, *, readable: Callable[[str], bool] | None = None) -> str | None:
    """The mask of a name cell: the surname of each person and `*`; None for nothing.

    姓名：孙晓梅 → 孙*. Parts for which `readable` holds stay, without the person who stands for them:
    某某有限公司（委派代表：钱多宝） → 某某有限公司（委派代表：钱*）.
    """
    if is_a_plain_name(text):
        return f"{text[0]}*"
    shown: list[str] = []
    for piece in re.split(f"({NAME_SEPARATORS.pattern})", text):
        if shown and _is_noise(piece.strip()):
            shown.pop()
        else:
            shown.append(_mask_piece(piece, readable))
    return "".join(shown).strip() or None


_ON_BEHALF = re.compile(
    rf"^(?P<base>.+?)(?P<tie>\s*[(（\[【〔]\s*(?:{_ROLE}[:：为是]?\s*)*|\s*{_ROLE}[:：为是]?\s*|\s+)"
    r"(?P<name>[^)）\]】〕]+)(?P<end>[)）\]】〕]?\s*)$"
)


def _mask_piece(piece: str, readable: Callable[[str], bool] | None) -> str:
    if not piece.strip() or NAME_SEPARATORS.fullmatch(piece):
        return piece
    if readable:
        if readable(piece):
            return piece
        if (found := _ON_BEHALF.match(piece)) and readable(found["base"]):
            who = found["name"]
            masked = who if readable(who) else mask_people(who) or "*"
            return f"{found['base']}{found['tie']}{masked}{found['end']}"
    people = people_in(_NOTES.sub(" ", plain_name(piece))) or people_in(piece)
    return "、".join(mask_name(name) or "*" for name in people) or mask_name(piece) or ""


def _is_noise(word: str) -> bool:
    return _NOISE.fullmatch(word) is not None


def _words(part: str) -> Iterator[str]:
    """Names as words: Latin ones together, 孙 晓 梅 joined, 孙晓梅 周大勇 apart."""
    if not _WORDS_OF_HAN.search(part):
        yield part.strip()
        return
    yield from _WORDS_OF_LATIN.findall(part)
    words = [w for w in _WORDS_OF_HAN.findall(part) if not _is_noise(w)]
    spaced = len(words) > 1 and all(len(word) == 1 for word in words)
    if spaced and len(words) == _LONGEST_HAN_NAME and words[2] in SINGLE:
        yield from ("".join(words[:2]), "".join(words[2:]))
    joined = ""
    for word in words:
        belongs = 1 in (len(joined), len(word)) or joined in COMPOUND
        if spaced or (belongs and len(joined) + len(word) <= _LONGEST_HAN_NAME):
            joined += word
            continue
        yield joined
        joined = word
    yield joined


def _people_in_word(word: str) -> list[str]:
    if not word or _is_noise(word):
        return []
    joined, at = _joined(word)
    rest = _core(word[at:]) if joined else ""
    if rest:
        return [*joined, rest]
    if core := _core(word):
        return [core]
    return _unglued(word) or joined


def _joined(word: str) -> tuple[list[str], int]:
    """The persons before each 和, and where the last one begins; none for 张和平."""
    people, at = [], 0
    for also in _ALSO.finditer(word):
        if person := _core(word[max(at, also.start() - _LONGEST_LEAD) : also.start()]):
            people.append(person)
            at = also.end()
    return people, at


def _core(word: str) -> str:
    """The bare name in a word with a label, title or place around it; "" when there is none."""
    unlabelled = _LABEL.match(word)
    placed = _PLACE.match(word)
    starts = [0, *(found.end() for found in (unlabelled, placed) if found)]
    for start in sorted(set(starts), reverse=True):
        rest = word[start:]
        for tail in (_SHORT_TAIL, _TAIL):
            found = tail.match(rest)
            if found and _is_person(found["name"]):
                return found["name"]
        if _is_person(rest):
            return rest
    return ""


def _is_person(name: str) -> bool:
    return len(name) > 1 and not _is_noise(name) and looks_like_person_name(name)


def _unglued(word: str) -> list[str]:
    """孙晓梅周大勇: two names without anything between them."""
    if has_organization_form(word):
        return []
    for first in _GLUED.get(len(word), ()):
        parts = [word[:first], word[first:]]
        if all(part[0] in SINGLE and _is_person(part) for part in parts):
            return parts
    return []
