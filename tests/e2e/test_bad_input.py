"""What no client of ours would send: refused with a code, and nothing else happens."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection

from shared.commands import OpenAuction, PlaceBid, SendChat
from shared.errors import NotFound
from shared.replies import ChatSent
from shared.settings import Settings
from tests.e2e.system import BIDDER, COMMISSIONER, RIVAL, System, accepted, ask

pytestmark = pytest.mark.asyncio(loop_scope="module")

ID = "request-1"
CHAIR = "chair@example.com"
NOT_IN_A_REPLY = re.compile(
    r"Traceback|Exception|Error\b|msgspec|pynamodb|boto|websocket_service|shared\.|\.py\b|arn:"
)
FIELDS = {"type", "code", "message", "request_id", "field", "minimum_cents", "seq"}


def frame(action: object, **fields: Any) -> str:
    return json.dumps({"action": action, "request_id": ID} | fields)


def bid(**fields: Any) -> str:
    return frame("placeBid", **({"lot_id": "L01", "amount_cents": 5_00} | fields))


def chat(text: object) -> str:
    return frame("sendChat", text=text)


MALFORMED = {
    "no JSON": "hello",
    "half an object": '{"action":"ping","request_id":"request-1"',
    "an array": '["placeBid"]',
    "a string": '"placeBid"',
    "a number": "5",
    "null": "null",
    "an empty frame": "",
    "two objects": bid() + bid(),
    "a number that JSON has not": bid(amount_cents=float("nan")),
    "single quotes": "{'action':'placeBid'}",
    "half a character": chat("half \ud83d"),
}
UNKNOWN = {
    "an unknown action": frame("sellEverything"),
    "an action in capitals": frame("PLACEBID", lot_id="L01", amount_cents=5_00),
    "an empty action": frame(""),
    "no action": json.dumps({"request_id": ID}),
    "a number as action": frame(5),
    "null as action": frame(None),
    "a list as action": frame(["placeBid"]),
    "an object as action": frame({"placeBid": "placeBid"}),
    "a route of the gateway's, $default": frame("$default"),
    "a route of the gateway's, $connect": frame("$connect"),
    "a route of the gateway's, $disconnect": frame("$disconnect"),
}
INVALID = {
    "an unknown field": bid(as_member=2),
    "another auction's id": bid(auction_id="another"),
    "a missing field": frame("placeBid", lot_id="L01"),
    "a negative amount": bid(amount_cents=-5_00),
    "an amount of zero": bid(amount_cents=0),
    "a fraction of a cent": bid(amount_cents=500.5),
    "more than anybody has": bid(amount_cents=10**18),
    "more than 64 bits hold": bid(amount_cents=10**30),
    "true as amount": bid(amount_cents=True),
    "a string as amount": bid(amount_cents="5"),
    "null as amount": bid(amount_cents=None),
    "a list as amount": bid(amount_cents=[500]),
    "a number as lot": bid(lot_id=1),
    "a path as lot": bid(lot_id="../L01"),
    "an empty lot": bid(lot_id=""),
    "an object as lot": bid(lot_id={"S": "L01"}),
    "deep nesting": bid(lot_id="DEEP").replace('"DEEP"', 400 * "[" + 400 * "]"),
    "a time before all time": frame("ping", client_time_ms=-1),
    "a negative seq": frame("getState", since_seq=-1),
    "a string for a boolean": frame("hammer", lot_id="L01", forced="yes"),
    "an empty chat": chat(""),
    "a blank chat": chat("  \t "),
    "a chat that is too long": chat("x" * (Settings().chat_max_chars + 1)),
    "a chat with a control character": chat("beep\u0007"),
    "a chat with a line feed": chat("one\ntwo"),
    "a chat with a zero byte": chat("end\u0000"),
    "a chat that turns the text around": chat("abc\u202edef"),
    "a number as chat": chat(5),
}
WITHOUT_ID = {
    "no request id": json.dumps({"action": "ping", "client_time_ms": 1}),
    "a number as request id": frame("ping", request_id=7, client_time_ms=1),
    "an empty request id": frame("ping", request_id="", client_time_ms=1),
    "a long request id": frame("ping", request_id="x" * 37, client_time_ms=1),
    "a request id with a line feed": frame("ping", request_id="one\n", client_time_ms=1),
    "a request id of markup": frame("ping", request_id="<b>", client_time_ms=1),
}
REFUSED = {
    "a lot that is not up": (bid(lot_id="L02"), "lot_not_up"),
    "a lot that is not there": (bid(lot_id="L99"), "lot_not_up"),
    "a lot in small letters": (bid(lot_id="l01"), "lot_not_up"),
    "the end of a lot that is not there": (frame("hammer", lot_id="L99"), "lot_not_up"),
    "the end of a lot before its time": (frame("hammer", lot_id="L01"), "deadline_not_reached"),
    "too low": (bid(amount_cents=1), "bid_too_low"),
    "over the budget": (bid(amount_cents=100_01), "over_budget"),
    "what only others may": (frame("closeAuction"), "forbidden"),
    "too long": (
        frame("ping", client_time_ms=1) + " " * Settings().message_max_bytes,
        "message_too_long",
    ),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def auction_id(system: System) -> str:
    """One auction for all of them, with a lot up: what is refused leaves no trace."""
    auction_id = system.make_league(clock="600s")
    await (await system.open(auction_id)).aclose()
    return auction_id


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def socket(system: System, auction_id: str) -> AsyncIterator[ClientConnection]:
    """A bidder's, the same for all."""
    async with await system.endpoint(auction_id, BIDDER).open_socket() as socket:
        yield socket


