"""Where the records of a nested file (xml, json) are, and which columns they have.

A record is an object whose members are values and most of whose member names are headers of a template.
Where one such object is, all objects at the same path are records, so that none is lost for being odd.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loaders.headers import quotable
from loaders.sources.rows import IsHeader
from records.errors import NoTemplate, SourceError

CELL_LIMIT = 1_000_000
"""Characters of one value, as in csv."""
RECORD_LIMIT = 32 * CELL_LIMIT
"""Characters of one object; each of its members counts as 100 more, for what it costs when empty."""
MEMBER_COST = 100
DEPTH_LIMIT = 32
COLUMNS_LIMIT = 2000
_PATHS_LIMIT = 2000
_SHAPES_KEPT = 1000
_SURELY = 5
"""So many headers make a record, whatever else stands beside them."""
_SURELY_NESTED = 3
"""So many headers make a record even where a member holds more than a value."""
_NAMES_TOLD = 5

Where = tuple[str, ...]
"""The names from the root to an object, in lower case."""


@dataclass(slots=True)
class Node:
    """An object of the file with its members in order.

    `nested`: the first member that is no value. `line`: where the object ends in the file, 0 if unknown.
    `size`: what it has of RECORD_LIMIT.
    """

    where: Where
    cells: list[tuple[str, str]] = field(default_factory=list)
    nested: str | None = None
    line: int = 0
    size: int = 0

    def put(self, name: str, text: str) -> bool:
        """Add a member; False when the object is larger than RECORD_LIMIT."""
        self.cells.append((name, text))
        self.size += len(text) + MEMBER_COST
        return self.size <= RECORD_LIMIT


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the records are; `columns`: member name in lower case → index; `headers` as first written."""

    places: frozenset[Where]
    columns: dict[str, int]
    headers: tuple[str, ...]

    def cells(self, node: Node) -> tuple[str, ...]:
        """The row of a record. A member that stands more than once is joined by ";"."""
        row = [""] * len(self.headers)
        for name, text in node.cells:
            if text:
                index = self.columns[name.lower()]
                row[index] = f"{row[index]};{text}" if row[index] else text
        return tuple(row)


@dataclass(slots=True)
class _Place:
    """What all objects at one path have in common."""

    names: dict[str, str] = field(default_factory=dict)
    records: int = 0
    best: int = 0
    nested: tuple[int, int, str] | None = None


class Survey:
    """Sees every object of a file once, then tells where its records are. Memory: names only."""

    def __init__(self, path: Path, is_header: IsHeader) -> None:
        self._path = path
        self._is_header = is_header
        self._known: dict[str, bool] = {}
        self._places: dict[Where, _Place] = {}
        self._shapes: set[tuple[Where, tuple[str, ...]]] = set()
        self._others: dict[str, None] = {}

    def see(self, node: Node) -> None:
        """Take note of an object. Raises SourceError when there are too many names."""
        place = self._places.get(node.where)
        if place is None:
            if len(self._places) >= _PATHS_LIMIT:
                raise self._too_many(_PATHS_LIMIT, "路径 / paths")
            place = self._places[node.where] = _Place()
        if node.cells:
            place.records += 1
            self._see_shape(node, place)
        if node.nested is not None and place.nested is None:
            place.nested = (max(place.records, 1), node.line, node.nested)

    def _see_shape(self, node: Node, place: _Place) -> None:
        shape = node.where, tuple(name for name, _ in node.cells)
        if shape in self._shapes and node.nested is None:
            return
        if len(self._shapes) < _SHAPES_KEPT and node.nested is None:
            self._shapes.add(shape)
        known = 0
        names = dict.fromkeys(shape[1])
        for name in names:
            known += self._knows(name)
            if place.names.setdefault(name.lower(), name) is name:
                if len(place.names) > COLUMNS_LIMIT:
                    raise self._too_many(COLUMNS_LIMIT, "列 / columns")
                if len(self._others) < _NAMES_TOLD:
                    self._others[name] = None
        if _is_record(known, len(names), nested=node.nested is not None):
            place.best = max(place.best, known)

    def _knows(self, name: str) -> bool:
        known = self._known.get(name)
        if known is None:
            known = self._is_header(name)
            if len(self._known) < COLUMNS_LIMIT:
                self._known[name] = known
        return known

    def records_so_far(self) -> int:
        """Records up to now, for errors: at the place that looks most like them."""
        places = self._places.values()
        return max(((p.best, p.records) for p in places), default=(0, 0))[1]

    def layout(self, expected: str) -> Layout:
        """Where the records are. Raises NoTemplate (with what is `expected`) when there are none."""
        best = max((place.best for place in self._places.values()), default=0)
        if not best:
            raise self._nothing(expected)
        chosen = {w: p for w, p in self._places.items() if 2 * p.best >= best}
        headers: dict[str, str] = {}
        for place in chosen.values():
            if place.nested:
                raise self._nested(*place.nested)
            for lower, name in place.names.items():
                headers.setdefault(lower, name)
        columns = {lower: index for index, lower in enumerate(headers)}
        return Layout(frozenset(chosen), columns, tuple(headers.values()))

    def _nothing(self, expected: str) -> NoTemplate:
        told = "、".join(map(quotable, self._others)) or "—"
        return NoTemplate(
            f"{self._path.name}：没有找到记录；文件中的名称：{told}"
            f" / no record was found; names in the file: {told}",
            expected,
        )

    def _nested(self, record: int, line: int, name: str) -> SourceError:
        shown = quotable(name)
        where, at = (f"，第 {line} 行", f", line {line}") if line else ("", "")
        return SourceError(
            f"{self._path.name}：第 {record} 条记录{where}的“{shown}”不是单个值"
            f" / record {record}{at}: {shown} holds more than a value",
            "每条记录的各项须是单个值，请展开后重新导出"
            " / the members of a record must be plain values: flatten them and export again",
        )

    def _too_many(self, limit: int, what: str) -> SourceError:
        return SourceError(
            f"{self._path.name}：不同的名称超过 {limit} 个（{what}） / more than {limit} different names",
            "这不像数据文件，请重新导出 / this is hardly a table: export it again",
        )


def _is_record(known: int, names: int, *, nested: bool) -> bool:
    enough = _SURELY_NESTED if nested else 1
    return known >= enough and (2 * known >= names or known >= _SURELY)


def joined(texts: Sequence[str]) -> str:
    """Several values of one member as one cell."""
    return ";".join(filter(None, texts))
