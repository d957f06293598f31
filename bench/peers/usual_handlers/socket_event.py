"""What API Gateway hands over for a message of a connection."""

from typing import Literal

from pydantic import BaseModel, Field


class Authorizer(BaseModel):
    auction_id: str = Field(max_length=64)
    number: int = Field(ge=0)
    name: str = Field(max_length=100)
    role: Literal["commissioner", "admin", "bidder", "spectator"]
    user_id: str = Field(max_length=64)


class RequestContext(BaseModel):
    connection_id: str = Field(alias="connectionId")
    authorizer: Authorizer


class SocketEvent(BaseModel):
    request_context: RequestContext = Field(alias="requestContext")
    body: str | None = None
