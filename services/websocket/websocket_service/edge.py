"""Between API Gateway and the logic: frames to commands, errors to replies.

Every frame is answered with a message of `shared.replies`; nothing internal leaves, and the
connection stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from shared.codec import decode_command, encode, request_id_of
from shared.commands import Command
from shared.errors import CalcuttaError, UnknownAction
from shared.limits import MAX_COMMAND_BYTES
from shared.logs import log_fields, logger
from shared.metrics import emit
from shared.replies import Reply, refusal_of
from websocket_service.logic.authority import Caller
from websocket_service.logic.ports import Connection

Event = dict[str, Any]
C = TypeVar("C")


def caller_of(event: Event) -> Caller:
    """Who sent a frame: the context that the connect authorizer took from the ticket."""
    context = event["requestContext"]["authorizer"]
    return Caller(
        auction_id=context["auction_id"],
        number=int(context["number"]),
        name=context["name"],
        role=context["role"],
        user_id=context["user_id"],
    )


def claim_of(event: Event) -> str:
    """What the ticket of a seat says to it; empty if the connection has no seat."""
    return str(event["requestContext"]["authorizer"].get("claim", ""))


def connection_id_of(event: Event) -> str:
    return str(event["requestContext"]["connectionId"])


def connection_of(event: Event) -> Connection:
    """The connection itself, with the right that it came with."""
    caller = caller_of(event)
    return Connection(
        connection_id=connection_id_of(event),
        number=caller.number,
        name=caller.name,
        role=caller.role,
        user_id=caller.user_id,
        has_seat=bool(claim_of(event)),
    )


def is_frame(event: Event) -> bool:
    """Whether a client sent it. A frame's `action` names its route, and nobody promises that it
    cannot name `$connect` or `$disconnect`: who could would be off the list, and still connected.
    """
    return bool(event["requestContext"].get("eventType") == "MESSAGE")


def answer_frame(
    event: Event,
    accepts: type[C] | tuple[type[Command], ...],
    serve: Callable[[C, Caller], Reply],
    *,
    max_bytes: int = MAX_COMMAND_BYTES,
) -> Event:
    """Decode a frame, serve it, and answer on the same connection.

    Args:
        accepts: the commands of this function's routes; any other is unknown here, whatever
            route API Gateway chose (a frame may name two actions).
    """
    frame = event.get("body") or ""
    with log_fields(**sender_of(event)):
        try:
            command = decode_command(frame, max_bytes)
        except CalcuttaError as error:
            return _answer(_refused(error, request_id_of(frame)))
        with log_fields(request_id=command.request_id, action=type(command).__name__):
            return _answer(_serve(command, accepts, lambda it: serve(it, caller_of(event))))


def sender_of(event: Event) -> dict[str, str | None]:
    """What every line of the log about a frame or a connection carries."""
    context = event["requestContext"]
    authorizer = context.get("authorizer") or {}
    return {
        "connection_id": context.get("connectionId"),
        "auction_id": authorizer.get("auction_id"),
        "user_id": authorizer.get("user_id"),
    }


def _serve(
    command: Command, accepts: type[C] | tuple[type[Command], ...], serve: Callable[[C], Reply]
) -> Reply:
    try:
        if not isinstance(command, accepts):
            raise UnknownAction("no such action", field="$.action")
        return serve(cast(C, command))
    except CalcuttaError as error:
        return _refused(error, command.request_id)
    except Exception:  # noqa: BLE001 - logged whole; the client learns nothing internal
        logger().exception("command failed")
        emit({"InternalErrors": 1})
        return refusal_of(CalcuttaError("something went wrong; try again"), command.request_id)


def _refused(error: CalcuttaError, request_id: str | None) -> Reply:
    reply = refusal_of(error, request_id)
    logger().info("refused", extra={"code": reply.code, "request_id": request_id})
    return reply


def _answer(reply: Reply) -> Event:
    return {"statusCode": 200, "body": encode(reply).decode()}


def refuse_frame(event: Event) -> Event:
    """Answer a frame on a route that takes no commands."""
    return answer_frame(event, (), _never)


def _never(command: object, caller: Caller) -> Reply:
    raise AssertionError("no command is accepted here")
