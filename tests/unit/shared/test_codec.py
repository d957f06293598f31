import json
import math
from typing import Any

import pytest

from shared.codec import decode_command, request_id_of
from shared.commands import PlaceBid
from shared.errors import (
    CalcuttaError,
    InvalidMessage,
    MalformedMessage,
    MessageTooLong,
    UnknownAction,
)
from shared.limits import MAX_AMOUNT_CENTS, MAX_COMMAND_BYTES, MAX_COUNT

BID = {"action": "placeBid", "request_id": "r1", "lot_id": "L1", "amount_cents": 5}
PING = {"action": "ping", "request_id": "r1", "client_time_ms": 5}
LONGEST_ID = "x" * 36


def decode(message: object) -> object:
    return decode_command(json.dumps(message))


def refused(frame: str) -> CalcuttaError:
    with pytest.raises(CalcuttaError) as caught:
        decode_command(frame)
    return caught.value


def test_a_command_is_decoded_by_its_action() -> None:
    assert decode(BID) == PlaceBid(request_id="r1", lot_id="L1", amount_cents=5)


@pytest.mark.parametrize(
    "frame",
    [
        "",
        " ",
        "{",
        "}",
        "ping",
        "5",
        "null",
        '"ping"',
        "[]",
        json.dumps([BID]),
        json.dumps(BID) + "x",
        json.dumps(BID) * 2,
        "\ufeff" + json.dumps(BID),
        "\x00",
        "'" + json.dumps(BID) + "'",
    ],
)
def test_what_is_not_one_json_object_is_malformed(frame: str) -> None:
    assert isinstance(refused(frame), MalformedMessage)


@pytest.mark.parametrize("action", ["", "Ping", "ping ", "$connect", "__class__", None, 5, [], {}])
def test_an_action_that_does_not_exist_is_unknown(action: object) -> None:
    error = refused(json.dumps(PING | {"action": action}))
    assert isinstance(error, UnknownAction)
    assert error.field == "$.action"


def test_a_message_without_an_action_is_no_chat() -> None:
    assert isinstance(refused('{"request_id":"r1","text":"hello"}'), UnknownAction)


@pytest.mark.parametrize(
    "amount",
    [0, -1, MAX_AMOUNT_CENTS + 1, 10**18, 10**40, 1.5, 5.0, 1e18, True, None, "5", [5], {}],
)
def test_an_amount_that_is_no_positive_integer_within_the_limit_is_invalid(amount: object) -> None:
    error = refused(json.dumps(BID | {"amount_cents": amount}))
    assert isinstance(error, InvalidMessage)
    assert error.field == "$.amount_cents"


@pytest.mark.parametrize("amount", [1, MAX_AMOUNT_CENTS])
def test_the_lowest_and_the_highest_amount_are_valid(amount: int) -> None:
    assert decode(BID | {"amount_cents": amount})


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_does_not_have_are_malformed(number: float) -> None:
    assert isinstance(refused(json.dumps(BID | {"amount_cents": number})), MalformedMessage)


@pytest.mark.parametrize(
    "request_id",
    ["", "x" * 37, "a b", "a\n", "\n", "a/b", "é", "a\x00", "💰", "../..", 5, None, True, ["a"]],
)
def test_a_request_id_with_odd_characters_or_length_is_invalid(request_id: object) -> None:
    frame = json.dumps(PING | {"request_id": request_id})
    error = refused(frame)
    assert isinstance(error, InvalidMessage)
    assert error.field == "$.request_id"
    assert request_id_of(frame) is None


@pytest.mark.parametrize("request_id", ["a", LONGEST_ID, "A-z_0", "-", "_"])
def test_a_request_id_of_letters_digits_and_dashes_is_valid(request_id: str) -> None:
    frame = json.dumps(PING | {"request_id": request_id})
    assert decode_command(frame).request_id == request_id
    assert request_id_of(frame) == request_id


