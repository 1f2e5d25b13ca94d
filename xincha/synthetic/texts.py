"""Building blocks of official prose: what was violated, what was found, what was decided, what is permitted."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from xincha.synthetic.prose import conditions, draw_length, inquiry


@dataclass(frozen=True, slots=True)
class Violation:
    """A kind of violation: the authority's key, what was found, and the provisions it breaks."""

    authority: str
    type: str
    finding: str
    legal_basis: str
    certificate: str


VIOLATIONS = (
    Violation(
        "market",
        "销售超过保质期的食品",
        "货架上陈列待售的部分预包装食品已超过标签标示的保质期，当事人未按规定定期检查库存食品，未及时清理变质和超过保质期的食品",
        "《中华人民共和国食品安全法》第三十四条第（十）项、第一百二十四条第一款第（五）项",
        "食品经营许可证",
    ),
    Violation(
        "market",
        "发布虚假广告",
        "在其经营场所外墙和网络店铺中发布的宣传内容使用了“国家级”“最佳”等用语，所称的检测报告和获奖情况均无依据",
        "《中华人民共和国广告法》第九条第（三）项、第五十七条第（一）项",
        "营业执照",
    ),
    Violation(
        "market",
        "未按规定公示价格",
        "经营的多种商品没有明码标价，也未在显著位置公示服务项目和收费标准，收取费用后不能提供结算清单",
        "《中华人民共和国价格法》第十三条第一款、第四十二条",
        "营业执照",
    ),
    Violation(
        "emergency",
        "未按规定进行安全生产教育和培训",
        "特种作业岗位的部分从业人员未经专门的安全作业培训即上岗作业，安全生产教育和培训档案记录不全，应急救援预案未按规定演练",
        "《中华人民共和国安全生产法》第二十八条第一款、第九十七条第（三）项",
        "安全生产许可证",
    ),
    Violation(
        "environment",
        "未采取有效防尘措施",
        "厂区内露天堆放的易产生扬尘的物料未密闭、未覆盖，除尘设施停止运行，车间顶部有明显的粉尘外逸，运输道路积尘较厚",
        "《中华人民共和国大气污染防治法》第七十二条第一款、第一百一十七条第（一）项",
        "排污许可证",
    ),
    Violation(
        "transport",
        "擅自超限运输货物",
        "其货运车辆经检测站称重，车货总质量超过核定标准，未取得超限运输车辆通行证，车厢栏板有加高改装的痕迹",
        "《公路安全保护条例》第三十三条第一款、第六十四条",
        "道路运输经营许可证",
    ),
    Violation(
        "fire",
        "消防设施配置不符合标准",
        "经营场所的疏散通道被货物占用，部分灭火器压力不足，应急照明和疏散指示标志损坏后没有修复，防火门处于常开状态",
        "《中华人民共和国消防法》第十六条第一款第（二）项、第六十条第一款第（一）项",
        "公众聚集场所投入使用许可证",
    ),
    Violation(
        "urban",
        "擅自占用城市道路",
        "在人行道上堆放经营用物品并搭建遮阳棚，影响行人通行和市容环境，经责令改正后在规定的期限内没有清理",
        "《城市道路管理条例》第二十七条第（一）项、第四十二条",
        "临时占道许可证",
    ),
    Violation(
        "health",
        "未取得健康证明从事公共场所服务工作",
        "直接为顾客服务的从业人员没有有效的健康合格证明，公共用品用具未按规定清洗消毒，消毒记录登记不完整",
        "《公共场所卫生管理条例》第七条、第十四条第一款第（二）项",
        "公共场所卫生许可证",
    ),
    Violation(
        "housing",
        "未取得施工许可证擅自施工",
        "承建的厂房工程主体已施工至二层，建设手续尚未办理完成，施工现场围挡不连续，监理记录与实际进度不符",
        "《建筑工程施工许可管理办法》第三条、第十二条",
        "建筑业企业资质证书",
    ),
    Violation(
        "land",
        "非法占用土地",
        "未经批准占用集体土地堆放砂石料并建设简易生产用房，占用的土地部分不符合土地利用总体规划",
        "《中华人民共和国土地管理法》第四十四条、第七十七条",
        "采矿许可证",
    ),
    Violation(
        "agriculture",
        "经营标签不符合规定的农药",
        "销售的农药产品标签缺少登记证号和使用范围，农药经营台账没有记录购买者和用途，部分产品来源无法说明",
        "《农药管理条例》第二十二条、第五十七条第（三）项",
        "农药经营许可证",
    ),
)

TRAFFIC = Violation(
    "traffic",
    "驾驶机动车违反道路交通信号灯通行",
    "驾驶机动车通过路口时违反交通信号灯的指示，被道路监控设备记录，车辆行驶轨迹和现场照片能够相互印证",
    "《中华人民共和国道路交通安全法》第三十八条、第九十条",
    "机动车驾驶证",
)

