"""The block of columns that licenses and penalties share: who the decision is about.

Columns 1–13 of both tables of 发改办财金〔2018〕424号 and its revision (V2.1); V1 from the 2015/2016
standard, whose code numbering differs: its 代码_5 is an ID number, of the subject or, for an
organization, of its legal representative.
"""

from __future__ import annotations

from records.fields import Record, at, column
from records.vocabulary import (
    CreditCode,
    PersonalData,
    RecordStatus,
    Scope,
    Search,
    SubjectCategory,
    SubjectKind,
    Text,
    UsageScope,
)

ORGANIZATIONS = frozenset({SubjectKind.LEGAL_ENTITY, SubjectKind.INDIVIDUAL_BUSINESS})
PERSONS = frozenset({SubjectKind.NATURAL_PERSON})

V1, V2, V2_1 = "V1", "V2", "V2.1"
GENERATIONS = (V2_1, V2, V1)

STATUS_IN_V1 = {
    "0": RecordStatus.VALID,
    "1": RecordStatus.REVOKED,
    "2": RecordStatus.DISPUTED,
    "3": RecordStatus.OTHER,
}
"""当前状态 of V1; V2 turned it round: there 1 is 有效."""


class AdministrativeRecord(Record):
    """行政相对人 / the subject of an administrative decision."""

    subject_name: Text = column(
        "行政相对人名称",
        "{p}_XDR_MC",
        also=("行政相对人", "相对人名称"),
        required=True,
        personal=PersonalData.PERSON_NAME,
        max_length=200,
    )
    subject_category: SubjectCategory = column(
        "行政相对人类别",
        at(V2_1, code="{p}_XDR_LB"),
        also=("相对人类别",),
        scope=Scope.SEALED,
    )
    credit_code: CreditCode = column(
        "行政相对人代码_1(统一社会信用代码)",
        at(V2_1, code="{p}_XDR_SHXYM"),
        at(V2, code="{p}_XDR_SHXYM", required=False),
        at(V1, code="{p}_XDR_SHXYM", required=False),
        also=("统一社会信用代码",),
        required=ORGANIZATIONS,
        filter=True,
        search=Search.CODE,
    )
    registration_number: Text = column(
        "行政相对人代码_2(工商注册号)",
        at(V2_1, V2, code="{p}_XDR_GSZC"),
        at(V1, code="{p}_XDR_GSDJ", header="行政相对人代码_3(工商登记码)"),
        also=("工商注册号", "工商登记码", "注册号"),
        scope=Scope.SEALED,
        replaces="credit_code",
        max_length=50,
    )
    organization_code: Text = column(
        "行政相对人代码_3(组织机构代码)",
        at(V2_1, V2, code="{p}_XDR_ZZJG"),
        at(V1, code="{p}_XDR_ZDM", header="行政相对人代码_2(组织机构代码)"),
        also=("组织机构代码",),
        scope=Scope.SEALED,
    )
    tax_number: Text = column(
        "行政相对人代码_4(税务登记号)",
        at(V2_1, V2, code="{p}_XDR_SWDJ"),
        at(V1, code="{p}_XDR_SWDJ"),
        also=("税务登记号", "纳税人识别号"),
        scope=Scope.SEALED,
        personal=PersonalData.ID_NUMBER,
    )
    institution_number: Text = column(
        "行政相对人代码_5(事业单位证书号)",
        at(V2_1, V2, code="{p}_XDR_SYDW"),
        also=("事业单位证书号",),
        scope=Scope.SEALED,
    )
    social_organization_number: Text = column(
        "行政相对人代码_6(社会组织登记证号)",
        at(V2_1, V2, code="{p}_XDR_SHZZ"),
        also=("社会组织登记证号",),
        scope=Scope.SEALED,
    )
    legal_representative: Text = column(
        "法定代表人",
        at(V2_1, V2, code="{p}_FRDB"),
        at(V1, code="{p}_FR", header="法定代表人姓名", required=False),
        also=("法定代表人姓名", "法定代表人（负责人）", "{p}_FDDB", "{p}_FR"),
        required=ORGANIZATIONS,
        personal=PersonalData.PERSON_NAME,
        max_length=50,
    )
    legal_representative_id_type: Text = column(
        "法定代表人证件类型", at(V2_1, code="{p}_FR_ZJLX"), scope=Scope.SEALED, max_length=64
    )
    legal_representative_id_number: Text = column(
        "法定代表人证件号码",
        at(V2_1, code="{p}_FR_ZJHM"),
        at(V2, code="{p}_FR_SFZH", header="法定代表人身份证号"),
        also=("法定代表人身份证号",),
        scope=Scope.SEALED,
        personal=PersonalData.ID_NUMBER,
    )
    person_id_type: Text = column(
        "证件类型",
        at(V2_1, V2, code="{p}_XDR_ZJLX"),
        scope=Scope.SEALED,
        required=PERSONS,
        max_length=64,
    )
    person_id_number: Text = column(
        "证件号码",
        at(V2_1, V2, code="{p}_XDR_ZJHM"),
        scope=Scope.SEALED,
        required=PERSONS,
        personal=PersonalData.ID_NUMBER,
    )
    resident_id_number: Text = column(
        "行政相对人代码_5(居民身份证号)",
        at(V1, code="{p}_XDR_SFZ"),
        also=("居民身份证号", "身份证号", "身份证号码"),
        scope=Scope.SEALED,
        personal=PersonalData.ID_NUMBER,
        description="V1: of a natural person its own, of an organization its legal representative's.",
    )
    usage_scope: UsageScope = column(
        "信息使用范围",
        at(V1, code="{p}_SYFW"),
        also=("使用范围", "信息公开范围", "公开范围", "公示范围", "公开类型", "公开属性"),
        scope=Scope.SEALED,
    )
    local_code: Text = column("地方编码", at(V1, code="DFBM"), scope=Scope.SEALED)
    updated_stamp: Text = column("数据更新时间戳", at(V1, code="SJC"), scope=Scope.SEALED)
