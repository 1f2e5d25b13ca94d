"""Tables as departments keep them, made with any SQLAlchemy connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import (
    JSON,
    URL,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    select,
)

from loaders.pipeline import FileReport, LoadOptions
from loaders.tables import WHOLE_TABLES, TableOptions, load_table
from loaders.templates import header_test
from records import tables
from records.dataset import Dataset
from records.errors import SourceError
from records.intake import Intake
from records.store import Store
from tests.loaders.rows import PENALTY, codes_of, headers_of
from tests.support import DATASETS, PENALTIES

ALL = tuple(DATASETS.values())
KNOWN = header_test(ALL)

Kind = BigInteger | Boolean | Date | DateTime | JSON | LargeBinary | Numeric[Decimal] | String


def by_code(dataset: Dataset, row: Mapping[str, str], generation: str = "V2.1") -> dict[str, str]:
    """A row given by official headers, with the national column codes in their place."""
    names = dict(zip(headers_of(dataset, generation), codes_of(dataset, generation), strict=True))
    return {names[header]: value for header, value in row.items()}


def make_table(
    url: str | URL,
    name: str,
    rows: Sequence[Mapping[str, object]],
    columns: Mapping[str, Kind] | None = None,
    *,
    key: str = "",
    comments: Mapping[str, str] | None = None,
) -> None:
    """Make a table with these rows; columns not named in `columns` are text."""
    types: dict[str, Kind] = {n: String() for row in rows for n in row} | dict(columns or {})
    engine = create_engine(url)
    metadata = MetaData()
    table = Table(
        name,
        metadata,
        *(
            Column(n, kind, primary_key=n == key, comment=(comments or {}).get(n))
            for n, kind in types.items()
        ),
    )
    metadata.create_all(engine)
    with engine.begin() as connection:
        empty = dict.fromkeys(types)
        connection.execute(table.insert(), [empty | dict(row) for row in rows])
    engine.dispose()


def execute(url: str | URL, *statements: str) -> None:
    """Change a table as its owner would."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


PENALTY_ROW = by_code(PENALTIES, PENALTY)


def numbered(number: int, stamp: object, **changes: str) -> dict[str, object]:
    """A penalty of its own number, last changed at `stamp`."""
    return PENALTY_ROW | {"CF_WSH": f"伊市监罚〔2026〕{number}号"} | changes | {"SJC": stamp}


def load(
    url: str, intake: Intake, how: TableOptions = WHOLE_TABLES, table: str = "xzcf"
) -> FileReport:
    """Load a table that is not to be refused."""
    report = load_table(f"{url}#{table}", intake, ALL, LoadOptions(), how)
    assert report.refused is None, report.refused
    return report


def refused(address: str, intake: Intake, how: TableOptions = WHOLE_TABLES) -> SourceError:
    """Why a table is refused."""
    report = load_table(address, intake, ALL, LoadOptions(), how)
    assert report.refused is not None
    return report.refused


def contents(store: Store) -> list[tuple[object, ...]]:
    """What is kept of each record, without where it comes from."""
    c = tables.records.c
    wanted = select(c.id, c.content_hash, c.public, c.state, c.template, c.warnings).order_by(c.id)
    with store.engine.connect() as connection:
        return [tuple(map(str, row)) for row in connection.execute(wanted)]
