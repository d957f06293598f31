"""The room, through the functions of `services/websocket`."""

from __future__ import annotations

from collections.abc import Sequence

from shared.invoke import LambdaClient, call
from shared.room import (
    Admit,
    Admitted,
    CloseRoom,
    Newcomer,
    RenewTicket,
    RoomClosed,
    SeatTicket,
)


class LambdaRoom:
    """`Room` by invoking the aliases `live`; a function knows only the ARNs it may invoke."""

    def __init__(
        self,
        client: LambdaClient,
        *,
        admit_arn: str = "",
        renew_ticket_arn: str = "",
        close_room_arn: str = "",
    ) -> None:
        self._client = client
        self._admit_arn = admit_arn
        self._renew_ticket_arn = renew_ticket_arn
        self._close_room_arn = close_room_arn

    def admit(
        self, auction_id: str, waiting: int, users: Sequence[Newcomer], opened_at_ms: int
    ) -> Admitted:
        request = Admit(auction_id, waiting, tuple(users), opened_at_ms)
        return call(self._client, self._admit_arn, request, Admitted)

    def renew_ticket(self, auction_id: str, user_id: str) -> SeatTicket:
        request = RenewTicket(auction_id=auction_id, user_id=user_id)
        return call(self._client, self._renew_ticket_arn, request, SeatTicket)

    def close(self, auction_id: str, opened_at_ms: int) -> None:
        request = CloseRoom(auction_id, opened_at_ms)
        call(self._client, self._close_room_arn, request, RoomClosed)
