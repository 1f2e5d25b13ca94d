"""Finding home addresses in text: after a label, and by their shape.

Where a business is, is public: for legal entities only what names a home counts (小区, 单元, 号楼, 村…组).
For natural persons and individual businesses every place below the township counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.finds import Find, found
from records.shadow import Shadow
from records.vocabulary import PersonalData, SubjectKind

_HAN = "\u3400-\u9fff〇"
_STOP = (
    r"(?!因|被|涉嫌|违|处以|罚|驾|销售|从事|擅自|经营|电话|手机|联系|身份|出生|性别|民族|我局|执法|检查|进行|实施|使用|发现"
    r"|邮编|邮政编码|法定代表|统一社会)"
)
_MARK = (
    r"(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道办事处|街道|村|屯|寨|庄|湾|沟|坡|岭|组|社区|小区|花园|家园|嘉园|新村|新城|公寓|家属院"
    r"|大院|院|苑|城|大道|路|街|道|巷|胡同|弄|号|楼|栋|幢|座|单元|层|室|户|附近|对面|隔壁|[东西南北]侧?)"
)
_ELEMENTS = rf"(?:\s?(?:{_STOP}[{_HAN}0-9A-Z()#-]){{0,12}}?{_MARK}(?:[0-9]{{1,4}}(?![0-9年月日元])[室号]?)?){{1,20}}"
_TO_CLAUSE_END = rf"(?:{_STOP}[^，。；;,\n)]){{2,60}}"
_ADDRESS_OF_A_PERSON = (
    r"(?:家庭住址|现住址|住址|家庭地址|居住地址|现居住地|居住地|户籍地址|户籍所在地|户籍地|户口所在地|户口地|常住地"
    r"|暂住地|身份证地址)[:：为是在于]{0,2}\s*"
)
_ANY_ADDRESS = rf"(?:{_ADDRESS_OF_A_PERSON}|(?:联系地址|通讯地址|通信地址|住所地|住所|经营地址|地址)[:：为是在于]{{1,2}}\s*)"
_LABELS = {
    kind: re.compile(_ADDRESS_OF_A_PERSON if kind is SubjectKind.LEGAL_ENTITY else _ANY_ADDRESS)
    for kind in SubjectKind
}
_BY_LABEL = {
    kind: re.compile(rf"{label.pattern}(?P<address>{_TO_CLAUSE_END})")
    for kind, label in _LABELS.items()
}

_ANY_LABEL = re.compile("住址|地址|住所|居住地|户籍地|所在地|户口地|常住地|暂住地")
_ANY_LIVING = re.compile("住|户籍|户口|籍贯")
_LIVING = (
    r"(?:家住|现住|租住|居住(?!证|权|条件|环境)|暂住(?!证)|户籍(?!管理|科|室|部门|民警|证明|信息)|户口(?!本|簿|登记)|籍贯"
    r"|(?<![居入民商留记停暂租家现拦抓堵截盖遮压封困稳守保围卡抱握禁止能])"
    r"住(?!建|房|宿|宅|院|户|持|民|店|客|改|保|培|了|进|址|所|处|校|友|人))"
)
_SOMEWHERE = rf"(?=\s?[{_HAN}0-9A-Z\s]{{1,14}}?(?:省|自治区|市|县|区|旗|镇|乡|街道|村|屯|寨|庄|小区|花园|家园|公寓|家属院|[路街巷号楼栋]))"
_LIVES = re.compile(_LIVING)
_AFTER_A_VERB = re.compile(rf"{_LIVING}[:：为是在于]{{0,2}}{_SOMEWHERE}\s*(?P<address>{_ELEMENTS})")

_IN_A_NAME = rf"(?![在于至到从由对向与及其该的是为系将把第令字证住])[{_HAN}]"
_REGION = rf"(?:(?:{_IN_A_NAME}){{1,8}}?(?:省|自治区|市(?![场政民监])|州|县|区|旗|镇|(?<!城)乡|街道办事处|街道))"
_ROAD, _STREET = "(?<![道公铁电线网思出销门套])路", "街(?!道)"
_LOCAL = (
    rf"(?:(?:(?![第令字证住在于系])[{_HAN}0-9A-Z]){{1,10}}?(?:村(?!民委|委会|卫生|集体|小学|股份|镇|供销|信用|经济|农业|商|党|合作)|小区|社区(?!居民委|居委|卫生|服务)|花园|家园|嘉园"
    rf"|新村|公寓|家属院|苑|庄|屯|寨|{_ROAD}|{_STREET}|大道|巷|胡同|弄))"
)
_NUMBER = r"(?:[0-9〇一二三四五六七八九十百]{1,6}(?:[-之附][0-9]{1,4}){0,3}|[A-Z][0-9]{0,3})"
_DETAIL = (
    rf"(?:\s?(?:(?![第令字证告函文发])[{_HAN}]){{0,6}}?{_NUMBER}\s?"
    r"(?:号院|号楼|号(?!令|文)|楼|栋|幢|座|单元|层|室|户|组|排)(?:[0-9]{3,4}(?![0-9年])[室号]?)?"
    r"|[0-9]{1,3}(?:-[0-9A-Z]{1,4}){1,3}"
    rf"|第{_NUMBER}组)"
)
_SHAPE = re.compile(
    rf"(?P<region>{_REGION}{{0,5}})\s?(?P<local>{_LOCAL}{{1,3}})(?P<detail>{_DETAIL}{{0,6}})"
)
_UNBROKEN = re.compile(rf"[{_HAN}0-9A-Z\s-]{{2,}}")
_VILLAGER = re.compile(rf"(?:{_IN_A_NAME}){{1,6}}村(?:{_NUMBER}组)?(?=人|村民)")
_HOMES = ("小区", "单元", "号楼", "家属院", "公寓", "花园", "家园", "嘉园")
_ROOM, _GROUP_OF_A_VILLAGE = re.compile("[0-9]室"), re.compile("村.{0,5}组")
_RESIDENTIAL = re.compile("|".join([*_HOMES, _ROOM.pattern, _GROUP_OF_A_VILLAGE.pattern]))

_PLACE_OF_ANYBODY = re.compile(
    rf"[村巷弄庄屯寨苑]|{_ROAD}|{_STREET}|小区|社区|花园|家园|嘉园|公寓|家属院|大道|胡同"
)
_SETTLED = (
    "村", "巷", "弄", "庄", "屯", "寨", "苑", "小区", "社区", "花园", "家园", "嘉园", "公寓", "家属院", "大道", "胡同",
)  # fmt: skip
_LABEL_SIGNS = ("住", "户籍", "户口", "籍贯", "地址", "所在地")


def may_hold_places(seen: str, kind: SubjectKind) -> bool:
    """A quick look at a text as the finders see it: False when :func:`find_places` has nothing to find."""
    if any(sign in seen for sign in _LABEL_SIGNS) and (
        _LABELS[kind].search(seen) or _LIVES.search(seen)
    ):
        return True
    if kind is SubjectKind.LEGAL_ENTITY:
        return (
            any(sign in seen for sign in _HOMES)
            or ("室" in seen and _ROOM.search(seen) is not None)
            or ("村" in seen and _GROUP_OF_A_VILLAGE.search(seen) is not None)
        )
    return any(sign in seen for sign in _SETTLED) or (
        ("路" in seen or "街" in seen) and _PLACE_OF_ANYBODY.search(seen) is not None
    )


def find_places(shadow: Shadow, kind: SubjectKind) -> Iterator[Find]:
    """Addresses after labels in every row; by shape as the kind of the subject demands."""
    text = shadow.folded
    personal = kind is not SubjectKind.LEGAL_ENTITY
    for needed, pattern in ((_ANY_LABEL, _BY_LABEL[kind]), (_ANY_LIVING, _AFTER_A_VERB)):
        if needed.search(text):
            for labelled in pattern.finditer(text):
                yield found(shadow.span(*labelled.span("address")), PersonalData.ADDRESS)
    for place in _shapes(text, _PLACE_OF_ANYBODY if personal else _RESIDENTIAL):
        if _is_below_a_township(place) if personal else _is_a_home(place):
            yield found(shadow.span(*place.span()), PersonalData.ADDRESS)
    if personal and "村" in text:
        for village in _VILLAGER.finditer(text):
            yield found(shadow.span(*village.span()), PersonalData.ADDRESS)


def _shapes(text: str, needed: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Places by shape, looked for only between signs that no place holds, where something speaks for one."""
    for part in _UNBROKEN.finditer(text):
        if needed.search(text, *part.span()):
            yield from _SHAPE.finditer(text, *part.span())


def _is_a_home(place: re.Match[str]) -> bool:
    return bool(place.group("detail")) and _RESIDENTIAL.search(place.group()) is not None


def _is_below_a_township(place: re.Match[str]) -> bool:
    """A numbered place, or a village or housing estate within a named division."""
    if place.group("detail"):
        return True
    return bool(place.group("region")) and place.group("local").endswith(_SETTLEMENTS)


_SETTLEMENTS = ("村", "小区", "社区", "家属院", "公寓", "新村", "家园", "嘉园", "花园")
