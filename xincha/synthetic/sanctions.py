"""What a penalty imposes, and what must follow for its publication.

The rule per class is written by hand from the acts, on purpose without records/publicity.py: the
generator says what has to come out, it does not ask the program.
Sources: 国家发展改革委令第58号 (decisions to 2026-03-31), 国家发展改革委令第36号《信用修复管理办法》 (since
2026-04-01), 河南省社会信用条例 第十三条.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic.texts import TRAFFIC, Violation

ORDER_36 = date(2026, 4, 1)


class Weight(StrEnum):
    """How heavy a penalty is under the rules of credit repair."""

    LIGHT = "LIGHT"
    SIMPLE = "SIMPLE"
    ORDINARY = "ORDINARY"
    GRAVE = "GRAVE"


@dataclass(frozen=True, slots=True)
class Sanction:
    """One penalty's imposition: the category cell, what it means, the wording, the amounts in 万元."""

    categories: str
    meaning: tuple[str, ...]
    wording: str
    weight: Weight = Weight.ORDINARY
    fine: Decimal | None = None
    confiscated: Decimal | None = None
    certificate: str = ""
    remark: str = ""


_SEIZURE = ("没收违法所得、没收非法财物", ("CONFISCATION_OF_GAINS", "CONFISCATION_OF_PROPERTY"))
_CERTIFICATE = (
    "暂扣或者吊销许可证、暂扣或者吊销执照",
    ("SUSPENSION_OF_LICENSE", "REVOCATION_OF_LICENSE"),
)
_IN_V1 = {
    "WARNING": ("警告", ("WARNING",)),
    "FINE": ("罚款", ("FINE",)),
    "CONFISCATION_OF_GAINS": _SEIZURE,
    "CONFISCATION_OF_PROPERTY": _SEIZURE,
    "SUSPENSION_OF_BUSINESS": ("责令停产停业", ("SUSPENSION_OF_BUSINESS",)),
    "SUSPENSION_OF_LICENSE": _CERTIFICATE,
    "REVOCATION_OF_LICENSE": _CERTIFICATE,
    "DETENTION": ("行政拘留", ("DETENTION",)),
    # Younger than V1, but what departments write into its table all the same.
    "PUBLIC_CRITICISM": ("通报批评", ("PUBLIC_CRITICISM",)),
}
_OTHER_IN_V1 = ("其他", ("OTHER",))