@pytest.mark.parametrize("lot_id", ["", "x" * 65, "L1\n", "L 1", 1, None])
def test_a_lot_id_with_odd_characters_or_length_is_invalid(lot_id: object) -> None:
    assert refused(json.dumps(BID | {"lot_id": lot_id})).field == "$.lot_id"


@pytest.mark.parametrize(
    ("message", "field"),
    [
        (PING | {"client_time_ms": -1}, "$.client_time_ms"),
        (PING | {"client_time_ms": MAX_COUNT + 1}, "$.client_time_ms"),
        ({"action": "getState", "request_id": "r", "since_seq": 10**50}, "$.since_seq"),
        ({"action": "hammer", "request_id": "r", "lot_id": "L1", "forced": 1}, "$.forced"),
        ({"action": "sendChat", "request_id": "r", "text": ""}, "$.text"),
        ({"action": "sendChat", "request_id": "r", "text": "x" * 2_001}, "$.text"),
    ],
)
def test_a_field_out_of_range_is_named(message: dict[str, Any], field: str) -> None:
    error = refused(json.dumps(message))
    assert isinstance(error, InvalidMessage)
    assert error.field == field


@pytest.mark.parametrize("extra", ["role", "bidder", "auction_id", "", "$.action2", "`x`"])
def test_an_unknown_field_is_invalid(extra: str) -> None:
    assert isinstance(refused(json.dumps(PING | {extra: "commissioner"})), InvalidMessage)


@pytest.mark.parametrize("field", ["request_id", "lot_id", "amount_cents"])
def test_a_missing_field_is_invalid(field: str) -> None:
    message = {key: value for key, value in BID.items() if key != field}
    error = refused(json.dumps(message))
    assert isinstance(error, InvalidMessage)
    assert field in error.message


@pytest.mark.parametrize(
    "frame",
    [
        '{"action":"ping","action":"placeBid","request_id":"r","lot_id":"L1","amount_cents":5}',
        '{"action":"ping","request_id":"r","client_time_ms":5,"action":"placeBid"}',
    ],
)
def test_a_message_that_names_two_actions_is_refused(frame: str) -> None:
    assert isinstance(refused(frame), UnknownAction)


@pytest.mark.parametrize(
    "frame",
    [
        "[" * 8_000,
        '{"a":' * 1_600,
        '{"action":"ping","x":' + "[" * 8_000,
        '{"action":"sendChat","request_id":"r","text":' + "[" * 8_000,
    ],
)
def test_deep_nesting_is_refused(frame: str) -> None:
    assert isinstance(refused(frame), MalformedMessage | InvalidMessage | UnknownAction)
    assert request_id_of(frame) is None


@pytest.mark.parametrize("half", ["\ud800", "\\ud800", "\\udc00\\ud800"])
@pytest.mark.parametrize("place", ['"text":"%s"', '"text":"x","%s":1'])
def test_half_characters_are_refused(half: str, place: str) -> None:
    frame = '{"action":"sendChat","request_id":"r",' + place.replace("%s", half) + "}"
    assert isinstance(refused(frame), MalformedMessage)


def test_a_frame_over_the_limit_is_refused_before_it_is_parsed() -> None:
    assert isinstance(refused("x" * (MAX_COMMAND_BYTES + 1)), MessageTooLong)
    assert isinstance(refused("x" * MAX_COMMAND_BYTES), MalformedMessage)


def test_the_limit_counts_bytes_not_characters() -> None:
    with pytest.raises(MessageTooLong):
        decode_command('{"€":1}', max_bytes=8)


@pytest.mark.parametrize("frame", ["", "{", "[1]", "5", "{}", "\ud800", '{"request_id":5}'])
def test_where_no_request_id_can_be_read_there_is_none(frame: str) -> None:
    assert request_id_of(frame) is None


def test_the_request_id_of_a_frame_that_is_otherwise_invalid_can_be_read() -> None:
    assert request_id_of('{"action":"nonsense","request_id":"r1"}') == "r1"
