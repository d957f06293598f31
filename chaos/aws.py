"""The live auction's tables, on an emulator or in this process."""

from __future__ import annotations

from websocket_service.adapters.tables import MODELS

EMULATED = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
}
"""Where nothing is checked; with it goes the address, `AWS_ENDPOINT_URL`."""


def make_tables() -> None:
    """Make every table, the auctions' with its stream."""
    for model in MODELS.values():
        model._connection = None
        model.create_table(billing_mode="PAY_PER_REQUEST")
