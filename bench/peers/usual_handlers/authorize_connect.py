"""The ticket authorizer of $connect."""

import hashlib
import os
import time
from typing import Any, Literal

from boto3.dynamodb.conditions import Attr
from pydantic import BaseModel, Field

from bench.peers.usual_handlers.aws import dynamodb

tickets = dynamodb.Table(os.environ["TICKETS_TABLE"])


class Ticket(BaseModel):
    auction_id: str
    user_id: str
    number: int
    name: str
    role: Literal["commissioner", "admin", "bidder", "spectator"]
    expires_at_ms: int


class Policy(BaseModel):
    principal_id: str = Field(serialization_alias="principalId")
    policy_document: dict[str, Any] = Field(serialization_alias="policyDocument")
    context: dict[str, str]


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    query = event.get("queryStringParameters") or {}
    auction_id = query.get("auction", "")
    try:
        taken = tickets.delete_item(
            Key={"ticket_hash": hashlib.sha256(query.get("ticket", "").encode()).hexdigest()},
            ConditionExpression=Attr("auction_id").eq(auction_id)
            & Attr("expires_at_ms").gt(int(time.time() * 1000)),
            ReturnValues="ALL_OLD",
        )
    except dynamodb.meta.client.exceptions.ConditionalCheckFailedException:
        return _policy("Deny", event["methodArn"], {})
    ticket = Ticket.model_validate(taken["Attributes"])
    known = ticket.model_dump(exclude={"expires_at_ms"})
    return _policy("Allow", event["methodArn"], {k: str(v) for k, v in known.items()})


def _policy(effect: str, method_arn: str, context: dict[str, str]) -> dict[str, Any]:
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": method_arn}],
    }
    policy = Policy(
        principal_id=context.get("user_id", "nobody"), policy_document=document, context=context
    )
    return policy.model_dump(by_alias=True)
