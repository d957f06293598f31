"""What changed in a league's database and matters to its live auction.

A notice says only where to look: the database is asked how things are now. So a notice may come
twice, late or after a newer one, and what is done twice comes to the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from shared.auction import Member, Rules
from shared.errors import Busy, NotFound
from shared.settings import Settings
from websocket_service.logic.ports import Auctions, Bridge, RulesBook
from websocket_service.logic.rules import rules_for


class Roll(Protocol):
    """The members as the live auction knows them."""

    def put(self, auction_id: str, member: Member) -> None: ...
    def remove(self, auction_id: str, user_id: str) -> None: ...


class NewRules(RulesBook, Protocol):
    def add(self, auction_id: str, rules: Rules, title: str) -> bool:
        """Keep a new version; False if there is one with this number."""
        ...


def follow_member(
    auction_id: str,
    user_id: str,
    *,
    bridge: Bridge,
    roll: Roll,
    disconnect: Callable[[str, str], int],
) -> None:
    """Give a member the rights that the database says, and close the sockets with older ones.

    Raises:
        CalleeFailed: the database could not be asked; nothing was changed.
    """
    try:
        member = bridge.find_member(auction_id, user_id)
    except NotFound:
        roll.remove(auction_id, user_id)
    else:
        roll.put(auction_id, member)
    disconnect(auction_id, user_id)


def follow_rules(
    auction_id: str,
    *,
    bridge: Bridge,
    auctions: Auctions,
    rules_book: NewRules,
    settings: Settings,
) -> None:
    """Make the league's rules a new version, which the next lot comes up under.

    Raises:
        CalleeFailed: the database could not be asked; nothing was changed.
        Busy: somebody made the same version; look again.
    """
    latest = rules_book.latest(auction_id)
    if latest is None or auctions.read(auction_id) is None:
        return  # it will be opened with them
    league = bridge.open_auction(auction_id)
    asked = rules_for(league.rules, league.members, settings)
    rules = msgspec.structs.replace(asked, version=latest.version + 1)
    if msgspec.structs.replace(rules, version=latest.version) == latest:
        return
    if not rules_book.add(auction_id, rules, league.title):
        raise Busy("these rules were changed at the same time")
