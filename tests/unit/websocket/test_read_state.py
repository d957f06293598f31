import pytest
from msgspec.structs import replace

from shared.auction import LotState
from shared.codec import decode_reply, encode
from shared.commands import GetState, Hammer, Pause, Ping, ResetClock, WhoIsHere
from shared.errors import Busy
from shared.limits import MAX_STATE_CHAT_BYTES, MAX_STATE_CHATS, MAX_STATE_EVENTS
from shared.replies import Chat, Pong, Present, State
from tests.fakes.builders import (
    ADA,
    AUCTION,
    CLEO,
    DAN,
    FAY,
    MEMBERS,
    RULES,
    connection,
    lots,
    next_lot,
)
from tests.fakes.world import World
from websocket_service.logic.read_state import SNAPSHOT_ATTEMPTS, get_state, ping, who_is_here


def look(world: World, since_seq: int = 0) -> State:
    return get_state(GetState(request_id="g", since_seq=since_seq), CLEO, world.reader)


def sell(world: World, lot_id: str = "L1") -> None:
    world.bid(CLEO, 5_00, lot_id=lot_id)
    world.run(Hammer(request_id=world.new_request(), lot_id=lot_id, forced=True))


# The snapshot


def test_a_snapshot_shows_the_whole_auction() -> None:
    world = World.with_lot_up()
    sell(world)
    state = look(world)
    assert (state.seq, state.status, state.title, state.you) == (4, "open", "A league", CLEO.number)
    assert (state.members, state.lots, state.rules) == (MEMBERS, lots(), RULES)
    assert state.spent == {CLEO.number: 5_00}
    assert state.lot_states[0] == LotState("L1", "sold", 4, CLEO.number, 5_00)


def test_a_snapshot_shows_the_lot_that_is_up_with_its_high_bid_and_deadline() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 5_00)
    current = look(world).current
    assert current is not None
    assert (current.lot_id, current.high_bidder, current.high_cents) == ("L1", CLEO.number, 5_00)
    assert current.minimum_cents == 6_00
    assert current.base_deadline_ms == world.lot.base_deadline_ms
    assert current.extended_to_ms == world.lot.extended_to_ms


def test_a_paused_lot_has_time_left_and_no_deadline() -> None:
    world = World.with_lot_up()
    world.clock.advance(1_000)
    world.run(Pause(request_id="p"))
    current = look(world).current
    assert current is not None
    assert (current.base_deadline_ms, current.remaining_ms) == (None, RULES.clock_ms - 1_000)


def test_before_the_auction_is_opened_the_snapshot_is_empty() -> None:
    state = look(World())
    assert (state.seq, state.status, state.you, state.complete) == (0, None, CLEO.number, True)


def test_rules_that_wait_for_the_next_lot_are_not_shown_yet() -> None:
    world = World.with_lot_up()
    world.rules_book.add(AUCTION, replace(RULES, version=2))
    world.rules_book.latest(AUCTION)
    assert look(world).rules == RULES


def test_a_sale_between_the_reads_is_in_the_whole_snapshot() -> None:
    world = World.with_lot_up()
    world.catalogue.before_lots(lambda: sell(world))
    state = look(world)
    assert state.spent == {CLEO.number: 5_00}
    assert state.lot_states[0].status == "sold"
    assert state.current is None
    assert state.seq == 4


def test_a_bid_between_the_reads_does_not_disturb_the_snapshot() -> None:
    world = World.with_lot_up()
    world.forget_calls()
    world.catalogue.before_lots(lambda: world.bid(CLEO, 5_00))
    state = look(world)
    assert state.current is not None
    assert (state.seq, state.current.high_cents) == (2, None)
    assert world.catalogue.calls["lots"] == 1


def another_round(world: World) -> None:
    world.run(next_lot("L1", request_id=world.new_request()))
    world.run(Hammer(request_id=world.new_request(), lot_id="L1", forced=True))


def test_a_snapshot_is_tried_until_lots_and_auction_agree() -> None:
    world = World.opened()
    world.catalogue.before_lots(*[lambda: another_round(world)] * (SNAPSHOT_ATTEMPTS - 1))
    assert look(world).seq == world.state.seq


def test_a_snapshot_that_never_agrees_is_answered_busy() -> None:
    world = World.opened()
    world.catalogue.before_lots(*[lambda: another_round(world)] * SNAPSHOT_ATTEMPTS)
    with pytest.raises(Busy):
        look(world)


# What was missed


def seqs(state: State) -> list[int]:
    return [place.seq for place in state.events]


def test_events_after_the_one_that_was_seen_come_along() -> None:
    world = World.with_lot_up()
    sell(world)
    state = look(world, since_seq=2)
    assert seqs(state) == [3, 4]
    assert state.complete


def test_who_has_seen_everything_gets_no_events() -> None:
    world = World.with_lot_up()
    state = look(world, since_seq=2)
    assert (state.events, state.complete) == ((), True)


@pytest.mark.parametrize(("missed", "reads"), [(0, 0), (1, 0), (2, 1)])
def test_the_ledger_is_read_only_for_what_the_item_does_not_tell(missed: int, reads: int) -> None:
    world = World.with_lot_up()
    sell(world)
    world.ledger.calls.clear()
    state = look(world, since_seq=4 - missed)
    assert [it.seq for it in state.events] == list(range(5 - missed, 5))
    assert world.ledger.calls["events"] == reads


