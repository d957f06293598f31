"""Chat: said once, heard by everyone in the auction."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from shared.commands import SendChat
from shared.errors import InvalidMessage
from shared.replies import Chat
from shared.settings import Settings
from websocket_service.logic.authority import Caller, require_right
from websocket_service.logic.ports import Chats


def send_chat(
    command: SendChat,
    caller: Caller,
    *,
    chats: Chats,
    settings: Settings,
    now_ms: Callable[[], int],
) -> tuple[Chat, bool]:
    """The message as it is kept, and whether it is new.

    Raises:
        InvalidMessage: too long, empty, or with control characters.
    """
    require_right(caller, command)
    text = command.text.strip()
    if not text or len(text) > settings.chat_max_chars:
        raise InvalidMessage(
            f"a chat message has 1 to {settings.chat_max_chars} characters", field="$.text"
        )
    # Cc and Cf: control and invisible formatting; Cs: half characters that UTF-8 cannot carry
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\u200d" for char in text):
        raise InvalidMessage("a chat message has no control characters", field="$.text")
    chat = Chat(
        chat_id=f"{caller.number}-{command.request_id}",
        at_ms=now_ms(),
        number=caller.number,
        name=caller.name,
        text=text,
    )
    return chat, chats.say(caller.auction_id, chat)
