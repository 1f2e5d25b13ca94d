"""The words shared by every dataset: subject kinds, personal-data classes, code tables, record states.

Sources: 发改办财金〔2018〕424号 (categories, states), GB 32100-2015 (codes).
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import NewType, Self

Text = str
CreditCode = NewType("CreditCode", str)
"""统一社会信用代码 in normalized form (GB 32100, 18 characters, upper case)."""


class SubjectKind(StrEnum):
    """主体类别 / what a record's subject is. Decided once, in records/subject_kind.py."""

    LEGAL_ENTITY = "LEGAL_ENTITY"
    INDIVIDUAL_BUSINESS = "INDIVIDUAL_BUSINESS"
    NATURAL_PERSON = "NATURAL_PERSON"


class PersonalData(StrEnum):
    """个人信息类别 / class of personal data a field may hold; each has exactly one mask."""

    PERSON_NAME = "PERSON_NAME"
    ID_NUMBER = "ID_NUMBER"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    PLATE = "PLATE"
    EMAIL = "EMAIL"
    FREE_TEXT = "FREE_TEXT"


class Scope(StrEnum):
    """公开范围 / where a field's value may go."""

    PUBLIC = "PUBLIC"
    """An output field of the dataset's GraphQL type (masked where it is personal)."""
    PROVENANCE = "PROVENANCE"
    """Part of `source { … }`: who provided the row."""
    SUBJECT = "SUBJECT"
    """Part of the subject that the row describes, masked where it is personal: its former names."""
    SEALED = "SEALED"
    """Only in the sealed part: no output, no filter, no search."""


class Search(StrEnum):
    """How the text of a field is searched."""

    CODE = "CODE"
    """A number or code: exact, prefix and inner match after folding."""
    TEXT = "TEXT"
    """Prose: contiguous substring; never for natural persons."""


class CodeTable(Enum):
    """A national code table: members carry a Chinese label and the spellings met in files.

    The member `OTHER` receives every unknown spelling; the raw text is kept beside it.
    Declare members with :func:`entry`.
    """

    label: str
    spellings: tuple[str, ...]

    def __new__(cls, label: str, spellings: tuple[str, ...]) -> Self:
        """Make a member from what :func:`entry` returns."""
        member = object.__new__(cls)
        member.label, member.spellings = label, spellings
        member._value_ = label
        return member


def entry(label: str, *spellings: str) -> tuple[str, tuple[str, ...]]:
    """One row of a code table: its official label, then other spellings and local codes."""
    return label, (label, *spellings)


class RecordStatus(CodeTable):
    """当前状态 / state as the source gives it; its codes differ by generation, see the datasets."""

    VALID = entry("有效", "正常")
    DISPUTED = entry("异议")
    REVOKED = entry("撤销", "已撤销")
    INVALID = entry("无效")
    OTHER = entry("其他")


class ListColor(CodeTable):
    """名单性质 / what kind of list: of honor, of dishonesty, or another one (经营异常, 重点关注)."""

    RED = entry("红名单", "守信红名单", "守信激励")
    BLACK = entry("黑名单", "失信黑名单", "严重失信主体名单", "失信惩戒")
    OTHER = entry("其他名单", "重点关注名单", "关注名单")


class SubjectCategory(CodeTable):
    """行政相对人类别 (V2.1 XK_XDR_LB, CF_XDR_LB), as stated by the row; not yet believed."""

    LEGAL_ENTITY = entry(
        "法人及非法人组织", "法人", "非法人组织", "法人和非法人组织", "法人及其他组织", "02", "03"
    )
    INDIVIDUAL_BUSINESS = entry("个体工商户", "个体", "个体户", "04")
    NATURAL_PERSON = entry("自然人", "个人", "01")
    OTHER = entry("其他")


class UsageScope(CodeTable):
    """信息使用范围 (V1 XK_SYFW, CF_SYFW): only `PUBLIC` may be published."""

    PUBLIC = entry(
        "公示", "0", "公开", "社会公开", "全社会公开", "可公开", "主动公开", "向社会公开"
    )
    GOVERNMENT = entry("仅政府部门内部共享", "1")
    AUTHORIZED = entry("仅可授权查询", "2")
    OTHER = entry("其他")


class LicenseCategory(CodeTable):
    """许可类别 (发改办财金〔2018〕424号)."""

    GENERAL = entry("普通", "普通许可", "01")
    FRANCHISE = entry("特许", "特许许可", "02")
    RECOGNITION = entry("认可", "认可许可", "03")
    APPROVAL = entry("核准", "核准许可", "04")
    REGISTRATION = entry("登记", "登记许可", "05")
    OTHER = entry("其他", "06")


class PenaltyCategory(CodeTable):
    """处罚类别: the vocabularies of V1 and V2 and the kinds met in files since 2021, one member each."""

    WARNING = entry("警告")
    PUBLIC_CRITICISM = entry("通报批评")
    FINE = entry("罚款")
    CONFISCATION_OF_GAINS = entry("没收违法所得")
    CONFISCATION_OF_PROPERTY = entry("没收非法财物", "没收非法财务")
    SUSPENSION_OF_LICENSE = entry("暂扣许可证件", "暂扣许可证", "暂扣执照", "暂扣许可证、暂扣执照")
    REVOCATION_OF_LICENSE = entry("吊销许可证件", "吊销许可证", "吊销执照", "吊销营业执照")
    LOWERING_OF_QUALIFICATION = entry("降低资质等级")
    RESTRICTION_OF_BUSINESS = entry("限制开展生产经营活动")
    SUSPENSION_OF_BUSINESS = entry("责令停产停业")
    CLOSURE = entry("责令关闭")
    BAN_FROM_INDUSTRY = entry("限制从业")
    DETENTION = entry("行政拘留")
    OTHER = entry("其他")


COMPOUND_SPELLINGS: dict[str, tuple[PenaltyCategory, ...]] = {
    "没收违法所得、没收非法财物": (
        PenaltyCategory.CONFISCATION_OF_GAINS,
        PenaltyCategory.CONFISCATION_OF_PROPERTY,
    ),
    **dict.fromkeys(
        (
            "暂扣或者吊销许可证",
            "暂扣或者吊销执照",
            "暂扣或者吊销许可证、暂扣或者吊销执照",
            "暂扣或吊销许可证",
            "暂扣或吊销执照",
        ),
        (PenaltyCategory.SUSPENSION_OF_LICENSE, PenaltyCategory.REVOCATION_OF_LICENSE),
    ),
}
"""One code of the file that stands for two categories (V1 and V2 templates)."""

NO_PENALTY = (
    *("责令改正", "责令限期改正", "责令立即改正", "限期改正", "责令改正违法行为"),
    *("责令整改", "责令限期整改", "责令立即整改", "限期整改", "责令停止违法行为"),
)
"""What stands in the cell of 处罚类别 and is no penalty (行政处罚法 第二十八条): it names no category."""
