"""Writes `asyncapi.yaml`, the description of the WebSocket protocol, from `shared`.

python -m docs.protocol.generate
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import msgspec

from docs.protocol.schemas import message_schemas, summary_of
from docs.written import as_yaml
from shared.commands import AnyCommand, Command, GetState, Ping, SendChat, WhoIsHere
from shared.fields import Role
from shared.replies import Accepted, AnyReply, Chat, ChatSent, EventReply, Pong, Presence, State
from websocket_service.logic.authority import RIGHTS

Section = dict[str, Any]

DOCUMENT = Path(__file__).with_name("asyncapi.yaml")
HEADER = "# Written by `python -m docs.protocol.generate` from the classes in shared/.\n"

COMMANDS = get_args(AnyCommand)
REPLIES = get_args(AnyReply)
BROADCAST = (EventReply, Chat)
ANSWERS: dict[type[Command], type[msgspec.Struct]] = {
    SendChat: ChatSent,
    GetState: State,
    WhoIsHere: Presence,
    Ping: Pong,
}
"""The answer to a command that is not refused, where it is not `accepted`."""

ABOUT = """\
What browsers, bots and the command line say to the server of a live Calcutta auction, and what
they hear. The document takes the server's side: it receives commands and sends everything else.

Every command has a `request_id` and gets one answer with the same one: what it asked for, or
`refused` with a code. A command sent again with its `request_id` is answered as the first time
and changes nothing, so a client that heard no answer simply repeats it.

Events carry `seq`, the number of the event in its auction. A client that sees a gap, or comes back,
sends `getState` with the last `seq` it has: a snapshot, and the events it missed.

`x-roles` says which roles may send a command; `hammer` with `forced` is the commissioner's alone.

Amounts are integer cents, times are UTC epoch milliseconds by the server's clock. The server leaves
out optional fields that have their default value. It closes a connection after 10 idle minutes and
after 2 hours in any case: a client pings and reconnects.
"""

CONNECTING = """\
One connection to one auction. A browser cannot send headers on a WebSocket, so a one-use ticket,
30 seconds old at most, is part of the address: `POST /auctions/{id}/tickets` on the HTTP API makes
it for a signed-in member, and in a public auction for anybody while a seat is free; else it answers
409 with the code `room_full`: join the line. A missing parameter is answered with 401; a ticket
that is used, expired, another auction's or for a seat that is gone with 403; one connection too
many with 429.
"""


def document() -> Section:
    """The AsyncAPI 3 document."""
    messages = {tag_of(it): _message(it) for it in (*COMMANDS, *REPLIES)}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Live Calcutta auctions",
            "version": "1.0.0",
            "description": ABOUT,
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": _servers(),
        "channels": {"auction": _channel(messages)},
        "operations": {
            **{tag_of(it): _receive(it) for it in COMMANDS},
            **{f"broadcast_{tag_of(it)}": _broadcast(it) for it in BROADCAST},
        },
        "components": {
            "messages": messages,
            "correlationIds": {
                "request": {
                    "description": "The command and its answer.",
                    "location": "$message.payload#/request_id",
                },
                "cause": {
                    "description": "The command that caused the event, if a member's did.",
                    "location": "$message.payload#/event/request_id",
                },
            },
            "schemas": message_schemas(),
        },
    }


def render() -> str:
    """The document as YAML."""
    return HEADER + as_yaml(document())


def tag_of(message: type[msgspec.Struct]) -> str:
    """A message's name on the wire: its `action` or `type`."""
    return str(message.__struct_config__.tag)


def _servers() -> Section:
    api = {"description": "The id of the WebSocket API."}
    return {
        "stage": {
            "host": "{api}.execute-api.{region}.amazonaws.com",
            "pathname": "/{stage}",
            "protocol": "wss",
            "description": "A stage in AWS: output `WebsocketUrl` of its stack.",
            "variables": {
                "api": api,
                "region": {"default": "us-east-1"},
                "stage": {"default": "prod", "description": "`prod`, `staging` or a developer's."},
            },
        },
        "local": {
            "host": "127.0.0.1:4566",
            "pathname": "/_aws/execute-api/{api}/local",
            "protocol": "ws",
            "description": "Stage `local`, on the emulator.",
            "variables": {"api": api},
        },
    }


def _channel(messages: Section) -> Section:
    query = {
        "type": "object",
        "required": ["auction", "ticket"],
        "properties": {
            "auction": {"type": "string", "description": "The auction's id."},
            "ticket": {"type": "string", "description": "What the HTTP API answered; once."},
        },
    }
    return {
        "address": "/",
        "title": "An auction",
        "description": CONNECTING,
        "messages": {tag: {"$ref": f"#/components/messages/{tag}"} for tag in messages},
        "bindings": {"ws": {"method": "GET", "query": query, "bindingVersion": "0.1.0"}},
    }


def _message(message: type) -> Section:
    described: Section = {"name": tag_of(message), "title": message.__name__}
    described["summary"] = summary_of(message)
    correlation = "cause" if message is EventReply else "request"
    if message is not Chat:
        described["correlationId"] = {"$ref": f"#/components/correlationIds/{correlation}"}
    payload = {"$ref": f"#/components/schemas/{message.__name__}"}
    return {key: it for key, it in described.items() if it} | {"payload": payload}


def _receive(command: type[Command]) -> Section:
    answer: type[msgspec.Struct] = ANSWERS.get(command, Accepted)
    return {
        "action": "receive",
        "channel": {"$ref": "#/channels/auction"},
        "summary": summary_of(command),
        "x-roles": [role for role in get_args(Role) if role in RIGHTS[command]],
        "messages": _in_channel(tag_of(command)),
        "reply": {
            "channel": {"$ref": "#/channels/auction"},
            "messages": _in_channel(tag_of(answer), "refused"),
        },
    }


def _broadcast(reply: type) -> Section:
    return {
        "action": "send",
        "channel": {"$ref": "#/channels/auction"},
        "summary": f"To every connection of the auction: {summary_of(reply)}",
        "messages": _in_channel(tag_of(reply)),
    }


def _in_channel(*tags: str) -> list[Section]:
    return [{"$ref": f"#/channels/auction/messages/{tag}"} for tag in tags]


if __name__ == "__main__":
    DOCUMENT.write_text(render(), encoding="utf-8")
