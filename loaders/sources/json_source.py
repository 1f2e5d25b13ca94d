"""json: a list of objects, alone or inside wrappers, one object, or one object a line; streaming.

Which objects are records, their keys decide (:mod:`loaders.sources.record_paths`), so that `{"data": […]}` and
whatever an interface wraps around its rows is read. Numbers are kept as written, without exponent; true and
false become TRUE and FALSE, null becomes empty, a list of values is joined by ";".

The whole file is parsed once before its first row is given out, in flat memory, so that a broken file is
refused whole. The first row, line 1, holds the keys; record n is line n + 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import cast

import ijson

from loaders.headers import quotable
from loaders.sources.encoded_text import blocks, encoding_of
from loaders.sources.record_paths import (
    CELL_LIMIT,
    DEPTH_LIMIT,
    RECORD_LIMIT,
    Layout,
    Node,
    Survey,
    Where,
    check_told_apart,
    joined,
)
from loaders.sources.rows import IsHeader, Sheet, Source, SourceRow
from records.errors import SourceError

_NUMBER_LIMIT = 1000
"""Characters of one number."""
_LONG_NUMBER = re.compile(rf"[0-9]{{{_NUMBER_LIMIT + 1}}}")
_TOKEN_LIMIT = 8 * CELL_LIMIT
"""Bytes between two tokens: a text of CELL_LIMIT characters, each escaped, has six to a character."""
_EXPECTED = (
    '须为对象列表 [{"XK_WSH": …}, …]、含此列表的对象，或每行一个对象；键为列代码或中文列名'
    ' / a list of objects [{"XK_WSH": …}, …] is expected, an object that holds one, or an object a line,'
    " with column codes or Chinese column names as keys"
)
_Event = tuple[str, object]


@contextmanager
def open_json(path: Path, is_header: IsHeader) -> Iterator[Source]:
    """One sheet; by `is_header`, which knows the headers of the templates, records are found.

    It is unnamed. Records with other headers are sheets of their own, named by their first header.

    Raises SourceError, with the number of the record, when the file is broken or holds what a table
    cannot: nested values, the same key twice; also when there is no record.
    """
    encoding = encoding_of(path)
    survey = Survey(path, is_header)
    try:
        for node in _nodes(path, encoding):
            survey.see(node)
    except _BadValue as error:
        number = survey.records_so_far() + 1
        raise SourceError(
            f"{path.name}：第 {number} 条记录：{error.chinese} / record {number}: {error.english}",
            error.fix,
        ) from None
    tables = survey.layouts(_EXPECTED)
    if len(tables) > 1:
        check_told_apart(path, tables, _nodes(path, encoding))
    yield Source(tuple(Sheet(t.name, partial(_rows, path, encoding, t)) for t in tables))


def _rows(path: Path, encoding: str, table: Layout) -> Iterator[SourceRow]:
    yield SourceRow(1, table.headers)
    line = 1
    try:
        for node in _nodes(path, encoding):
            if table.counts(node):
                line += 1
                if table.has(node):
                    yield SourceRow(line, table.cells(node))
    except (_BadValue, KeyError):
        raise SourceError(
            f"{path.name}：读取期间文件被改动 / the file was changed while it was read",
            "请重新装载 / load it again",
        ) from None


class _BadValue(Exception):
    """What cannot be read in the record that is under way."""

    def __init__(self, chinese: str, english: str, fix: str = _EXPECTED) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english
        self.fix = fix


class _Bytes:
    """The file as UTF-8 bytes; stops a text that has no end before it fills the memory."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._blocks = blocks(path, encoding)
        self.since_event = 0
        self._tail = ""

    def read(self, size: int) -> bytes:
        """The next piece, of any size; empty at the end."""
        if not size:
            return b""
        for block in self._blocks:
            if block:
                self.since_event += len(block)
                if self.since_event > _TOKEN_LIMIT:
                    raise _too_long()
                # The parser breaks on more digits than an integer of Python may have.
                if _LONG_NUMBER.search(self._tail + block):
                    raise _long_number()
                self._tail = block[-_NUMBER_LIMIT:]
                return block.encode()
        return b""


def _nodes(path: Path, encoding: str) -> Iterator[Node]:
    """All objects, each when it ends."""
    source = _Bytes(path, encoding)
    events = cast("Iterable[_Event]", ijson.basic_parse(source, multiple_values=True))
    objects = _Objects()
    try:
        for event, value in events:
            source.since_event = 0
            node = objects.take(event, value)
            if node is not None:
                yield node
    except ijson.IncompleteJSONError as error:
        raise _broken(cut="premature" in str(error).lower()) from None
    except (ijson.JSONError, ArithmeticError, ValueError):
        raise _broken(cut=False) from None


