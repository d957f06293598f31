from collections.abc import Sequence

from tests.fakes.builders import AUCTION, connection
from tests.fakes.connections import MemoryConnections, MemorySockets
from websocket_service.logic.broadcast import FAN_OUT_SLICE, Broadcaster, Told


class Hall:
    """An auction's connections and a broadcaster, as one warm container has it."""

    def __init__(self, *connection_ids: str, fan_out_above: int = 100) -> None:
        self.connections, self.sockets = MemoryConnections(), MemorySockets()
        self.slices: list[list[str]] = []
        self.limits_asked = 0
        self.fan_out_above = fan_out_above
        self.broadcaster = Broadcaster(
            lambda: self.connections, self.sockets, self._fan_out, self._ask_limit
        )
        self.join(*connection_ids)

    def join(self, *connection_ids: str) -> None:
        for connection_id in connection_ids:
            self.connections.add(AUCTION, connection(connection_id))

    def send(self, first: str | None = None, audience: int | None = 1) -> list[str]:
        """Broadcast a message; who was posted to, in order."""
        self.sockets.posts.clear()
        self.broadcaster.send(AUCTION, b"news", first=first, audience=audience)
        return self.sockets.reached

    def _fan_out(self, auction_id: str, connection_ids: Sequence[str], message: bytes) -> None:
        self.slices.append([*connection_ids])

    def _ask_limit(self) -> int:
        self.limits_asked += 1
        return self.fan_out_above


def test_everyone_is_told_the_actor_first_and_nobody_twice() -> None:
    assert Hall("a", "b", "c").send(first="c") == ["c", "a", "b"]


def test_what_nobody_asked_for_is_told_to_everyone() -> None:
    assert Hall("a", "b").send() == ["a", "b"]


def test_the_message_arrives_as_it_was_sent() -> None:
    hall = Hall("a")
    hall.send()
    assert hall.sockets.posts == [("a", b"news")]


def test_other_auctions_hear_nothing() -> None:
    hall = Hall("a")
    hall.connections.add("another", connection("b"))
    assert hall.send() == ["a"]


def test_connections_that_are_gone_are_removed_and_the_others_still_told() -> None:
    hall = Hall("a", "b", "c")
    hall.sockets.gone = {"a"}
    assert hall.send() == ["b", "c"]
    assert hall.connections.ids(AUCTION) == ["b", "c"]


def test_a_connection_that_is_gone_is_not_posted_to_again() -> None:
    hall = Hall("a", "b")
    hall.sockets.gone = {"a"}
    hall.send()
    hall.sockets.gone = set()
    assert hall.send() == ["b"]


def test_a_connection_too_young_to_be_gone_is_kept_and_told_the_next_time() -> None:
    hall = Hall("a", "b")
    hall.sockets.gone = hall.connections.young = {"a"}
    hall.send()
    hall.sockets.gone = set()
    assert hall.send() == ["a", "b"]


def test_sockets_that_fail_do_not_fail_the_command() -> None:
    hall = Hall("a", "b")
    hall.sockets.broken = True
    hall.send(first="a")
    assert hall.sockets.posts == []


def test_after_a_failure_the_next_message_is_sent() -> None:
    hall = Hall("a")
    hall.sockets.broken = True
    hall.send()
    hall.sockets.broken = False
    assert hall.send() == ["a"]


# The list of connections is kept


def test_while_the_audience_is_the_same_connections_are_listed_once() -> None:
    hall = Hall("a")
    hall.send(audience=1)
    hall.send(audience=1)
    assert hall.connections.calls["list"] == 1


def test_a_new_connection_is_told_because_the_audience_changed() -> None:
    hall = Hall("a")
    hall.send(audience=1)
    hall.join("b")
    assert hall.send(audience=2) == ["a", "b"]


def test_a_write_that_does_not_tell_the_audience_makes_no_guess() -> None:
    hall = Hall("a")
    hall.send(audience=1)
    hall.join("b")
    assert hall.send(audience=None) == ["a", "b"]


def test_a_list_without_an_audience_is_not_kept() -> None:
    hall = Hall("a")
    hall.send(audience=None)
    hall.send(audience=None)
    assert hall.connections.calls["list"] == 2


# Many connections


def many(count: int) -> list[str]:
    return [f"c{n}" for n in range(count)]


def test_up_to_the_limit_the_container_posts_itself() -> None:
    hall = Hall(*many(11), fan_out_above=10)
    assert len(hall.send(first="c0")) == 11
    assert hall.slices == []


def test_above_the_limit_workers_post_in_slices_and_only_the_actor_is_told_at_once() -> None:
    ids = many(2 * FAN_OUT_SLICE + 2)
    hall = Hall(*ids, fan_out_above=10)
    assert hall.send(first="c0") == ["c0"]
    assert [len(slice_) for slice_ in hall.slices] == [FAN_OUT_SLICE, FAN_OUT_SLICE, 1]
    assert [c for slice_ in hall.slices for c in slice_] == ids[1:]


def test_the_limit_is_asked_for_only_when_connections_are_listed() -> None:
    hall = Hall("a")
    hall.send(audience=1)
    hall.send(audience=1)
    assert hall.limits_asked == 1


def test_a_worker_removes_connections_that_are_gone() -> None:
    hall = Hall("a", "b", "c")
    hall.sockets.gone = {"b"}
    hall.broadcaster.post(AUCTION, ["a", "b"], b"news")
    assert hall.sockets.reached == ["a"]
    assert hall.connections.ids(AUCTION) == ["a", "c"]


def test_posts_are_told_with_those_that_were_gone() -> None:
    hall = Hall("a", "b", "c")
    hall.sockets.gone = {"b"}
    assert hall.broadcaster.send(AUCTION, b"news", first="c", audience=1) == Told(posts=3, gone=1)


def test_what_is_handed_to_workers_is_theirs_to_tell() -> None:
    hall = Hall(*(f"c{n}" for n in range(200)), fan_out_above=10)
    assert hall.broadcaster.send(AUCTION, b"news", first="c0", audience=1) == Told(posts=1)


def test_a_broadcast_that_fails_tells_what_was_posted_before() -> None:
    hall = Hall("a", "b")
    hall.sockets.broken = True
    assert hall.broadcaster.send(AUCTION, b"news", first="a", audience=1) == Told()
