"""The database, through the functions of `services/rds-bridge`."""

from __future__ import annotations

from shared.auction import Member
from shared.bridge import AuctionProjection, FindMember, MemberNow, OpenAuctionRequest
from shared.invoke import LambdaClient, call


class LambdaBridge:
    """`Bridge` by invoking the aliases `live`; a function knows only the ARNs it may invoke."""

    def __init__(
        self, client: LambdaClient, *, open_auction_arn: str = "", find_member_arn: str = ""
    ) -> None:
        self._client = client
        self._open_auction_arn = open_auction_arn
        self._find_member_arn = find_member_arn

    def open_auction(self, auction_id: str) -> AuctionProjection:
        request = OpenAuctionRequest(auction_id=auction_id)
        return call(self._client, self._open_auction_arn, request, AuctionProjection)

    def find_member(self, auction_id: str, user_id: str) -> Member:
        request = FindMember(auction_id=auction_id, user_id=user_id)
        return call(self._client, self._find_member_arn, request, Member)

    def look_up(self, auction_id: str, user_id: str) -> MemberNow:
        request = FindMember(auction_id=auction_id, user_id=user_id, former=True)
        return call(self._client, self._find_member_arn, request, MemberNow)
