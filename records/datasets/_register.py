"""The generations of registers' tables, and the columns in which they say of whom they speak."""

from __future__ import annotations

from records.dataset import Column
from records.fields import Record, at, column
from records.vocabulary import CreditCode, PersonalData, Scope, Search, Text

REGISTER, GSXT, CREDITCHINA = "REGISTER", "GSXT", "CREDITCHINA"
SHORT_NAMES, DATABASE = "GBT36104", "DATABASE"
GENERATIONS = (REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, DATABASE)


def feed(template: str, code: str) -> Column:
    """A column of an interface or database, which has no name but its code."""
    return at(template, code=code, header=code)


_TYPES = {
    name: name
    for name in (
        "普通合伙",
        "有限合伙",
        "家庭经营",
        "个人经营",
        "国有",
        "国有独资",
        "全民",
        "来料加工",
        "公司",
    )
}
"""Types that look like names of people and are none."""


class RegisteredSubject(Record):
    """登记主体 / whom an entry of the register is about."""

    subject_name: Text = column(
        "名称",
        at(REGISTER, code="name", header="名称"),
        at(REGISTER, code="", header="企业名称"),
        feed(GSXT, "entName"),
        feed(GSXT, "traName"),
        feed(CREDITCHINA, "name"),
        feed(SHORT_NAMES, "Jgmc"),
        feed(DATABASE, "comp_nm"),
        feed(DATABASE, "entname"),
        also=(
            "企业名称", "主体名称", "市场主体名称", "经营主体名称", "公司名称", "单位名称", "机构名称", "机构全称",
            "企业（机构）名称", "企业全称", "字号名称", "个体工商户名称", "商户名称", "name", "entity_name",
            "company_name", "enterprise_name",
        ),
        required=True,
        personal=PersonalData.PERSON_NAME,
        shown_as="name",
        always=True,
        max_length=200,
    )  # fmt: skip
    former_names: Text = column(
        "曾用名",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code="", header="曾用名"),
        feed(DATABASE, "oldname"),
        also=("曾用名称", "企业曾用名", "历史名称", "原名称", "原企业名称", "former_names", "former_name"),
        personal=PersonalData.PERSON_NAME,
        scope=Scope.SUBJECT,
        description="Several names with 、 or ； between them.",
    )  # fmt: skip
    credit_code: CreditCode = column(
        "统一社会信用代码",
        at(REGISTER, code="code"),
        feed(GSXT, "uniscId"),
        feed(CREDITCHINA, "creditCode"),
        feed(SHORT_NAMES, "Tyshxydm"),
        feed(DATABASE, "uniscid"),
        also=(
            "社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码/注册号", "统一社会信用代码（注册号）",
            "注册号/统一社会信用代码", "统一代码", "uscc", "code", "credit_code", "tyshxydm",
        ),
        filter=True,
        search=Search.CODE,
        also_holds="registration_number",
    )  # fmt: skip
    registration_number: Text = column(
        "注册号",
        at(REGISTER, code=""),
        feed(GSXT, "regNo"),
        feed(CREDITCHINA, "regno"),
        feed(SHORT_NAMES, "Zch"),
        feed(DATABASE, "regno"),
        also=(
            "工商注册号", "工商登记码", "营业执照注册号", "营业执照号", "执照注册号", "企业注册号", "登记号",
            "registration_number", "reg_number",
        ),
        search=Search.CODE,
        max_length=50,
    )  # fmt: skip
    organization_code: Text = column(
        "组织机构代码",
        at(REGISTER, GSXT, CREDITCHINA, DATABASE, code=""),
        feed(SHORT_NAMES, "Zzjgdm"),
        also=("机构代码", "organization_code", "org_number"),
        search=Search.CODE,
    )
    enterprise_type: Text = column(
        "类型",
        at(REGISTER, code=""),
        feed(GSXT, "entType_CN"),
        feed(CREDITCHINA, "enttype"),
        feed(SHORT_NAMES, "Jjlxdm"),
        feed(DATABASE, "enttype_cn"),
        feed(DATABASE, "enttype"),
        also=("经济类型",
            "企业类型", "主体类型", "市场主体类型", "经营主体类型", "公司类型", "机构类型", "企业（机构）类型",
            "企业性质", "character", "enterprise_type", "company_type",
        ),
        filter=True,
        facet=True,
        labels=_TYPES,
        max_length=100,
    )  # fmt: skip
    legal_representative: Text = column(
        "法定代表人",
        at(REGISTER, code="", header="法定代表人"),
        at(REGISTER, code="", header="负责人"),
        at(REGISTER, code="", header="经营者"),
        at(REGISTER, code="", header="执行事务合伙人"),
        at(REGISTER, code="", header="投资人"),
        feed(GSXT, "name"),
        feed(GSXT, "leRep"),
        feed(CREDITCHINA, "legalPerson"),
        feed(SHORT_NAMES, "Fddbrxm"),
        feed(DATABASE, "name"),
        feed(DATABASE, "lerep"),
        also=(
            "法定代表人/负责人", "法定代表人（负责人）", "法定代表人姓名", "法人", "法人代表", "法定代表人/经营者",
            "法定代表人/负责人/执行事务合伙人/经营者", "法定代表人（负责人、经营者）", "法人姓名", "经营者姓名",
            "负责人姓名", "主要负责人", "法定代表人或负责人", "legal_representative", "legal_person",
        ),
        personal=PersonalData.PERSON_NAME,
        max_length=50,
    )  # fmt: skip
