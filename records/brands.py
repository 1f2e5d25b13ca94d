"""Whether two names of organizations have the same distinctive part: 字号, between region and industry.

洛阳市恒通建材有限公司 and 伊川县恒通商贸有限公司 have, 恒通建材 and 盛达建材 have not. Asked only about names
under one code, so it may be generous.
"""

from __future__ import annotations

import re
from functools import lru_cache

from records.folding import fold
from records.organization_forms import form_of
from records.surnames import PLACES_LIKE_NAMES

_SHORTEST = 2
_BRACKETS = re.compile(r"\([^()]*\)")
_COMPANY = re.compile(
    r"(?:(?:控股)?集团)?(?:股份有限|有限责任|有限|股份合作|股份|责任|控股|总|分|子)*(?:集团|公司)$"
)
_REGION = re.compile(
    r"^(?:[\u3400-\u9fff]{2,6}?(?:省|自治区|自治州|自治县)|[\u3400-\u9fff]{1,4}?(?:市(?!场)|县|区(?!域)|州市)"
    r"|[\u3400-\u9fff]{2,4}?(?:镇|乡|街道|村))"
)
_NATION = re.compile("^(?:中华人民共和国|中国)")
_TRADES = """
建材 建筑 建设 建筑工程 建设工程 建筑安装 工程 装饰 装饰工程 装修 安装 劳务 劳务服务
商贸 贸易 商业 经贸 工贸 物资 物流 运输 货运 客运 汽车运输 汽车 汽车销售 汽车服务 汽修
配件 机械 机械设备 机械制造 设备 机电 电器 电气 电子 电力 电子科技 科技 信息 信息技术
信息科技 网络 网络科技 软件 智能 智能科技 技术 技术服务 农业 农业科技 农业发展 生态
生态农业 种植 养殖 种植养殖 畜牧 牧业 林业 园林 园林绿化 绿化 环保 环保科技 环境
环境工程 能源 新能源 燃气 石油 石化 化工 矿业 煤业 煤炭 钢铁 金属 有色金属 铝业 铸造
耐火材料 材料 新材料 陶瓷 水泥 混凝土 商砼 塑料 橡胶 包装 印务 印刷 纸业 纺织 服装
服饰 鞋业 家具 家居 木业 门窗 玻璃 食品 粮油 粮食 饮品 饮料 酒业 餐饮 餐饮服务
餐饮管理 酒店 酒店管理 旅游 旅游开发 文化 文化传媒 文化传播 传媒 广告 广告传媒 教育
教育科技 教育咨询 培训 咨询 管理咨询 企业管理 企业管理咨询 管理 房地产 房地产开发 置业
地产 物业 物业管理 物业服务 投资 投资管理 担保 融资担保 小额贷款 典当 资产管理 医药 药业
医疗 医疗器械 大药房 生物 生物科技 健康 服务 家政 家政服务 保安 保安服务 人力资源 开发
发展 实业 产业 制造 制品 加工 销售 经营 零售 批发 百货 超市 连锁 电子商务 供应链
供应链管理 再生资源 废旧物资 水务 供水 热力 检测 测绘 设计 规划设计 勘察 监理 造价 拍卖
租赁 通信 通讯 珠宝 工艺品 日用品 化妆品 美容 五金 烟酒 副食 茶业 花卉 水产 果业 蔬菜
烩面 面 饭 酒 药
"""
_INDUSTRIES = tuple(sorted(_TRADES.split(), key=len, reverse=True))


def same_brand(first: str, second: str) -> bool:
    """Whether two public names are those of one bearer by their distinctive parts."""
    one, other = sorted((brand(first), brand(second)), key=len)
    return other == one or (len(one) >= _SHORTEST and other.startswith(one))


@lru_cache(maxsize=4_096)
def brand(name: str) -> str:
    """The distinctive part of a name, folded: without region, industry and organization form.

    What is left after each cut has two characters at least, so a name without a distinctive part keeps
    what comes nearest to one.
    """
    plain = _BRACKETS.sub("", folded) if _BRACKETS.sub("", folded := fold(name)) else folded
    return _without_industry(_without_region(_without_form(plain)))


def _without_form(name: str) -> str:
    cut = _COMPANY.sub("", name)
    if cut == name:
        cut = name.removesuffix(form_of(name)) if form_of(name) else name
    return cut if len(cut) >= _SHORTEST else name


def _without_region(name: str) -> str:
    while True:
        cut = _NATION.sub("", name)
        cut = _REGION.sub("", cut) if cut == name else cut
        if cut == name:
            place = next((name[:n] for n in (4, 3, 2) if name[:n] in PLACES_LIKE_NAMES), "")
            cut = name.removeprefix(place)
        if cut == name or len(cut) < _SHORTEST:
            return name
        name = cut


def _without_industry(name: str) -> str:
    while True:
        ends = (word for word in _INDUSTRIES if name.endswith(word))
        cut = next((name.removesuffix(word) for word in ends if len(name) - len(word) >= 2), name)
        if cut == name:
            return name
        name = cut