def _broken(*, cut: bool) -> _BadValue:
    if cut:
        return _BadValue(
            "文件在此中断，不完整",
            "the file breaks off, it is truncated",
            "请重新复制或导出该文件 / copy or export the file again",
        )
    return _BadValue(
        "不是格式完好的 json",
        "not well-formed json",
        "检查该处的引号和逗号，或重新导出 / check quotes and commas there, or export it again",
    )


def _too_long() -> _BadValue:
    return _BadValue(
        f"有超过 {CELL_LIMIT} 个字符的值", f"a value of more than {CELL_LIMIT} characters"
    )


@dataclass(slots=True)
class _Open:
    """An object or list that has not ended; `key`: the member of the object that is under way."""

    where: Where
    node: Node | None = None
    key: str = ""
    keys: set[str] = field(default_factory=set)
    values: list[str] = field(default_factory=list)
    length: int = 0
    nested: bool = False


class _Objects:
    """Makes nodes of the events of the parser."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._ended = 0
        self._only_objects = True

    def take(self, event: str, value: object) -> Node | None:
        """The object that this event ends, if it ends one. Raises _BadValue."""
        if event == "map_key":
            self._key(cast("str", value))
        elif event in {"start_map", "start_array"}:
            self._start(event == "start_map")
        elif event == "end_map":
            return self._end().node
        elif event == "end_array":
            self._end_list()
        else:
            self._value(_text(event, value))
        return None

    def _key(self, key: str) -> None:
        top = self._open[-1]
        lower = key.lower()
        if lower in top.keys:
            shown = quotable(key)
            raise _BadValue(f"键“{shown}”出现两次", f"the key {shown} stands twice")
        top.keys.add(lower)
        top.key = key

    def _start(self, is_object: bool) -> None:
        where: Where = ()
        if len(self._open) >= DEPTH_LIMIT:
            raise _BadValue(f"嵌套超过 {DEPTH_LIMIT} 层", f"nested deeper than {DEPTH_LIMIT}")
        if self._open:
            top = self._open[-1]
            where = (*top.where, top.key.lower()) if top.node else (*top.where, "[]")
            if is_object or not top.node:
                self._nest(top)
        else:
            self._begin_another(is_object)
        self._open.append(_Open(where, Node(where) if is_object else None))

    def _begin_another(self, is_object: bool) -> None:
        self._only_objects = self._only_objects and is_object
        if self._ended and not self._only_objects:
            raise _BadValue("列表结束之后还有多余的内容", "more stands behind the end of the list")

    def _nest(self, top: _Open) -> None:
        top.nested = True
        if top.node is None:
            if top.values:
                raise _mixed()
        elif top.node.nested is None:
            top.node.nested = top.key

    def _end(self) -> _Open:
        self._ended += len(self._open) == 1
        return self._open.pop()

    def _end_list(self) -> None:
        ended = self._end()
        if not self._open or (owner := self._open[-1]).node is None:
            return
        if ended.nested:
            self._nest(owner)
        else:
            self._put(owner.node, owner.key, joined(ended.values))

    def _value(self, text: str) -> None:
        if len(text) > CELL_LIMIT:
            raise _too_long()
        if not self._open:
            raise _BadValue("不是对象", "not an object")
        top = self._open[-1]
        if top.node is not None:
            self._put(top.node, top.key, text)
            return
        if top.nested:
            raise _mixed()
        top.values.append(text)
        top.length += len(text) + 1
        if top.length > CELL_LIMIT:
            raise _too_long()

    def _put(self, node: Node, key: str, text: str) -> None:
        if not node.put(key, text):
            raise _BadValue(
                f"记录超过 {RECORD_LIMIT} 个字符",
                f"a record of more than {RECORD_LIMIT} characters",
            )


def _mixed() -> _BadValue:
    return _BadValue("列表混有对象和单个值", "a list holds both objects and plain values")


def _text(event: str, value: object) -> str:
    if event == "string":
        return cast("str", value)
    if event == "null":
        return ""
    if event == "boolean":
        return "TRUE" if value else "FALSE"
    return _number(value)


def _number(value: object) -> str:
    """The number as written; an exponent is written out."""
    if isinstance(value, Decimal):
        _sign, digits, exponent = value.as_tuple()
        if not isinstance(exponent, int) or len(digits) + abs(exponent) > _NUMBER_LIMIT:
            raise _long_number()
        return format(value, "f")
    text = str(value)
    if len(text) > _NUMBER_LIMIT:
        raise _long_number()
    return text


def _long_number() -> _BadValue:
    return _BadValue(
        f"有超过 {_NUMBER_LIMIT} 位的数字", f"a number of more than {_NUMBER_LIMIT} digits"
    )
