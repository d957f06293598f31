"""Leagues that people run: versions, invitations, and what the live auction has to hear."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mssql, mysql
from sqlalchemy.types import TypeEngine

revision = "0004"
down_revision = "0003"


def _exact(length: int) -> TypeEngine[str]:
    return (
        sa.Unicode(length)
        .with_variant(mssql.NVARCHAR(2 * length, collation="Latin1_General_BIN2"), "mssql")
        .with_variant(mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), "mysql")
    )


def _text(length: int) -> TypeEngine[str]:
    return sa.Unicode(length).with_variant(mssql.NVARCHAR(2 * length), "mssql")


def upgrade() -> None:
    op.add_column(
        "league", sa.Column("version", sa.BigInteger(), nullable=False, server_default="1")
    )
    op.add_column(
        "member",
        sa.Column("status", _text(16), nullable=False, server_default="active"),
    )
    op.add_column(
        "member", sa.Column("version", sa.BigInteger(), nullable=False, server_default="1")
    )
    op.create_table(
        "invite",
        sa.Column("league_id", _exact(64), nullable=False),
        sa.Column("code", _exact(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["league_id"], ["league.league_id"], name=op.f("fk_invite_league_id_league")
        ),
        sa.PrimaryKeyConstraint("league_id", name=op.f("pk_invite")),
        sa.UniqueConstraint("code", name=op.f("uq_invite_code")),
    )
    op.create_table(
        "live_notice",
        sa.Column("notice_id", _exact(64), nullable=False),
        sa.Column("auction_id", _exact(64), nullable=False),
        sa.Column("user_id", _exact(64), nullable=True),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_live_notice")),
    )
