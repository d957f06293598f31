"""The two tables of the settings, as `services/config` makes them."""

from __future__ import annotations

import os

import boto3

from shared.aws.access import Access
from shared.aws.dynamodb import DynamoDB
from shared.settings_table import StoredSettings


def make_settings_tables(table: str, history: str) -> None:
    name = {"AttributeName": "name", "KeyType": "HASH"}
    version = {"AttributeName": "version", "KeyType": "RANGE"}
    types = {"name": "S", "version": "N"}
    for title, keys in ((table, [name]), (history, [name, version])):
        boto3.client("dynamodb").create_table(
            TableName=title,
            KeySchema=keys,
            AttributeDefinitions=[
                {"AttributeName": it["AttributeName"], "AttributeType": types[it["AttributeName"]]}
                for it in keys
            ],
            BillingMode="PAY_PER_REQUEST",
        )


def stored_settings(table: str, history: str) -> StoredSettings:
    """As a Lambda reads them."""
    return StoredSettings(DynamoDB(Access.of(os.environ)), table, history)
