"""红黑名单 / entries in red, black and other lists.

Which lists there are, on what they rest and how long they are shown: records/lists.py. Who is listed:
records/datasets/_listed.py.
"""

from __future__ import annotations

from datetime import date

from records.datasets._listed import (
    ABNORMAL,
    ALL,
    BLACK,
    BLACKS,
    CUSTOMS,
    DEBTOR,
    FUNDRAISING,
    GENERIC,
    GRADE_A,
    ILLEGAL,
    MARKET,
    NATIONAL,
    OVERLOAD,
    PERSON_BLACK,
    PERSON_RED,
    PRIVATE,
    PROCUREMENT,
    RED,
    REDS,
    SAFETY,
    SEALED,
    TAX,
    WAGES,
    ListedSubject,
)
from records.fields import at, column
from records.lists import LIST_CODES, LIST_NAMES, LISTS, entry_follows
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

_NO_CATEGORY = {"subject_category": SubjectCategory.NATURAL_PERSON}
_BY_CODE = {known.code.value: known.stated for known in LISTS}


class ListEntry(
    ListedSubject,
    name="list_entries",
    label="红黑名单",
    kind="LIST",
    kinds_of="color",
    templates=ALL,
    publicity=by_list(),
    follows=entry_follows,
    stated={
        **{template: _BY_CODE[template] for template in (*NATIONAL, BLACK, RED)},
        PERSON_BLACK: {**_BY_CODE[BLACK], **_NO_CATEGORY},
        PERSON_RED: {**_BY_CODE[RED], **_NO_CATEGORY},
    },
):
    """红黑名单 / one entry in a list. Each known list has its own columns; four tables serve any list."""

    color: ListColor = column("名单性质", filter=True, facet=True, always=True)
    list_code: Text = column(
        "名单代码",
        at(*GENERIC, code="mddm"),
        filter=True,
        facet=True,
        facet_as="list",
        labels=LIST_CODES,
        always=True,
        distinguishes=True,
    )
    list_name: Text = column(
        "名单名称",
        at(*GENERIC, code="mdmc"),
        also=("名单类型", "名单类别", "数据类别"),
        labels=LIST_NAMES,
        always=True,
        max_length=100,
    )
    list_year: Text = column(
        "评价年度",
        at(GRADE_A, code="", header="评价年度", tells=True),
        scope=SEALED,
        distinguishes=True,
        max_length=20,
    )
    grade: Text = column(
        "评价结果",
        at(GRADE_A, code="", header="评价结果"),
        at(CUSTOMS, code="", header="信用等级", tells=True),
        also=("纳税信用级别", "纳税信用等级", "纳税信用评价结果", "信用级别", "评价级别"),
        scope=SEALED,
        max_length=50,
        description="A row of another grade than that of its list is not shown.",
    )
    document_number: Text = column(
        "认定文号",
        at(DEBTOR, code="caseCode", header="案号", tells=True),
        at(FUNDRAISING, code="", header="案号"),
        at(*GENERIC, code="rdwh"),
        also=("案号", "文号", "决定书文号", "列入决定书文号"),
        personal=PRIVATE,
        filter=True,
        search=Search.CODE,
        max_length=128,
    )
    basis_number: Text = column(
        "执行依据文号",
        at(DEBTOR, code="gistId"),
        at(*REDS, code="bzwjh", header="表彰文件号"),
        personal=PRIVATE,
        filter=True,
        search=Search.CODE,
        max_length=128,
    )
    basis_authority: Text = column(
        "做出执行依据单位", at(DEBTOR, code="gistUnit"), scope=SEALED, max_length=200
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
        at(*BLACKS, code="zysxss", header="主要失信事实", tells=True),
        at(*REDS, code="rymc", header="荣誉名称", tells=True),
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
        at(*BLACKS, code="scfzynr"),
        also=("行政处理决定内容",),
        scope=SEALED,
        personal=PersonalData.FREE_TEXT,
    )
    legal_basis: Text = column(
        "处罚依据",
        at(PROCUREMENT, code="", header="处罚依据"),
        scope=SEALED,
        personal=PersonalData.FREE_TEXT,
    )
    duty: Text = column(
        "生效法律文书确定的义务",
        at(DEBTOR, code="duty"),
        scope=SEALED,
        personal=PersonalData.FREE_TEXT,
        description="Names creditors and others who are not on the list: sealed, not redacted.",
    )
    performance: Text = column("被执行人的履行情况", at(DEBTOR, code="performance"), scope=SEALED)
    performed_part: Text = column("已履行部分", at(DEBTOR, code="performedPart"), scope=SEALED)
    unperformed_part: Text = column("未履行部分", at(DEBTOR, code="unperformPart"), scope=SEALED)
    amount: Text = column("涉及金额", at(WAGES, code="", header="涉及金额"), scope=SEALED)
    authority: Text = column(
        "认定单位",
        at(DEBTOR, code="courtName", header="执行法院", tells=True),
        at(*MARKET, code="decOrg_CN", header="列入决定机关名称"),
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
        "认定单位统一社会信用代码", at(*GENERIC, code="rddwdm"), filter=True
    )
    decision_date: date = column(
        "认定日期",
        at(*BLACKS, code="qryzsxrq", header="确认严重失信日期"),
        at(*REDS, code="rdrq"),
        at(CUSTOMS, code="", header="等级认定时间"),
        also=("认定时间", "处罚日期"),
    )
    listed_on: date = column(
        "列入日期",
        at(DEBTOR, code="publishDate", header="发布时间"),
        at(*MARKET, code="abntime"),
        at(TAX, code="", header="录入时间"),
        at(PROCUREMENT, code="", header="记录日期"),
        at(FUNDRAISING, code="", header="入库时间"),
        at(WAGES, SAFETY, OVERLOAD, CUSTOMS, GRADE_A, *GENERIC, code="", header="列入日期"),
        also=("标记日期", "列入时间", "发布日期"),
        filter=True,
        sort=True,
        distinguishes=True,
    )
    removed_on: date = column(
        "移出日期",
        at(*MARKET, code="remDate"),
        at(*(t for t in ALL if t not in MARKET), code="", header="移出日期"),
        also=("移出时间", "恢复日期"),
    )
    removal_reason: Text = column(
        "移出原因",
        at(*MARKET, code="remExcpRes_CN"),
        at(*(t for t in ALL if t not in MARKET), code="", header="移出原因"),
        also=("移出经营异常名录原因", "恢复原因"),
        personal=PersonalData.FREE_TEXT,
        max_length=2000,
    )
    removal_authority: Text = column(
        "移出决定机关名称",
        at(*MARKET, code="reDecOrg_CN"),
        also=("移出决定机关", "作出决定机关（移出）", "恢复决定机关"),
        scope=SEALED,
        max_length=200,
    )
    filed_on: date = column("立案时间", at(DEBTOR, code="regDate"), scope=SEALED)
    established_on: date = column("设立日期", at(*MARKET, code="estDate"), scope=SEALED)
    first_registered_on: date = column(
        "首次注册日期", at(CUSTOMS, code="", header="首次注册日期"), scope=SEALED
    )
    case_period: Text = column("案件上报期", at(TAX, code="", header="案件上报期"), scope=SEALED)
    place: Text = column("登记地点", at(PROCUREMENT, code="", header="登记地点"), scope=SEALED)
    plate: Text = column(
        "车牌号",
        at(OVERLOAD, code="", header="车牌号", tells=True),
        also=("车牌号码", "车辆号牌"),
        scope=SEALED,
        personal=PersonalData.PLATE,
        distinguishes=True,
    )
    operation_number: Text = column(
        "营运证号", at(OVERLOAD, code="", header="营运证号"), scope=SEALED, personal=PRIVATE
    )
    transport_number: Text = column(
        "道路运输证号",
        at(OVERLOAD, code="", header="道路运输证号"),
        scope=SEALED,
        personal=PRIVATE,
    )
    batch: Text = column("批次", at(OVERLOAD, code="", header="批次"), scope=SEALED)
    listing_authority: Text = column(
        "列入部门", at(FUNDRAISING, code="", header="列入部门"), scope=SEALED
    )
    public_limit: date = column(
        "公示截止期",
        at(PROCUREMENT, code="", header="处罚截止日期"),
        at(*GENERIC, code="gsjzq"),
        also=("有效期限", "评价结果有效期", "公示截止日期"),
        scope=SEALED,
    )
    usage_scope: UsageScope = column(
        "信息使用范围",
        at(*GENERIC, code="syfw"),
        also=("使用范围", "信息公开范围", "公开范围", "公示范围", "公开类型", "公开属性"),
        scope=SEALED,
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
        at(*GENERIC, code="bmmc"),
        also=("数据来源", "数据来源单位"),
        scope=Scope.PROVENANCE,
        max_length=200,
    )
    provider_code: CreditCode = column(
        "提供部门统一社会信用代码", at(*GENERIC, code="bmdm"), scope=Scope.PROVENANCE
    )
    exchange_unit: Text = column(
        "交换单位全称", at(*GENERIC, code="jhdwqc"), scope=SEALED, max_length=200
    )
    provided_on: date = column("提供日期", at(*GENERIC, code="tgrq"), scope=SEALED)
    remark: Text = column(
        "备注",
        at(*ALL, code="bz"),
        scope=SEALED,
        personal=PersonalData.FREE_TEXT,
    )
