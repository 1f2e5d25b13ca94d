"""What the invented records of the list benchmark are made of."""

from __future__ import annotations

import itertools

PHRASES = (
    "经查，当事人", "未取得食品经营许可", "从事餐饮服务", "销售超过保质期的食品", "在其经营场所内", "货值金额",
    "上述行为违反了", "《中华人民共和国食品安全法》第三十五条", "责令改正", "没有违法所得", "有现场检查笔录为证",
    "并处罚款人民币", "擅自占用城市道路", "未按规定设置警示标志", "排放大气污染物超标", "安全生产教育培训不到位",
    "预包装食品销售（不含冷藏冷冻食品）", "危险化学品经营", "道路普通货物运输", "公共场所卫生许可", "特种设备使用登记",
    "依据《行政许可法》第三十八条", "准予许可", "变更法定代表人", "延续有效期", "注销登记", "医疗机构执业登记",
    "建筑工程施工", "城镇污水排入排水管网", "取水许可", "林木采伐", "民办学校办学许可", "烟草专卖零售", "药品零售",
    "未建立进货查验记录制度", "产品抽样检验不合格", "虚假宣传误导消费者", "未按期公示年度报告", "无照经营",
    "超限运输车辆行驶公路", "未办理环境影响评价手续", "夜间施工产生噪声", "拒不改正", "情节轻微", "主动消除危害后果",
    "从轻处罚", "听证告知后逾期未申请", "十五日内缴纳", "申请行政复议或者提起行政诉讼", "调查终结",
    "责令停产停业整顿", "没收违法所得及非法财物", "暂扣许可证件", "消防设施未保持完好有效", "疏散通道被占用",
    "计量器具未经检定", "价格欺诈", "使用未经检验的锅炉", "生产条件发生变化", "符合法定条件", "材料齐全",
)  # fmt: skip
"""Each in about one of ten texts."""
SELDOM = "查获走私冻鹦鹉螺"
EVERY = 700_001
"""The text that only one in so many records has."""
TRADES = ("食品", "建材", "运输", "餐饮", "化工", "医药", "教育", "商贸", "农业", "机械", "纺织")
CATEGORIES = (
    "FINE", "WARNING", "CONFISCATION_OF_GAINS", "CONFISCATION_OF_PROPERTY", "PUBLIC_CRITICISM",
    "SUSPENSION_OF_BUSINESS", "SUSPENSION_OF_LICENSE", "OTHER", "REVOCATION_OF_LICENSE", "CLOSURE",
    "RESTRICTION_OF_BUSINESS", "DETENTION",
)  # fmt: skip
_FIELDS = (
    "市场监督管理", "城市管理", "交通运输", "生态环境", "卫生健康", "应急管理", "公安", "自然资源", "农业农村",
    "水利", "文化广电和旅游", "教育",
)  # fmt: skip
REGIONS = (
    "410329",
    "410300",
    "410328",
    "410311",
    "410307",
    "410327",
    "410326",
    "410105",
    "110108",
)
SHARED = [f"KYXKZ〔2019〕{n}" for n in range(200)]
"""Numbers of licenses that many share."""
_LEFT, _RIGHT = "红白青黑大小老新甜酸", "枣糕粉茶油酒钢砂纸布漆药"


def authorities() -> list[str]:
    """Seventy-two, from the busiest down."""
    places = ("", "城关", "鸣皋", "水寨", "彭婆", "高山")
    return [f"伊川县{field}局{place}" for place, field in itertools.product(places, _FIELDS)]


def goods() -> list[str]:
    """Some 7,000 words of four characters."""
    return [
        "".join(part) for part in itertools.product(_LEFT, _RIGHT, "散袋瓶", "装成", "品件箱批")
    ]


def skewed_regions() -> list[str]:
    """Divisions, as often as subjects are registered there."""
    return [region for rank, region in enumerate(REGIONS) for _ in range(3 ** max(0, 6 - rank))]
