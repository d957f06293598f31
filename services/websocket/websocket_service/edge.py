"""Between API Gateway and the logic: frames to commands, errors to replies.

Every frame is answered with a message of `shared.replies`; nothing internal leaves, and the
connection stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from shared.codec import decode_command, encode, request_id_of
from shared.commands import Command
from shared.errors import CalcuttaError, UnknownAction
from shared.limits import MAX_COMMAND_BYTES
from shared.logs import log_fields, logger
from shared.metrics import emit
from shared.replies import Reply, refusal_of
from websocket_service.events import Event, caller_of, sender_of
from websocket_service.logic.authority import Caller

C = TypeVar("C")


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