def test_who_claims_to_have_seen_the_future_gets_the_snapshot() -> None:
    world = World.with_lot_up()
    state = look(world, since_seq=10**15)
    assert (state.seq, state.events, state.complete) == (2, (), True)


def test_the_newest_event_comes_along_before_it_is_in_the_ledger() -> None:
    world = World.with_lot_up()
    world.ledger.lags = True
    world.bid(CLEO, 5_00)
    state = look(world, since_seq=2)
    assert [place.event for place in state.events] == [world.event]
    assert state.complete


def test_an_event_from_after_the_snapshot_waits_for_the_next_one() -> None:
    world = World.with_lot_up()
    world.catalogue.before_lots(lambda: world.bid(CLEO, 5_00))
    state = look(world, since_seq=1)
    assert (state.seq, seqs(state), state.complete) == (2, [2], True)


def test_what_the_ledger_lacks_is_not_skipped_but_asked_for_again() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.ledger.lags = True
    world.bid(DAN, 2_00)
    world.bid(CLEO, 3_00)
    state = look(world, since_seq=1)
    assert (seqs(state), state.complete) == ([2, 3], False)
    world.ledger.catch_up()
    rest = look(world, since_seq=3)
    assert (seqs(rest), rest.complete) == ([4, 5], True)


@pytest.mark.parametrize("missed", [1, 99, 100, 101, 250])
def test_a_long_absence_is_made_up_for_page_by_page(missed: int) -> None:
    world = World.with_lot_up()
    for n in range(1, missed + 1):
        world.run(ResetClock(request_id=f"c{n}", lot_id="L1"))
    pages = [look(world, since_seq=2)]
    while not pages[-1].complete:
        pages.append(look(world, since_seq=pages[-1].events[-1].seq))
    assert [seq for page in pages for seq in seqs(page)] == list(range(3, missed + 3))
    assert len(pages) == -(-missed // MAX_STATE_EVENTS)


# What was said


def chat(n: int, text: str = "hi") -> Chat:
    return Chat(chat_id=f"2-{n}", at_ms=n, number=2, name="Cleo", text=text)


def test_the_latest_chats_come_along_oldest_first() -> None:
    world = World.opened()
    for n in range(MAX_STATE_CHATS + 5):
        world.chats.say(AUCTION, chat(n))
    assert [c.at_ms for c in look(world).chats] == list(range(5, MAX_STATE_CHATS + 5))


def test_long_chats_never_keep_anyone_from_the_snapshot() -> None:
    world = World.opened()
    for n in range(MAX_STATE_CHATS):
        world.chats.say(AUCTION, chat(n, "🏀" * 2_000))
    chats = look(world).chats
    assert sum(len(encode(c)) for c in chats) <= MAX_STATE_CHAT_BYTES
    assert [c.at_ms for c in chats] == [MAX_STATE_CHATS - 2, MAX_STATE_CHATS - 1]


# Who is here, and the time


def test_a_member_with_two_tabs_is_present_once_and_stays_when_one_is_closed() -> None:
    world = World.opened()
    for connection_id, caller in [("a", CLEO), ("b", ADA), ("c", CLEO)]:
        world.connections.add(AUCTION, connection(connection_id, caller))
    command = WhoIsHere(request_id="w")
    ada = Present(0, "Ada", "commissioner", 1)
    assert who_is_here(command, CLEO, world.reader).members == (
        ada,
        Present(2, "Cleo", "bidder", 2),
    )
    world.connections.remove(AUCTION, "a")
    assert who_is_here(command, CLEO, world.reader).members == (
        ada,
        Present(2, "Cleo", "bidder", 1),
    )
    world.connections.remove(AUCTION, "c")
    assert who_is_here(command, CLEO, world.reader).members == (ada,)


def test_who_watches_without_being_a_member_is_only_counted() -> None:
    world = World.opened()
    for connection_id, caller in [("a", CLEO), ("b", FAY), ("c", FAY)]:
        world.connections.add(AUCTION, connection(connection_id, caller))
    presence = who_is_here(WhoIsHere(request_id="w"), FAY, world.reader)
    assert presence.members == (Present(2, "Cleo", "bidder", 1),)
    assert presence.watching == 2


def test_who_is_no_member_sees_the_state_with_a_number_that_nobody_has() -> None:
    state = decode_reply(encode(get_state(GetState(request_id="g"), FAY, World.opened().reader)))
    assert isinstance(state, State)
    assert state.you not in {member.number for member in state.members}


def test_a_ping_is_answered_with_both_clocks_and_the_latest_seq() -> None:
    world = World.with_lot_up()
    pong = ping(Ping(request_id="p", client_time_ms=5), CLEO, world.reader)
    assert pong == Pong(request_id="p", client_time_ms=5, server_time_ms=world.clock(), seq=2)


def test_a_ping_before_the_auction_is_opened_is_answered() -> None:
    assert ping(Ping(request_id="p", client_time_ms=5), CLEO, World().reader).seq == 0
