"""What `services/websocket` offers to other services: requests and replies, by function name.

change_member    ChangeMember → MemberChanged
"""

from __future__ import annotations

import msgspec

from shared.auction import Member
from shared.fields import Id


class ChangeMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member's role changed in the database, or they were removed (`member` is None)."""

    auction_id: Id
    user_id: Id
    member: Member | None


class MemberChanged(msgspec.Struct, frozen=True):
    """How many of the member's sockets were closed; a new ticket has the new rights."""

    closed: int
