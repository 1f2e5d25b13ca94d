"""The one table of organization forms, and what names of people look like.

A name is evidence of an organization only when a form stands at its very end with enough before it.
What is not recognized here is treated as a person, so the table may be long but never loose.
"""

from __future__ import annotations

import re

from records.characters import INVISIBLE, MIDDLE_DOTS
from records.surnames import COMPOUND, PLACES_LIKE_NAMES, SINGLE
from records.vocabulary import SubjectKind
from records.widths import nfkc

_ORGANIZATIONS = """
公司 集团 厂 工厂 总厂 分厂 车间 企业 合伙企业 株式会社 合作社 联合社 联合总社 信用社 供销社 联社 总社 分社 农场 林场 牧场
渔场 猪场 养殖场 屠宰场 石料场 采石场 砂石场 搅拌站 场 市场 商场 广场 交易所 煤矿 铁矿 矿 电站 水电站 变电站 加油站 加气站
充电站 服务站 检测站 收购站 工作站 监测站 车站 客运站 站 水库 水厂 电厂 药厂 粮库 仓库 报社 杂志社 出版社 通讯社 旅行社
福利社 社 银行 支行 分行 储蓄所 分理处 营业厅 营业室 信托 基金 律师事务所 会计师事务所 事务所 公证处 仲裁委员会 基层法律服务所
法律服务所 司法所 派出所 交警队 研究所 看守所 卫生所 国土所 所 研究院 设计院 规划院 科学院 医院 卫生院 中医院 保健院 妇幼保健院
法院 检察院 学院 敬老院 养老院 福利院 剧院 影院 干休所 院 局 分局 厅 委员会 管理委员会 管委会 村民委员会 居民委员会 村委会
居委会 联合会 理事会 协会 学会 商会 研究会 促进会 基金会 工会 工会联合会 校友会 同乡会 校 学校 小学 中学 高中 大学 党校
培训学校 驾校 幼儿园 托儿所 实验园 动物园 公园 产业园 科技园 开发区 管理区 示范区 政府 人民政府 街道办 办事处 街道办事处
办公室 党委 党支部 党总支 支部 总支 机关 大队 支队 总队 中队 消防队 救援队 工程队 施工队 运输队 车队 指挥部 项目部 经理部
事业部 分部 总部 中心 服务中心 博物馆 图书馆 文化馆 体育馆 殡仪馆 档案馆 展览馆 美术馆 纪念馆 文化站 兽医站 广播站 气象站
气象台 电视台 电台 民兵连 村民小组 村民组 居民小组 生产队 经济联合社 经济合作社 股份经济合作社 股份经济联合社 专业合作社
寺 庙 宫观 道观 清真寺 教堂 基督教会 福音堂 祠堂 禅寺 古寺 代表处 联络处 管理处 收费处 业主委员会 业主大会 物业 管理所 服务所
卫生室 医务室 卫生服务站 康复中心 救助站 殡仪服务站 供电所 自来水厂 污水处理厂 联盟 代办处 营业处 经营处 分销处 工程处 事业处 业务处 施工处
工务段 供电段 机务段 电务段 车务段 公路段 安装队 装卸队 建筑队 测绘队 地质队 油库 基地 促进中心 咨询中心
"""

