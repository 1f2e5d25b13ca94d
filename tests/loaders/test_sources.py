"""What a file is, its content decides, never its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.sources import open_source
from records.errors import SourceError

CSV = "CF_WSH,CF_NR\n甲1,罚款\n"
XML = "<CF_WSH>甲1</CF_WSH><CF_NR>罚款</CF_NR>"
JSON = '{"CF_WSH": "甲1", "CF_NR": "罚款"}'


def is_header(cell: str) -> bool:
    return cell.startswith("CF_")


def read(tmp_path: Path, content: str, name: str) -> list[tuple[str, ...]]:
    path = tmp_path / name
    path.write_bytes(content.encode())
    with open_source(path, is_header) as source:
        return [row.cells for row in source.sheets[0].rows()]


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.xls", "x.xml", "x.json", "x.pdf", "x"])
@pytest.mark.parametrize(
    "content",
    [
        CSV,
        f"<table><row>{XML}</row></table>",
        f"<!-- 导出 -->\n<Workset><r>{XML}</r></Workset>",
        f"[{JSON}]",
        JSON,
    ],
)
def test_the_name_has_no_say(tmp_path: Path, content: str, name: str) -> None:
    assert read(tmp_path, content, name) == [("CF_WSH", "CF_NR"), ("甲1", "罚款")]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<!DOCTYPE html>\n<p>", "HTML"),
        ("<!-- x -->\n<HTML xmlns:o='urn:schemas-microsoft-com:office:office'>", "HTML"),
        ("<meta charset=gbk><table>", "HTML"),
        ("<style>td{}</style><table>", "HTML"),
        ("<table border='1'>\n  <thead><tr><th>CF_WSH</th>", "HTML"),
        ("<Table><TR><TD>CF_WSH", "HTML"),
        ('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook x="u">', "Excel XML 2003"),
        ('<ss:Workbook xmlns:ss="u">', "Excel XML 2003"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
    ],
)  # fmt: skip
def test_what_systems_export_as_xls_is_named_with_a_way_out(
    tmp_path: Path, content: str, kind: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, content, "x.xls")
    assert f"这是 {kind} 文件" in caught.value.message
    for format in ("csv", "xlsx", "xls", "xml", "json", "zip"):
        assert format in caught.value.suggestion
