"""Whether a penalty was decided under the simple procedure (简易程序, 当场处罚).

By which words it is recognized is the county's choice. A number has its signs (简罚, 当罚), which are everyday
words elsewhere (应当罚款); prose must name the procedure, or say that the penalty itself was imposed on the
spot: being found, ordered to stop or served on the spot says nothing.
"""

from __future__ import annotations

import re

from records.folding import fold
from records.values import Values


def simple_procedure(values: Values) -> str:
    """The fixed words that say so, or nothing."""
    number = values.get("document_number")
    if isinstance(number, str) and ("简" in number or "当" in number or "场" in number):
        if found := _IN_NUMBER.search(fold(number).translate(_NO_BRACKETS)):
            return found[0]
        if said := _said_in(number, _PROSE):
            return said
    for name, pattern in _TEXTS:
        text = values.get(name)
        if not isinstance(text, str) or not ("简" in text or "场" in text):
            continue
        if said := _said_in(text, pattern):
            return said
    return ""


def _said_in(text: str, pattern: re.Pattern[str]) -> str:
    closed_up = "".join(text.split())
    on_site = "现场处罚" in closed_up or ("现场" in closed_up and "处罚决定" in closed_up)
    if not (on_site or "简易" in closed_up or "当场" in closed_up):
        return ""
    for found in pattern.finditer(closed_up):
        said: str | None = found["simple"]
        if said:
            return next(sign for sign in _SIGNS if sign in said)
    return ""


_SIGNS = ("简易程序", "简易", "当场", "现场")
_NO_BRACKETS = str.maketrans("", "", "()")
_IN_NUMBER = re.compile(r"简(?:易|罚|处|字|决)|(?<![应适相不恰正])当(?:罚|处|字|场(?=[罚处字行]))")

_OTHER_PROCEDURE = r"(?![^。；;未不]{0,8}(?:转|改|变更)[为入成至到用]?(?:适用)?(?:普通|一般)程序)"
_IMPOSING = r"(?:作出|做出|下达|开具|出具|填写|决定|实施|执行|进行|给予|予以|处以)"
_IMPOSED = (
    rf"(?:当场(?:(?:依法|对[^，。；]{{1,8}}?)?{_IMPOSING}){{0,2}}(?:了|的|行政|简易|处)?"
    r"(?:行政)?(?:处罚|罚款|罚没|[0-9一二三四五六七八九十百千零〇两]+元(?:的)?罚款)"
    r"|当场(?:作出|做出|给予|予以|处以|决定)(?:(?!责令|告知|立案|调查|检查|陈述|询问|笔录)[^，。；]){1,14}(?:处罚|罚款)"
    rf"|当场(?:依法)?{_IMPOSING}{{1,2}}(?:了|口头|书面|行政)*警告"
    r"|当场(?:收缴|收取)(?:了|的)?罚款"
    rf"|现场(?:依法)?{_IMPOSING}{{0,2}}(?:了|的)?(?:行政)?处罚决定)"
)
_NOT = (
    r"(?:不(?:再|宜|能够?|得|应当?|该|可以?|予|会|必|是|属于?|符合|具备|满足|适合|适用|采[取用]|[依按]照?|[以用走])+"
    r"|未(?:予|曾|能|被|经|[依按]照?|适用|采[取用]|使用|[进转]入|[用走])*"
    r"|不(?=当场)|(?<![除是])非|没有|无法|难以|无需|无须|毋需|排除)"
    r"(?:对(?:其|当事人))?(?:适用|采[取用]|[进转]入)?(?:《[^》]*》)?(?:第[^，。；《]{1,8}?[条款项])*"
    r"(?:(?:中|里)?(?:的|有关|关于|规定|条件)*)?"
)
_EARLIER = r"曾经?(?:[因于在多两三][^，。；]{0,20}?)?(?:被|受到?|适用)[^，。；]{0,12}?"
_BEFORE = r"(?:此前|之前|以前|前次|上次)[已曾]?被[^，。；]{0,12}?"
_REFUSED = r"(?:拒不|拒绝|没有|未|不)(?:履行|执行|缴纳)"


def _pattern(*undoing: str) -> re.Pattern[str]:
    """Finds the words as `simple`, but not behind what undoes them."""
    said = rf"(?:简易(?:程序|处罚)|{_IMPOSED}){_OTHER_PROCEDURE}"
    return re.compile(rf"(?:{'|'.join(undoing)}){said}|(?P<simple>{said})")


_PROSE = _pattern(_NOT, _EARLIER)
_STORY = _pattern(_NOT, _EARLIER, _BEFORE, _REFUSED)
"""What a party did may be about an earlier decision; what is said of this one may not."""
_ALONE = r"(?:(?<![^，。；、,;:：（(])(?:[当现]场|简易|[当现]场处罚)(?![^，。；、,;）)]))"
_REMARK = re.compile(_PROSE.pattern.removesuffix(")") + rf"|{_ALONE})")
_TEXTS = (
    ("remark", _REMARK),
    ("facts", _STORY),
    ("violation", _STORY),
    ("penalty_name", _STORY),
    ("content", _PROSE),
    ("legal_basis", _PROSE),
)
