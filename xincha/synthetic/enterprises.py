"""Invented rows of a register of enterprises: the profiles of the subjects that the other rows are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from records.vocabulary import SubjectKind
from xincha.synthetic import names, numbers
from xincha.synthetic.defects import Defect
from xincha.synthetic.personal import plant
from xincha.synthetic.rows import Row, World, plain_money
from xincha.synthetic.subjects import Subject, subject

_FIRST_YEAR = 1992
_TYPES = {
    "91": (
        "有限责任公司(自然人投资或控股)",
        "有限责任公司(自然人独资)",
        "其他股份有限公司(非上市)",
    ),
    "92": ("个体工商户",),
    "93": ("农民专业合作社",),
}
_OTHER_TYPES = ("其他组织",)
_STATUSES = (
    ("存续", "ACTIVE", 50),
    ("存续（在营、开业、在册）", "ACTIVE", 20),
    ("在营", "ACTIVE", 10),
    ("注销", "DEREGISTERED", 8),
    ("吊销，未注销", "REVOKED", 6),
    ("迁出", "MOVED_OUT", 2),
    ("歇业", "OTHER", 2),
    ("", "OTHER", 2),
)
_STATUS_WEIGHTS = [weight for *_, weight in _STATUSES]
_INDUSTRIES = (
    ("F", "批发和零售业"),
    ("制造业", "制造业"),
    ("C1411", "制造业"),
    ("建筑业", "建筑业"),
    ("住宿和餐饮业", "住宿和餐饮业"),
    ("7221", "租赁和商务服务业"),
    ("农、林、牧、渔业", "农、林、牧、渔业"),
    ("0000", None),
)
_SCOPES = (
    "预包装食品、散装食品零售", "建筑材料、五金交电销售", "餐饮服务", "农作物种植及销售", "普通货物道路运输", "机械设备制造、加工",
    "日用百货零售", "软件开发及信息技术咨询服务", "房屋建筑工程施工", "服装、鞋帽零售",
)  # fmt: skip
_FOREIGN = (("万美元", "USD"), ("(万港币)", "HKD"), ("万欧元", "EUR"))


def organizations(world: World) -> Iterator[Subject]:
    """The subjects that a register holds, in order: everybody but natural persons; each once, without end."""
    everybody = (subject(world.seed, number, world.place) for number in count())
    return (one for one in everybody if one.kind is not SubjectKind.NATURAL_PERSON)


def enterprise_row(rng: Random, world: World, about: Subject, serial: int) -> Row:
    """The profile of that subject."""
    established = _established(rng, world.today)
    row = Row(about, {}, {}, established, serial=serial, kind_is_certain=True)
    row.planted.extend(about.private_names)
    _identity(rng, row)
    _capital(rng, row)
    _days(rng, row, world.today, established)
    _place(rng, row, world)
    _people(rng, row, world)
    written, status, _ = rng.choices(_STATUSES, _STATUS_WEIGHTS)[0]
    industry, section = rng.choice(_INDUSTRIES)
    row.cells |= {"status": written, "行业": industry}
    row.expected |= {"status": status, "statusText": written or None, "industry": section}
    return row


def _identity(rng: Random, row: Row) -> None:
    about, cells = row.subject, row.cells
    code = about.shown_code
    marked = about.kind is SubjectKind.LEGAL_ENTITY and rng.random() < 0.01
    cells["name"] = f'<font color="red">{about.name}</font>' if marked else about.name
    cells["credit_code"] = (code.lower() if rng.random() < 0.01 else code) if code else about.code
    cells["registration_number"] = about.registration_number
    # 00000000-0 stands for "no code" in registers.
    if code and code[8:16].strip("0") and rng.random() < 0.2:
        cells["organization_code"] = f"{code[8:16]}-{code[16]}"
    individual = about.kind is SubjectKind.INDIVIDUAL_BUSINESS
    types = _TYPES.get("92" if individual else about.code[:2], _OTHER_TYPES)
    kind_of_enterprise = rng.choice(types)
    cells["enterprise_type"] = kind_of_enterprise
    if former := _former_name(rng, about):
        cells["former_names"] = former
    row.expected |= {
        "subjectKind": about.kind.value,
        "name": about.shown_name,
        "creditCode": code,
        "registrationNumber": about.registration_number or None,
        "organizationCode": code[8:17] if code and "organization_code" in cells else None,
        "enterpriseType": kind_of_enterprise,
    }


def _former_name(rng: Random, about: Subject) -> str:
    """An earlier name of the same brand: another trade before the same form."""
    if about.kind is not SubjectKind.LEGAL_ENTITY or rng.random() >= 0.15:
        return ""
    trade = next((trade for trade in names.TRADES if trade in about.name), "")
    if not trade:
        return ""
    others = rng.sample([other for other in names.TRADES if other != trade], 2)
    earlier = [about.name.replace(trade, other, 1) for other in others]
    return "、".join(earlier[: rng.choice((1, 1, 2))])


def _capital(rng: Random, row: Row) -> None:
    """Capital as registers write it; none for public bodies and some shops."""
    if row.subject.code[:2] not in ("91", "92", "93") or rng.random() < 0.1:
        row.cells["registered_capital"] = rng.choice(("", "N/A"))
        row.expected |= {"registeredCapital": None, "currency": None}
        return
    amount = Decimal(rng.choice((1, 3, 10, 50, 100, 200, 500, 1000, 3000))) + Decimal(
        rng.choice(("0", "0", "0", "0.5", "0.1234"))
    )
    unit, currency = rng.choice(_FOREIGN) if rng.random() < 0.02 else ("", "CNY")
    match rng.randrange(6):
        case _ if unit:
            written = f"{amount}{unit}"
        case 0:
            written = f"{amount}万人民币"
        case 1:
            written = f"{amount:,.4f}(万元人民币)"
        case 2:
            written = f"{amount:.6f}万元"
        case 3:
            written = f"{amount}(万元)"
        case 4:
            written = f"{amount}"
        case _:
            written = f"{amount}万元人民币"
    row.cells["registered_capital"] = written
    row.expected |= {"registeredCapital": plain_money(amount), "currency": currency}


def _established(rng: Random, today: date) -> date:
    days = (today - date(_FIRST_YEAR, 1, 1)).days
    return today - timedelta(days=int(days * rng.random() ** 2))


def _days(rng: Random, row: Row, today: date, established: date) -> None:
    approved = established + timedelta(days=int((today - established).days * rng.random()))
    row.put_day(rng, "established_on", established)
    row.put_day(rng, "operating_from", established)
    row.put_day(rng, "approved_on", approved)
    row.expected |= {
        "establishedOn": established.isoformat(),
        "operatingFrom": established.isoformat(),
        "approvedOn": approved.isoformat(),
    }
    if rng.random() < 0.6:
        row.put_open_end(rng, "operating_until")
        row.expected |= {"operatingUntil": None, "operatingPermanently": True}
        return
    until = established + timedelta(days=rng.choice((3652, 7305, 10957)))
    row.put_day(rng, "operating_until", until)
    row.expected |= {"operatingUntil": until.isoformat(), "operatingPermanently": False}


def _place(rng: Random, row: Row, world: World) -> None:
    place = world.place
    township = f"{place.county}{rng.choice(place.townships)}"
    detail = f"{rng.choice(names.VILLAGES)}村{rng.randrange(1, 20)}组{rng.randrange(1, 400)}号"
    individual = row.subject.kind is SubjectKind.INDIVIDUAL_BUSINESS
    row.cells |= {
        "住所": township + detail,
        "registration_authority": f"{place.county}市场监督管理局",
    }
    row.expected |= {
        "address": township if individual else township + detail,
        "registrationAuthority": f"{place.county}市场监督管理局",
    }
    if individual:
        row.planted.append(detail)


def _people(rng: Random, row: Row, world: World) -> None:
    """What a feed holds of people, and what it lets slip into the business scope."""
    cells, about = row.cells, row.subject
    cells["法定代表人"] = about.representative
    scope = "；".join(rng.sample(_SCOPES, rng.randrange(1, 4))) + "。"
    if rng.random() < 0.05:
        planted = plant(rng, about, world.place, world.today)
        scope += planted.sentence
        row.planted.extend(planted.values)
    cells["business_scope"] = scope
    if rng.random() < 0.3:
        born = numbers.adult_birthday(rng, world.today)
        number = numbers.id_number(rng, world.place.region, born)
        phone = numbers.phone_number(rng)
        cells |= {"legal_representative_id_number": number, "phone": phone}
        row.planted += [number, phone]


def _without_any_code(_rng: Random, row: Row, _template: str, _today: date) -> bool:
    row.cells |= {"credit_code": "", "registration_number": "", "organization_code": ""}
    return True


def _wrong_check_digit(_rng: Random, row: Row, _template: str, _today: date) -> bool:
    if row.subject.shown_code is None:
        return False
    row.cells["credit_code"] = numbers.broken_code(row.subject.shown_code)
    return True


def _cell(name: str, *spoiled: str) -> Callable[[Random, Row, str, date], bool]:
    def spoil(rng: Random, row: Row, _template: str, _today: date) -> bool:
        row.cells[name] = rng.choice(spoiled)
        row.days.pop(name, None)
        return True

    return spoil


def _established_tomorrow(_rng: Random, row: Row, _template: str, today: date) -> bool:
    row.cells["established_on"] = f"{today + timedelta(days=30):%Y-%m-%d}"
    row.days.pop("established_on", None)
    return True


PROFILE_DEFECTS: tuple[Defect, ...] = (
    Defect(
        "profile-without-code",
        "REQUIRED_MISSING",
        "企业没有任何代码 / an enterprise without any code",
        _without_any_code,
    ),
    Defect(
        "profile-wrong-check-digit",
        "BAD_CREDIT_CODE",
        "企业统一社会信用代码校验位不符 / the check digit of an enterprise's code is wrong",
        _wrong_check_digit,
    ),
    Defect(
        "profile-impossible-date",
        "BAD_DATE",
        "成立日期不是日期 / the day of establishment is no date",
        _cell("established_on", "2001/02/30", "2003-13-01", "不详"),
    ),
    Defect(
        "profile-capital-as-words",
        "BAD_AMOUNT",
        "注册资本写成文字 / the capital is written in words",
        _cell("registered_capital", "壹佰万元整", "见章程"),
    ),
    Defect(
        "profile-without-name",
        "REQUIRED_MISSING",
        "企业没有名称 / an enterprise without a name",
        _cell("name", "", "/"),
    ),
    Defect(
        "profile-in-future",
        "DATE_IN_FUTURE",
        "成立日期晚于基准日期 / established in the future",
        _established_tomorrow,
    ),
)
