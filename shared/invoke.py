"""Calling another service's function: typed, by its alias's ARN, at most `MAX_INVOKE_HOPS` deep.

A call is an envelope `{"hops": n, "request": {...}, "request_id": "..."}`; its answer is
`{"reply": {...}}` or `{"error": {"code", "message", "problems"}}`. The hop count grows with each
nested call, so Lambdas that call each other cannot run away: whoever serves a call makes its own
calls one hop deeper, without having to think of it. In the same way the client's request id goes
along, and is in every line that the callee logs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

import msgspec

from shared.errors import (
    CalcuttaError,
    CalleeFailed,
    ImportProblem,
    ImportRefused,
    InvalidMessage,
    NotFound,
    TooManyHops,
)
from shared.limits import MAX_INVOKE_HOPS
from shared.logs import log_fields, logger, request_id

_hops: ContextVar[int] = ContextVar("hops", default=0)
"""How many calls led here; 0 where it began with a person or a queue."""

Request = TypeVar("Request", bound=msgspec.Struct)
ReplyT = TypeVar("ReplyT", bound=msgspec.Struct)


class LambdaClient(Protocol):
    """The one call of boto3's Lambda client that is used here."""

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]: ...  # noqa: N803 - boto3's names


class _Error(msgspec.Struct):
    code: str
    message: str
    problems: list[ImportProblem] = []


class _Answer(msgspec.Struct):
    reply: msgspec.Raw = msgspec.Raw()
    error: _Error | None = None


def call(
    client: LambdaClient,
    alias_arn: str,
    request: msgspec.Struct,
    reply_type: type[ReplyT],
) -> ReplyT:
    """Invoke a function and wait for its typed reply.

    Args:
        alias_arn: ARN of the callee's alias `live`.

    Raises:
        TooManyHops: this would be one level too deep; nothing was invoked.
        NotFound, ImportRefused, InvalidMessage: as the callee raised them.
        CalleeFailed: the callee failed or did not answer; the same call may be tried again.
    """
    # Who calls has loaded it with its client; who only answers needs none of it.
    from botocore.exceptions import BotoCoreError, ClientError

    hops = _hops.get()
    if hops >= MAX_INVOKE_HOPS:
        raise TooManyHops(f"services may call each other at most {MAX_INVOKE_HOPS} levels deep")
    envelope = {"hops": hops + 1, "request": request}
    if (traced := request_id()) is not None:
        envelope["request_id"] = traced
    payload = msgspec.json.encode(envelope)
    try:
        response = client.invoke(FunctionName=alias_arn, Payload=payload)
        body = response["Payload"].read()
        if response.get("FunctionError"):
            raise _failed(alias_arn, response["FunctionError"])
        answer = msgspec.json.decode(body, type=_Answer)
        if answer.error is None:
            return msgspec.json.decode(answer.reply, type=reply_type)
    except ClientError as error:
        raise _failed(alias_arn, error.response["Error"]["Code"]) from error
    except (BotoCoreError, msgspec.DecodeError) as error:
        raise _failed(alias_arn, type(error).__name__) from error
    raise _raised_by_callee(answer.error)


def _failed(alias_arn: str, why: str) -> CalleeFailed:
    logger().warning("call failed", extra={"callee": alias_arn, "why": why})
    return CalleeFailed("another service failed; try again")


def _raised_by_callee(error: _Error) -> CalcuttaError:
    if error.code == ImportRefused.code:
        return ImportRefused(error.problems)
    for known in (NotFound, InvalidMessage, TooManyHops):
        if error.code == known.code:
            return known(error.message)
    return CalleeFailed(error.message)


def answer(
    payload: dict[str, Any], request_type: type[Request], serve: Callable[[Request], msgspec.Struct]
) -> dict[str, Any]:
    """The callee's side: parse the envelope, serve it, and answer with a reply or a coded error.

    An unexpected exception is not answered: it fails the invocation, and the caller is told
    `callee_failed` without its text.
    """
    before = _hops.set(int(payload.get("hops", 1)))
    try:
        if _hops.get() > MAX_INVOKE_HOPS:
            raise TooManyHops("services called each other too deeply")
        with log_fields(request_id=payload.get("request_id")):
            reply = serve(_convert(payload.get("request"), request_type))
    except CalcuttaError as error:
        return _error(error)
    finally:
        _hops.reset(before)
    return {"reply": msgspec.to_builtins(reply, str_keys=True)}


def _convert(request: object, request_type: type[Request]) -> Request:
    """Raises InvalidMessage; what goes wrong later is not the request's fault."""
    try:
        return msgspec.convert(request, request_type)
    except msgspec.ValidationError as error:
        raise InvalidMessage(str(error)) from None


def _error(error: CalcuttaError) -> dict[str, Any]:
    problems = error.problems if isinstance(error, ImportRefused) else []
    return {
        "error": {
            "code": error.code,
            "message": error.message,
            "problems": msgspec.to_builtins(problems),
        }
    }
