"""Frames to commands and replies to frames; the only place that knows they are JSON."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from shared.commands import AnyCommand
from shared.errors import InvalidMessage, MalformedMessage, MessageTooLong, UnknownAction
from shared.events import AnyEvent, LedgerEntry
from shared.limits import MAX_COMMAND_BYTES
from shared.replies import AnyReply

_commands: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)
_events: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)
_entries = msgspec.json.Decoder(LedgerEntry)
_encoder = msgspec.json.Encoder()

_FIELD = re.compile(r" - at `(?P<path>[^`]+)`$")
_REQUEST_ID = re.compile(r"^[A-Za-z0-9_-]{1,36}$")


def decode_command(frame: str, max_bytes: int = MAX_COMMAND_BYTES) -> AnyCommand:
    """The command in a frame.

    Raises:
        MessageTooLong, MalformedMessage, UnknownAction, InvalidMessage: see `shared.errors`.
    """
    data = frame.encode("utf-8", "surrogatepass")
    if len(data) > max_bytes:
        raise MessageTooLong(f"a message may have at most {max_bytes} bytes")
    try:
        return _commands.decode(data)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise MalformedMessage("a message is one JSON object") from None


def _invalid(reason: str) -> InvalidMessage | UnknownAction | MalformedMessage:
    if reason.endswith("`$.action`") or "required field `action`" in reason:
        return UnknownAction("no such action", field="$.action")
    if reason.startswith("Expected `object`") and " - at " not in reason:
        return MalformedMessage("a message is one JSON object")
    match = _FIELD.search(reason)
    return InvalidMessage(
        _FIELD.sub("", reason).replace("`", ""), field=match["path"] if match else "$"
    )


def request_id_of(frame: str) -> str | None:
    """The request id of a frame that could not be decoded, so that its refusal can name it."""
    try:
        message: Any = msgspec.json.decode(frame)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    request_id = message.get("request_id") if isinstance(message, dict) else None
    return request_id if isinstance(request_id, str) and _REQUEST_ID.fullmatch(request_id) else None


def encode(message: msgspec.Struct) -> bytes:
    """Any command, reply or event as JSON."""
    return _encoder.encode(message)


def decode_reply(frame: str | bytes) -> AnyReply:
    """The server's message in a frame (for clients)."""
    return _replies().decode(frame)


@cache
def _replies() -> msgspec.json.Decoder[AnyReply]:
    """Servers only encode replies, and their containers start without this."""
    return msgspec.json.Decoder(AnyReply)


def decode_event(data: str | bytes) -> AnyEvent:
    """An event as stored in the auction item or the ledger."""
    return _events.decode(data)


def decode_entry(data: str | bytes) -> LedgerEntry:
    """An event in its place, as the queue to the database carries it."""
    return _entries.decode(data)
