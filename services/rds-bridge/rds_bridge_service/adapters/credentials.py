"""The database's user and password, from Secrets Manager."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec


class SecretsClient(Protocol):
    """The one call of boto3's Secrets Manager client that is used here."""

    def get_secret_value(self, *, SecretId: str) -> dict[str, Any]: ...  # noqa: N803


class Credentials(msgspec.Struct, frozen=True):
    """Not to be logged: `repr` shows the user only."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials(username={self.username!r})"


def read_credentials(client: SecretsClient, secret_arn: str) -> Credentials:
    """The credentials in a secret of the form that RDS itself keeps: {"username", "password"}."""
    secret = client.get_secret_value(SecretId=secret_arn)
    return msgspec.json.decode(secret["SecretString"], type=Credentials)
