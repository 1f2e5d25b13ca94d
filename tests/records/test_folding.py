from __future__ import annotations

import pytest

from records.folding import fold


@pytest.mark.parametrize(
    "spelling",
    [
        "伊市监罚(2026)15号",
        "伊市监罚〔2026〕15号",
        "伊市监罚［2026］15号",
        "伊市监罚【2026】１５号",
        "伊市监罚〖2026〗15号",
        "伊市监罚<2026>15号",
        "伊市监罚＜2026＞15号",
        " 伊市监罚 （2026） 15号\n",
        "伊市监罚\u200b[2026]15号",
    ],
)
def test_spellings_of_one_number_fold_alike(spelling: str) -> None:
    assert fold(spelling) == "伊市监罚(2026)15号"


def test_letters_are_folded_to_upper_case() -> None:
    assert fold("jy14103290001a") == fold("ＪＹ14103290001Ａ") == "JY14103290001A"


def test_different_numbers_stay_different() -> None:
    assert fold("伊市监罚〔2026〕15号") != fold("伊市监罚〔2026〕16号")
