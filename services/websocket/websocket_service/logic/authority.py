"""Who may do what: checked on every message, from the context that the ticket gave."""

from __future__ import annotations

import msgspec

from shared import commands
from shared.errors import Forbidden
from shared.fields import Role
from shared.limits import NO_MEMBER


class Caller(msgspec.Struct, frozen=True):
    """The member behind a connection, as the connect authorizer passed it on."""

    auction_id: str
    number: int
    name: str
    role: Role
    user_id: str

    @property
    def is_member(self) -> bool:
        """Not if they only watch a public auction."""
        return self.number != NO_MEMBER


_EVERYONE: frozenset[Role] = frozenset({"commissioner", "admin", "bidder", "spectator"})
_BIDDERS = _EVERYONE - {"spectator"}
_RUNNERS = frozenset[Role]({"commissioner", "admin"})
_COMMISSIONER = frozenset[Role]({"commissioner"})

RIGHTS: dict[type[commands.Command], frozenset[Role]] = {
    commands.OpenAuction: _COMMISSIONER,
    commands.NextLot: _RUNNERS,
    commands.PlaceBid: _BIDDERS,
    commands.SetMaximum: _BIDDERS,
    commands.Hammer: _EVERYONE,
    commands.PassLot: _RUNNERS,
    commands.UndoBid: _RUNNERS,
    commands.ResetLot: _RUNNERS,
    commands.ResetClock: _RUNNERS,
    commands.Pause: _RUNNERS,
    commands.Resume: _RUNNERS,
    commands.SetAutoNext: _RUNNERS,
    commands.CloseAuction: _COMMISSIONER,
    commands.ReopenAuction: _COMMISSIONER,
    commands.SendChat: _EVERYONE,
    commands.GetState: _EVERYONE,
    commands.WhoIsHere: _EVERYONE,
    commands.Ping: _EVERYONE,
}


_LOOKING = (commands.GetState, commands.WhoIsHere, commands.Ping)
"""What is left to whoever is in no league: a crowd that speaks would drown everyone."""


def may_bid(role: Role) -> bool:
    return role in _BIDDERS


def require_right(caller: Caller, command: commands.Command) -> None:
    """Let the command through, or say which roles may.

    Raises:
        Forbidden: the caller's role may not, or they are no member.
    """
    if not caller.is_member and not isinstance(command, _LOOKING):
        raise Forbidden("this is for members of the league; you may watch")
    roles = RIGHTS[type(command)]
    if isinstance(command, commands.Hammer) and command.forced:
        roles = _COMMISSIONER
    if isinstance(command, commands.PlaceBid) and command.bidder not in (None, caller.number):
        roles = _RUNNERS
    if caller.role not in roles:
        allowed = " or ".join(sorted(roles))
        raise Forbidden(f"this needs the role {allowed}; yours is {caller.role}")
