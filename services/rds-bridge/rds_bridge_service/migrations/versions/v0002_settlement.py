"""What a settlement needs: the league's rules for it, the games played, prizes given by hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mssql, mysql
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"


def _exact(length: int) -> TypeEngine[str]:
    return (
        sa.Unicode(length)
        .with_variant(mssql.NVARCHAR(2 * length, collation="Latin1_General_BIN2"), "mssql")
        .with_variant(mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), "mysql")
    )


def _text(length: int) -> TypeEngine[str]:
    return sa.Unicode(length).with_variant(mssql.NVARCHAR(2 * length), "mssql")


def upgrade() -> None:
    op.add_column("league", sa.Column("settlement_rules", sa.UnicodeText(), nullable=True))
    op.create_table(
        "game",
        sa.Column("tournament_id", _exact(64), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("round", _text(100), nullable=False),
        sa.Column("winner", _exact(100), nullable=False),
        sa.Column("winner_score", sa.SmallInteger(), nullable=False),
        sa.Column("loser", _exact(100), nullable=False),
        sa.Column("loser_score", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "winner_score > loser_score AND loser_score >= 0", name=op.f("ck_game_scores")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"],
            ["tournament.tournament_id"],
            name=op.f("fk_game_tournament_id_tournament"),
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id", "winner"],
            ["team.tournament_id", "team.name"],
            name=op.f("fk_game_winner_team"),
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id", "loser"],
            ["team.tournament_id", "team.name"],
            name=op.f("fk_game_loser_team"),
        ),
        sa.PrimaryKeyConstraint("tournament_id", "number", name=op.f("pk_game")),
    )
    op.create_table(
        "award",
        sa.Column("league_id", _exact(64), nullable=False),
        sa.Column("rule", _exact(100), nullable=False),
        sa.Column("tournament_id", _exact(64), nullable=False),
        sa.Column("slot_id", _exact(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["league_id"], ["league.league_id"], name=op.f("fk_award_league_id_league")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id", "slot_id"],
            ["slot.tournament_id", "slot.slot_id"],
            name=op.f("fk_award_tournament_id_slot"),
        ),
        sa.PrimaryKeyConstraint("league_id", "rule", name=op.f("pk_award")),
    )
