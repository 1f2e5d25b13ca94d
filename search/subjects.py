"""A stored subject → its index document, its card and its entry in the index.

Fields that are asked of SUBJECTS, beside those of every dataset: `credit_code` (exact), `anchors` (exact),
`name_order` (order), and by kind of record `until_<kind>` (the first day on which none is public any more,
days since 1970-01-01; LARGEST where there is no end). Grams stand in search/plan.py.
"""

from __future__ import annotations
