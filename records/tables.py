"""The tables of the store. They know no dataset: a new field or dataset needs no migration.

Columns that could hold personal data hold keyed digests (party, natural_key, content_hash, blind) or the
sealed part; `public` is the public view. Every schema change is an Alembic migration.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Id = BigInteger().with_variant(Integer, "sqlite")


class _Moment(TypeDecorator[datetime]):
    """A moment, always UTC with its offset; SQLite keeps none and would hand it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

revision_counter = Table(
    "revision_counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", BigInteger, nullable=False),
)
"""One row. Locked to commit by whoever writes, so that revisions become visible in order."""

sources = Table(
    "sources",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("identity", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("dataset", String(64), nullable=False),
    Column("template", String(16), nullable=False),
    Column("provider", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("started_at", _Moment, nullable=False),
    Column("finished_at", _Moment),
)
"""One loaded sheet or file; `position` is the last line whose row is committed."""

SHOWN = "state = 'published' AND anchor <> ''"
"""Which records speak for a subject, as an index can be told."""
REGISTERED = "registration_anchor <> ''"

records = Table(
    "records",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("dataset", String(64), nullable=False),
    Column("natural_key", String(64), nullable=False, unique=True),
    Column("party", String(64), nullable=False),
    Column("blind", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("subject_kind", String(32), nullable=False),
    Column("public", JSON, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("public_from", Date, nullable=False),
    Column("public_until", Date),
    Column("publicity_class", String(16), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("disputed", Boolean, nullable=False, server_default=false()),
    Column("warnings", JSON, nullable=False),
    Column("template", String(16), nullable=False),
    Column("source_id", _Id, ForeignKey("sources.id"), nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("loaded_at", _Moment, nullable=False),
    Column("updated_at", _Moment, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("published_revision", BigInteger, nullable=False, server_default="0"),
    Column("kind", String(32), nullable=False, server_default=""),
    Column("anchor", String(26), nullable=False, server_default=""),
    Column("registration_anchor", String(26), nullable=False, server_default=""),
    Column("earlier_anchor", String(26), nullable=False, server_default=""),
    Column("earlier_registration_anchor", String(26), nullable=False, server_default=""),
    Column("organization_code", String(9), nullable=False, server_default=""),
    Column("registration_number", String(15), nullable=False, server_default=""),
    Column("face", BigInteger, nullable=False, server_default="0"),
    Index("ix_records_revision", "revision"),
    Index("ix_records_state_public_until", "state", "public_until"),
    Index("ix_records_state_public_from", "state", "public_from"),
    Index("ix_records_blind", "blind"),
    Index(
        "ix_records_shown", "anchor", "kind", "face", "public_from", "id", "public_until", "state",
        sqlite_where=text(SHOWN), postgresql_where=text(SHOWN),
    ),
    Index(
        "ix_records_anchor_registration_anchor", "anchor", "registration_anchor",
        sqlite_where=text(REGISTERED), postgresql_where=text(REGISTERED),
    ),
    Index(
        "ix_records_registration_anchor_anchor", "registration_anchor", "anchor",
        sqlite_where=text(REGISTERED), postgresql_where=text(REGISTERED),
    ),
)  # fmt: skip
"""`anchor` to `face`: records/anchors.py; the earlier ones are those before the last change of the row.

`published_revision`: with which it last became visible, 0 if it never was.
"""

previous_names = Table(
    "previous_names",
    metadata,
    Column("record_id", String(32), ForeignKey("records.id"), primary_key=True),
    Column("name", String(400), primary_key=True),
    Column("revision", BigInteger, nullable=False),
)
"""Public names that a profile had before a later row renamed it, and with which revision it lost them."""

subjects = Table(
    "subjects",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("anchors", JSON, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("former_names", JSON, nullable=False),
    Column("credit_code", String(18), nullable=False),
    Column("registration_numbers", JSON, nullable=False),
    Column("organization_code", String(9), nullable=False),
    Column("region", String(6), nullable=False),
    Column("profile", String(32), nullable=False),
    Column("completeness", Integer, nullable=False),
    Column("visible", JSON, nullable=False),
    Column("living", Boolean, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Index("ix_subjects_revision", "revision"),
)
"""What records/subjects.py makes of the visible records; `living` is whether there is any.

`conflicts`: how many other names its visible records have that are none of its former names.
"""

rejections = Table(
    "rejections",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("source_id", _Id, ForeignKey("sources.id"), nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("field", String(64), nullable=False),
    Column("column", Text, nullable=False),
    Column("code", String(32), nullable=False),
    Column("message", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("fix", Text, nullable=False),
    UniqueConstraint("source_id", "line", "field", "code"),
)
"""Why a row was not accepted; `value` is masked."""

journal = Table(
    "journal",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("record_id", String(32), nullable=False),
    Column("change", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("source_id", _Id, ForeignKey("sources.id")),
    Column("at", _Moment, nullable=False),
    Index("ix_journal_revision", "revision"),
    Index("ix_journal_record_id", "record_id"),
)
"""Every change of what is public, with its reason; grows only."""

authorities = Table(
    "authorities",
    metadata,
    Column("alias", String(64), primary_key=True),
    Column("key", String(64), nullable=False),
)
"""One authority under its code and its names, so that a row with only one of them finds the other."""