_OPENINGS = (
    "执法人员依法对{name}进行监督检查，",
    "根据上级交办的线索，执法人员到{name}的经营场所开展核查，",
    "在开展专项整治行动期间，执法人员对{name}进行现场检查，",
    "接到群众反映后，执法人员会同有关部门对{name}进行了调查，",
)
_EVIDENCE = (
    "以上事实有现场检查笔录、询问笔录、现场照片和当事人提供的材料为证。",
    "执法人员制作了现场笔录并拍摄了照片，当事人在场并签字确认。",
    "当事人提供了进货单据、经营台账等材料，经核对与现场情况不一致。",
    "案件承办人员调取了有关登记档案和监控录像，能够相互印证。",
    "当事人在规定期限内没有提出陈述、申辩，也没有要求听证。",
    "上述行为持续时间较短，当事人能够配合调查，如实说明情况并主动提供证据材料。",
    "执法人员依法送达了行政处罚告知书，告知当事人拟作出处罚的内容、事实、理由和依据。",
    "经查，当事人上述违法行为系首次被发现，没有造成人身伤害和重大财产损失。",
    "有关样品已依法抽样并送有资质的机构检验，检验结论已经告知当事人。",
    "当事人已经制定整改方案，承诺在规定的期限内完成整改，并接受后续复查。",
)
_ROAD_EVIDENCE = (
    "以上事实有监控图像、车辆轨迹和当事人的陈述为证。",
    "当事人对违法行为发生的时间、地点和经过没有异议。",
    "执法人员核对了驾驶证、行驶证和登记信息，与当事人的陈述一致。",
    "执法人员依法告知当事人拟作出处罚的内容、事实、理由和依据。",
    "当事人在规定期限内没有提出陈述、申辩，也没有要求听证。",
    "该路口的交通标志、标线和信号灯设置规范，能够清晰辨认。",
)
FULL_PROCEDURE = "本案不适用简易程序，经负责人批准立案后依照普通程序调查终结。"
"""Names the simple procedure to say that it was not used: no reason to hide the record."""
_CONCLUSION = "综上，当事人的行为已构成{type}的违法行为，应当依法予以处理。"
MIN_FACTS, MAX_FACTS = 150, 400
_LONGEST = max(map(len, _EVIDENCE))

LICENSE_ITEMS = (
    ("market", "食品经营许可证", "食品经营许可", "预包装食品销售（含冷藏冷冻食品）、散装食品销售、热食类食品制售"),
    ("market", "食品生产许可证", "食品生产许可", "粮食加工品、调味品、糕点的生产，具体品种以食品生产许可品种明细表为准"),
    ("emergency", "危险化学品经营许可证", "危险化学品经营许可", "汽油、柴油的零售经营，经营方式为带有储存设施的经营"),
    ("transport", "道路运输经营许可证", "道路货物运输经营许可", "道路普通货物运输、货物专用运输（集装箱），车辆应当按期检测和年审"),
    ("health", "公共场所卫生许可证", "公共场所卫生许可", "住宿场所（宾馆）、美容美发场所、沐浴场所的卫生许可"),
    ("environment", "排污许可证", "排污许可", "按照排污许可证载明的排放口位置、污染物种类、排放浓度和排放量排放污染物"),
    ("urban", "城镇污水排入排水管网许可证", "城镇污水排入排水管网许可", "向城镇排水设施排放经预处理达标的污水"),
    ("housing", "建筑工程施工许可证", "建筑工程施工许可", "厂房、仓库及附属设施工程的施工，合同工期以施工合同为准"),
    ("agriculture", "动物防疫条件合格证", "动物防疫条件审查", "生猪、肉牛的规模养殖，养殖场选址、布局和设施符合动物防疫条件"),
    ("approval", "营业执照", "企业登记", "准予设立登记，经营范围以登记机关核定的内容为准，依法须经批准的项目经批准后方可开展经营活动"),
)  # fmt: skip
PERSON_LICENSE = (
    "transport",
    "道路运输从业人员从业资格证",
    "道路运输从业资格许可",
    "准予从事经营性道路旅客运输、货物运输的驾驶工作",
)
WORK_LICENSE = (
    "emergency",
    "特种作业操作证",
    "特种作业操作资格许可",
    "准予从事低压电工作业、熔化焊接与热切割作业",
)
_LICENSE_ENDINGS = (
    "申请人提交的材料齐全，符合法定形式和条件。",
    "经书面审查和现场核查，符合法定条件和标准，现予以许可。",
    "被许可人应当在许可的范围和有效期内从事活动，自觉接受监督检查。",
    "许可有效期届满需要延续的，应当在届满三十日前提出申请。",
)


def draw_facts_length(rng: Random, mean: int, *others: str) -> int:
    """How long the facts should be for all texts of a row together to have `mean` characters; 0 for 0."""
    return max(draw_length(rng, mean) - sum(map(len, others)), 1) if mean else 0


def facts(rng: Random, violation: Violation, name: str, planted: str, length: int = 0) -> str:
    """The facts of a penalty with the planted sentence inside: about `length` characters, or 150 to 400."""
    parts = [rng.choice(_OPENINGS).format(name=name), f"发现{violation.finding}。", planted]
    conclusion = _CONCLUSION.format(type=violation.type)
    written = len(conclusion) + sum(map(len, parts))
    if length:
        parts += inquiry(rng, length - written)
    else:
        target = rng.randrange(MIN_FACTS, MAX_FACTS - _LONGEST)
        evidence = _ROAD_EVIDENCE if violation is TRAFFIC else _EVIDENCE
        for sentence in rng.sample(evidence, len(evidence)):
            if written >= target:
                break
            parts.append(sentence)
            written += len(sentence)
    parts.append(conclusion)
    return "".join(parts)


def license_content(
    rng: Random, item: str, scope: str, name: str, planted: str, mean: int = 0
) -> str:
    """The main content of a license decision with the planted sentence inside; `mean`: characters, or 0."""
    endings = "".join(rng.sample(_LICENSE_ENDINGS, 2))
    opening = f"准予{name}{item}：{scope}。{planted}"
    if not mean:
        return opening + endings
    rest = draw_length(rng, mean) - len(opening) - len(endings)
    return "".join((opening, *conditions(rng, rest), endings))
