"""A table or view of a database as a sheet: its columns are the headers, `line` counts the rows of the pass.

Only read: in a transaction that may not write, all of it from one moment. Names of tables and columns in
statements come from the database's own catalog. Columns that no template knows are not read at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Executable, select

from loaders.headers import quotable
from loaders.sources.rows import IsHeader, Sheet, Source, SourceRow
from loaders.sources.sql_address import TableAddress
from loaders.sources.sql_connection import reading
from loaders.sources.sql_errors import database_errors
from loaders.sources.sql_stamps import Stamp, StampColumn
from loaders.sources.sql_table import FoundTable, find_table
from loaders.sources.sql_values import BINARY, decoded, text_of

_CHUNK = 1000
_CHUNK_OF_BYTES = 20
"""Rows at a time where a column of bytes may hold pictures."""
Values = Sequence[object]


@dataclass(frozen=True, slots=True)
class Since:
    """What an incremental pass needs: the column of stamps, the last pass's mark, and the present moment.

    Without a mark all rows are read; `now` keeps stamps of the future from becoming marks.
    """

    column: str
    mark: Stamp | None
    now: datetime


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table, ready to be read.

    `checksum`: digest of the rows of this pass: the same rows are the same source. `incremental`: rows were
    left out. `mark`: the stamp to begin from next time; rows without a stamp come first (`unstamped` of
    them), and the next pass reads again those and the ones from line `read_again` on.
    """

    source: Source
    checksum: str
    incremental: bool = False
    mark: Stamp | None = None
    unstamped: int = 0
    read_again: int = 0


@contextmanager
def open_table(
    address: TableAddress, is_header: IsHeader, since: Since | None = None
) -> Iterator[OpenTable]:
    """Find the table and read it through once, in flat memory; `is_header` knows the templates' headers.

    Raises SourceError, also while rows are read, for whatever goes wrong at the database.
    """
    with reading(address) as connection:
        with database_errors(address):
            query, stamps = _query(connection, address, is_header, since)
        survey = _Survey.of(query, stamps)
        readable = tuple(place not in survey.binary for place in range(len(query.headers)))
        unread = tuple(query.headers[place] for place in sorted(survey.binary))
        sheet = Sheet("", partial(_rows, query, readable), resumable=False, unread=unread)
        yield OpenTable(
            Source((sheet,), notes=_notes(query, survey, since, stamps)),
            survey.checksum,
            stamps.begin is not None,
            stamps.mark,
            survey.unstamped,
            survey.read_again,
        )


@dataclass(frozen=True, slots=True)
class _Stamps:
    """Where this pass begins (None: everywhere), and the mark for the next one.

    `unsorted`: the stamps are texts whose order is not that of time, and tell nothing.
    """

    column: StampColumn | None = None
    begin: Stamp | None = None
    mark: Stamp | None = None
    unsorted: bool = False


@dataclass(frozen=True, slots=True)
class _Query:
    """The statement of a pass. `places`: columns of the sheet in the order in which the statement has them.

    Where there are stamps, each row ends with its own.
    """

    connection: Connection
    address: TableAddress
    headers: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[int, ...]
    statement: Executable
    chunk: int

    def rows(self) -> Iterator[Values]:
        """Rows as the driver gives them, streamed from the server."""
        if not self.places:
            return
        with database_errors(self.address):
            result = self.connection.execute(self.statement.execution_options(yield_per=self.chunk))
        line = 0
        with closing(result):
            chunks = result.partitions()
            while True:
                with database_errors(self.address, after=line):
                    chunk = next(chunks, None)
                if chunk is None:
                    return
                yield from chunk
                line += len(chunk)


def _query(
    connection: Connection, address: TableAddress, is_header: IsHeader, since: Since | None
) -> tuple[_Query, _Stamps]:
    table = find_table(connection, address)
    headers = tuple(column.header(is_header) for column in table.columns)
    places = tuple(at for at, header in enumerate(headers) if is_header(header))
    chunk = _CHUNK_OF_BYTES if any(table.columns[at].binary for at in places) else _CHUNK
    names = tuple(column.name for column in table.columns)
    stamps = _stamps(connection, table, since) if since else _Stamps()
    statement = _statement(table, [names[at] for at in places], stamps)
    return _Query(connection, address, headers, names, places, statement, chunk), stamps


