"""企业基本信息 / enterprise profiles: what the register says of an enterprise, one profile a subject.

Columns: the words of registers and their variants; the national publicity system (gsxt); the interface of
信用中国; GB/T 36104-2018 (short names); databases of market regulation, with all they hold of people.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from records.datasets._register import (
    CREDITCHINA,
    DATABASE,
    GENERATIONS,
    GSXT,
    REGISTER,
    SHORT_NAMES,
    PeopleOfARegister,
)
from records.fields import TEN_THOUSAND_YUAN, at, column
from records.publicity import of_a_profile
from records.vocabulary import (
    CodeTable,
    CreditCode,
    PersonalData,
    Scope,
    Search,
    Text,
    UsageScope,
    entry,
)

_IS_PUBLIC = {
    **dict.fromkeys(("是", "1", "Y"), UsageScope.PUBLIC),
    **dict.fromkeys(("否", "0", "N"), UsageScope.GOVERNMENT),
}
"""是否公开 asks a question; 信息使用范围 has 0 for the public."""


class EnterpriseStatus(CodeTable):
    """登记状态 / state of the registration; 1–4 of 信用中国, letters of provincial databases."""

    ACTIVE = entry(
        "存续", "在业", "在营", "开业", "在册", "正常", "正常经营", "登记成立", "确立", "有效", "迁入", "营业",
        "存续（在营、开业、在册）", "存续(在营、开业、在册)企业", "在营（开业）", "在营（开业）企业", "在营在册",
        "开业/正常经营", "存续/在业", "变更中", "备案中", "迁出中", "注销中", "拟注销", "恢复", "1",
        "K", "A", "B", "X", "Q",
    )  # fmt: skip
    REVOKED = entry(
        "吊销", "已吊销", "吊销未注销", "吊销，未注销", "吊销企业", "被吊销", "撤销", "已撤销", "撤消", "撤销登记",
        "撤销设立", "已吊销企业备案中", "吊销备案中", "2", "D", "C", "DA",
    )  # fmt: skip
    DEREGISTERED = entry(
        "注销",
        "已注销",
        "注销企业",
        "吊销已注销",
        "吊销，已注销",
        "吊销并注销",
        "吊销后注销",
        "注销登记",
        "3",
    )
    MOVED_OUT = entry("迁出", "已迁出", "迁出企业", "已迁出企业", "迁移异地", "迁往市外", "4")
    OTHER = entry("其他", "歇业", "停业", "清算", "清算中", "Z")


class Enterprise(
    PeopleOfARegister,
    name="enterprises",
    label="企业基本信息",
    templates=GENERATIONS,
    publicity=of_a_profile(),
    profile=True,
):
    """企业基本信息 / what the register says of an enterprise or individual business."""

    subject_name: Text = column(
        "名称",
        at(REGISTER, code="name", header="名称"),
        at(GSXT, code="entName", header="企业名称"),
        at(GSXT, code="traName", header="个体工商户名称"),
        at(CREDITCHINA, code="name"),
        at(SHORT_NAMES, code="Jgmc", header="机构名称"),
        at(DATABASE, code="comp_nm", header="企业名称"),
        at(DATABASE, code="entname", header="主体名称"),
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
        at(DATABASE, code="oldname", header="曾用名"),
        also=("曾用名称", "企业曾用名", "历史名称", "原名称", "原企业名称", "former_names", "former_name"),
        personal=PersonalData.PERSON_NAME,
        scope=Scope.SUBJECT,
        description="Several names with 、 or ； between them.",
    )  # fmt: skip
    credit_code: CreditCode = column(
        "统一社会信用代码",
        at(REGISTER, code="code"),
        at(GSXT, code="uniscId"),
        at(CREDITCHINA, code="creditCode"),
        at(SHORT_NAMES, code="Tyshxydm"),
        at(DATABASE, code="uniscid"),
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
        at(GSXT, code="regNo"),
        at(CREDITCHINA, code="regno"),
        at(SHORT_NAMES, code="Zch"),
        at(DATABASE, code="regno"),
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
        at(SHORT_NAMES, code="Zzjgdm"),
        also=("机构代码", "organization_code", "org_number"),
        search=Search.CODE,
    )
    enterprise_type: Text = column(
        "类型",
        at(REGISTER, code=""),
        at(GSXT, code="entType_CN"),
        at(CREDITCHINA, code="enttype"),
        at(SHORT_NAMES, code="Jjlxdm", header="经济类型"),
        at(DATABASE, code="enttype_cn"),
        at(DATABASE, code="enttype", header="类型代码"),
        also=(
            "企业类型", "主体类型", "市场主体类型", "经营主体类型", "公司类型", "机构类型", "企业（机构）类型",
            "企业性质", "character", "enterprise_type", "company_type",
        ),
        filter=True,
        facet=True,
        max_length=100,
    )  # fmt: skip
    legal_representative: Text = column(
        "法定代表人",
        at(REGISTER, code="", header="法定代表人"),
        at(REGISTER, code="", header="负责人"),
        at(REGISTER, code="", header="经营者"),
        at(REGISTER, code="", header="执行事务合伙人"),
        at(REGISTER, code="", header="投资人"),
        at(GSXT, code="name", header="法定代表人"),
        at(GSXT, code="leRep", header="负责人"),
        at(CREDITCHINA, code="legalPerson"),
        at(SHORT_NAMES, code="Fddbrxm", header="法定代表人姓名"),
        at(DATABASE, code="name", header="法定代表人"),
        at(DATABASE, code="lerep", header="负责人"),
        also=(
            "法定代表人/负责人", "法定代表人（负责人）", "法定代表人姓名", "法人", "法人代表", "法定代表人/经营者",
            "法定代表人/负责人/执行事务合伙人/经营者", "法定代表人（负责人、经营者）", "法人姓名", "经营者姓名",
            "负责人姓名", "主要负责人", "法定代表人或负责人", "legal_representative", "legal_person",
        ),
        personal=PersonalData.PERSON_NAME,
        max_length=50,
    )  # fmt: skip
    registered_capital: Decimal = column(
        "注册资本",
        at(REGISTER, code="", header="注册资本"),
        at(GSXT, code="regCap", header="注册资本"),
        at(GSXT, code="regCaption", header="注册资本（文字）"),
        at(CREDITCHINA, code="regcap"),
        at(SHORT_NAMES, code="Zczj", header="注册资金"),
        at(DATABASE, code="reg_capt", header="注册资本"),
        at(DATABASE, code="regcap", header="注册资金"),
        also=(
            "注册资金", "注册资本（金）", "注册资本（金）数额", "注册资本金", "资金数额", "成员出资总额", "出资额", "出资总额",
            "capital", "registered_capital",
        ),
        unit=TEN_THOUSAND_YUAN,
        filter=True,
        sort=True,
        currency_in="currency",
        description="In units of `currency`, never 万元.",
    )  # fmt: skip
    currency: Text = column(
        "币种",
        at(REGISTER, code=""),
        at(GSXT, code="regCapCur_CN"),
        at(GSXT, code="regCapCur", header="币种代码"),
        at(CREDITCHINA, code="regcapcur"),
        at(SHORT_NAMES, code="Hbzl", header="货币种类"),
        at(DATABASE, code="currency"),
        at(DATABASE, code="regcapcur", header="币种代码"),
        also=("注册资本币种", "注册资金币种", "注册资本（金）币种", "货币种类", "货币", "currency"),
        description="ISO 4217; CNY where the row names none.",
    )
    established_on: date = column(
        "成立日期",
        at(REGISTER, code="registration_day"),
        at(GSXT, code="estDate"),
        at(CREDITCHINA, code="esdate"),
        at(SHORT_NAMES, code="Clrq"),
        at(DATABASE, code="estdate"),
        also=(
            "注册日期", "成立时间", "登记日期", "设立日期", "开业日期", "注册时间", "registration_day",
            "established_on", "establishment_date",
        ),
        filter=True,
        sort=True,
    )  # fmt: skip
    operating_from: date = column(
        "营业期限自",
        at(REGISTER, CREDITCHINA, code=""),
        at(GSXT, code="opFrom"),
        at(SHORT_NAMES, code="Yxqz", header="有效期自"),
        at(DATABASE, code="opfrom"),
        also=(
            "经营期限自",
            "经营（驻在）期限自",
            "合伙期限自",
            "营业期限起",
            "营业期限始",
            "经营起始日期",
        ),
    )
    operating_until: date = column(
        "营业期限至",
        at(REGISTER, CREDITCHINA, code=""),
        at(GSXT, code="opTo"),
        at(SHORT_NAMES, code="Yxqzhi", header="有效期至"),
        at(DATABASE, code="opto"),
        also=("经营期限至", "经营（驻在）期限至", "合伙期限至", "营业期限止", "经营截止日期"),
        permanent_as="operating_permanently",
    )
    registration_authority: Text = column(
        "登记机关",
        at(REGISTER, code=""),
        at(GSXT, code="regOrg_CN"),
        at(CREDITCHINA, code="regorg"),
        at(SHORT_NAMES, code="Djglbmmc", header="登记管理部门名称"),
        at(DATABASE, code="regorg_cn"),
        at(DATABASE, code="regorg", header="登记机关代码"),
        also=("登记机关名称", "注册机关", "登记管理部门", "发照机关"),
        max_length=200,
    )
    registration_authority_code: Text = column(
        "登记管理部门代码", at(SHORT_NAMES, code="Djglbmdm"), scope=Scope.SEALED
    )
    approved_on: date = column(
        "核准日期",
        at(REGISTER, CREDITCHINA, code=""),
        at(GSXT, code="apprDate"),
        at(SHORT_NAMES, code="Hzrq"),
        at(DATABASE, code="apprdate"),
        also=("核准时间", "发照日期", "变更日期", "最近核准日期"),
        description="Also the day of revocation or deregistration.",
    )
    status: EnterpriseStatus = column(
        "登记状态",
        at(REGISTER, code=""),
        at(GSXT, code="regState_CN"),
        at(CREDITCHINA, code="entstatus"),
        at(SHORT_NAMES, code="Zt", header="状态"),
        at(DATABASE, code="opstate"),
        also=("经营状态", "企业状态", "主体状态", "状态", "登记状态名称", "存续状态", "status"),
        filter=True,
        facet=True,
        default=EnterpriseStatus.OTHER,
        raw_as="status_text",
    )
    address: Text = column(
        "住所",
        at(REGISTER, code="", header="住所"),
        at(REGISTER, code="", header="经营场所"),
        at(GSXT, code="dom"),
        at(GSXT, code="opLoc", header="经营场所"),
        at(CREDITCHINA, code="dom"),
        at(SHORT_NAMES, code="Zcdz", header="注册地址"),
        at(SHORT_NAMES, code="Scjydz", header="生产经营地址"),
        at(DATABASE, code="dom"),
        at(DATABASE, code="oploc", header="经营场所"),
        also=(
            "住所（经营场所）", "住所/经营场所", "经营场所（住所）", "注册地址", "企业地址", "地址", "企业住所", "登记住所", "详细地址",
            "主要经营场所", "营业场所", "住址", "address",
        ),
        personal=PersonalData.ADDRESS,
    )  # fmt: skip
    business_scope: Text = column(
        "经营范围",
        at(REGISTER, code=""),
        at(GSXT, code="opScope"),
        at(CREDITCHINA, code="opscope"),
        at(SHORT_NAMES, code="Jyfw"),
        at(DATABASE, code="opscope"),
        also=("经营（业务）范围", "业务范围", "经营范围及方式", "business_scope"),
        personal=PersonalData.FREE_TEXT,
        filter=True,
        search=Search.TEXT,
    )
    industry: Text = column(
        "行业",
        at(REGISTER, code="", header="行业"),
        at(REGISTER, code="", header="行业代码"),
        at(GSXT, code="industryPhy", header="行业门类"),
        at(GSXT, code="industryCo", header="行业代码"),
        at(CREDITCHINA, code="industry"),
        at(SHORT_NAMES, code="Jjhydm", header="经济行业"),
        at(DATABASE, code="industryphy", header="行业门类"),
        at(DATABASE, code="industryco", header="行业代码"),
        also=("所属行业", "行业门类", "行业名称", "国民经济行业", "行业分类", "industry"),
        filter=True,
        facet=True,
        description="The section of GB/T 4754-2017, where a letter, code or name says which.",
    )
    usage_scope: UsageScope = column(
        "信息使用范围",
        at(*GENERATIONS, code=""),
        at(*GENERATIONS, code="Sfgk", header="是否公开", meanings=_IS_PUBLIC),
        also=("使用范围", "信息公开范围", "公开范围", "公示范围", "公开类型", "公开属性"),
        scope=Scope.SEALED,
    )
    provider: Text = column(
        "数据来源单位",
        at(*GENERATIONS, code=""),
        also=("数据来源", "提供部门", "信息提供部门"),
        scope=Scope.PROVENANCE,
        max_length=200,
    )
    provider_code: CreditCode = column(
        "数据来源单位统一社会信用代码",
        at(*GENERATIONS, code=""),
        scope=Scope.PROVENANCE,
    )
