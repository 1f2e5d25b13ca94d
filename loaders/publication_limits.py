"""Columns that say which rows are not for the public: none of them may be lost or passed over in silence."""

from __future__ import annotations

import re

from loaders.generations import Generation
from loaders.headers import Header, read_header
from records.dataset import Dataset

LIMITING_FIELDS = frozenset(["usage_scope", "status", "public_limit"])
"""信息使用范围, 当前状态, 公示截止期: a blank one lets a row be published, or published longer."""

_MAY_LIMIT = re.compile(r"(使用|公开|公示|共享)(范围|类型|属性|方式|级别)|SYFW$")


def may_limit(header: Header) -> bool:
    """Whether a column that no template knows may say which rows are not for the public."""
    return _MAY_LIMIT.search(header.full) is not None


def is_limiting(dataset: Dataset, text: str) -> bool:
    """Whether a header is that of a limiting field, in any generation of the dataset."""
    header = read_header(text)
    found = (Generation(dataset, name).find(header) for name in dataset.templates)
    return any(pair[0].name in LIMITING_FIELDS for pair in found if pair)
