"""红黑名单 / entries in red, black and other lists.

The generic tables of local platforms, 失信被执行人 (最高人民法院《关于公布失信被执行人名单信息的若干规定》) and the
national lists as 信用中国 and gsxt print them.
Which lists there are, on what they rest and how long they are shown: records/lists.py.
"""

from __future__ import annotations

from datetime import date

from records.fields import Record, at, column
from records.lists import LIST_CODES, LIST_NAMES, LISTS, entry_follows
from records.policy import ListCode
from records.publicity import by_list
from records.vocabulary import (
    CreditCode,
    ListColor,
    PersonalData,
    RecordStatus,
    Scope,
    Search,
    SubjectCategory,
    Text,
    UsageScope,
)

DEBTOR, TAX = ListCode.JUDGMENT_DEBTOR.value, ListCode.TAX.value
ABNORMAL, ILLEGAL = ListCode.ABNORMAL_OPERATION.value, ListCode.SERIOUSLY_ILLEGAL.value
SAFETY, PROCUREMENT = ListCode.WORK_SAFETY.value, ListCode.GOVERNMENT_PROCUREMENT.value
WAGES, FUNDRAISING = ListCode.WAGE_ARREARS.value, ListCode.ILLEGAL_FUNDRAISING.value
OVERLOAD, GRADE_A = ListCode.OVERLOAD.value, ListCode.TAX_GRADE_A.value
CUSTOMS = ListCode.CUSTOMS_ADVANCED.value
BLACK, RED = ListCode.BLACK_LIST.value, ListCode.RED_LIST.value
PERSON_BLACK, PERSON_RED = "PERSON_BLACK_LIST", "PERSON_RED_LIST"

_MARKET = (ABNORMAL, ILLEGAL)
_PERSONS = (PERSON_BLACK, PERSON_RED)
_BLACKS, _REDS = (BLACK, PERSON_BLACK), (RED, PERSON_RED)
_GENERIC = (BLACK, RED, *_PERSONS)
_NATIONAL = (
    DEBTOR, TAX, ABNORMAL, ILLEGAL, SAFETY, PROCUREMENT, WAGES, FUNDRAISING, OVERLOAD, GRADE_A, CUSTOMS,
)  # fmt: skip
_ALL = (*_NATIONAL, *_GENERIC)
_NO_CATEGORY = {"subject_category": SubjectCategory.NATURAL_PERSON}
_BY_CODE = {known.code.value: known.stated for known in LISTS}
_SEALED, _PRIVATE = Scope.SEALED, PersonalData.ID_NUMBER


