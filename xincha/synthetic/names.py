"""Invented names: places, authorities, organizations and people.

The characters of people's given names (:data:`GIVEN`) occur in no other name of this module, so that a
planted person's name found anywhere in an answer is a leak and never chance. Operators whose name is
part of a registered trade name, and so stays readable, draw from :data:`SHOP_GIVEN` instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SURNAMES = tuple(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
)
COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟")
GIVEN = tuple(
    "伟磊婷娟鹏倩敏静涛勇杰艳霞刚琳玲芬莉颖雯晶瑶璐琪琼蓉薇梅菊妍彬斌辉翔旭晖炜烨煜焱淼垚"
)
SHOP_GIVEN = tuple("铁柱栓牛喜运全根锁社")

CORES_FIRST = tuple(
    "鑫隆盛源泰恒瑞祥丰顺达通宏昌旺福万兴裕聚诚信和德华宇嘉锦博远豫伊洛中原天永金玉春秋"
)
CORES_SECOND = tuple(
    "茂昊晟淇润禾阳腾航创益民康安宁悦佳味鲜香园居轩阁缘龙凤麒麟鹤松柏桦峰岭川江河湖"
)
LETTER_CORES = ("E家", "TOP星", "A+", "7天", "Hi尚", "K11", "Q味")
TRADES = (
    "建材", "商贸", "食品", "餐饮管理", "农业科技", "机械制造", "新材料", "建筑工程", "运输", "物流", "房地产开发",
    "电子科技", "环保科技", "医药", "化工", "矿业", "水泥", "磨料磨具", "耐火材料", "置业", "园林绿化", "劳务", "传媒",
    "信息技术", "装饰工程", "养殖", "种植", "畜牧", "酒业", "陶瓷", "家具", "服饰", "汽车销售", "加油站管理",
)  # fmt: skip
COMPANY_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "有限公司伊川分公司", "集团有限公司")
SHOP_TRADES = (
    "副食店", "烟酒店", "烧烤店", "面馆", "理发店", "五金店", "家电维修部", "汽车修理厂", "便利店", "超市", "药店", "服装店",
    "早餐店", "水果店", "饲料店", "诊所", "足浴店", "宾馆", "洗车行", "蛋糕店", "火锅店", "羊肉汤馆", "粮油门市部", "化妆品店",
    "手机店", "砂石厂",
)  # fmt: skip
COLLECTIVES = ("股份经济合作社", "村民委员会")
COUNTY_PLACES = {
    "410329": (
        "伊川县",
        "伊",
        ("城关街道", "鸣皋镇", "水寨镇", "彭婆镇", "白沙镇", "高山镇", "吕店镇", "半坡镇", "白元镇", "平等乡"),
    ),
}  # fmt: skip
_ANY_COUNTY = (
    "示范县",
    "示",
    ("城关镇", "东关镇", "西关镇", "南关镇", "北关镇", "河口镇", "石桥镇", "平原乡"),
)
VILLAGES = (
    "杨楼", "申坡", "石磙", "柳湾", "枣园", "槐树洼", "下元", "古城寨", "小庄", "窑沟",
    "土门", "王庄", "黄兑", "段湾", "邢坡", "常岭", "罗村", "夏堡", "纸房", "程庄",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A county: its name, the sign in decision numbers, its townships."""

    region: str
    county: str
    sign: str
    townships: tuple[str, ...]


def place_of(region: str) -> Place:
    """The county of a division code (GB/T 2260); an invented one for codes not listed here."""
    county, sign, townships = COUNTY_PLACES.get(region, _ANY_COUNTY)
    return Place(region, county, sign, townships)


def person_name(rng: Random) -> tuple[str, str]:
    """An invented person's name and its surname."""
    surname = rng.choice(COMPOUND_SURNAMES) if rng.random() < 0.03 else rng.choice(SURNAMES)
    given = rng.choice(GIVEN) + (rng.choice(GIVEN) if rng.random() < 0.8 else "")
    return surname + given, surname


def shop_owner_name(rng: Random) -> tuple[str, str]:
    """The name of an operator who trades under it, and its surname."""
    surname = rng.choice(SURNAMES)
    return surname + rng.choice(SHOP_GIVEN) + rng.choice(SHOP_GIVEN), surname


def company_name(rng: Random, place: Place) -> str:
    """Region, core, trade and form; sometimes the region in brackets."""
    form = rng.choice(COMPANY_FORMS).replace("伊川", place.county.removesuffix("县"))
    brand, trade = _core(rng), rng.choice(TRADES)
    match rng.randrange(8):
        case 0:
            return f"{brand}（{place.county.removesuffix('县')}）{trade}{form}"
        case 1:
            return f"河南{brand}{trade}{form}"
        case 2 | 3:
            return f"洛阳{brand}{trade}{form}"
        case _:
            return f"{place.county}{brand}{trade}{form}"


def shop_name(rng: Random, place: Place, brand: str = "") -> str:
    """An individual business: county, often township, core, trade and form."""
    township = rng.choice(place.townships) if rng.random() < 0.6 else ""
    return f"{place.county}{township}{brand or _core(rng)}{rng.choice(SHOP_TRADES)}"


def cooperative_name(rng: Random, place: Place) -> str:
    """A farmers' cooperative (93)."""
    return f"{place.county}{_core(rng)}{rng.choice(('种植', '养殖', '农机', '果蔬'))}专业合作社"


def collective_name(rng: Random, place: Place) -> str:
    """A village collective (N2) or village committee (54)."""
    return f"{place.county}{rng.choice(place.townships)}{rng.choice(VILLAGES)}村{rng.choice(COLLECTIVES)}"


def institution_name(rng: Random, place: Place) -> str:
    """A public institution (12)."""
    return f"{place.county}{rng.choice(place.townships)}{rng.choice(('中心小学', '初级中学', '卫生院', '敬老院'))}"


def society_name(rng: Random, place: Place) -> str:
    """A private non-enterprise unit (52)."""
    return f"{place.county}{_core(rng)}{rng.choice(('幼儿园', '职业培训学校', '养老服务中心'))}"


def _core(rng: Random) -> str:
    if rng.random() < 0.02:
        return rng.choice(LETTER_CORES)
    core = rng.choice(CORES_FIRST) + rng.choice(CORES_SECOND)
    return core + rng.choice(CORES_SECOND) if rng.random() < 0.25 else core
