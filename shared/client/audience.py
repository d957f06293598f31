"""Those inside the program who follow a client: waiting for a condition, or for each message."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable

from shared.client.view import AuctionView
from shared.replies import Chat, EventReply

Condition = Callable[[AuctionView], bool]


class Subscription:
    """An endless iterator of messages; it ends, or raises the error, when the client does."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[EventReply | Chat | None] = asyncio.Queue()
        self._error: Exception | None = None

    def put(self, message: EventReply | Chat) -> None:
        self._queue.put_nowait(message)

    def end(self, error: Exception | None) -> None:
        self._error = error
        self._queue.put_nowait(None)

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> EventReply | Chat:
        message = await self._queue.get()
        if message is None:
            self._queue.put_nowait(None)
            raise self._error or StopAsyncIteration
        return message


class Audience:
    """Tells each follower what it waits for."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Future[AuctionView], Condition] = {}
        # weak: whoever stops listening need not say so
        self._subscriptions: weakref.WeakSet[Subscription] = weakref.WeakSet()

    def subscribe(self) -> Subscription:
        subscription = Subscription()
        self._subscriptions.add(subscription)
        return subscription

    async def wait_until(self, condition: Condition) -> AuctionView:
        """The first view from now on that meets the condition."""
        future: asyncio.Future[AuctionView] = asyncio.get_running_loop().create_future()
        self._waiting[future] = condition
        try:
            return await future
        finally:
            del self._waiting[future]

    def show(self, view: AuctionView) -> None:
        """A new view; a condition that raises fails only the one who waits for it."""
        for future, condition in self._waiting.items():
            if future.done():
                continue
            try:
                met = condition(view)
            except Exception as error:  # noqa: BLE001 - raised where they wait
                future.set_exception(error)
            else:
                if met:
                    future.set_result(view)

    def tell(self, message: EventReply | Chat) -> None:
        for subscription in self._subscriptions:
            subscription.put(message)

    def end(self, error: Exception, *, deliberate: bool) -> None:
        """Fail those who wait, and those who listen unless it is `deliberate`."""
        for future in self._waiting:
            if not future.done():
                future.set_exception(error)
        for subscription in self._subscriptions:
            subscription.end(None if deliberate else error)
