"""Where the records of a nested file (xml, json) are, and which columns they have.

A record is an object whose members are values and most of whose member names are headers of a template.
Where one such object is, all objects at the same path are records, so that none is lost for being odd.
Records with other headers, like licenses and penalties in one file, are separate tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
_TABLES_LIMIT = 20
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
    """One table: `places` of its records, `columns`: name in lower case → index, `headers` as first written.

    `name` is empty when the file has no other. `known`: the headers of all tables of the file, in lower case;
    `index`: which of them this is.
    """

    places: frozenset[Where]
    columns: dict[str, int]
    headers: tuple[str, ...]
    name: str
    known: tuple[frozenset[str], ...]
    index: int

    def counts(self, node: Node) -> bool:
        """Whether an object is a record of this table or another one. Empty ones are none."""
        return bool(node.cells) and node.where in self.places

    def has(self, node: Node) -> bool:
        """Whether a record is one of this table."""
        if len(self.known) == 1:
            return True
        overlaps = self._overlaps(node)
        return overlaps.index(max(overlaps)) == self.index

    def is_doubtful(self, node: Node) -> bool:
        """Whether a record has only such headers as two tables share, where they may mean two things."""
        overlaps = self._overlaps(node)
        best = max(overlaps)
        return best > 0 and overlaps.count(best) > 1

    def _overlaps(self, node: Node) -> list[int]:
        names = {name.lower() for name, _ in node.cells}
        return [len(names & known) for known in self.known]

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
    """All objects at one path. `names`: in lower case → as first written; `tables`: their known headers."""

    names: dict[str, str] = field(default_factory=dict)
    tables: list[set[str]] = field(default_factory=list)
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
        self._told: dict[str, None] = {}

    def see(self, node: Node) -> None:
        """Take note of an object. Raises SourceError when there are too many names."""
        place = self._places.get(node.where)
        if place is None:
            if len(self._places) >= _PATHS_LIMIT:
                raise self._too_many(_PATHS_LIMIT, "不同的路径", "different paths")
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
        names: dict[str, str] = {}
        for name in shape[1]:
            names.setdefault(name.lower(), name)
            if len(self._told) < _NAMES_TOLD:
                self._told[name] = None
            place.names.setdefault(name.lower(), name)
        if len(place.names) > COLUMNS_LIMIT:
            raise self._too_many(COLUMNS_LIMIT, "不同的列", "different columns")
        known = {lower for lower, name in names.items() if self._knows(lower, name)}
        if _is_record(len(known), len(names), nested=node.nested is not None):
            place.best = max(place.best, len(known))
        if known:
            _add(place.tables, known)
        if len(place.tables) > _TABLES_LIMIT:
            raise self._too_many(_TABLES_LIMIT, "不相干的表", "unrelated tables")

    def _knows(self, lower: str, name: str) -> bool:
        known = self._known.get(lower)
        if known is None:
            known = self._known[lower] = self._is_header(name)
        return known

    def records_so_far(self) -> int:
        """Records up to now, for errors: at the place that looks most like them."""
        places = self._places.values()
        return max(((p.best, p.records) for p in places), default=(0, 0))[1]

    def layouts(self, expected: str) -> tuple[Layout, ...]:
        """The tables of the file. Raises NoTemplate (with what is `expected`) when there are none."""
        best = max((place.best for place in self._places.values()), default=0)
        if not best:
            raise self._nothing(expected)
        chosen = {w: p for w, p in self._places.items() if 2 * p.best >= best}
        for place in chosen.values():
            if place.nested:
                raise self._nested(*place.nested)
        names: dict[str, str] = {}
        tables: list[set[str]] = []
        for place in chosen.values():
            for lower, name in place.names.items():
                names.setdefault(lower, name)
            for known in place.tables:
                _add(tables, set(known))
        return tuple(_layouts(frozenset(chosen), names, tables))

    def _nothing(self, expected: str) -> NoTemplate:
        told = "、".join(map(quotable, self._told)) or "—"
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

    def _too_many(self, limit: int, chinese: str, english: str) -> SourceError:
        return SourceError(
            f"{self._path.name}：超过 {limit} 个{chinese} / more than {limit} {english}",
            "这不像数据文件，请重新导出 / this is hardly a table: export it again",
        )


def _add(tables: list[set[str]], known: set[str]) -> None:
    """Put the headers of a record to those of its table: the one with which it has the most in common.

    A few common headers, like remarks, make no common table. Tables that a record proves to be one become
    one: it has half of the headers of each.
    """
    best = max(tables, key=lambda table: len(table & known), default=None)
    if best is None or 2 * len(best & known) < min(len(best), len(known)):
        tables.append(known)
        return
    parts = [t for t in tables if t is not best and 2 * len(t & known) >= len(t)]
    best.update(known, *parts)
    tables[:] = [t for t in tables if not any(t is part for part in parts)]


def _layouts(
    places: frozenset[Where], names: dict[str, str], tables: Sequence[set[str]]
) -> Iterator[Layout]:
    """Each table with its own headers; names that are no headers stand in all of them."""
    every = set().union(*tables)
    for index, known in enumerate(tables):
        columns = [lower for lower in names if lower in known or lower not in every]
        first = next(name for lower, name in names.items() if lower in known)
        yield Layout(
            places=places,
            columns={lower: index for index, lower in enumerate(columns)},
            headers=tuple(names[lower] for lower in columns),
            name=first if len(tables) > 1 else "",
            known=tuple(map(frozenset, tables)),
            index=index,
        )


def _is_record(known: int, names: int, *, nested: bool) -> bool:
    enough = _SURELY_NESTED if nested else 1
    return known >= enough and (2 * known >= names or known >= _SURELY)


def check_told_apart(path: Path, tables: Sequence[Layout], nodes: Iterable[Node]) -> None:
    """Raise SourceError when a record may be of two tables. `nodes`: all objects of the file, again."""
    records = (node for node in nodes if tables[0].counts(node))
    for number, node in enumerate(records, 1):
        if tables[0].is_doubtful(node):
            raise SourceError(
                f"{path.name}：文件含多种表，第 {number} 条记录属于哪一种无法判断"
                f" / the file holds several tables, and record {number} may belong to two of them",
                "请按数据类别和模板版本拆分文件 / split the file by dataset and generation",
            )


def joined(texts: Sequence[str]) -> str:
    """Several values of one member as one cell."""
    return ";".join(filter(None, texts))
