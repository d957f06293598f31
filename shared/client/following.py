"""What a client makes of each message: no sockets, no tasks, no clock of its own."""

from __future__ import annotations

from shared.client.clock import ServerClock
from shared.client.history import History
from shared.client.view import AuctionView
from shared.events import AnyEvent
from shared.replies import AnyReply, Chat, EventReply, Pong, State


class Following:
    """An auction as it is followed.

    Attributes:
        view: the auction as far as it is known; only moves forward.
        clock: the server's time.
        history: how far the events were told one by one.
    """

    def __init__(self) -> None:
        self.view = AuctionView()
        self.clock = ServerClock()
        self.history = History()
        self._chats: set[str] = set()
        self._seq_elsewhere = 0

    def begin_connection(self) -> None:
        """What was measured on the one before may be long ago."""
        self.clock = self.clock.doubted()

    def hear(self, message: AnyReply, now_ms: int) -> list[EventReply | Chat]:
        """Take one message of the server's.

        Args:
            now_ms: the local time at which it came.

        Returns:
            What can now be told, each event once and in order, each chat once.
        """
        match message:
            case State():
                self.history.begin(message.seq)
                self.view = self.view.fold(message)
                self.clock = self.clock.with_told(message.server_time_ms, now_ms)
                told = [
                    event
                    for place in message.events
                    for event in self._in_order(message.auction_id, place.seq, place.event)
                ]
                return [*told, *(chat for chat in message.chats if self._is_new(chat))]
            case EventReply():
                self.view = self.view.fold(message)
                return self._in_order(message.auction_id, message.seq, message.event)
            case Chat() if self._is_new(message):
                return [message]
            case Pong():
                self.clock = self.clock.with_ping(
                    message.client_time_ms, now_ms, message.server_time_ms
                )
                self._seq_elsewhere = max(self._seq_elsewhere, message.seq)
        return []

    @property
    def is_behind(self) -> bool:
        """Something happened that is not in the view yet, or was not told one by one."""
        return (
            not self.view.synced
            or self.view.has_gap
            or self.view.needs_snapshot
            or self.view.seq < self._seq_elsewhere
            or self.history.seq < self.view.seq
        )

    @property
    def position(self) -> tuple[int, int]:
        """What grows as the client catches up."""
        return self.view.seq, self.history.seq

    def _in_order(self, auction_id: str, seq: int, event: AnyEvent) -> list[EventReply | Chat]:
        return [
            EventReply(auction_id=auction_id, seq=place.seq, event=place.event)
            for place in self.history.add(seq, event)
        ]

    def _is_new(self, chat: Chat) -> bool:
        is_new = chat.chat_id not in self._chats
        self._chats.add(chat.chat_id)
        return is_new
