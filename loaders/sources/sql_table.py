"""Finding a table or view in the catalog of its database, with its columns and their comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import BINARY, VARBINARY, Connection, Inspector, LargeBinary, inspect
from sqlalchemy.sql.expression import ColumnClause, TableClause, column, table

from loaders.sources.rows import IsHeader
from loaders.sources.sql_address import TableAddress
from records.errors import SourceError

_NAMES_TOLD = 8
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """One column: its name and the comment kept beside it in the database; `binary`: holds bytes."""

    name: str
    comment: str = ""
    binary: bool = False

    def header(self, is_header: IsHeader) -> str:
        """What the column is called in a template: its name, or its comment where only that is known.

        Where neither is, both: either may say that rows are not for the public.
        """
        for text in (self.name, self.comment):
            if is_header(text):
                return text
        return f"{self.comment} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table or view as the catalog has it; `key`: the columns of its primary key, if it has one."""

    clause: TableClause
    columns: tuple[FoundColumn, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> ColumnClause[object]:
        """The column in statements, quoted; its values come as the driver has them."""
        return self.clause.c[name]


def find_table(connection: Connection, address: TableAddress) -> FoundTable:
    """The table that the address names. Raises SourceError with names alike when there is none."""
    inspector = inspect(connection)
    schema, name = _place(inspector, address)
    columns = tuple(
        FoundColumn(
            found["name"],
            (found.get("comment") or "").strip(),
            isinstance(found["type"], (LargeBinary, BINARY, VARBINARY)),
        )
        for found in inspector.get_columns(name, schema)
    )
    clause = table(name, *(column(found.name) for found in columns), schema=schema)
    key = inspector.get_pk_constraint(name, schema)["constrained_columns"]
    return FoundTable(clause, columns, tuple(key))


def closest(wanted: str, names: Sequence[str]) -> str:
    """Up to 8 of the names, those most alike first, as a message lists them."""
    folded = {name.casefold(): name for name in names}
    alike = get_close_matches(wanted.casefold(), folded, _NAMES_TOLD, _ALIKE)
    told = [folded[name] for name in alike] or sorted(names)[:_NAMES_TOLD]
    return "、".join(told) or "—"


def in_any_case(wanted: str, names: Sequence[str]) -> str | None:
    """The one name that is the wanted one but for upper and lower case; an exact one comes first."""
    if wanted in names:
        return wanted
    alike = [name for name in names if name.casefold() == wanted.casefold()]
    return alike[0] if len(alike) == 1 else None


def _place(inspector: Inspector, address: TableAddress) -> tuple[str | None, str]:
    """Schema (None: the usual one) and name. A dot may be part of a name."""
    names = _names(inspector, None)
    if not address.table:
        raise SourceError(
            f"{address.shown}：地址没有指明表 / the address names no table",
            f"写成 URL#表名；有 / write URL#table; there are: {closest('', names)}",
        )
    if found := _found(inspector, address.table, names, None):
        return None, found
    prefix, dot, name = address.table.partition(".")
    schema = in_any_case(prefix, inspector.get_schema_names()) if dot else None
    if schema is not None:
        within = _names(inspector, schema)
        if found := _found(inspector, name, within, schema):
            return schema, found
        names = [f"{schema}.{name}" for name in within]
    raise SourceError(
        f"{address.shown}：没有这个表或视图 / there is no such table or view",
        f"相近的有 / names alike: {closest(address.table, names)}",
    )


def _found(inspector: Inspector, name: str, names: Sequence[str], schema: str | None) -> str | None:
    """The name as the catalog spells it; foreign tables and synonyms are in none of its lists."""
    found = in_any_case(name, names)
    return found or (name if inspector.has_table(name, schema) else None)


def _names(inspector: Inspector, schema: str | None) -> list[str]:
    names = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    if inspector.dialect.name in {"postgresql", "oracle"}:
        names += inspector.get_materialized_view_names(schema)
    return names
