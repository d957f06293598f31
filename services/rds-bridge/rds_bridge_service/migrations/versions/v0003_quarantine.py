"""Where records go that nobody understood."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mssql, mysql
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision = "0002"


def _exact(length: int) -> TypeEngine[str]:
    return (
        sa.Unicode(length)
        .with_variant(mssql.NVARCHAR(2 * length, collation="Latin1_General_BIN2"), "mssql")
        .with_variant(mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), "mysql")
    )


def _text(length: int) -> TypeEngine[str]:
    return sa.Unicode(length).with_variant(mssql.NVARCHAR(2 * length), "mssql")


def upgrade() -> None:
    op.create_table(
        "quarantine",
        sa.Column("quarantine_id", _exact(64), nullable=False),
        sa.Column("source", _text(16), nullable=False),
        sa.Column("origin", _text(500), nullable=False),
        sa.Column("reason", _text(500), nullable=False),
        sa.Column("auction_id", _exact(64), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column(
            "payload",
            sa.UnicodeText().with_variant(mysql.LONGTEXT(), "mysql"),
            nullable=False,
        ),
        sa.Column("set_aside_ms", sa.BigInteger(), nullable=False),
        sa.Column("redriven_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("quarantine_id", name=op.f("pk_quarantine")),
    )
