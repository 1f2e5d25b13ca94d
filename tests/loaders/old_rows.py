"""Rows of the V1 and V2 tables as a clerk writes them, by hand: cells by official header, names invented."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from loaders.pipeline import FileReport, LoadOptions, load_file
from loaders.sources import SourceRow
from loaders.templates import recognize
from loaders.validation import Draft, Rejected, validate
from records.intake import Intake
from tests.loaders.rows import BUREAU_CODE, COMPANY_CODE, TODAY, sheet
from tests.support import DATASETS

Cells = Mapping[str, str]

V1_LICENSE: Cells = {
    "行政许可决定书文号": "伊食许〔2016〕7号",
    "项目名称": "食品经营许可",
    "行政许可编码": "JY14103290000071",
    "审批类别": "普通",
    "许可内容": "准予经营预包装食品。",
    "行政相对人名称": "伊川县青禾食品有限公司",
    "行政相对人代码_1(统一社会信用代码)": COMPANY_CODE,
    "行政相对人代码_2(组织机构代码)": COMPANY_CODE[8:17],
    "行政相对人代码_3(工商登记码)": "410329000012342",
    "行政相对人代码_4(税务登记号)": "",
    "行政相对人代码_5(居民身份证号)": "410329198601010012",
    "法定代表人姓名": "贺青禾",
    "许可决定日期": "2016/03/02",
    "许可截止期": "2099/12/31",
    "许可机关": "伊川县市场监督管理局",
    "当前状态": "0",
    "地方编码": "410329",
    "数据更新时间戳": "2016/03/05",
    "备注": "",
    "信息使用范围": "0",
}
V1_PENALTY: Cells = {
    "行政处罚决定书文号": "伊市监罚〔2024〕15号",
    "处罚名称": "经营超过保质期的食品案",
    "行政处罚编码": "410329202400015",
    "处罚类别1": "罚款",
    "处罚类别2": "没收违法所得、没收非法财物",
    "处罚事由": "经查，当事人销售超过保质期的面包十二袋。",
    "处罚依据": "《中华人民共和国食品安全法》第一百二十四条",
    "行政相对人名称": "伊川县青禾食品有限公司",
    "行政相对人代码_1(统一社会信用代码)": COMPANY_CODE,
    "行政相对人代码_2(组织机构代码)": COMPANY_CODE[8:17],
    "行政相对人代码_3(工商登记码)": "",
    "行政相对人代码_4(税务登记号)": "",
    "行政相对人代码_5(居民身份证号)": "410329198601010012",
    "法定代表人姓名": "贺青禾",
    "处罚结果": "罚款人民币贰仟元整。",
    "处罚决定日期": "2024/09/01",
    "处罚机关": "伊川县市场监督管理局",
    "当前状态": "0",
    "地方编码": "410329",
    "数据更新时间戳": "2024/09/05",
    "备注": "",
    "信息使用范围": "",
    "失信严重程度": "0",
    "公示截止期": "",
}
_SUBJECT: Cells = {
    "行政相对人名称": "伊川县青禾食品有限公司",
    "行政相对人代码_1(统一社会信用代码)": COMPANY_CODE,
    "行政相对人代码_2(工商注册号)": "410329000012342",
    "行政相对人代码_3(组织机构代码)": COMPANY_CODE[8:17],
    "行政相对人代码_4(税务登记号)": "",
    "行政相对人代码_5(事业单位证书号)": "",
    "行政相对人代码_6(社会组织登记证号)": "",
    "法定代表人": "贺青禾",
    "法定代表人身份证号": "410329198601010012",
    "证件类型": "",
    "证件号码": "",
}
_BUREAU: Cells = {
    "数据来源单位": "伊川县市场监督管理局",
    "数据来源单位统一社会信用代码": BUREAU_CODE,
    "备注": "",
}
V2_LICENSE: Cells = {
    **_SUBJECT,
    "行政许可决定文书名称": "准予食品经营许可决定书",
    "行政许可决定文书号": "伊食许〔2019〕7号",
    "许可类别": "普通",
    "许可证书名称": "食品经营许可证",
    "许可编号": "JY14103290000071",
    "许可内容": "准予经营预包装食品。",
    "许可决定日期": "2019/03/02",
    "有效期自": "2019/03/02",
    "有效期至": "2099/12/31",
    "许可机关": "伊川县市场监督管理局",
    "许可机关统一社会信用代码": BUREAU_CODE,
    "当前状态": "1",
    **_BUREAU,
}
V2_PENALTY: Cells = {
    **_SUBJECT,
    "行政处罚决定书文号": "伊市监罚〔2024〕15号",
    "违法行为类型": "经营超过保质期的食品",
    "违法事实": "经查，当事人销售超过保质期的面包十二袋。",
    "处罚依据": "《中华人民共和国食品安全法》第一百二十四条",
    "处罚类别": "罚款",
    "处罚内容": "罚款人民币贰仟元整。",
    "罚款金额（万元）": "0.2",
    "没收违法所得、没收非法财物的金额（万元）": "",
    "暂扣或吊销证照名称及编号": "",
    "处罚决定日期": "2024/09/01",
    "处罚有效期": "2099/12/31",
    "公示截止期": "",
    "处罚机关": "伊川县市场监督管理局",
    "处罚机关统一社会信用代码": BUREAU_CODE,
    **_BUREAU,
}


def _by_code(base: Cells, codes: str) -> Cells:
    return dict(zip(codes.split(), base.values(), strict=True))


V2_LICENSE_BY_CODE = _by_code(
    V2_LICENSE,
    "XK_XDR_MC XK_XDR_SHXYM XK_XDR_GSZC XK_XDR_ZZJG XK_XDR_SWDJ XK_XDR_SYDW XK_XDR_SHZZ XK_FRDB XK_FR_SFZH "
    "XK_XDR_ZJLX XK_XDR_ZJHM XK_XKWS XK_WSH XK_XKLB XK_XKZS XK_XKBH XK_NR XK_JDRQ XK_YXQZ XK_YXQZI XK_XKJG "
    "XK_XKJGDM XK_ZT XK_LYDW XK_LYDWDM BZ",
)
V2_PENALTY_BY_CODE = _by_code(
    V2_PENALTY,
    "CF_XDR_MC CF_XDR_SHXYM CF_XDR_GSZC CF_XDR_ZZJG CF_XDR_SWDJ CF_XDR_SYDW CF_XDR_SHZZ CF_FRDB CF_FR_SFZH "
    "CF_XDR_ZJLX CF_XDR_ZJHM CF_WSH CF_WFXW CF_SY CF_YJ CF_CFLB CF_NR CF_NR_FK CF_NR_WFFF CF_NR_ZKDX CF_JDRQ "
    "CF_YXQ CF_GSJZQ CF_CFJG CF_CFJGDM CF_SJLY CF_SJLYDM BZ",
)


def changed(base: Cells, changes: Cells, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """The row with other cells; new headers stand at its end."""
    return {h: c for h, c in {**base, **changes}.items() if h not in without}


def renamed(base: Cells, names: Cells) -> dict[str, str]:
    """The row with other headers."""
    assert names.keys() <= base.keys()
    return {names.get(header, header): cell for header, cell in base.items()}


def read_old(cells: Cells) -> Draft | Rejected | None:
    """Recognize a sheet with these headers and validate its one row."""
    template = recognize(sheet(tuple(cells)), tuple(DATASETS.values()))
    return validate(template, SourceRow(2, tuple(cells.values())), TODAY)


def draft_of(cells: Cells) -> Draft:
    outcome = read_old(cells)
    assert isinstance(outcome, Draft), outcome
    return outcome


def load_rows(intake: Intake, folder: Path, *rows: Cells) -> FileReport:
    file = folder / "报送.csv"
    lines = [tuple(rows[0]), *(tuple(row.values()) for row in rows)]
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    file.write_text(text, encoding="utf-8")
    return load_file(file, intake, tuple(DATASETS.values()), LoadOptions())


def values_of(cells: Cells) -> dict[str, object]:
    return dict(draft_of(cells).values)


def warnings_of(cells: Cells) -> set[str]:
    """What is odd about the row, as `CODE field`."""
    return {f"{w.code} {w.field}".rstrip() for w in draft_of(cells).warnings}
