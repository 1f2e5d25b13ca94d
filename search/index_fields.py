"""What an index field is, and those that every index has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from search import analysis


class Storage(StrEnum):
    """How an index field is stored and what can be asked of it."""

    KEYWORD = "keyword"
    """Raw tokens: exact and prefix."""
    NUMBER = "number"
    """A signed 64-bit integer: ranges and order. Money in 分, dates in days since 1970-01-01."""
    TEXT = "text"
    """White-space-joined tokens with positions: phrases."""
    VALUE = "value"
    """Values as they are spelled: counted, never searched."""
    GRAMS = "grams"
    """White-space-joined tokens without positions and frequencies: asked by the terms of plans."""
    ORDER = "order"
    """A text in whose code points' order an engine may sort; one that cannot has numbers and documents."""


@dataclass(frozen=True, slots=True)
class IndexField:
    """One field of the index. `normalize`: what becomes of a value, in a document and in a question alike."""

    name: str
    storage: Storage
    normalize: Callable[[str], str] = analysis.fold


ID = IndexField("id", Storage.KEYWORD, analysis.as_is)
DATASET = IndexField("dataset", Storage.KEYWORD, analysis.as_is)
PRESENT = IndexField("present", Storage.KEYWORD, analysis.as_is)
"""Names of the index fields in which a document has a value."""
UNTIL_DAY = IndexField("until_day", Storage.NUMBER)
"""The first day on which the record is no longer public."""
ID_RANK = IndexField("id_rank", Storage.NUMBER)
"""The leading 63 bits of the id: breaks ties; engines cannot sort by a long text cheaply."""
KIND = IndexField("kind_keyword", Storage.KEYWORD)
SUBJECT_KIND = IndexField("subject_kind_keyword", Storage.KEYWORD)
REGION = IndexField("region_keyword", Storage.KEYWORD)
ANCHOR = IndexField("anchor_keyword", Storage.KEYWORD, analysis.as_is)
REVISION = IndexField("revision_number", Storage.NUMBER)
CODES = IndexField("codes_text", Storage.TEXT, analysis.fold_code)
"""All numbers and codes of a document."""

OWN_FIELDS = (ID, DATASET, PRESENT, UNTIL_DAY, ID_RANK)
COMMON = {
    "id": ID,
    "dataset": DATASET,
    "kind": KIND,
    "subject_kind": SUBJECT_KIND,
    "region": REGION,
    "anchor": ANCHOR,
    "revision": REVISION,
    "codes": CODES,
}
"""Fields of every dataset that are not declared columns."""
COMMON_COUNTED = (KIND, SUBJECT_KIND, REGION)
"""Those whose values are counted."""
