"""Codes of authorities are remembered, since there are few; what may be a person's number is not."""

from __future__ import annotations

import pytest

from loaders import parsing
from records import identifiers, privacy
from records.vocabulary import SubjectKind
from tests.loaders.rows import BUREAU_CODE, ID_NUMBER, PENALTY, accepted
from tests.support import PENALTIES

_CODE = "处罚机关统一社会信用代码"


@pytest.mark.parametrize(
    "cell", [ID_NUMBER, ID_NUMBER[:17] + "X", "段小满", "13800138642", "E12345678"]
)
def test_what_may_be_a_persons_is_not_remembered(cell: str) -> None:
    parsing._code_kept.cache_clear()
    privacy._code_kept.cache_clear()
    values = accepted(PENALTY, {_CODE: cell}).values

    privacy.public_view(
        PENALTIES,
        {**values, "authority_code": cell, "provider_code": cell},
        SubjectKind.LEGAL_ENTITY,
    )

    # The provider's code in the row is that of a body.
    assert parsing._code_kept.cache_info().currsize == 1
    assert privacy._code_kept.cache_info().currsize == 0


def test_the_code_of_a_body_is_remembered() -> None:
    assert identifiers.is_like_a_credit_code(BUREAU_CODE)
    parsing._code_kept.cache_clear()

    accepted(PENALTY)
    accepted(PENALTY)

    assert parsing._code_kept.cache_info().hits > 0
