from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from records.widths import half_width, is_common, nfkc

_COMMON = st.text(
    "伊川县罚款2026年ABCxyz，。；：（）《》〔〕【】“”—·！？＃Ａｚ０９　 \n-/", max_size=30
)


def test_every_common_sign_has_one_sign_as_its_form() -> None:
    for c in map(chr, range(0x110000)):
        if is_common(c):
            assert half_width(c) == unicodedata.normalize("NFKC", c)


@given(st.one_of(st.text(max_size=30), _COMMON))
def test_the_form_is_that_of_unicode(text: str) -> None:
    assert nfkc(text) == unicodedata.normalize("NFKC", text)


def test_texts_with_other_signs_are_not_common() -> None:
    assert not is_common("①")
    assert not is_common("ﬁ")
    assert not is_common("\uf900")
