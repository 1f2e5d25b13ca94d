"""Columns that say which rows are not for the public: none of them may be lost or passed over in silence."""

from __future__ import annotations

import re

from loaders.generations import Generation
from loaders.headers import Header, read_header
from records.dataset import Dataset

LIMITING_FIELDS = frozenset(["usage_scope", "status", "public_limit"])
"""信息使用范围, 当前状态, 公示截止期: a blank one lets a row be published, or published longer."""

_SHOW = "公[开開示布]|共享|披露"
_MAY_LIMIT = re.compile(
    rf"(?:使用|{_SHOW})(?:[范範].|类[型别]|属性|方式|级别|等级|权限|[状狀][态態]|[标標][志識识记]|与否|否|情况)"
    rf"|(?:[是可能]否|不予?|暂缓|非|免予?|限制|禁止).{{0,6}}?(?:{_SHOW})(?!期|[时日]|[网链])"
    rf"|^(?:[对向]?(?:外|社会))?(?:主动)?[予可]?(?:{_SHOW})(?![\u3400-\u9fff])"
    rf"|(?:撤[销下]|停止|终止|取消)(?:{_SHOW})(?![\u3400-\u9fff])|是否.{{0,4}}(?:屏蔽|隐藏|显示|展示|上网)|内部使用"
    r"|涉密|密级|保密|秘密|机密|(?:信息|数据|安全|敏感)(?:安全)?(?:级别|等级)|(?:可见|查询|查看|知悉)(?:范围|权限)"
    r"|SYFW$|(?:^|[^A-Z])(?:SF(?:DW)?G[SK]|G[SK](?:FW|ZT|LX|SX|BS|BZ)|SFSM|MJ)$"
)
"""公示截止期, 公开日期, 公示网址 and the like are none of these."""


def may_limit(header: Header) -> bool:
    """Whether a column that no template knows may say which rows are not for the public."""
    return _MAY_LIMIT.search(header.full) is not None


def is_limiting(dataset: Dataset, text: str) -> bool:
    """Whether a header is that of a limiting field, in any generation of the dataset."""
    header = read_header(text)
    found = (Generation(dataset, name).find(header) for name in dataset.templates)
    return any(pair[0].name in LIMITING_FIELDS for pair in found if pair)
