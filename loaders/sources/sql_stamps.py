"""The column that says when a row was last changed, and the mark up to which it has been loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, case, func, literal, or_, select
from sqlalchemy.sql.expression import ColumnClause, ColumnElement

from loaders.headers import quotable
from loaders.sources.sql_endless import Endless
from loaders.sources.sql_table import FoundTable, closest, in_any_case
from loaders.sources.stamp_shapes import sort_in_time
from records.clock import SHANGHAI
from records.errors import SourceError

_CHUNK = 10_000
Stamp = datetime | date | int | Decimal | float | str
_READ: Mapping[str, Callable[[str], Stamp]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "int": int,
    "Decimal": Decimal,
    "float": float,
    "str": str,
}
_BEGINS_WITH_DATE = re.compile(r"\d{4}\D?(?:0?[1-9]|1[0-2])")


def stamp_as_text(stamp: Stamp) -> str:
    """A stamp in a form that :func:`stamp_from_text` reads, with its type."""
    value = stamp.isoformat() if isinstance(stamp, date) else str(stamp)
    return f"{type(stamp).__name__} {value}"


def stamp_from_text(text: str) -> Stamp:
    """The stamp that :func:`stamp_as_text` wrote."""
    kind, _, value = text.partition(" ")
    return _READ[kind](value)


@dataclass(frozen=True, slots=True)
class StampColumn:
    """The column of stamps of one table."""

    table: FoundTable
    clause: ColumnClause[object]

    @classmethod
    def find(cls, table: FoundTable, name: str) -> StampColumn:
        """The column of that name, in upper or lower case. Raises SourceError when there is none."""
        names = [column.name for column in table.columns]
        found = in_any_case(name, names)
        if found is None:
            raise SourceError(
                "没有 --updated-column 指定的列 / the table has no column of the name given by --updated-column",
                f"相近的有 / names alike: {closest(name, names)}",
            )
        return cls(table, table.column(found))

    @property
    def order(self) -> tuple[ColumnElement[object], ...]:
        """Rows without a stamp first, wherever the database would put them."""
        return case((self.clause.is_(None), 0), else_=1), self.clause

    def highest(self, connection: Connection, now: datetime) -> Stamp | None:
        """The highest stamp that does not lie in the future, from which the next pass may begin.

        A stamp mistyped as 2062 would otherwise hide every later change. None when there is none. Raises
        SourceError when the column holds neither dates nor numbers nor text.
        """
        top = self._top(connection)
        ceiling = None if top is None else _ceiling(top, now)
        return top if ceiling is None else self._top(connection, below=ceiling)

    def reaches(self, connection: Connection, mark: Stamp, highest: Stamp | None) -> bool:
        """Whether some row still has that mark or a later one; if not, the table was made anew."""
        if highest is None or _kind(highest) != _kind(mark) or not sort_in_time((mark, highest)):
            return False
        some = select(literal(1)).select_from(self.table.clause).where(self.clause >= literal(mark))
        return connection.execute(some.limit(1)).first() is not None

    def sorts_in_time(self, connection: Connection) -> bool:
        """Whether the highest stamp is the latest one, which texts need not be; reads them all."""
        if connection.dialect.name != "sqlite" and type(self._top(connection)) is not str:
            return True
        statement = select(self.clause).select_from(self.table.clause)
        statement = statement.where(self.clause.is_not(None))
        with closing(connection.execute(statement.execution_options(yield_per=_CHUNK))) as result:
            stamps: Iterator[object] = (row[0] for row in result)
            return sort_in_time(stamps)

    def since(self, mark: Stamp) -> ColumnElement[bool]:
        """Rows that may have changed: equal stamps may have come later, and no stamp says nothing."""
        return or_(self.clause >= literal(mark), self.clause.is_(None))

    def _top(self, connection: Connection, below: Stamp | None = None) -> Stamp | None:
        statement = select(func.max(self.clause)).select_from(self.table.clause)
        if below is not None:
            statement = statement.where(self.clause < literal(below))
        top: object = connection.execute(statement).scalar()
        if top is None:
            return None
        known = type(top).__name__ in _READ or isinstance(top, Endless)
        if not known or not isinstance(top, Stamp):
            raise SourceError(
                f"列 {quotable(self.clause.name)} 不能作更新时间 / that column cannot tell when a row changed",
                "用日期、数字或文本列 / --updated-column wants a column of dates, numbers or text",
            )
        return top


def _kind(stamp: Stamp) -> tuple[type, bool]:
    return type(stamp), isinstance(stamp, datetime) and stamp.tzinfo is not None


def _ceiling(top: Stamp, now: datetime) -> Stamp | None:
    """Where the future begins for stamps of this kind, a day granted to clocks; None where unknown."""
    tomorrow = now.astimezone(SHANGHAI) + timedelta(days=1)
    if isinstance(top, Endless):
        return tomorrow.replace(tzinfo=None)
    if isinstance(top, datetime):
        return tomorrow if top.tzinfo else tomorrow.replace(tzinfo=None)
    if isinstance(top, date):
        return tomorrow.date()
    if isinstance(top, str) and _BEGINS_WITH_DATE.match(top):
        # Not a bare number: SQLite compares columns of dates with those as numbers.
        return f"{tomorrow.year + 1}-01-01"
    return None
