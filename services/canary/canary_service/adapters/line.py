"""An open WebSocket, message by message."""

from __future__ import annotations

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from canary_service.logic.ports import StepFailed
from shared.codec import decode_reply, encode
from shared.commands import Command
from shared.replies import AnyReply


class SocketLine:
    """Implements `logic.ports.Line`. Unlike the client library's connection it does not heal: what
    a bidder's client mends without a word is what a check has to see."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def send(self, command: Command) -> None:
        try:
            await self._socket.send(encode(command).decode())
        except ConnectionClosed:
            raise StepFailed("the connection was closed") from None

    async def receive(self) -> AnyReply:
        try:
            return decode_reply(await self._socket.recv())
        except ConnectionClosed:
            raise StepFailed("the connection was closed") from None
        except msgspec.DecodeError:
            # API Gateway's own words when a function fails or does not answer
            raise StepFailed("the function behind it failed") from None

    async def close(self) -> None:
        await self._socket.close()
