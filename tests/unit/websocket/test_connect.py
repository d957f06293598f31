from collections.abc import Callable

import pytest
from msgspec.structs import replace

from shared.errors import TicketRefused, TooManyConnections
from shared.settings import Settings
from tests.fakes.builders import AUCTION, BEN, CLEO, DAN, FAY, connection
from tests.fakes.connections import MemoryConnections, MemorySockets
from websocket_service.logic.authority import Caller
from websocket_service.logic.connect import connect, disconnect_member

SETTINGS = Settings(connections_per_member=2, connections_per_auction=3)


def come(
    connections: MemoryConnections,
    connection_id: str,
    caller: Caller = CLEO,
    has_right: Callable[[], bool] = lambda: True,
) -> None:
    connect(
        AUCTION,
        connection(connection_id, caller),
        connections=connections,
        settings=SETTINGS,
        has_right=has_right,
    )


def test_a_connection_is_kept_with_the_right_it_came_with() -> None:
    connections = MemoryConnections()
    come(connections, "a")
    assert connections.list(AUCTION) == [connection("a", CLEO)]


def test_a_member_may_have_as_many_connections_as_the_setting_says() -> None:
    connections = MemoryConnections()
    come(connections, "a")
    come(connections, "b")
    with pytest.raises(TooManyConnections):
        come(connections, "c")
    assert connections.ids(AUCTION) == ["a", "b"]


def test_another_member_is_let_in_beside_one_who_has_too_many() -> None:
    connections = MemoryConnections()
    come(connections, "a")
    come(connections, "b")
    come(connections, "c", DAN)


def test_an_auction_may_have_as_many_connections_as_the_setting_says() -> None:
    connections = MemoryConnections()
    for connection_id, caller in [("a", CLEO), ("b", DAN), ("c", CLEO)]:
        come(connections, connection_id, caller)
    with pytest.raises(TooManyConnections):
        come(connections, "d", BEN)


def test_who_leaves_makes_room() -> None:
    connections = MemoryConnections()
    come(connections, "a")
    come(connections, "b")
    connections.remove(AUCTION, "a")
    come(connections, "c")


def test_every_socket_of_a_removed_member_is_closed_and_nobody_elses() -> None:
    connections, sockets = MemoryConnections(), MemorySockets()
    for connection_id, caller in [("a", CLEO), ("b", DAN), ("c", CLEO)]:
        come(connections, connection_id, caller)
    closed = disconnect_member(AUCTION, CLEO.user_id, connections=connections, sockets=sockets)
    assert closed == 2
    assert sockets.closed == ["a", "c"]
    assert connections.ids(AUCTION) == ["b"]


def test_a_member_who_is_not_connected_has_nothing_to_close() -> None:
    connections, sockets = MemoryConnections(), MemorySockets()
    assert disconnect_member(AUCTION, CLEO.user_id, connections=connections, sockets=sockets) == 0
    assert sockets.closed == []


def test_who_lost_the_right_after_the_ticket_was_issued_is_not_let_in() -> None:
    connections = MemoryConnections()
    with pytest.raises(TicketRefused):
        come(connections, "a", has_right=lambda: False)
    assert connections.list(AUCTION) == []


def test_the_right_is_asked_for_once_the_connection_can_be_found_and_closed() -> None:
    connections = MemoryConnections()
    come(
        connections,
        "a",
        has_right=lambda: [c.connection_id for c in connections.list(AUCTION)] == ["a"],
    )


def test_who_has_a_seat_is_limited_by_the_seats_alone_and_takes_nobody_elses_connection() -> None:
    connections = MemoryConnections()
    for n in range(5):
        connect(
            AUCTION,
            replace(connection(f"seat-{n}", FAY), has_seat=True),
            connections=connections,
            settings=SETTINGS,
            has_right=lambda: True,
        )
    assert connections.calls["list"] == 0
    come(connections, "a")
    come(connections, "b", DAN)


def test_who_lost_the_seat_after_the_ticket_was_issued_is_not_let_in() -> None:
    connections = MemoryConnections()
    with pytest.raises(TicketRefused):
        connect(
            AUCTION,
            replace(connection("a", FAY), has_seat=True),
            connections=connections,
            settings=SETTINGS,
            has_right=lambda: False,
        )
    assert connections.list(AUCTION) == []
