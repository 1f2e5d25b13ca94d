"""Subjects: what records say about whom they concern, and what they say together

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

_COLUMNS: dict[str, sa.types.TypeEngine[int] | sa.types.TypeEngine[str]] = {
    'published_revision': sa.BigInteger(),
    'kind': sa.String(length=32),
    'anchor': sa.String(length=26),
    'registration_anchor': sa.String(length=26),
    'earlier_anchor': sa.String(length=26),
    'earlier_registration_anchor': sa.String(length=26),
    'organization_code': sa.String(length=9),
    'registration_number': sa.String(length=15),
    'face': sa.BigInteger(),
}
_SHOWN = sa.text("state = 'published' AND anchor <> ''")
_REGISTERED = sa.text("registration_anchor <> ''")
_INDEXES = {
    # The state at its end: SQLite looks for it in the table otherwise, row by row.
    'ix_records_shown': (
        ['anchor', 'kind', 'face', 'public_from', 'id', 'public_until', 'state'], _SHOWN
    ),
    'ix_records_anchor_registration_anchor': (['anchor', 'registration_anchor'], _REGISTERED),
    'ix_records_registration_anchor_anchor': (['registration_anchor', 'anchor'], _REGISTERED),
}

# Became visible with the last journal line that says so.
_PUBLISHED = """
    UPDATE records SET published_revision = coalesce(
        (SELECT max(journal.revision) FROM journal
         WHERE journal.record_id = records.id AND journal.change = 'published'),
        CASE WHEN state = 'published' THEN revision ELSE 0 END)
"""
# An anchor is made of the sealed part: by whoever opens the store with the vault key.
_TO_BE_ANCHORED = """
    INSERT INTO meta (key, value)
    SELECT 'unanchored', '' WHERE EXISTS (SELECT 1 FROM records)
"""


def upgrade() -> None:
    for name, kind in _COLUMNS.items():
        default = '' if isinstance(kind, sa.String) else '0'
        op.add_column('records', sa.Column(name, kind, server_default=default, nullable=False))
    op.execute(_PUBLISHED)
    op.execute(_TO_BE_ANCHORED)
    for name, (columns, where) in _INDEXES.items():
        op.create_index(
            name, 'records', columns, unique=False, sqlite_where=where, postgresql_where=where
        )
    op.create_table('previous_names',
    sa.Column('record_id', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=400), nullable=False),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['records.id'], name=op.f('fk_previous_names_record_id')),
    sa.PrimaryKeyConstraint('record_id', 'name', name=op.f('pk_previous_names'))
    )
    op.create_table('subjects',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('anchors', sa.JSON(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('named', sa.Boolean(), nullable=False),
    sa.Column('former_names', sa.JSON(), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=False),
    sa.Column('registration_numbers', sa.JSON(), nullable=False),
    sa.Column('organization_code', sa.String(length=9), nullable=False),
    sa.Column('region', sa.String(length=6), nullable=False),
    sa.Column('profile', sa.String(length=32), nullable=False),
    sa.Column('completeness', sa.Integer(), nullable=False),
    sa.Column('visible', sa.JSON(), nullable=False),
    sa.Column('living', sa.Boolean(), nullable=False),
    sa.Column('conflicts', sa.Integer(), nullable=False),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subjects'))
    )
    op.create_index('ix_subjects_revision', 'subjects', ['revision'], unique=False)


def downgrade() -> None:
    op.drop_table('subjects')
    op.drop_table('previous_names')
    op.execute("DELETE FROM meta WHERE key = 'unanchored'")
    for name in _INDEXES:
        op.drop_index(name, 'records')
    with op.batch_alter_table('records', schema=None) as batch_op:
        for name in _COLUMNS:
            batch_op.drop_column(name)
