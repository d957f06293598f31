import pytest
from msgspec.structs import replace

from shared.auction import BidRule, LeagueRules, Rules
from shared.bridge import AuctionProjection, MemberNow
from shared.errors import CalleeFailed, InvalidInput, InvalidMessage
from shared.settings import Settings
from tests.fakes.builders import AUCTION, CLEO, DAN, MEMBERS, RULES, projection
from tests.fakes.catalogue import MemoryRulesBook
from tests.fakes.queues import MemoryBridge
from websocket_service.logic.follow_leagues import (
    FollowStopped,
    Notice,
    follow,
    follow_member,
    follow_rules,
)

SETTINGS = Settings()


class MemoryRoll:
    """Members by user; `log` is what was done, in its order."""

    def __init__(self) -> None:
        self.members: dict[str, MemberNow] = {it.user_id: it for it in MEMBERS}
        self.log: list[str] = []

    def put(self, auction_id: str, member: MemberNow) -> None:
        self.members[member.user_id] = member
        self.log.append("put")

    def forget(self, auction_id: str, user_id: str) -> None:
        self.members.pop(user_id, None)
        self.log.append("forget")

    def disconnect(self, auction_id: str, user_id: str) -> int:
        self.log.append(f"disconnect {user_id}")
        return 1


class DeafBridge(MemoryBridge):
    def open_auction(self, auction_id: str) -> AuctionProjection:
        raise CalleeFailed("the database is down")


def league(**changes: object) -> AuctionProjection:
    return replace(projection(), **changes)


def follow_cleo(roll: MemoryRoll, bridge: MemoryBridge) -> None:
    follow_member(AUCTION, CLEO.user_id, bridge=bridge, roll=roll, disconnect=roll.disconnect)


# members


def test_who_was_removed_is_kept_as_such_before_the_sockets_close() -> None:
    roll = MemoryRoll()
    gone = replace(MEMBERS[2], active=False, version=2)
    follow_cleo(roll, MemoryBridge(league(members=(), former=(gone,))))
    assert roll.members[CLEO.user_id] == gone
    assert roll.log == ["put", f"disconnect {CLEO.user_id}"]


def test_of_a_league_that_is_deleted_nothing_is_kept() -> None:
    roll = MemoryRoll()
    follow_cleo(roll, MemoryBridge())
    assert CLEO.user_id not in roll.members
    assert roll.log == ["forget", f"disconnect {CLEO.user_id}"]


def test_a_member_has_the_role_that_the_database_says_before_the_sockets_close() -> None:
    roll = MemoryRoll()
    cleo = replace(MEMBERS[2], role="spectator", version=2)
    follow_cleo(roll, MemoryBridge(league(members=(cleo,))))
    assert roll.members[CLEO.user_id] == cleo
    assert roll.log == ["put", f"disconnect {CLEO.user_id}"]


def test_a_database_that_does_not_answer_changes_nothing() -> None:
    roll = MemoryRoll()
    with pytest.raises(CalleeFailed):
        follow_cleo(roll, DeafBridge())
    assert roll.log == []


# rules


@pytest.fixture
def book() -> MemoryRulesBook:
    """The book of an auction that was opened with version 1."""
    book = MemoryRulesBook()
    book.add(AUCTION, RULES)
    return book


def rules_after(book: MemoryRulesBook, **changes: object) -> Rules:
    bridge = MemoryBridge(league(**changes))
    follow_rules(AUCTION, bridge=bridge, rules_book=book, settings=SETTINGS)
    latest = book.latest(AUCTION)
    assert latest is not None
    return latest


def test_other_rules_are_kept_by_the_databases_version(book: MemoryRulesBook) -> None:
    asked = LeagueRules(bid_rules=(BidRule(0, 7_00),), clock_ms=9_000)
    rules = rules_after(book, rules=asked, version=7)
    assert (rules.version, rules.clock_ms, rules.bid_rules) == (7, 9_000, (BidRule(0, 7_00),))


def test_the_same_rules_are_no_new_version(book: MemoryRulesBook) -> None:
    assert rules_after(book, version=7) == RULES


def test_rules_that_are_older_than_those_there_are_do_not_hold(book: MemoryRulesBook) -> None:
    newest = replace(RULES, version=9, clock_ms=1_000)
    book.add(AUCTION, newest)
    assert rules_after(book, rules=LeagueRules(clock_ms=9_000), version=8) == newest


def test_an_auction_that_is_just_being_opened_goes_on_with_the_newer_rules() -> None:
    book = MemoryRulesBook()
    asked = rules_after(book, rules=LeagueRules(clock_ms=9_000), version=7)
    book.add(AUCTION, replace(RULES, version=6))
    assert book.latest(AUCTION) == asked


def test_who_comes_back_has_the_budget_they_had(book: MemoryRulesBook) -> None:
    left = replace(MEMBERS[DAN.number], active=False)
    others = tuple(it for it in MEMBERS if it.number != DAN.number)
    rules = rules_after(
        book, members=others, former=(left,), rules=LeagueRules(clock_ms=9_000), version=7
    )
    assert rules.budgets == {DAN.number: 100_00}


# one after the other


def stopped_at(*outcomes: Exception | None) -> tuple[list[str], list[str], str | None]:
    """Which notices were looked after, which were given up, and which has to come again."""
    looked, given_up = [], []
    errors = dict(enumerate(outcomes))

    def look(notice: Notice) -> None:
        if error := errors[int(notice.sequence_number)]:
            raise error
        looked.append(notice.sequence_number)

    def give_up(notice: Notice, error: InvalidInput) -> None:
        given_up.append(notice.sequence_number)

    notices = [Notice(str(number), AUCTION, None) for number in errors]
    try:
        follow(notices, look, give_up)
    except FollowStopped as stopped:
        return looked, given_up, stopped.sequence_number
    return looked, given_up, None


def test_what_is_behind_a_failure_comes_again_with_it() -> None:
    assert stopped_at(None, CalleeFailed("down"), None) == (["0"], [], "1")


def test_what_the_database_never_will_answer_stops_nobody() -> None:
    assert stopped_at(InvalidMessage("no id"), None) == (["1"], ["0"], None)
