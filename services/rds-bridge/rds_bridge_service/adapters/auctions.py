"""An auction as SQL knows it: opened here, and asked for its members, lots and sales."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, Select, or_, select, update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.database import reading, writing
from shared.auction import LeagueRules, Lot, Member, Slot
from shared.bridge import (
    AuctionProjection,
    FindMember,
    ListSales,
    MemberNow,
    OpenAuctionRequest,
    Sale,
    Sales,
)
from shared.errors import NotFound


class SqlAuctions:
    """The auctions in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, request: OpenAuctionRequest) -> AuctionProjection:
        """Mark the auction open if it never was, and return everything it needs.

        Raises:
            NotFound: there is no such auction.
        """

        def mark_and_project(connection: Connection) -> AuctionProjection:
            this = update(t.auction).where(t.auction.c.auction_id == request.auction_id)
            # changes nothing, but takes turns with those who do: what is read here was so at once
            connection.execute(this.values(title=t.auction.c.title))
            connection.execute(this.where(t.auction.c.status == "planned").values(status="open"))
            return _projection(connection, request.auction_id)

        return writing(self._engine, mark_and_project)

    def find_member(self, request: FindMember) -> MemberNow:
        """The member that a user is in the auction's league.

        Raises:
            NotFound: there is no such auction, or the user is not in its league.
        """
        member = _members(request.auction_id).where(t.member.c.user_id == request.user_id)
        if not request.former:
            member = member.where(t.member.c.status == "active")
        row = reading(self._engine, lambda connection: connection.execute(member).one_or_none())
        if row is None:
            raise NotFound("this user is not a member of the auction's league")
        return _member_now(row)

    def list_sales(self, request: ListSales) -> Sales:
        """See `sales_of`.

        Raises:
            NotFound: there is no such auction.
        """
        return reading(self._engine, lambda connection: sales_of(connection, request.auction_id))


def sales_of(connection: Connection, auction_id: str) -> Sales:
    """The members concerned, the sales that stand, in the order of their lots, and the status.

    Raises:
        NotFound: there is no such auction.
    """
    members = members_concerned(connection, auction_id)
    if not members:
        raise NotFound("there is no such auction")
    sales = connection.execute(_sales(auction_id))
    return Sales(
        members=members,
        sales=tuple(Sale(**row._mapping) for row in sales),
        status=connection.scalars(
            select(t.auction.c.status).where(t.auction.c.auction_id == auction_id)
        ).one(),
    )


def members_concerned(connection: Connection, auction_id: str) -> tuple[Member, ...]:
    """The members of the auction's league by number, and of those who have left or were removed
    the owners of lots."""
    owners = select(t.sale.c.owner).where(
        t.sale.c.auction_id == auction_id, t.sale.c.status == "sold"
    )
    concerned = or_(t.member.c.status == "active", t.member.c.number.in_(owners))
    rows = connection.execute(_members(auction_id).where(concerned))
    fields = Member.__struct_fields__
    return tuple(Member(**{name: row._mapping[name] for name in fields}) for row in rows)


def _member_now(row: Row[*tuple[Any, ...]]) -> MemberNow:
    columns = dict(row._mapping)
    return MemberNow(active=columns.pop("status") == "active", **columns)


def _projection(connection: Connection, auction_id: str) -> AuctionProjection:
    auction = connection.execute(
        select(t.auction.c.league_id, t.auction.c.title, t.league.c.rules, t.league.c.version)
        .join_from(t.auction, t.league)
        .where(t.auction.c.auction_id == auction_id)
    ).one_or_none()
    if auction is None:
        raise NotFound("there is no such auction")
    members = [_member_now(row) for row in connection.execute(_members(auction_id))]
    return AuctionProjection(
        auction_id=auction_id,
        league_id=auction.league_id,
        title=auction.title,
        rules=msgspec.json.decode(auction.rules, type=LeagueRules),
        members=tuple(it for it in members if it.active),
        lots=lots_of_auction(connection, auction_id),
        former=tuple(it for it in members if not it.active),
        version=auction.version + sum(it.version for it in members),
    )


def _members(auction_id: str) -> Select[Any]:
    return (
        select(
            t.member.c.number,
            t.member.c.user_id,
            t.member.c.name,
            t.member.c.role,
            t.member.c.budget_cents,
            t.member.c.status,
            t.member.c.version,
        )
        .join_from(t.auction, t.member, t.auction.c.league_id == t.member.c.league_id)
        .where(t.auction.c.auction_id == auction_id)
        .order_by(t.member.c.number)
    )


def _sales(auction_id: str) -> Select[Any]:
    return (
        select(
            t.lot.c.lot_id,
            t.lot.c.name.label("lot_name"),
            t.sale.c.owner,
            t.sale.c.price_cents,
            t.sale.c.seq,
        )
        .join_from(t.sale, t.lot)
        .where(t.sale.c.auction_id == auction_id, t.sale.c.status == "sold")
        .order_by(t.lot.c.position)
    )


def lots_of_auction(connection: Connection, auction_id: str) -> tuple[Lot, ...]:
    """The lots by position, from one row a team."""
    rows = connection.execute(
        select(
            t.lot.c.lot_id,
            t.lot.c.position,
            t.lot.c.name.label("lot_name"),
            t.slot.c.slot_id,
            t.slot.c.region,
            t.slot.c.seed,
            t.team.c.name.label("team_name"),
        )
        .join_from(t.lot, t.lot_slot)
        .join(t.slot)
        .join(t.team)
        .where(t.lot.c.auction_id == auction_id)
        .order_by(t.lot.c.position, t.slot.c.slot_id, t.team.c.place)
    ).all()
    return tuple(_lot(list(of_lot)) for _, of_lot in groupby(rows, key=lambda row: row.lot_id))


def _lot(rows: list[Row[*tuple[Any, ...]]]) -> Lot:
    slots = []
    for _, of_slot in groupby(rows, key=lambda row: row.slot_id):
        first, *others = of_slot
        slots.append(
            Slot(
                slot_id=first.slot_id,
                region=first.region,
                seed=first.seed,
                teams=(first.team_name, *(it.team_name for it in others)),
            )
        )
    return Lot(
        lot_id=rows[0].lot_id,
        position=rows[0].position,
        name=rows[0].lot_name,
        slots=tuple(slots),
    )
