"""行政许可 / administrative licenses: 双公示 of 发改办财金〔2018〕424号 and its predecessor."""

from __future__ import annotations

from datetime import date

from records.datasets._administrative import (
    GENERATIONS,
    STATUS_IN_V1,
    V1,
    V2,
    V2_1,
    AdministrativeRecord,
)
from records.fields import at, column
from records.publicity import without_end
from records.vocabulary import (
    CreditCode,
    LicenseCategory,
    PersonalData,
    RecordStatus,
    Scope,
    Search,
    Text,
)

_SINCE_V2 = {"1": RecordStatus.VALID, "2": RecordStatus.INVALID}


class License(
    AdministrativeRecord,
    name="licenses",
    label="行政许可",
    templates=GENERATIONS,
    prefix="XK",
    publicity=without_end(),
    orders={
        V1: "XK_WSH XK_XMMC XK_BM XK_SPLB XK_NR XK_XDR XK_XDR_SHXYM XK_XDR_ZDM XK_XDR_GSDJ XK_XDR_SWDJ "
        "XK_XDR_SFZ XK_FR XK_JDRQ XK_JZQ XK_XZJG XK_ZT DFBM SJC BZ XK_SYFW"
    },
):
    """行政许可决定 / one administrative license as decided. Template columns: 发改办财金〔2018〕424号."""

    subject_name: Text = column(
        "行政相对人名称",
        at(V2_1, V2, code="XK_XDR_MC"),
        at(V1, code="XK_XDR"),
        also=("行政相对人", "相对人名称"),
        required=True,
        personal=PersonalData.PERSON_NAME,
        max_length=200,
    )
    document_name: Text = column(
        "行政许可决定文书名称",
        at(V2_1, V2, code="XK_XKWS"),
        at(V1, code="XK_XMMC", header="项目名称"),
        required=True,
        personal=PersonalData.FREE_TEXT,
        max_length=120,
    )
    document_number: Text = column(
        "行政许可决定文书号",
        at(V2_1, V2, code="XK_WSH"),
        at(V1, code="XK_WSH", header="行政许可决定书文号", none=True),
        also=("行政许可决定书文号",),
        required=True,
        personal=PersonalData.ID_NUMBER,
        filter=True,
        search=Search.CODE,
        max_length=128,
    )
    category: LicenseCategory = column(
        "许可类别",
        at(V2_1, V2, code="XK_XKLB"),
        at(V1, code="XK_SPLB", header="审批类别"),
        also=("审批类别",),
        required=True,
        filter=True,
        facet=True,
        raw_as="category_text",
    )
    certificate_name: Text = column(
        "许可证书名称", at(V2_1, V2, code="XK_XKZS"), personal=PersonalData.FREE_TEXT, max_length=64
    )
    license_number: Text = column(
        "许可编号",
        at(V2_1, V2, code="XK_XKBH"),
        at(V1, code="XK_BM", header="行政许可编码"),
        personal=PersonalData.ID_NUMBER,
        filter=True,
        search=Search.CODE,
        identifies=True,
        max_length=64,
    )
    content: Text = column(
        "许可内容",
        at(V2_1, V2, code="XK_NR"),
        at(V1, code="XK_NR"),
        required=True,
        personal=PersonalData.FREE_TEXT,
        filter=True,
        search=Search.TEXT,
        max_length=4000,
    )
    decision_date: date = column(
        "许可决定日期",
        at(V2_1, V2, code="XK_JDRQ"),
        at(V1, code="XK_JDRQ"),
        required=True,
        filter=True,
        sort=True,
    )
    valid_from: date = column("有效期自", at(V2_1, V2, code="XK_YXQZ"), required=True, filter=True)
    valid_until: date = column(
        "有效期至",
        at(V2_1, V2, code="XK_YXQZI"),
        at(V1, code="XK_JZQ", header="许可截止期", required=False),
        also=("许可截止期",),
        required=True,
        filter=True,
        sort=True,
        permanent_as="permanent",
    )
    authority: Text = column(
        "许可机关",
        at(V2_1, V2, code="XK_XKJG"),
        at(V1, code="XK_XZJG"),
        also=("XK_XZJG",),
        required=True,
        filter=True,
        facet=True,
        max_length=200,
    )
    authority_code: CreditCode = column(
        "许可机关统一社会信用代码", at(V2_1, V2, code="XK_XKJGDM"), required=True, filter=True
    )
    status: RecordStatus = column(
        "当前状态",
        at(V2_1, V2, code="XK_ZT", meanings=_SINCE_V2),
        at(V1, code="XK_ZT", meanings=STATUS_IN_V1, required=False),
        required=True,
        filter=True,
        facet=True,
        default=RecordStatus.VALID,
    )
    provider: Text = column(
        "数据来源单位",
        at(V2_1, V2, code="XK_LYDW"),
        required=True,
        scope=Scope.PROVENANCE,
        max_length=200,
    )
    provider_code: CreditCode = column(
        "数据来源单位统一社会信用代码",
        at(V2_1, V2, code="XK_LYDWDM"),
        also=("XK_LYDM",),
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
