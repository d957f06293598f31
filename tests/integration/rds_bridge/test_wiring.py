import json
from typing import Any

import boto3
import pytest
from moto import mock_aws

from rds_bridge_service.wiring import Container

IN_AWS = {"DATABASE_HOST": "db.example.com", "DATABASE_NAME": "calcutta"}


class Asked(Exception):
    """The driver would have connected with these arguments."""


def asked_for(container: Container) -> dict[str, Any]:
    def refuse(*_: object, **arguments: Any) -> None:
        raise Asked(arguments)

    dialect: Any = container.engine.dialect
    dialect.connect = refuse
    with pytest.raises(Asked) as asked:
        container.engine.connect()
    arguments: dict[str, Any] = asked.value.args[0]
    return arguments


def test_in_aws_the_user_and_password_come_from_the_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        secrets = boto3.client("secretsmanager")
        secret = json.dumps({"username": "bridge", "password": "p@ss/word"})
        arn = secrets.create_secret(Name="database", SecretString=secret)["ARN"]
        asked = asked_for(Container(IN_AWS | {"DATABASE_SECRET_ARN": arn}))
    wanted = {"user": "bridge", "password": "p@ss/word", "database": "calcutta"}
    assert asked.items() >= wanted.items()
    assert asked["host"] == "db.example.com"


def test_where_there_is_an_address_there_is_no_secret() -> None:
    engine = Container({"DATABASE_URL": "sqlite:///calcutta.db"}).engine
    assert engine.url.database == "calcutta.db"


def test_a_stage_may_have_an_authority_of_its_own() -> None:
    database = {"DATABASE_URL": "postgresql+psycopg://bridge@db.example.com/calcutta"}
    container = Container(database | {"DATABASE_CA_FILE": "/opt/our-own.pem"})
    assert asked_for(container)["sslrootcert"] == "/opt/our-own.pem"


def test_nothing_is_connected_before_it_is_used() -> None:
    Container({})
