"""Who is in an auction's league, as far as the live auction was told.

A row is never replaced by an older word: opening writes what the database said before it, while
`followLeagues` writes what was changed since. Who has left keeps a row, so that it stays so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from shared.auction import Member
from shared.bridge import MemberNow
from shared.fields import Role
from websocket_service.adapters.tables import MemberRow
from websocket_service.adapters.writes import save_new
from websocket_service.logic.authority import may_bid


def find_member(auction_id: str, user_id: str) -> MemberNow | None:
    """What a user is in the league, also one who has left; None if nobody said so far."""
    try:
        row = MemberRow.get(auction_id, user_id, consistent_read=True)
    except MemberRow.DoesNotExist:
        return None
    active, version = row.active is not False, int(row.version or 0)
    return MemberNow(**_fields(row), active=active, version=version)


def members_of(auction_id: str) -> tuple[Member, ...]:
    """By number, those who are in the league."""
    rows = MemberRow.query(auction_id, consistent_read=True)
    active = (Member(**_fields(row)) for row in rows if row.active is not False)
    return tuple(sorted(active, key=lambda member: member.number))


def put_member(auction_id: str, member: MemberNow) -> bool:
    """Keep what a member is now; False if a newer word is kept already."""
    row = MemberRow(
        auction_id,
        member.user_id,
        number=member.number,
        name=member.name,
        role=member.role,
        budget_cents=member.budget_cents,
        active=member.active,
        version=member.version,
    )
    no_newer = MemberRow.version.does_not_exist() | (MemberRow.version <= member.version)
    return save_new(row, no_newer)


class DynamoRoll:
    """`Roll` on DynamoDB."""

    def find(self, auction_id: str, user_id: str) -> MemberNow | None:
        """What a user is in the league, also one who has left; None if nobody said so far."""
        return find_member(auction_id, user_id)

    def own_rights(self, auction_id: str, user_ids: Sequence[str]) -> frozenset[str]:
        """Who of some users is commissioner, admin or bidder; nobody before the auction is open."""
        rows = MemberRow.batch_get([(auction_id, it) for it in user_ids], consistent_read=True)
        return frozenset(
            row.user_id for row in rows if row.active is not False and may_bid(cast(Role, row.role))
        )

    def put(self, auction_id: str, member: MemberNow) -> None:
        put_member(auction_id, member)

    def forget(self, auction_id: str, user_id: str) -> None:
        MemberRow(auction_id, user_id).delete()


def _fields(row: MemberRow) -> dict[str, Any]:
    return {
        "number": int(row.number),
        "user_id": row.user_id,
        "name": row.name,
        "role": row.role,
        "budget_cents": None if row.budget_cents is None else int(row.budget_cents),
    }
