"""企业基本信息 / enterprise profiles: what the register says of an enterprise, one profile a subject.

Columns: the words of registers and their variants; the national publicity system (gsxt); the interface of
信用中国; GB/T 36104-2018 (short names); databases of market regulation, with all they hold of people.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from records import industries
from records.currencies import CURRENCIES
from records.datasets._register import (
    CREDITCHINA,
    DATABASE,
    GENERATIONS,
    GSXT,
    REGISTER,
    SHORT_NAMES,
    RegisteredSubject,
    feed,
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
    RegisteredSubject,
    name="enterprises",
    label="企业基本信息",
    templates=GENERATIONS,
    publicity=of_a_profile(),
    profile=True,
):
    """企业基本信息 / what the register says of an enterprise or individual business."""

    registered_capital: Decimal = column(
        "注册资本",
        at(REGISTER, code="", header="注册资本"),
        feed(GSXT, "regCap"),
        feed(GSXT, "regCaption"),
        feed(CREDITCHINA, "regcap"),
        feed(SHORT_NAMES, "Zczj"),
        feed(DATABASE, "reg_capt"),
        feed(DATABASE, "regcap"),
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
        feed(GSXT, "regCapCur_CN"),
        feed(GSXT, "regCapCur"),
        feed(CREDITCHINA, "regcapcur"),
        feed(SHORT_NAMES, "Hbzl"),
        feed(DATABASE, "currency"),
        feed(DATABASE, "regcapcur"),
        also=(
            "币种代码",
            "注册资本币种",
            "注册资金币种",
            "注册资本（金）币种",
            "货币种类",
            "货币",
            "currency",
        ),
        labels=CURRENCIES,
        description="ISO 4217; CNY where the row names none.",
    )
    established_on: date = column(
        "成立日期",
        at(REGISTER, code="registration_day"),
        feed(GSXT, "estDate"),
        feed(CREDITCHINA, "esdate"),
        feed(SHORT_NAMES, "Clrq"),
        feed(DATABASE, "estdate"),
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
        feed(GSXT, "opFrom"),
        feed(SHORT_NAMES, "Yxqz"),
        feed(DATABASE, "opfrom"),
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
        feed(GSXT, "opTo"),
        feed(SHORT_NAMES, "Yxqzhi"),
        feed(DATABASE, "opto"),
        also=("经营期限至", "经营（驻在）期限至", "合伙期限至", "营业期限止", "经营截止日期"),
        permanent_as="operating_permanently",
    )
    registration_authority: Text = column(
        "登记机关",
        at(REGISTER, code=""),
        feed(GSXT, "regOrg_CN"),
        feed(CREDITCHINA, "regorg"),
        feed(SHORT_NAMES, "Djglbmmc"),
        feed(DATABASE, "regorg_cn"),
        feed(DATABASE, "regorg"),
        also=("登记管理部门名称", "登记机关名称", "注册机关", "登记管理部门", "发照机关"),
        max_length=200,
    )
    registration_authority_code: Text = column(
        "登记管理部门代码", feed(SHORT_NAMES, "Djglbmdm"), scope=Scope.SEALED
    )
    approved_on: date = column(
        "核准日期",
        at(REGISTER, CREDITCHINA, code=""),
        feed(GSXT, "apprDate"),
        feed(SHORT_NAMES, "Hzrq"),
        feed(DATABASE, "apprdate"),
        also=("核准时间", "发照日期", "变更日期", "最近核准日期"),
        description="Also the day of revocation or deregistration.",
    )
    status: EnterpriseStatus = column(
        "登记状态",
        at(REGISTER, code=""),
        feed(GSXT, "regState_CN"),
        feed(CREDITCHINA, "entstatus"),
        feed(SHORT_NAMES, "Zt"),
        feed(DATABASE, "opstate"),
        also=("经营状态", "企业状态", "主体状态", "状态", "登记状态名称", "存续状态", "reg_status"),
        filter=True,
        facet=True,
        default=EnterpriseStatus.OTHER,
        raw_as="status_text",
    )
    address: Text = column(
        "住所",
        at(REGISTER, code="", header="住所"),
        at(REGISTER, code="", header="经营场所"),
        feed(GSXT, "dom"),
        feed(GSXT, "opLoc"),
        feed(CREDITCHINA, "dom"),
        feed(SHORT_NAMES, "Zcdz"),
        feed(SHORT_NAMES, "Scjydz"),
        feed(DATABASE, "dom"),
        feed(DATABASE, "oploc"),
        also=("生产经营地址",
            "住所（经营场所）", "住所/经营场所", "经营场所（住所）", "注册地址", "企业地址", "地址", "企业住所", "登记住所", "详细地址",
            "主要经营场所", "营业场所", "住址", "address",
        ),
        personal=PersonalData.ADDRESS,
    )  # fmt: skip
    business_scope: Text = column(
        "经营范围",
        at(REGISTER, code=""),
        feed(GSXT, "opScope"),
        feed(CREDITCHINA, "opscope"),
        feed(SHORT_NAMES, "Jyfw"),
        feed(DATABASE, "opscope"),
        also=("经营（业务）范围", "业务范围", "经营范围及方式", "business_scope"),
        personal=PersonalData.FREE_TEXT,
        filter=True,
        search=Search.TEXT,
    )
    industry: Text = column(
        "行业",
        at(REGISTER, code="", header="行业"),
        at(REGISTER, code="", header="行业代码"),
        feed(GSXT, "industryPhy"),
        feed(GSXT, "industryCo"),
        feed(CREDITCHINA, "industry"),
        feed(SHORT_NAMES, "Jjhydm"),
        feed(DATABASE, "industryphy"),
        feed(DATABASE, "industryco"),
        also=(
            "经济行业",
            "所属行业",
            "行业门类",
            "行业名称",
            "国民经济行业",
            "行业分类",
            "industry",
        ),
        filter=True,
        facet=True,
        labels=industries.LABELS,
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
    legal_representative_id_type: Text = column(
        "法定代表人证件类型",
        at(REGISTER, GSXT, CREDITCHINA, code=""),
        feed(SHORT_NAMES, "Fddbrzjlx"),
        feed(DATABASE, "certype"),
        also=("证件类型", "cerType"),
        scope=Scope.SEALED,
    )
    legal_representative_id_number: Text = column(
        "法定代表人证件号码",
        at(REGISTER, GSXT, CREDITCHINA, code=""),
        feed(SHORT_NAMES, "Fddbrzjhm"),
        feed(DATABASE, "cerno"),
        also=(
            "证件号码", "身份证号", "身份证号码", "居民身份证号", "法定代表人身份证号", "法定代表人身份证号码", "法人身份证号", "经营者身份证号",
            "负责人身份证号", "cerNo", "id_number",
        ),
        scope=Scope.SEALED,
        personal=PersonalData.ID_NUMBER,
    )  # fmt: skip
    phone: Text = column(
        "联系电话",
        at(REGISTER, GSXT, CREDITCHINA, code=""),
        feed(SHORT_NAMES, "Lxdh"),
        feed(DATABASE, "tel"),
        also=("电话", "企业联系电话", "固定电话", "联系方式", "phone", "telephone"),
        scope=Scope.SEALED,
        personal=PersonalData.PHONE,
    )
    mobile: Text = column(
        "手机号码",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code=""),
        feed(DATABASE, "mobtel"),
        also=("手机", "手机号", "移动电话", "法定代表人电话", "法人电话", "经营者电话", "mobile"),
        scope=Scope.SEALED,
        personal=PersonalData.PHONE,
    )
    contact: Text = column(
        "联系人",
        at(REGISTER, GSXT, CREDITCHINA, code=""),
        feed(SHORT_NAMES, "Lxr"),
        feed(DATABASE, "linkman"),
        also=("联络员", "联系人姓名", "企业联系人", "联络员姓名"),
        scope=Scope.SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    email: Text = column(
        "电子邮箱",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code=""),
        feed(DATABASE, "email"),
        also=("邮箱", "电子邮件", "企业电子邮箱"),
        scope=Scope.SEALED,
        personal=PersonalData.EMAIL,
    )
    shareholders: Text = column(
        "股东",
        at(REGISTER, CREDITCHINA, code=""),
        feed(GSXT, "inv"),
        feed(SHORT_NAMES, "Gdmc"),
        feed(DATABASE, "inv"),
        also=("股东名称", "股东姓名", "投资人姓名", "出资人", "股东（发起人）"),
        scope=Scope.SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    shareholder_id_number: Text = column(
        "股东证件号码",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code=""),
        feed(DATABASE, "inv_cerno"),
        also=("股东身份证号", "投资人证件号码", "出资人证件号码", "invCerNo"),
        scope=Scope.SEALED,
        personal=PersonalData.ID_NUMBER,
    )
    home_address: Text = column(
        "户籍住址",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code=""),
        feed(DATABASE, "houseadd"),
        also=("经营者住址", "法定代表人住址", "家庭住址", "户籍地址", "经营者住所", "身份证住址"),
        scope=Scope.SEALED,
        personal=PersonalData.ADDRESS,
    )
