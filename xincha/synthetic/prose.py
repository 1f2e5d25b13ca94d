"""Sentences without end, no two alike: what makes the texts of a benchmark as long as asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

_INQUIRY = (
    "{month}月{day}日，执法人员对{place}进行了检查，制作检查笔录{few}页，拍摄照片{some}张。",
    "从{place}抽取{item}{few}份，经检验，{some}项指标中有{few}项不符合标准要求。",
    "当事人提供了{paper}等材料共{some}份，执法人员逐一核对并复印留存。",
    "调取的{paper}显示，{year}年{month}月至案发，共发生相关业务{many}笔，涉及金额{money}元。",
    "{place}内存放{item}{many}件，其中{some}件没有标签，{few}件超出登记的数量。",
    "经询问，当事人承认{item}自{year}年{month}月起存放于{place}，没有留存进货查验记录。",
    "执法人员于{month}月{day}日发出责令改正通知书，要求{few}日内清理{place}并补齐{paper}。",
    "复查时{place}的{item}仍有{some}件没有处理，{paper}也没有补齐。",
    "鉴定意见认为{item}的实际数量为{many}件，与{paper}记载的{some}件不一致。",
    "当事人对检查结果提出异议，经复核{paper}和{place}的监控记录，异议不成立。",
    "上述{item}货值金额{money}元，当事人已售出{some}件，其余在{place}就地封存。",
    "案件调查期间，当事人主动整改，投入{money}元更新了{place}的设施。",
)
_CONDITIONS = (
    "核定{place}面积{many}平方米，{item}年设计能力{many}吨。",
    "{item}的登记数量为{many}件，变动超过{some}件的应当在{few}日内办理变更。",
    "被许可人应当妥善保存{paper}，保存期限不少于{few}年。",
    "{place}应当配备专职管理人员{few}名，每{some}日检查一次并填写{paper}。",
    "经现场核查，{place}符合要求，{paper}齐全，核查意见于{month}月{day}日出具。",
    "{item}的储存应当与{place}分开设置，间距不小于{some}米。",
    "每年{month}月{day}日前报送上一年度{paper}和{item}的流向统计。",
    "本许可附{paper}一份共{few}页，与本决定同时生效。",
)
_PLACES = (
    "经营场所", "生产车间", "原料仓库", "成品仓库", "配电室", "冷藏间", "加工区", "装卸区",
    "办公区", "厂区东侧堆场", "一号库房", "二号库房", "营业大厅", "检测室", "危废暂存间", "地磅房",
)  # fmt: skip
_ITEMS = (
    "预包装食品", "散装食品", "食品添加剂", "建筑材料", "化学试剂", "劳动防护用品", "消防器材", "包装材料",
    "农用物资", "机械配件", "电气设备", "计量器具", "一次性用品", "清洗剂", "标签样张", "砂石骨料",
)  # fmt: skip
_PAPERS = (
    "进货台账", "销售台账", "检验报告", "培训记录", "设备维护记录", "隐患排查台账", "出入库单据", "采购合同",
    "称重记录", "环境监测报告", "应急演练记录", "质量承诺书", "巡查日志", "运行记录", "委托协议", "整改报告",
)  # fmt: skip
_HALF_A_SENTENCE = 19


def draw_length(rng: Random, mean: int) -> int:
    """A length between half and one and a half times the mean."""
    return int(mean * (0.5 + rng.random()))


def inquiry(rng: Random, length: int) -> Iterator[str]:
    """Sentences on how a case was looked into, about `length` characters in all."""
    return _sentences(rng, _INQUIRY, length)


def conditions(rng: Random, length: int) -> Iterator[str]:
    """Sentences on the conditions of a license, about `length` characters in all."""
    return _sentences(rng, _CONDITIONS, length)


def _sentences(rng: Random, patterns: Sequence[str], length: int) -> Iterator[str]:
    draw = rng.random
    while length > _HALF_A_SENTENCE:
        sentence = patterns[int(draw() * len(patterns))].format(
            place=_PLACES[int(draw() * len(_PLACES))],
            item=_ITEMS[int(draw() * len(_ITEMS))],
            paper=_PAPERS[int(draw() * len(_PAPERS))],
            few=int(draw() * 9) + 1,
            some=int(draw() * 90) + 10,
            many=int(draw() * 9000) + 100,
            money=f"{draw() * 90000 + 500:.2f}",
            year=2020 + int(draw() * 6),
            month=int(draw() * 12) + 1,
            day=int(draw() * 28) + 1,
        )
        length -= len(sentence)
        yield sentence
