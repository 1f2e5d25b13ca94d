"""Whether the natural person of a record was a minor on the day of the decision.

By the ID number, else by the words of the decision. 未成年人 are those under 18 (未成年人保护法 第二条); 周岁
count from the day after the birthday (最高人民法院 法释〔2006〕1号 第二条). Words count only where they are said of
the party: what it did to or for minors is an adult's affair.
"""

from __future__ import annotations

import re
from datetime import date

from records import identifiers
from records.policy import add_months
from records.values import Values

ADULT_AGE = 18


def was_minor(values: Values, decided: date) -> bool:
    """Whether the row says that its person was under 18 on that day."""
    for name in ("person_id_number", "resident_id_number"):
        number = values.get(name)
        born = identifiers.birth_date(number) if isinstance(number, str) else None
        if born and add_months(born, 12 * ADULT_AGE) >= decided:
            return True
    birthday = values.get("birth_date")
    if isinstance(birthday, date) and add_months(birthday, 12 * ADULT_AGE) >= decided:
        return True
    age = values.get("age")
    if isinstance(age, str) and (found := _AGE.match(age)) and 0 < int(found[0]) < ADULT_AGE:
        return True
    return any(
        _calls_minor(text, values)
        for name in _TEXTS
        if isinstance(text := values.get(name), str) and ("未" in text or "岁" in text)
    )


_AGE = re.compile(r"\d{1,3}(?!\d)")
"""Lists state the age on the day of entry; 0 stands for an organization."""
_TEXTS = (
    "reason",
    "duty",
    "facts",
    "content",
    "remark",
    "legal_basis",
    "violation",
    "penalty_name",
)


def _calls_minor(text: str, values: Values) -> bool:
    said = "".join(text.split())
    if "未成年" not in said and "岁" not in said:
        return False
    name = values.get("subject_name")
    if isinstance(name, str) and len(name) > 1:
        said = re.sub(rf"{re.escape(name)}|{re.escape(name[0])}某{{1,2}}", "当事人", said)
    return any(
        not someone_else.search(_BREAK.split(said[: found.start()])[-1] + found[0])
        for pattern, someone_else in ((_PREDICATE, _SOMEONE_ELSE), (_APPOSITION, _OBJECT))
        for found in pattern.finditer(said)
    )


_BREAK = re.compile("[，。；,;]")
_PARTY = r"(?:当事人|违法人员?|行为人|被处罚人|受处罚人|相对人|嫌疑人|该人|本人)"
_NAME = r"(?:当事人|[\u4e00-\u9fff]某{1,2})"
_END = r"(?=[，。；、：！）,;:!)]|$)"
_START = r"(?:^|(?<=[，。；：（,;:(]))"
_IS = r"(?<![不非否])(?:(?<!关)系|是|属于?)(?:一名|1名|一个|在校)?"
_AS = r"(?<![不非否])为(?:一名|1名|一个|在校)?"
_NO_DIGIT_BEFORE = r"(?<![0-9一二三四五六七八九十百])"
_TO_18 = r"(?:1[0-8]|[1-9]|十[一二三四五六七八]?|[一二三四五六七八九])周?岁"
_TO_17 = r"(?:1[0-7]|[1-9]|十[一二三四五六七]?|[一二三四五六七八九])周?岁"
_UNDER = rf"(?:(?:未满|不满|不足|未达到?|未年满){_TO_18})"
_OTHERS = r"(?:未成年人?|人员?|者|学生|儿童|少年|职工|员工)"
_MINOR = rf"(?:未成年(?:人员?|学生|少年|男子|女子)?|{_UNDER}(?:的?{_OTHERS})?)"
_RELATIVE = r"(?:的|之)(?:父|母|监护|家|爷|奶|法定|亲|兄|姐|哥|弟|妹)"
_PREDICATE = re.compile(rf"(?:{_IS}|{_AS}){_MINOR}{_END}")
"""系未成年人: what is said of the subject of the clause, whatever object it has."""
_NAMED = rf"(?:{_START}|{_PARTY}|{_IS})未成年人?{_NAME}(?!{_RELATIVE})(?![^，。；]*当事人)"
_UNDER_AGE = (
    rf"(?:{_START}|{_PARTY}|{_NAME}|{_IS}|[因其且时尚还仍])[尚还仍]?{_UNDER}"
    rf"(?!的?{_OTHERS}(?!有?违))|满{_TO_18}[，、]?[但尚]?{_UNDER}"
)
_AGED = (
    rf"{_PARTY}{_NAME}?(?:[，、：（,:(男女系是为仅才现]|现年|时年|年仅|年龄|只有)*"
    rf"{_NO_DIGIT_BEFORE}{_TO_17}(?!以[上下]|的(?:儿|女|孩|小|幼|学|子|未成))"
    rf"|^(?:男|女|，|现年|年仅|年龄：?)*{_TO_17}。?$"
)
_APPOSITION = re.compile(
    rf"(?:{_PARTY}|{_NAME}){{1,2}}[，（,(]?[尚仍还均也又]?{_MINOR}{_END}|{_START}{_MINOR}{_END}"
    rf"|{_NAMED}|{_UNDER_AGE}|{_AGED}"
)
_OTHER_PEOPLE = (
    r"允许|容留|招[用收聘]|雇[用佣]|接[纳待收]|留宿|购买[者人]|顾客|消费者|受害|被害|被侵害|乘客|对方|上网(?:人员|者)"
    r"|子女|儿子|女儿|孩子|其[子女]|员工|职工|证人|伤者|客人|明知|知道|不知|核实"
)
_SOMEONE_ELSE = re.compile(_OTHER_PEOPLE)
_OBJECT = re.compile(rf"(?<![相方参])[向给对让与](?!{_PARTY}|其|予)|{_OTHER_PEOPLE}")