class ListEntry(
    Record,
    name="list_entries",
    label="红黑名单",
    kind="LIST",
    kinds_of="color",
    templates=_ALL,
    publicity=by_list(),
    follows=entry_follows,
    stated={
        **{template: _BY_CODE[template] for template in (*_NATIONAL, BLACK, RED)},
        PERSON_BLACK: {**_BY_CODE[BLACK], **_NO_CATEGORY},
        PERSON_RED: {**_BY_CODE[RED], **_NO_CATEGORY},
    },
):
    """红黑名单 / one entry in a list. Each known list has its own columns; four tables serve any list."""

    subject_name: Text = column(
        "主体名称",
        at(DEBTOR, code="iname", header="被执行人姓名/名称"),
        at(TAX, GRADE_A, code="", header="纳税人名称", tells=True),
        at(*_MARKET, code="entName", header="企业名称"),
        at(SAFETY, code="", header="单位名称"),
        at(PROCUREMENT, code="", header="机构名称"),
        at(WAGES, code="", header="对象名称", tells=True),
        at(FUNDRAISING, OVERLOAD, CUSTOMS, code="", header="企业名称"),
        at(BLACK, RED, code="jgqc", header="机构全称"),
        at(*_PERSONS, code="xm", header="姓名", tells=True),
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
        scope=_SEALED,
    )
    credit_code: CreditCode = column(
        "统一社会信用代码",
        at(TAX, FUNDRAISING, OVERLOAD, GRADE_A, CUSTOMS, WAGES, code="", header="统一社会信用代码"),
        at(*_MARKET, code="uniscId", header="统一社会信用代码"),
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
        scope=_SEALED,
        personal=_PRIVATE,
        stands_for=("credit_code", "organization_code", "registration_number"),
        description="A code of the subject in its own field where it is one; else a number of a person.",
    )  # fmt: skip
    registration_number: Text = column(
        "工商注册号",
        at(*_MARKET, code="regNo", header="注册号"),
        at(BLACK, RED, code="gszch"),
        also=("注册号", "工商登记码"),
        scope=_SEALED,
        max_length=50,
    )
    organization_code: Text = column(
        "组织机构代码",
        at(TAX, FUNDRAISING, code="", header="组织机构代码"),
        at(BLACK, RED, code="zzjgdm"),
        also=("组织结构代码",),
        scope=_SEALED,
    )
    tax_number: Text = column(
        "纳税人识别号",
        at(TAX, GRADE_A, code="", header="纳税人识别号"),
        also=("税务登记号",),
        scope=_SEALED,
        personal=_PRIVATE,
    )
    customs_number: Text = column(
        "海关注册编码",
        at(CUSTOMS, code="", header="海关注册编码", tells=True),
        scope=_SEALED,
        personal=_PRIVATE,
    )
    market_number: Text = column(
        "主体身份代码", at(*_MARKET, code="pripid"), scope=_SEALED, max_length=64
    )
    legal_representative: Text = column(
        "法定代表人",
        at(DEBTOR, code="businessEntity", header="法定代表人或者负责人姓名"),
        at(TAX, code="", header="法定代表人或负责人姓名"),
        at(*_MARKET, code="name", header="法定代表人"),
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
        scope=_SEALED,
        personal=_PRIVATE,
    )
    responsible_person: Text = column(
        "负责人姓名",
        at(BLACK, RED, code="fzrxm"),
        scope=_SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    finance_officer: Text = column(
        "负有直接责任的财务负责人姓名",
        at(TAX, code="", header="负有直接责任的财务负责人姓名"),
        scope=_SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    intermediaries: Text = column(
        "负有直接责任的中介机构信息及其从业人员信息",
        at(TAX, code="", header="负有直接责任的中介机构信息及其从业人员信息"),
        scope=_SEALED,
        personal=PersonalData.PERSON_NAME,
    )
    person_id_type: Text = column(
        "证件类型", at(*_PERSONS, code="zjlx"), scope=_SEALED, max_length=64
    )
    person_id_number: Text = column(
        "身份证号",
        at(*_PERSONS, code="sfzh"),
        also=("证件号码", "身份证号码", "居民身份证号", "公民身份号码"),
        scope=_SEALED,
        personal=_PRIVATE,
    )
    sex: Text = column("性别", at(DEBTOR, code="sexy"), at(TAX, code="sex"), scope=_SEALED)
    age: Text = column("年龄", at(DEBTOR, code="age"), scope=_SEALED)
    birth_date: date = column("出生日期", at(DEBTOR, code="birthday"), scope=_SEALED)
    address: Text = column(
        "注册地址",
        at(TAX, SAFETY, code="", header="注册地址"),
        at(PROCUREMENT, code="", header="企业地址"),
        at(BLACK, RED, code="zcdz"),
        also=("住所", "企业地址/工作单位"),
        scope=_SEALED,
        personal=PersonalData.ADDRESS,
        max_length=500,
    )
    province: Text = column(
        "省份",
        at(DEBTOR, code="areaName"),
        at(FUNDRAISING, code="", header="省份"),
        also=("所在省份", "地域名称"),
        scope=_SEALED,
    )
    color: ListColor = column("名单性质", filter=True, facet=True, always=True)
    list_code: Text = column(
        "名单代码",
        at(*_GENERIC, code="mddm"),
        filter=True,
        facet=True,
        facet_as="list",
        labels=LIST_CODES,
        always=True,
        distinguishes=True,
    )
    list_name: Text = column(
        "名单名称",
        at(*_GENERIC, code="mdmc"),
        also=("名单类型", "名单类别", "数据类别"),
        labels=LIST_NAMES,
        always=True,
        max_length=100,
    )
    list_year: Text = column(
        "评价年度",
        at(GRADE_A, code="", header="评价年度", tells=True),
        scope=_SEALED,
        distinguishes=True,
        max_length=20,
    )
    document_number: Text = column(
        "认定文号",
        at(DEBTOR, code="caseCode", header="案号", tells=True),
        at(FUNDRAISING, code="", header="案号"),
        at(*_GENERIC, code="rdwh"),
        also=("案号", "文号", "决定书文号", "列入决定书文号"),
        personal=_PRIVATE,
        filter=True,
        search=Search.CODE,
        max_length=128,
    )
    basis_number: Text = column(
        "执行依据文号",
        at(DEBTOR, code="gistId"),
        at(*_REDS, code="bzwjh", header="表彰文件号"),
        personal=_PRIVATE,
        filter=True,
        search=Search.CODE,
        max_length=128,
    )
    basis_authority: Text = column(
        "做出执行依据单位", at(DEBTOR, code="gistUnit"), scope=_SEALED, max_length=200
    )
    reason: Text = column(
        "列入事由",
        at(DEBTOR, code="disruptTypeName", header="失信被执行人行为具体情形"),
        at(TAX, code="", header="案件性质", tells=True),
        at(TAX, code="", header="主要违法事实", tells=True),
        at(ABNORMAL, code="speCause_CN", header="列入经营异常名录原因类型名称", tells=True),
        at(ABNORMAL, code="", header="列入经营异常名录原因", tells=True),
        at(ABNORMAL, code="", header="标记经营异常状态原因", tells=True),
        at(ILLEGAL, code="serILLRea_CN", header="列入严重违法失信名单原因", tells=True),
        at(ILLEGAL, code="", header="列入严重违法失信企业名单原因", tells=True),
        at(ILLEGAL, code="", header="列入严重违法失信企业名单（黑名单）原因", tells=True),
        at(SAFETY, code="", header="失信行为简况"),
        at(SAFETY, code="", header="纳入理由", tells=True),
        at(PROCUREMENT, code="", header="不良行为的具体情形", tells=True),
        at(WAGES, code="", header="列入名单事由", tells=True),
        at(FUNDRAISING, code="", header="罪名", tells=True),
        at(OVERLOAD, code="", header="失信行为", tells=True),
        at(CUSTOMS, code="", header="信用等级", tells=True),
        at(*_BLACKS, code="zysxss", header="主要失信事实", tells=True),
        at(*_REDS, code="rymc", header="荣誉名称", tells=True),
        at(PERSON_RED, code="rysx", header="荣誉事项"),
        also=("列入原因", "失信领域", "严重违法失信行为的具体情形"),
        personal=PersonalData.FREE_TEXT,
        filter=True,
        search=Search.TEXT,
        max_length=4000,
    )
    measures: Text = column(
        "行政处理处罚或法院判决决定的主要内容",
        at(TAX, code="", header="相关法律依据及税务处理处罚情况"),
        at(PROCUREMENT, code="", header="处罚结果"),
        at(*_BLACKS, code="scfzynr"),
        also=("行政处理决定内容",),
        scope=_SEALED,
        personal=PersonalData.FREE_TEXT,
    )
    legal_basis: Text = column(
        "处罚依据",
        at(PROCUREMENT, code="", header="处罚依据"),
        scope=_SEALED,
        personal=PersonalData.FREE_TEXT,
    )
    duty: Text = column(
        "生效法律文书确定的义务",
        at(DEBTOR, code="duty"),
        scope=_SEALED,
        personal=PersonalData.FREE_TEXT,
        description="Names creditors and others who are not on the list: sealed, not redacted.",
    )
    performance: Text = column("被执行人的履行情况", at(DEBTOR, code="performance"), scope=_SEALED)
    performed_part: Text = column("已履行部分", at(DEBTOR, code="performedPart"), scope=_SEALED)
    unperformed_part: Text = column("未履行部分", at(DEBTOR, code="unperformPart"), scope=_SEALED)
    amount: Text = column("涉及金额", at(WAGES, code="", header="涉及金额"), scope=_SEALED)
    authority: Text = column(
        "认定单位",
        at(DEBTOR, code="courtName", header="执行法院", tells=True),
        at(*_MARKET, code="decOrg_CN", header="列入决定机关名称"),
        at(SAFETY, code="", header="信息报送机关"),
        at(WAGES, code="", header="认定部门"),
        at(FUNDRAISING, code="", header="判决作出机构"),
        at(BLACK, PERSON_BLACK, PERSON_RED, code="rddw"),
        at(RED, code="rdjgqc", header="认定机关全称"),
        also=(
            "认定机关",
            "列入机关",
            "列入决定机关",
            "作出决定机关",
            "作出决定机关（列入）",
            "标记机关",
            "处罚机关/批准人",
            "执行单位",
        ),
        filter=True,
        facet=True,
        max_length=200,
    )
    authority_code: CreditCode = column(
        "认定单位统一社会信用代码", at(*_GENERIC, code="rddwdm"), filter=True
    )
    decision_date: date = column(
        "认定日期",
        at(*_BLACKS, code="qryzsxrq", header="确认严重失信日期"),
        at(*_REDS, code="rdrq"),
        at(CUSTOMS, code="", header="等级认定时间"),
        also=("认定时间", "处罚日期"),
    )
    listed_on: date = column(
        "列入日期",
        at(DEBTOR, code="publishDate", header="发布时间"),
        at(*_MARKET, code="abntime"),
        at(TAX, code="", header="录入时间"),
        at(PROCUREMENT, code="", header="记录日期"),
        at(FUNDRAISING, code="", header="入库时间"),
        at(WAGES, SAFETY, OVERLOAD, CUSTOMS, GRADE_A, *_GENERIC, code="", header="列入日期"),
        also=("标记日期", "列入时间", "发布日期"),
        filter=True,
        sort=True,
        distinguishes=True,
    )
    removed_on: date = column(
        "移出日期",
        at(*_MARKET, code="remDate"),
        at(*(t for t in _ALL if t not in _MARKET), code="", header="移出日期"),
        also=("移出时间", "恢复日期"),
    )
    removal_reason: Text = column(
        "移出原因",
        at(*_MARKET, code="remExcpRes_CN"),
        at(*(t for t in _ALL if t not in _MARKET), code="", header="移出原因"),
        also=("移出经营异常名录原因", "恢复原因"),
        personal=PersonalData.FREE_TEXT,
        max_length=2000,
    )
    removal_authority: Text = column(
        "移出决定机关名称",
        at(*_MARKET, code="reDecOrg_CN"),
        also=("移出决定机关", "作出决定机关（移出）", "恢复决定机关"),
        scope=_SEALED,
        max_length=200,
    )
    filed_on: date = column("立案时间", at(DEBTOR, code="regDate"), scope=_SEALED)
    established_on: date = column("设立日期", at(*_MARKET, code="estDate"), scope=_SEALED)
    first_registered_on: date = column(
        "首次注册日期", at(CUSTOMS, code="", header="首次注册日期"), scope=_SEALED
    )
    case_period: Text = column("案件上报期", at(TAX, code="", header="案件上报期"), scope=_SEALED)
    place: Text = column("登记地点", at(PROCUREMENT, code="", header="登记地点"), scope=_SEALED)
    plate: Text = column(
        "车牌号",
        at(OVERLOAD, code="", header="车牌号", tells=True),
        also=("车牌号码", "车辆号牌"),
        scope=_SEALED,
        personal=PersonalData.PLATE,
    )
    operation_number: Text = column(
        "营运证号", at(OVERLOAD, code="", header="营运证号"), scope=_SEALED, personal=_PRIVATE
    )
    transport_number: Text = column(
        "道路运输证号",
        at(OVERLOAD, code="", header="道路运输证号"),
        scope=_SEALED,
        personal=_PRIVATE,
    )
    batch: Text = column("批次", at(OVERLOAD, code="", header="批次"), scope=_SEALED)
    listing_authority: Text = column(
        "列入部门", at(FUNDRAISING, code="", header="列入部门"), scope=_SEALED
    )
    public_limit: date = column(
        "公示截止期",
        at(PROCUREMENT, code="", header="处罚截止日期"),
        at(*_GENERIC, code="gsjzq"),
        also=("有效期限", "评价结果有效期", "公示截止日期"),
        scope=_SEALED,
    )
    usage_scope: UsageScope = column(
        "信息使用范围",
        at(*_GENERIC, code="syfw"),
        also=("使用范围", "信息公开范围", "公开范围", "公示范围", "公开类型", "公开属性"),
        scope=_SEALED,
    )
    status: RecordStatus = column(
        "当前状态",
        at(
            CUSTOMS,
            code="",
            header="注销标志",
            meanings={
                "0": RecordStatus.VALID,
                "否": RecordStatus.VALID,
                "1": RecordStatus.INVALID,
                "是": RecordStatus.INVALID,
            },
        ),
        filter=True,
        facet=True,
        default=RecordStatus.VALID,
    )
    provider: Text = column(
        "提供部门",
        at(GRADE_A, code="", header="数据来源"),
        at(*_GENERIC, code="bmmc"),
        also=("数据来源", "数据来源单位"),
        scope=Scope.PROVENANCE,
        max_length=200,
    )
    provider_code: CreditCode = column(
        "提供部门统一社会信用代码", at(*_GENERIC, code="bmdm"), scope=Scope.PROVENANCE
    )
    exchange_unit: Text = column(
        "交换单位全称", at(*_GENERIC, code="jhdwqc"), scope=_SEALED, max_length=200
    )
    provided_on: date = column("提供日期", at(*_GENERIC, code="tgrq"), scope=_SEALED)
    remark: Text = column(
        "备注",
        at(*_ALL, code="bz"),
        scope=_SEALED,
        personal=PersonalData.FREE_TEXT,
    )
