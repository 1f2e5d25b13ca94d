"""The generations of registers' tables, and what their feeds hold of people: recognized, and never shown."""

from __future__ import annotations

from records.fields import Record, at, column
from records.vocabulary import PersonalData, Scope, Text

REGISTER, GSXT, CREDITCHINA = "REGISTER", "GSXT", "CREDITCHINA"
SHORT_NAMES, DATABASE = "GBT36104", "DATABASE"
GENERATIONS = (REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, DATABASE)


class PeopleOfARegister(Record):
    """登记数据中的个人信息 / personal columns of a feed of the register."""

    legal_representative_id_type: Text = column(
        "法定代表人证件类型",
        at(REGISTER, GSXT, CREDITCHINA, code=""),
        at(SHORT_NAMES, code="Fddbrzjlx"),
        at(DATABASE, code="certype", header="证件类型"),
        also=("证件类型", "cerType"),
        scope=Scope.SEALED,
    )
    legal_representative_id_number: Text = column(
        "法定代表人证件号码",
        at(REGISTER, GSXT, CREDITCHINA, code=""),
        at(SHORT_NAMES, code="Fddbrzjhm"),
        at(DATABASE, code="cerno", header="证件号码"),
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
        at(SHORT_NAMES, code="Lxdh"),
        at(DATABASE, code="tel"),
        also=("电话", "企业联系电话", "固定电话", "联系方式", "phone", "telephone"),
        scope=Scope.SEALED,
        personal=PersonalData.PHONE,
    )
    mobile: Text = column(
        "手机号码",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code=""),
        at(DATABASE, code="mobtel"),
        also=("手机", "手机号", "移动电话", "法定代表人电话", "法人电话", "经营者电话", "mobile"),
        scope=Scope.SEALED,
        personal=PersonalData.PHONE,
    )
    contact: Text = column(
        "联系人",
        at(REGISTER, GSXT, CREDITCHINA, code=""),
        at(SHORT_NAMES, code="Lxr"),
        at(DATABASE, code="linkman"),
        also=("联络员", "联系人姓名", "企业联系人", "联络员姓名"),
        scope=Scope.SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    email: Text = column(
        "电子邮箱",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code=""),
        at(DATABASE, code="email"),
        also=("邮箱", "电子邮件", "企业电子邮箱"),
        scope=Scope.SEALED,
        personal=PersonalData.EMAIL,
    )
    shareholders: Text = column(
        "股东",
        at(REGISTER, CREDITCHINA, code=""),
        at(GSXT, code="inv"),
        at(SHORT_NAMES, code="Gdmc", header="股东名称"),
        at(DATABASE, code="inv"),
        also=("股东名称", "股东姓名", "投资人姓名", "出资人", "股东（发起人）"),
        scope=Scope.SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    shareholder_id_number: Text = column(
        "股东证件号码",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code=""),
        at(DATABASE, code="inv_cerno"),
        also=("股东身份证号", "投资人证件号码", "出资人证件号码", "invCerNo"),
        scope=Scope.SEALED,
        personal=PersonalData.ID_NUMBER,
    )
    home_address: Text = column(
        "户籍住址",
        at(REGISTER, GSXT, CREDITCHINA, SHORT_NAMES, code=""),
        at(DATABASE, code="houseadd"),
        also=("经营者住址", "法定代表人住址", "家庭住址", "户籍地址", "经营者住所", "身份证住址"),
        scope=Scope.SEALED,
        personal=PersonalData.ADDRESS,
    )
