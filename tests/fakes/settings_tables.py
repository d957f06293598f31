"""The two tables of the settings, as `services/config` makes them."""

from __future__ import annotations

import boto3


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