def refusal(reply: dict[str, Any]) -> tuple[str, str, str | None]:
    """Type, code and request id of a reply that gives nothing away."""
    assert not NOT_IN_A_REPLY.search(json.dumps(reply)), reply
    assert set(reply) <= FIELDS
    assert reply["message"]
    return reply["type"], reply["code"], reply.get("request_id")


async def assert_as_before(socket: ClientConnection) -> None:
    """The connection stays, and the auction is where it was opened: its lot up, no bid."""
    pong = await ask(socket, frame("ping", request_id="ping", client_time_ms=7))
    assert (pong["type"], pong["request_id"], pong["client_time_ms"]) == ("pong", "ping", 7)
    assert pong["seq"] == 2


@pytest.mark.parametrize("sent", MALFORMED.values(), ids=MALFORMED.keys())
async def test_what_is_no_json_object_is_malformed(socket: ClientConnection, sent: str) -> None:
    assert refusal(await ask(socket, sent)) == ("refused", "malformed_message", None)
    await assert_as_before(socket)


@pytest.mark.parametrize("sent", UNKNOWN.values(), ids=UNKNOWN.keys())
async def test_what_names_no_action_is_unknown(socket: ClientConnection, sent: str) -> None:
    assert refusal(await ask(socket, sent)) == ("refused", "unknown_action", ID)
    await assert_as_before(socket)


@pytest.mark.parametrize("sent", INVALID.values(), ids=INVALID.keys())
async def test_a_wrong_field_makes_a_message_invalid(socket: ClientConnection, sent: str) -> None:
    assert refusal(await ask(socket, sent)) == ("refused", "invalid_message", ID)
    await assert_as_before(socket)


@pytest.mark.parametrize("sent", WITHOUT_ID.values(), ids=WITHOUT_ID.keys())
async def test_a_request_id_that_cannot_be_used_is_not_echoed(
    socket: ClientConnection, sent: str
) -> None:
    assert refusal(await ask(socket, sent)) == ("refused", "invalid_message", None)
    await assert_as_before(socket)


@pytest.mark.parametrize(("sent", "code"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_cannot_be_done_now_is_refused_with_its_reason(
    socket: ClientConnection, sent: str, code: str
) -> None:
    assert refusal(await ask(socket, sent)) == ("refused", code, ID)
    await assert_as_before(socket)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (bid(amount_cents="5"), "$.amount_cents"),
        (bid(lot_id=1), "$.lot_id"),
        (chat("beep\u0007"), "$.text"),
        (frame("sellEverything"), "$.action"),
    ],
    ids=["amount_cents", "lot_id", "text", "action"],
)
async def test_a_refusal_names_the_field(socket: ClientConnection, sent: str, field: str) -> None:
    assert (await ask(socket, sent))["field"] == field


@pytest.mark.parametrize(
    "names",
    [("ping", "closeAuction"), ("closeAuction", "ping"), ("getState", "resetClock")],
    ids=" then ".join,
)
async def test_a_message_with_two_actions_changes_nothing(
    system: System, auction_id: str, names: tuple[str, str]
) -> None:
    first, second = names
    both = f'{{"action":"{first}","action":"{second}","request_id":"{ID}"}}'
    async with await system.endpoint(auction_id, COMMISSIONER).open_socket() as socket:
        kind, code, _ = refusal(await ask(socket, both))
        assert (kind, code) in {("refused", "unknown_action"), ("refused", "invalid_message")}
        await assert_as_before(socket)


async def test_a_message_of_the_longest_length_is_read(socket: ClientConnection) -> None:
    ping = frame("ping", client_time_ms=7).ljust(Settings().message_max_bytes)
    assert (await ask(socket, ping))["type"] == "pong"


async def test_a_lot_that_is_not_there_is_not_found(system: System, auction_id: str) -> None:
    async with await system.endpoint(auction_id, COMMISSIONER).open_socket() as socket:
        answer = await ask(socket, frame("resetLot", lot_id="L99"))
        assert refusal(answer) == ("refused", "not_found", ID)
        await assert_as_before(socket)


# somebody else's auction


@pytest.fixture
def foreign_id(system: System) -> str:
    """A league with the same lots and other people."""
    return system.make_league(
        members=f"name,email,role\nChair,{CHAIR},commissioner\nRival,{RIVAL},bidder\n"
    )


async def test_a_bid_lands_in_the_auction_of_its_ticket(system: System, foreign_id: str) -> None:
    own_id = system.make_league()
    async with (
        await system.open(own_id),
        await system.enter(foreign_id, CHAIR) as chair,
        await system.enter(own_id, RIVAL) as rival,
    ):
        assert (await accepted(chair, OpenAuction)).seq == 1
        bid_seq = (await accepted(rival, PlaceBid, lot_id="L01", amount_cents=5_00)).seq
        assert system.seq(own_id) == bid_seq
        assert system.seq(foreign_id) == 1
        assert (await chair.wait_until(lambda view: view.seq == 1, 10)).current is None


async def test_who_runs_one_auction_cannot_enter_another(system: System, foreign_id: str) -> None:
    with pytest.raises(NotFound):
        await system.endpoint(foreign_id, COMMISSIONER).open_socket()


async def test_what_is_said_in_one_auction_is_not_heard_in_another(
    system: System, auction_id: str, foreign_id: str
) -> None:
    async with (
        await system.endpoint(foreign_id, CHAIR).open_socket() as chair,
        await system.enter(auction_id, RIVAL) as rival,
    ):
        assert isinstance(await rival.send(SendChat, text="psst"), ChatSent)
        await chair.send(frame("ping", client_time_ms=7))
        assert json.loads(await chair.recv())["type"] == "pong"
