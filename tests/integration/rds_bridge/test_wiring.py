import json

import pytest
from moto import mock_aws

from rds_bridge_service.wiring import Container


def test_in_aws_the_user_and_password_come_from_the_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        import boto3

        secrets = boto3.client("secretsmanager")
        secret = json.dumps({"username": "bridge", "password": "p@ss/word"})
        arn = secrets.create_secret(Name="database", SecretString=secret)["ARN"]
        engine = Container(
            {"DATABASE_HOST": "db.example.com", "DATABASE_NAME": "calcutta",
             "DATABASE_SECRET_ARN": arn}
        ).engine  # fmt: skip
    assert engine.url.render_as_string(hide_password=False) == (
        "mssql+pymssql://bridge:p%40ss%2Fword@db.example.com/calcutta"
    )


def test_where_there_is_an_address_there_is_no_secret() -> None:
    engine = Container({"DATABASE_URL": "sqlite:///calcutta.db"}).engine
    assert engine.url.database == "calcutta.db"


def test_nothing_is_connected_before_it_is_used() -> None:
    Container({})
