"""行政处罚 / administrative penalties: 双公示 of 发改办财金〔2018〕424号 and its predecessor."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from records.datasets._administrative import (
    GENERATIONS,
    STATUS_IN_V1,
    V1,
    V2,
    V2_1,
    AdministrativeRecord,
)
from records.fields import TEN_THOUSAND_YUAN, at, column
from records.publicity import by_sanction
from records.vocabulary import (
    CreditCode,
    PenaltyCategory,
    PersonalData,
    RecordStatus,
    Scope,
    Search,
    Text,
)


class Penalty(
    AdministrativeRecord,
    name="penalties",
    label="行政处罚",
    templates=GENERATIONS,
    prefix="CF",
    publicity=by_sanction(),
    orders={
        V1: "CF_WSH CF_CFMC CF_BM CF_CFLB1 CF_CFLB2 CF_SY CF_YJ CF_XDR_MC CF_XDR_SHXYM CF_XDR_ZDM "
        "CF_XDR_GSDJ CF_XDR_SWDJ CF_XDR_SFZ CF_FR CF_JG CF_JDRQ CF_XZJG CF_ZT DFBM SJC BZ CF_SYFW "
        "CF_SXYZCD CF_GSJZQ"
    },
):
    """行政处罚决定 / one administrative penalty as decided. Template columns: 发改办财金〔2018〕424号."""

    penalty_name: Text = column(
        "处罚名称", at(V1, code="CF_CFMC"), scope=Scope.SEALED, max_length=256
    )
    penalty_code: Text = column(
        "行政处罚编码", at(V1, code="CF_BM"), scope=Scope.SEALED, max_length=40
    )
    document_number: Text = column(
        "行政处罚决定书文号",
        at(V2_1, V2, code="CF_WSH"),
        at(V1, code="CF_WSH"),
        also=("行政处罚决定文书号",),
        required=True,
        personal=PersonalData.ID_NUMBER,
        filter=True,
        search=Search.CODE,
        max_length=128,
    )
    violation: Text = column(
        "违法行为类型",
        at(V2_1, V2, code="CF_WFXW"),
        required=True,
        personal=PersonalData.FREE_TEXT,
        filter=True,
        search=Search.TEXT,
        max_length=2000,
    )
    facts: Text = column(
        "违法事实",
        at(V2_1, V2, code="CF_SY"),
        at(V1, code="CF_SY", header="处罚事由"),
        also=("处罚事由",),
        required=True,
        personal=PersonalData.FREE_TEXT,
        filter=True,
        search=Search.TEXT,
        max_length=5000,
    )
    legal_basis: Text = column(
        "处罚依据",
        at(V2_1, V2, code="CF_YJ"),
        at(V1, code="CF_YJ"),
        required=True,
        personal=PersonalData.FREE_TEXT,
        max_length=5000,
    )
    categories: tuple[PenaltyCategory, ...] = column(
        "处罚类别",
        at(V2_1, V2, code="CF_CFLB"),
        at(V1, code="CF_CFLB1", header="处罚类别1"),
        at(V1, code="CF_CFLB2", header="处罚类别2", required=False),
        required=True,
        filter=True,
        facet=True,
        filter_as="category",
        raw_as="category_text",
    )
    content: Text = column(
        "处罚内容",
        at(V2_1, V2, code="CF_NR"),
        at(V1, code="CF_JG", header="处罚结果"),
        also=("处罚结果",),
        required=True,
        personal=PersonalData.FREE_TEXT,
        filter=True,
        search=Search.TEXT,
        max_length=4000,
    )
    fine_amount: Decimal = column(
        "罚款金额（万元）",
        at(V2_1, V2, code="CF_NR_FK"),
        also=("处罚金额（万元）",),
        unit=TEN_THOUSAND_YUAN,
        filter=True,
        sort=True,
        expected_with=(PenaltyCategory.FINE,),
    )
    confiscated_amount: Decimal = column(
        "没收违法所得、没收非法财物的金额（万元）",
        at(V2_1, V2, code="CF_NR_WFFF"),
        also=("没收违法所得、没收非法财务的金额（万元）", "没收违法所得没收非法财物的金额（万元）"),
        unit=TEN_THOUSAND_YUAN,
        expected_with=(
            PenaltyCategory.CONFISCATION_OF_GAINS,
            PenaltyCategory.CONFISCATION_OF_PROPERTY,
        ),
    )
    revoked_certificate: Text = column(
        "暂扣或吊销证照名称及编号",
        at(V2_1, V2, code="CF_NR_ZKDX"),
        personal=PersonalData.FREE_TEXT,
        max_length=200,
        expected_with=(
            PenaltyCategory.SUSPENSION_OF_LICENSE,
            PenaltyCategory.REVOCATION_OF_LICENSE,
        ),
    )
    decision_date: date = column(
        "处罚决定日期",
        at(V2_1, V2, code="CF_JDRQ"),
        at(V1, code="CF_JDRQ"),
        required=True,
        filter=True,
        sort=True,
    )
    valid_until: date = column(
        "处罚有效期", at(V2_1, V2, code="CF_YXQ"), required=True, permanent_as="permanent"
    )
    public_limit: date = column(
        "公示截止期",
        at(V2_1, V2, code="CF_GSJZQ"),
        at(V1, code="CF_GSJZQ"),
        scope=Scope.SEALED,
    )
    authority: Text = column(
        "处罚机关",
        at(V2_1, V2, code="CF_CFJG"),
        at(V1, code="CF_XZJG"),
        also=("CF_XZJG", "CF_XKJG"),
        required=True,
        filter=True,
        facet=True,
        max_length=200,
    )
    authority_code: CreditCode = column(
        "处罚机关统一社会信用代码", at(V2_1, V2, code="CF_CFJGDM"), required=True, filter=True
    )
    status: RecordStatus = column(
        "当前状态",
        at(V1, code="CF_ZT", meanings=STATUS_IN_V1),
        filter=True,
        facet=True,
        default=RecordStatus.VALID,
        raw_as="status_text",
        raw_scope=Scope.SEALED,
    )
    dishonesty_degree: Text = column("失信严重程度", at(V1, code="CF_SXYZCD"), scope=Scope.SEALED)
    provider: Text = column(
        "数据来源单位",
        at(V2_1, V2, code="CF_SJLY"),
        required=True,
        scope=Scope.PROVENANCE,
        max_length=200,
    )
    provider_code: CreditCode = column(
        "数据来源单位统一社会信用代码",
        at(V2_1, V2, code="CF_SJLYDM"),
        required=True,
        scope=Scope.PROVENANCE,
    )
    remark: Text = column(
        "备注",
        at(V2_1, V2, code="BZ"),
        at(V1, code="BZ"),
        personal=PersonalData.FREE_TEXT,
        max_length=512,
    )
