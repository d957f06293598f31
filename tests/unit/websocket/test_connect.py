import pytest

from shared.errors import TooManyConnections
from shared.settings import Settings
from tests.fakes.builders import AUCTION, BEN, CLEO, DAN, connection
from tests.fakes.connections import MemoryConnections, MemorySockets
from websocket_service.logic.authority import Caller
from websocket_service.logic.connect import connect, disconnect_member

SETTINGS = Settings(connections_per_member=2, connections_per_auction=3)


def come(connections: MemoryConnections, connection_id: str, caller: Caller = CLEO) -> None:
    connect(AUCTION, connection(connection_id, caller), connections=connections, settings=SETTINGS)


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
