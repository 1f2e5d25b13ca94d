"""The tables of lists by name, and the block of columns that says who is listed.

Sources: the generic tables of local platforms, 最高人民法院《关于公布失信被执行人名单信息的若干规定》, and the lists as
信用中国 and gsxt print them.
"""

from __future__ import annotations

from datetime import date

from records.fields import Record, at, column
from records.policy import ListCode
from records.vocabulary import CreditCode, PersonalData, Scope, Search, SubjectCategory, Text

DEBTOR, TAX = ListCode.JUDGMENT_DEBTOR.value, ListCode.TAX.value
ABNORMAL, ILLEGAL = ListCode.ABNORMAL_OPERATION.value, ListCode.SERIOUSLY_ILLEGAL.value
SAFETY, PROCUREMENT = ListCode.WORK_SAFETY.value, ListCode.GOVERNMENT_PROCUREMENT.value
WAGES, FUNDRAISING = ListCode.WAGE_ARREARS.value, ListCode.ILLEGAL_FUNDRAISING.value
OVERLOAD, GRADE_A = ListCode.OVERLOAD.value, ListCode.TAX_GRADE_A.value
CUSTOMS = ListCode.CUSTOMS_ADVANCED.value
BLACK, RED = ListCode.BLACK_LIST.value, ListCode.RED_LIST.value
PERSON_BLACK, PERSON_RED = "PERSON_BLACK_LIST", "PERSON_RED_LIST"

MARKET = (ABNORMAL, ILLEGAL)
PERSONS = (PERSON_BLACK, PERSON_RED)
BLACKS, REDS = (BLACK, PERSON_BLACK), (RED, PERSON_RED)
GENERIC = (BLACK, RED, *PERSONS)
NATIONAL = (
    DEBTOR, TAX, ABNORMAL, ILLEGAL, SAFETY, PROCUREMENT, WAGES, FUNDRAISING, OVERLOAD, GRADE_A, CUSTOMS,
)  # fmt: skip
ALL = (*NATIONAL, *GENERIC)
SEALED, PRIVATE = Scope.SEALED, PersonalData.ID_NUMBER