_SHOPS = """
店 商店 饭店 酒店 药店 书店 花店 鞋店 服装店 理发店 美发店 便利店 专卖店 批发店 零售店 五金店 粮油店 烟酒店 食品店 副食店
百货店 维修店 快餐店 面店 分店 连锁店 旗舰店 馆 饭馆 餐馆 面馆 茶馆 宾馆 旅馆 照相馆 烩面馆 羊肉馆 美容馆 坊 工坊 作坊
豆腐坊 面坊 油坊 酒坊 美容坊 铺 药铺 肉铺 杂货铺 修车铺 当铺 部 经营部 服务部 小卖部 门市部 营业部 修理部 维修部 加工部
批发部 零售部 经销部 销售部 小吃部 商贸部 门诊部 制作部 装饰部 租赁部 商行 车行 琴行 花行 粮行 米行 鞋行 药行 布行 茶行
水果行 果行 酒行 烟酒行 电器行 电料行 五金行 家具行 家电行 器材行 建材行 轮胎行 贸易行 洋行 批发行 经营行 服装行 拍卖行 超市
百货 百货超市 生活超市 便民超市 量贩 饭庄 山庄 度假村 酒楼 茶楼 影楼 食府 酒家 餐厅 茶餐厅 歌厅 舞厅 网吧 酒吧 氧吧 书吧
水吧 网咖 咖啡厅 咖啡馆 茶社 茶室 棋牌室 活动室 工作室 美容室 画室 药房 大药房 诊所 口腔诊所 中医诊所 会所 足浴城 洗浴城
美食城 家具城 建材城 电脑城 灯饰城 服装城 浴池 洗浴 洗浴中心 足浴 足疗 美容院 养生馆 健身房 俱乐部 游戏厅 电玩城 招待所 旅社
客栈 民宿 农家乐 农家院 家庭农场 养殖基地 种植基地 种植园 采摘园 果园 苗圃 鱼塘 加工点 收购点 销售点 服务点 经营点 门市 柜台
代销点 直销点 报刊亭 邮亭 亭 总汇 商城 鞋城 食堂 厨房 酒坊 家具店 早点铺 布庄 客栈 浴室 洗车行 洗车店 修车店 理发室 门面
摊位 档口 专柜 小吃 小吃店 早餐店 烧烤店 火锅店 汽修 汽修厂 修理厂 加工厂 家具厂 面粉厂 砖厂 木器厂 石材厂 塑料厂 经销处
批发处 代理处 经理处 门业 托管班 辅导班 补习班 培训班 书屋 画廊 影院吧 婚庆 照相 打字社 复印社 装饰社 广告社 商社 车社
"""

KIND_OF_FORM: dict[str, SubjectKind] = {
    **dict.fromkeys(_ORGANIZATIONS.split(), SubjectKind.LEGAL_ENTITY),
    **dict.fromkeys(_SHOPS.split(), SubjectKind.INDIVIDUAL_BUSINESS),
}
"""Form at the end of a name → what it is where no code says so."""

_LENGTHS = {
    last: sorted({len(form) for form in KIND_OF_FORM if form[-1] == last}, reverse=True)
    for last in {form[-1] for form in KIND_OF_FORM}
}
"""Last character of a form → how long forms that end in it are."""
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SHORTEST_NAME = 5
_BEFORE_A_FORM = 2
_UNSEEN = re.compile(rf"[{INVISIBLE}]+")
_PARTNERSHIP = re.compile(r"\((?:有限合伙|普通合伙|特殊普通合伙)\)$")
"""What the name of a partnership must end in (合伙企业法): part of the form, no note."""
_JOINS = re.compile(r"[、，,;；:：/|\s]|[)\]】〕」》.。]$")
_SUFFIX = "省市县区镇乡村州"
_GIVEN = rf"(?![家各官{_SUFFIX}])[\u3400-\u9fff](?:(?![{_SUFFIX}])[\u3400-\u9fff])??"
_PERSON = (
    rf"(?:(?:{'|'.join(sorted(COMPOUND))}|[{''.join(sorted(SINGLE))}]){_GIVEN}"
    rf"|[\u3400-\u9fff]{{1,8}}[{MIDDLE_DOTS}][\u3400-\u9fff]{{1,6}}?)"
)
_DIVISION = (
    rf"(?:(?![{_SUFFIX}族治])[\u3400-\u9fff]){{2,4}}?"
    r"(?:省|(?<![城都门超夜早花菜集楼股上])市(?![场政民立])|县|(?<![业发新技税范园小社验假作商景理城山库矿林厂地])区(?![域块])"
    r"|(?<![城古小])镇|(?<![城家老故之])乡(?!村)|(?<![农新度])村(?!镇))"
)
"""The characters before 市, 区, 镇, 乡 and 村 that make words of them, no names: 超市, 开发区, 城镇."""
_TIE = "(?:与|和|及|跟|同|诉|原|现?住|在|于|是|为|向|对|被|从|到|来自|[现时原曾]?任|[现原]系|[现原]在)?"
_BESIDE_A_PLACE = re.compile(rf"^{_PERSON}{_TIE}{_DIVISION}")
_BUSY = re.compile(
    rf"^{_PERSON}(?:(?:现|曾|原|时|兼)?(?:就职|任职|供职|任教|务工|打工|受雇|工作(?!室|站))"
    r"|(?:现|家|租|居|暂)住|户籍|籍贯|起?诉|与)"
)
_TELLS_OF_A_PERSON = re.compile(
    r"的|^[\u3400-\u9fff]{2,4}(?:系(?![统列])|在(?!线)|经营(?!部|中心|管理|店|点|行)|开办|开设|承包|自建|所开|驾驶|雇)"
)
_LIKE_A_GIVEN_NAME = frozenset(
    ["大学", "中学", "小学", "高中", "学会", "联盟", "信托", "机关", "基地"]
)
_COMPOUND_AND_GIVEN = 4


