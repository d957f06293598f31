"""sendChat."""

from typing import Any

from shared.codec import encode
from shared.commands import SendChat
from shared.replies import ChatSent, Reply
from websocket_service.edge import answer_frame
from websocket_service.events import connection_id_of
from websocket_service.logic.authority import Caller
from websocket_service.logic.send_chat import send_chat
from websocket_service.measures import count_told
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(command: SendChat, caller: Caller) -> Reply:
        chat, is_new = send_chat(
            command, caller, chats=c.chats, settings=c.settings(), now_ms=c.now_ms
        )
        if is_new:
            first = connection_id_of(event)
            told = c.broadcaster.send(caller.auction_id, encode(chat), first=first, audience=None)
            count_told(caller.auction_id, told)
        return ChatSent(request_id=command.request_id, chat_id=chat.chat_id)

    return answer_frame(event, SendChat, serve, max_bytes=c.settings().message_max_bytes)
