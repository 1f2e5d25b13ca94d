"""A table of a real PostgreSQL as a source."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from psycopg import sql

from loaders.pipeline import LoadOptions, load_file
from loaders.tables import TableOptions, load_table
from records.intake import Intake
from records.sources import rejections
from records.store import Store
from tests.cluster.postgres import PostgresServer
from tests.loaders.rows import PENALTY, PERSON, codes_of, headers_of
from tests.loaders.sql_tables import ALL, PENALTY_ROW, by_code, contents, load, make_table, refused
from tests.support import PENALTIES

_NUMBERS = itertools.count()
BY_STAMP = TableOptions(updated_column="changed")
TYPES = {
    "CF_JDRQ": "date",
    "CF_YXQ": "timestamptz",
    "CF_NR_FK": "numeric(18,6)",
    "CF_XDR_SHXYM": "char(20)",
}


class Front:
    """A front-end database of a department, with one connection of its owner."""

    def __init__(self, server: PostgresServer) -> None:
        self.name = f"front_{next(_NUMBERS)}"
        self.url = server.create(self.name)
        self.shown = f"postgresql://127.0.0.1:{server.port}/{self.name}"
        self.connection = server.connect(self.name)
        self.connection.execute("SET TIME ZONE 'Asia/Shanghai'")

    def run(self, *statements: str) -> None:
        for statement in statements:
            self.connection.execute(statement.encode())

    def make(
        self, *rows: dict[str, str], name: str = "xzcf", title: Callable[[str], str] = str.lower
    ) -> None:
        """A V2.1 penalty table with a key and a moment of change; cells by official header."""
        codes = codes_of(PENALTIES)
        columns = [
            sql.SQL("{} {}").format(sql.Identifier(title(code)), sql.SQL(TYPES.get(code, "text")))
            for code in codes
        ]
        place = sql.Identifier(*name.split("."))
        self.connection.execute(
            sql.SQL("CREATE TABLE {} (id serial PRIMARY KEY, changed timestamptz, {})").format(
                place, sql.SQL(", ").join(columns)
            )
        )
        for number, row in enumerate(rows, 1):
            cells = {title(k): v for k, v in by_code(PENALTIES, row).items() if v}
            cells["changed"] = f"2026-09-{number:02} 08:00"
            self.connection.execute(
                sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                    place,
                    sql.SQL(", ").join(map(sql.Identifier, cells)),
                    sql.SQL(", ").join(map(sql.Literal, cells.values())),
                )
            )


@pytest.fixture
def front(postgres: PostgresServer) -> Iterator[Front]:
    made = Front(postgres)
    yield made
    made.connection.close()


def numbered(number: int, **changes: str) -> dict[str, str]:
    return {**PENALTY, "行政处罚决定书文号": f"伊市监罚〔2026〕{number}号", **changes}


def test_a_table_of_typed_columns_gives_the_same_records_as_the_csv(
    front: Front, tmp_path: Path, store: Store, intake: Intake
) -> None:
    rows = [dict(PENALTY), {**numbered(16), **PERSON}]
    with (tmp_path / "处罚.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers_of(PENALTIES))
        writer.writeheader()
        writer.writerows(rows)
    front.make(*rows)
    load_file(tmp_path / "处罚.csv", intake, ALL, LoadOptions())
    of_csv = contents(store)

    report = load(front.url, intake)

    assert report.counts["unchanged"] == 2
    assert contents(store) == of_csv
    assert report.file == f"{front.shown}#xzcf"


def test_comments_are_headers_where_column_names_say_nothing(front: Front, intake: Intake) -> None:
    codes = codes_of(PENALTIES)
    names = {code: f"c{number}" for number, code in enumerate(codes)}
    front.make(dict(PENALTY), title=names.__getitem__)
    for code, header in zip(codes, headers_of(PENALTIES), strict=True):
        front.run(f"COMMENT ON COLUMN xzcf.{names[code]} IS '{header}'")

    assert load(front.url, intake).counts["inserted"] == 1


def test_tables_of_other_schemas_and_views_go_by_their_full_name(
    front: Front, intake: Intake
) -> None:
    front.run("CREATE SCHEMA gov")
    front.make(dict(PENALTY), name="gov.xzcf")
    front.run("CREATE VIEW gov.v_xzcf AS SELECT * FROM gov.xzcf")
    front.run("CREATE MATERIALIZED VIEW gov.m_xzcf AS SELECT * FROM gov.xzcf")

    assert load(front.url, intake, table="GOV.xzcf").counts["inserted"] == 1
    assert load(front.url, intake, table="gov.v_xzcf").counts["unchanged"] == 1
    assert load(front.url, intake, table="gov.m_xzcf").counts["unchanged"] == 1
    assert "gov.v_xzcf" in refused(f"{front.url}#gov.x_xzcf", intake).suggestion


def test_bytes_are_left_out_and_json_and_arrays_become_text(front: Front, intake: Intake) -> None:
    front.make(dict(PENALTY))
    front.run(
        "ALTER TABLE xzcf ALTER bz TYPE bytea USING '\\x00'::bytea",
        "ALTER TABLE xzcf ALTER cf_wfxw TYPE text[] USING ARRAY['经营过期食品', '其他']",
        """ALTER TABLE xzcf ALTER cf_sy TYPE jsonb USING '{"事实": "面包十二袋"}'""",
    )

    report = load(front.url, intake)

    assert report.counts["inserted"] == 1
    assert any(note.endswith("bz") for note in report.notes)


def test_endless_dates_are_read_and_are_no_marks(front: Front, intake: Intake) -> None:
    front.make(*map(numbered, range(3)))
    front.run("UPDATE xzcf SET cf_yxq = 'infinity', changed = 'infinity' WHERE id = 1")

    report = load(front.url, intake, BY_STAMP)

    assert report.counts["inserted"] == 3
    assert load(front.url, intake, BY_STAMP).counts["unchanged"] == 2


def test_an_updated_row_is_picked_up_and_the_others_are_not_read(
    front: Front, intake: Intake
) -> None:
    front.make(*map(numbered, range(5)))
    load(front.url, intake, BY_STAMP)
    front.run("UPDATE xzcf SET cf_sy = '另有事实', changed = '2026-10-01 00:00+08' WHERE id = 2")

    second, third = load(front.url, intake, BY_STAMP), load(front.url, intake, BY_STAMP)

    assert (second.counts["read"], second.counts["updated"]) == (2, 1)
    assert (third.counts["read"], third.counts["unchanged"]) == (1, 1)


def test_a_row_without_a_moment_and_one_of_the_future_are_always_read(
    front: Front, store: Store, intake: Intake
) -> None:
    front.make(*map(numbered, range(5)))
    front.run(
        "UPDATE xzcf SET changed = NULL, cf_cfjgdm = NULL, cf_cfjg = NULL WHERE id = 1",
        "UPDATE xzcf SET changed = '2999-01-01' WHERE id = 2",
    )
    load(front.url, intake, BY_STAMP)
    front.run("UPDATE xzcf SET cf_sy = '另有事实' WHERE id IN (1, 2)")

    second = load(front.url, intake, BY_STAMP)

    assert (second.counts["read"], second.counts["updated"]) == (3, 1)
    assert {item["line"] for item in rejections(store)} == {1}


def test_what_goes_wrong_is_told_without_password_and_the_servers_words(
    front: Front, intake: Intake
) -> None:
    front.make(dict(PENALTY))
    front.run(
        "DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN PASSWORD 'hunter2'",
        "REVOKE ALL ON xzcf FROM PUBLIC",
    )  # fmt: skip
    place = front.shown.removeprefix("postgresql://")
    asked = {
        f"postgresql://reader:wrong-hunter2@{place}#xzcf": "user or password",
        f"postgresql://nobody:hunter2@{place}#xzcf": "user or password",
        f"postgresql://reader:hunter2@{place}#xzcf": "may not read",
        f"postgresql://reader:hunter2@{place}x#xzcf": "no such database",
    }

    for address, told in asked.items():
        error = refused(address, intake)
        assert told in error.message, address
        assert "hunter2" not in error.message + error.suggestion
        assert error.__suppress_context__


def test_reading_a_table_cannot_write(front: Front, intake: Intake) -> None:
    front.make(dict(PENALTY))
    front.run(
        "CREATE SEQUENCE calls",
        "CREATE VIEW v AS SELECT nextval('calls')::text AS cf_xdr_mc FROM xzcf",
    )

    error = refused(f"{front.url}#v", intake)

    assert "the database reports an error" in error.message
    (called,) = front.connection.execute("SELECT is_called FROM calls").fetchone() or (None,)
    assert called is False


def test_a_comment_that_limits_publication_refuses_the_table(front: Front, intake: Intake) -> None:
    front.make(dict(PENALTY))
    front.run("ALTER TABLE xzcf ADD f7 text", "COMMENT ON COLUMN xzcf.f7 IS '信息共享方式'")

    assert refused(f"{front.url}#xzcf", intake).code == "UNKNOWN_TEMPLATE"


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "EUC_CN"])
def test_databases_in_other_encodings_are_read(
    postgres: PostgresServer, intake: Intake, encoding: str
) -> None:
    name = f"in_{encoding.lower()}"
    with postgres.connect("postgres") as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}'".encode()
        )
    make_table(postgres.url(name) + "?client_encoding=utf8", "xzcf", [PENALTY_ROW])

    assert load(postgres.url(name), intake).counts["inserted"] == 1


def test_a_connection_that_breaks_is_told_and_the_next_load_ends_what_it_began(
    front: Front, intake: Intake
) -> None:
    front.make(dict(PENALTY))
    front.run(
        "ALTER TABLE xzcf ALTER id DROP DEFAULT, DROP CONSTRAINT xzcf_pkey",
        "CREATE TEMP TABLE numbers AS SELECT generate_series(1, 4000) AS number",
        "CREATE VIEW v AS SELECT * FROM xzcf",
        "INSERT INTO xzcf SELECT xzcf.* FROM xzcf, numbers",
        "UPDATE xzcf SET cf_wsh = ctid::text",
    )

    def cut(_rows: int) -> None:
        front.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    broken = load_table(f"{front.url}#v", intake, ALL, LoadOptions(), BY_STAMP, cut)
    again = load(front.url, intake, BY_STAMP, table="v")

    assert broken.refused is not None
    assert "the connection broke" in broken.refused.message
    assert 0 < broken.counts["inserted"] < 4001
    assert again.counts["read"] == 4001
    assert again.counts["inserted"] + again.counts["unchanged"] == 4001
