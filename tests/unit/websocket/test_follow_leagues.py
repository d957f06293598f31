from collections.abc import Callable

import pytest
from msgspec.structs import replace

from shared.auction import BidRule, LeagueRules, Member, Rules
from shared.bridge import AuctionProjection
from shared.errors import Busy, CalleeFailed
from shared.settings import Settings
from tests.fakes.auctions import MemoryAuctions
from tests.fakes.builders import AUCTION, CLEO, MEMBERS, RULES, open_state, projection
from tests.fakes.catalogue import MemoryRulesBook
from tests.fakes.queues import MemoryBridge
from websocket_service.logic.follow_leagues import follow_member, follow_rules

SETTINGS = Settings()


class MemoryRoll:
    """Members by user; `log` is what was done, in its order."""

    def __init__(self) -> None:
        self.members: dict[str, Member] = {it.user_id: it for it in MEMBERS}
        self.log: list[str] = []

    def put(self, auction_id: str, member: Member) -> None:
        self.members[member.user_id] = member
        self.log.append("put")

    def remove(self, auction_id: str, user_id: str) -> None:
        self.members.pop(user_id, None)
        self.log.append("remove")

    def disconnect(self, auction_id: str, user_id: str) -> int:
        self.log.append(f"disconnect {user_id}")
        return 1


class WritableRulesBook(MemoryRulesBook):
    """`before` is what others do just before a version is written."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.before: Callable[[], None] = lambda: None
        super().add(AUCTION, RULES)

    def add(self, auction_id: str, rules: Rules, title: str = "") -> bool:
        self.before()
        self.titles.append(title)
        return super().add(auction_id, rules, title)


class DeafBridge(MemoryBridge):
    def open_auction(self, auction_id: str) -> AuctionProjection:
        raise CalleeFailed("the database is down")


def league(**changes: object) -> AuctionProjection:
    return replace(projection(), **changes)


def follow(roll: MemoryRoll, bridge: MemoryBridge) -> None:
    follow_member(AUCTION, CLEO.user_id, bridge=bridge, roll=roll, disconnect=roll.disconnect)


def test_who_is_in_the_league_no_more_is_removed_and_then_disconnected() -> None:
    roll = MemoryRoll()
    follow(roll, MemoryBridge(league(members=())))
    assert CLEO.user_id not in roll.members
    assert roll.log == ["remove", f"disconnect {CLEO.user_id}"]


def test_a_member_has_the_role_that_the_database_says_before_the_sockets_close() -> None:
    roll = MemoryRoll()
    cleo = replace(MEMBERS[2], role="spectator")
    follow(roll, MemoryBridge(league(members=(cleo,))))
    assert roll.members[CLEO.user_id] == cleo
    assert roll.log == ["put", f"disconnect {CLEO.user_id}"]


def test_a_database_that_does_not_answer_changes_nothing() -> None:
    roll = MemoryRoll()
    with pytest.raises(CalleeFailed):
        follow(roll, DeafBridge())
    assert roll.log == []


def rules_after(book: WritableRulesBook, asked: LeagueRules, *, opened: bool = True) -> Rules:
    auctions = MemoryAuctions(stream=lambda _: None)
    if opened:
        auctions.create(open_state())
    follow_rules(
        AUCTION,
        bridge=MemoryBridge(league(rules=asked)),
        auctions=auctions,
        rules_book=book,
        settings=SETTINGS,
    )
    latest = book.latest(AUCTION)
    assert latest is not None
    return latest


def test_other_rules_are_the_next_version() -> None:
    book = WritableRulesBook()
    rules = rules_after(book, LeagueRules(bid_rules=(BidRule(0, 7_00),), clock_ms=9_000))
    assert (rules.version, rules.clock_ms, rules.bid_rules) == (2, 9_000, (BidRule(0, 7_00),))
    assert book.titles == ["A league"]


def test_the_same_rules_are_no_new_version() -> None:
    assert rules_after(WritableRulesBook(), projection().rules) == RULES


def test_an_auction_that_is_not_open_yet_will_be_opened_with_them() -> None:
    book = WritableRulesBook()
    assert rules_after(book, LeagueRules(clock_ms=9_000), opened=False) == RULES


def test_two_who_make_the_same_version_are_told() -> None:
    book = WritableRulesBook()
    taken = replace(RULES, version=2)
    book.before = lambda: book.written[AUCTION].__setitem__(2, taken)
    with pytest.raises(Busy):
        rules_after(book, LeagueRules(clock_ms=9_000))
    assert book.written[AUCTION][2] is taken
