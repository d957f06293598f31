"""What changed in a league's database and matters to its live auction.

A notice says only where to look: the database is asked how things are now. So a notice may come
twice, late or after a newer one, and what is done twice comes to the same. What the database says
carries its versions: a newer word is never replaced by an older one, whoever was asked first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from shared.auction import Rules
from shared.bridge import MemberNow
from shared.errors import InvalidInput, NotFound
from shared.settings import Settings
from websocket_service.logic.ports import Bridge, RulesBook
from websocket_service.logic.rules import rules_of


class Notice(msgspec.Struct, frozen=True):
    """Where to look again; `user_id` is None where it is the rules."""

    sequence_number: str
    auction_id: str
    user_id: str | None


class FollowStopped(Exception):
    """The database failed: the notices before `sequence_number` are followed, and that one and the
    rest have to come again."""

    def __init__(self, sequence_number: str) -> None:
        super().__init__(f"stopped at notice {sequence_number}")
        self.sequence_number = sequence_number


class RollWriter(Protocol):
    """Where the live auction learns what its members are."""

    def put(self, auction_id: str, member: MemberNow) -> None:
        """Keep it, unless a newer word is kept."""
        ...

    def forget(self, auction_id: str, user_id: str) -> None: ...


class NewRules(RulesBook, Protocol):
    def add(self, auction_id: str, rules: Rules, title: str) -> bool:
        """Keep a new version; False if there is one with this number."""
        ...


def follow(
    notices: Iterable[Notice],
    look: Callable[[Notice], None],
    give_up: Callable[[Notice, InvalidInput], None],
) -> None:
    """Look where each notice says. One that the database never will answer is given up: those of
    other members stand behind it.

    Raises:
        FollowStopped: from its cause.
    """
    for notice in notices:
        try:
            look(notice)
        except InvalidInput as error:
            give_up(notice, error)
        except Exception as error:
            raise FollowStopped(notice.sequence_number) from error


def follow_member(
    auction_id: str,
    user_id: str,
    *,
    bridge: Bridge,
    roll: RollWriter,
    disconnect: Callable[[str, str], int],
) -> None:
    """Give a member the rights that the database says, and close the sockets with older ones.

    Raises:
        CalleeFailed: the database could not be asked; nothing was changed.
    """
    try:
        member = bridge.look_up(auction_id, user_id)
    except NotFound:  # the league is deleted
        roll.forget(auction_id, user_id)
    else:
        roll.put(auction_id, member)
    disconnect(auction_id, user_id)


def follow_rules(
    auction_id: str, *, bridge: Bridge, rules_book: NewRules, settings: Settings
) -> None:
    """Keep the league's rules, which the next lot comes up under.

    Raises:
        CalleeFailed: the database could not be asked; nothing was changed.
    """
    league = bridge.open_auction(auction_id)
    asked = rules_of(league, settings)
    latest = rules_book.latest(auction_id)
    if latest is None or _is_news(asked, latest):
        rules_book.add(auction_id, asked, league.title)


def _is_news(asked: Rules, latest: Rules) -> bool:
    same = msgspec.structs.replace(asked, version=latest.version) == latest
    return asked.version > latest.version and not same
