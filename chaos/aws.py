"""The live auction's tables, on an emulator or in this process."""

from __future__ import annotations

from pathlib import Path

import boto3
import yaml

from websocket_service.adapters.tables import MODELS

EMULATED = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
}
"""Where nothing is checked; with it goes the address, `AWS_ENDPOINT_URL`."""


RESOURCES = Path(__file__).parent.parent / "services" / "websocket" / "resources.yml"


def make_seats_table(name: str) -> None:
    """The seats' table as it is deployed; no model defines it."""

    class Tolerant(yaml.SafeLoader):
        """Takes CloudFormation's short functions for what stands behind them."""

    Tolerant.add_multi_constructor("!", lambda loader, tag, node: str(node.value))
    resources = yaml.load(RESOURCES.read_text(encoding="utf-8"), Loader=Tolerant)
    properties = resources["Resources"]["SeatsTable"]["Properties"]
    wanted = ("BillingMode", "AttributeDefinitions", "KeySchema", "LocalSecondaryIndexes")
    boto3.client("dynamodb").create_table(TableName=name, **{it: properties[it] for it in wanted})


def make_tables() -> None:
    """Make every table, the auctions' with its stream."""
    for model in MODELS.values():
        model._connection = None
        model.create_table(billing_mode="PAY_PER_REQUEST")