def plain_name(name: str) -> str:
    """Half width, without invisible characters and outer white space."""
    if _HAN.fullmatch(name):
        return name
    plain = _UNSEEN.sub("", nfkc(name)).strip()
    return _PARTNERSHIP.sub("", plain)


def form_of(name: str) -> str:
    """The organization form at the end of a name, or "".

    A form of one character needs a name of five, a longer one two characters before it. Names that hold
    separators or white space, or end in a bracket, have none: they are as often notes about a person.
    """
    plain = plain_name(name)
    form = _longest_form(plain)
    if not form or _is_a_compound_name(plain, form):
        return ""
    return "" if _JOINS.search(plain) or _tells_of_a_person(plain) else form


def _longest_form(plain: str) -> str:
    for length in _LENGTHS.get(plain[-1:], ()):
        needed = _SHORTEST_NAME if length == 1 else length + _BEFORE_A_FORM
        if len(plain) >= needed and plain[-length:] in KIND_OF_FORM:
            return plain[-length:]
    return ""


def has_organization_form(name: str) -> bool:
    """Whether the name ends in an organization form; see :func:`form_of`."""
    return bool(form_of(name))


def holds_a_note(name: str) -> bool:
    """Whether it is more than a name: separators, white space, a bracket at the end, or a sentence.

    张伟，系某公司; 李记饭店（王五）; 张三在城关镇开的店. White space in a foreign company's name is none.
    """
    plain = plain_name(name)
    if _LATIN_NAME.fullmatch(plain) and _LATIN_FORM.search(plain):
        return False
    return _JOINS.search(plain) is not None or _tells_of_a_person(plain)


def _tells_of_a_person(plain: str) -> bool:
    if _tells_of_work_or_home(plain):
        return True
    found = _TELLS_OF_A_PERSON.search(plain)
    return found is not None and (found.group() == "的" or plain[0] in SINGLE)


def _tells_of_work_or_home(plain: str) -> bool:
    """孙晓梅就职于某厂, 孙晓梅住城关镇政府: a name, then what only follows a person; not 洛阳伊川县某厂."""
    if begins_with_a_place(plain):
        return False
    return _is_busy(plain) or _BESIDE_A_PLACE.match(_CALLED.sub("", plain)) is not None


def begins_with_a_place(plain: str) -> bool:
    """Whether a name begins as names of bodies do that look like a person's: 伊川县局."""
    return any(plain[:length] in PLACES_LIKE_NAMES for length in (2, 3, 4))


def _is_busy(plain: str) -> bool:
    return _BUSY.match(_CALLED.sub("", plain)) is not None


def _is_a_compound_name(plain: str, form: str) -> bool:
    """欧阳大学: a compound surname and a given name."""
    return (
        form in _LIKE_A_GIVEN_NAME and plain[:2] in COMPOUND and len(plain) <= _COMPOUND_AND_GIVEN
    )


_APPENDED = re.compile(
    r"[(\[【〔<《][^)\]】〕>》]*[)\]】〕>》]?$|等(?:\d+|[一二三四五六七八九十两]+)?[人名位户]?.{0,2}$|[*某\d]+$"
)
_SEPARATORS = re.compile(r"[、，,;；/|]+")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
_DOTTED_NAME = re.compile(
    rf"[\u3400-\u9fffA-Z]{{1,12}}(?:[{MIDDLE_DOTS}.][\u3400-\u9fffA-Z]{{1,12}})+", re.IGNORECASE
)
_LATIN_NAME = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:[\s.'’-]+[^\W\d_\u3400-\u9fff]+){0,4}\.?")
_LATIN_FORM = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|corp|corporation|co|company|gmbh|ag|plc|s\.?a\.?|b\.?v\.?|k\.?k\.?|pty|group|"
    r"association|foundation|university|bank|holdings?|international|institute)\b\.?",
    re.IGNORECASE,
)


