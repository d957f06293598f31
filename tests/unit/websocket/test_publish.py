import json

from shared.codec import decode_reply
from shared.commands import Pause
from shared.events import LedgerEntry, Paused
from shared.replies import Accepted, EventReply
from tests.fakes.builders import AUCTION, NOW_MS, connection
from tests.fakes.connections import MemoryConnections, MemorySockets
from tests.fakes.log_lines import logged
from websocket_service.logic.broadcast import Broadcaster
from websocket_service.logic.outcome import Outcome
from websocket_service.publish import accept, publish

EVENT = Paused(at_ms=NOW_MS, actor=0, request_id="p", lot_id="L1", remaining_ms=5)
ENTRY = LedgerEntry(AUCTION, 7, EVENT)
COMMAND = Pause(request_id="p")


class Stage:
    """A broadcaster with two listeners."""

    def __init__(self) -> None:
        self.sockets = MemorySockets()
        connections = MemoryConnections()
        connections.add(AUCTION, connection("a"))
        connections.add(AUCTION, connection("b"))
        self.broadcaster = Broadcaster(
            lambda: connections, self.sockets, lambda *slice_: None, lambda: 100
        )


def test_an_accepted_command_is_broadcast_to_the_actor_first_and_answered() -> None:
    stage = Stage()
    reply = accept(COMMAND, Outcome(7, ENTRY, audience=2), stage.broadcaster, "b")
    assert reply == Accepted(request_id="p", seq=7)
    assert stage.sockets.reached == ["b", "a"]
    message = EventReply(auction_id=AUCTION, seq=7, event=EVENT)
    assert decode_reply(stage.sockets.posts[0][1]) == message


def test_a_command_that_was_sent_again_is_answered_and_not_broadcast_again() -> None:
    stage = Stage()
    assert accept(COMMAND, Outcome(7), stage.broadcaster, "b") == Accepted(request_id="p", seq=7)
    assert stage.sockets.posts == []


def test_an_event_of_the_servers_own_clock_reaches_everyone() -> None:
    stage = Stage()
    publish(ENTRY, None, stage.broadcaster)
    assert stage.sockets.reached == ["a", "b"]


def test_each_event_is_logged_by_its_place_and_kind() -> None:
    with logged() as lines:
        publish(ENTRY, None, Stage().broadcaster)
    (line,) = map(json.loads, lines)
    assert line["message"] == "event"
    assert (line["auction_id"], line["seq"], line["type"]) == (AUCTION, 7, "paused")
    assert line["request_id"] == "p"
