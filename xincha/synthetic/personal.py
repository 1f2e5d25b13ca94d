"""Personal values planted in texts, in the spellings that real texts have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from xincha.synthetic import names, numbers
from xincha.synthetic.subjects import Subject

_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with personal values, and each value that must appear nowhere: as written and plain."""

    sentence: str
    values: tuple[str, ...]


def plant(rng: Random, owner: Subject, place: names.Place, today: date) -> Planted:
    """A sentence about the row's own people with one to three personal values."""
    makers = rng.sample(_MAKERS, rng.randrange(1, 4))
    parts = [maker(rng, owner, place, today) for maker in makers]
    sentence = "，".join(part.sentence for part in parts)
    return Planted(f"经核实，{sentence}。", tuple(value for part in parts for value in part.values))


def _id_number(rng: Random, _owner: Subject, place: names.Place, today: date) -> Planted:
    plain = numbers.id_number(rng, place.region, numbers.adult_birthday(rng, today))
    spelled = spell_id_number(rng, plain)
    label = rng.choice(("身份证号", "身份证号码：", "公民身份号码为", "身份证号："))
    return Planted(f"{label}{spelled}", tuple(dict.fromkeys((spelled, plain))))


def spell_id_number(rng: Random, plain: str) -> str:
    """An ID number as people write it: lower case, spaced, hyphened, full width, 15 digits."""
    match rng.randrange(8):
        case 0:
            return plain.lower()
        case 1:
            return f"{plain[:6]} {plain[6:14]} {plain[14:]}"
        case 2:
            return f"{plain[:6]}-{plain[6:14]}-{plain[14:]}"
        case 3:
            return plain.translate(_FULL_WIDTH)
        case 4:
            return numbers.old_id_number(plain) or plain
        case _:
            return plain


def _phone(rng: Random, _owner: Subject, _place: names.Place, _today: date) -> Planted:
    plain = numbers.phone_number(rng)
    match rng.randrange(5):
        case 0:
            spelled = f"{plain[:3]} {plain[3:7]} {plain[7:]}"
        case 1:
            spelled = f"{plain[:3]}-{plain[3:7]}-{plain[7:]}"
        case _:
            spelled = plain
    label = rng.choice(("联系电话", "电话：", "手机号码为", "联系方式："))
    return Planted(f"{label}{spelled}", tuple(dict.fromkeys((spelled, plain))))


def _bank_card(rng: Random, _owner: Subject, _place: names.Place, _today: date) -> Planted:
    plain = numbers.bank_card(rng)
    grouped = " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
    spelled = grouped if rng.random() < 0.3 else plain
    label = rng.choice(("银行卡号", "收款账号：", "货款汇入银行账户"))
    return Planted(f"{label}{spelled}", tuple(dict.fromkeys((spelled, plain))))


def _address(rng: Random, _owner: Subject, place: names.Place, _today: date) -> Planted:
    detail = f"{rng.choice(names.VILLAGES)}村{rng.randrange(1, 20)}组{rng.randrange(1, 400)}号"
    label = rng.choice(("住址：", "住址", "家庭住址：", "现住"))
    province = rng.choice(("河南省", "河南省洛阳市", ""))
    return Planted(
        f"{label}{province}{place.county}{rng.choice(place.townships)}{detail}", (detail,)
    )


def _plate(rng: Random, _owner: Subject, _place: names.Place, _today: date) -> Planted:
    plain = numbers.license_plate(rng)
    spelled = f"{plain[:2]}·{plain[2:]}" if rng.random() < 0.3 else plain
    label = rng.choice(("驾驶车牌号为", "车辆号牌", "驾驶"))
    return Planted(f"{label}{spelled}的车辆", tuple(dict.fromkeys((spelled, plain))))


def _email(rng: Random, _owner: Subject, _place: names.Place, _today: date) -> Planted:
    name = "".join(rng.choice("abcdefghijkmnpqrstuvwxyz") for _ in range(6))
    value = f"{name}{rng.randrange(100, 10_000)}@example.{rng.choice(('com', 'cn'))}"
    return Planted(f"电子邮箱{value}", (value,))


def _name(rng: Random, owner: Subject, _place: names.Place, _today: date) -> Planted:
    if not owner.private_names:
        return Planted("当事人已签收询问通知书", ())
    label = rng.choice(("当事人", "负责人", "经营者", "被询问人"))
    return Planted(f"{label}{owner.private_names[0]}对上述情况予以确认", owner.private_names)


_Maker = Callable[[Random, Subject, names.Place, date], Planted]
_MAKERS: tuple[_Maker, ...] = (
    _id_number,
    _phone,
    _bank_card,
    _address,
    _plate,
    _email,
    _name,
    _name,
)