class ListedSubject(Record):
    """Who is listed, and the people around."""

    subject_name: Text = column(
        "主体名称",
        at(DEBTOR, code="iname", header="被执行人姓名/名称"),
        at(TAX, GRADE_A, code="", header="纳税人名称", tells=True),
        at(*MARKET, code="entName", header="企业名称"),
        at(SAFETY, code="", header="单位名称"),
        at(PROCUREMENT, code="", header="机构名称"),
        at(WAGES, code="", header="对象名称", tells=True),
        at(FUNDRAISING, OVERLOAD, CUSTOMS, code="", header="企业名称"),
        at(BLACK, RED, code="jgqc", header="机构全称"),
        at(*PERSONS, code="xm", header="姓名", tells=True),
        also=("被执行人", "被执行人姓名", "被执行人名称", "被执行人姓名或名称", "主体名称", "当事人名称",
              "名称", "供应商名称", "供应商名称/专家姓名", "当事人", "失信主体名称", "traName"),
        required=True,
        personal=PersonalData.PERSON_NAME,
        max_length=200,
    )  # fmt: skip
    subject_category: SubjectCategory = column(
        "类型",
        at(
            DEBTOR,
            code="partyTypeName",
            meanings={"0": SubjectCategory.NATURAL_PERSON, "1": SubjectCategory.LEGAL_ENTITY},
        ),
        also=("主体类别", "主体类型", "被执行人类型"),
        scope=SEALED,
    )
    credit_code: CreditCode = column(
        "统一社会信用代码",
        at(TAX, FUNDRAISING, OVERLOAD, GRADE_A, CUSTOMS, WAGES, code="", header="统一社会信用代码"),
        at(*MARKET, code="uniscId", header="统一社会信用代码"),
        at(BLACK, RED, code="tyshxydm", header="统一社会信用代码"),
        also=("统一信用代码", "社会信用代码", "信用代码"),
        filter=True,
        search=Search.CODE,
    )
    resident_id_number: Text = column(
        "身份证号码/组织机构代码",
        at(DEBTOR, code="cardNum"),
        at(SAFETY, code="", header="统一社会信用代码/工商注册号"),
        at(PROCUREMENT, code="", header="统一社会信用代码/组织机构代码"),
        also=("统一社会信用代码", "身份证号码/组织机构代码/统一社会信用代码", "证件号码/组织机构代码",
              "统一社会信用代码（或身份证号码）"),
        scope=SEALED,
        personal=PRIVATE,
        stands_for=("credit_code", "organization_code", "registration_number"),
        description="A code of the subject in its own field where it is one; else a number of a person.",
    )  # fmt: skip
    registration_number: Text = column(
        "工商注册号",
        at(*MARKET, code="regNo", header="注册号"),
        at(BLACK, RED, code="gszch"),
        also=("注册号", "工商登记码"),
        scope=SEALED,
        stands_for=("credit_code",),
        max_length=50,
    )
    organization_code: Text = column(
        "组织机构代码",
        at(TAX, FUNDRAISING, code="", header="组织机构代码"),
        at(BLACK, RED, code="zzjgdm"),
        also=("组织结构代码",),
        scope=SEALED,
        stands_for=("credit_code",),
    )
    tax_number: Text = column(
        "纳税人识别号",
        at(TAX, GRADE_A, code="", header="纳税人识别号"),
        also=("税务登记号",),
        scope=SEALED,
        personal=PRIVATE,
        stands_for=("credit_code",),
        description="Since 2015 the credit code; an older one may be an ID number and two digits.",
    )
    customs_number: Text = column(
        "海关注册编码",
        at(CUSTOMS, code="", header="海关注册编码", tells=True),
        scope=SEALED,
        personal=PRIVATE,
    )
    market_number: Text = column(
        "主体身份代码", at(*MARKET, code="pripid"), scope=SEALED, max_length=64
    )
    legal_representative: Text = column(
        "法定代表人",
        at(DEBTOR, code="businessEntity", header="法定代表人或者负责人姓名"),
        at(TAX, code="", header="法定代表人或负责人姓名"),
        at(*MARKET, code="name", header="法定代表人"),
        at(SAFETY, code="", header="主要负责人"),
        at(WAGES, code="", header="法人代表"),
        at(FUNDRAISING, code="", header="法定代表人"),
        at(OVERLOAD, code="", header="法人姓名"),
        at(BLACK, RED, code="fddbr"),
        also=("法定代表人姓名", "企业法人姓名", "法定代表人（负责人）"),
        personal=PersonalData.PERSON_NAME,
        max_length=100,
    )
    legal_representative_id_number: Text = column(
        "法定代表人身份证号",
        at(TAX, code="", header="法定代表人身份证号"),
        at(OVERLOAD, code="", header="法人身份证号"),
        also=("法定代表人证件号码",),
        scope=SEALED,
        personal=PRIVATE,
    )
    responsible_person: Text = column(
        "负责人姓名",
        at(BLACK, RED, code="fzrxm"),
        scope=SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    finance_officer: Text = column(
        "负有直接责任的财务负责人姓名",
        at(TAX, code="", header="负有直接责任的财务负责人姓名"),
        scope=SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    intermediaries: Text = column(
        "负有直接责任的中介机构信息及其从业人员信息",
        at(TAX, code="", header="负有直接责任的中介机构信息及其从业人员信息"),
        scope=SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    person_id_type: Text = column(
        "证件类型", at(*PERSONS, code="zjlx"), scope=SEALED, max_length=64
    )
    person_id_number: Text = column(
        "身份证号",
        at(*PERSONS, code="sfzh"),
        also=("证件号码", "身份证号码", "居民身份证号", "公民身份号码"),
        scope=SEALED,
        personal=PRIVATE,
    )
    sex: Text = column("性别", at(DEBTOR, code="sexy"), at(TAX, code="sex"), scope=SEALED)
    age: Text = column("年龄", at(DEBTOR, code="age"), scope=SEALED)
    birth_date: date = column("出生日期", at(DEBTOR, code="birthday"), scope=SEALED)
    address: Text = column(
        "注册地址",
        at(TAX, SAFETY, code="", header="注册地址"),
        at(PROCUREMENT, code="", header="企业地址"),
        at(BLACK, RED, code="zcdz"),
        also=("住所", "企业地址/工作单位"),
        scope=SEALED,
        personal=PersonalData.ADDRESS,
        max_length=500,
    )
    province: Text = column(
        "省份",
        at(DEBTOR, code="areaName"),
        at(FUNDRAISING, code="", header="省份"),
        also=("所在省份", "地域名称"),
        scope=SEALED,
    )