def v1_categories(meaning: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """What a penalty imposes in the words of V1, and what these words mean: they name pairs as one."""
    words = dict(_IN_V1.get(code, _OTHER_IN_V1) for code in meaning)
    return list(words), tuple(code for codes in words.values() for code in codes)


def public_until(weight: Weight, decided: date) -> date:
    """The first day on which a published penalty is no longer public, without a stated limit."""
    months = 12 if weight is Weight.ORDINARY and decided >= ORDER_36 else 36
    return months_later(decided, months)


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last day of the month where it has no such day."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    for shorter in range(4):
        try:
            return date(year, month, day.day - shorter)
        except ValueError:
            continue
    raise ValueError(day)


def hidden_because(weight: Weight, kind: SubjectKind, *, minor: bool) -> str:
    """Why a penalty may never be public; "" if it may."""
    person = kind is SubjectKind.NATURAL_PERSON
    if person and minor:
        return "MINOR"
    if person and weight is Weight.SIMPLE:
        return "SIMPLE_PROCEDURE"
    return "LIGHT" if weight in {Weight.LIGHT, Weight.SIMPLE} else ""


def draw_sanction(rng: Random, violation: Violation, kind: SubjectKind) -> Sanction:
    """A sanction for that violation; detention and loss of qualification only where they can be."""
    maker = rng.choices(_MAKERS, cum_weights=_CUMULATIVE)[0]
    if maker is _detention and kind is not SubjectKind.NATURAL_PERSON:
        maker = _fine
    return maker(rng, violation)


_FINES = tuple(
    map(
        Decimal,
        ("200", "500", "1000", "2000", "3000", "5000", "20000", "50000", "123456.78", "300000"),
    )
)


def _amount(rng: Random, violation: Violation) -> tuple[Decimal, str]:
    """An amount in 万元, and how the decision words it; drivers pay little."""
    yuan = rng.choice(_FINES[:4] if violation is TRAFFIC else _FINES)
    return yuan / 10_000, f"人民币{yuan}元"


def _fine(rng: Random, violation: Violation) -> Sanction:
    fine, words = _amount(rng, violation)
    return Sanction("罚款", ("FINE",), f"罚款{words}", fine=fine)


def _warning_and_fine(rng: Random, violation: Violation) -> Sanction:
    fine, words = _amount(rng, violation)
    return Sanction("警告;罚款", ("WARNING", "FINE"), f"1.警告；2.罚款{words}", fine=fine)


def _confiscation(rng: Random, violation: Violation) -> Sanction:
    fine, words = _amount(rng, violation)
    gains, gained = _amount(rng, violation)
    text, meaning = "没收违法所得", ["CONFISCATION_OF_GAINS"]
    if rng.random() < 0.5:
        text, meaning = "没收违法所得、没收非法财物", [*meaning, "CONFISCATION_OF_PROPERTY"]
    wording = f"1.没收违法所得{gained}；2.罚款{words}"
    return Sanction(f"{text};罚款", (*meaning, "FINE"), wording, fine=fine, confiscated=gains)


def _warning_only(rng: Random, _violation: Violation) -> Sanction:
    text, meaning = rng.choice(
        (
            ("警告", ("WARNING",)),
            ("通报批评", ("PUBLIC_CRITICISM",)),
            ("警告;通报批评", ("WARNING", "PUBLIC_CRITICISM")),
        )
    )
    return Sanction(text, meaning, f"给予{text.replace(';', '、')}", Weight.LIGHT)


def _simple_procedure(rng: Random, _violation: Violation) -> Sanction:
    fine, words = Decimal("0.02"), "人民币200元"
    wording, remark = rng.choice(
        (
            (f"适用简易程序，当场作出处罚决定：罚款{words}", ""),
            (f"罚款{words}", "简易程序"),
            (f"罚款{words}", "当场处罚"),
        )
    )
    return Sanction("罚款", ("FINE",), wording, Weight.SIMPLE, fine=fine, remark=remark)


def _suspension(rng: Random, violation: Violation) -> Sanction:
    certificate = f"{violation.certificate}（编号{rng.randrange(10**6, 10**7)}）"
    wording = f"暂扣{violation.certificate}三个月"
    if rng.random() < 0.5:
        return Sanction(
            "暂扣许可证件", ("SUSPENSION_OF_LICENSE",), wording, certificate=certificate
        )
    meaning = ("SUSPENSION_OF_LICENSE", "REVOCATION_OF_LICENSE")
    return Sanction("暂扣或者吊销许可证", meaning, wording, certificate=certificate)


def _revocation(rng: Random, violation: Violation) -> Sanction:
    certificate = f"{violation.certificate}（编号{rng.randrange(10**6, 10**7)}）"
    text, meaning = rng.choice(
        (
            ("吊销许可证件", ("REVOCATION_OF_LICENSE",)),
            ("暂扣或者吊销许可证", ("SUSPENSION_OF_LICENSE", "REVOCATION_OF_LICENSE")),
        )
    )
    return Sanction(
        text, meaning, f"吊销{violation.certificate}", Weight.GRAVE, certificate=certificate
    )


def _closure(rng: Random, _violation: Violation) -> Sanction:
    if rng.random() < 0.5:
        return Sanction("责令关闭", ("CLOSURE",), "责令关闭", Weight.GRAVE)
    return Sanction("限制从业", ("BAN_FROM_INDUSTRY",), "五年内不得从事同类经营活动", Weight.GRAVE)


def _business(rng: Random, _violation: Violation) -> Sanction:
    text, code, wording = rng.choice(
        (
            ("责令停产停业", "SUSPENSION_OF_BUSINESS", "责令停产停业整顿十五日"),
            ("限制开展生产经营活动", "RESTRICTION_OF_BUSINESS", "六个月内限制承接新的业务"),
            ("降低资质等级", "LOWERING_OF_QUALIFICATION", "资质等级由二级降为三级"),
        )
    )
    return Sanction(text, (code,), wording)


def _detention(rng: Random, _violation: Violation) -> Sanction:
    return Sanction("行政拘留", ("DETENTION",), f"行政拘留{rng.randrange(3, 16)}日")


def _other(rng: Random, _violation: Violation) -> Sanction:
    text = rng.choice(("其他-责令限期改正", "其他", "责令限期拆除"))
    return Sanction(text, ("OTHER",), "责令限期改正，恢复原状")


_WEIGHTED: tuple[tuple[Callable[[Random, Violation], Sanction], int], ...] = (
    (_fine, 45),
    (_warning_and_fine, 14),
    (_confiscation, 9),
    (_warning_only, 9),
    (_simple_procedure, 9),
    (_suspension, 3),
    (_revocation, 3),
    (_closure, 2),
    (_business, 3),
    (_detention, 2),
    (_other, 1),
)
_MAKERS = tuple(maker for maker, _ in _WEIGHTED)
_CUMULATIVE = tuple(
    sum(share for _, share in _WEIGHTED[: end + 1]) for end in range(len(_WEIGHTED))
)
