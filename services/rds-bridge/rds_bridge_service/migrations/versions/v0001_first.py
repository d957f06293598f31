"""The first schema: tournaments, leagues, auctions, and the ledger of each auction."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mssql, mysql
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None


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
        "tournament",
        sa.Column("tournament_id", _exact(64), nullable=False),
        sa.Column("name", _text(100), nullable=False),
        sa.PrimaryKeyConstraint("tournament_id", name=op.f("pk_tournament")),
    )
    op.create_table(
        "slot",
        sa.Column("tournament_id", _exact(64), nullable=False),
        sa.Column("slot_id", _exact(64), nullable=False),
        sa.Column("region", _exact(100), nullable=False),
        sa.Column("seed", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("seed >= 1", name=op.f("ck_slot_seed")),
        sa.ForeignKeyConstraint(
            ["tournament_id"],
            ["tournament.tournament_id"],
            name=op.f("fk_slot_tournament_id_tournament"),
        ),
        sa.PrimaryKeyConstraint("tournament_id", "slot_id", name=op.f("pk_slot")),
        sa.UniqueConstraint(
            "tournament_id", "region", "seed", name=op.f("uq_slot_tournament_id_region_seed")
        ),
    )
    op.create_table(
        "team",
        sa.Column("tournament_id", _exact(64), nullable=False),
        sa.Column("name", _exact(100), nullable=False),
        sa.Column("slot_id", _exact(64), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_team_place")),
        sa.ForeignKeyConstraint(
            ["tournament_id", "slot_id"],
            ["slot.tournament_id", "slot.slot_id"],
            name=op.f("fk_team_tournament_id_slot"),
        ),
        sa.PrimaryKeyConstraint("tournament_id", "name", name=op.f("pk_team")),
        sa.UniqueConstraint(
            "tournament_id", "slot_id", "place", name=op.f("uq_team_tournament_id_slot_id_place")
        ),
    )
    op.create_table(
        "league",
        sa.Column("league_id", _exact(64), nullable=False),
        sa.Column("import_id", _exact(64), nullable=False),
        sa.Column("tournament_id", _exact(64), nullable=False),
        sa.Column("name", _text(100), nullable=False),
        sa.Column("rules", sa.UnicodeText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"],
            ["tournament.tournament_id"],
            name=op.f("fk_league_tournament_id_tournament"),
        ),
        sa.PrimaryKeyConstraint("league_id", name=op.f("pk_league")),
        sa.UniqueConstraint("import_id", name=op.f("uq_league_import_id")),
    )
    op.create_table(
        "member",
        sa.Column("league_id", _exact(64), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", _exact(64), nullable=False),
        sa.Column("email", _exact(254), nullable=False),
        sa.Column("name", _text(100), nullable=False),
        sa.Column("role", _text(16), nullable=False),
        sa.Column("budget_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "role IN ('commissioner', 'admin', 'bidder', 'spectator')", name=op.f("ck_member_role")
        ),
        sa.CheckConstraint("budget_cents > 0", name=op.f("ck_member_budget_cents")),
        sa.ForeignKeyConstraint(
            ["league_id"], ["league.league_id"], name=op.f("fk_member_league_id_league")
        ),
        sa.PrimaryKeyConstraint("league_id", "number", name=op.f("pk_member")),
        sa.UniqueConstraint("league_id", "email", name=op.f("uq_member_league_id_email")),
        sa.UniqueConstraint("league_id", "user_id", name=op.f("uq_member_league_id_user_id")),
    )
    op.create_table(
        "auction",
        sa.Column("auction_id", _exact(64), nullable=False),
        sa.Column("league_id", _exact(64), nullable=False),
        sa.Column("title", _text(100), nullable=False),
        sa.Column("status", _text(16), nullable=False),
        sa.Column("status_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'open', 'closed')", name=op.f("ck_auction_status")
        ),
        sa.ForeignKeyConstraint(
            ["league_id"], ["league.league_id"], name=op.f("fk_auction_league_id_league")
        ),
        sa.PrimaryKeyConstraint("auction_id", name=op.f("pk_auction")),
        sa.UniqueConstraint("league_id", name=op.f("uq_auction_league_id")),
    )
    op.create_table(
        "lot",
        sa.Column("auction_id", _exact(64), nullable=False),
        sa.Column("lot_id", _exact(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", _text(100), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_lot_position")),
        sa.ForeignKeyConstraint(
            ["auction_id"], ["auction.auction_id"], name=op.f("fk_lot_auction_id_auction")
        ),
        sa.PrimaryKeyConstraint("auction_id", "lot_id", name=op.f("pk_lot")),
        sa.UniqueConstraint("auction_id", "position", name=op.f("uq_lot_auction_id_position")),
    )
    op.create_table(
        "lot_slot",
        sa.Column("auction_id", _exact(64), nullable=False),
        sa.Column("slot_id", _exact(64), nullable=False),
        sa.Column("lot_id", _exact(64), nullable=False),
        sa.Column("tournament_id", _exact(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["auction_id", "lot_id"],
            ["lot.auction_id", "lot.lot_id"],
            name=op.f("fk_lot_slot_auction_id_lot"),
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id", "slot_id"],
            ["slot.tournament_id", "slot.slot_id"],
            name=op.f("fk_lot_slot_tournament_id_slot"),
        ),
        sa.PrimaryKeyConstraint("auction_id", "slot_id", name=op.f("pk_lot_slot")),
    )
    op.create_table(
        "auction_event",
        sa.Column("auction_id", _exact(64), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", _text(32), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.SmallInteger(), nullable=True),
        sa.Column("request_id", _text(36), nullable=True),
        sa.Column("body", sa.UnicodeText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["auction_id"], ["auction.auction_id"], name=op.f("fk_auction_event_auction_id_auction")
        ),
        sa.PrimaryKeyConstraint("auction_id", "seq", name=op.f("pk_auction_event")),
    )
    op.create_table(
        "bid",
        sa.Column("auction_id", _exact(64), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lot_id", _exact(64), nullable=False),
        sa.Column("member", sa.SmallInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_bid_amount_cents")),
        sa.ForeignKeyConstraint(
            ["auction_id", "lot_id"],
            ["lot.auction_id", "lot.lot_id"],
            name=op.f("fk_bid_auction_id_lot"),
        ),
        sa.ForeignKeyConstraint(
            ["auction_id", "seq"],
            ["auction_event.auction_id", "auction_event.seq"],
            name=op.f("fk_bid_auction_id_auction_event"),
        ),
        sa.PrimaryKeyConstraint("auction_id", "seq", name=op.f("pk_bid")),
    )
    op.create_table(
        "sale",
        sa.Column("auction_id", _exact(64), nullable=False),
        sa.Column("lot_id", _exact(64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("status", _text(16), nullable=False),
        sa.Column("owner", sa.SmallInteger(), nullable=True),
        sa.Column("price_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(status = 'sold' AND owner IS NOT NULL AND price_cents > 0)"
            " OR (status = 'void' AND owner IS NULL AND price_cents IS NULL)",
            name=op.f("ck_sale_status"),
        ),
        sa.ForeignKeyConstraint(
            ["auction_id", "lot_id"],
            ["lot.auction_id", "lot.lot_id"],
            name=op.f("fk_sale_auction_id_lot"),
        ),
        sa.ForeignKeyConstraint(
            ["auction_id", "seq"],
            ["auction_event.auction_id", "auction_event.seq"],
            name=op.f("fk_sale_auction_id_auction_event"),
        ),
        sa.PrimaryKeyConstraint("auction_id", "lot_id", name=op.f("pk_sale")),
    )
