"""xml: messages of exchange platforms (`ExchangeMessage`) and lists of records, streaming.

`<ExchangeMessage>…<Body><fields><XK_WSH>…</XK_WSH>…</fields></Body></ExchangeMessage>`, alone or many below
one root, several records in one body, or `<rows><row>…</row></rows>`: what a record is, the names of its
elements decide (:mod:`loaders.sources.record_paths`). Namespaces and attributes are ignored.

The whole file is parsed once before its first row is given out, in flat memory, so that a broken file is
refused whole. Document types, entities and external references are forbidden. The first row, line 1,
holds the element names; record n is line n + 1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Protocol, cast

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from loaders.headers import quotable
from loaders.sources.encoded_text import blocks, encoding_of, head_text
from loaders.sources.exchange_message import is_empty_message, only_empty
from loaders.sources.record_paths import (
    CELL_LIMIT,
    DEPTH_LIMIT,
    RECORD_LIMIT,
    Layout,
    Node,
    Survey,
    Where,
    check_told_apart,
)
from loaders.sources.rows import IsHeader, Sheet, Source, SourceRow
from records.errors import NoTemplate, SourceError

_HEAD = 512
_DECLARED = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_GB = frozenset({"gb18030", "gbk", "gb2312", "cp936", "ms936", "x-gbk", "gb_2312-80", "euc-cn"})
_READ = _GB | {"utf-8", "utf8", "utf-16", "utf16", "utf-16le", "utf-16be", "us-ascii", "ascii"}
_CUT = frozenset({3, 5, 6, 20})
"""Codes of expat for a file that ends too early: no element, an unclosed token, character or section."""
_TOKEN_LIMIT = 4 * CELL_LIMIT
"""Characters of one tag or comment, which the parser keeps whole and reads again with each block."""
_EXPECTED = (
    "须为 ExchangeMessage 报文或每条记录一个元素的列表，元素名为列代码（如 XK_WSH、CF_WSH）或中文列名"
    " / an ExchangeMessage or a list with an element for each record is expected, in which the elements are"
    " named by column code (XK_WSH, CF_WSH) or Chinese column name"
)


@contextmanager
def open_xml(path: Path, is_header: IsHeader) -> Iterator[Source]:
    """One sheet; by `is_header`, which knows the headers of the templates, records are found.

    It is unnamed. Records with other headers are sheets of their own, named by their first header.

    Raises SourceError when the file is not well-formed (with the line), forbidden, or without records.
    """
    encoding = _encoding(path)
    survey = Survey(path, is_header)
    has_empty = False
    for nodes in _nodes(path, encoding):
        for node in nodes:
            survey.see(node)
            has_empty = is_empty_message(path, node) or has_empty
    try:
        tables = survey.layouts(_EXPECTED)
    except NoTemplate:
        if has_empty:
            raise only_empty(path) from None
        raise
    if len(tables) > 1:
        check_told_apart(path, tables, chain.from_iterable(_nodes(path, encoding)))
    yield Source(tuple(Sheet(t.name, partial(_rows, path, encoding, t)) for t in tables))


def _rows(path: Path, encoding: str, table: Layout) -> Iterator[SourceRow]:
    yield SourceRow(1, table.headers)
    line = 1
    for nodes in _nodes(path, encoding):
        for node in nodes:
            if table.counts(node):
                line += 1
                if table.has(node):
                    yield SourceRow(line, table.cells(node))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = head_text(file.read(_HEAD))
    found = _DECLARED.match(head)
    declared = found[1].lower() if found else "utf-8"
    if declared not in _READ:
        try:
            shown = codecs.lookup(declared).name
        except LookupError:
            shown = quotable(declared)
        raise SourceError(
            f"{path.name}：不读取编码 {shown} / the encoding {shown} is not read",
            "请重新导出为 UTF-8 / export it again as UTF-8",
        )
    return encoding_of(path, prefers_gb=declared in _GB)


class _Expat(Protocol):
    """The parser below: its own callbacks cost a third of those that the library puts between."""

    StartElementHandler: Callable[[str, list[str]], None]
    EndElementHandler: Callable[[str], None]
    CharacterDataHandler: Callable[[str], None]
    CurrentLineNumber: int
    CurrentByteIndex: int


class _Parser(Protocol):
    parser: _Expat


def _nodes(path: Path, encoding: str) -> Iterator[list[Node]]:
    """Elements that have children, each when it ends, in the portions in which they are parsed."""
    parser = DefusedXMLParser(target=_Nothing(), forbid_dtd=True)
    expat = cast("_Parser", parser).parser
    elements = _Elements(path, expat)
    reached, waiting = 0, 0
    try:
        for text in blocks(path, encoding):
            parser.feed(text)
            waiting = waiting + len(text) if expat.CurrentByteIndex == reached else 0
            reached = expat.CurrentByteIndex
            if waiting > _TOKEN_LIMIT:
                raise _endless(path, expat.CurrentLineNumber)
            yield elements.taken()
        parser.close()
    except ParseError as error:
        raise _not_well_formed(path, error) from None
    except DefusedXmlException:
        raise SourceError(
            f"{path.name}：第 {expat.CurrentLineNumber} 行含有 DTD 或实体声明，不允许"
            f" / line {expat.CurrentLineNumber} declares a document type or entity, which is forbidden",
            "请导出不带 DOCTYPE 的 xml / export it without DOCTYPE",
        ) from None
    yield elements.taken()


class _Nothing:
    """A target that builds no tree."""

    def close(self) -> None:
        """Nothing was built."""


class _Elements:
    """Makes nodes of what the parser tells."""

    def __init__(self, path: Path, expat: _Expat) -> None:
        self._path = path
        self._expat = expat
        self._open: list[Node] = [Node(())]
        self._leaf: tuple[str, Where] | None = None
        self._text: list[str] = []
        self._length = 0
        self._nodes: list[Node] = []
        self._names: dict[tuple[Where, str], tuple[str, Where]] = {}
        expat.StartElementHandler = self._start
        expat.EndElementHandler = self._end
        expat.CharacterDataHandler = self._data

    def taken(self) -> list[Node]:
        """The elements that ended since the last call."""
        nodes, self._nodes = self._nodes, []
        return nodes

    def _start(self, tag: str, _attributes: list[str]) -> None:
        if self._leaf is not None:
            self._check_between()
            self._become_parent(*self._leaf)
        elif self._length:
            self._check_between()
        where = self._open[-1].where
        named = self._names.get((where, tag))
        if named is None:
            name = tag.rpartition("}")[2]
            named = name, (*where, name.lower())
            self._remember(where, tag, named)
        self._leaf = named

    def _remember(self, where: Where, tag: str, named: tuple[str, Where]) -> None:
        if len(self._names) < 10_000:
            self._names[where, tag] = named

    def _become_parent(self, name: str, where: Where) -> None:
        parent = self._open[-1]
        if parent.nested is None:
            parent.nested = name
        if len(self._open) > DEPTH_LIMIT:
            raise self._refused(f"嵌套超过 {DEPTH_LIMIT} 层", f"nested deeper than {DEPTH_LIMIT}")
        self._open.append(Node(where))

    def _end(self, _tag: str) -> None:
        if self._leaf is None:
            if self._length:
                self._check_between()
            node = self._open.pop()
            node.line = self._expat.CurrentLineNumber
            self._nodes.append(node)
            return
        name = self._leaf[0]
        self._leaf = None
        if not self._open[-1].put(name, "".join(self._text)):
            raise self._refused(
                f"一条记录超过 {RECORD_LIMIT} 个字符",
                f"a record of more than {RECORD_LIMIT} characters",
            )
        if self._length:
            self._text.clear()
            self._length = 0

    def _data(self, text: str) -> None:
        self._length += len(text)
        if self._length > CELL_LIMIT:
            raise self._refused(
                f"一个元素超过 {CELL_LIMIT} 个字符",
                f"an element of more than {CELL_LIMIT} characters",
            )
        self._text.append(text)

    def _check_between(self) -> None:
        """Text beside elements belongs to no column: to drop it would lose it silently."""
        text = "".join(self._text)
        self._text.clear()
        self._length = 0
        if text.strip():
            raise self._refused("元素之间有文字", "text stands between elements")

    def _refused(self, chinese: str, english: str) -> SourceError:
        line = self._expat.CurrentLineNumber
        return SourceError(
            f"{self._path.name}：第 {line} 行{chinese} / line {line}: {english}", _EXPECTED
        )


def _endless(path: Path, line: int) -> SourceError:
    return SourceError(
        f"{path.name}：第 {line} 行的标签或注释过长 / line {line}: a tag or comment without end",
        "请重新导出 / export it again",
    )


def _not_well_formed(path: Path, error: ParseError) -> SourceError:
    line = error.position[0]
    if error.code in _CUT:
        return SourceError(
            f"{path.name}：文件不完整，在第 {line} 行中断 / the file is truncated, it breaks off in line {line}",
            "请重新复制或导出该文件 / copy or export the file again",
        )
    return SourceError(
        f"{path.name}：第 {line} 行不是格式完好的 xml / line {line} is not well-formed xml",
        "请检查该行的标签和 & < 符号，或重新导出 / check tags and & < signs of that line, or export it again",
    )