def looks_like_person_name(name: str) -> bool:
    """Whether a name, or each of several, is the bare name of a person: 张三, 欧阳小店, 阿依古丽·买买提.

    Two to four Han characters that begin with a surname, names with a middle dot, and Latin words
    without a company form. Appended notes (brackets, 等5人) are left aside.
    """
    parts = [p for p in _SEPARATORS.split(plain_name(name)) if p.strip()]
    return bool(parts) and all(_looks_like_one(part.strip()) for part in parts)


def _looks_like_one(name: str) -> bool:
    bare = _APPENDED.sub("", name) or name
    squeezed = re.sub(r"\s+", "", bare)
    if form_of(squeezed):
        return False
    if _HAN_NAME.fullmatch(squeezed):
        if len(squeezed) >= _SHORTEST_WITH_A_FORM and squeezed[-1] in _NO_GIVEN_NAME:
            return False
        return squeezed[0] in SINGLE or squeezed[:2] in COMPOUND
    if _DOTTED_NAME.fullmatch(squeezed) and not _LATIN_FORM.search(bare):
        return True
    return bool(_LATIN_NAME.fullmatch(bare)) and not _LATIN_FORM.search(bare)


_CALLED = re.compile(
    r"^(?:中国公民|公民|自然人|个人|当事人|被处罚人|行政相对人|相对人|村民|居民|原告人?|被告人?|姓名|本人)[:\s]*"
)
_ADDRESSED = re.compile(
    r"(?:先生|女士|小姐|同志|师傅|老师|夫妇|夫妻|夫妻俩|兄弟|姐妹|父子|父女|母子|母女|一家|本人|[×X○〇]{1,2})$"
)
_SHORT_FORMS = frozenset("寺庙庵祠局院校厂站所社")
_NO_GIVEN_NAME = frozenset("局办")
"""税务局, 金融办: what authorities are called in short begins like a name and ends as none does."""
_SHORTEST_WITH_A_FORM = 3


def stands_for_a_person(name: str) -> bool:
    """Whether a name without organization form is a person's, with what people are called before or after.

    孙晓梅, 孙晓梅夫妇, 中国公民孙晓梅, 孙某某, 孙晓梅(原告), 孙晓梅就职于某厂; not 白马寺, which ends as short names of bodies do.
    """
    plain = plain_name(name)
    if form_of(plain) or _has_a_short_form(plain):
        return False
    if _is_busy(plain):
        return True
    bare = _CALLED.sub("", plain) or plain
    for pattern in (_APPENDED, _ADDRESSED, _APPENDED):
        bare = pattern.sub("", bare) or bare
    return looks_like_person_name(bare) or (bare in SINGLE | COMPOUND and bare != plain)


def _has_a_short_form(plain: str) -> bool:
    return (
        _HAN_NAME.fullmatch(plain) is not None
        and len(plain) >= _SHORTEST_WITH_A_FORM
        and plain[-1] in _SHORT_FORMS
    )


_ABOUT_THE_OPERATOR = re.compile(
    r"[()\[\]【】〔〕]|个体(?:工商户|经营户|户|经营)?|经营者|经营户|业主|负责人|本人|[:：]"
)
_SQUEEZED = re.compile(rf"[\s{MIDDLE_DOTS}.-]+")


def names_its_operator(name: str, legal_representative: str) -> bool:
    """Whether a business has only its operator's name: 张三, 张 三, 张三（个体工商户）."""
    operator = _squeezed(legal_representative)
    return bool(operator) and operator in {
        _squeezed(name),
        _squeezed(_ABOUT_THE_OPERATOR.sub("", plain_name(name))),
        _squeezed(_APPENDED.sub("", plain_name(name))),
    }


def _squeezed(name: str) -> str:
    return _SQUEEZED.sub("", plain_name(name)).upper()
