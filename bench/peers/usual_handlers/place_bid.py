"""placeBid: the same conditional write, the same posts."""

import base64
import hashlib
import os
import time
from typing import Any

from boto3.dynamodb.conditions import Key

from bench.peers.usual_handlers.aws import dynamodb
from bench.peers.usual_handlers.bid_models import (
    Accepted,
    BidPlaced,
    Event,
    PlaceBid,
    Refused,
    Rules,
)
from bench.peers.usual_handlers.socket_event import SocketEvent
from bench.peers.usual_handlers.sockets import connections, post_to_all

auctions = dynamodb.Table(os.environ["AUCTIONS_TABLE"])
rules = dynamodb.Table(os.environ["RULES_TABLE"])
settings = dynamodb.Table(os.environ["SETTINGS_TABLE"])

CONDITION = (
    "st = :bidding AND lot = :lot AND #min <= :amount AND (d0 > :now OR d1 > :now) AND rv = :rv "
    "AND (attribute_not_exists(sp.#me) OR sp.#me <= :headroom) AND NOT contains(q, :digest)"
)
UPDATE = (
    "SET n = n + :one, hi = :amount, #by = :me, #min = :minimum, d1 = :extended, ev = :event, "
    "q[0] = :digest, q[1] = q[0], q[2] = q[1], q[3] = q[2], q[4] = q[3], q[5] = q[4], "
    "q[6] = q[5], q[7] = q[6] REMOVE tr"
)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    request = SocketEvent.model_validate(event)
    caller = request.request_context.authorizer
    bid = PlaceBid.model_validate_json(request.body or "")
    found = rules.query(
        KeyConditionExpression=Key("auction_id").eq(caller.auction_id),
        ScanIndexForward=False,
        Limit=1,
        ConsistentRead=True,
    )
    its_rules = Rules.model_validate_json(found["Items"][0]["rules"])
    now = int(time.time() * 1000)
    tier = [it for it in its_rules.bid_rules if it.from_cents <= bid.amount_cents][-1]
    placed = BidPlaced(
        at_ms=now,
        actor=caller.number,
        request_id=bid.request_id,
        lot_id=bid.lot_id,
        bidder=caller.number,
        amount_cents=bid.amount_cents,
        minimum_cents=bid.amount_cents + tier.increment_cents,
        extended_to_ms=now + its_rules.extension_ms,
    )
    digest = hashlib.sha256(f"{caller.number}:{bid.request_id}".encode()).digest()
    try:
        written = auctions.update_item(
            Key={"id": caller.auction_id},
            ConditionExpression=CONDITION,
            UpdateExpression=UPDATE,
            ExpressionAttributeNames={"#min": "min", "#by": "by", "#me": str(caller.number)},
            ExpressionAttributeValues={
                ":bidding": "bidding",
                ":lot": bid.lot_id,
                ":amount": bid.amount_cents,
                ":now": now,
                ":rv": its_rules.version,
                ":headroom": its_rules.budget_cents - bid.amount_cents,
                ":digest": base64.b64encode(digest[:6]).decode(),
                ":one": 1,
                ":me": caller.number,
                ":minimum": placed.minimum_cents,
                ":extended": placed.extended_to_ms,
                ":event": placed.model_dump_json(),
            },
            ReturnValues="ALL_NEW",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except dynamodb.meta.client.exceptions.ConditionalCheckFailedException:
        refused = Refused(request_id=bid.request_id, code="refused", message="it does not stand")
        return {"statusCode": 200, "body": refused.model_dump_json()}
    seq = int(written["Attributes"]["n"])
    settings.scan(ConsistentRead=True)
    listed = connections.query(
        KeyConditionExpression=Key("auction_id").eq(caller.auction_id), ConsistentRead=True
    )
    message = Event(auction_id=caller.auction_id, seq=seq, event=placed)
    post_to_all(
        caller.auction_id,
        [row["connection_id"] for row in listed["Items"]],
        message.model_dump_json().encode(),
    )
    reply = Accepted(request_id=bid.request_id, seq=seq)
    return {"statusCode": 200, "body": reply.model_dump_json()}
