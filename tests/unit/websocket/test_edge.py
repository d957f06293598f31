import json
from typing import Any

import pytest

from shared.commands import Command, GetState, Pause, Ping, PlaceBid, SendChat
from shared.errors import Busy
from shared.logs import logger
from shared.replies import Accepted, Reply
from tests.fakes.builders import CLEO
from tests.fakes.log_lines import logged
from websocket_service.edge import answer_frame
from websocket_service.events import caller_of, connection_id_of
from websocket_service.logic.authority import Caller

PING = '{"action":"ping","request_id":"r1","client_time_ms":5}'
BID = '{"action":"placeBid","request_id":"r1","lot_id":"L1","amount_cents":5}'


def websocket_event(frame: str | None) -> dict[str, Any]:
    """What API Gateway hands to a Lambda for a frame of Cleo's."""
    return {
        "requestContext": {
            "connectionId": "c1",
            "authorizer": {
                "auction_id": CLEO.auction_id,
                "number": str(CLEO.number),
                "name": CLEO.name,
                "role": CLEO.role,
                "user_id": CLEO.user_id,
            },
        },
        "body": frame,
    }


def answer(frame: str | None, serve: Any = None, **options: Any) -> dict[str, Any]:
    """The answer of a function that serves pings."""

    def accept(command: Command, caller: Caller) -> Reply:
        return Accepted(request_id=command.request_id, seq=caller.number)

    result = answer_frame(websocket_event(frame), Ping, serve or accept, **options)
    assert result["statusCode"] == 200
    reply: dict[str, Any] = json.loads(result["body"])
    return reply


def test_the_caller_is_who_the_authorizer_says() -> None:
    assert caller_of(websocket_event(PING)) == CLEO
    assert connection_id_of(websocket_event(PING)) == "c1"


def test_a_frame_is_served_and_answered_on_its_connection() -> None:
    assert answer(PING) == {"type": "accepted", "request_id": "r1", "seq": CLEO.number}


def test_a_command_of_another_function_is_unknown_here() -> None:
    reply = answer(BID)
    assert (reply["code"], reply["request_id"]) == ("unknown_action", "r1")


@pytest.mark.parametrize(
    "frame",
    [
        BID.replace("{", '{"action":"ping",', 1),
        BID.replace("}", ',"action":"ping"}'),
        PING.replace("}", ',"action":"placeBid"}'),
    ],
)
def test_a_frame_that_names_two_actions_is_not_served(frame: str) -> None:
    assert answer(frame)["type"] == "refused"


def test_an_error_is_answered_with_its_code_and_the_request_it_was_about() -> None:
    def busy(command: Command, caller: Caller) -> Reply:
        raise Busy("later")

    assert answer(PING, busy) == {
        "type": "refused",
        "code": "busy",
        "message": "later",
        "request_id": "r1",
    }


def test_an_invalid_frame_is_answered_with_its_request_id_where_it_can_be_read() -> None:
    frame = '{"action":"ping","request_id":"r1","client_time_ms":"now"}'
    reply = answer(frame)
    assert (reply["code"], reply["field"]) == ("invalid_message", "$.client_time_ms")
    assert reply["request_id"] == "r1"


@pytest.mark.parametrize("frame", [None, "", "{", "[]", "\ud800", '{"request_id":"x\\n"}'])
def test_a_frame_without_a_readable_request_id_is_answered_without_one(frame: str | None) -> None:
    reply = answer(frame)
    assert reply["type"] == "refused"
    assert "request_id" not in reply


def test_a_frame_longer_than_the_setting_is_refused() -> None:
    assert answer(PING, max_bytes=len(PING))["type"] == "accepted"
    assert answer(PING, max_bytes=len(PING) - 1)["code"] == "message_too_long"


def test_several_commands_can_share_a_function() -> None:
    def serve(command: Command, caller: Caller) -> Reply:
        return Accepted(request_id=command.request_id, seq=1)

    kinds = (Ping, GetState)
    assert b"accepted" in answer_frame(websocket_event(PING), kinds, serve)["body"].encode()
    assert "refused" in answer_frame(websocket_event(BID), kinds, serve)["body"]


def test_an_unexpected_failure_leaks_nothing_and_is_logged_whole() -> None:
    def fail(command: Command, caller: Caller) -> Reply:
        raise RuntimeError("secret table name")

    with logged() as lines:
        reply = answer(PING, fail)
    assert reply == {
        "type": "refused",
        "code": "internal_error",
        "message": "something went wrong; try again",
        "request_id": "r1",
    }
    (line,) = lines
    assert "secret table name" in line


def test_what_people_write_is_not_logged() -> None:
    def fail(command: Command, caller: Caller) -> Reply:
        raise RuntimeError

    frame = '{"action":"sendChat","request_id":"r1","text":"my password"}'
    with logged() as lines:
        answer_frame(websocket_event(frame), SendChat, fail)
    (line,) = lines
    assert json.loads(line)["request_id"] == "r1"
    assert "my password" not in line


def test_a_connection_without_a_ticket_behind_it_gets_nothing() -> None:
    event = websocket_event(PING)
    del event["requestContext"]["authorizer"]

    def never(command: Command, caller: Caller) -> Reply:
        raise AssertionError("served without a caller")

    assert "internal_error" in answer_frame(event, Ping, never)["body"]


def test_the_kinds_of_commands_are_told_apart() -> None:
    seen: list[Command] = []

    def serve(command: Command, caller: Caller) -> Reply:
        seen.append(command)
        return Accepted(request_id=command.request_id, seq=1)

    answer_frame(websocket_event(BID), (PlaceBid, Pause), serve)
    assert seen == [PlaceBid(request_id="r1", lot_id="L1", amount_cents=5)]


def logged_by(frame: str, serve: Any) -> list[dict[str, Any]]:
    with logged() as lines:
        answer(frame, serve)
    return [json.loads(it) for it in lines]


def test_every_line_about_a_command_says_which_request_whose_and_where() -> None:
    def speak(command: Command, caller: Caller) -> Reply:
        logger().info("at work")
        raise Busy("try again")

    at_work, refused = logged_by(PING, speak)
    about = {
        "request_id": "r1",
        "auction_id": CLEO.auction_id,
        "user_id": CLEO.user_id,
        "connection_id": "c1",
        "action": "Ping",
    }
    assert at_work.items() >= about.items()
    assert refused.items() >= (about | {"message": "refused", "code": "busy"}).items()


def test_a_failed_command_is_logged_with_its_request_and_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(command: Command, caller: Caller) -> Reply:
        raise RuntimeError("boom")

    [line] = logged_by(PING, fail)
    assert (line["message"], line["request_id"]) == ("command failed", "r1")
    assert json.loads(capsys.readouterr().out)["InternalErrors"] == 1


def test_what_a_client_wrote_is_in_no_line() -> None:
    frame = '{"action":"sendChat","request_id":"r1","text":"my secret words"}'
    lines = logged_by(frame, None) + logged_by("my secret words", None)
    assert [it["code"] for it in lines] == ["unknown_action", "malformed_message"]
    assert "secret" not in str(lines)