def _stamps(connection: Connection, table: FoundTable, since: Since) -> _Stamps:
    column, old = StampColumn.find(table, since.column), since.mark
    highest = column.highest(connection, since.now)
    if not column.sorts_in_time(connection):
        return _Stamps(column, unsorted=True)
    begin = old if old is not None and column.reaches(connection, old, highest) else None
    return _Stamps(column, begin, highest)


def _statement(table: FoundTable, names: Sequence[str], stamps: _Stamps) -> Executable:
    picked, key = [table.column(n) for n in names], [table.column(n) for n in table.key]
    column = stamps.column
    if column is None:
        return select(*picked).select_from(table.clause).order_by(*key)
    statement = select(*picked, column.clause).select_from(table.clause)
    if stamps.begin is not None:
        statement = statement.where(column.since(stamps.begin))
    return statement.order_by(*column.order, *key)


@dataclass(frozen=True, slots=True)
class _Survey:
    """What one reading of all rows tells before any of them is loaded."""

    checksum: str
    binary: frozenset[int]
    unstamped: int
    read_again: int

    @classmethod
    def of(cls, query: _Query, stamps: _Stamps) -> _Survey:
        """Read all rows once."""
        digest = hashlib.sha256("\x1f".join((query.address.identity, *query.headers)).encode())
        width = len(query.places)
        binary: set[int] = set()
        unstamped = line = read_again = 0
        for line, values in enumerate(query.rows(), 1):
            binary.update(
                at
                for at, v in zip(query.places, values, strict=False)
                if isinstance(v, BINARY) and decoded(v) is None
            )
            cells = "\x1f".join(map(text_of, values[:width])) + "\x1e"
            digest.update(cells.encode("utf-8", "surrogatepass"))
            if stamps.column is not None:
                unstamped += values[-1] is None
                read_again = read_again or (line if values[-1] == stamps.mark is not None else 0)
        return cls(digest.hexdigest(), frozenset(binary), unstamped, read_again or line + 1)


def _rows(query: _Query, readable: tuple[bool, ...]) -> Iterator[SourceRow]:
    """The headers as line 0, then the rows; columns that cannot be read are blank in all of them."""
    headers = query.headers
    yield SourceRow(0, tuple(h if read else "" for h, read in zip(headers, readable, strict=True)))
    empty = [""] * len(headers)
    for line, values in enumerate(query.rows(), 1):
        cells = empty.copy()
        for at, value in zip(query.places, values, strict=False):
            if readable[at]:
                cells[at] = text_of(value)
        yield SourceRow(line, tuple(cells))


def _notes(query: _Query, survey: _Survey, since: Since | None, stamps: _Stamps) -> tuple[str, ...]:
    notes = []
    if gone := sorted(survey.binary):
        names = "、".join(quotable(query.names[at]) for at in gone)
        notes.append(f"二进制列，未装载 / columns of bytes, not loaded: {names}")
    if stamps.unsorted:
        notes.append(
            "更新时间列的写法不一，不能比较先后，因此读取了整张表；请统一写成 YYYY-MM-DD HH:MM:SS"
            " / stamps are written in several ways and tell no order: the whole table was read;"
            " write all of them as YYYY-MM-DD HH:MM:SS"
        )
    elif stamps.begin is not None:
        notes.append(
            "增量装载：只读取上次标记之后（含）和没有更新时间的行"
            " / incremental: only rows from the last load's mark on, and rows without a stamp"
        )
    elif since and since.mark is not None:
        notes.append(
            "表中已没有上次标记之后的行，因此读取了整张表"
            " / no row reaches the last load's mark any more: the whole table was read"
        )
    return tuple(notes)
