"""Files → rows of text. What a file is, its content decides, never its name.

To read another kind of file: one module here that yields :class:`Source`, and one line in `_opener`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from loaders.sources.csv_source import open_csv
from loaders.sources.encoded_text import head_text
from loaders.sources.excel_source import open_excel
from loaders.sources.json_source import open_json
from loaders.sources.rows import IsHeader, Sheet, Source, SourceRow
from loaders.sources.xls_records import is_xls
from loaders.sources.xls_source import open_xls
from loaders.sources.xml_source import open_xml
from loaders.sources.zip_directory import check_directory
from records.errors import SourceError

__all__ = ["Sheet", "Source", "SourceRow", "open_source"]

_HEAD = 512
_ZIP = b"PK"
_OTHERS = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"SQLite format 3": "SQLite",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"MIME-Version:": "MHTML",
}
_PROLOG = r"(?:<\?.*?\?>|<!--.*?-->|\s)*"
_HTML = re.compile(
    # A list of records may be called a table, too.
    _PROLOG
    + r"<(?:(?:!doctype\s+html|html|head|body|meta|div|style|script|title|tr)[\s>/]"
    + r"|table[\s>].*?<(?:tr|thead|tbody|caption|colgroup|col)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_SPREADSHEET_XML = re.compile(
    _PROLOG + r"<(?:\w+:)?(?:workbook|worksheet)[\s>/]", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"<(?:\?xml|!--|!doctype|[^\W\d][\w.:-]*[\s>/])", re.IGNORECASE)
_JSON = re.compile(r"[\[{]\s*(?:[\"\[{}\]]|$)")
_FIX = (
    "可读取 csv、xlsx、xls、xml、json 和 zip：请在电子表格软件中另存为 xlsx"
    " / csv, xlsx, xls, xml, json and zip are read: save it as xlsx in a spreadsheet program"
)


def open_source(
    path: Path, is_header: IsHeader = lambda _cell: False
) -> AbstractContextManager[Source]:
    """Open a file of any kind that is read: csv, xlsx, xls, xml, json.

    `is_header` helps to tell the delimiter of a csv and the records of xml and json. Raises SourceError
    when it is anything else, damaged, encrypted, empty or cannot be decoded; the message says what it is,
    the suggestion how to fix it.
    """
    try:
        opener = _opener(path)
    except OSError as error:
        raise SourceError(
            f"{path.name}：无法读取文件 / the file cannot be read: {error.strerror}",
            "检查路径和权限 / check path and permissions",
        ) from error
    return opener(path, is_header)


def _opener(path: Path) -> Callable[[Path, IsHeader], AbstractContextManager[Source]]:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\xef\xbb\xbf\r\n\t ,;\0") and path.stat().st_size <= _HEAD:
        raise SourceError(
            f"{path.name}：文件是空的 / the file is empty",
            "请重新导出 / export it again",
        )
    if head.startswith(_ZIP):
        _check_workbook(path)
        return lambda workbook, _is_header: open_excel(workbook)
    if is_xls(head):
        return lambda workbook, _is_header: open_xls(workbook)
    if kind := _other_kind(head):
        raise SourceError(f"{path.name}：这是 {kind} 文件 / this is a file of kind {kind}", _FIX)
    text = head_text(head)
    if _XML.match(text):
        return open_xml
    return open_json if _JSON.match(text) else open_csv


def _other_kind(head: bytes) -> str:
    """What a file is that is neither a workbook nor text of a kind that is read; "" for such text."""
    for magic, kind in _OTHERS.items():
        if head.startswith(magic):
            return kind
    text = head_text(head)
    if _SPREADSHEET_XML.match(text):
        return "Excel XML 2003"
    return "HTML" if _HTML.match(text) else ""


def _check_workbook(path: Path) -> None:
    """Raise SourceError unless the zip archive is an unencrypted xlsx workbook."""
    with path.open("rb") as file:
        check_directory(path, file)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise SourceError(
            f"{path.name}：xlsx 或 zip 文件不完整或已损坏 / a truncated or damaged xlsx or zip file",
            "请重新复制或下载该文件 / copy or download the file again",
        ) from error
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise SourceError(
            f"{path.name}：文件已加密 / the file is encrypted",
            "去掉密码后另存 / save it without a password",
        )
    if "xl/workbook.xml" not in names and not any(n.startswith("xl/worksheets/") for n in names):
        raise SourceError(
            f"{path.name}：这是 {_kind_of_archive(names)} 文件，不是 xlsx"
            f" / this is a file of kind {_kind_of_archive(names)}, not xlsx",
            _FIX,
        )


def _kind_of_archive(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "Excel xlsb"
    if "word/document.xml" in names:
        return "Word docx"
    if "content.xml" in names and "mimetype" in names:
        return "OpenDocument"
    return "zip"
