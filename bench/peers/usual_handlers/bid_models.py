"""A bid, the rules it goes by, and what is said of it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class PlaceBid(BaseModel):
    model_config = ConfigDict(extra="forbid")

    action: Literal["placeBid"]
    request_id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,36}$")
    lot_id: str = Field(max_length=64)
    amount_cents: int = Field(gt=0, le=100_000_000_000)
    bidder: int | None = None


class BidRule(BaseModel):
    from_cents: int
    increment_cents: int


class Rules(BaseModel):
    version: int
    bid_rules: list[BidRule]
    clock_ms: int
    extension_ms: int
    budget_cents: int
    budgets: dict[int, int] = {}


class BidPlaced(BaseModel):
    type: Literal["bid_placed"] = "bid_placed"
    at_ms: int
    actor: int
    request_id: str
    lot_id: str
    bidder: int
    amount_cents: int
    minimum_cents: int
    extended_to_ms: int


class Event(BaseModel):
    type: Literal["event"] = "event"
    auction_id: str
    seq: int
    event: BidPlaced


class Accepted(BaseModel):
    type: Literal["accepted"] = "accepted"
    request_id: str
    seq: int


class Refused(BaseModel):
    type: Literal["refused"] = "refused"
    request_id: str
    code: str
    message: str
    minimum_cents: int | None = None
