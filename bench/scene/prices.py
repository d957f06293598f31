"""What AWS charges for a night: the prices of `calcutta cost`, by the names of what is counted."""

from __future__ import annotations

from collections.abc import Mapping

from calcutta.cost.prices import price_table

METERS: Mapping[str, tuple[str, float]] = {
    "HTTP requests": ("http_requests", 1),
    "WebSocket messages": ("websocket_messages", 1),
    "connection minutes": ("connection_minutes", 1),
    "Lambda requests": ("lambda_requests", 1),
    "Lambda GB ms": ("lambda_gb_seconds", 1 / 1_000),
    "DynamoDB write units": ("dynamodb_writes", 1),
    "DynamoDB read units": ("dynamodb_reads", 1),
    "FIFO queue requests": ("fifo_requests", 1),
    "queue requests": ("queue_requests", 1),
}
"""What is counted → the price's meter, and how much of it one is."""


def dollars(counts: Mapping[str, float]) -> float:
    """What these cost together, without storage and data transfer; a count that has no price is
    free."""
    prices = price_table().prices
    return sum(
        prices[meter].of(counts.get(name, 0.0) * amount) for name, (meter, amount) in METERS.items()
    )
