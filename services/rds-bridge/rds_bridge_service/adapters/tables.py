"""The tables, as SQLAlchemy Core sees them; `migrations` makes them so.

Text is national (NVARCHAR on SQL Server), money is integer cents, time is UTC epoch milliseconds.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Unicode,
    UnicodeText,
    UniqueConstraint,
)
from sqlalchemy.dialects import mssql, mysql
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def exact(length: int) -> TypeEngine[str]:
    """Text that is a key: SQL Server and MySQL would otherwise take `a` and `A` for one."""
    return (
        Unicode(length)
        .with_variant(mssql.NVARCHAR(2 * length, collation="Latin1_General_BIN2"), "mssql")
        .with_variant(mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin"), "mysql")
    )


def text(length: int) -> TypeEngine[str]:
    """Text of so many characters: SQL Server's length is in UTF-16, an emoji's is two."""
    return Unicode(length).with_variant(mssql.NVARCHAR(2 * length), "mssql")


def long_text() -> TypeEngine[str]:
    """Text of a message's length: MySQL's plain TEXT ends at 64 KB."""
    return UnicodeText().with_variant(mysql.LONGTEXT(), "mysql")


tournament = Table(
    "tournament",
    metadata,
    Column("tournament_id", exact(64), primary_key=True),
    Column("name", text(100), nullable=False),
)

slot = Table(
    "slot",
    metadata,
    Column("tournament_id", exact(64), ForeignKey("tournament.tournament_id"), primary_key=True),
    Column("slot_id", exact(64), primary_key=True),
    Column("region", exact(100), nullable=False),
    Column("seed", SmallInteger, nullable=False),
    UniqueConstraint("tournament_id", "region", "seed"),
    CheckConstraint("seed >= 1", name="seed"),
)

team = Table(
    "team",
    metadata,
    Column("tournament_id", exact(64), primary_key=True),
    Column("name", exact(100), primary_key=True),
    Column("slot_id", exact(64), nullable=False),
    Column("place", SmallInteger, nullable=False),
    ForeignKeyConstraint(["tournament_id", "slot_id"], ["slot.tournament_id", "slot.slot_id"]),
    UniqueConstraint("tournament_id", "slot_id", "place"),
    CheckConstraint("place IN (1, 2)", name="place"),
)

league = Table(
    "league",
    metadata,
    Column("league_id", exact(64), primary_key=True),
    Column("import_id", exact(64), nullable=False, unique=True),
    Column("tournament_id", exact(64), ForeignKey("tournament.tournament_id"), nullable=False),
    Column("name", text(100), nullable=False),
    Column("rules", UnicodeText, nullable=False),
    Column("settlement_rules", UnicodeText),
    Column("version", BigInteger, nullable=False, default=1, server_default="1"),
)

member = Table(
    "member",
    metadata,
    Column("league_id", exact(64), ForeignKey("league.league_id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("user_id", exact(64), nullable=False, index=True),
    Column("email", exact(254), nullable=False),
    Column("name", text(100), nullable=False),
    Column("role", text(16), nullable=False),
    Column("budget_cents", BigInteger),
    Column("status", text(16), nullable=False, default="active", server_default="active"),
    Column("version", BigInteger, nullable=False, default=1, server_default="1"),
    UniqueConstraint("league_id", "user_id"),
    UniqueConstraint("league_id", "email"),
    CheckConstraint("role IN ('commissioner', 'admin', 'bidder', 'spectator')", name="role"),
    CheckConstraint("budget_cents > 0", name="budget_cents"),
)

auction = Table(
    "auction",
    metadata,
    Column("auction_id", exact(64), primary_key=True),
    Column("league_id", exact(64), ForeignKey("league.league_id"), nullable=False, unique=True),
    Column("title", text(100), nullable=False),
    Column("status", text(16), nullable=False),
    Column("status_seq", BigInteger, nullable=False),
    CheckConstraint("status IN ('planned', 'open', 'closed')", name="status"),
)

lot = Table(
    "lot",
    metadata,
    Column("auction_id", exact(64), ForeignKey("auction.auction_id"), primary_key=True),
    Column("lot_id", exact(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", text(100), nullable=False),
    UniqueConstraint("auction_id", "position"),
    CheckConstraint("position >= 1", name="position"),
)

lot_slot = Table(
    "lot_slot",
    metadata,
    Column("auction_id", exact(64), primary_key=True),
    Column("slot_id", exact(64), primary_key=True),
    Column("lot_id", exact(64), nullable=False),
    Column("tournament_id", exact(64), nullable=False),
    ForeignKeyConstraint(["auction_id", "lot_id"], ["lot.auction_id", "lot.lot_id"]),
    ForeignKeyConstraint(["tournament_id", "slot_id"], ["slot.tournament_id", "slot.slot_id"]),
)

auction_event = Table(
    "auction_event",
    metadata,
    Column("auction_id", exact(64), ForeignKey("auction.auction_id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("type", text(32), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("actor", SmallInteger),
    Column("request_id", text(36)),
    Column("body", UnicodeText, nullable=False),
)

bid = Table(
    "bid",
    metadata,
    Column("auction_id", exact(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("lot_id", exact(64), nullable=False),
    Column("member", SmallInteger, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    ForeignKeyConstraint(["auction_id", "seq"], ["auction_event.auction_id", "auction_event.seq"]),
    ForeignKeyConstraint(["auction_id", "lot_id"], ["lot.auction_id", "lot.lot_id"]),
    CheckConstraint("amount_cents > 0", name="amount_cents"),
)

sale = Table(
    "sale",
    metadata,
    Column("auction_id", exact(64), primary_key=True),
    Column("lot_id", exact(64), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("status", text(16), nullable=False),
    Column("owner", SmallInteger),
    Column("price_cents", BigInteger),
    ForeignKeyConstraint(["auction_id", "lot_id"], ["lot.auction_id", "lot.lot_id"]),
    ForeignKeyConstraint(["auction_id", "seq"], ["auction_event.auction_id", "auction_event.seq"]),
    CheckConstraint(
        "(status = 'sold' AND owner IS NOT NULL AND price_cents > 0)"
        " OR (status = 'void' AND owner IS NULL AND price_cents IS NULL)",
        name="status",
    ),
)

game = Table(
    "game",
    metadata,
    Column("tournament_id", exact(64), ForeignKey("tournament.tournament_id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("round", text(100), nullable=False),
    Column("winner", exact(100), nullable=False),
    Column("winner_score", SmallInteger, nullable=False),
    Column("loser", exact(100), nullable=False),
    Column("loser_score", SmallInteger, nullable=False),
    ForeignKeyConstraint(
        ["tournament_id", "winner"], ["team.tournament_id", "team.name"], name="fk_game_winner_team"
    ),
    ForeignKeyConstraint(
        ["tournament_id", "loser"], ["team.tournament_id", "team.name"], name="fk_game_loser_team"
    ),
    CheckConstraint("winner_score > loser_score AND loser_score >= 0", name="scores"),
)

award = Table(
    "award",
    metadata,
    Column("league_id", exact(64), ForeignKey("league.league_id"), primary_key=True),
    Column("rule", exact(100), primary_key=True),
    Column("tournament_id", exact(64), nullable=False),
    Column("slot_id", exact(64), nullable=False),
    ForeignKeyConstraint(["tournament_id", "slot_id"], ["slot.tournament_id", "slot.slot_id"]),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("quarantine_id", exact(64), primary_key=True),
    Column("source", text(16), nullable=False),
    Column("origin", text(500), nullable=False),
    Column("reason", text(500), nullable=False),
    # no references: what is here may name an auction that is not there
    Column("auction_id", exact(64)),
    Column("seq", BigInteger),
    Column("payload", long_text(), nullable=False),
    Column("set_aside_ms", BigInteger, nullable=False),
    Column("redriven_ms", BigInteger),
)

invite = Table(
    "invite",
    metadata,
    Column("league_id", exact(64), ForeignKey("league.league_id"), primary_key=True),
    Column("code", exact(16), nullable=False, unique=True),
)

live_notice = Table(
    "live_notice",
    metadata,
    Column("notice_id", exact(64), primary_key=True),
    Column("auction_id", exact(64), nullable=False),
    Column("user_id", exact(64)),
)
